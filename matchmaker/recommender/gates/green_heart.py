"""HC9: no plant in the core of the green heart between Changsha, Zhuzhou and Xiangtan.

It closes its core; in the rest of it the municipality decides. Every county of it lies in it only partly, so a county
raises the question and the plot answers it.
"""

from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.frame import Frame
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Ending,
    Outcome,
    at,
    constant,
    dates,
    decide,
    truth,
    word,
)
from matchmaker.recommender.gates.printers import NO
from matchmaker.recommender.gates.siting import INDUSTRY, county_names, is_in_section, lies_in
from matchmaker.recommender.reference import Reference, Rule
from matchmaker.recommender.words import Value
from models.vocabulary import N_, AreaType, GreenHeartZone

TITLE = N_("长株潭生态绿心")
IN_CORE = N_("%(what)s：地块在绿心核心保护区，不能建工业项目")
IN_CORE_DOUBTFUL = N_("%(what)s：地块在绿心核心保护区，能不能建由市发展改革部门判断")
IN_FUSION = N_("%(what)s：地块在绿心融合发展区，须由市发展改革部门出准入意见")
ZONE_UNKNOWN = N_("%(what)s：地块在绿心范围内，园区没有写是核心保护区还是融合发展区，还不能判断")
NOT_STATED = N_("%(what)s：%(county)s有一部分在绿心范围内，园区没有写地块是否在内")
OUTSIDE = N_("%(what)s：%(county)s有一部分在绿心范围内，地块不在内")

PLACE = ("offer.in_green_heart", "offer.green_heart_zone")


def green_heart(need: Frame, premises: Frame, reference: Reference, rule: Rule) -> Iterator[Outcome]:
    """Ask of plots in counties that the green heart lies in, and of those that say that they are in it."""
    outside = premises.no("in_green_heart")
    # Whoever says in which zone a plot lies says that it lies in one.
    inside = premises.yes("in_green_heart") | (premises.has("green_heart_zone") & ~outside)
    asked = inside | lies_in(premises, reference, (AreaType.GREEN_HEART,))
    if not asked.any():
        return
    plant = is_in_section(need, reference, rule.parameters.get("sections", INDUSTRY))
    core, fusion = (
        inside & premises.is_("green_heart_zone", zone) if inside.any() else inside for zone in GreenHeartZone
    )
    # Before 1 September 2024 it was divided otherwise.
    core = core & np.bool_("core" in rule.parameters.get("zones", ("core",)))
    endings, ended = decide(
        (
            (~asked, SKIP),
            (core & plant, Ending(FAILS, IN_CORE, ("need.industry_codes", *PLACE))),
            (core, Ending(UNKNOWN, IN_CORE_DOUBTFUL, ("need.industry_codes", *PLACE))),
            (fusion, Ending(UNKNOWN, IN_FUSION, PLACE)),
            (inside, Ending(UNKNOWN, ZONE_UNKNOWN, PLACE)),
            (outside, Ending(PASSES, OUTSIDE, PLACE[:1])),
        ),
        otherwise=Ending(UNKNOWN, NOT_STATED, PLACE[:1]),
    )
    zone, within = word(GreenHeartZone, premises["green_heart_zone"]), truth(inside, outside)

    def limit(row: int) -> Value | None:
        return zone(row) if at(inside, row) and zone(row) else within(row)

    yield Outcome(
        "HC9",
        TITLE,
        PLACE,
        endings,
        ended,
        constant(NO),
        limit,
        values={"county": county_names(premises, reference)},
        as_of=dates(premises.number("siting_as_of")),
        rule=rule,
    )
