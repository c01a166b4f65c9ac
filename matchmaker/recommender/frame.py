"""Many items of one side as columns, so that a condition or a criterion is asked of all of them at once.

Every described fact of the kind becomes one array whose first axis is the row. An unanswered number or day is NaN, an
unanswered word is -1, an unanswered list of words is the empty mask, and codes are padded with -1. A frame of one row
broadcasts against a frame of many, so gates and criteria are written once for both directions.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.cells import (
    Array,
    Cells,
    Write,
    lists,
    mask_of,
    meta_cells,
    numbers,
    park_cells,
    positions,
    words_of,
    writer_of,
)
from matchmaker.recommender.facts import NEVER_READ, TABLES, Item
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.wordbook import Wordbook
from models import fields_of
from models.vocabulary import Answer, Term

__all__ = ["Array", "Bools", "Floats", "Frame", "Mark", "mask_of", "positions", "words_of"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

FIRST_ROOM = 16
# Texts that are compared with each other or printed; of all others only whether they are there.
SPOKEN = {
    "need": ("processes", "products", "heavy_metal_quota_source", "substitution_source"),
    "offer": ("price_source", "thresholds_source", "access_list_source", "county_list_source"),
    "talent": ("skills", "licences"),
    "position": ("skills", "licences_required"),
}

# What a kind's rows carry beside their facts: derived once when a row is written, from its texts and the reference.
Mark = Callable[[Item, Reference], Mapping[str, float]]


class Frame:
    """Rows of needs, of premises (offers and parks of the directory), of talents or of positions."""

    def __init__(self, kind: str, reference: Reference, mark: Mark | None = None) -> None:
        """Start without rows; `mark` derives further numeric columns from each item."""
        self.kind, self.reference = kind, reference
        # The parks that rows stand in, in the order that they were met in; the column `park` counts in it.
        self.park_codes: list[str] = []
        # The words of the texts that are compared; what `spoken` returns counts in it.
        self.wordbook = Wordbook()
        self._mark = mark
        self._writers = _writers(kind, reference)
        self._length = 0
        # What has several entries a row is kept with the row as its second axis: the first entries of all rows, the
        # second ones and so on, since most rows have few.
        self._columns: dict[str, Array] = {}
        self._spoken: dict[str, Array] = {}
        self._marks: tuple[str, ...] = ()

    @classmethod
    def of(cls, kind: str, items: Sequence[Item], reference: Reference, mark: Mark | None = None) -> Self:
        """Write some items into a frame of their own, in their order."""
        frame = cls(kind, reference, mark)
        frame.extend(items)
        return frame

    def __len__(self) -> int:
        """Count the rows."""
        return self._length

    # --- Writing ------------------------------------------------------------------------------------------------

    def append(self, item: Item) -> int:
        """Add a row and return its number."""
        self.extend([item])
        return self._length - 1

    def extend(self, items: Sequence[Item]) -> None:
        """Add rows."""
        start, self._length = self._length, self._length + len(items)
        self._put(slice(start, self._length), items)

    def write(self, row: int, item: Item) -> None:
        """Write all that a row says, in place of what it said before."""
        self._put(slice(row, row + 1), [item])

    def _put(self, rows: slice, items: Sequence[Item]) -> None:
        facts = [item.facts for item in items]
        for name, write in self._writers.items():
            self._set(self._columns, name, rows, write([known.get(name) for known in facts]))
        for name, cells in meta_cells(items).items():
            self._set(self._columns, name, rows, cells)
        if self.kind == "offer":
            for name, cells in park_cells(items, self.reference, self._park_at).items():
                self._set(self._columns, name, rows, cells)
        for name in SPOKEN.get(self.kind, ()):
            self._set(self._spoken, name, rows, self._numbered([known.get(name) for known in facts]))
        self._put_marks(rows, items)

    def _put_marks(self, rows: slice, items: Sequence[Item]) -> None:
        marks = [self._mark(item, self.reference) for item in items] if self._mark is not None else []
        # A mark that this row no longer has is written too, as missing.
        self._marks = tuple(dict.fromkeys((*self._marks, *(name for mark in marks for name in mark))))
        for name in self._marks:
            self._set(self._columns, name, rows, numbers([mark.get(name) for mark in marks]))

    def _numbered(self, values: Sequence[Any]) -> Cells:
        """Write words of the wordbook by their numbers, in the order that each row names them in."""
        said = [[value] if isinstance(value, str) and value else value or () for value in values]
        known = {word: self.wordbook.number(word) for word in dict.fromkeys(word for some in said for word in some)}
        return lists(said, known, np.int32)

    def _set(self, columns: dict[str, Array], name: str, rows: slice, cells: Cells) -> None:
        """Write cells into a column, which is made, widened or lengthened where they need it."""
        column, values = columns.get(name), cells.values
        wide = values.shape[:-1]
        if column is None:
            # A new column starts empty for the rows before it, so order of writing doesn't matter.
            column = columns[name] = np.full((*wide, max(FIRST_ROOM, self._length)), cells.empty, values.dtype)
        widest = tuple(map(max, wide, column.shape[:-1]))
        if self._length > column.shape[-1] or widest != column.shape[:-1]:
            room = column.shape[-1] if self._length <= column.shape[-1] else max(2 * column.shape[-1], self._length)
            grown = np.full((*widest, room), cells.empty, column.dtype)
            grown[(*(slice(width) for width in column.shape[:-1]), slice(column.shape[-1]))] = column
            column = columns[name] = grown
        if column.ndim == 2:
            column[len(values) :, rows] = cells.empty
            column[: len(values), rows] = values
        else:
            column[rows] = values

    def _park_at(self, code: str) -> int:
        if code not in self.park_codes:
            self.park_codes.append(code)
        return self.park_codes.index(code)

    # --- Reading ------------------------------------------------------------------------------------------------

    def __getitem__(self, name: str) -> Array:
        """Return a column as it is stored, one entry per row; `KeyError` for a name that the kind has not."""
        self._begin()
        return self._seen(self._columns[name])

    def _begin(self) -> None:
        """Give a frame that nobody has written to its columns, so that it can be asked like any other."""
        if not self._columns:
            self._put(slice(0, 0), [])

    def _seen(self, column: Array) -> Array:
        return column[..., : self._length].T

    def number(self, name: str) -> Floats:
        """Return numbers in the unit of their field, days as ordinals; NaN where nobody answered."""
        return self[name]

    def spoken(self, name: str) -> Array:
        """Return the numbers of the words that rows name in a text, in their order, padded with -1."""
        self._begin()
        return self._seen(self._spoken[name])

    def has(self, name: str) -> Bools:
        """Say which rows have answered; zero is an answer, an empty list is none."""
        column = self[name]
        if column.dtype == np.float64:
            return ~np.isnan(column)
        if column.dtype == np.bool_:
            return column
        if column.dtype == np.uint32:
            return column != 0
        if column.ndim == 2:
            return np.asarray((column > 0).any(axis=1)) if column.dtype == np.int32 else column[:, 0] >= 0
        return column >= 0

    def is_(self, name: str, *words: Term) -> Bools:
        """Say which rows answered with one of these words of a vocabulary."""
        column = self[name]
        found: Bools = np.zeros(len(column), bool)
        for word in words:
            found |= column == positions(type(word))[word]
        return found

    def yes(self, name: str) -> Bools:
        """Say which rows answered yes."""
        return self.is_(name, Answer.YES)

    def no(self, name: str) -> Bools:
        """Say which rows answered no."""
        return self.is_(name, Answer.NO)

    def id_of(self, row: int) -> str:
        """Return the id of a row's item, such as "offer:12" or "park:HN01001"."""
        if self.kind == "offer" and self["is_park"][row]:
            return f"park:{self.park_codes[int(self['park'][row])]}"
        number = int(self["posting_id"][row])
        return f"{self.kind}:{number if number >= 0 else '-'}"

    def take(self, rows: Array) -> "Frame":
        """Return some rows as a frame of their own, a row as often as it is named."""
        self._begin()
        taken = Frame(self.kind, self.reference, self._mark)
        taken.park_codes, taken.wordbook = self.park_codes, self.wordbook
        taken._length, taken._marks = len(rows), self._marks
        taken._columns = {name: column[..., : self._length][..., rows] for name, column in self._columns.items()}
        taken._spoken = {name: column[..., : self._length][..., rows] for name, column in self._spoken.items()}
        return taken

    def view(self) -> "Frame":
        """Return the frame as long as it is now; rows that are added later are not seen."""
        seen = copy.copy(self)
        seen._columns, seen._spoken = dict(self._columns), dict(self._spoken)
        return seen

    @property
    def columns(self) -> Mapping[str, Array]:
        """Return every column by name, as views that may be written to."""
        return {name: self._seen(column) for name, column in self._columns.items()}

    @property
    def nbytes(self) -> int:
        """Return the memory that the columns take."""
        return sum(column.nbytes for column in (*self._columns.values(), *self._spoken.values()))


def _writers(kind: str, reference: Reference) -> dict[str, Write]:
    # What may never move a match has no column at all, whoever wrote the item.
    fields = {name: field for name, field in fields_of(TABLES[kind]).items() if name not in NEVER_READ}
    writers = {name: writer_of(field, reference) for name, field in fields.items()}
    return {name: write for name, write in writers.items() if write is not None}
