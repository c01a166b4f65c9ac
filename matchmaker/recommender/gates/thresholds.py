"""HC14: the park's own thresholds of investment and tax per mu."""

import datetime as dt
from collections.abc import Iterator

from matchmaker.recommender.facts import Item
from matchmaker.recommender.gates.gate import Condition, Gate, field_of, refuses
from matchmaker.recommender.gates.space import LAND, routes
from matchmaker.recommender.reference import Rule
from matchmaker.recommender.words import Value
from models.vocabulary import N_, Answer

BELOW = N_("%(what)s：%(need)s，门槛 %(limit)s，差 %(gap)s")
BELOW_OPEN = N_("%(what)s：%(need)s，门槛 %(limit)s，低于门槛，能否商量还不清楚")
TERMS_UNDATED = N_("%(what)s：%(need)s，门槛 %(limit)s 没有有效期，能否作准还不清楚")
TERMS_MISSING = N_("%(what)s：%(need)s，园区门槛未填或已过期")
NEED_MISSING = N_("%(what)s：门槛 %(limit)s，需求没有写投资额，还不能比较")
REACHED = N_("%(what)s：%(need)s，达到门槛 %(limit)s")
TAX_BELOW = N_("%(what)s：%(need)s，门槛 %(limit)s；只差税收不作拒绝，须当面谈")
TAX_MISSING = N_("%(what)s：门槛 %(limit)s，需求没有写预计税收")
BELOW_OPEN_FIXED = N_("%(what)s：按总投资算是 %(need)s，门槛 %(limit)s 看固定资产投资，需求没有写")


def thresholds(need: Item, premises: Item, rule: Rule, day: dt.date) -> Iterator[Gate]:
    """Compare investment and tax per mu with what the park asks; rented floor isn't measured by land."""
    if LAND not in routes(need, premises) or need.get("land_area_mu") is None:
        return
    yield _investment_per_mu(need, premises, rule, day)
    if premises.get("min_tax_per_mu_wan"):
        yield _tax_per_mu(need, premises, rule, day)


def _terms_condition(premises: Item, rule: Rule, name: str, title: str, *fields: str) -> Condition:
    return Condition(
        f"HC14-{name}",
        title,
        fields,
        premises.get("thresholds_source") or rule.source,
        premises.get("thresholds_valid_from"),
        refuses(rule),
    )


def _investment_per_mu(need: Item, premises: Item, rule: Rule, day: dt.date) -> Gate:
    fixed, total, land = need.get("fixed_investment_yi"), need.get("investment_yi"), need.get("land_area_mu")
    name = "fixed_investment_yi" if fixed is not None else "investment_yi"
    condition = _terms_condition(
        premises,
        rule,
        "investment",
        N_("投资强度"),
        f"need.{name}",
        "need.land_area_mu",
        "offer.min_investment_per_mu_wan",
    )
    unit = field_of("offer", "min_investment_per_mu_wan").unit
    least = premises.get("min_investment_per_mu_wan")
    stated = fixed if fixed is not None else total
    value = None if stated is None else Value(round(stated * 10_000 / land, 4), unit)
    if least is None or _are_expired(premises, day):
        return condition.unknown(value, None, TERMS_MISSING)
    limit = Value(least, unit, comparator="≥")
    if value is None:
        return condition.unknown(None, limit, NEED_MISSING)
    if value.raw >= least:
        # Total investment holds more than the fixed part, which is what the threshold measures.
        message = REACHED if fixed is not None else BELOW_OPEN_FIXED
        verdict = condition.passes if fixed is not None else condition.unknown
        return verdict(value, limit, message)
    gap = Value(least - value.raw, unit)
    if premises.get("thresholds_can_be_waived") != Answer.NO:
        return condition.unknown(value, limit, BELOW_OPEN)
    if premises.get("thresholds_valid_from") is None and premises.get("thresholds_valid_to") is None:
        return condition.unknown(value, limit, TERMS_UNDATED)
    return condition.fails(value, limit, BELOW, gap, gap.raw / least)


def _tax_per_mu(need: Item, premises: Item, rule: Rule, day: dt.date) -> Gate:
    condition = _terms_condition(
        premises, rule, "tax", N_("亩均税收"), "need.tax_per_mu_wan", "offer.min_tax_per_mu_wan"
    )
    unit = field_of("offer", "min_tax_per_mu_wan").unit
    limit = Value(premises.get("min_tax_per_mu_wan"), unit, comparator="≥")
    tax = need.get("tax_per_mu_wan")
    if tax is None:
        return condition.unknown(None, limit, TAX_MISSING)
    value = Value(tax, unit)
    if _are_expired(premises, day):
        return condition.unknown(value, None, TERMS_MISSING)
    if tax >= limit.raw:
        return condition.passes(value, limit, REACHED)
    return condition.unknown(value, limit, TAX_BELOW)


def _are_expired(premises: Item, day: dt.date) -> bool:
    since, until = premises.get("thresholds_valid_from"), premises.get("thresholds_valid_to")
    return (since is not None and since > day) or (until is not None and until < day)
