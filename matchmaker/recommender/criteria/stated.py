"""What both sides state in fields: purpose, space, time, prices, utilities, workers and policy.

Each part compares the two sides of one question and no other, so taking an answer away can only lose what it earned: no
second field stands in for a missing one with a better answer.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np

from matchmaker.recommender.criteria.curves import (
    NOTHING,
    Numbers,
    Values,
    before,
    in_common,
    known,
    share,
    slack,
    under,
)
from matchmaker.recommender.criteria.pairs import Pairs
from matchmaker.recommender.criteria.trade import Named
from matchmaker.recommender.frame import Bools, Frame, positions
from matchmaker.recommender.gates.space import FLOOR_CATEGORIES, FLOOR_TENURES, LAND_CATEGORIES, LAND_TENURES
from matchmaker.recommender.gates.utilities import is_stale
from models.vocabulary import NeedCategory, OfferCategory

STALE_MONTHS = 12
SAME_WAY = 0.6

SUITABLE: dict[NeedCategory, tuple[OfferCategory, ...]] = {
    NeedCategory.FARM_PRODUCE: (OfferCategory.FARM_BASE,),
    NeedCategory.LOGISTICS: (OfferCategory.LOGISTICS, OfferCategory.LAND_PLOT, OfferCategory.BUILT_TO_SUIT),
    NeedCategory.ENCLAVE_PARTNER: (OfferCategory.ENCLAVE_SLOT,),
    NeedCategory.HEADQUARTERS: (OfferCategory.INCUBATOR, OfferCategory.BUILT_TO_SUIT, OfferCategory.LAND_PLOT),
    NeedCategory.SERVICES: (OfferCategory.SERVICE, OfferCategory.INCUBATOR, OfferCategory.STANDARD_FACTORY),
}
FOR_FACTORIES = (
    OfferCategory.LAND_PLOT,
    OfferCategory.STANDARD_FACTORY,
    OfferCategory.BUILT_TO_SUIT,
    OfferCategory.ENCLAVE_SLOT,
    OfferCategory.INCUBATOR,
)
# Who takes one of these asks for a service, and the way of taking premises decides nothing.
ANY_WAY = (OfferCategory.SERVICE, OfferCategory.ENCLAVE_SLOT, OfferCategory.INCUBATOR, OfferCategory.FARM_BASE)


def stated(pairs: Pairs) -> Iterator[Named]:
    """Yield every part that rests on stated fields."""
    need, premises = pairs.need, pairs.premises
    yield "purpose", purpose(need, premises)
    yield "tenure", tenure(need, premises)
    yield "space", _space(need, premises)
    yield "date", before(need.number("premises_needed_on"), premises.number("available_on"))
    yield "start", before(need.number("production_start_on"), premises.number("available_on"))
    yield "land_price", under(premises.number("land_price_wan_per_mu"), need.number("land_price_cap_wan_per_mu"))
    yield "rent", under(premises.number("rent_yuan_per_sqm_month"), need.number("rent_cap_yuan_per_sqm_month"))
    yield (
        "power_price",
        under(premises.number("power_price_yuan_per_kwh"), need.number("power_price_cap_yuan_per_kwh")),
    )
    yield from _utilities(pairs)
    yield "workers", share(need.number("headcount_needed"), premises.number("workers_available"))
    yield "policy", in_common(need["policy_asks"], premises["promised"])
    yield "cooperation", in_common(need["cooperation_modes"], premises["enclave_modes"])


def purpose(need: Frame, premises: Frame) -> Values:
    """Say where the premises are of a kind that suits what the need wants to do."""
    wanted, given = need["category"].astype(np.int16), premises["category"]
    suits = _suits().take((wanted + 1) * (len(OfferCategory) + 1) + (given + 1))
    return suits, (wanted >= 0) & (given >= 0)


@cache
def _suits() -> Numbers:
    """Return 1 for every two categories that suit each other; the first row and column stand for none."""
    table = np.zeros((len(NeedCategory) + 1, len(OfferCategory) + 1), np.float32)
    given = positions(OfferCategory)
    for row, wanted in enumerate(NeedCategory, 1):
        table[row, [given[category] + 1 for category in SUITABLE.get(wanted, FOR_FACTORIES)]] = 1
    return table.ravel()


def tenure(need: Frame, premises: Frame) -> Values:
    """Say where both sides name one way of taking premises, or at least land both or floor both."""
    same = (need["tenures"] & premises["tenures"]) != 0
    return (np.maximum(same, is_same_way(need, premises) * np.float32(SAME_WAY)), _has_way(need) & _has_way(premises))


def is_same_way(need: Frame, premises: Frame) -> Bools:
    """Say where both sides speak of land, or both of floor: by their tenures, areas or the kind of premises."""
    wants_land = _named(need, LAND_TENURES) | (need.number("land_area_mu") > 0)
    wants_floor = _named(need, FLOOR_TENURES) | (need.number("floor_area_sqm") > 0)
    has_land = _named(premises, LAND_TENURES) | premises.is_("category", *LAND_CATEGORIES)
    has_floor = _named(premises, FLOOR_TENURES) | premises.is_("category", *FLOOR_CATEGORIES)
    same: Bools = (wants_land & has_land) | (wants_floor & has_floor)
    return same


def _named(frame: Frame, tenures: np.uint32) -> Bools:
    named: Bools = (frame["tenures"] & tenures) != 0
    return named


def _has_way(frame: Frame) -> Bools:
    named = frame.has("tenures")
    if frame.kind == "need":
        return named | (frame.number("land_area_mu") > 0) | (frame.number("floor_area_sqm") > 0)
    return named | frame.is_("category", *LAND_CATEGORIES, *FLOOR_CATEGORIES)


def _space(need: Frame, premises: Frame) -> Values:
    """Take the better of land and floor: all the land where it may be split, and the largest plot elsewhere."""
    asked, largest = need.number("land_area_mu"), premises.number("largest_plot_mu")
    plots = NOTHING
    if (asked > 0).any():
        together = np.fmax(largest, premises.number("available_area_mu"))
        plots = slack(asked, np.where(need.yes("accepts_split_plots"), together, largest))
    floor = slack(need.number("floor_area_sqm"), premises.number("floor_area_sqm"))
    return np.maximum(plots[0], floor[0]), plots[1] | floor[1]


def _utilities(pairs: Pairs) -> Iterator[Named]:
    need, premises = pairs.need, pairs.premises
    as_of = premises.number("spare_as_of")
    # A reading without a date, or of more than a year ago, says nothing about today.
    counts = ~(np.isnan(as_of) | is_stale(as_of, pairs.day, STALE_MONTHS))
    for name, asked, spare in (
        ("power", "power_kva", "power_spare_kva"),
        ("sewage", "sewage_m3_per_day", "sewage_spare_m3_per_day"),
        ("water", "water_m3_per_day", "water_spare_m3_per_day"),
        ("gas", "gas_m3_per_day", "gas_spare_m3_per_day"),
    ):
        values, is_known = slack(need.number(asked), premises.number(spare))
        yield name, (values, is_known) if values is NOTHING[0] else (values * counts, is_known & counts)
    wants, has = need.yes("dual_supply_needed"), premises.has("dual_supply")
    yield "dual_supply", known(wants & premises.yes("dual_supply"), wants & has)
