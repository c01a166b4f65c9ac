"""HC13: land, floor, height, load and delivery against the largest piece there is."""

from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.frame import Bools, Frame, mask_of
from matchmaker.recommender.gates.compare import Name, capacity, deadline
from matchmaker.recommender.gates.gate import ENOUGH, NOT_STATED, SHORT, field_of
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Ending,
    Outcome,
    amounts,
    at,
    decide,
    ratio,
)
from matchmaker.recommender.reference import Rule
from models.vocabulary import N_, OfferCategory, Tenure

SPLIT = N_("%(what)s：需 %(need)s，最大单栋 %(limit)s，要分几栋；需求没有写能否分散")
LACKS_UNKNOWN = N_("%(what)s：需 %(need)s，园区未填或没有写全")

# By land, and by floor: the two ways in which a need and premises may meet.
Ways = tuple[Bools, Bools]

LAND_TENURES = np.uint32(mask_of(Tenure, [Tenure.BUY_LAND, Tenure.RENT_LAND]))
FLOOR_TENURES = np.uint32(mask_of(Tenure, [Tenure.LEASE, Tenure.BUY_FACTORY, Tenure.BUILT_TO_SUIT]))
LAND_CATEGORIES = (OfferCategory.LAND_PLOT, OfferCategory.FARM_BASE)
FLOOR_CATEGORIES = (
    OfferCategory.STANDARD_FACTORY,
    OfferCategory.BUILT_TO_SUIT,
    OfferCategory.INCUBATOR,
    OfferCategory.LOGISTICS,
)


def routes(need: Frame, premises: Frame) -> Ways:
    """Say where they may meet by land and where by floor.

    A need for land and floor is met by either, where the premises have only one of them. Premises that say nothing
    leave all that the need asks for open, and a need that says nothing looks for floor.
    """
    land, floor = _wanted(need)
    floor = floor | ~land
    given_land, given_floor = _given(premises)
    by_land, by_floor = land & given_land, floor & given_floor
    is_open = ~(by_land | by_floor)
    return by_land | (is_open & land), by_floor | (is_open & floor)


def differ(need: Frame, premises: Frame) -> Bools:
    """Say where the need asks for land alone and the premises are floor alone, or the other way round."""
    land, floor = _wanted(need)
    given_land, given_floor = _given(premises)
    # An area that is stated speaks for itself, whatever the premises are called.
    has_land = (premises.number("largest_plot_mu") > 0) | (premises.number("available_area_mu") > 0)
    has_floor = (premises.number("floor_area_sqm") > 0) | (premises.number("largest_building_sqm") > 0)
    found: Bools = (land | floor) & (given_land | given_floor)
    return found & ~(land & (given_land | has_land)) & ~(floor & (given_floor | has_floor))


def _wanted(need: Frame) -> Ways:
    land, floor = _by_tenure(need)
    is_silent = ~(land | floor)
    has_floor = (need.number("floor_area_sqm") > 0) | (need.number("single_building_sqm") > 0)
    return land | (is_silent & (need.number("land_area_mu") > 0)), floor | (is_silent & has_floor)


def _given(premises: Frame) -> Ways:
    land, floor = _by_tenure(premises)
    is_silent = ~(land | floor)
    return (
        land | (is_silent & premises.is_("category", *LAND_CATEGORIES)),
        floor | (is_silent & premises.is_("category", *FLOOR_CATEGORIES)),
    )


def _by_tenure(frame: Frame) -> Ways:
    tenures = frame["tenures"]
    return (tenures & LAND_TENURES) != 0, (tenures & FLOOR_TENURES) != 0


def space(need: Frame, premises: Frame, rule: Rule, ways: Ways) -> Iterator[Outcome]:
    """Compare land, floor, height, load and delivery with the largest piece there is."""
    by_land, by_floor = ways
    if need.has("land_area_mu").any():
        yield from _land(need, premises, rule, by_land)
    for name, offered in (
        ("single_building_sqm", "largest_building_sqm"),
        ("clear_height_m", "clear_height_m"),
        ("floor_load_kn_sqm", "floor_load_kn_sqm"),
    ):
        if need.has(name).any():
            asked, stated = need.number(name), premises.number(offered)
            yield capacity(_name(name, offered), asked, stated, field_of("need", name).unit, by_floor, rule=rule)
    if need.has("floor_area_sqm").any():
        yield _floor(need, premises, rule, by_floor)
    yield from _delivery(need, premises, rule)


def _name(name: str, *offered: str, more: tuple[str, ...] = ()) -> Name:
    fields = (f"need.{name}", *more, *(f"offer.{other}" for other in offered))
    return f"HC13-{name}", field_of("need", name).label, fields


def _land(need: Frame, premises: Frame, rule: Rule, by_land: Bools) -> Iterator[Outcome]:
    """Measure by the largest plot, or by all the land where it may be split."""
    splits, asked = need.yes("accepts_split_plots"), need.number("land_area_mu")
    unit = field_of("need", "land_area_mu").unit
    for name, where, more in (
        ("largest_plot_mu", ~splits, ()),
        ("available_area_mu", splits, ("need.accepts_split_plots",)),
    ):
        if where.any():
            named = _name("land_area_mu", name, more=more)
            yield capacity(named, asked, premises.number(name), unit, by_land & where, rule=rule)


def _floor(need: Frame, premises: Frame, rule: Rule, by_floor: Bools) -> Outcome:
    asked = need.number("floor_area_sqm")
    largest, stated = premises.number("largest_building_sqm"), premises.number("floor_area_sqm")
    single, splits = need.has("single_building_sqm"), need.yes("accepts_split_plots")
    unit = field_of("need", "floor_area_sqm").unit
    fits_one, fits_all, has_all = asked <= largest, asked <= stated, ~np.isnan(stated)
    # All the floor is enough, but what one building holds decides whether it is.
    hangs_on_one = fits_all & ~fits_one & ~(single | splits)
    endings, ended = decide(
        (
            (~by_floor | np.isnan(asked), SKIP),
            # One building that is large enough will do, even where all the floor together isn't stated.
            (fits_one & ~has_all, Ending(PASSES, ENOUGH)),
            (~has_all, Ending(UNKNOWN, NOT_STATED)),
            (~fits_all, Ending(FAILS, SHORT)),
            (~hangs_on_one, Ending(PASSES, ENOUGH)),
            (np.isnan(largest), Ending(UNKNOWN, LACKS_UNKNOWN)),
            (need.no("accepts_split_plots"), Ending(FAILS, SHORT)),
        ),
        # Several buildings together are enough, and whether that will do is the enterprise's to say.
        otherwise=Ending(UNKNOWN, SPLIT),
    )
    is_one = hangs_on_one | (fits_one & ~has_all)

    def available(row: int) -> float:
        return float(at(largest if at(is_one, row) else stated, row))

    return Outcome(
        *_name("floor_area_sqm", "floor_area_sqm", "largest_building_sqm"),
        endings,
        ended,
        amounts(asked, unit, "≥"),
        amounts(available, unit),
        amounts(lambda row: at(asked, row) - available(row), unit),
        lambda: ratio(asked - np.where(is_one, largest, stated), asked),
        rule=rule,
    )


def _delivery(need: Frame, premises: Frame, rule: Rule) -> Iterator[Outcome]:
    """Compare with the day that is stated, or else with the start of production."""
    has_day, stated = need.has("premises_needed_on"), premises.number("available_on")
    for name, where in (("premises_needed_on", has_day), ("production_start_on", ~has_day)):
        if (need.has(name) & where).any():
            yield deadline(_name(name, "available_on"), need.number(name), stated, where, rule=rule)
