"""The trades of the synthetic market: what they make, what making it takes, and how near two of them truly lie.

Nearness here is an angle between random directions that division, group, class and product add up to. It is the truth
that orders are measured against, so none of it comes from the code that is measured.
"""

import dataclasses
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

WORDS = Path(__file__).with_name("trades.yaml")
DIMENSIONS = 48
DIVISION, GROUP = 3, 4
# How much of a product's direction it shares with all of its division, its group, its class; the rest is its own.
SHARES = (0.28, 0.27, 0.2, 0.25)

Direction = NDArray[np.float64]


@dataclasses.dataclass(frozen=True, slots=True)
class Profile:
    """What a thousand square metres or a mu of a trade takes and brings; see the comment in the file."""

    invest: float
    tax: float
    hands: float
    kva: float
    water: float
    sewage: float
    tce: float
    gas: float
    land: float
    port: float
    height: float
    load: float


@dataclasses.dataclass(frozen=True, slots=True)
class Product:
    """One thing that a trade makes, in several words of each language."""

    code: str
    zh: tuple[str, ...]
    en: tuple[str, ...]

    @property
    def division(self) -> str:
        """Return the division of its class."""
        return self.code[:DIVISION]

    @property
    def group(self) -> str:
        """Return the group of its class."""
        return self.code[:GROUP]

    @property
    def direction(self) -> Direction:
        """Return where it truly lies among all products."""
        return _sum_of((self.division, self.group, self.code, f"{self.code} {self.en[0]}"), SHARES)


@dataclasses.dataclass(frozen=True, slots=True)
class Trade:
    """A class of the classification with its products."""

    code: str
    profile_name: str
    profile: Profile
    products: tuple[Product, ...]

    @property
    def direction(self) -> Direction:
        """Return where the trade as a whole lies."""
        return _sum_of((self.code[:DIVISION], self.code[:GROUP], self.code), SHARES[:3])


@cache
def trades() -> Mapping[str, Trade]:
    """Read the trades, by their class."""
    read = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    profiles = {name: Profile(**numbers) for name, numbers in read["profiles"].items()}
    return {
        code: Trade(
            code,
            entry["profile"],
            profiles[entry["profile"]],
            tuple(
                Product(code, tuple(zh.split("|")), tuple(en.split("|")))
                for zh, en in zip(entry["zh"], entry["en"], strict=True)
            ),
        )
        for code, entry in read["trades"].items()
    }


@cache
def _sum_of(keys: tuple[str, ...], shares: tuple[float, ...]) -> Direction:
    total = np.sum([np.sqrt(share) * _own(key) for key, share in zip(keys, shares, strict=True)], axis=0)
    direction: Direction = total / np.linalg.norm(total)
    return direction


@cache
def _own(key: str) -> Direction:
    seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8])
    drawn = np.random.default_rng(seed).normal(size=DIMENSIONS)
    direction: Direction = drawn / np.linalg.norm(drawn)
    return direction
