"""The phrases by which premises say what they are for, and how near the best of them lies to what a need is about.

Whichever side stands alone is worked out once: one need against all phrases there are, or one list of phrases against
all industries there are. What remains for each row is looking up.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.facts import ParkFacts
from matchmaker.recommender.frame import Array, Frame
from matchmaker.recommender.industry import PER_POSITION, SECOND_CODE
from matchmaker.recommender.likeness import Likeness, Numbers
from matchmaker.recommender.trades import Trades, Whole

# How near a phrase lies to an industry; both are given by their numbers and broadcast against each other.
Relation = Callable[[Whole, Whole], Numbers]

UNHEARD = np.float32(-np.inf)


class Lists:
    """For every row of premises, the phrases they are for: those of their park, or the industries they welcome."""

    def __init__(
        self, premises: Frame, parks: Mapping[str, ParkFacts], trades: Trades, welcomed: Array | None = None
    ) -> None:
        """Take the parks' phrases; with what offers welcome, those stand for the offers, and not the park's own."""
        self._trades = trades
        self._of_parks = _of_parks(premises.park_codes, parks, trades)
        self._park = premises["park"]
        self._welcomed = welcomed
        self._is_park = premises["is_park"]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._park)

    def of_row(self, row: int) -> list[int]:
        """Return the phrases of one row, by their numbers and in their order."""
        own = self._of_parks[self._park[row]]
        if self._welcomed is not None and not self._is_park[row]:
            own = self._welcomed[row]
        return [int(number) for number in own if number >= 0]

    @property
    def matrix(self) -> NDArray[np.int32]:
        """Return the phrases of every row, padded with -1."""
        listed = self._of_parks[self._park]
        if self._welcomed is None:
            return listed
        width = max(listed.shape[1], self._welcomed.shape[1])
        padded = [
            np.pad(one, ((0, 0), (0, width - one.shape[1])), constant_values=-1)
            for one in (listed, self._welcomed.astype(np.int32))
        ]
        return np.where(self._is_park[:, np.newaxis], padded[0], padded[1])

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
        shares = np.array([_share(at, 0, by_position) for at in range(len(own))], np.float32)
        if not len(own):
            return np.zeros(1, np.float32)
        near = relation(own[:, np.newaxis, np.newaxis], self._of_parks) * shares[:, np.newaxis, np.newaxis]
        of_parks = (near.max(axis=0) * _positions(near.shape[2], by_position)).max(axis=1, initial=0)
        found = of_parks[self._park]
        if self._welcomed is not None:
            industries = np.arange(len(self._trades))
            table = np.append((relation(own[:, np.newaxis], industries) * shares[:, np.newaxis]).max(axis=0), 0)
            found = np.where(self._is_park, found, _look_up(table, self._welcomed, by_position))
        return found.astype(np.float32)

    def _of_one_list(self, codes: Array, relation: Relation, by_position: bool) -> Numbers:
        own = np.array(self.of_row(0), np.int32)
        if not len(own):
            return np.zeros(1, np.float32)
        near = relation(np.arange(len(self._trades))[:, np.newaxis], own) * _positions(len(own), by_position)
        table = np.append(near.max(axis=1), np.float32(0))
        found = table[codes[:, 0]]
        for at, column in enumerate(codes.T[1:], 1):
            rows = np.flatnonzero(column >= 0)
            found[rows] = np.maximum(found[rows], table[column[rows]] * np.float32(_share(at, 0, by_position)))
        return found

    # --- Meanings -----------------------------------------------------------------------------------------------

    def standing(self, vectors: Numbers, likeness: Likeness) -> Numbers:
        """Return for each row how far a need's meaning stands out from all others at the best phrase.

        Minus infinity stands where there is nothing to compare: no model, no description or no phrase.
        """
        if not vectors.shape[1]:
            return np.full(1, UNHEARD)
        places = self._trades.places(likeness)
        if len(vectors) == 1:
            table = np.append(likeness.standings(vectors)[0][places[:-1]], UNHEARD)
            found = table[self._of_parks].max(axis=1, initial=UNHEARD)[self._park]
            if self._welcomed is not None:
                found = np.where(self._is_park, found, _look_up(table, self._welcomed, False))
        elif len(self) == 1:
            own = self.of_row(0)
            near = likeness.standings(vectors, places[own]) if own else np.full((1, 1), UNHEARD)
            found = near.max(axis=1)
        else:
            found = np.full(len(vectors), UNHEARD)
            for phrases in self.matrix.T:
                near = likeness.pairwise(vectors, places[phrases])
                found = np.where(phrases >= 0, np.maximum(found, near), found)
        # A need that says nothing has no meaning to compare.
        return np.nan_to_num(found, nan=UNHEARD, neginf=UNHEARD).astype(np.float32)


def _of_parks(codes: Sequence[str], parks: Mapping[str, ParkFacts], trades: Trades) -> NDArray[np.int32]:
    """Return the phrases of each park of a frame; the last row stands for no park.

    An enclave that names none lives by those of the park that hosts it.
    """
    listed = []
    for code in codes:
        park = parks.get(code)
        host = parks.get(park.host_park_code or "") if park else None
        named = (park.leading_industries if park else ()) or (host.leading_industries if host else ())
        listed.append([trades.number(phrase) for phrase in named])
    found = np.full((len(codes) + 1, max(map(len, listed), default=0) or 1), -1, np.int32)
    for row, numbers in enumerate(listed):
        found[row, : len(numbers)] = numbers
    return found


def _look_up(table: Numbers, numbers: Array, by_position: bool) -> Numbers:
    """Return for each row the best entry of a table over industries; few rows have many of them."""
    # Phrases of parks stand between the industries and the last entry, which is that of -1.
    found = table[numbers[:, 0]]
    for position, column in enumerate(numbers.T[1:], 1):
        rows = np.flatnonzero(column >= 0)
        if len(rows):
            more = table[column[rows]] * np.float32(_share(0, position, by_position))
            found[rows] = np.maximum(found[rows], more)
    return found


def _share(at: int, position: int, by_position: bool) -> float:
    if not by_position:
        return 1.0
    return (1.0 if at == 0 else SECOND_CODE) * max(0.0, 1 - PER_POSITION * position)


def _positions(width: int, by_position: bool) -> Numbers:
    return np.array([_share(0, position, by_position) for position in range(width)], np.float32)
