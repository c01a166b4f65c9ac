"""Let our matching judge every pair of a synthetic market, step by step.

A run is a generator: it yields after each step how far it is, and returns what it found. So the command line can draw a
bar, and the worker can go back to its other work in between.
"""

import dataclasses
import datetime as dt
from collections.abc import Generator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.evaluation import orders
from matchmaker.recommender.evaluation.ground import Ground
from matchmaker.recommender.evaluation.synthetic import SyntheticMarket
from matchmaker.recommender.judging import Judged, judge, side_of
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.texts import Side, said_meaning

Numbers = NDArray[np.float64]
Bools = NDArray[np.bool_]
T = TypeVar("T")

# Texts that are embedded between two looks at the clock.
PORTION = 16


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """How far a run is."""

    done: int
    total: int
    what: str


Steps = Generator[Step, None, T]


@dataclasses.dataclass(frozen=True)
class Setting:
    """What a run measures with: the reference, a day, and what makes vectors, if there is a model."""

    reference: Reference
    day: dt.date
    embed: orders.Embed | None

    def judge(self, subject: Side, candidates: Side, market: SyntheticMarket) -> Judged:
        """Ask the matching itself."""
        return judge(subject, candidates, self.reference, market.parks, self.day, {})


@dataclasses.dataclass(frozen=True)
class Scoring:
    """The number that one order gives every pair: for the lists of needs, and for those of offers."""

    for_needs: Numbers
    for_offers: Numbers


@dataclasses.dataclass(frozen=True)
class Matched:
    """A market with what our matching makes of it."""

    market: SyntheticMarket
    needs: Side
    offers: Side
    allowed: Bools
    scores: Numbers
    ours: Scoring


def ground_of(reference: Reference, day: dt.date) -> Ground:
    """Take from the reference what a synthetic market stands on."""
    return Ground(
        day=day,
        counties={
            place.code: place.parent_code
            for place in reference.places.values()
            if place.level == "county" and place.parent_code
        },
        size={place.code: place.gdp_yi for place in reference.places.values() if place.gdp_yi},
        hours={pair: link.hours for pair, link in reference.rail.items() if link.hours is not None},
        place_names={place.code: place.short_name for place in reference.places.values()},
        industry_names=reference.industries,
        phrases=reference.terms,
        suppliers=reference.neighbours,
    )


def match_all(market: SyntheticMarket, setting: Setting) -> Steps[Matched]:
    """Let our matching gate and score every pair."""
    total = len(market.needs)
    texts = list(dict.fromkeys(said_meaning(need).strip() for need in market.needs))
    if setting.embed is not None:
        yield from embedded(texts, setting.embed, "texts")
    needs, offers = side_of(market.needs, setting.reference), side_of(market.offers, setting.reference)
    shape = (total, len(market.offers))
    allowed, scores, asking, answering = np.zeros(shape, bool), np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for row in range(total):
        judged = setting.judge(needs.take(np.array([row])), offers, market)
        allowed[row] = ~judged.failing
        scores[row] = judged.scores.score
        asking[row], answering[row] = judged.scores.order("asking"), judged.scores.order("answering")
        yield Step(row + 1, total, "matching")
    return Matched(market, needs, offers, allowed, scores, Scoring(asking, answering))


def embedded(texts: Sequence[str], embed: orders.Embed, what: str) -> Steps[NDArray[np.float32]]:
    """Embed texts in portions; those seen before come from the cache."""
    found = []
    for start in range(0, len(texts), PORTION):
        found.append(embed(texts[start : start + PORTION]))
        yield Step(min(start + PORTION, len(texts)), len(texts), what)
    return np.concatenate(found)
