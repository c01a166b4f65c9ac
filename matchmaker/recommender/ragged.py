"""Rows of different length in one array: which words each text holds."""

import copy
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Whole = NDArray[np.int32]

# A row is given room for a few entries more than it has, so that an edited text mostly fits into its place.
STEP = 4


class Ragged:
    """Rows of ascending whole numbers."""

    def __init__(self, limit: int) -> None:
        """Start without rows; every number is less than the limit."""
        # The limit itself fills what is left of a row, and counts for nothing.
        self._limit = limit
        self._starts = np.zeros(1, np.int64)
        self._entries = np.empty(0, np.int32)
        self._length = 0
        self._matrix: csr_matrix | None = None

    def __len__(self) -> int:
        """Count the rows."""
        return self._length

    def extend(self, rows: Sequence[Whole]) -> None:
        """Add rows."""
        rooms = np.array([_room(len(row)) for row in rows], np.int64)
        end = int(self._starts[self._length])
        starts = end + np.cumsum(rooms)
        self._starts = _long_enough(self._starts, self._length + 1 + len(rows))
        self._starts[self._length + 1 : self._length + 1 + len(rows)] = starts
        self._entries = _long_enough(self._entries, int(starts[-1]) if len(rows) else end)
        for row, values in enumerate(rows, self._length):
            self._fill(row, values)
        self._length += len(rows)
        self._matrix = None

    def write(self, row: int, values: Whole) -> None:
        """Write a row in place of what it was; one that has no room where it stands moves all that follow."""
        start, end = self._starts[row : row + 2]
        more = _room(len(values)) - int(end - start)
        if more > 0:
            filled = int(self._starts[self._length])
            self._entries = np.insert(self._entries[:filled], int(end), np.full(more, self._limit, np.int32))
            self._starts = self._starts.copy()
            self._starts[row + 1 : self._length + 1] += more
        self._fill(row, values)
        self._matrix = None

    def _fill(self, row: int, values: Whole) -> None:
        start, end = self._starts[row : row + 2]
        self._entries[start : start + len(values)] = values
        self._entries[start + len(values) : end] = self._limit

    def matrix(self, weights: NDArray[np.float32]) -> csr_matrix:
        """Return the rows as a sparse matrix that holds a weight for each entry."""
        if self._matrix is None:
            starts = self._starts[: self._length + 1]
            entries = self._entries[: int(starts[-1])]
            # What fills a row up stands in a last column with the weight nothing.
            weighed = np.append(weights, np.float32(0))[entries]
            shape = (self._length, self._limit + 1)
            self._matrix = csr_matrix((weighed, entries, starts.astype(np.int32)), shape, copy=False)
        return self._matrix

    def take(self, rows: NDArray[Any]) -> "Ragged":
        """Return some rows, a row as often as it is named."""
        taken = Ragged(self._limit)
        numbers = np.arange(self._length)[rows]
        taken.extend([self[int(row)] for row in numbers])
        return taken

    def __getitem__(self, row: int) -> Whole:
        """Return one row."""
        values = self._entries[self._starts[row] : self._starts[row + 1]]
        found: Whole = values[values < self._limit]
        return found

    def view(self) -> "Ragged":
        """Return the rows as many as they are now."""
        return copy.copy(self)

    @property
    def nbytes(self) -> int:
        """Return the memory that the rows take, with the weights of the matrix that is made of them."""
        made = 0 if self._matrix is None else self._matrix.data.nbytes
        return self._entries.nbytes + self._starts.nbytes + made


def _room(length: int) -> int:
    return -(-length // STEP) * STEP


def _long_enough(array: NDArray[Any], length: int) -> NDArray[Any]:
    if len(array) >= length:
        return array
    grown = np.zeros(max(length, len(array) + len(array) // 4), array.dtype)
    grown[: len(array)] = array
    return grown
