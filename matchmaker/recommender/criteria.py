"""What the two sides state in fields, each as a named part of the score with its own weight.

Every part is at least zero and nothing that is missing earns anything, so answering a question never costs a place.
The two exceptions are premises of another kind than the need is looking for (`purpose`), and land for somebody who
wants floor alone, or floor for somebody who wants land (`tenure`): no other facts make up for either.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache

from matchmaker.recommender import industry
from matchmaker.recommender.facts import Item
from matchmaker.recommender.gates.space import FLOOR, LAND, differ, routes
from matchmaker.recommender.gates.utilities import is_stale
from matchmaker.recommender.reference import Reference, Travel
from models.vocabulary import N_, Answer, NeedCategory, OfferCategory, ParkLevel

SLACK_DAYS = 180
RAIL_HOURS = 8.0  # a time that nobody calls near
PRICE_SLACK = 0.3
STALE_MONTHS = 12
OTHER_PURPOSE = 3.0
OTHER_TENURE = 1.0
# Less is a chance likeness of one wide word, such as 装备制造, with nearly everything.
CHAIN_FIT = 0.45


@dataclasses.dataclass(frozen=True, slots=True)
class Criterion:
    """One named part of a score: how well it is met, and what that is worth."""

    name: str
    label: str
    value: float
    weight: float

    @property
    def contribution(self) -> float:
        """Return what this part adds to the sum."""
        return self.value * self.weight


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


def stated_criteria(need: Item, premises: Item, reference: Reference, day: dt.date) -> Iterator[Criterion]:
    """Return every part that rests on stated fields."""
    yield from _purpose(need, premises)
    yield from _space(need, premises)
    yield from _prices(need, premises)
    yield from _headroom(need, premises, day)
    yield from _travel(need, premises, reference)
    yield from _time(need, premises)
    yield from _shares(need, premises)
    yield from _supply_chain(need, premises, reference)
    yield from _place(need, premises, reference)


def _purpose(need: Item, premises: Item) -> Iterator[Criterion]:
    wanted, given = need.get("category"), premises.get("category")
    if wanted is None or given is None:
        return
    if given in SUITABLE.get(wanted, FOR_FACTORIES):
        yield Criterion("purpose", N_("载体类别"), 1.0, 0.4)
    else:
        yield Criterion("purpose", N_("载体类别"), -1.0, OTHER_PURPOSE)


def _space(need: Item, premises: Item) -> Iterator[Criterion]:
    ways = routes(need, premises)
    pairs = []
    if LAND in ways:
        pairs.append((need.get("land_area_mu"), premises.get("largest_plot_mu") or premises.get("available_area_mu")))
    if FLOOR in ways:
        pairs.append((need.get("floor_area_sqm"), premises.get("floor_area_sqm")))
    values = [slack(asked, given) for asked, given in pairs if asked and given]
    if values:
        yield Criterion("space", N_("面积余地"), max(values), 0.4)
    wanted, given = set(need.get("tenures") or ()), set(premises.get("tenures") or ())
    if wanted & given:
        yield Criterion("tenure", N_("取得方式"), 1.0, 0.2)
    elif differ(need, premises):
        yield Criterion("tenure", N_("取得方式"), -1.0, OTHER_TENURE)


def slack(asked: float, given: float) -> float:
    """Rise from 0.5 where it is just enough to 1 at twice the demand; too little is worth nothing."""
    return 0.0 if given < asked else min(1.0, 0.5 * given / asked)


def _prices(need: Item, premises: Item) -> Iterator[Criterion]:
    ways = routes(need, premises)
    for name, label, cap_name, price_name, way in (
        ("land_price", N_("地价"), "land_price_cap_wan_per_mu", "land_price_wan_per_mu", LAND),
        ("rent", N_("租金"), "rent_cap_yuan_per_sqm_month", "rent_yuan_per_sqm_month", FLOOR),
        ("power_price", N_("电价"), "power_price_cap_yuan_per_kwh", "power_price_yuan_per_kwh", None),
    ):
        highest, price = need.get(cap_name), premises.get(price_name)
        if highest and price is not None and (way is None or way in ways):
            yield Criterion(name, label, under(price, highest), 0.3)


def under(price: float, highest: float) -> float:
    """Rise from 0.5 at the cap to 1 at thirty per cent below it; above it is worth nothing."""
    if price > highest:
        return 0.0
    return 0.5 + 0.5 * min(1.0, (highest - price) / (PRICE_SLACK * highest))


def _headroom(need: Item, premises: Item, day: dt.date) -> Iterator[Criterion]:
    as_of = premises.get("spare_as_of")
    if as_of is None or is_stale(as_of, day, STALE_MONTHS):
        return
    for name, label, asked_name, spare_name in (
        ("power", N_("用电余量"), "power_kva", "power_spare_kva"),
        ("sewage", N_("污水余量"), "sewage_m3_per_day", "sewage_spare_m3_per_day"),
        ("gas", N_("供气余量"), "gas_m3_per_day", "gas_spare_m3_per_day"),
        ("water", N_("供水余量"), "water_m3_per_day", "water_spare_m3_per_day"),
    ):
        asked, spare = need.get(asked_name), premises.get(spare_name)
        if asked and spare is not None:
            yield Criterion(name, label, slack(asked, spare), 0.15)
    if need.get("dual_supply_needed") == Answer.YES and premises.get("dual_supply") == Answer.YES:
        yield Criterion("dual_supply", N_("双回路供电"), 1.0, 0.1)


def _travel(need: Item, premises: Item, reference: Reference) -> Iterator[Criterion]:
    link = rail_link(need, premises, reference)
    if link is None or link.hours is None:
        return
    weight = 0.3 if need.get("rail_city_code") else 0.06
    yield Criterion("rail", N_("铁路时间"), max(0.0, 1 - link.hours / RAIL_HOURS), weight)


def rail_link(need: Item, premises: Item, reference: Reference) -> Travel | None:
    """Return the rail link to the city that the need names, to the city it stands in, or to the nearest in the Bay."""
    if premises.park is None:
        return None
    prefecture = premises.park.prefecture_code
    for code in (need.get("rail_city_code"), need.get("from_city_code")):
        link = reference.rail.get((prefecture, reference.city(code) or ""))
        if link is not None:
            return link
    links = [link for (start, _), link in reference.rail.items() if start == prefecture and link.hours is not None]
    return min(links, key=lambda link: link.hours or RAIL_HOURS, default=None)


def _time(need: Item, premises: Item) -> Iterator[Criterion]:
    latest = need.get("premises_needed_on") or need.get("production_start_on")
    ready = premises.get("available_on")
    if latest is None or ready is None or ready > latest:
        return
    yield Criterion("date", N_("交付时间"), 0.5 + 0.5 * min(1.0, (latest - ready).days / SLACK_DAYS), 0.2)


def _shares(need: Item, premises: Item) -> Iterator[Criterion]:
    park_ports = premises.park.customs_facilities if premises.park else None
    ports = {*(premises.get("customs_facilities") or ()), *(park_ports or ())}
    promised = {promise.type for promise in premises.promises}
    for name, label, wanted_name, given, weight in (
        ("ports", N_("口岸或海关设施"), "ports_needed", ports, 0.3),
        ("policy", N_("希望的支持"), "policy_asks", promised, 0.5),
        ("cooperation", N_("合作方式"), "cooperation_modes", set(premises.get("enclave_modes") or ()), 0.2),
    ):
        wanted = set(need.get(wanted_name) or ())
        if wanted & given:
            yield Criterion(name, label, len(wanted & given) / len(wanted), weight)
    for name, label, asked_name, given_name, weight in (
        ("workers", N_("招工"), "headcount_needed", "workers_available", 0.25),
        ("supply", N_("供应量"), "annual_purchase_t", "annual_supply_t", 0.4),
    ):
        asked, number = need.get(asked_name), premises.get(given_name)
        if asked and number:
            yield Criterion(name, label, min(1.0, number / asked), weight)


def _supply_chain(need: Item, premises: Item, reference: Reference) -> Iterator[Criterion]:
    for name, label, field in (
        ("upstream", N_("上游配套"), "upstream_codes"),
        ("downstream", N_("下游客户"), "downstream_codes"),
    ):
        best, _, _ = chain_link(need.get(field) or (), premises, reference)
        if best:
            yield Criterion(name, label, best, 0.3)


def chain_link(wanted: Iterable[str], premises: Item, reference: Reference) -> tuple[float, str, str]:
    """Return how well the park's industries answer one of the wanted ones, which one, and by which phrase."""
    listed = premises.park.leading_industries if premises.park else ()
    links = [(_fit_alone(code, reference.terms.get(phrase, ())), code, phrase) for phrase in listed for code in wanted]
    best = max(links, default=(0.0, "", ""))
    return best if best[0] >= CHAIN_FIT else (0.0, "", "")


@lru_cache(maxsize=1 << 14)
def _fit_alone(code: str, stated: tuple[str, ...]) -> float:
    return industry.phrase_fit((code,), stated, 0, {})


def _place(need: Item, premises: Item, reference: Reference) -> Iterator[Criterion]:
    if premises.park is None:
        return
    if reference.zones_for(premises.park.prefecture_code, need.codes):
        yield Criterion("zone", N_("所属片区"), 1.0, 0.03)
    if premises.park.level == ParkLevel.PROVINCIAL.value:
        yield Criterion("provincial", N_("省级园区"), 1.0, 0.03)
    if premises.park.customs_facilities:
        yield Criterion("customs", N_("海关设施"), 1.0, 0.03)
