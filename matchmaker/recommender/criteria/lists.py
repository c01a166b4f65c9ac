"""The phrases by which premises say what they are for, and how near the best of them lies to what a need is about.

Whichever side stands alone is worked out once: one need against all phrases there are, or one list of phrases against
all industries there are. What remains for each row is looking up.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.criteria.where import Where
from matchmaker.recommender.frame import Array
from matchmaker.recommender.industry import PER_POSITION, SECOND_CODE
from matchmaker.recommender.likeness import Likeness, Numbers
from matchmaker.recommender.trades import Trades, Whole

# How near a phrase lies to an industry; both are given by their numbers and broadcast against each other.
Relation = Callable[[Whole, Whole], Numbers]

UNHEARD = -np.inf


class Lists:
    """For every row of premises, the phrases they are for: those of their park, or the industries they welcome."""

    def __init__(self, where: Where, trades: Trades, welcomed: Array | None = None, is_park: Array | None = None):
        """Take the parks' phrases; with what offers welcome, those stand for the offers, and not the park's own.

        Without it there is one row for each entry of `where`.
        """
        self._trades, self._where = trades, where
        self._of_parks = where.phrases
        self._welcomed, self._is_park = welcomed, is_park

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._of_parks) if self._welcomed is None else len(self._welcomed)

    def of_row(self, row: int) -> list[int]:
        """Return the phrases of one row, by their numbers and in their order."""
        if self._welcomed is None or self._is_park is None or self._is_park[row]:
            entry = self._where.entry
            own: Array = self._of_parks[row if entry is None else entry[row]]
        else:
            own = self._welcomed[row]
        return [int(number) for number in own if number >= 0]

    @property
    def matrix(self) -> NDArray[np.int32]:
        """Return the phrases of every row, padded with -1."""
        if self._welcomed is None or self._is_park is None:
            return self._of_parks
        listed = self._of_parks if self._where.entry is None else self._of_parks[self._where.entry]
        width = max(listed.shape[1], self._welcomed.shape[1])
        padded = [
            np.pad(one, ((0, 0), (0, width - one.shape[1])), constant_values=-1)
            for one in (listed, self._welcomed.astype(np.int32))
        ]
        return np.where(self._is_park[:, np.newaxis], padded[0], padded[1])

    def _joined(self, of_parks: Numbers, of_offers: Callable[[Array], Numbers]) -> Numbers:
        """Return what holds for the parks' phrases, or for what offers welcome where that stands for them."""
        if self._welcomed is None or self._is_park is None:
            return of_parks
        found = of_offers(self._welcomed)
        parks = np.flatnonzero(self._is_park)
        entry = self._where.entry
        found[parks] = of_parks[parks if entry is None else entry[parks]]
        return found

    # --- Industries ---------------------------------------------------------------------------------------------

    def best(self, codes: Array, relation: Relation, *, by_position: bool = True) -> Numbers:
        """Return for each row how near the best phrase lies to the best of a need's industries.

        The first industry of a need is its main one, and what premises name late counts less.
        """
        if len(codes) == 1:
            return self._of_one_need(codes[0], relation, by_position)
        if len(self) == 1:
            return self._of_one_list(codes, relation, by_position)
        found = np.zeros(len(codes), np.float32)
        for position, phrases in enumerate(self.matrix.T):
            for at, own in enumerate(codes.T):
                np.maximum(found, relation(own, phrases) * _share(at, position, by_position), out=found)
        return found

    def _of_one_need(self, codes: Array, relation: Relation, by_position: bool) -> Numbers:
        own = codes[codes >= 0].astype(np.int32)
        if not len(own):
            return np.zeros(1, np.float32)
        shares = np.array([_share(at, 0, by_position) for at in range(len(own))], np.float32)
        near = relation(own[:, np.newaxis, np.newaxis], self._of_parks) * shares[:, np.newaxis, np.newaxis]
        of_parks = (near.max(axis=0) * _positions(near.shape[2], by_position)).max(axis=1, initial=0)

        def of_offers(welcomed: Array) -> Numbers:
            near = relation(own[:, np.newaxis], np.arange(len(self._trades))) * shares[:, np.newaxis]
            return look_up(np.append(near.max(axis=0), np.float32(0)), welcomed, by_position)

        return self._joined(of_parks.astype(np.float32), of_offers)

    def _of_one_list(self, codes: Array, relation: Relation, by_position: bool) -> Numbers:
        own = np.array(self.of_row(0), np.int32)
        if not len(own):
            return np.zeros(1, np.float32)
        near = relation(np.arange(len(self._trades))[:, np.newaxis], own) * _positions(len(own), by_position)
        return look_up(np.append(near.max(axis=1), np.float32(0)), codes, by_position, later=SECOND_CODE)

    # --- Meanings -----------------------------------------------------------------------------------------------

    def standing(self, vectors: Numbers, likeness: Likeness) -> Numbers:
        """Return for each row how far a need's meaning stands out from all others at the best phrase.

        Minus infinity stands where there is nothing to compare: no model, no description or no phrase.
        """
        if not vectors.shape[1]:
            return np.full(1, UNHEARD, np.float32)
        places = self._trades.places(likeness)
        if len(vectors) == 1:
            table = np.append(likeness.standings(vectors)[0][places[:-1]], np.float32(UNHEARD))
            of_parks = table[self._of_parks].max(axis=1, initial=UNHEARD)
            found = self._joined(of_parks, lambda welcomed: look_up(table, welcomed, False))
        elif len(self) == 1:
            own = self.of_row(0)
            found = likeness.nearest(vectors, places[own]) if own else np.full(1, UNHEARD, np.float32)
        else:
            found = np.full(len(vectors), UNHEARD, np.float32)
            for phrases in self.matrix.T:
                near = likeness.pairwise(vectors, places[phrases])
                found = np.where(phrases >= 0, np.maximum(found, near), found)
        # A need that says nothing has no meaning to compare.
        return np.nan_to_num(found, nan=UNHEARD, neginf=UNHEARD).astype(np.float32)


def look_up(table: Numbers, numbers: Array, by_position: bool, *, later: float = 1.0) -> Numbers:
    """Return for each row the best entry of a table; its last entry is that of -1, and few rows have many numbers."""
    found = table.take(numbers[:, 0])
    for position, column in enumerate(numbers.T[1:], 1):
        rows = np.flatnonzero(column >= 0)
        if len(rows):
            share = later if later < 1 and by_position else _share(0, position, by_position)
            found[rows] = np.maximum(found[rows], table.take(column[rows]) * np.float32(share))
    return found


def _share(at: int, position: int, by_position: bool) -> float:
    if not by_position:
        return 1.0
    return (1.0 if at == 0 else SECOND_CODE) * max(0.0, 1 - PER_POSITION * position)


def _positions(width: int, by_position: bool) -> Numbers:
    return np.array([_share(0, position, by_position) for position in range(width)], np.float32)
