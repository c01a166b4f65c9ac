"""Relations between numbered things, asked of columns: industries that hold each other, places that lie in each other.

Columns of numbers are padded with -1, which stands in no relation: the last row and column of a relation belong to it.
"""

import numpy as np
from numpy.typing import ArrayLike

from matchmaker.recommender.frame import Array, Bools


def meets(relation: Bools, left: Array, right: Array) -> Bools:
    """Say of every row whether any number of the left stands in the relation to any of the right.

    Where one side has one row, what stands in the relation to it is worked out once for all rows of the other.
    """
    left, right = _wide(left), _wide(right)
    if len(left) == 1:
        return any_of(relation[left[0]].any(axis=0), right)
    if len(right) == 1:
        return any_of(relation[:, right[0]].any(axis=1), left)
    found: Bools = np.zeros(len(left), bool)
    for one in _entries(left):
        for other in _entries(right):
            found |= relation[one, other]
    return found


def any_of(table: ArrayLike, numbers: Array) -> Bools:
    """Say of every row whether the table holds any of its numbers; the table's last entry stands for -1."""
    table, numbers = np.asarray(table), _wide(numbers)
    found: Bools = table.take(numbers[:, 0])
    for entry in _entries(numbers[:, 1:]):
        # Few rows have many numbers, so only those are looked up that have so many.
        rows = np.flatnonzero(entry >= 0)
        found[rows] |= table.take(entry[rows])
    return found


def _wide(numbers: Array) -> Array:
    return numbers[:, np.newaxis] if numbers.ndim == 1 else numbers


def _entries(numbers: Array) -> list[Array]:
    """Return the first, the second … numbers of all rows, as far as any row has so many."""
    return [numbers[:, at] for at in range(numbers.shape[1]) if (numbers[:, at] >= 0).any()]


def entry(table: Array, left: Array, right: Array) -> Array:
    """Return for every row the entry of a table at the left's number and the right's."""
    if len(right) == 1:
        return table[:, right[0]].take(left)
    if len(left) == 1:
        return table[left[0]].take(right)
    return table[left, right]
