"""What a score is made of: named parts of two sides as arrays over rows, and one row of them to be put into words."""

import dataclasses
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.likeness import Likenesses
from models.vocabulary import N_

Numbers = NDArray[np.float32]
Bools = NDArray[np.bool_]
SideName = Literal["asking", "answering"]

HIGH, MEDIUM = 0.75, 0.45
HIGH_RANKS = 10
# Too little of a pair is known to call it a good one, however well that little fits.
CERTAIN_ENOUGH = 0.35


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """Some parts that a person weighs together with one slider."""

    name: str
    label: str


# The sliders of either side of a pair of need and premises.
GROUPS: Mapping[SideName, tuple[Group, ...]] = {
    "asking": (
        Group("industry", N_("行业与产品")),
        Group("space", N_("场地与时间")),
        Group("price", N_("价格")),
        Group("utilities", N_("水电气与排放")),
        Group("travel", N_("交通与地点")),
        Group("people", N_("用工")),
        Group("policy", N_("政策与合作")),
    ),
    "answering": (
        Group("fit", N_("行业相合")),
        Group("chain", N_("补链延链")),
        Group("investment", N_("投资强度")),
        Group("tax", N_("亩均税收")),
        Group("jobs", N_("就业")),
        Group("energy", N_("能耗")),
        Group("certainty", N_("资料完整")),
    ),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One named part of one side, for all rows: how well it is met, from 0 to 1, and where that is known."""

    name: str
    label: str
    side: SideName
    group: str
    weight: float
    values: Numbers  # one for each row or entry, or a single one that holds for all
    known: Bools  # whether both sides state what it takes; unknown is worth nothing
    unit: str
    curve: str  # one sentence: how the value follows from the facts
    # What certainty counts by: parts of one topic stand for each other, and those of none are no matter of knowing.
    topic: str = ""
    # Which of the values each row takes, where many rows share them: those in one park.
    entry: NDArray[np.integer] | None = None

    @property
    def by_row(self) -> Numbers:
        """Return the values row by row, or a single one that holds for all."""
        return self.values if self.entry is None or len(self.values) == 1 else self.values[self.entry]

    def at(self, row: int) -> "Criterion":
        """Return the part of one row."""
        at = row if self.entry is None else int(self.entry[row])
        value = float(self.values[at if len(self.values) > 1 else 0])
        known = bool(self.known[at if len(self.known) > 1 else 0])
        return Criterion(self.name, self.label, self.side, self.group, value, self.weight, known, self.unit, self.curve)


@dataclasses.dataclass(frozen=True, slots=True)
class Criterion:
    """One part of one pair."""

    name: str
    label: str
    side: SideName
    group: str
    value: float
    weight: float
    known: bool = True
    unit: str = ""
    curve: str = ""

    @property
    def contribution(self) -> float:
        """Return what this part adds to the sum of its side; never less than nothing."""
        return self.value * self.weight


@dataclasses.dataclass(frozen=True, slots=True)
class Scored:
    """One pair: what it is worth to either side, how much of that is known, and the parts it is made of."""

    asking_side: float
    answering_side: float
    score: float
    certainty: float
    criteria: tuple[Criterion, ...]
    likenesses: Likenesses = dataclasses.field(default_factory=Likenesses)
    held: bool = False  # of another trade, or only near in trade, purpose or way, and so held below medium or high

    def part(self, name: str) -> Criterion | None:
        """Return a part by its name."""
        return next((criterion for criterion in self.criteria if criterion.name == name), None)

    def contribution(self, name: str) -> float:
        """Return what one part adds to its side."""
        part = self.part(name)
        return part.contribution if part else 0.0


@dataclasses.dataclass(frozen=True)
class Scores:
    """All rows at once. Rank by `order("asking")` for whoever asks, by `order("answering")` for whoever answers."""

    asking: Numbers
    answering: Numbers
    score: Numbers
    certainty: Numbers
    parts: tuple[Part, ...]
    held: Bools
    # Added to the order of whoever asks, and to no score: places that are preferred come before others.
    preferred: Numbers
    likenesses_of: Callable[[int], Likenesses]
    wish: float = 1.0  # how much a preferred place weighs, by whoever's sliders
    limited: Callable[[Numbers], Numbers] | None = None  # what holds the asking side back

    def order(self, side: SideName) -> Numbers:
        """Return what rows are ranked by for one side, the best highest: a wish about the place only orders."""
        return self.score + np.float32(self.wish) * self.preferred if side == "asking" else self.score

    def at(self, row: int) -> Scored:
        """Return one row with its parts; those that nobody asks for are left out."""
        return Scored(
            float(self.asking[row]),
            float(self.answering[row]),
            float(self.score[row]),
            float(self.certainty[row]),
            tuple(part.at(row) for part in self.parts),
            self.likenesses_of(row),
            bool(self.held[row if len(self.held) > 1 else 0]),
        )

    @cached_property
    def by_name(self) -> Mapping[str, Part]:
        """Return the parts by their names."""
        return {part.name: part for part in self.parts}


def harmonic(asking: Numbers, answering: Numbers) -> Numbers:
    """Return the harmonic mean: a pair is worth little where it is worth little to either."""
    total = asking + answering
    np.maximum(total, np.float32(1e-9), out=total)
    found: Numbers = asking * answering
    found *= 2
    found /= total
    return found


def band(score: float, certainty: float, rank: int) -> str:
    """Name the band: high is for the first ten only, as a long list of "high" helps nobody to choose."""
    if score >= HIGH and certainty >= CERTAIN_ENOUGH and rank <= HIGH_RANKS:
        return "high"
    return "medium" if score >= MEDIUM else "low"


def side_band(utility: float) -> str:
    """Name the band of what a pair is worth to one side alone."""
    return "high" if utility >= HIGH else "medium" if utility >= MEDIUM else "low"
