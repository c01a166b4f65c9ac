"""What the need itself insists on: place, ports, prices, rail time, two lines of power; and whom the offer refuses."""

from collections.abc import Iterable, Iterator
from typing import Any

from matchmaker.recommender.facts import Item
from matchmaker.recommender.gates.gate import Condition, Gate, cap, field_of
from matchmaker.recommender.gates.space import FLOOR, LAND, routes
from matchmaker.recommender.industry import covers
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.words import Value, terms
from models.vocabulary import N_, Answer, PortType, Strictness

INSIDE = N_("%(what)s：在 %(need)s 范围内")
OUTSIDE = N_("%(what)s：要求在 %(need)s，园区在 %(limit)s")
HAS = N_("%(what)s：需 %(need)s，园区有 %(limit)s")
LACKS = N_("%(what)s：需 %(need)s，园区没有 %(gap)s")
LACKS_UNKNOWN = N_("%(what)s：需 %(need)s，园区未填或没有写全")
TWO_LINES = N_("%(what)s：需要，园区有")
ONE_LINE = N_("%(what)s：需要，园区没有")
LINES_UNKNOWN = N_("%(what)s：需要，园区未填")
REFUSED = N_("%(what)s：%(need)s 在园区不接受的 %(limit)s 之内")
REFUSED_UNKNOWN = N_("%(what)s：园区不接受 %(limit)s，需求的行业写得不够细，还不能判断")
ACCEPTED = N_("%(what)s：%(need)s 不在园区不接受的行业之内")
RAIL_UNKNOWN = N_("%(what)s：上限 %(need)s，没有到该城市的铁路时间")
RAIL_WITHIN = N_("%(what)s：约 %(limit)s，不超过上限 %(need)s")
RAIL_OVER = N_("%(what)s：约 %(limit)s，上限 %(need)s，多 %(gap)s")


def caps(need: Item, premises: Item, reference: Reference) -> Iterator[Gate]:
    """Check everything that the need insists on, and whom the premises refuse."""
    yield from region(need, premises, reference)
    yield from ports(need, premises)
    yield from prices(need, premises)
    yield from rail_time(need, premises, reference)
    yield from dual_supply(need, premises)
    yield from refused_industries(need, premises, reference)


def region(need: Item, premises: Item, reference: Reference) -> Iterator[Gate]:
    """Keep to the prefectures that the need insists on."""
    targets = need.get("target_prefecture_codes") or []
    if need.get("place_strictness") != Strictness.MUST or not targets:
        return
    condition = Condition(
        "region",
        N_("市州"),
        ("need.place_strictness", "need.target_prefecture_codes", "park.county_code"),
    )
    wanted = Value(tuple(targets), labels=tuple(reference.place_name(code) for code in targets))
    if premises.park is None:
        yield condition.unknown(wanted, None, LACKS_UNKNOWN)
        return
    county = premises.park.county_code
    here = Value(county, labels=(_full_place(county, reference),))
    if reference.is_within(county, targets):
        yield condition.passes(wanted, here, INSIDE)
    else:
        yield condition.fails(wanted, here, OUTSIDE)


def _full_place(county: str, reference: Reference) -> str:
    return reference.place_name(reference.prefecture(county)) + reference.place_name(county)


def ports(need: Item, premises: Item) -> Iterator[Gate]:
    """Ask for the ports and customs facilities that the need can't do without."""
    wanted = need.get("ports_needed") or []
    if not wanted:
        return
    own = premises.get("customs_facilities")
    listed = premises.park.customs_facilities if premises.park else None
    present = {*(own or ()), *(listed or ())}
    condition = Condition(
        "ports",
        N_("口岸或海关设施"),
        ("need.ports_needed", "offer.customs_facilities", "park.customs_facilities"),
    )
    asked, lacking = terms(PortType, wanted), [port for port in wanted if port not in present]
    if not lacking:
        yield condition.passes(asked, terms(PortType, [port for port in wanted if port in present]), HAS)
    elif own is None:
        # The directory names what is known of a park, and may not know all.
        yield condition.unknown(asked, terms(PortType, sorted(present)) if present else None, LACKS_UNKNOWN)
    else:
        share = len(lacking) / len(wanted)
        yield condition.fails(asked, terms(PortType, sorted(present)), LACKS, terms(PortType, lacking), share)


def prices(need: Item, premises: Item) -> Iterator[Gate]:
    """Keep to the highest prices that the need accepts."""
    ways = routes(need, premises)
    for name, cap_name, price_name, way in (
        ("land_price", "land_price_cap_wan_per_mu", "land_price_wan_per_mu", LAND),
        ("rent", "rent_cap_yuan_per_sqm_month", "rent_yuan_per_sqm_month", FLOOR),
        ("power_price", "power_price_cap_yuan_per_kwh", "power_price_yuan_per_kwh", None),
    ):
        highest = need.get(cap_name)
        if highest is None or (way is not None and way not in ways):
            continue
        label = field_of("offer", price_name)
        condition = Condition(
            name,
            label.label,
            (f"need.{cap_name}", f"offer.{price_name}"),
            premises.get("price_source"),
            premises.get("price_valid_from"),
        )
        yield cap(condition, highest, premises.get(price_name), label.unit)


def rail_time(need: Item, premises: Item, reference: Reference) -> Iterator[Gate]:
    """Keep to the longest time by rail to a Bay city; most times are approximate, and a doubtful one refuses nobody."""
    longest, city = need.get("max_rail_hours"), reference.city(need.get("rail_city_code"))
    if longest is None or city is None:
        return
    link = reference.rail.get((premises.park.prefecture_code, city)) if premises.park else None
    unit = field_of("need", "max_rail_hours").unit
    condition = Condition(
        "rail",
        N_("铁路时间"),
        ("need.max_rail_hours", "need.rail_city_code", "park.prefecture_code", "travel.hours"),
        link.basis if link else None,
        may_refuse=link is not None and link.confidence == "H",
    )
    wanted = Value(longest, unit, comparator="≤")
    if link is None or link.hours is None:
        yield condition.unknown(wanted, None, RAIL_UNKNOWN)
        return
    here = Value(link.hours, unit)
    if link.hours <= longest:
        yield condition.passes(wanted, here, RAIL_WITHIN)
        return
    over = Value(round(link.hours - longest, 2), unit)
    yield condition.fails(wanted, here, RAIL_OVER, over, over.raw / longest)


def dual_supply(need: Item, premises: Item) -> Iterator[Gate]:
    """Ask for two lines of power where the need can't do without."""
    if need.get("dual_supply_needed") != Answer.YES:
        return
    condition = Condition("dual_supply", N_("双回路供电"), ("need.dual_supply_needed", "offer.dual_supply"))
    wanted, has = terms(Answer, [Answer.YES.value]), premises.get("dual_supply")
    if has == Answer.YES:
        yield condition.passes(wanted, wanted, TWO_LINES)
    elif has == Answer.NO:
        yield condition.fails(wanted, terms(Answer, [Answer.NO.value]), ONE_LINE)
    else:
        yield condition.unknown(wanted, None, LINES_UNKNOWN)


def refused_industries(need: Item, premises: Item, reference: Reference) -> Iterator[Gate]:
    """Keep away from premises that refuse the need's industry."""
    refused = premises.get("refused_codes") or []
    if not refused:
        return
    condition = Condition("industry", N_("不接受的行业"), ("need.industry_codes", "offer.refused_codes"))
    hit = [(code, other) for code in need.codes for other in refused if covers(other, code)]
    if hit:
        code, other = hit[0]
        yield condition.fails(_industry(code, reference), _industry(other, reference), REFUSED)
        return
    inside = [other for other in refused if any(covers(code, other) for code in need.codes)]
    if inside or not need.codes:
        yield condition.unknown(None, _industries(inside or refused, reference), REFUSED_UNKNOWN)
        return
    yield condition.passes(_industries(need.codes, reference), _industries(refused, reference), ACCEPTED)


def _industry(code: str, reference: Reference) -> Value:
    return Value(code, labels=(reference.industry_name(code),))


def _industries(codes: Iterable[Any], reference: Reference) -> Value:
    listed = tuple(codes)
    return Value(listed, labels=tuple(reference.industry_name(code) for code in listed))
