"""HC1: processes of the eliminated class anywhere, and new capacity of the restricted class.

Entries are about process, size and equipment: an industry alone refuses nobody, and a size that no fact states is for a
person. Refused is only who names, in an industry of the entry, what meets its condition by being named. Only a part of
the catalogue is held, so that who meets no entry passes for the time being.
"""

import datetime as dt
from collections.abc import Iterator

from matchmaker.recommender.frame import Frame
from matchmaker.recommender.gates.listed import Met, meet
from matchmaker.recommender.gates.outcome import FAILS, PASSES, SKIP, UNKNOWN, Case, Ending, Outcome, constant, decide
from matchmaker.recommender.gates.siting import Quoted, industries, is_renovation
from matchmaker.recommender.reference import Reference, Restricted, Rule
from matchmaker.recommender.words import Value
from models.vocabulary import N_, ProjectType, RestrictedDecision

TITLE = N_("产业结构：淘汰类和限制类")
ELIMINATED = N_("%(what)s：需求写了 %(entry)s，属%(item)s（%(condition)s），任何项目都不能承接")
RESTRICTED = N_("%(what)s：需求写了 %(entry)s，属%(item)s（%(condition)s），不能新增产能")
RESTRICTED_MOVING = N_("%(what)s：%(entry)s 属%(item)s（%(condition)s）；搬迁不增产能的，由发展改革或工信部门判断")
RESTRICTED_CAPACITY = N_("%(what)s：%(entry)s 属%(item)s（%(condition)s）；需求没有写是否净增产能，还不能判断")
RESTRICTED_TYPE = N_("%(what)s：%(entry)s 属%(item)s（%(condition)s）；需求没有写项目性质，还不能判断")
NAMED = N_("%(what)s：%(entry)s 列在%(item)s，条件是“%(condition)s”，是否属于由发展改革或工信部门判断")
CODED = N_("%(what)s：行业 %(need)s 有%(item)s的条目（%(entry)s：%(condition)s），需求没有写主要工艺，还不能判断")
CODED_ANSWERED = N_(
    "%(what)s：行业 %(need)s 有%(item)s的条目（%(entry)s：%(condition)s），所写工艺是否属于由发展改革或工信部门判断"
)
UPGRADE = N_("%(what)s：%(entry)s 属%(item)s，原址技改、不增产能的可以；须符合目录要求")
NOT_FOUND = N_("%(what)s：所写行业和工艺没有对上条目；只比对了目录 %(total)s 条中的 %(held)s 条")
NOT_LISTED = N_("%(what)s：所写行业和工艺不在目录的限制类、淘汰类之内")

NAMES = ("need.industry_codes", "need.processes", "need.products")
MOVING = (ProjectType.RELOCATION, ProjectType.PART_CAPACITY)
ADDING = (ProjectType.NEW, ProjectType.EXPANSION)
ELIMINATED_CLASS = "淘汰类"


def structure(need: Frame, reference: Reference, rule: Rule, day: dt.date) -> Iterator[Outcome]:
    """Hold needs against the catalogue."""
    met = meet(need, reference, rule, day)
    compared = need.has("industry_codes") & need.has("processes")
    if met is None and not compared.any():
        return
    cases, quoted = _cases(need, met) if met is not None else ([], None)
    endings, ended = decide(
        (*cases, (compared, Ending(PASSES, NOT_LISTED if rule.list_is_complete else NOT_FOUND, NAMES))),
        otherwise=SKIP,
    )
    parameters = rule.parameters
    total = parameters.get("entries_restricted", 0) + parameters.get("entries_eliminated", 0)
    held = parameters.get("entries_held", 0)
    yield Outcome(
        "HC1",
        TITLE,
        NAMES,
        endings,
        ended,
        industries(need, reference),
        quoted.limit if quoted else constant(None),
        values={
            **(quoted.values if quoted else {}),
            "total": constant(Value(total)),
            "held": constant(Value(held)),
        },
        source=quoted.source if quoted else None,
        rule=rule,
    )


def _cases(need: Frame, met: Met) -> tuple[list[Case], Quoted]:
    """Return the endings of needs that meet an entry, and which entry they quote, in the same order."""
    reach = met.roll.by_type(need, _reaches)
    eliminated = met.where(_is_eliminated)
    upgrading = is_renovation(need)
    restricted = (reach - eliminated).only(~upgrading)
    # What names the entry's condition, in an industry of the entry: this alone may refuse.
    certain = met.decided & (met.inside | met.around) & met.where(_may_refuse)
    adds, adds_not = need.yes("adds_capacity"), need.no("adds_capacity")
    moving, untyped = need.is_("project_type", *MOVING), ~need.has("project_type")
    adding = need.is_("project_type", *ADDING) | moving & adds
    upgraded = (met.touched - eliminated).only(upgrading)
    named, coded = met.named & (eliminated | restricted), met.coded & (eliminated | restricted)
    answered = need.has("processes")
    typed = (*NAMES, "need.project_type", "need.adds_capacity")
    found = [
        (certain & eliminated, Ending(FAILS, ELIMINATED, NAMES)),
        ((certain & restricted).only(adding), Ending(FAILS, RESTRICTED, typed)),
        (named & eliminated, Ending(UNKNOWN, NAMED, NAMES)),
        ((certain & restricted).only(untyped), Ending(UNKNOWN, RESTRICTED_TYPE, typed)),
        ((certain & restricted).only(moving & adds_not), Ending(UNKNOWN, RESTRICTED_MOVING, typed)),
        (certain & restricted, Ending(UNKNOWN, RESTRICTED_CAPACITY, typed)),
        (named, Ending(UNKNOWN, NAMED, NAMES)),
        (coded.only(~answered), Ending(UNKNOWN, CODED, NAMES)),
        (coded, Ending(UNKNOWN, CODED_ANSWERED, NAMES)),
        (upgraded, Ending(PASSES, UPGRADE, typed)),
    ]
    return [(bits.some(), ending) for bits, ending in found], Quoted(need, met.roll, [bits for bits, _ in found])


def _reaches(entry: Restricted, kind: ProjectType | None) -> bool:
    """Say whether an entry of the restricted class may mean a kind of project; one that isn't named may be any."""
    if kind is None:
        return True
    # Existing capacity that moves is put on file like a new plant. What only means new plants doesn't mean it.
    if kind in MOVING or kind is ProjectType.RENOVATION:
        return ProjectType.EXPANSION.value in entry.applies_to
    return kind.value in entry.applies_to


def _is_eliminated(entry: Restricted) -> bool:
    return entry.restriction_class == ELIMINATED_CLASS


def _may_refuse(entry: Restricted) -> bool:
    return entry.confidence == "H" and entry.decision == RestrictedDecision.FAILS
