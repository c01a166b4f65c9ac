"""What the forms of a synthetic pair say against each other: the judge of the gates, written apart from them.

Only what both sides have written counts, for whoever leaves a field empty can't be refused for it. The judge reads
single pairs, the slow and obvious way.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from matchmaker.recommender.facts import Item

LAND, FLOOR = "buy_land", ("lease", "buy_factory", "built_to_suit")
MONTHS = 12
SPARE = (
    ("power_kva", "power_spare_kva"),
    ("sewage_m3_per_day", "sewage_spare_m3_per_day"),
    ("gas_m3_per_day", "gas_spare_m3_per_day"),
)
OF_FLOOR = (
    ("floor_area_sqm", "floor_area_sqm"),
    ("single_building_sqm", "largest_building_sqm"),
    ("clear_height_m", "clear_height_m"),
    ("floor_load_kn_sqm", "floor_load_kn_sqm"),
)


def violations(need: Item, offer: Item, day: dt.date) -> list[str]:
    """Name every hard condition that the forms of a pair break."""
    return [name for name, broken in _checks(need, offer, day) if broken]


def _checks(need: Item, offer: Item, day: dt.date) -> Iterator[tuple[str, bool]]:
    assert offer.park is not None
    targets = need.get("target_prefecture_codes") or []
    yield "place", need.get("place_strictness") == "must" and offer.park.prefecture_code not in targets
    main = (need.codes or ("",))[0]
    yield "refused", any(main.startswith(code) for code in offer.get("refused_codes") or ())
    ports, own = set(need.get("ports_needed") or ()), set(offer.get("customs_facilities") or ())
    yield "ports", bool(own) and bool(ports - own - set(offer.park.customs_facilities or ()))
    yield "dual supply", need.get("dual_supply_needed") == "yes" and offer.get("dual_supply") == "no"
    if _is_fresh(offer.get("spare_as_of"), day):
        for asked, spare in SPARE:
            yield asked, _exceeds(need.get(asked), offer.get(spare))
    latest = need.get("premises_needed_on") or need.get("production_start_on")
    yield "date", bool(latest) and offer.get("available_on") > latest
    yield "power price", _exceeds(offer.get("power_price_yuan_per_kwh"), need.get("power_price_cap_yuan_per_kwh"))
    yield "chemical plot", _is_hazardous(need) and offer.get("in_chemical_area") == "no"
    wanted, given = set(need.get("tenures") or ()), set(offer.get("tenures") or ())
    if LAND in wanted and LAND in given:
        yield from _on_land(need, offer)
    elif wanted & set(FLOOR) and given & set(FLOOR):
        for asked, offered in OF_FLOOR:
            yield asked, _exceeds(need.get(asked), offer.get(offered))
        yield "rent", _exceeds(offer.get("rent_yuan_per_sqm_month"), need.get("rent_cap_yuan_per_sqm_month"))


def _on_land(need: Item, offer: Item) -> Iterator[tuple[str, bool]]:
    splits = need.get("accepts_split_plots") == "yes"
    yield "land", _exceeds(need.get("land_area_mu"), offer.get("available_area_mu" if splits else "largest_plot_mu"))
    yield "land price", _exceeds(offer.get("land_price_wan_per_mu"), need.get("land_price_cap_wan_per_mu"))
    fixed, area = need.get("fixed_investment_yi"), need.get("land_area_mu")
    threshold = offer.get("min_investment_per_mu_wan")
    # Total investment is only more than the fixed part, so who falls short by the total falls short in any case.
    per_mu = (fixed or need.get("investment_yi")) * 10_000 / area if area else None
    yield "investment", offer.get("thresholds_can_be_waived") == "no" and _exceeds(threshold, per_mu)


def _is_fresh(read_on: dt.date | None, day: dt.date) -> bool:
    return read_on is not None and (day.year - read_on.year) * MONTHS + day.month - read_on.month < MONTHS


def _is_hazardous(need: Item) -> bool:
    """Say whether it is chemistry beyond doubt: a chemical trade with a reaction and a hazardous product."""
    is_trade = any(code.startswith(("C261", "C262", "C263", "C264", "C265", "C266")) for code in need.codes)
    return is_trade and need.get("has_chemical_reaction") == need.get("product_is_hazardous_chemical") == "yes"


def _exceeds(more: Any, less: Any) -> bool:
    """Say whether the first is more than the second, both being written."""
    return more is not None and less is not None and more > less + 1e-9
