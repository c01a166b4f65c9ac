"""HC14: the park's own thresholds of investment and tax per mu."""

import datetime as dt
from collections.abc import Callable, Iterator

import numpy as np

from matchmaker.recommender.frame import Bools, Frame
from matchmaker.recommender.gates.gate import field_of
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Ending,
    Outcome,
    amounts,
    at,
    dates,
    decide,
    only_where,
    ratio,
)
from matchmaker.recommender.gates.printers import said
from matchmaker.recommender.gates.space import Ways
from matchmaker.recommender.reference import Rule
from models.vocabulary import N_

BELOW = N_("%(what)s：%(need)s，门槛 %(limit)s，差 %(gap)s")
BELOW_OPEN = N_("%(what)s：%(need)s，门槛 %(limit)s，低于门槛，能否商量还不清楚")
TERMS_UNDATED = N_("%(what)s：%(need)s，门槛 %(limit)s 没有有效期，能否作准还不清楚")
TERMS_MISSING = N_("%(what)s：%(need)s，园区门槛未填或已过期")
BOTH_MISSING = N_("%(what)s：需求没有写投资额，园区门槛未填或已过期")
NEED_MISSING = N_("%(what)s：门槛 %(limit)s，需求没有写投资额，还不能比较")
REACHED = N_("%(what)s：%(need)s，达到门槛 %(limit)s")
TAX_BELOW = N_("%(what)s：%(need)s，门槛 %(limit)s；只差税收不作拒绝，须当面谈")
TAX_MISSING = N_("%(what)s：门槛 %(limit)s，需求没有写预计税收")
BELOW_OPEN_FIXED = N_("%(what)s：按总投资算是 %(need)s，门槛 %(limit)s 看固定资产投资，需求没有写")

WAN_PER_YI = 10_000
TERMS = ("offer.thresholds_valid_from", "offer.thresholds_valid_to")


def thresholds(need: Frame, premises: Frame, rule: Rule, day: dt.date, ways: Ways) -> Iterator[Outcome]:
    """Compare investment and tax per mu with what the park asks; rented floor isn't measured by land."""
    is_asked = ways[0] & need.has("land_area_mu")
    if not is_asked.any():
        return
    are_terms = ~_are_expired(premises, day)
    has_fixed = need.has("fixed_investment_yi")
    if has_fixed.any():
        yield _investment_per_mu(need, premises, rule, "fixed_investment_yi", is_asked & has_fixed, are_terms)
    if not has_fixed.all():
        yield _investment_per_mu(need, premises, rule, "investment_yi", is_asked & ~has_fixed, are_terms)
    if (premises.number("min_tax_per_mu_wan") > 0).any():
        yield _tax_per_mu(need, premises, rule, is_asked, are_terms)


def _investment_per_mu(
    need: Frame, premises: Frame, rule: Rule, name: str, is_asked: Bools, are_terms: Bools
) -> Outcome:
    """Compare the fixed investment, or all of it where no more is stated."""
    fields = (f"need.{name}", "need.land_area_mu", "offer.min_investment_per_mu_wan")
    least, unit = premises.number("min_investment_per_mu_wan"), field_of("offer", "min_investment_per_mu_wan").unit
    per_mu = np.round(need.number(name) * WAN_PER_YI / need.number("land_area_mu"), 4)
    has_terms, is_silent = are_terms & ~np.isnan(least), np.isnan(per_mu)
    # Total investment holds more than the fixed part, which is what the threshold measures.
    is_total = name == "investment_yi"
    reached = Ending(UNKNOWN, BELOW_OPEN_FIXED, ("need.fixed_investment_yi", *fields)) if is_total else None
    endings, ended = decide(
        (
            (~is_asked, SKIP),
            (~has_terms & is_silent, Ending(UNKNOWN, BOTH_MISSING, (*fields, *TERMS))),
            (~has_terms, Ending(UNKNOWN, TERMS_MISSING, (*fields, *TERMS))),
            (is_silent, Ending(UNKNOWN, NEED_MISSING)),
            (per_mu >= least, reached or Ending(PASSES, REACHED)),
            (
                ~premises.no("thresholds_can_be_waived"),
                Ending(UNKNOWN, BELOW_OPEN, (*fields, "offer.thresholds_can_be_waived")),
            ),
            (
                ~(premises.has("thresholds_valid_from") | premises.has("thresholds_valid_to")),
                Ending(UNKNOWN, TERMS_UNDATED, (*fields, *TERMS)),
            ),
        ),
        otherwise=Ending(FAILS, BELOW),
    )
    return Outcome(
        "HC14-investment",
        N_("投资强度"),
        fields,
        endings,
        ended,
        amounts(per_mu, unit),
        only_where(has_terms, amounts(least, unit, "≥")),
        amounts(lambda row: at(least, row) - at(per_mu, row), unit),
        lambda: ratio(least - per_mu, least),
        source=_source(premises, rule),
        as_of=dates(premises.number("thresholds_valid_from")),
        rule=rule,
    )


def _tax_per_mu(need: Frame, premises: Frame, rule: Rule, is_asked: Bools, are_terms: Bools) -> Outcome:
    """Compare the tax; to fall short of that alone refuses nobody."""
    least, unit = premises.number("min_tax_per_mu_wan"), field_of("offer", "min_tax_per_mu_wan").unit
    tax = need.number("tax_per_mu_wan")
    is_silent = np.isnan(tax)
    fields = ("need.tax_per_mu_wan", "offer.min_tax_per_mu_wan")
    endings, ended = decide(
        (
            (~is_asked | ~(least > 0), SKIP),
            (is_silent, Ending(UNKNOWN, TAX_MISSING)),
            (~are_terms, Ending(UNKNOWN, TERMS_MISSING, (*fields, *TERMS))),
            (tax >= least, Ending(PASSES, REACHED)),
        ),
        otherwise=Ending(UNKNOWN, TAX_BELOW),
    )
    return Outcome(
        "HC14-tax",
        N_("亩均税收"),
        fields,
        endings,
        ended,
        amounts(tax, unit),
        only_where(is_silent | are_terms, amounts(least, unit, "≥")),
        source=_source(premises, rule),
        as_of=dates(premises.number("thresholds_valid_from")),
        rule=rule,
    )


def _are_expired(premises: Frame, day: dt.date) -> Bools:
    """Say whose terms are over, or not yet in force."""
    since, until = premises.number("thresholds_valid_from"), premises.number("thresholds_valid_to")
    today = day.toordinal()
    expired: Bools = (since > today) | (until < today)
    return expired


def _source(premises: Frame, rule: Rule) -> Callable[[int], str | None]:
    own = said(premises, "thresholds_source")
    return lambda row: own(row) or rule.source
