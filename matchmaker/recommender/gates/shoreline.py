"""HC4: no new or larger chemical plant within a kilometre of the Yangtze, Dongting Lake and the trunks of four rivers.

The plot is measured, and as exactly as its distance is known. A county on a shore only raises the question. What the
statute calls a tributary and Hunan's list doesn't name is for a person, and so is a tailings pond's larger distance
from the Yangtze, since a plot's shore isn't told apart from that of the four rivers.
"""

import datetime as dt
from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.frame import Bools, Floats, Frame
from matchmaker.recommender.gates import chemical
from matchmaker.recommender.gates.listed import meet
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Ending,
    Outcome,
    amounts,
    at,
    dates,
    decide,
    ratio,
    word,
)
from matchmaker.recommender.gates.siting import SHORELINES, county_names, is_office, is_renovation, lies_in
from matchmaker.recommender.reference import Reference, Rule
from models.vocabulary import N_, ProjectType, ShorelineClass

TITLE = N_("长江干支流岸线一公里")
TOO_NEAR = N_("%(what)s：化工项目，地块距%(shore)s岸线 %(limit)s，须大于 %(need)s")
TAILINGS_TOO_NEAR = N_("%(what)s：尾矿库，地块距%(shore)s岸线 %(limit)s，须大于 %(need)s")
FAR_ENOUGH = N_("%(what)s：地块距岸线 %(limit)s，大于 %(need)s")
CLOSE_CALL = N_("%(what)s：地块距%(shore)s岸线 %(limit)s，误差 %(accuracy)s，不能断定大于 %(need)s，由水利部门核定")
OTHER_RIVER = N_("%(what)s：地块距%(shore)s岸线 %(limit)s；支流是否在禁建之列由生态环境部门判断")
SHORE_UNKNOWN = N_("%(what)s：地块距岸线 %(limit)s，不大于 %(need)s；园区没有写是哪条河的岸线")
NOT_MEASURED = N_("%(what)s：%(county)s有长江、洞庭湖或湘资沅澧干流岸线，园区没有写地块到岸线的距离")
PLACE_UNKNOWN = N_("%(what)s：园区没有写地块到岸线的距离")
NO_SHORE = N_("%(what)s：%(county)s没有长江、洞庭湖和湘资沅澧干流岸线；其他支流仍须核对")
CHEMISTRY_UNKNOWN = N_("%(what)s：地块距岸线 %(limit)s；需求没有写清是不是化工项目，还不能判断")
TYPE_UNKNOWN = N_("%(what)s：地块距%(shore)s岸线 %(limit)s；需求没有写项目性质，还不能判断")
UPGRADE_UNKNOWN = N_("%(what)s：地块距%(shore)s岸线 %(limit)s；原址技改是否净增产能没有写清，由生态环境部门判断")
TAILINGS_UNKNOWN = N_("%(what)s：地块距%(shore)s岸线 %(limit)s；是否建尾矿库、是否长江干流没有写清，由生态环境部门判断")

SHORE = ("offer.shoreline_class", "offer.shoreline_distance_m", "offer.shoreline_accuracy_m")
FIELDS = ("need.industry_codes", "need.project_type", *SHORE)
ASKED_SHORE = SHORE[:2]
BUILDING = (ProjectType.NEW, ProjectType.RELOCATION, ProjectType.EXPANSION, ProjectType.PART_CAPACITY)


def shoreline(need: Frame, premises: Frame, reference: Reference, rule: Rule, day: dt.date) -> Iterator[Outcome]:
    """Measure plots for needs that hint at chemistry, or at a tailings pond."""
    asked, project, unclear, pond, pond_unclear = _asked(need, reference, rule, day)
    if not asked.any():
        return
    parameters = rule.parameters
    limit = float(parameters.get("limit_m", 1000))
    distance, accuracy = premises.number("shoreline_distance_m"), _accuracy(premises, rule)
    named = premises.is_("shoreline_class", *map(ShorelineClass, parameters.get("named", ("named_trunk", "dongting"))))
    tributary = premises.is_("shoreline_class", ShorelineClass.OTHER_TRIBUTARY)
    # A pond keeps farther from the Yangtze, and a plot's shore may be the Yangtze's.
    widest = np.where(pond | pond_unclear, max(limit, float(parameters.get("tailings_trunk_m", limit))), limit)
    widest = np.where(named | ~premises.has("shoreline_class"), widest, limit)
    far, near = distance - accuracy > widest, distance + accuracy <= limit
    building, untyped = need.is_("project_type", *BUILDING), ~need.has("project_type")
    unmeasured, on_shore = np.isnan(distance), lies_in(premises, reference, SHORELINES)
    # Whoever names a shore has one.
    shoreless = (premises["county"] >= 0) & ~premises.has("shoreline_class")
    endings, ended = decide(
        (
            (~asked, SKIP),
            (far, Ending(PASSES, FAR_ENOUGH, ASKED_SHORE)),
            (near & named & pond & building, Ending(FAILS, TAILINGS_TOO_NEAR, FIELDS)),
            (near & named & project & building, Ending(FAILS, TOO_NEAR, FIELDS)),
            (unmeasured & on_shore, Ending(UNKNOWN, NOT_MEASURED, ASKED_SHORE)),
            (unmeasured & shoreless, Ending(PASSES, NO_SHORE, ASKED_SHORE)),
            (unmeasured, Ending(UNKNOWN, PLACE_UNKNOWN, ASKED_SHORE)),
            (unclear & ~project & ~pond, Ending(UNKNOWN, CHEMISTRY_UNKNOWN, chemical.FIELDS[:3])),
            (tributary, Ending(UNKNOWN, OTHER_RIVER, ASKED_SHORE)),
            (~named, Ending(UNKNOWN, SHORE_UNKNOWN, ASKED_SHORE)),
            (near & untyped, Ending(UNKNOWN, TYPE_UNKNOWN, FIELDS)),
            (near & ~building, Ending(UNKNOWN, UPGRADE_UNKNOWN, (*FIELDS, "need.adds_capacity"))),
            (pond | pond_unclear & ~project, Ending(UNKNOWN, TAILINGS_UNKNOWN, FIELDS)),
        ),
        otherwise=Ending(UNKNOWN, CLOSE_CALL, SHORE),
    )
    yield Outcome(
        "HC4",
        TITLE,
        FIELDS,
        endings,
        ended,
        amounts(np.array([limit]), "m", ">"),
        amounts(distance, "m"),
        amounts(lambda row: limit - at(distance, row), "m"),
        lambda: ratio(limit - distance, np.array([limit])),
        {
            "shore": word(ShorelineClass, premises["shoreline_class"]),
            "accuracy": amounts(accuracy, "m", "±"),
            "county": county_names(premises, reference),
        },
        as_of=dates(premises.number("siting_as_of")),
        rule=rule,
    )


def _asked(need: Frame, reference: Reference, rule: Rule, day: dt.date) -> tuple[Bools, Bools, Bools, Bools, Bools]:
    """Say who is asked, which projects are or may be chemical ones, and which build or may build a tailings pond."""
    nobody = np.zeros(1, bool)
    project, unclear = nobody, nobody
    versions = reference.rules.get("HC3", ())
    # What a chemical project is stands in another rule, which began later.
    if definition := reference.rule("HC3", day) or next(iter(versions), None):
        code = chemical.has_chemical_code(need, reference, definition)
        project, none = chemical.is_chemical(need, code, definition)
        mixes = need.yes("compounding_only") & need.no("product_is_hazardous_chemical")
        unclear = chemical.hints_at_chemistry(need, code, definition) & ~project & ~none & ~mixes
    pond, pond_unclear = nobody, nobody
    if met := meet(need, reference, rule, day):
        ponds = met.where(
            lambda entry: bool(set(entry.words) & set(rule.parameters.get("tailings_words", ("尾矿库",))))
        )
        pond, pond_unclear = (met.named & ponds).some(), (met.inside & ponds).some()
    # Rebuilding without growing isn't building, and an office isn't a plant.
    builds = ~is_renovation(need) & ~is_office(need)
    asked = builds & (project | unclear | pond | pond_unclear)
    return asked, project & builds, unclear & builds, pond & builds, pond_unclear & builds & ~pond


def _accuracy(premises: Frame, rule: Rule) -> Floats:
    """Return how far a distance may be off: as measured, or what the rule takes for one that nobody has said."""
    stated = premises.number("shoreline_accuracy_m")
    return np.where(np.isnan(stated), float(rule.parameters.get("accuracy_m", 50)), stated)
