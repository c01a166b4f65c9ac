"""HC13: land, floor, height, load and delivery against the largest piece there is."""

from collections.abc import Iterator, Sequence

from matchmaker.recommender.facts import Item
from matchmaker.recommender.gates.gate import Condition, Gate, capacity, deadline, field_of, refuses
from matchmaker.recommender.reference import Rule
from matchmaker.recommender.words import Value
from models.vocabulary import N_, Answer, OfferCategory, Tenure

LAND, FLOOR = "land", "floor"

SPLIT = N_("%(what)s：需 %(need)s，最大单栋 %(limit)s，要分几栋；需求没有写能否分散")
LACKS_UNKNOWN = N_("%(what)s：需 %(need)s，园区未填或没有写全")

ROUTES = {
    Tenure.BUY_LAND.value: LAND,
    Tenure.RENT_LAND.value: LAND,
    Tenure.LEASE.value: FLOOR,
    Tenure.BUY_FACTORY.value: FLOOR,
    Tenure.BUILT_TO_SUIT.value: FLOOR,
}
ROUTES_OF_CATEGORY = {
    OfferCategory.LAND_PLOT: {LAND},
    OfferCategory.FARM_BASE: {LAND},
    OfferCategory.STANDARD_FACTORY: {FLOOR},
    OfferCategory.BUILT_TO_SUIT: {FLOOR},
    OfferCategory.INCUBATOR: {FLOOR},
    OfferCategory.LOGISTICS: {FLOOR},
    OfferCategory.SERVICE: set[str](),
}


def routes(need: Item, premises: Item) -> set[str]:
    """Return by land, by floor, or both: the ways in which this need and these premises may meet.

    A need for land and floor is met by either, where the premises have only one of them. Premises that say nothing
    leave all that the need asks for open.
    """
    wanted = _wanted(need) or {FLOOR}
    return wanted & _given(premises) or wanted


def differ(need: Item, premises: Item) -> bool:
    """Say whether the need asks for land alone and the premises are floor alone, or the other way round."""
    wanted, given = _wanted(need), _given(premises)
    has_area = {
        LAND: premises.get("largest_plot_mu") or premises.get("available_area_mu"),
        FLOOR: premises.get("floor_area_sqm") or premises.get("largest_building_sqm"),
    }
    return bool(wanted and given) and not wanted & given and not any(has_area[way] for way in wanted)


def _wanted(need: Item) -> set[str]:
    wanted = {ROUTES[tenure] for tenure in need.get("tenures") or ()}
    if wanted:
        return wanted
    has_floor = need.get("floor_area_sqm") or need.get("single_building_sqm")
    return ({LAND} if need.get("land_area_mu") else set()) | ({FLOOR} if has_floor else set())


def _given(premises: Item) -> set[str]:
    given = {ROUTES[tenure] for tenure in premises.get("tenures") or ()}
    category = premises.get("category")
    return given if given or category is None else ROUTES_OF_CATEGORY.get(category, set())


def space(need: Item, premises: Item, rule: Rule) -> Iterator[Gate]:
    """Compare land, floor, height, load and delivery with the largest piece there is."""
    ways = routes(need, premises)
    if LAND in ways and need.get("land_area_mu") is not None:
        yield _land(need, premises, rule)
    if FLOOR in ways:
        yield from _floor(need, premises, rule)
        for name in ("clear_height_m", "floor_load_kn_sqm"):
            if need.get(name) is not None:
                condition = _space_condition(rule, name, (name,), premises)
                yield capacity(condition, need.get(name), premises.get(name), field_of("need", name).unit)
    if need.get("premises_needed_on") or need.get("production_start_on"):
        yield _delivery(need, premises, rule)


def _space_condition(rule: Rule, name: str, offered: Sequence[str], premises: Item, *more: str) -> Condition:
    return Condition(
        f"HC13-{name}",
        field_of("need", name).label,
        (f"need.{name}", *more, *(f"offer.{other}" for other in offered)),
        rule.source,
        may_refuse=refuses(rule),
    )


def _land(need: Item, premises: Item, rule: Rule) -> Gate:
    splits = need.get("accepts_split_plots") == Answer.YES
    name = "available_area_mu" if splits else "largest_plot_mu"
    more = ("need.accepts_split_plots",) if splits else ()
    condition = _space_condition(rule, "land_area_mu", (name,), premises, *more)
    return capacity(condition, need.get("land_area_mu"), premises.get(name), field_of("need", "land_area_mu").unit)


def _floor(need: Item, premises: Item, rule: Rule) -> Iterator[Gate]:
    single, total = need.get("single_building_sqm"), need.get("floor_area_sqm")
    unit = field_of("need", "floor_area_sqm").unit
    largest, available = premises.get("largest_building_sqm"), premises.get("floor_area_sqm")
    if single is not None:
        condition = _space_condition(rule, "single_building_sqm", ("largest_building_sqm",), premises)
        yield capacity(condition, single, largest, unit)
    if total is None:
        return
    condition = _space_condition(rule, "floor_area_sqm", ("floor_area_sqm", "largest_building_sqm"), premises)
    if available is None and largest is not None and total <= largest:
        available = largest
    gate = capacity(condition, total, available, unit)
    splits = need.get("accepts_split_plots")
    fits_one = largest is not None and total <= largest
    if available is None or total > available or single is not None or fits_one or splits == Answer.YES:
        yield gate
    elif largest is None:
        yield condition.unknown(Value(total, unit, comparator="≥"), None, LACKS_UNKNOWN)
    elif splits == Answer.NO:
        yield capacity(condition, total, largest, unit)
    else:
        # Several buildings together are enough, and whether that will do is the enterprise's to say.
        yield condition.unknown(Value(total, unit, comparator="≥"), Value(largest, unit), SPLIT)


def _delivery(need: Item, premises: Item, rule: Rule) -> Gate:
    name = "premises_needed_on" if need.get("premises_needed_on") else "production_start_on"
    condition = _space_condition(rule, name, ("available_on",), premises)
    return deadline(condition, need.get(name), premises.get("available_on"))
