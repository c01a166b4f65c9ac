"""Every order that is measured: our own, our own with the exposure spread, the baselines, and what nobody can reach."""

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.evaluation import metrics, orders
from matchmaker.recommender.evaluation.matching import Matched, Scoring, Setting, Step, Steps, embedded
from matchmaker.recommender.exposure import Lists, spread

Numbers = NDArray[np.float64]

OURS, SPREAD, CEILING = "ours", "spread", "ceiling"
# What stands behind these comes into no list's top, whatever the prices.
CANDIDATES = 200


def contenders(matched: Matched, setting: Setting) -> Steps[dict[str, Scoring]]:
    """Let every order number every pair."""
    others = yield from baselines(matched, setting)
    yield Step(0, 1, "exposure")
    truth = matched.market.truth.knowable
    found = {OURS: matched.ours, SPREAD: spread_out(matched), **others, CEILING: Scoring(truth, truth)}
    yield Step(1, 1, "exposure")
    return found


def spread_out(matched: Matched) -> Scoring:
    """Take off our own order what being proposed too often costs, as the portal does every night."""
    best = metrics.best(matched.ours.for_needs, matched.allowed, CANDIDATES)
    scores = np.where(best >= 0, np.take_along_axis(matched.ours.for_needs, np.maximum(best, 0), axis=1), 0)
    slots = matched.offers.frame.number("slots")
    lists = Lists(best.astype(np.int32), scores.astype(np.float32), len(slots))
    prices = spread(lists, np.where(np.isnan(slots), np.inf, slots)).prices
    return Scoring(matched.ours.for_needs - prices, matched.ours.for_offers)


def baselines(matched: Matched, setting: Setting) -> Steps[dict[str, Scoring]]:
    """Let the other orders number every pair."""
    market = matched.market
    newest = Scoring(*orders.newest(market.needs, market.offers))
    asked, offered = ([orders.text_of(item, market.ground) for item in side] for side in (market.needs, market.offers))
    found = {"newest": newest, "bm25": _both(orders.bm25(asked, offered))}
    yield Step(1, 1, "bm25")
    if setting.embed is not None:
        vectors = yield from embedded([*asked, *offered], setting.embed, "vectors")
        near = np.asarray(vectors[: len(asked)] @ vectors[len(asked) :].T, dtype=float)
        found["cosine"] = _both(near)
        words = found["bm25"].for_needs
        found["rrf"] = Scoring(
            orders.fused((words, near), matched.allowed),
            orders.fused((words.T, near.T), matched.allowed.T).T,
        )
    met, count = np.zeros(matched.allowed.shape), orders.FieldCount(market.offers, market.ground)
    for row, need in enumerate(market.needs):
        met[row] = count.of(need)
        yield Step(row + 1, len(market.needs), "fields")
    return found | {"fields": _both(met)}


def _both(scores: Numbers) -> Scoring:
    return Scoring(scores, scores)
