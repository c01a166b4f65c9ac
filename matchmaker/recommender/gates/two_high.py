"""HC11: a project of high energy use and emissions needs a substitution source.

The catalogue is from memory, so that the rule warns and refuses nobody as long as it is. Whatever the industry,
furnaces and boilers that burn coal, coke or heavy oil are meant.
"""

import datetime as dt
from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.frame import Frame, mask_of
from matchmaker.recommender.gates.listed import meet
from matchmaker.recommender.gates.marks import NAMED, STATED_NONE, source_mark
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Ending,
    Outcome,
    decide,
    nothing,
    words,
)
from matchmaker.recommender.gates.printers import said
from matchmaker.recommender.gates.siting import (
    Quoted,
    industries,
    is_office,
    is_renovation,
    text_value,
)
from matchmaker.recommender.reference import Reference, Rule
from matchmaker.recommender.words import Value
from models.vocabulary import N_, Fuel, ProjectType, RestrictedDecision

TITLE = N_("“两高”项目替代")
NO_SOURCE = N_("%(what)s：%(entry)s可能列入“两高”目录，需求写没有替代来源")
NO_SOURCE_TYPE = N_(
    "%(what)s：%(entry)s可能列入“两高”目录，需求写没有替代来源；项目性质是否在限制之列由发展改革部门判断"
)
SOURCE_UNKNOWN = N_("%(what)s：%(entry)s可能列入“两高”目录，需求没有写明能耗、煤炭、污染物的替代来源")
DOUBTFUL = N_("%(what)s：%(entry)s是否列入“两高”目录还没有核实，由发展改革部门判断")
TOO_BROAD = N_("%(what)s：行业 %(need)s 包括“两高”目录里的%(entry)s，需求没有写主要工艺，还不能判断")
SUBSTITUTED = N_("%(what)s：%(entry)s可能列入“两高”目录，需求写明替代来源是%(limit)s")
UPGRADE = N_("%(what)s：%(entry)s可能列入“两高”目录，技改不增产能；能耗和排放也不新增的可以")

SOURCE = "need.substitution_source"
FIELDS = ("need.industry_codes", "need.fuels", "need.project_type", SOURCE)
MEANT = (ProjectType.NEW, ProjectType.EXPANSION, ProjectType.RELOCATION)


def two_high(need: Frame, reference: Reference, rule: Rule, day: dt.date) -> Iterator[Outcome]:
    """Ask needs of the catalogue's industries, and those that burn its fuels, what they substitute."""
    met = meet(need, reference, rule, day)
    burns = (need["fuels"] & np.uint32(mask_of(Fuel, rule.parameters.get("fuels", ("coal", "oil"))))) != 0
    if met is None and not burns.any():
        return
    nobody = np.zeros(1, bool)
    is_listed, broad, doubtful, quoted = nobody, nobody, nobody, None
    if met is not None:
        by_fuel = met.named & met.where(lambda entry: not entry.codes)
        found = met.inside | met.around & met.named | by_fuel
        clear = found & met.where(lambda entry: entry.decision == RestrictedDecision.FAILS_IF_NO_SUBSTITUTION)
        is_listed, broad, doubtful = clear.some(), met.coded.some(), found.some()
        quoted = Quoted(need, met.roll, [clear, found, met.coded])
    asked = is_listed | broad | doubtful | burns
    matched = is_listed | burns
    source = need.number(source_mark("substitution_source"))
    without, named = source == STATED_NONE, source == NAMED
    endings, ended = decide(
        (
            (~asked | is_office(need), SKIP),
            (is_renovation(need), Ending(PASSES, UPGRADE, ("need.project_type", "need.adds_capacity"))),
            (named, Ending(PASSES, SUBSTITUTED, FIELDS)),
            (matched & without & need.is_("project_type", *MEANT), Ending(FAILS, NO_SOURCE, FIELDS)),
            (matched & without, Ending(UNKNOWN, NO_SOURCE_TYPE, FIELDS)),
            (matched, Ending(UNKNOWN, SOURCE_UNKNOWN, FIELDS)),
            (doubtful, Ending(UNKNOWN, DOUBTFUL, FIELDS[:1])),
        ),
        otherwise=Ending(UNKNOWN, TOO_BROAD, ("need.industry_codes", "need.processes")),
    )
    written, fuels, codes = said(need, "substitution_source"), words(Fuel, need["fuels"]), industries(need, reference)
    entry = quoted.values["entry"] if quoted else nothing
    yield Outcome(
        "HC11",
        TITLE,
        FIELDS,
        endings,
        ended,
        lambda row: codes(row) or fuels(row),
        lambda row: text_value(written(row)),
        values={"entry": lambda row: entry(row) or _burning(fuels(row))},
        source=quoted.source if quoted else None,
        rule=rule,
    )


def _burning(fuels: Value | None) -> Value:
    return Value(None, labels=(N_("使用高污染燃料的炉窑、锅炉"),)) if fuels else Value(None, labels=(N_("项目"),))
