"""How needs meet the entries of a rule's list: by their industries, and by what they name.

The entries of a rule are numbered, and a set of them is one bit each, so that a question about a hundred entries is
asked of a whole column at once. What a need names is a mark of its row; what its industries lie in is looked up.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.frame import Array, Bools, Frame
from matchmaker.recommender.gates.outcome import FAILS, NOT_ASKED, UNKNOWN, Outcome, at
from matchmaker.recommender.reference import Reference, Restricted, Rule
from models.vocabulary import N_, ProjectType

# A mark is a float, which holds whole numbers of 53 bits exactly.
WIDTH = 48
# Rules whose entries a need is held against.
RULES = ("HC1", "HC2", "HC3", "HC4", "HC5", "HC8", "HC11", "HC15")

# Rules that are a list of industries and processes, so that they say nothing once it has run out.
LISTS = ("HC1", "HC2", "HC5", "HC8", "HC11", "HC15")
LAPSED = N_("%(what)s：所依据的清单已过期，由主管部门按现行清单判断")

NOBODY = np.zeros(1, bool)

Page = NDArray[np.uint64]
Test = Callable[[Restricted], bool]


class Bits:
    """A set of entries for each row, or one for all rows, by their numbers; `-` takes a set out of another."""

    __slots__ = ("pages",)

    def __init__(self, pages: Iterable[Page]) -> None:
        self.pages = tuple(pages)

    def __and__(self, other: "Bits") -> "Bits":  # noqa: D105 - as with any set
        return Bits(map(and_, self.pages, other.pages))

    def __or__(self, other: "Bits") -> "Bits":  # noqa: D105 - as with any set
        return Bits(map(or_, self.pages, other.pages))

    def __sub__(self, other: "Bits") -> "Bits":  # noqa: D105 - as with any set
        return Bits(mine & ~theirs for mine, theirs in zip(self.pages, other.pages, strict=True))

    def only(self, rows: Bools) -> "Bits":
        """Keep the entries in some rows, and none in the others."""
        return Bits(page * rows for page in self.pages)

    def some(self) -> Bools:
        """Say which rows have any entry."""
        found: Bools = reduce(or_, (page != 0 for page in self.pages), np.zeros(1, bool))
        return found

    def numbers(self, row: int) -> list[int]:
        """Return the numbers of a row's entries."""
        found = []
        for number, page in enumerate(self.pages):
            bits = int(at(page, row))
            while bits:
                found.append(number * WIDTH + (bits & -bits).bit_length() - 1)
                bits &= bits - 1
        return found


def pages_of(numbers: Iterable[int], length: int) -> list[int]:
    """Write some of so many numbers as bits, a page for each 48."""
    pages = [0] * -(-length // WIDTH)
    for number in numbers:
        pages[number // WIDTH] |= 1 << number % WIDTH
    return pages


@dataclasses.dataclass(frozen=True)
class Roll:
    """The entries of a rule in their order, and for each industry those that it lies in and those that it holds."""

    entries: tuple[Restricted, ...]
    inside_of: Array
    holding: Array
    # What they were made from, kept so that another can't take its place in memory.
    made_from: object

    @classmethod
    def of(cls, reference: Reference, rule: str) -> Self:
        """Return the roll of a rule, made once for each list."""
        # A changed copy of the reference shares its memory.
        key = ("roll", rule, id(reference.restricted), id(reference.industries))
        return reference.memory.recall(key, lambda: cls._made(reference, rule))

    @classmethod
    def _made(cls, reference: Reference, rule: str) -> Self:
        entries = entries_of(reference, rule)
        shape = -(-len(entries) // WIDTH), len(reference.industries) + 1
        inside_of, holding = np.zeros(shape, np.uint64), np.zeros(shape, np.uint64)
        for number, entry in enumerate(entries):
            listed = [reference.industry_at[code] for code in entry.codes if code in reference.industry_at]
            page, bit = number // WIDTH, np.uint64(1 << number % WIDTH)
            inside_of[page] |= reference.covering[listed].any(axis=0) * bit
            holding[page] |= reference.covering[:, listed].any(axis=1) * bit
        return cls(entries, inside_of, holding, (reference.restricted, reference.industries))

    def where(self, test: Test) -> Bits:
        """Return the entries that a test holds of, for all rows."""
        numbers = (number for number, entry in enumerate(self.entries) if test(entry))
        return Bits(np.array([page], np.uint64) for page in pages_of(numbers, len(self.entries)))

    def by_type(self, need: Frame, test: Callable[[Restricted, ProjectType | None], bool]) -> Bits:
        """Return the entries that a test holds of for the project of each row, which may not have been named."""
        kinds = (*ProjectType, None)
        table = [
            pages_of((n for n, entry in enumerate(self.entries) if test(entry, kind)), len(self.entries))
            for kind in kinds
        ]
        return Bits(np.array(page, np.uint64).take(need["project_type"]) for page in zip(*table, strict=True))

    def looked_up(self, table: Array, codes: Array) -> Bits:
        """Return the entries that a table gives for any industry of each row."""
        return Bits(reduce(or_, (page.take(column) for column in codes.T)) for page in table)

    def marked(self, what: str, rule: str, need: Frame) -> Bits:
        """Return the entries that the rows' marks name."""
        marks = (need.number(mark_name(what, rule, page)) for page in range(len(self.inside_of)))
        return Bits(np.where(mark > 0, mark, 0.0).astype(np.uint64) for mark in marks)


@dataclasses.dataclass(frozen=True)
class Met:
    """The acting entries of a rule that needs meet.

    `inside`: an industry of the need is the entry's, or a part of it. `around`: one is so broad that it holds the
    entry's. `coded`: inside, or around while nobody has said what is done there. `named`: a process or product names
    the entry. `decided`: it names one of the words that meet the entry's condition by themselves. `counts`: all
    that are held against the row.
    """

    roll: Roll
    inside: Bits
    around: Bits
    coded: Bits
    named: Bits
    decided: Bits
    counts: Bits

    @property
    def touched(self) -> Bits:
        """Return every entry that is met in some way."""
        return self.coded | self.named

    def where(self, test: Test) -> Bits:
        """Return the entries that a test holds of."""
        return self.roll.where(test)


def meet(need: Frame, reference: Reference, rule: Rule, day: dt.date, also: Bools = NOBODY) -> Met | None:
    """Hold needs against the entries of a rule that act on a day; None where no need meets any, nor counts also."""
    roll = Roll.of(reference, rule.id)
    if not roll.entries:
        return None
    is_lapsed = has_lapsed(reference, rule, day)
    counts = roll.where(lambda entry: entry.acts_on(day) or (is_lapsed and _has_ended(entry, day)))
    counts = counts - _ruled_out(need, roll, rule)
    inside = roll.looked_up(roll.inside_of, need["industry_codes"]) & counts
    around = (roll.looked_up(roll.holding, need["industry_codes"]) & counts) - inside
    coded = inside | around.only(~need.has("processes"))
    named = roll.marked("named", rule.id, need) & counts
    if not ((around | coded | named).some() | also).any():
        return None
    return Met(roll, inside, around, coded, named, roll.marked("decided", rule.id, need) & counts, counts)


def has_lapsed(reference: Reference, rule: Rule, day: dt.date) -> bool:
    """Say whether nothing of a rule's list is in force any more, so that nobody knows who is on it."""
    entries = Roll.of(reference, rule.id).entries
    return rule.list_has_expired(day) or (bool(entries) and all(_has_ended(entry, day) for entry in entries))


def lapsed(outcome: Outcome) -> Outcome:
    """Leave open what a list says that has lapsed: who was on it, and who was not."""
    endings = tuple(
        dataclasses.replace(ending, verdict=UNKNOWN, message=LAPSED) if ending.verdict != NOT_ASKED else ending
        for ending in outcome.endings
    )
    verdicts = outcome.ended & np.uint8(FAILS)
    ended = outcome.ended - verdicts + np.where(verdicts == NOT_ASKED, np.uint8(NOT_ASKED), np.uint8(UNKNOWN))
    return dataclasses.replace(outcome, endings=endings, ended=ended)


def _has_ended(entry: Restricted, day: dt.date) -> bool:
    return entry.in_force_to is not None and entry.in_force_to < day


def _ruled_out(need: Frame, roll: Roll, rule: Rule) -> Bits:
    """Return what a need that answered has no electroplating isn't held against; the answer beats code and word."""
    plating = roll.where(lambda entry: entry.id in (rule.parameters.get("electroplating") or ()))
    return plating.only(need.no("electroplating_step"))


def entries_of(reference: Reference, rule: str) -> tuple[Restricted, ...]:
    """Return the entries of a rule, as they are numbered."""
    return tuple(entry for entry in reference.restricted if entry.rule == rule)


def mark_name(what: str, rule: str, page: int) -> str:
    """Return the name of the column that says which of 48 entries a need names."""
    return f"{what}:{rule}:{page}"


def first_of(roll: Roll, sets: Sequence[Bits]) -> Callable[[int], Restricted | None]:
    """Return how to find the entry that a row is told of: the first of the first set that has one there."""

    def found(row: int) -> Restricted | None:
        return next((roll.entries[number] for bits in sets for number in bits.numbers(row)), None)

    return found
