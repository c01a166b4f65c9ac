"""What must not move the matching: other words for the same, and leaving something out."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.evaluation import metrics
from matchmaker.recommender.evaluation.deletion import deletion
from matchmaker.recommender.evaluation.drawing import Dice
from matchmaker.recommender.evaluation.matching import Matched, Setting, Step, Steps, embedded
from matchmaker.recommender.evaluation.metrics import Figure
from matchmaker.recommender.facts import Item
from matchmaker.recommender.judging import side_of
from matchmaker.recommender.texts import said_meaning

Numbers = NDArray[np.float64]

THIN = 11  # the kind of thing, in the key of its dice
POINTS = 100.0
REWORDED, THINNED_OFFERS, ASKED = 50, 100, 40
# A float of single precision has seven digits, so a sum of some dozen parts may differ in the last of them.
NOISE = 1e-5
NINE_IN_TEN = 1.645
# Facts are taken away on a part of the market, since both sides of each pair are laid out anew.
AT_ONCE, OF_NEEDS, OF_OFFERS = 25, 60, 240
# Who and what a posting is; a copy without them would be another thing.
KEPT = frozenset(("title", "category", "park_code", "tenures", "land_area_mu", "floor_area_sqm"))


@dataclasses.dataclass(frozen=True)
class Count:
    """How often something happened, of how many times it could have."""

    times: int
    of: int

    def as_figure(self) -> Figure:
        """Return the share with its interval; where it never or always happened, by the rule of three."""
        if not self.of:
            return metrics.NOTHING
        share = self.times / self.of
        spread = NINE_IN_TEN * float(np.sqrt(share * (1 - share) / self.of)) or 3 / self.of
        return Figure(share, max(0.0, share - spread), min(1.0, share + spread))

    def __add__(self, other: "Count") -> "Count":
        """Take two counts together."""
        return Count(self.times + other.times, self.of + other.of)


@dataclasses.dataclass(frozen=True)
class Robust:
    """What moved on one market, or on several together."""

    # By how many points of 100 scores moved: for each need, those of its list.
    paraphrase: tuple[Numbers, ...]
    translation: tuple[Numbers, ...]
    thin_offers: Count  # thin copies that came before their originals
    thin_needs: Count
    held: Count  # facts taken away after which the score moved as the sentence says
    absent: int  # reasons that cite what nobody states

    @classmethod
    def joined(cls, parts: Sequence["Robust"]) -> "Robust":
        """Take several markets together."""
        nothing = Count(0, 0)
        return cls(
            tuple(moved for part in parts for moved in part.paraphrase),
            tuple(moved for part in parts for moved in part.translation),
            sum((part.thin_offers for part in parts), nothing),
            sum((part.thin_needs for part in parts), nothing),
            sum((part.held for part in parts), nothing),
            sum(part.absent for part in parts),
        )

    def figures(self) -> dict[str, Figure | int]:
        """Sum up."""
        return {
            **_movement("paraphrase", self.paraphrase),
            **_movement("translation", self.translation),
            "thin_offers": self.thin_offers.as_figure(),
            "thin_needs": self.thin_needs.as_figure(),
            "deletion": self.held.as_figure(),
            "absent": self.absent,
        }


def _movement(name: str, moved: Sequence[Numbers]) -> dict[str, Figure]:
    every = np.concatenate(moved) if moved else np.zeros(0)
    return {
        f"{name}_mean": metrics.mean(np.array([one.mean() for one in moved])),
        f"{name}_p90": metrics.quantile(every, 0.9),
    }


def measure_robust(matched: Matched, setting: Setting, deletions: int) -> Steps[Robust]:
    """Say things otherwise, leave things out, and take cited facts away."""
    market = matched.market
    asked = range(min(REWORDED, len(market.needs)))
    paraphrase = yield from _moved([market.reworded(at) for at in asked], matched, setting, "paraphrase")
    translation = yield from _moved([market.translated(at) for at in asked], matched, setting, "translation")
    offers = _sample(len(market.offers), THINNED_OFFERS)
    thin_offers = yield from _thin_offers(matched, setting, offers)
    thin_needs = yield from _thin_needs(matched, setting, offers)
    held, absent = yield from _deleted(matched, setting, deletions)
    return Robust(paraphrase, translation, thin_offers, thin_needs, held, absent)


def _moved(items: Sequence[Item], matched: Matched, setting: Setting, what: str) -> Steps[tuple[Numbers, ...]]:
    """Return for each need, now said otherwise, by how many points of 100 the scores of its list move."""
    if setting.embed is not None:
        yield from embedded([said_meaning(item).strip() for item in items], setting.embed, what)
    side, moved = side_of(items, setting.reference), []
    for at in range(len(items)):
        listed = _listed(matched, at)
        if len(listed):
            judged = setting.judge(side.take(np.array([at])), matched.offers.take(listed), matched.market)
            moved.append(np.abs(judged.scores.score - matched.scores[at, listed]) * POINTS)
        yield Step(at + 1, len(items), what)
    return tuple(moved)


def _listed(matched: Matched, at: int) -> NDArray[np.intp]:
    lists = metrics.best(matched.ours.for_needs[at : at + 1], matched.allowed[at : at + 1])[0]
    return lists[lists >= 0]


def _thin_offers(matched: Matched, setting: Setting, offers: NDArray[np.intp]) -> Steps[Count]:
    """Leave texts and facts out of offers, and count how often such a copy comes before its full original."""
    market, found = matched.market, Count(0, 0)
    copies = side_of([thin(market.offers[at], market.seed) for at in offers], setting.reference)
    total = min(ASKED, len(market.needs))
    for at in range(total):
        judged = setting.judge(matched.needs.take(np.array([at])), copies, market)
        full = matched.ours.for_needs[at, offers]
        found += _before(judged.scores.order("asking"), full, matched.allowed[at, offers] & ~judged.failing)
        yield Step(at + 1, total, "thin offers")
    return found


def _thin_needs(matched: Matched, setting: Setting, offers: NDArray[np.intp]) -> Steps[Count]:
    """Count the same from the other side, where offers look at needs."""
    market, found = matched.market, Count(0, 0)
    total = min(ASKED, len(market.needs))
    items = [thin(need, market.seed) for need in market.needs[:total]]
    texts = [said_meaning(item).strip() for item in items]
    if setting.embed is not None:
        yield from embedded([text for text in texts if text], setting.embed, "thin needs")
    side, seen = side_of(items, setting.reference), matched.offers.take(offers)
    for at in range(total):
        judged = setting.judge(side.take(np.array([at])), seen, market)
        full = matched.ours.for_offers[at, offers]
        found += _before(judged.scores.order("answering"), full, matched.allowed[at, offers] & ~judged.failing)
        yield Step(at + 1, total, "thin needs")
    return found


def _before(stripped: NDArray[np.float32], full: Numbers, counted: NDArray[np.bool_]) -> Count:
    """Count copies that come first; where a condition refuses the original, hiding the reason is another question."""
    return Count(int((counted & (stripped > full + NOISE)).sum()), int(counted.sum()))


def thin(item: Item, seed: int) -> Item:
    """Return a copy that says less: every second fact is gone, and every second time the text."""
    dice = Dice(seed, THIN, item.posting_id or 0)
    kept: Mapping[str, Any] = dict(_kept(item.facts, dice))
    promises: Sequence[Any] = [promise for promise in item.promises if dice.chance(0.5)]
    return dataclasses.replace(item, facts=kept, promises=tuple(promises))


def _kept(facts: Mapping[str, Any], dice: Dice) -> Iterator[tuple[str, Any]]:
    for name, value in facts.items():
        if name in KEPT or dice.chance(0.5):
            yield name, value


def _sample(number: int, size: int) -> NDArray[np.intp]:
    """Take some evenly, so that all parks have their turn."""
    return np.unique(np.linspace(0, number - 1, min(size, number)).astype(np.intp))


def _deleted(matched: Matched, setting: Setting, samples: int) -> Steps[tuple[Count, int]]:
    """Take cited facts away, and count how often the score moves as the sentence says."""
    market, held, absent = matched.market, Count(0, 0), 0
    items = {
        "need": [market.needs[at] for at in _sample(len(market.needs), OF_NEEDS)],
        "offer": [market.offers[at] for at in _sample(len(market.offers), OF_OFFERS)],
    }
    for start in range(0, samples, AT_ONCE):
        found = deletion(items, setting.reference, market.parks, setting.day, AT_ONCE, market.seed + start)
        held += Count(sum(sample.holds for sample in found.samples), len(found.samples))
        absent += len(found.absent)
        yield Step(min(start + AT_ONCE, samples), samples, "deletion")
    return held, absent
