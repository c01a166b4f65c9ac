"""How good some lists are, measured by what their pairs are truly worth, and how sure that is.

Lists are rows of numbers of candidates, the best first and padded with -1. A figure is a mean over lists, with the
interval that holds nine in ten of the figures of as many lists drawn again.
"""

import dataclasses
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Lists = NDArray[np.intp]
Bools = NDArray[np.bool_]

TOP, RECALLED, LISTED = 10, 20, 50
RESAMPLES = 1000
INTERVAL = (5, 95)


@dataclasses.dataclass(frozen=True, slots=True)
class Figure:
    """A number with the interval that holds nine in ten of its kind; None where there is nothing to measure."""

    value: float | None
    low: float | None
    high: float | None

    def as_json(self) -> dict[str, float | None]:
        """Return the three numbers as they are kept."""
        return {
            name: None if number is None else round(float(number), 4)
            for name, number in dataclasses.asdict(self).items()
        }


NOTHING = Figure(None, None, None)


def best(scores: Numbers, allowed: Bools, length: int = LISTED) -> Lists:
    """List for every row the columns with the highest scores, of those that are allowed; equals in their order."""
    shown = np.where(allowed, scores, -np.inf)
    order = np.argsort(-shown, axis=1, kind="stable")[:, :length]
    missing = ~np.take_along_axis(allowed, order, axis=1)
    order[missing] = -1
    return order


def gained(lists: Lists, worth: Numbers, top: int = TOP) -> Numbers:
    """Return for every list what its first few are worth, discounted by rank, of the most there could be.

    That is nDCG with the worth itself as gain. Where nothing is worth anything, there is nothing to find: NaN.
    """
    first = lists[:, :top]
    discount = 1 / np.log2(np.arange(first.shape[1]) + 2)
    got = (_of(worth, first) * discount).sum(axis=1)
    most = -np.sort(-worth, axis=1)[:, :top]
    ideal = (most * (1 / np.log2(np.arange(most.shape[1]) + 2))).sum(axis=1)
    return np.divide(got, ideal, out=np.full(len(lists), np.nan), where=ideal > 0)


def recalled(lists: Lists, worth: Numbers, wanted: int = TOP, top: int = RECALLED) -> Numbers:
    """Return for every list how many of the truly best stand among its first; NaN where nothing is worth anything."""
    truly = np.argsort(-worth, axis=1, kind="stable")[:, :wanted]
    is_one = np.take_along_axis(worth, truly, axis=1) > 0
    found = (truly[:, :, np.newaxis] == lists[:, np.newaxis, :top]).any(axis=2) & is_one
    number = is_one.sum(axis=1)
    return np.divide(found.sum(axis=1), number, out=np.full(len(lists), np.nan), where=number > 0)


def shown(lists: Lists, candidates: int, top: int = TOP) -> Numbers:
    """Return the chance that whoever reads a list decides for each candidate: one decision a list, by rank."""
    first = lists[:, :top]
    weight = np.where(first >= 0, 1 / np.log2(np.arange(first.shape[1]) + 2), 0.0)
    total = weight.sum(axis=1, keepdims=True)
    sent = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    found = np.zeros((len(lists), candidates))
    rows = np.broadcast_to(np.arange(len(lists))[:, np.newaxis], first.shape)
    np.add.at(found, (rows[first >= 0], first[first >= 0]), sent[first >= 0])
    return found


def gini(amounts: Numbers) -> float:
    """Return how unevenly amounts are spread: 0 where all have the same, towards 1 where one has everything."""
    total = amounts.sum()
    if not len(amounts) or total <= 0:
        return 0.0
    ranks = np.arange(1, len(amounts) + 1)
    return float((2 * ranks - len(amounts) - 1) @ np.sort(amounts) / (len(amounts) * total))


def congested(amounts: Numbers, capacities: Numbers) -> float:
    """Return the share of candidates that are expected to receive more than they can take."""
    return float((amounts > capacities + 1e-9).mean())


def mean(values: Numbers) -> Figure:
    """Return the mean of what could be measured."""
    known = values[~np.isnan(values)]
    if not len(known):
        return NOTHING
    return Figure(float(known.mean()), *_interval(known[_draws(len(known))].mean(axis=1)))


def over(rows: Numbers, measure: Callable[[Numbers], float]) -> Figure:
    """Measure the sum of some rows, such as the exposure by all lists together, and of rows drawn again.

    Lists that are drawn twice make every sum look more uneven than it is, so the interval is moved to the figure.
    """
    counted = np.zeros((RESAMPLES, len(rows)))
    draws = _draws(len(rows))
    np.add.at(counted, (np.arange(RESAMPLES)[:, np.newaxis], draws), 1.0)
    again = np.array([measure(sums) for sums in counted @ rows])
    value = measure(rows.sum(axis=0))
    low, high = _interval(again - again.mean())
    # Both measures are shares, so that neither end lies beyond 0 or 1.
    return Figure(value, max(0.0, value + low), min(1.0, value + high))


def gain(ours: Numbers, other: Numbers) -> Figure:
    """Return by which share the mean of one is above that of the other, the same rows drawn again for both."""
    both = ~np.isnan(ours) & ~np.isnan(other)
    ours, other = ours[both], other[both]
    if not len(ours) or not other.mean():
        return NOTHING
    draws = _draws(len(ours))
    again = ours[draws].mean(axis=1) / np.maximum(other[draws].mean(axis=1), 1e-9) - 1
    return Figure(float(ours.mean() / other.mean() - 1), *_interval(again))


def quantile(values: Numbers, share: float) -> Figure:
    """Return what so large a share of the values doesn't exceed."""
    if not len(values):
        return NOTHING
    again = np.quantile(values[_draws(len(values))], share, axis=1)
    return Figure(float(np.quantile(values, share)), *_interval(again))


def _of(worth: Numbers, lists: Lists) -> Numbers:
    found: Numbers = np.where(lists >= 0, np.take_along_axis(worth, np.maximum(lists, 0), axis=1), 0.0)
    return found


def _draws(number: int) -> Lists:
    return np.random.default_rng(20261124).integers(0, number, (RESAMPLES, number))


def _interval(again: Numbers) -> tuple[float, float]:
    low, high = np.percentile(again, INTERVAL)
    return float(low), float(high)
