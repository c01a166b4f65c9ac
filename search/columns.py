"""Hold what documents are filtered, counted and ranked by in memory, column by column.

Documents are only ever appended: a changed one gets a new position and its old one is dead. So a search works on a
`Snapshot`, the columns up to some length and the positions alive at that moment, while other threads append. What
grows is copied only when it outgrows its room.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine import MAX_ID, UNSTATED, Range
from search.index_rows import Row

Mask = NDArray[np.bool_]
AUDIENCE = "audience"  # filtered like a facet, but never by the visitor
FIRST_ROOM = 1024


class Growing:
    """An array that doubles its room when it is full; what was handed out before stays as it is."""

    def __init__(self, dtype: Any, width: int = 0, fill: Any = 0) -> None:
        self.fill = fill
        self.length = 0
        self.array: NDArray[Any] = np.full((FIRST_ROOM, width) if width else FIRST_ROOM, fill, dtype)

    def append(self, value: Any) -> None:
        """Add one value at the end."""
        self.reserve(self.length + 1)
        self.array[self.length] = value
        self.length += 1

    def reserve(self, length: int) -> None:
        """Make room for so many values."""
        if length > len(self.array):
            room = max(length, 2 * len(self.array))
            grown = np.full((room, *self.array.shape[1:]), self.fill, self.array.dtype)
            grown[: self.length] = self.array[: self.length]
            self.array = grown

    def upto(self, length: int) -> NDArray[Any]:
        """Return the first values, with the fill in place of those that were never written."""
        self.reserve(length)
        return self.array[:length]


class Facet:
    """All values of one facet: pairs of a document's position and the number of a value."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self.numbers: dict[str, int] = {}
        self.owner = Growing(np.int32)
        self.value = Growing(np.int32)

    def append(self, position: int, values: Iterable[str]) -> None:
        """Note a document's values."""
        for value in dict.fromkeys(values):
            number = self.numbers.get(value)
            if number is None:
                self.values.append(value)
                number = self.numbers[value] = len(self.values) - 1
            self.owner.append(position)
            self.value.append(number)


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet as it was at one moment."""

    values: list[str]
    numbers: Mapping[str, int]
    owner: NDArray[np.int32]
    value: NDArray[np.int32]

    def having(self, wanted: Iterable[str], length: int) -> Mask:
        """Tell which documents have one of the values; the empty value stands for having none."""
        found = np.zeros(length, bool)
        numbers = [self.numbers[value] for value in wanted if value in self.numbers]
        if len(numbers) == 1:
            found[self.owner[self.value == numbers[0]]] = True
        elif numbers:
            chosen = np.zeros(len(self.values), bool)
            chosen[numbers] = True
            # A value that was met after this moment has a number beyond those in the view.
            found[self.owner[chosen[self.value]]] = True
        if UNSTATED in wanted:
            stated = np.zeros(length, bool)
            stated[self.owner] = True
            found |= ~stated
        return found

    def counts(self, among: Mask) -> dict[str, int]:
        """Count the documents per value, the most frequent first."""
        counted = np.bincount(self.value[among[self.owner]], minlength=1)
        order = sorted(np.flatnonzero(counted), key=lambda number: (-counted[number], self.values[number]))
        return {self.values[number]: int(counted[number]) for number in order}


NO_FACET = FacetView([], {}, np.empty(0, np.int32), np.empty(0, np.int32))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All columns as they were at one moment."""

    length: int
    last_row: int
    alive: Mask
    ids: NDArray[np.str_]
    rows: NDArray[np.int64]
    versions: NDArray[np.int64]
    freshness: NDArray[np.float64]
    vectors: NDArray[np.float32]
    has_vector: Mask
    numbers: Mapping[str, NDArray[np.float64]]
    facets: Mapping[str, FacetView]
    positions: Mapping[str, int]
    remembered: dict[Any, Any] = field(default_factory=dict)  # what was computed for this moment and may be asked again

    @property
    def count(self) -> int:
        """Return the number of documents alive."""
        return len(self.positions)

    def facet(self, name: str) -> FacetView:
        """Return a facet, or one without values."""
        return self.facets.get(name, NO_FACET)

    def visible(self, audiences: Iterable[str]) -> Mask:
        """Tell which documents at least one of the audiences may see."""
        key = (AUDIENCE, *sorted(set(audiences)))
        if key not in self.remembered:
            self.remembered[key] = self.alive & self.facet(AUDIENCE).having(key[1:], self.length)
        found: Mask = self.remembered[key]
        return found

    def within(self, name: str, wanted: Range) -> Mask:
        """Tell which documents have a number inside a range."""
        column = self.numbers.get(name)
        if column is None:
            return np.full(self.length, wanted.include_unknown)
        low = -np.inf if wanted.low is None else wanted.low
        high = np.inf if wanted.high is None else wanted.high
        found: Mask = (column >= low) & (column <= high)
        return found | np.isnan(column) if wanted.include_unknown else found

    def number(self, name: str) -> NDArray[np.float64]:
        """Return a column of numbers, with NaN for what is unknown."""
        column = self.numbers.get(name)
        return np.full(self.length, np.nan) if column is None else column

    def only(self, ids: Iterable[str]) -> Mask:
        """Tell which documents have one of the ids."""
        found = np.zeros(self.length, bool)
        found[[self.positions[key] for key in ids if key in self.positions]] = True
        return found & self.alive

    def kinds(self) -> NDArray[np.int32]:
        """Return a number for each document's kind."""
        facet = self.facet("kind")
        kinds = np.full(self.length, -1, np.int32)
        kinds[facet.owner] = facet.value
        return kinds

    def at_rows(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.intp], Mask]:
        """Return the positions of the rows that are in this snapshot, and which of the rows these are."""
        places = np.searchsorted(self.rows, rows)
        places[places == self.length] = 0
        known = self.rows[places] == rows if self.length else np.zeros(len(rows), bool)
        return places[known], known


class Columns:
    """The columns that grow; only one thread at a time may add to them."""

    def __init__(self) -> None:
        self.last_row = 0
        self.dead = 0
        self.alive = Growing(np.bool_)
        self.ids = Growing(f"U{MAX_ID}", fill="")
        self.rows = Growing(np.int64)
        self.versions = Growing(np.int64)
        self.freshness = Growing(np.float64)
        self.vectors: Growing | None = None
        self.has_vector = Growing(np.bool_)
        self.numbers = defaultdict[str, Growing](lambda: Growing(np.float64, fill=np.nan))
        self.facets = defaultdict[str, Facet](Facet)
        self.positions: dict[str, int] = {}

    @property
    def is_worn(self) -> bool:
        """Tell whether most positions are dead, so that starting anew saves time and memory."""
        return self.dead > FIRST_ROOM and self.dead > len(self.positions)

    def extend(self, rows: Iterable[Row]) -> Snapshot:
        """Take in rows that were written since, and return the state after them."""
        # The mask is copied because the snapshots before must go on seeing what is dead now.
        self.alive.array = self.alive.array.copy()
        for row in rows:
            self._append(row)
        return self._snapshot()

    def _append(self, row: Row) -> None:
        self.last_row = row.row
        old = self.positions.pop(row.id, None)
        if old is not None:
            self.alive.array[old] = False
            self.dead += 1
        if row.is_removed:
            return
        position = self.ids.length
        self.positions[row.id] = position
        for column, value in (
            (self.alive, True),
            (self.ids, row.id),
            (self.rows, row.row),
            (self.versions, row.version),
            (self.freshness, row.facts["freshness"]),
            (self.has_vector, row.vector is not None),
        ):
            column.append(value)
        if row.vector is not None:
            if self.vectors is None:
                self.vectors = Growing(np.float32, len(row.vector))
            self.vectors.reserve(position + 1)
            self.vectors.array[position] = row.vector
            self.vectors.length = position + 1
        for name, number in row.facts["numbers"].items():
            column = self.numbers[name]
            column.reserve(position + 1)
            column.array[position] = number
            column.length = position + 1
        self.facets[AUDIENCE].append(position, row.facts["audiences"])
        for name, values in row.facts["terms"].items():
            self.facets[name].append(position, values)

    def _snapshot(self) -> Snapshot:
        length = self.ids.length
        return Snapshot(
            length=length,
            last_row=self.last_row,
            alive=self.alive.upto(length),
            ids=self.ids.upto(length),
            rows=self.rows.upto(length),
            versions=self.versions.upto(length),
            freshness=self.freshness.upto(length),
            vectors=self.vectors.upto(length) if self.vectors else np.empty((length, 0), np.float32),
            has_vector=self.has_vector.upto(length),
            numbers={name: column.upto(length) for name, column in self.numbers.items()},
            facets={
                name: FacetView(
                    facet.values,
                    facet.numbers,
                    facet.owner.upto(facet.owner.length),
                    facet.value.upto(facet.value.length),
                )
                for name, facet in self.facets.items()
            },
            positions=dict(self.positions),
        )
