"""HC5: new or larger plants of polluting sectors only inside the approved boundary of a park.

Sectors are industries, so a word alone, such as the trade of a customer, refuses nobody. Rebuilding that adds no
capacity is not meant.
"""

import datetime as dt
from collections.abc import Iterator

from matchmaker.recommender.frame import Frame
from matchmaker.recommender.gates.listed import meet
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Ending,
    Outcome,
    constant,
    dates,
    decide,
    truth,
)
from matchmaker.recommender.gates.printers import YES
from matchmaker.recommender.gates.siting import Quoted, industries, is_office, is_renovation
from matchmaker.recommender.reference import Reference, Rule
from matchmaker.recommender.words import Value
from models.vocabulary import N_, ProjectType, RestrictedDecision

TITLE = N_("高污染项目进合规园区")
OUTSIDE = N_("%(what)s：%(industries)s属%(entry)s，地块不在园区批准的四至范围内，不能承接")
OUTSIDE_DOUBTFUL = N_(
    "%(what)s：%(industries)s可能属%(entry)s，地块不在园区批准的四至范围内；是否在限制之列由生态环境部门判断"
)
TYPE_UNKNOWN = N_("%(what)s：%(industries)s属%(entry)s，地块不在园区批准的四至范围内；需求没有写是新建、扩建还是迁建")
INSIDE = N_("%(what)s：%(industries)s涉及%(entry)s，地块在园区批准的四至范围内")
NOT_STATED = N_("%(what)s：%(industries)s涉及%(entry)s，园区没有写地块是否在批准的四至范围内")
UPGRADE = N_("%(what)s：%(industries)s涉及%(entry)s，原址技改、不增产能，不受此限")

NO_CODES = Value(None, labels=(N_("未写行业的需求"),))

FIELDS = ("need.industry_codes", "need.project_type", "offer.in_park_boundary")
ASKED = ("need.industry_codes", "offer.in_park_boundary")
BUILDING = (ProjectType.NEW, ProjectType.RELOCATION, ProjectType.EXPANSION)


def boundary(need: Frame, premises: Frame, reference: Reference, rule: Rule, day: dt.date) -> Iterator[Outcome]:
    """Ask polluting sectors whether the plot lies inside the park."""
    met = meet(need, reference, rule, day)
    if met is None:
        return
    inside, outside = premises.yes("in_park_boundary"), premises.no("in_park_boundary")
    certain = met.inside & met.where(
        lambda entry: entry.confidence == "H" and entry.decision == RestrictedDecision.FAILS
    )
    # An industry that is stated too broadly is the entry's where the words say so.
    certain = certain | met.around & met.named & met.where(lambda entry: entry.confidence == "H")
    refused, touched = certain.some(), (met.coded | met.named | met.around).some()
    building, untyped = need.is_("project_type", *BUILDING), ~need.has("project_type")
    endings, ended = decide(
        (
            (~touched | is_office(need), SKIP),
            (is_renovation(need), Ending(PASSES, UPGRADE, ("need.project_type", "need.adds_capacity"))),
            (inside, Ending(PASSES, INSIDE, ASKED)),
            (~outside, Ending(UNKNOWN, NOT_STATED, ASKED)),
            (refused & building, Ending(FAILS, OUTSIDE, FIELDS)),
            (refused & untyped, Ending(UNKNOWN, TYPE_UNKNOWN, FIELDS)),
        ),
        otherwise=Ending(UNKNOWN, OUTSIDE_DOUBTFUL, ASKED),
    )
    codes = industries(need, reference)
    quoted = Quoted(need, met.roll, [certain, met.inside, met.named, met.coded, met.around])
    yield Outcome(
        "HC5",
        TITLE,
        FIELDS,
        endings,
        ended,
        constant(YES),
        truth(inside, outside),
        values={"entry": quoted.values["entry"], "industries": lambda row: codes(row) or NO_CODES},
        source=quoted.source,
        as_of=dates(premises.number("siting_as_of")),
        rule=rule,
    )
