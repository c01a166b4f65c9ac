"""Ways of printing one row of a column, and of what is worked out from columns."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from matchmaker.recommender.frame import Array, Bools, Floats, Frame, words_of
from matchmaker.recommender.words import Value
from models.vocabulary import Answer, Term

Printer = Callable[[int], Value | None]
# A column, or how to work one of its rows out when somebody reads it.
Numbers = Floats | Callable[[int], float]

YES, NO = (Value((answer.value,), labels=(answer.label,)) for answer in (Answer.YES, Answer.NO))


def nothing(row: int) -> None:
    """Print nothing."""


def at(column: Array, row: int) -> Any:
    """Return a row's entry of a column, or the only entry of a side that stands alone."""
    return column[row] if len(column) > 1 else column[0]


def amounts(numbers: Numbers, unit: str, comparator: str = "") -> Printer:
    """Print numbers with their unit."""

    def printed(row: int) -> Value | None:
        number = numbers(row) if callable(numbers) else float(at(numbers, row))
        return None if np.isnan(number) else Value(_plain(float(number)), unit, comparator=comparator)

    return printed


def days(numbers: Numbers, comparator: str = "") -> Printer:
    """Print days that a column keeps as ordinals."""

    def printed(row: int) -> Value | None:
        day = day_of(numbers(row) if callable(numbers) else at(numbers, row))
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


def truth(yes: Bools, no: Bools) -> Printer:
    """Print yes where the first holds, no where the second does, and nothing elsewhere."""

    def printed(row: int) -> Value | None:
        if at(yes, row):
            return YES
        return NO if at(no, row) else None

    return printed


def words(vocabulary: type[Term], masks: Array | Callable[[int], Any]) -> Printer:
    """Print the words of a mask, in the order of the vocabulary; none prints nothing."""

    def printed(row: int) -> Value | None:
        found = words_of(vocabulary, int(masks(row) if callable(masks) else at(masks, row)))
        return Value(tuple(found), labels=tuple(vocabulary(one).label for one in found)) if found else None

    return printed


def names(column: Array, codes: Iterable[str], name: Callable[[str], str]) -> Printer:
    """Print the codes that a row holds by their names."""
    return lambda row: named(np.atleast_1d(at(column, row)), list(codes), name)


def named(numbers: Iterable[int], codes: Sequence[str], name: Callable[[str], str]) -> Value | None:
    """Print codes by their names; -1 stands for none."""
    found = tuple(codes[number] for number in numbers if number >= 0)
    return Value(found, labels=tuple(map(name, found))) if found else None


def constant(value: Value | None) -> Printer:
    """Print the same for every row."""
    return lambda row: value


def only_where(rows: Bools, printer: Printer) -> Printer:
    """Print in some rows, and nothing elsewhere."""
    return lambda row: printer(row) if at(rows, row) else None


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else round(number, 6)


def said(frame: Frame, name: str) -> Callable[[int], str | None]:
    """Return a row's text, as it was written."""
    numbers, words = frame.spoken(name), frame.wordbook.words

    def found(row: int) -> str | None:
        number = int(at(numbers, row)[0])
        return words[number] if number >= 0 else None

    return found
