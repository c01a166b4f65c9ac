"""HC6: no plant in an ecological red line, on permanent farmland, or in the closed part of a protected area.

What the plot's papers say counts, with their day; what they don't say is asked of the park, all of it at once. A park
of the directory offers no plot yet, and a farm's base is no plant. Where the law closes only a part of an area, a plot
of which only the area is known refuses nobody.
"""

import dataclasses
from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.frame import Bools, Frame, mask_of
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Case,
    Ending,
    Outcome,
    at,
    constant,
    dates,
    days,
    decide,
    truth,
)
from matchmaker.recommender.gates.printers import NO
from matchmaker.recommender.gates.siting import INDUSTRY, is_in_section, is_renovation, main_is_in_section
from matchmaker.recommender.reference import Reference, Rule
from matchmaker.recommender.words import Value
from models.vocabulary import (
    N_,
    Discharge,
    NatureReserveZone,
    NeedCategory,
    OfferCategory,
    WaterProtectionZone,
)

TITLE = N_("生态保护红线、永久基本农田、水源地和自然保护区")
IN_REDLINE = N_("%(what)s：地块涉及生态保护红线，不能建工业项目")
REDLINE_DOUBTFUL = N_("%(what)s：地块涉及生态保护红线，能不能建由自然资源部门判断")
ON_FARMLAND = N_("%(what)s：地块涉及永久基本农田，不能占用")
FIRST_ZONE = N_("%(what)s：地块在饮用水源一级保护区，与供水无关的项目不能建")
SECOND_ZONE = N_("%(what)s：地块在饮用水源二级保护区，需求写了要排放污染物，不能建")
SECOND_ZONE_CLAIM = N_("%(what)s：地块在饮用水源二级保护区，需求写都不排，须由生态环境部门核实")
SECOND_ZONE_UNKNOWN = N_("%(what)s：地块在饮用水源二级保护区，需求没有写排放什么，还不能判断")
QUASI_ZONE = N_("%(what)s：地块在饮用水源准保护区，严重污染水体的项目不能新建、扩建，是否属于由生态环境部门判断")
QUASI_ZONE_UNKNOWN = N_("%(what)s：地块在饮用水源准保护区，需求没有写排放什么，还不能判断")
ZONE_UNKNOWN = N_("%(what)s：地块在饮用水源保护区内，园区没有写是哪一级，还不能判断")
RESERVE_CORE = N_("%(what)s：地块在自然保护区核心保护区，原则上禁止人为活动")
RESERVE_GENERAL = N_("%(what)s：地块在自然保护区一般控制区，严格限制生产建设，由林草部门判断")
RESERVE_UNKNOWN = N_("%(what)s：地块在自然保护区内，园区没有写是核心保护区还是一般控制区，还不能判断")
IN_WETLAND = N_("%(what)s：地块涉及重要湿地或湿地公园，能不能建由林草部门判断")
NOT_STATED = N_("%(what)s：园区没有写清是否涉及%(missing)s")
UNDATED = N_("%(what)s：园区写明都不涉及，没有写资料截至哪一天")
CLEAR = N_("%(what)s：园区写明都不涉及，资料截至 %(date)s")

ZONES = {
    "in_ecological_redline": N_("生态保护红线"),
    "in_permanent_farmland": N_("永久基本农田"),
    "in_water_protection_zone": N_("饮用水源保护区"),
    "in_nature_reserve": N_("自然保护区"),
    "in_wetland": N_("重要湿地或湿地公园"),
}
REDLINE, FARMLAND, WATER, RESERVE, WETLAND = (f"offer.{name}" for name in ZONES)
WATER_ZONE, RESERVE_ZONE, AS_OF = "offer.water_protection_zone", "offer.nature_reserve_zone", "offer.siting_as_of"
FIELDS = (REDLINE, FARMLAND, WATER, RESERVE, WETLAND, AS_OF)
NO_PLOT = (OfferCategory.FARM_BASE, OfferCategory.SERVICE)


def zones(need: Frame, premises: Frame, reference: Reference, rule: Rule) -> Iterator[Outcome]:
    """Ask of every plot that an offer stands for where it lies."""
    nothing_built = main_is_in_section(need, reference, "A") | need.is_("category", NeedCategory.FARM_PRODUCE)
    skipped = nothing_built | premises["is_park"] | premises.is_("category", *NO_PLOT)
    if skipped.all():
        return
    inside = {f"offer.{name}": premises.yes(name) for name in ZONES}
    for place, zone in ((WATER, "water_protection_zone"), (RESERVE, "nature_reserve_zone")):
        # Whoever says in which zone a plot lies says that it lies in one.
        inside[place] = inside[place] | (premises.has(zone) & ~premises.no(place.removeprefix("offer.")))
    clear = [premises.no(name) for name in ZONES]
    is_clear = np.logical_and.reduce(clear)
    plant = is_in_section(need, reference, INDUSTRY)
    endings, ended = decide(
        (
            (skipped, SKIP),
            *_places(need, premises, inside, plant, rule),
            (~is_clear, Ending(UNKNOWN, NOT_STATED, FIELDS[:-1])),
            (~premises.has("siting_as_of"), Ending(UNKNOWN, UNDATED, (AS_OF,))),
        ),
        otherwise=Ending(PASSES, CLEAR, FIELDS),
    )
    yield Outcome(
        "HC6",
        TITLE,
        FIELDS,
        endings,
        ended,
        constant(NO),
        truth(np.logical_or.reduce(list(inside.values())), is_clear),
        values={"missing": lambda row: _missing(clear, row), "date": days(premises.number("siting_as_of"))},
        as_of=dates(premises.number("siting_as_of")),
        rule=rule,
    )


def _places(need: Frame, premises: Frame, inside: dict[str, Bools], plant: Bools, rule: Rule) -> list[Case]:
    """Return what follows from where the plot lies, the refusals first."""
    found = [
        (inside[REDLINE] & plant, Ending(FAILS, IN_REDLINE, ("need.industry_codes", REDLINE))),
        (inside[FARMLAND], Ending(FAILS, ON_FARMLAND, (FARMLAND,))),
        *_water(need, premises, inside[WATER]),
        *_reserve(premises, inside[RESERVE], plant),
        (inside[REDLINE], Ending(UNKNOWN, REDLINE_DOUBTFUL, ("need.industry_codes", REDLINE))),
        (inside[WETLAND], Ending(UNKNOWN, IN_WETLAND, (WETLAND,))),
    ]
    warned = [(is_there, _warned(ending, rule)) for is_there, ending in found]
    return sorted(warned, key=lambda case: case[1].verdict, reverse=True)


def _warned(ending: Ending, rule: Rule) -> Ending:
    """Let what rests on a text that nobody has read warn only."""
    doubtful = set(ending.fields) & set(rule.parameters.get("only_warn", ()))
    return dataclasses.replace(ending, verdict=UNKNOWN) if doubtful else ending


def _water(need: Frame, premises: Frame, inside: Bools) -> list[Case]:
    if not inside.any():
        return []
    zone = {word: inside & premises.is_("water_protection_zone", word) for word in WaterProtectionZone}
    known = premises.has("water_protection_zone")
    discharges, nothing = need["discharges"], np.uint32(mask_of(Discharge, ["none"]))
    pollutes, untold = (discharges & ~nothing) != 0, discharges == 0
    second, quasi = zone[WaterProtectionZone.SECOND], zone[WaterProtectionZone.QUASI] & ~is_renovation(need)
    place, both = (WATER, WATER_ZONE), ("need.discharges", WATER, WATER_ZONE)
    return [
        (zone[WaterProtectionZone.FIRST], Ending(FAILS, FIRST_ZONE, place)),
        (second & pollutes, Ending(FAILS, SECOND_ZONE, both)),
        (second & untold, Ending(UNKNOWN, SECOND_ZONE_UNKNOWN, both)),
        (second, Ending(UNKNOWN, SECOND_ZONE_CLAIM, both)),
        (quasi & untold, Ending(UNKNOWN, QUASI_ZONE_UNKNOWN, both)),
        (zone[WaterProtectionZone.QUASI], Ending(UNKNOWN, QUASI_ZONE, both)),
        (inside & ~known, Ending(UNKNOWN, ZONE_UNKNOWN, place)),
    ]


def _reserve(premises: Frame, inside: Bools, plant: Bools) -> list[Case]:
    if not inside.any():
        return []
    core = inside & premises.is_("nature_reserve_zone", NatureReserveZone.CORE)
    general = inside & premises.is_("nature_reserve_zone", NatureReserveZone.GENERAL)
    place = (RESERVE, RESERVE_ZONE)
    return [
        (core, Ending(FAILS, RESERVE_CORE, place)),
        (general & plant, Ending(FAILS, RESERVE_GENERAL, ("need.industry_codes", *place))),
        (general, Ending(UNKNOWN, RESERVE_GENERAL, place)),
        (inside & ~core & ~general, Ending(UNKNOWN, RESERVE_UNKNOWN, place)),
    ]


def _missing(clear: list[Bools], row: int) -> Value:
    """Print what the plot's papers leave open."""
    labels = tuple(label for label, no in zip(ZONES.values(), clear, strict=True) if not at(no, row))
    return Value(labels, labels=labels)
