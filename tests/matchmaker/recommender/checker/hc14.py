"""HC14: what the park itself asks of investment and tax per mu."""

import datetime as dt
from collections.abc import Iterator

from .hc13 import ways
from .says import NO, Facts, Says, fails, is_certain, passes, unknown

DATES = ["offer.thresholds_valid_from", "offer.thresholds_valid_to"]


def check(need: Facts, premises: Facts, rule: Facts, day: dt.date) -> Iterator[Says]:
    # Rented floor isn't measured by land, and without an area there is nothing to divide by.
    if "land" not in ways(need, premises) or "land_area_mu" not in need:
        return
    yield investment(need, premises, rule, day)
    if premises.get("min_tax_per_mu_wan", 0) > 0:
        yield tax(need, premises, day)


def terms_are_valid(premises: Facts, day: dt.date) -> bool:
    starts, ends = premises.get("thresholds_valid_from"), premises.get("thresholds_valid_to")
    return not (starts is not None and day < starts) and not (ends is not None and day > ends)


def investment(need: Facts, premises: Facts, rule: Facts, day: dt.date) -> Says:
    id_, least = "HC14-investment", premises.get("min_investment_per_mu_wan")
    by = "fixed_investment_yi" if "fixed_investment_yi" in need else "investment_yi"
    fields = [f"need.{by}", "need.land_area_mu", "offer.min_investment_per_mu_wan"]
    per_mu = None if by not in need else round(need[by] * 10_000 / need["land_area_mu"], 4)

    if least is None or not terms_are_valid(premises, day):
        return unknown(id_, [*fields, *DATES], need=per_mu)
    if per_mu is None:
        return unknown(id_, fields, limit=least)
    if per_mu >= least:
        # The threshold measures fixed assets; the total holds more than those, so reaching it proves nothing.
        if by == "investment_yi":
            return unknown(id_, [*fields, "need.fixed_investment_yi"], need=per_mu, limit=least)
        return passes(id_, fields, need=per_mu, limit=least)
    if premises.get("thresholds_can_be_waived") != NO:
        return unknown(id_, [*fields, "offer.thresholds_can_be_waived"], need=per_mu, limit=least)
    if "thresholds_valid_from" not in premises and "thresholds_valid_to" not in premises:
        return unknown(id_, [*fields, *DATES], need=per_mu, limit=least)
    return fails(
        id_, fields, is_certain(rule),
        need=per_mu, limit=least, gap=least - per_mu, distance=(least - per_mu) / least,
    )  # fmt: skip


def tax(need: Facts, premises: Facts, day: dt.date) -> Says:
    """Show what the park asks, and refuse nobody for tax alone."""
    id_, fields = "HC14-tax", ["need.tax_per_mu_wan", "offer.min_tax_per_mu_wan"]
    least, promised = premises["min_tax_per_mu_wan"], need.get("tax_per_mu_wan")
    if promised is None:
        return unknown(id_, fields, limit=least)
    if not terms_are_valid(premises, day):
        return unknown(id_, [*fields, *DATES], need=promised)
    if promised >= least:
        return passes(id_, fields, need=promised, limit=least)
    return unknown(id_, fields, need=promised, limit=least)
