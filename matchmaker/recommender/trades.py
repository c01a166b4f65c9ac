"""How near every two industries lie, and how well the phrases of parks answer each industry, as matrices.

Phrases are numbered. The first ones are the industries themselves, by which offers say whom they welcome; then come the
phrases of parks, as they are met. The last row of every matrix and -1 as a number stand for no industry and no phrase.
"""

from collections.abc import Mapping
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender import industry
from matchmaker.recommender.industry import CLASS, DIVISION, GROUP, PER_BREADTH, Neighbours, breadth
from matchmaker.recommender.likeness import Likeness, Phrase

Numbers = NDArray[np.float32]
Bools = NDArray[np.bool_]
Whole = NDArray[Any]

# Less is a chance likeness of one wide word, such as 装备制造, with nearly everything.
CHAIN_FIT = 0.45


class _Own(NamedTuple):
    """What is known of the phrases of parks: a row for each industry, a column for each phrase."""

    answers: Numbers
    names: Numbers  # the same without the supply chain
    supplies: Bools


class Trades:
    """The classification as a table of distances, and the phrases that stand for parts of it."""

    def __init__(self, industries: Mapping[str, str], terms: Mapping[str, tuple[str, ...]], neighbours: Neighbours):
        """Take the industries by code, what the phrases of parks stand for, and who supplies whom."""
        self._industries, self._terms, self._neighbours = industries, terms, neighbours
        self._codes = list(industries)
        self._at = {code: at for at, code in enumerate(self._codes)}
        self._phrases: dict[str, int] = {}
        self._texts: list[str] = []
        nothing = np.zeros((len(self._codes) + 1, 0), np.float32)
        self._own = _Own(nothing, nothing, nothing.astype(bool))
        self._places = np.zeros(0, np.int32)
        self._learning = Lock()

    def __len__(self) -> int:
        """Count the industries."""
        return len(self._codes)

    # --- Industries ---------------------------------------------------------------------------------------------

    @cached_property
    def nearness(self) -> Numbers:
        """Return how well the second industry, stated, answers the first, needed; from 0 to 1."""
        near = np.where(self.neighbouring[:-1, :-1], np.float32(industry.NEIGHBOUR), np.float32(0))
        is_division = np.array([len(code) == DIVISION for code in self._codes])
        same_division = self._share(DIVISION)
        near[same_division] = industry.SAME_DIVISION
        near[same_division & is_division] = industry.SAID_DIVISION
        near[self._share(GROUP)] = industry.SAME_GROUP
        near[self._share(CLASS)] = industry.SAME_CLASS
        return np.pad(near, ((0, 1), (0, 1)))

    @cached_property
    def _unconnected(self) -> Numbers:
        """Return the same without the supply chain."""
        related = np.pad(self._share(DIVISION), ((0, 1), (0, 1)))
        return np.where(related, self.nearness, np.float32(0))

    def _share(self, length: int) -> Bools:
        names = np.array([self._at_level(code, length) for code in self._codes])
        shared: Bools = (names[:, np.newaxis] == names) & (names >= 0)
        return shared

    def _at_level(self, code: str, length: int) -> int:
        if len(code) < length:
            return -1
        numbers: dict[str, int] = self._levels.setdefault(length, {})
        return numbers.setdefault(code[:length], len(numbers))

    @cached_property
    def _levels(self) -> dict[int, dict[str, int]]:
        return {}

    @cached_property
    def neighbouring(self) -> Bools:
        """Say of every two industries whether their groups supply each other."""
        found = np.zeros((len(self._codes) + 1, len(self._codes) + 1), bool)
        of_group: dict[str, list[int]] = {}
        for at, code in enumerate(self._codes):
            of_group.setdefault(code[:GROUP], []).append(at)
        for group, others in self._neighbours.items():
            for other in others:
                found[np.ix_(of_group.get(group, []), of_group.get(other, []))] = True
        return found

    @cached_property
    def _width(self) -> Numbers:
        """Return by how much an industry counts less, as a phrase, for covering much else."""
        return np.array([1 / (1 + PER_BREADTH * (breadth([code]) - 1)) for code in (*self._codes, "C0000")], np.float32)

    # --- Phrases ------------------------------------------------------------------------------------------------

    def number(self, text: str) -> int:
        """Return the number of a park's phrase."""
        known = self._phrases.get(text)
        if known is None:
            with self._learning:
                known = self._phrases.get(text)
                known = self._learn(text) if known is None else known
        return known

    def _learn(self, text: str) -> int:
        codes = self._terms.get(text, ())
        at = [self._at[code] for code in codes if code in self._at]
        share = np.float32(1 / (1 + PER_BREADTH * (breadth(codes) - 1)))
        own = _Own(
            self.nearness[:, at].max(axis=1, initial=0) * share,
            self._unconnected[:, at].max(axis=1, initial=0) * share,
            np.asarray(self.neighbouring[:, at].any(axis=1)),
        )
        self._own = _Own(*(np.column_stack((known, new)) for known, new in zip(self._own, own, strict=True)))
        number = len(self._codes) + len(self._phrases)
        self._texts.append(text)
        # Last, so that another thread never meets a number that has no column yet.
        self._phrases[text] = number
        return number

    def phrase(self, number: int, position: int) -> Phrase:
        """Return a phrase by its number, with its place in somebody's list."""
        if number < len(self._codes):
            code = self._codes[number]
            return Phrase(self.text(number), (code,), position)
        text = self.text(number)
        return Phrase(text, self._terms.get(text, ()), position)

    def text(self, number: int) -> str:
        """Return the words of a phrase: an industry is named by its group."""
        if number < len(self._codes):
            code = self._codes[number]
            return self._industries.get(code[:GROUP], code)
        return self._texts[number - len(self._codes)]

    def places(self, likeness: Likeness) -> Whole:
        """Return where each phrase stands among those whose meaning is known; the last is no phrase."""
        count = len(self._codes) + len(self._phrases)
        if len(self._places) <= count:
            places = likeness.learn([self.text(number) for number in range(count)])
            self._places = np.append(places, np.int32(0))
        return self._places

    def answers(self, industries: Whole, phrases: Whole) -> Numbers:
        """Return how well each phrase answers the industry beside it; the two broadcast against each other."""
        stated = np.minimum(phrases, len(self._codes))  # the last column belongs to no industry
        found = self.nearness[industries, stated] * self._width[stated]
        if self._phrases:
            own = self._own.answers[industries, np.maximum(phrases - len(self._codes), 0)]
            found = np.where(phrases >= len(self._codes), own, found)
        return np.asarray(found, np.float32)

    def names(self, industries: Whole, phrases: Whole) -> Numbers:
        """Return how well each park's phrase names the industry itself, too faint a likeness left out."""
        own = self._of_parks(self._own.names, industries, phrases)
        return np.where(own >= CHAIN_FIT, own, np.float32(0))

    def supplies(self, industries: Whole, phrases: Whole) -> Numbers:
        """Return 1 where what a park's phrase names supplies the industry beside it, or buys from it, and else 0."""
        return self._of_parks(self._own.supplies, industries, phrases).astype(np.float32)

    def _of_parks(self, matrix: NDArray[Any], industries: Whole, phrases: Whole) -> NDArray[Any]:
        at = phrases - len(self._codes)
        if not self._phrases:
            return np.zeros(np.broadcast_shapes(industries.shape, phrases.shape), matrix.dtype)
        return np.where(at >= 0, matrix[industries, np.maximum(at, 0)], matrix.dtype.type(0))
