"""How near every two industries lie, and how well the phrases of parks answer each industry, as matrices.

Phrases are numbered. The first ones are the industries themselves, by which offers say whom they welcome; then come the
phrases of parks, as they are met. The last row of every matrix and -1 as a number stand for no industry and no phrase.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender import industry
from matchmaker.recommender.industry import CLASS, DIVISION, GROUP, PER_BREADTH, Neighbours, breadth
from matchmaker.recommender.likeness import Phrase

Numbers = NDArray[np.float32]
Bools = NDArray[np.bool_]
Whole = NDArray[np.integer]

# Less is a chance likeness of one wide word, such as 装备制造, with nearly everything.
CHAIN_FIT = 0.45


class Trades:
    """The classification as a table of distances, and the phrases that stand for parts of it."""

    def __init__(self, industries: Mapping[str, str], terms: Mapping[str, tuple[str, ...]], neighbours: Neighbours):
        """Take the industries by code, what the phrases of parks stand for, and who supplies whom."""
        self._industries, self._terms, self._neighbours = industries, terms, neighbours
        self._codes = list(industries)
        self._at = {code: at for at, code in enumerate(self._codes)}
        self._phrases: dict[str, int] = {}
        self._columns: list[Numbers] = []  # how well each park's phrase answers every industry
        self._alone: list[Numbers] = []  # the same without the supply chain
        self._supplies: list[Bools] = []  # whether a park's phrase names who supplies an industry, or buys from it
        self._learning = Lock()

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
        best = self.nearness[:, at].max(axis=1, initial=0) * share
        self._columns.append(best)
        self._alone.append(self._unconnected[:, at].max(axis=1, initial=0) * share)
        self._supplies.append(self.neighbouring[:, at].any(axis=1))
        number = self._phrases[text] = len(self._codes) + len(self._phrases)
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
        return list(self._phrases)[number - len(self._codes)]

    def answers(self, industries: Whole, phrases: Whole) -> Numbers:
        """Return how well each phrase answers the industry beside it; the two broadcast against each other."""
        stated = np.minimum(phrases, len(self._codes))  # the last column belongs to no industry
        found = self.nearness[industries, stated] * self._width[stated]
        is_parks = phrases >= len(self._codes)
        if self._columns and np.any(is_parks):
            own = np.stack(self._columns, axis=1)
            found = np.where(is_parks, own[industries, np.maximum(phrases - len(self._codes), 0)], found)
        answered: Numbers = found
        return answered

    def to_industry(self, industry_number: int) -> Numbers:
        """Return how well every phrase answers one industry, in the order of their numbers; the last is no phrase."""
        own = np.array([column[industry_number] for column in self._columns], np.float32)
        near = self.nearness[industry_number] * self._width
        return np.concatenate((near[:-1], own, np.zeros(1, np.float32)))

    def of_phrase(self, number: int) -> Numbers:
        """Return how well one phrase answers every industry; the last is no industry."""
        if number >= len(self._codes):
            return self._columns[number - len(self._codes)]
        return self.nearness[:, number] * self._width[number]

    def links(self, phrases: Sequence[int]) -> Numbers:
        """Return how well the best of some parks' phrases names each industry itself, too faint a likeness left out."""
        own = [self._alone[number - len(self._codes)] for number in phrases]
        best = np.max(own, axis=0) if own else np.zeros(len(self._codes) + 1, np.float32)
        return np.where(best >= CHAIN_FIT, best, np.float32(0))

    def supplied(self, phrases: Sequence[int]) -> Bools:
        """Say which industries supply, or buy from, what some parks' phrases name."""
        own = [self._supplies[number - len(self._codes)] for number in phrases]
        found: Bools = np.any(own, axis=0) if own else np.zeros(len(self._codes) + 1, bool)
        return found
