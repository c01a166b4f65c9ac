"""Spread what all lists together show, so that they don't send everybody to the same ten parks.

Whoever stands in a list is expected to receive a share of one decision, the larger the higher it stands. What is
expected to receive more than it can take in, or far more than others, gets a price that is taken off its place in
every order; scores, bands, gates and words stay as they are. Prices are found by raising them where too much is shown
and lowering them where there is room, as long as the lists lose at most a small part of what they are worth.
"""

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.frame import Array, Bools, Floats

TOP = 10
MOST_LOST = 0.02  # of the lists' nDCG
# What each share received may cost; of those whose lists lose little enough, the one that spreads most is taken.
COSTS = (0.6, 0.52, 0.48, 0.45, 0.42, 0.4, 0.38, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05, 0.02)
ROUNDS = 120
STEP = 0.03  # by which the price of what is over its capacity rises for every share too many


@dataclasses.dataclass(frozen=True, slots=True)
class Lists:
    """The best candidates of many subjects: a row each, of item numbers and of scores, the best first; -1 is none."""

    items: NDArray[np.int32]
    scores: NDArray[np.float32]
    count: int  # of all items that there are

    def shown(self, prices: Floats | None = None) -> NDArray[np.int32]:
        """Return the items of each list's top, after prices are taken off."""
        return np.take_along_axis(self.items, self._order(prices), axis=1)

    def worth(self, prices: Floats | None = None) -> float:
        """Return the mean nDCG of the tops, measured against the order without prices."""
        discounts = 1 / np.log2(np.arange(TOP) + 2)
        gains = np.where(self.items >= 0, self.scores, 0).astype(np.float64)
        best = np.sort(gains, axis=1)[:, ::-1][:, :TOP] @ discounts[: min(TOP, gains.shape[1])]
        found = np.take_along_axis(gains, self._order(prices), axis=1) @ discounts[: min(TOP, gains.shape[1])]
        return float((found / np.maximum(best, 1e-9)).mean()) if len(best) else 1.0

    def _order(self, prices: Floats | None) -> Array:
        keys = np.where(self.items >= 0, self.scores, -np.inf).astype(np.float64)
        if prices is not None:
            keys -= prices[np.maximum(self.items, 0)]
        return np.argsort(-keys, axis=1, kind="stable")[:, :TOP]


@dataclasses.dataclass(frozen=True, slots=True)
class Exposure:
    """Prices by item, and what they change: shares received before and after, their Gini, and what the lists lose."""

    prices: Floats
    before: Floats
    after: Floats
    capacity: Floats
    lost: float  # of nDCG

    @property
    def gini_before(self) -> float:
        """Return how unequally the shares were spread."""
        return gini(self.before)

    @property
    def gini_after(self) -> float:
        """Return how unequally the shares are spread with prices."""
        return gini(self.after)

    @property
    def over_before(self) -> int:
        """Count the items that would receive more than they can take in."""
        return int((self.before > self.capacity + 1e-9).sum())

    @property
    def over_after(self) -> int:
        """Count the items that still would."""
        return int((self.after > self.capacity + 1e-9).sum())


def spread(lists: Lists, capacity: Floats) -> Exposure:
    """Find prices that keep every item within its capacity, and spread the rest as far as the lists can bear.

    `capacity` is how many decisions an item can still take in; infinite where nobody has said. Lists that are all alike
    move together, so that some of them may not be kept within it; then as little as can be is left above.
    """
    before = shares(lists.shown(), lists.count)
    best = min((_priced(lists, capacity, cost) for cost in COSTS), key=lambda turn: turn.order)
    after = shares(lists.shown(best.prices), lists.count)
    return Exposure(best.prices, before, after, capacity, best.lost)


@dataclasses.dataclass(frozen=True, slots=True)
class _Turn:
    """Some prices, how unequal they leave the shares, what the lists lose by them, and what is above its capacity."""

    prices: Floats
    gini: float
    lost: float
    above: float

    @property
    def order(self) -> tuple[bool, bool, float, float]:
        # One that loses little goes before all that lose more.
        loses_much = self.lost > MOST_LOST
        return self.above > 0, loses_much, self.above, self.lost if loses_much else self.gini


def _priced(lists: Lists, capacity: Floats, cost: float) -> _Turn:
    """Let every share received cost so much, and return the best turn.

    What one turn shows makes the prices of the next, each turn with less weight, so that the lists come to rest.
    """
    bare, limited = max(lists.worth(), 1e-9), np.isfinite(capacity)
    room = np.where(limited, capacity, 0)
    shown, full = np.zeros(lists.count), np.zeros(lists.count)
    best: _Turn | None = None
    for number in range(ROUNDS):
        prices = shown + full
        received = shares(lists.shown(prices), lists.count)
        excess = np.where(limited, received - room, 0)
        above = float(excess[excess > 1e-9].sum())
        turn = _Turn(prices, gini(received), 1 - lists.worth(prices) / bare, above)
        best = turn if best is None or turn.order < best.order else best
        weight = 1 / (2 + number / 4)
        shown = (1 - weight) * shown + weight * cost * received
        full = np.maximum(0, full + STEP * excess)
    assert best is not None, "there is at least one round"
    return best


def shares(shown: NDArray[np.int32], count: int) -> Floats:
    """Return what each item is expected to receive: every list gives out one decision, more of it higher up."""
    discounts = 1 / np.log2(np.arange(shown.shape[1]) + 2)
    weights = np.where(shown >= 0, discounts, 0.0)
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    received: Floats = np.bincount(shown[shown >= 0], weights=weights[shown >= 0], minlength=count).astype(np.float64)
    return received


def gini(values: Floats) -> float:
    """Return the Gini coefficient of shares: 0 where all receive the same, 1 where one receives all."""
    ordered = np.sort(values)
    total = ordered.sum()
    if not len(ordered) or total <= 0:
        return 0.0
    ranks = np.arange(1, len(ordered) + 1)
    return float((2 * (ranks * ordered).sum() / (len(ordered) * total)) - (len(ordered) + 1) / len(ordered))


def by_prefecture(exposure: Exposure, prefectures: Sequence[str]) -> Mapping[str, tuple[float, float]]:
    """Sum the shares before and after by the prefecture of each item."""
    found: dict[str, tuple[float, float]] = {}
    for code, before, after in zip(prefectures, exposure.before, exposure.after, strict=True):
        known = found.get(code, (0.0, 0.0))
        found[code] = (known[0] + float(before), known[1] + float(after))
    return dict(sorted(found.items()))


def listed(keys: Floats, rows: Bools, most: int) -> NDArray[np.int64]:
    """Return the numbers of the best of some rows, the best first."""
    found = np.flatnonzero(rows)
    if len(found) > most:
        found = found[np.argpartition(-keys[found], most - 1)[:most]]
    return found[np.argsort(-keys[found], kind="stable")]
