"""The few ways in which two facts are compared: a demand with what there is, a price with its cap, a day with another.

Where nothing is asked, the condition isn't raised.
"""

from typing import Any

import numpy as np

from matchmaker.recommender.frame import Bools, Floats
from matchmaker.recommender.gates.gate import (
    CAP_ALONE,
    DAY_ALONE,
    ENOUGH,
    IN_TIME,
    NOT_STATED,
    OVER_CAP,
    SHORT,
    TOO_LATE,
    WITHIN_CAP,
)
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Ending,
    Outcome,
    Verdicts,
    amounts,
    at,
    days,
    decide,
    ratio,
)
from models.vocabulary import N_

DAYS_A_YEAR = 365
ALWAYS = np.ones(1, bool)

Name = tuple[str, str, tuple[str, ...]]  # id, title and the facts that the condition rests on


def capacity(name: Name, asked: Floats, available: Floats, unit: str, where: Bools = ALWAYS, **more: Any) -> Outcome:
    """Compare a demand with what there is, in the rows where it is asked."""
    return Outcome(
        *name,
        *_decide(where, asked, available, asked <= available, (ENOUGH, NOT_STATED, SHORT)),
        amounts(asked, unit, "≥"),
        amounts(available, unit),
        amounts(lambda row: at(asked, row) - at(available, row), unit),
        lambda: ratio(asked - available, asked),
        **more,
    )


def cap(name: Name, highest: Floats, stated: Floats, unit: str, where: Bools = ALWAYS, **more: Any) -> Outcome:
    """Compare a price with the most that is acceptable, in the rows where that is asked."""
    return Outcome(
        *name,
        *_decide(where, highest, stated, stated <= highest, (WITHIN_CAP, CAP_ALONE, OVER_CAP)),
        amounts(highest, unit, "≤"),
        amounts(stated, unit),
        amounts(lambda row: at(stated, row) - at(highest, row), unit),
        lambda: ratio(stated - highest, highest),
        **more,
    )


def deadline(name: Name, latest: Floats, stated: Floats, where: Bools = ALWAYS, **more: Any) -> Outcome:
    """Compare a day with the latest that is acceptable, in the rows where that is asked."""
    return Outcome(
        *name,
        *_decide(where, latest, stated, stated <= latest, (IN_TIME, DAY_ALONE, TOO_LATE)),
        days(latest, "≤"),
        days(stated),
        amounts(lambda row: at(stated, row) - at(latest, row), N_("天")),
        lambda: (stated - latest) / DAYS_A_YEAR,
        **more,
    )


def _decide(
    where: Bools, asked: Floats, given: Floats, fits: Bools, messages: tuple[str, str, str]
) -> tuple[tuple[Ending, ...], Verdicts]:
    enough, unknown, short = messages
    return decide(
        (
            (~where | np.isnan(asked), SKIP),
            (fits, Ending(PASSES, enough)),
            (np.isnan(given), Ending(UNKNOWN, unknown)),
        ),
        otherwise=Ending(FAILS, short),
    )
