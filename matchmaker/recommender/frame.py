"""Many items of one side as columns, so that a condition or a criterion is asked of all of them at once.

Every described fact of the kind becomes one array whose first axis is the row. An unanswered number or day is NaN, an
unanswered word is -1, an unanswered list of words is the empty mask, and codes are padded with -1. A frame of one row
broadcasts against a frame of many, so gates and criteria are written once for both directions.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.facts import NEVER_READ, TABLES, Item
from matchmaker.recommender.reference import Reference
from models import Field, Shape, fields_of
from models.vocabulary import Answer, IncentiveType, ParkLevel, ParkType, ParkVerification, PortType, Term

Array = NDArray[Any]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NUMBERS = frozenset((Shape.NUMBER, Shape.COUNT, Shape.YEAR, Shape.DATE))
WORDS = frozenset((Shape.TERM, Shape.ANSWER))
TEXTS = frozenset((Shape.TEXT, Shape.TEXTS))
PARK_WORDS: Mapping[str, type[Term]] = {
    "park_level": ParkLevel,
    "park_type": ParkType,
    "park_chemical_status": Answer,
    "park_verification": ParkVerification,
}
FIRST_ROOM = 16
AUDIENCES = ("public", "members")

# What a kind's rows carry beside their facts: derived once when a row is written, from its texts and the reference.
Mark = Callable[[Item, Reference], Mapping[str, float]]


class Frame:
    """Rows of needs, of premises (offers and parks of the directory), of talents or of positions."""

    def __init__(self, kind: str, reference: Reference, mark: Mark | None = None) -> None:
        """Start without rows; `mark` derives further numeric columns from each item."""
        self.kind, self.reference = kind, reference
        self._mark = mark
        # What may never move a match has no column at all, whoever wrote the item.
        self._fields: dict[str, Field] = {
            name: field for name, field in fields_of(TABLES[kind]).items() if name not in NEVER_READ
        }
        self._columns: dict[str, Array] = {}
        self._length = 0
        # The parks that rows stand in, in the order that they were met in; the column `park` counts in it.
        self.park_codes: list[str] = []

    @classmethod
    def of(cls, kind: str, items: Sequence[Item], reference: Reference, mark: Mark | None = None) -> Self:
        """Write some items into a frame of their own, in their order."""
        frame = cls(kind, reference, mark)
        for item in items:
            frame.append(item)
        return frame

    def __len__(self) -> int:
        """Count the rows."""
        return self._length

    def append(self, item: Item) -> int:
        """Add a row and return its number."""
        self._length += 1
        self.write(self._length - 1, item)
        return self._length - 1

    def write(self, row: int, item: Item) -> None:
        """Write all that a row says, in place of what it said before."""
        for name, value, empty, dtype in self._cells(item):
            # A new column starts empty for the rows before it, so order of writing doesn't matter.
            column = self._room(name, value, empty, dtype)
            column[row] = empty
            if isinstance(value, np.ndarray):
                column[row, : len(value)] = value
            else:
                column[row] = value

    def _room(self, name: str, value: Any, empty: Any, dtype: Any) -> Array:
        """Return the whole column, widened and lengthened so that the value fits into the last row."""
        width = len(value) if isinstance(value, np.ndarray) else None
        column = self._columns.get(name)
        if column is None:
            shape = (FIRST_ROOM,) if width is None else (FIRST_ROOM, max(width, 1))
            column = self._columns[name] = np.full(shape, empty, dtype)
        rows, wide = column.shape[0], column.shape[1] if column.ndim == 2 else None
        if self._length > rows or (wide is not None and width is not None and width > wide):
            taller = rows if self._length <= rows else max(2 * rows, self._length)
            grown = np.full((taller,) if wide is None else (taller, max(wide, width or 0)), empty, column.dtype)
            if wide is None:
                grown[:rows] = column
            else:
                grown[:rows, :wide] = column
            column = self._columns[name] = grown
        return column

    def _cells(self, item: Item) -> Iterator[tuple[str, Any, Any, Any]]:
        """Yield name, value, empty value and type of every cell of an item."""
        for name, field in self._fields.items():
            value = item.get(name)
            if field.shape in NUMBERS:
                yield name, np.nan if value is None else _number(value), np.nan, np.float64
            elif field.shape in WORDS:
                yield name, _place_in(field.vocabulary, value), -1, np.int8
            elif field.shape is Shape.TERMS:
                yield name, mask_of(field.vocabulary, value or ()), 0, np.uint32
            elif field.shape is Shape.COUNTS:
                yield name, _counts(field.vocabulary, value or {}), 0, np.int32
            elif field.shape is Shape.INDUSTRIES:
                yield name, self._codes(value or (), self.reference.industry_at), -1, np.int16
            elif field.shape is Shape.REGIONS:
                yield name, self._codes(value or (), self.reference.place_at), -1, np.int16
            elif field.shape is Shape.REGION:
                yield name, self.reference.place_at.get(value or "", -1), -1, np.int16
            elif field.shape in TEXTS:
                yield name, bool(value), False, np.bool_
        yield from self._meta_cells(item)
        if self.kind == "offer":
            yield from self._park_cells(item)
        if self._mark is not None:
            for name, value in self._mark(item, self.reference).items():
                yield name, value, np.nan, np.float64

    def _meta_cells(self, item: Item) -> Iterator[tuple[str, Any, Any, Any]]:
        yield "posting_id", -1 if item.posting_id is None else item.posting_id, -1, np.int64
        yield "organisation_id", -1 if item.organisation_id is None else item.organisation_id, -1, np.int64
        yield "owner_id", -1 if item.owner_id is None else item.owner_id, -1, np.int64
        yield "version", item.version, 0, np.int64
        yield "audience", AUDIENCES.index(item.audience), 0, np.int8
        yield "is_sample", item.is_sample, False, np.bool_
        yield "published_on", np.nan if item.published_on is None else item.published_on.toordinal(), np.nan, np.float64
        yield "expires_on", np.nan if item.expires_on is None else item.expires_on.toordinal(), np.nan, np.float64

    def _park_cells(self, item: Item) -> Iterator[tuple[str, Any, Any, Any]]:
        park = item.park
        yield "is_park", item.kind == "park", False, np.bool_
        yield "park", self._park_at(park.code) if park else -1, -1, np.int16
        yield "county", self.reference.place_at.get(park.county_code, -1) if park else -1, -1, np.int16
        yield "prefecture", self.reference.place_at.get(park.prefecture_code, -1) if park else -1, -1, np.int16
        for name, vocabulary in PARK_WORDS.items():
            value = getattr(park, name.removeprefix("park_")) if park else None
            yield name, _place_in(vocabulary, value), -1, np.int8
        yield "park_customs", mask_of(PortType, (park.customs_facilities or ()) if park else ()), 0, np.uint32
        yield "park_is_enclave", bool(park and park.is_enclave), False, np.bool_
        yield "promised", mask_of(IncentiveType, {promise.type for promise in item.promises}), 0, np.uint32

    def _park_at(self, code: str) -> int:
        if code not in self.park_codes:
            self.park_codes.append(code)
        return self.park_codes.index(code)

    @staticmethod
    def _codes(codes: Iterable[str], at: Mapping[str, int]) -> Array:
        return np.array([at[code] for code in codes if code in at], np.int16)

    # --- Reading ------------------------------------------------------------------------------------------------

    def __getitem__(self, name: str) -> Array:
        """Return a column as it is stored, one entry per row; `KeyError` for a name that the kind has not."""
        if not self._length:
            raise KeyError(name)
        return self._columns[name][: self._length]

    def number(self, name: str) -> Floats:
        """Return numbers in the unit of their field, days as ordinals; NaN where nobody answered."""
        return self[name]

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
            return (column[:, 0] > 0) | (column > 0).any(axis=1) if column.dtype == np.int32 else column[:, 0] >= 0
        return column >= 0

    def is_(self, name: str, *words: Term) -> Bools:
        """Say which rows answered with one of these words of a vocabulary."""
        column = self[name]
        found: Bools = np.zeros(len(column), bool)
        for word in words:
            found |= column == _place_in(type(word), word)
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
        taken = Frame(self.kind, self.reference, self._mark)
        taken.park_codes = self.park_codes
        taken._length = len(rows)
        taken._columns = {name: column[: self._length][rows] for name, column in self._columns.items()}
        return taken

    @property
    def columns(self) -> Mapping[str, Array]:
        """Return every column by name, as views that may be written to."""
        return {name: column[: self._length] for name, column in self._columns.items()}

    @property
    def nbytes(self) -> int:
        """Return the memory that the columns take."""
        return sum(column.nbytes for column in self._columns.values())


def _number(value: Any) -> float:
    return float(value.toordinal()) if hasattr(value, "toordinal") else float(value)


def _place_in(vocabulary: type[Term] | None, value: Any) -> int:
    return -1 if value is None or vocabulary is None else positions(vocabulary)[value]


@cache
def positions(vocabulary: type[Term]) -> dict[str, int]:
    """Return where each word stands in its vocabulary."""
    return {word.value: at for at, word in enumerate(vocabulary)}


def mask_of(vocabulary: type[Term] | None, values: Iterable[str]) -> int:
    """Return the words of a vocabulary as bits, in the order of the vocabulary."""
    if vocabulary is None:
        return 0
    order = positions(vocabulary)
    return sum(1 << order[word] for word in set(values) if word in order)


def words_of(vocabulary: type[Term], mask: int) -> list[str]:
    """Return the words that a mask holds, in the order of the vocabulary."""
    return [word.value for at, word in enumerate(vocabulary) if int(mask) >> at & 1]


def _counts(vocabulary: type[Term] | None, value: Mapping[str, int]) -> Array:
    assert vocabulary is not None
    return np.array([value.get(word.value, 0) for word in vocabulary], np.int32)
