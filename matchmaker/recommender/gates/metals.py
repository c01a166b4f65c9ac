"""HC8: a plant of the key sectors that discharges heavy metals needs a source for its quota.

Whether a plant plates is asked and never taken from its industry; where it answered that it doesn't, neither industry
nor word says otherwise. That it has no source is an answer and refuses; a source that is being looked for is none yet
and no answer. Which counties are key areas today nobody has found, so that less than their ratio is for a person.
"""

import datetime as dt
from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.frame import Array, Bools, Frame, mask_of
from matchmaker.recommender.gates.listed import Met, meet
from matchmaker.recommender.gates.marks import NAMED, STATED_NONE, source_mark
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Ending,
    Outcome,
    amounts,
    at,
    constant,
    decide,
    nothing,
    words,
)
from matchmaker.recommender.gates.printers import Printer, said
from matchmaker.recommender.gates.siting import Quoted, is_office, lies_in, text_value
from matchmaker.recommender.reference import Reference, Rule
from matchmaker.recommender.words import Value
from models.vocabulary import N_, Answer, AreaType, HeavyMetal, RestrictedDecision

TITLE = N_("重点重金属总量替代")
NO_SOURCE = N_("%(what)s：外排%(metals)s %(need)s，需求写没有总量来源，不能承接")
NO_SOURCE_DOUBTFUL = N_("%(what)s：外排%(metals)s %(need)s，需求写没有总量来源；是否属重点行业由生态环境部门判断")
PLATING_UNKNOWN = N_("%(what)s：行业或工艺涉及%(entry)s，需求没有写清有没有电镀工序")
AMOUNT_UNKNOWN = N_("%(what)s：涉及%(entry)s，需求没有写重金属年外排量和总量来源")
CLAIMS_NONE = N_("%(what)s：涉及%(entry)s，需求写不外排重金属，须由环评认定")
SOURCE_UNKNOWN = N_("%(what)s：外排%(metals)s %(need)s，需求没有写明总量来源")
RATIO_UNKNOWN = N_("%(what)s：外排%(metals)s %(need)s，来源是%(source)s，需求没有写替代比例")
RATIO_LOW = N_("%(what)s：来源是%(source)s，替代比例 %(ratio)s，低于 %(least)s，由生态环境部门判断")
RATIO_BETWEEN = N_(
    "%(what)s：来源是%(source)s，替代比例 %(ratio)s；所在县是不是要求 %(most)s 的重点区域，由生态环境部门判断"
)
OTHER_SECTOR = N_("%(what)s：外排%(metals)s，所写行业和工序不属重点行业，是否须总量替代由生态环境部门判断")
REPLACED = N_("%(what)s：外排%(metals)s %(need)s，来源是%(source)s，替代比例 %(ratio)s，不低于 %(required)s")

PLATING = "need.electroplating_step"
AMOUNT, SOURCE, RATIO = "need.heavy_metal_kg_per_year", "need.heavy_metal_quota_source", "need.heavy_metal_ratio"
FIELDS = ("need.industry_codes", PLATING, "need.heavy_metals", AMOUNT, SOURCE)


def metals(need: Frame, premises: Frame, reference: Reference, rule: Rule, day: dt.date) -> Iterator[Outcome]:
    """Ask who names a key sector, plates, or discharges heavy metals."""
    met = meet(need, reference, rule, day)
    listed, kilograms = need["heavy_metals"], need.number("heavy_metal_kg_per_year")
    none = np.uint32(mask_of(HeavyMetal, ["none"]))
    emits = kilograms > 0
    discharges, claims_none = ((listed & ~none) != 0) | emits, ((listed == none) | (kilograms == 0)) & ~emits
    plates, may_plate = need.yes("electroplating_step"), need.is_("electroplating_step", Answer.UNSURE)
    touched, sure, plating_open = _sectors(need, rule, met)
    asked = (touched | plates | may_plate | discharges) & ~is_office(need)
    if not asked.any():
        return
    source, ratio = need.number(source_mark("heavy_metal_quota_source")), need.number("heavy_metal_ratio")
    without, named = source == STATED_NONE, source == NAMED
    least, most, may_be_key = _ratios(premises, reference, rule, day)
    replaced = emits & named & ((ratio >= most) | (ratio >= least) & ~may_be_key)
    endings, ended = decide(
        (
            (~asked, SKIP),
            (sure & emits & without & _is_controlled(listed, rule), Ending(FAILS, NO_SOURCE, FIELDS)),
            (replaced & (touched | plates), Ending(PASSES, REPLACED, (AMOUNT, SOURCE, RATIO))),
            (plating_open & ~discharges, Ending(UNKNOWN, PLATING_UNKNOWN, (PLATING,))),
            (claims_none, Ending(UNKNOWN, CLAIMS_NONE, FIELDS[:4])),
            (emits & without, Ending(UNKNOWN, NO_SOURCE_DOUBTFUL, FIELDS)),
            (~(touched | plates), Ending(UNKNOWN, OTHER_SECTOR, FIELDS[:3])),
            (np.isnan(kilograms), Ending(UNKNOWN, AMOUNT_UNKNOWN, FIELDS[2:])),
            (~named, Ending(UNKNOWN, SOURCE_UNKNOWN, (AMOUNT, SOURCE))),
            (np.isnan(ratio), Ending(UNKNOWN, RATIO_UNKNOWN, (SOURCE, RATIO))),
            (ratio < least, Ending(UNKNOWN, RATIO_LOW, (SOURCE, RATIO))),
        ),
        otherwise=Ending(UNKNOWN, RATIO_BETWEEN, (SOURCE, RATIO)),
    )
    written = said(need, "heavy_metal_quota_source")
    yield Outcome(
        "HC8",
        TITLE,
        FIELDS,
        endings,
        ended,
        amounts(kilograms, N_("kg/年")),
        lambda row: text_value(written(row)),
        values=_printed(need, met, (least, most, may_be_key)),
        source=Quoted(need, met.roll, [met.touched]).source if met else None,
        rule=rule,
    )


def _sectors(need: Frame, rule: Rule, met: Met | None) -> tuple[Bools, Bools, Bools]:
    """Say who meets a key sector, who is sure to be of one, and whose answer about plating is still missing."""
    plates, answered = need.yes("electroplating_step"), need.is_("electroplating_step", Answer.YES, Answer.NO)
    if met is None:
        return np.zeros(1, bool), plates, need.is_("electroplating_step", Answer.UNSURE)
    plating = met.where(lambda entry: entry.id in (rule.parameters.get("electroplating") or ()))
    refusing = met.where(lambda entry: entry.confidence == "H" and entry.decision != RestrictedDecision.UNKNOWN)
    others = (met.inside | met.named) - plating
    still_open = ~answered & ~(met.touched - plating).some()
    return met.touched.some(), plates | (others & refusing).some(), still_open


def _ratios(premises: Frame, reference: Reference, rule: Rule, day: dt.date) -> tuple[float, float, Bools]:
    """Return the ratio asked anywhere, the one asked in key areas, and which premises may stand in one."""
    parameters = rule.parameters
    least, most = float(parameters.get("required_ratio_other", 1.0)), float(parameters.get("required_ratio_key", 1.2))
    last = parameters.get("key_areas_valid_to")
    if last is not None and dt.date.fromisoformat(last) < day:
        # The list of key areas has run out, so that nobody knows who is on it.
        return least, most, np.ones(1, bool)
    return least, most, lies_in(premises, reference, (AreaType.HEAVY_METAL_KEY_2012,))


def _is_controlled(listed: Array, rule: Rule) -> Bools:
    """Say who may discharge a metal under quota; others are only watched."""
    controlled = np.uint32(mask_of(HeavyMetal, rule.parameters.get("controlled", ("Pb", "Hg", "Cd", "Cr", "As"))))
    return (listed == 0) | ((listed & controlled) != 0)


def _printed(need: Frame, met: Met | None, ratios: tuple[float, float, Bools]) -> dict[str, Printer]:
    least, most, may_be_key = ratios
    metals_, written = words(HeavyMetal, need["heavy_metals"]), said(need, "heavy_metal_quota_source")
    entry = Quoted(need, met.roll, [met.named, met.touched]).values["entry"] if met else nothing
    ratio = need.number("heavy_metal_ratio")
    return {
        "metals": lambda row: _unless_none(metals_(row)) or Value(None, labels=(N_("重金属"),)),
        "entry": lambda row: entry(row) or Value(None, labels=(N_("电镀工序"),)),
        "source": lambda row: text_value(written(row)),
        "ratio": lambda row: Value(float(at(ratio, row))),
        "least": constant(Value(least)),
        "most": constant(Value(most)),
        "required": lambda row: Value(most if at(may_be_key, row) else least),
    }


def _unless_none(value: Value | None) -> Value | None:
    return None if value is not None and value.raw == (HeavyMetal.NONE.value,) else value
