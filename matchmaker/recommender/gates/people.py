"""Hard conditions between a talent and a position, or a talent and the need of an enterprise.

Nothing here reads age, sex, origin or papers: a licence counts by where it was issued, and by nothing else.
"""

from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.frame import Array, Bools, Frame, mask_of
from matchmaker.recommender.gates.compare import capacity, deadline
from matchmaker.recommender.gates.gate import ENOUGH, NEED, NOT_STATED, POSITION, SHORT, TALENT
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
    names,
    ratio,
    words,
)
from matchmaker.recommender.gates.qualifications import qualifications
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.relation import meets
from models.vocabulary import N_, Strictness, WayOfWorking

INSIDE = N_("%(what)s：在 %(need)s 范围内")
OUTSIDE = N_("%(what)s：只去 %(need)s，%(other)s在 %(limit)s")
PLACE_OPEN = N_("%(what)s：只去 %(need)s，%(other)s还没有定地点")
IN_COMMON = N_("%(what)s：都可以 %(limit)s")
NOTHING_IN_COMMON = N_("%(what)s：要 %(need)s，%(other)s是 %(limit)s")
NOT_SAID = N_("%(what)s：要 %(need)s，%(other)s未填")

FULL_TIME = np.uint32(mask_of(WayOfWorking, [WayOfWorking.FULL_TIME]))
REMOTE = np.uint32(mask_of(WayOfWorking, [WayOfWorking.REMOTE_RESEARCH]))


def position_conditions(position: Frame, talent: Frame, reference: Reference) -> Iterator[Outcome]:
    """Check what a position asks of a talent, and what the talent insists on."""
    common = position["ways_of_working"] & talent["ways_of_coming"]
    yield from _place(position, talent, reference, common)
    yield from _way(position, talent, common)
    yield from _months(position, talent, common)
    yield from _salary(position, talent)
    yield from qualifications(position, talent)
    if position.has("start_on").any():
        yield deadline(
            ("start", N_("到岗时间"), ("position.start_on", "talent.available_on")),
            position.number("start_on"),
            talent.number("available_on"),
            other=TALENT,
        )


def need_conditions(need: Frame, talent: Frame, reference: Reference) -> Iterator[Outcome]:
    """Check the one thing that keeps a talent from an enterprise's project: where it may stand."""
    insists = _insists(talent)
    if not insists.any():
        return
    targets, there = talent["target_prefecture_codes"], need["target_prefecture_codes"]
    meet = meets(reference.contained, there, targets) | meets(reference.contained, targets, there)
    endings, ended = decide(
        (
            (~insists, SKIP),
            (~need.is_("place_strictness", Strictness.MUST), Ending(UNKNOWN, PLACE_OPEN)),
            (meet, Ending(PASSES, INSIDE)),
            (~need.has("target_prefecture_codes"), Ending(UNKNOWN, PLACE_OPEN)),
        ),
        otherwise=Ending(FAILS, OUTSIDE),
    )
    yield Outcome(
        "place",
        N_("市州"),
        ("talent.target_prefecture_codes", "need.target_prefecture_codes"),
        endings,
        ended,
        names(targets, reference.place_at, reference.place_name),
        names(there, reference.place_at, reference.place_name),
        other=NEED,
    )


def _insists(talent: Frame) -> Bools:
    """Say which talents go to the places that they name and nowhere else."""
    return talent.is_("place_strictness", Strictness.MUST) & talent.has("target_prefecture_codes")


def _place(position: Frame, talent: Frame, reference: Reference, common: Array) -> Iterator[Outcome]:
    # Who works from afar goes nowhere.
    is_asked = _insists(talent) & (common != REMOTE)
    if not is_asked.any():
        return
    targets, region = talent["target_prefecture_codes"], position["region_code"]
    endings, ended = decide(
        (
            (~is_asked, SKIP),
            (region < 0, Ending(UNKNOWN, NOT_SAID)),
            (meets(reference.contained, region, targets), Ending(PASSES, INSIDE)),
        ),
        otherwise=Ending(FAILS, OUTSIDE),
    )
    yield Outcome(
        "place",
        N_("工作地点"),
        ("talent.target_prefecture_codes", "position.region_code"),
        endings,
        ended,
        names(targets, reference.place_at, reference.place_name),
        names(region, reference.place_at, reference.place_name),
        other=POSITION,
    )


def _way(position: Frame, talent: Frame, common: Array) -> Iterator[Outcome]:
    offered, wanted = position["ways_of_working"], talent["ways_of_coming"]
    if not offered.any():
        return
    endings, ended = decide(
        (
            (offered == 0, SKIP),
            (wanted == 0, Ending(UNKNOWN, NOT_SAID)),
            (common != 0, Ending(PASSES, IN_COMMON)),
        ),
        otherwise=Ending(FAILS, NOTHING_IN_COMMON),
    )
    yield Outcome(
        "way",
        N_("工作方式"),
        ("position.ways_of_working", "talent.ways_of_coming"),
        endings,
        ended,
        words(WayOfWorking, offered),
        words(WayOfWorking, lambda row: at(common, row) or at(wanted, row)),
        other=TALENT,
    )


def _months(position: Frame, talent: Frame, common: Array) -> Iterator[Outcome]:
    asked = position.number("months_per_year")
    # Who comes for good is there all year.
    is_asked = (asked > 0) & ((common & FULL_TIME) == 0)
    if is_asked.any():
        yield capacity(
            ("months", N_("每年在湘"), ("position.months_per_year", "talent.months_per_year")),
            asked,
            talent.number("months_per_year"),
            N_("个月"),
            is_asked,
            other=TALENT,
        )


def _salary(position: Frame, talent: Frame) -> Iterator[Outcome]:
    expected = talent.number("salary_expected_wan")
    if np.isnan(expected).all():
        return
    low, high, unit = position.number("salary_low_wan"), position.number("salary_high_wan"), N_("万元")
    by_low = ("talent.salary_expected_wan", "position.salary_low_wan")
    has_high, low_is_enough = ~np.isnan(high), expected <= low
    endings, ended = decide(
        (
            (np.isnan(expected), SKIP),
            (expected <= high, Ending(PASSES, ENOUGH)),
            (has_high, Ending(FAILS, SHORT)),
            (low_is_enough, Ending(PASSES, ENOUGH, by_low)),
        ),
        # Where only the lower end is stated, more may be paid.
        otherwise=Ending(UNKNOWN, NOT_STATED, (*by_low, "position.salary_high_wan")),
    )

    def offered(row: int) -> float:
        return float(at(high, row) if at(has_high, row) or not at(low_is_enough, row) else at(low, row))

    yield Outcome(
        "salary",
        N_("年薪"),
        ("talent.salary_expected_wan", "position.salary_high_wan"),
        endings,
        ended,
        amounts(expected, unit, "≥"),
        amounts(offered, unit),
        amounts(lambda row: at(expected, row) - at(high, row), unit),
        lambda: ratio(expected - high, expected),
        other=POSITION,
    )
