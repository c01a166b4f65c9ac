"""Chance for the synthetic market: the same seed, kind and number always draw the same."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")


class Dice:
    """The chance of one firm, park or text."""

    def __init__(self, *key: int) -> None:
        """Take what names the thing that is drawn; who is drawn before or after doesn't matter."""
        self.rng = np.random.default_rng(key)

    def chance(self, share: float) -> bool:
        """Say yes so often."""
        return bool(self.rng.random() < share)

    def between(self, low: float, high: float) -> float:
        """Draw evenly."""
        return float(self.rng.uniform(low, high))

    def normal(self, deviation: float = 1.0) -> float:
        """Draw around zero."""
        return float(self.rng.normal(0.0, deviation))

    def about(self, middle: float, spread: float) -> float:
        """Draw around the middle by factors, as sizes and prices are spread."""
        return float(middle * np.exp(self.rng.normal(0.0, spread)))

    def one(self, things: Sequence[T], shares: Sequence[float] | None = None) -> T:
        """Draw one thing; shares need not add up to anything."""
        if shares is None:
            return things[int(self.rng.integers(len(things)))]
        total = np.asarray(shares, dtype=float)
        return things[int(self.rng.choice(len(things), p=total / total.sum()))]

    def some(self, things: Sequence[T], least: int, most: int) -> list[T]:
        """Draw some different things, in any order."""
        number = min(len(things), int(self.rng.integers(least, most + 1)))
        return [things[int(at)] for at in self.rng.permutation(len(things))[:number]]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """Return the things in any order."""
        return self.some(things, len(things), len(things))


def rounded(value: float, step: float) -> float:
    """Round as people do who fill in a form."""
    return round(max(step, round(value / step) * step), 4)


def moment(day: dt.date, days_ago: int) -> dt.datetime:
    """Return a morning some days ago."""
    return dt.datetime.combine(day - dt.timedelta(days=days_ago), dt.time(9), dt.UTC)


class Form:
    """Chance for how completely a form is filled in: who is serious leaves less out."""

    def __init__(self, dice: Dice, care: float) -> None:
        self.dice, self._care = dice, care

    def leaves_out(self, usual: float) -> bool:
        """Say whether a field stays empty that people usually leave out so often."""
        return self.dice.chance(min(0.95, usual * (1.7 - self._care)))

    def kept(self, facts: Mapping[str, tuple[float, Any]]) -> dict[str, Any]:
        """Keep what is filled in, of values with how often they are left out."""
        return {
            name: value for name, (usual, value) in facts.items() if not self.leaves_out(usual) and value is not None
        }
