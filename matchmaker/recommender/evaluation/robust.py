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
REWORDED, THINNED_OFFERS, ASKED = 100, 100, 60
# A float of single precision has seven digits, so a sum of some dozen parts may differ in the last of them.
NOISE = 1e-5
NINE_IN_TEN = 1.645
# Facts are taken away on a part of the market, since both sides of each pair are laid out anew.
DELETIONS, AT_ONCE, OF_NEEDS, OF_OFFERS = 1000, 25, 60, 240
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


def reworded(matched: Matched, setting: Setting) -> Steps[dict[str, Figure]]:
    """Say the same in other words, and in the other language, and measure by how many points of 100 scores move."""
    market = matched.market
    asked = range(min(REWORDED, len(market.needs)))
    found: dict[str, Figure] = {}
    for name, items in (
        ("paraphrase", [market.reworded(at) for at in asked]),
        ("translation", [market.translated(at) for at in asked]),
    ):
        if setting.embed is not None:
            yield from embedded([said_meaning(item).strip() for item in items], setting.embed, name)
        side, moved = side_of(items, setting.reference), []
        for at in asked:
            listed = _listed(matched, at)
            if len(listed):
                judged = setting.judge(side.take(np.array([at])), matched.offers.take(listed), market)
                moved.append(np.abs(judged.scores.score - matched.scores[at, listed]) * POINTS)
            yield Step(at + 1, len(asked), name)
        every = np.concatenate(moved) if moved else np.zeros(0)
        found[f"{name}_mean"] = metrics.mean(np.array([one.mean() for one in moved]))
        found[f"{name}_p90"] = metrics.quantile(every, 0.9)
    return found


def _listed(matched: Matched, at: int) -> NDArray[np.intp]:
    lists = metrics.best(matched.ours.for_needs[at : at + 1], matched.allowed[at : at + 1])[0]
    return lists[lists >= 0]


def thinned(matched: Matched, setting: Setting) -> Steps[dict[str, Figure]]:
    """Leave texts and facts out of postings, and count how often such a copy comes before its full original."""
    market = matched.market
    offers = _sample(len(market.offers), THINNED_OFFERS)
    copies = side_of([thin(market.offers[at], market.seed) for at in offers], setting.reference)
    total = min(ASKED, len(market.needs))
    before = pairs = 0
    for at in range(total):
        judged = setting.judge(matched.needs.take(np.array([at])), copies, market)
        full, stripped = matched.ours.for_needs[at, offers], judged.scores.order("asking")
        # Where a condition refuses the original, the copy that hides the reason is another question.
        counted = matched.allowed[at, offers] & ~judged.failing
        before += int((counted & (stripped > full + NOISE)).sum())
        pairs += int(counted.sum())
        yield Step(at + 1, total, "thin offers")
    needs = yield from _thin_needs(matched, setting, offers)
    return {
        "thin_offers": Count(before, pairs).as_figure(),
        "thin_needs": needs.as_figure(),
    }


def _thin_needs(matched: Matched, setting: Setting, offers: NDArray[np.intp]) -> Steps[Count]:
    """Count the same from the other side, where offers look at needs."""
    market, before, pairs = matched.market, 0, 0
    total = min(ASKED, len(market.needs))
    items = [thin(need, market.seed) for need in market.needs[:total]]
    texts = [said_meaning(item).strip() for item in items]
    if setting.embed is not None:
        yield from embedded([text for text in texts if text], setting.embed, "thin needs")
    side, seen = side_of(items, setting.reference), matched.offers.take(offers)
    for at in range(total):
        judged = setting.judge(side.take(np.array([at])), seen, market)
        full, stripped = matched.ours.for_offers[at, offers], judged.scores.order("answering")
        counted = matched.allowed[at, offers] & ~judged.failing
        before += int((counted & (stripped > full + NOISE)).sum())
        pairs += int(counted.sum())
        yield Step(at + 1, total, "thin needs")
    return Count(before, pairs)


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


def deleted(matched: Matched, setting: Setting, samples: int = DELETIONS) -> Steps[dict[str, Figure | int]]:
    """Take cited facts away, and count how often the score moves as the sentence says."""
    market = matched.market
    items = {
        "need": [market.needs[at] for at in _sample(len(market.needs), OF_NEEDS)],
        "offer": [market.offers[at] for at in _sample(len(market.offers), OF_OFFERS)],
    }
    held = taken = absent = 0
    for start in range(0, samples, AT_ONCE):
        found = deletion(items, setting.reference, market.parks, setting.day, AT_ONCE, market.seed + start)
        held += sum(sample.holds for sample in found.samples)
        taken += len(found.samples)
        absent += len(found.absent)
        yield Step(min(start + AT_ONCE, samples), samples, "deletion")
    return {"deletion": Count(held, taken).as_figure(), "absent": absent}
