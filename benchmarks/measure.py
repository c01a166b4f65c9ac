"""Time things, and say the middle and the slow end."""

import dataclasses
import time
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np


@dataclasses.dataclass(frozen=True)
class Times:
    """How long something took, in milliseconds."""

    p50: float
    p95: float
    count: int

    def __str__(self) -> str:
        """Print both."""
        return f"p50 {self.p50:.1f} ms, p95 {self.p95:.1f} ms (n={self.count})"


def times(work: Callable[[Any], object], inputs: Iterable[Any], warm_up: int = 2) -> Times:
    """Time the work on each input; the first few run twice, so that caches that always stand are filled."""
    inputs = list(inputs)
    for given in inputs[:warm_up]:
        work(given)
    return summary([once(work, given) for given in inputs])


def once(work: Callable[[Any], object], given: Any) -> float:
    """Time the work once, in milliseconds."""
    started = time.perf_counter()
    work(given)
    return (time.perf_counter() - started) * 1000


def summary(measured: list[float]) -> Times:
    """Return middle and slow end."""
    return Times(float(np.percentile(measured, 50)), float(np.percentile(measured, 95)), len(measured))
