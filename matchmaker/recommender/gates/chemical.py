"""HC3: a chemical project belongs on a plot inside a recognised chemical area.

The test belongs to the plot. A park's recognition covers an area of it and says nothing of a plot; absence from a list
that is known to be incomplete, or out of date, refuses nobody. What an offer itself answers about its plot is no list,
and counts.
"""

import datetime as dt
from collections.abc import Callable, Iterator

import numpy as np

from matchmaker.recommender.frame import Bools, Frame
from matchmaker.recommender.gates.marks import chemistry_mark
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Ending,
    Outcome,
    at,
    day_of,
    decide,
    only_where,
    truth,
)
from matchmaker.recommender.reference import Reference, Rule
from matchmaker.recommender.relation import any_of
from models.vocabulary import N_, Answer, ProjectType

TITLE = N_("化工项目入化工园区")
NOT_CHEMICAL = N_("%(what)s：不是化工项目")
EXEMPT_COMPOUNDING = N_("%(what)s：只混合、分装，产品不是危险化学品，不须进化工片区；环评类别仍要核对")
EXEMPT_AUXILIARY = N_("%(what)s：为其他行业装置配套，不须进化工片区")
EXEMPT_RENOVATION = N_("%(what)s：原址技改，不增产能，不须进化工片区")
INSIDE = N_("%(what)s：化工项目，地块在已认定的化工片区内")
OUTSIDE = N_("%(what)s：化工项目，地块不在已认定的化工片区内")
OUTSIDE_NOT_HAZARDOUS = N_("%(what)s：化工项目，产品不是危险化学品，地块不在已认定的化工片区内，须由工信部门核实")
OUTSIDE_HAZARD_UNKNOWN = N_("%(what)s：化工项目，地块不在已认定的化工片区内；需求没有写产品是否属危险化学品")
PLOT_UNKNOWN = N_("%(what)s：化工项目，地块是否在已认定的化工片区内还不清楚")
PARK_RECOGNISED = N_("%(what)s：化工项目，园区有已认定的化工片区，地块是否在片区内还不清楚")
HAZARD_UNKNOWN = N_("%(what)s：需求没有写清产品是否属危险化学品，还不能判断")
PROJECT_UNKNOWN = N_("%(what)s：需求没有写清是否有化学反应、产品是否属危险化学品，还不能判断")

CODES = ("C251", "C252", "C261", "C262", "C263", "C264", "C265", "C266", "C267", "C271")
FIELDS = (
    "need.industry_codes",
    "need.has_chemical_reaction",
    "need.product_is_hazardous_chemical",
    "offer.in_chemical_area",
)

# Where something is, and where it is not; where neither holds, an answer is missing.
Truth = tuple[Bools, Bools]


def chemical(need: Frame, premises: Frame, reference: Reference, rule: Rule, day: dt.date) -> Iterator[Outcome]:
    """Check the rule wherever something hints at chemistry; a garment maker isn't asked about it."""
    has_code = has_chemical_code(need, reference, rule)
    hints = hints_at_chemistry(need, has_code, rule)
    if not hints.any():
        return
    project, no_project = is_chemical(need, has_code, rule)
    inside, outside = plot_is_inside(premises, rule, day)
    hazardous, harmless = _answered(need, "product_is_hazardous_chemical")
    compounding, auxiliary, renovation = _exemptions(need, harmless)
    reacts, no_reaction = _answered(need, "has_chemical_reaction")
    is_open = ~(project | no_project)
    refused = hazardous | np.bool_(bool(rule.parameters.get("strict")))
    endings, ended = decide(
        (
            (~hints, SKIP),
            (compounding, Ending(PASSES, EXEMPT_COMPOUNDING)),
            (auxiliary, Ending(PASSES, EXEMPT_AUXILIARY)),
            (renovation, Ending(PASSES, EXEMPT_RENOVATION)),
            (no_project, Ending(PASSES, NOT_CHEMICAL)),
            (inside, Ending(PASSES, INSIDE)),
            (is_open & (reacts | no_reaction), Ending(UNKNOWN, HAZARD_UNKNOWN)),
            (is_open, Ending(UNKNOWN, PROJECT_UNKNOWN)),
            (outside & refused, Ending(FAILS, OUTSIDE)),
            (outside & harmless, Ending(UNKNOWN, OUTSIDE_NOT_HAZARDOUS)),
            (outside, Ending(UNKNOWN, OUTSIDE_HAZARD_UNKNOWN)),
            (premises.yes("park_chemical_status"), Ending(UNKNOWN, PARK_RECOGNISED)),
        ),
        otherwise=Ending(UNKNOWN, PLOT_UNKNOWN),
    )
    exempt = compounding | auxiliary | renovation | no_project
    yield Outcome(
        "HC3",
        TITLE,
        FIELDS,
        endings,
        ended,
        truth(project, no_project),
        only_where(~exempt, truth(inside, outside)),
        as_of=_as_of(premises),
        rule=rule,
    )


def is_chemical(need: Frame, has_code: Bools, rule: Rule) -> Truth:
    """Say which projects are chemical ones and which are none; the rest hangs on an answer that wasn't given."""
    reacts, no_reaction = _answered(need, "has_chemical_reaction")
    hazardous, harmless = _answered(need, "product_is_hazardous_chemical")
    # A reaction makes a project chemical only together with a code; a need without codes leaves that open.
    has_codes = need.has("industry_codes")
    hangs_on_reaction = (has_code & ~reacts | ~has_codes) & ~no_reaction
    project = hazardous | _names_chemistry(need, rule) | (has_code & reacts)
    return project, ~project & harmless & ~hangs_on_reaction


def plot_is_inside(premises: Frame, rule: Rule, day: dt.date) -> Truth:
    """Say which plots lie in a recognised area and which do not; of the rest nobody has said."""
    inside, outside = _answered(premises, "in_chemical_area")
    # Only a complete list lets a park without any recognised area stand for all of its plots.
    if rule.list_is_complete and not rule.list_has_expired(day):
        outside = outside | (~inside & premises.no("park_chemical_status"))
    return inside, outside


def _exemptions(need: Frame, harmless: Bools) -> tuple[Bools, Bools, Bools]:
    return (
        need.yes("compounding_only") & harmless,
        need.yes("serves_other_industry"),
        need.is_("project_type", ProjectType.RENOVATION) & need.no("adds_capacity"),
    )


def hints_at_chemistry(need: Frame, has_code: Bools, rule: Rule) -> Bools:
    """Say which needs say anything that hints at chemistry."""
    hints: Bools = has_code | _names_chemistry(need, rule) | need.yes("compounding_only")
    for name in ("has_chemical_reaction", "product_is_hazardous_chemical"):
        hints = hints | need.is_(name, Answer.YES, Answer.UNSURE)
    return hints


def has_chemical_code(need: Frame, reference: Reference, rule: Rule) -> Bools:
    """Say which needs name a chemical industry, one inside it, or one that holds it."""
    codes = rule.parameters.get("chemical_codes") or CODES
    listed = [reference.industry_at[code] for code in codes if code in reference.industry_at]
    related = reference.covering[listed].any(axis=0) | reference.covering[:, listed].any(axis=1)
    return any_of(related, need["industry_codes"])


def _names_chemistry(need: Frame, rule: Rule) -> Bools:
    named: Bools = need.number(chemistry_mark(rule)) > 0
    return named


def _answered(frame: Frame, name: str) -> Truth:
    return frame.yes(name), frame.no(name)


def _as_of(premises: Frame) -> Callable[[int], dt.date | None]:
    """Return the day of the plot's papers, or for a park of the directory the day of its recognition."""
    is_park, listed, stated = (
        premises["is_park"],
        premises.number("park_chemical_as_of"),
        premises.number("siting_as_of"),
    )
    return lambda row: day_of(at(listed if at(is_park, row) else stated, row))
