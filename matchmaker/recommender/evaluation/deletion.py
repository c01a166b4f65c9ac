"""Take the facts away that sentences cite, and see whether the score moves as they say.

A reason says that a fact speaks for a pair, so without it the pair must be worth less. A gap says that a fact stands
between, so without it the pair must not be worth more: leaving something out is never rewarded.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from matchmaker.recommender.evaluation.without import is_stated, without
from matchmaker.recommender.facts import Item, ParkFacts, of_park
from matchmaker.recommender.judging import judge, side_of
from matchmaker.recommender.parts import Scored
from matchmaker.recommender.reasons import explain
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.texts import Side
from matchmaker.recommender.words import Sentence

SAMPLES, SEED = 1000, 20261124
# Who asks whom, and how often: premises are what most pairs are about.
PAIRINGS = (("need", "offer", 0.5), ("position", "talent", 0.3), ("need", "talent", 0.2))
SHOWN = 20
MORE = 1e-6


@dataclasses.dataclass(frozen=True, slots=True)
class Deleted:
    """One cited fact that was taken away, and what the pair was worth before and after."""

    asking: str
    answering: str
    sentence: Sentence
    field: str
    before: float
    after: float

    @property
    def holds(self) -> bool:
        """Say whether the score moved as the sentence says."""
        return self.after < self.before if self.sentence.kind == "reason" else self.after <= self.before + MORE

    def as_json(self) -> dict[str, Any]:
        """Return it as a report prints it."""
        return {
            "asking": self.asking,
            "answering": self.answering,
            "text": str(self.sentence),
            "kind": self.sentence.kind,
            "criterion": self.sentence.criterion,
            "field": self.field,
            "before": round(self.before, 4),
            "after": round(self.after, 4),
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Deletion:
    """What became of all samples; `absent` are reasons that cited what nobody states."""

    samples: tuple[Deleted, ...]
    absent: tuple[tuple[Sentence, str], ...]

    @property
    def share(self) -> float:
        """Return the share of the samples in which the score moved as the sentence says."""
        return sum(sample.holds for sample in self.samples) / len(self.samples) if self.samples else 1.0

    @property
    def failures(self) -> list[Deleted]:
        """Return the samples in which it didn't."""
        return [sample for sample in self.samples if not sample.holds]

    def as_json(self) -> dict[str, Any]:
        """Return the figures, and a few of the failures to look at."""
        return {
            "samples": len(self.samples),
            "share": round(self.share, 4),
            "absent": len(self.absent),
            "failures": [failure.as_json() for failure in self.failures[:20]],
        }


def deletion(
    items: Mapping[str, Sequence[Item]],
    reference: Reference,
    parks: Mapping[str, ParkFacts],
    day: dt.date,
    samples: int = SAMPLES,
    seed: int = SEED,
) -> Deletion:
    """Take cited facts away from pairs among the best of a market, given by kind of posting."""
    rng = np.random.default_rng(seed)
    market = {**items, "offer": [*items.get("offer", ()), *map(of_park, parks.values())]}
    sides = {kind: side_of(some, reference) for kind, some in market.items() if some}
    found: list[Deleted] = []
    absent: list[tuple[Sentence, str]] = []
    known = [pairing for pairing in PAIRINGS if market.get(pairing[0]) and market.get(pairing[1])]
    shares = np.array([share for _, _, share in known])
    for _ in range(20 * samples):
        if len(found) >= samples or not known:
            break
        asks, answers, _ = known[int(rng.choice(len(known), p=shares / shares.sum()))]
        at = int(rng.integers(len(market[asks])))
        asking = market[asks][at]
        judged = judge(sides[asks].take(np.array([at])), sides[answers], reference, parks, day, {})
        best = np.argsort(-judged.scores.score, kind="stable")[:SHOWN]
        row = int(best[int(rng.integers(len(best)))])
        answering = market[answers][row]
        scored = judged.scored(row)
        said = explain(asking, answering, scored, judged.gates(row), reference, parks, day)
        absent += [
            (sentence, field)
            for sentence in said.reasons
            for field in sentence.fields
            if not is_stated(field, asking, answering, parks)
        ]
        cited = list(_cited([*said.reasons, *said.gaps], asking, answering, parks))
        if not cited:
            continue
        # A sentence first: one that rests on ten facts is no more often looked at than another.
        sentence, fields = cited[int(rng.integers(len(cited)))]
        field = fields[int(rng.integers(len(fields)))]
        after = _scored(*without(field, asking, answering, reference, parks), day)
        found.append(Deleted(asking.id, answering.id, sentence, field, scored.score, after.score))
    return Deletion(tuple(found), tuple(absent))


def _cited(
    sentences: Sequence[Sentence], asking: Item, answering: Item, parks: Mapping[str, ParkFacts]
) -> Iterator[tuple[Sentence, list[str]]]:
    """Yield what sentences that speak of the score cite; what nobody states can't be taken away."""
    for sentence in sentences:
        stated = [field for field in sentence.fields if is_stated(field, asking, answering, parks)]
        if stated and sentence.kind != "fact":
            yield sentence, stated


def _scored(
    asking: Item, answering: Item, reference: Reference, parks: Mapping[str, ParkFacts], day: dt.date
) -> Scored:
    sides: list[Side] = [side_of([item], reference) for item in (asking, answering)]
    return judge(sides[0], sides[1], reference, parks, day, {}).scored(0)
