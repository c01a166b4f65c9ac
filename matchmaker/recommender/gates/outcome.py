"""A condition asked of many pairs at once: a decision table over columns, and its words for any one pair.

A gate names its endings (a verdict with the sentence that says it), decides by the first case that holds, and tells how
the two facts of a row are printed. Verdicts are worked out for all rows; what only prints a row, or only orders those
that fail, is a function that nobody calls before.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.frame import Bools, Floats
from matchmaker.recommender.gates.gate import PARK, Gate, refuses
from matchmaker.recommender.gates.printers import (
    Printer,
    amounts,
    at,
    constant,
    dates,
    day_of,
    days,
    names,
    nothing,
    only_where,
    truth,
    word,
    words,
)
from matchmaker.recommender.reference import Rule
from models.vocabulary import Verdict

__all__ = [
    "FAILS",
    "NOT_ASKED",
    "PASSES",
    "SKIP",
    "UNKNOWN",
    "Ending",
    "Outcome",
    "Printer",
    "Verdicts",
    "amounts",
    "at",
    "constant",
    "dates",
    "day_of",
    "days",
    "decide",
    "names",
    "nothing",
    "only_where",
    "ratio",
    "shortfall",
    "truth",
    "word",
    "words",
    "worst",
]

# In this order the worst of some verdicts is their maximum.
NOT_ASKED, PASSES, UNKNOWN, FAILS = 0, 1, 2, 3
VERDICTS = (None, Verdict.PASSES, Verdict.UNKNOWN, Verdict.FAILS)

Verdicts = NDArray[np.uint8]


@dataclasses.dataclass(frozen=True, slots=True)
class Ending:
    """How a condition may end: a verdict, the sentence for it, and the facts it rests on if those are special."""

    verdict: int
    message: str = ""
    fields: tuple[str, ...] = ()


SKIP = Ending(NOT_ASKED)  # nobody raises the condition, so it isn't listed

Case = tuple[Bools | bool, Ending]


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """One condition for all rows: how it ended, and how to put one row into words.

    `endings` and `ended` are what `decide` returned. `gap` prints what is missing where it fails, in the unit of the
    facts; `distance` is the same relative to what is asked, so that failing pairs can be ordered: a failure without a
    number is as far as it can be, and elsewhere the number means nothing. Behind `source`, `as_of` and `may_refuse`
    stands the rule, where there is one and they say nothing else.
    """

    id: str
    title: str
    fields: tuple[str, ...]
    endings: tuple[Ending, ...]
    ended: Verdicts
    need: Printer = nothing
    limit: Printer = nothing
    gap: Printer = nothing
    distance: Floats | Callable[[], Floats] | None = None
    values: Mapping[str, Printer] = dataclasses.field(default_factory=dict)
    source: str | Callable[[int], str | None] | None = None
    as_of: Callable[[int], dt.date | None] = nothing
    may_refuse: bool | Bools = True
    other: str = PARK
    rule: Rule | None = None

    @property
    def verdicts(self) -> Verdicts:
        """Return the verdict of every row; what is too uncertain to refuse anybody leaves it unknown."""
        found: Verdicts = self.ended & np.uint8(FAILS)
        refusing = self._refusing
        if refusing is True:
            return found
        # The verdict before "fails" is "unknown".
        return found - ((found == FAILS) & ~np.atleast_1d(refusing))

    @property
    def _refusing(self) -> bool | Bools:
        return self.may_refuse if self.rule is None or refuses(self.rule) else False

    def at(self, row: int) -> Gate | None:
        """Put one row into words, or return None where the condition isn't asked."""
        verdict = VERDICTS[int(at(self.verdicts, row))]
        if verdict is None:
            return None
        ending = self.ending(row)
        failed = ending.verdict == FAILS
        return Gate(
            self.id,
            self.title,
            verdict,
            ending.fields or self.fields,
            self.need(row),
            self.limit(row),
            ending.message,
            {name: printer(row) for name, printer in self.values.items()},
            self.gap(row) if failed else None,
            float(at(self.distances, row)) if failed else 0.0,
            self._source(row),
            self.as_of(row),
            self.other,
            self.rule,
        )

    def ending(self, row: int) -> Ending:
        """Return how a row ended."""
        return self.endings[len(self.endings) - 1 - (int(at(self.ended, row)) >> 2)]

    @property
    def distances(self) -> Floats:
        """Return for the rows that fail how far they are from passing; 1 is as far as it can be."""
        if self.distance is None:
            return np.ones(1)
        return np.minimum(self.distance() if callable(self.distance) else self.distance, 1.0)

    def _source(self, row: int) -> str | None:
        said = self.source(row) if callable(self.source) else self.source
        return said or (self.rule.source if self.rule else None)


def decide(cases: Sequence[Case], otherwise: Ending) -> tuple[tuple[Ending, ...], Verdicts]:
    """Return the endings and, for every row, which of them its first true case leads to.

    A row's number holds the verdict in its two lowest bits. Above them stands how many cases come after the one that
    held, so that the first to hold is the greatest, and all is done by products and maxima of bytes, which processors
    do many at a time.
    """
    endings = (*(ending for _, ending in cases), otherwise)
    assert len(endings) <= 64
    conditions = [np.atleast_1d(condition).view(np.uint8) for condition, _ in cases]
    ended: Verdicts = np.full(np.broadcast_shapes(*(held.shape for held in conditions)), otherwise.verdict, np.uint8)
    for number, held in enumerate(conditions):
        code = np.uint8((len(cases) - number) << 2 | endings[number].verdict)
        np.maximum(ended, held * code, out=ended)
    return endings, ended


def ratio(part: Floats, whole: Floats) -> Floats:
    """Divide, for a distance; by nothing, it is as far as it can be."""
    shape = np.broadcast_shapes(part.shape, whole.shape)
    return np.divide(part, whole, out=np.ones(shape), where=np.broadcast_to(whole > 0, shape))


def worst(outcomes: Iterable[Outcome], length: int) -> Verdicts:
    """Sum the verdicts of every row up; where nothing was compared, nothing is known."""
    found: Verdicts = np.zeros(length, np.uint8)
    for outcome in outcomes:
        np.maximum(found, outcome.verdicts, out=found)
    found[found == NOT_ASKED] = UNKNOWN
    return found


def shortfall(outcomes: Iterable[Outcome], length: int) -> Floats:
    """Return how far every row is from passing: one for each condition that fails, and how far it is from that."""
    total = np.zeros(length)
    for outcome in outcomes:
        failing = np.broadcast_to(outcome.verdicts == FAILS, length)
        if failing.any():
            total[failing] += 1 + np.broadcast_to(outcome.distances, length)[failing]
    return total
