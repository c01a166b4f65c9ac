"""A condition asked of many pairs at once: a decision table over columns, and its words for any one pair.

A gate names its endings (a verdict with the sentence that says it), decides by the first case that holds, and tells how
the two facts of a row are printed. Verdicts are worked out for all rows; words only for the rows that somebody reads.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.frame import Array, Bools, Floats, words_of
from matchmaker.recommender.gates.gate import PARK, Gate
from matchmaker.recommender.words import Value
from models.vocabulary import Term, Verdict

# In this order the worst of some verdicts is their maximum.
NOT_ASKED, PASSES, UNKNOWN, FAILS = 0, 1, 2, 3
VERDICTS = (None, Verdict.PASSES, Verdict.UNKNOWN, Verdict.FAILS)

Printer = Callable[[int], Value | None]


@dataclasses.dataclass(frozen=True, slots=True)
class Ending:
    """How a condition may end: a verdict, the sentence for it, and the facts it rests on if those are special."""

    verdict: int
    message: str = ""
    fields: tuple[str, ...] = ()


SKIP = Ending(NOT_ASKED)  # nobody raises the condition, so it isn't listed

Case = tuple[Bools | bool, Ending]


def nothing(row: int) -> None:
    """Print nothing."""


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """One condition for all rows: how it ended, and how to put one row into words.

    `gap` is what is missing where it fails, in the unit of the facts; `distance` the same relative to what is asked,
    so that failing pairs can be ordered; a failure without a number is as far as it can be. Both are NaN elsewhere.
    """

    id: str
    title: str
    fields: tuple[str, ...]
    endings: tuple[Ending, ...]
    ended: NDArray[np.int8]  # which of the endings, by row
    need: Printer = nothing
    limit: Printer = nothing
    gap: Printer = nothing
    distance: Floats | None = None
    values: Mapping[str, Printer] = dataclasses.field(default_factory=dict)
    source: str | Callable[[int], str | None] | None = None
    as_of: Callable[[int], dt.date | None] = nothing
    may_refuse: bool | Bools = True
    other: str = PARK

    @property
    def verdicts(self) -> NDArray[np.int8]:
        """Return the verdict of every row; what is too uncertain to refuse anybody leaves it unknown."""
        found: NDArray[np.int8] = np.array([ending.verdict for ending in self.endings], np.int8)[self.ended]
        refusing = self.may_refuse if isinstance(self.may_refuse, np.ndarray) else np.bool_(self.may_refuse)
        return np.where((found == FAILS) & ~refusing, np.int8(UNKNOWN), found)

    def at(self, row: int) -> Gate | None:
        """Put one row into words, or return None where the condition isn't asked."""
        row = row if len(self.ended) > 1 else 0
        ending = self.endings[int(self.ended[row])]
        verdict = VERDICTS[int(self.verdicts[row])]
        if verdict is None:
            return None
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
            (1.0 if self.distance is None else float(at(self.distance, row))) if failed else 0.0,
            self.source(row) if callable(self.source) else self.source,
            self.as_of(row),
            self.other,
        )


def decide(cases: Sequence[Case], otherwise: Ending) -> tuple[tuple[Ending, ...], NDArray[np.int8]]:
    """Return the endings and, for every row, which of them its first true case leads to."""
    conditions = np.broadcast_arrays(*(np.atleast_1d(condition) for condition, _ in cases))
    endings = (*(ending for _, ending in cases), otherwise)
    ended = np.full(conditions[0].shape, len(cases), np.int8)
    # From the last to the first, so that the first that holds has the last word.
    for number in range(len(cases) - 1, -1, -1):
        np.putmask(ended, conditions[number], number)
    return endings, ended


def at(column: Array, row: int) -> Any:
    """Return a row's entry of a column, or the only entry of a side that stands alone."""
    return column[row] if len(column) > 1 else column[0]


def amounts(column: Floats, unit: str, comparator: str = "") -> Printer:
    """Print numbers with their unit."""

    def printed(row: int) -> Value | None:
        number = float(at(column, row))
        return None if np.isnan(number) else Value(_plain(number), unit, comparator=comparator)

    return printed


def days(column: Floats, comparator: str = "") -> Printer:
    """Print days that a column keeps as ordinals."""

    def printed(row: int) -> Value | None:
        day = day_of(at(column, row))
        return None if day is None else Value(day, comparator=comparator)

    return printed


def day_of(ordinal: Any) -> dt.date | None:
    """Return the day of an ordinal, or None for NaN."""
    return None if np.isnan(ordinal) else dt.date.fromordinal(int(ordinal))


def dates(column: Floats) -> Callable[[int], dt.date | None]:
    """Return a row's day, for the date of a limit."""
    return lambda row: day_of(at(column, row))


def word(vocabulary: type[Term], column: Array) -> Printer:
    """Print one word of a vocabulary."""
    listed = list(vocabulary)

    def printed(row: int) -> Value | None:
        place = int(at(column, row))
        return None if place < 0 else Value((listed[place].value,), labels=(listed[place].label,))

    return printed


def words(vocabulary: type[Term], column: Array) -> Printer:
    """Print the words of a mask, in the order of the vocabulary; none prints nothing."""

    def printed(row: int) -> Value | None:
        found = words_of(vocabulary, int(at(column, row)))
        return Value(tuple(found), labels=tuple(vocabulary(one).label for one in found)) if found else None

    return printed


def names(column: Array, codes: Sequence[str], name: Callable[[str], str]) -> Printer:
    """Print the codes that a row holds by their names; -1 stands for none."""

    def printed(row: int) -> Value | None:
        found = [codes[number] for number in np.atleast_1d(at(column, row)) if number >= 0]
        return Value(tuple(found), labels=tuple(map(name, found))) if found else None

    return printed


def constant(value: Value | None) -> Printer:
    """Print the same for every row."""
    return lambda row: value


def only_where(rows: Bools, printer: Printer) -> Printer:
    """Print in some rows, and nothing elsewhere."""
    return lambda row: printer(row) if at(rows, row) else None


def worst(outcomes: Iterable[Outcome], length: int) -> NDArray[np.int8]:
    """Sum the verdicts of every row up; where nothing was compared, nothing is known."""
    found = np.zeros(length, np.int8)
    for outcome in outcomes:
        np.maximum(found, outcome.verdicts, out=found)
    return np.where(found == NOT_ASKED, np.int8(UNKNOWN), found)


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else round(number, 6)
