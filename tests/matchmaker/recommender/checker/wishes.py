"""What a need insists on beyond the rules, and whom the premises turn away."""

from collections.abc import Iterator

from .hc13 import ways
from .says import NO, YES, Facts, Says, at_most, fails, holds, lies_in, passes, unknown


def check(need: Facts, premises: Facts, world: Facts) -> Iterator[Says]:
    for one in (
        region(need, premises, world),
        ports(need, premises),
        land_price(need, premises),
        rent(need, premises),
        power_price(need, premises),
        rail(need, premises, world),
        two_lines_of_power(need, premises),
        refused_industry(need, premises),
    ):
        if one is not None:
            yield one


def region(need: Facts, premises: Facts, world: Facts) -> Says | None:
    wanted = need.get("target_prefecture_codes", [])
    if need.get("place_strictness") != "must" or not wanted:
        return None
    fields = ["need.place_strictness", "need.target_prefecture_codes", "park.county_code"]
    if premises["park"] is None:
        return unknown("region", fields, need=tuple(wanted))
    county = premises["park"]["county_code"]
    if lies_in(county, wanted, world):
        return passes("region", fields, need=tuple(wanted), limit=county)
    return fails("region", fields, need=tuple(wanted), limit=county, distance=1.0)


def ports(need: Facts, premises: Facts) -> Says | None:
    wanted = need.get("ports_needed", [])
    if not wanted:
        return None
    fields = ["need.ports_needed", "offer.customs_facilities", "park.customs_facilities"]
    own, park = premises.get("customs_facilities", []), premises["park"] or {}
    there = set(own) | set(park.get("customs_facilities") or [])
    lacking = [port for port in wanted if port not in there]
    if not lacking:
        return passes("ports", fields, need=tuple(wanted), limit=tuple(wanted))
    if not own:
        # An empty list is no answer. The directory tells what is known of a park, and may not know all of it.
        return unknown("ports", fields, need=tuple(wanted), limit=tuple(there))
    return fails(
        "ports", fields,
        need=tuple(wanted), limit=tuple(there), gap=tuple(lacking), distance=len(lacking) / len(wanted),
    )  # fmt: skip


def land_price(need: Facts, premises: Facts) -> Says | None:
    if "land_price_cap_wan_per_mu" not in need or "land" not in ways(need, premises):
        return None
    return at_most(
        "land_price",
        ["need.land_price_cap_wan_per_mu", "offer.land_price_wan_per_mu"],
        need["land_price_cap_wan_per_mu"],
        premises.get("land_price_wan_per_mu"),
    )


def rent(need: Facts, premises: Facts) -> Says | None:
    if "rent_cap_yuan_per_sqm_month" not in need or "floor" not in ways(need, premises):
        return None
    return at_most(
        "rent",
        ["need.rent_cap_yuan_per_sqm_month", "offer.rent_yuan_per_sqm_month"],
        need["rent_cap_yuan_per_sqm_month"],
        premises.get("rent_yuan_per_sqm_month"),
    )


def power_price(need: Facts, premises: Facts) -> Says | None:
    if "power_price_cap_yuan_per_kwh" not in need:
        return None
    return at_most(
        "power_price",
        ["need.power_price_cap_yuan_per_kwh", "offer.power_price_yuan_per_kwh"],
        need["power_price_cap_yuan_per_kwh"],
        premises.get("power_price_yuan_per_kwh"),
    )


def rail(need: Facts, premises: Facts, world: Facts) -> Says | None:
    longest, place = need.get("max_rail_hours"), need.get("rail_city_code")
    if longest is None or place is None or place not in world["level_of"]:
        return None
    # A district of the Bay is reached by way of its city.
    city = world["parent_of"][place] if world["level_of"][place] == "district" else place
    fields = ["need.max_rail_hours", "need.rail_city_code", "park.prefecture_code", "travel.hours"]
    link = world["rail"].get((premises["park"]["prefecture_code"], city)) if premises["park"] else None
    if link is None or link["hours"] is None:
        return unknown("rail", fields, need=longest)
    hours = link["hours"]
    if hours <= longest:
        return passes("rail", fields, need=longest, limit=hours)
    over = round(hours - longest, 2)
    # Most times are from an old timetable; one that isn't sure refuses nobody.
    return fails(
        "rail",
        fields,
        link["confidence"] == "H",
        need=longest,
        limit=hours,
        gap=over,
        distance=(hours - longest) / longest,
    )


def two_lines_of_power(need: Facts, premises: Facts) -> Says | None:
    if need.get("dual_supply_needed") != YES:
        return None
    fields, has = ["need.dual_supply_needed", "offer.dual_supply"], premises.get("dual_supply")
    if has == YES:
        return passes("dual_supply", fields, need=(YES,), limit=(YES,))
    if has == NO:
        return fails("dual_supply", fields, need=(YES,), limit=(NO,), distance=1.0)
    return unknown("dual_supply", fields, need=(YES,))


def refused_industry(need: Facts, premises: Facts) -> Says | None:
    refused, codes = premises.get("refused_codes", []), need.get("industry_codes", [])
    if not refused:
        return None
    fields = ["need.industry_codes", "offer.refused_codes"]
    for code in codes:
        for other in refused:
            if holds(other, code):
                return fails("industry", fields, need=code, limit=other, distance=1.0)
    # A need that only says C39 may or may not mean the C3982 that is refused.
    perhaps = [other for other in refused if any(holds(code, other) for code in codes)]
    if perhaps:
        return unknown("industry", fields, limit=tuple(perhaps))
    if not codes:
        return unknown("industry", fields, limit=tuple(refused))
    return passes("industry", fields, need=tuple(codes), limit=tuple(refused))
