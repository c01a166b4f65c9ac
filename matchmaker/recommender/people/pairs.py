"""What the parts of people look at, and the curves that they share."""

import dataclasses
from collections.abc import Callable

import numpy as np

from matchmaker.recommender.criteria.curves import NOTHING, Values
from matchmaker.recommender.frame import Array, Bools, Floats, Frame
from matchmaker.recommender.reference import Reference

Named = tuple[str, Values]


@dataclasses.dataclass(frozen=True, slots=True)
class Pairs:
    """Positions or needs, and talents, row by row; either may be a single row against many."""

    asking: Frame
    talent: Frame
    reference: Reference

    def __len__(self) -> int:
        """Count the pairs."""
        return max(len(self.asking), len(self.talent)) if len(self.asking) and len(self.talent) else 0


def where(known: Bools, values: Callable[[], Array]) -> Values:
    """Work values out where both sides state what it takes; elsewhere they are nothing."""
    if not known.any():
        return NOTHING
    found = np.asarray(values())
    if not known.all():
        found = np.where(known, found, np.float32(0))
    return found.astype(np.float32, copy=False), known


def share(part: Array, whole: Array) -> Array:
    """Return how many of some words, kept as bits, are among others."""
    return np.bitwise_count(part) / np.maximum(np.bitwise_count(whole), 1).astype(np.float32)


def rising(own: Floats, asked: Floats, at_least: float, full_at: float) -> Array:
    """Rise from `at_least` where a number is just enough to 1 at `full_at` times of it; less is worth nothing."""
    with np.errstate(invalid="ignore", divide="ignore"):
        over = (own / asked - 1) * ((1 - at_least) / (full_at - 1)) + at_least
        return np.where(own >= asked, np.minimum(1, over), 0)


def early(ready: Floats, latest: Floats, days: float) -> Array:
    """Rise from 0.5 on the last day to 1 so many days before; later is worth nothing."""
    with np.errstate(invalid="ignore"):
        before = latest - ready
        return np.where(before >= 0, np.minimum(1, 0.5 + before * (0.5 / days)), 0)
