"""Measure all orders on one synthetic market in one run, and sum the run up in a report."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.evaluation import metrics, orders
from matchmaker.recommender.evaluation.matching import (
    Matched,
    Scoring,
    Setting,
    Step,
    Steps,
    embedded,
    ground_of,
    match_all,
)
from matchmaker.recommender.evaluation.metrics import Figure
from matchmaker.recommender.evaluation.robust import DELETIONS, deleted, reworded, thinned
from matchmaker.recommender.evaluation.stated import violations
from matchmaker.recommender.evaluation.synthetic import SyntheticMarket, make_market
from matchmaker.recommender.exposure import Lists, spread

Numbers = NDArray[np.float64]
Bools = NDArray[np.bool_]

NEEDS, OFFERS, SEED = 300, 1500, 1
OURS, SPREAD, CEILING = "ours", "spread", "ceiling"
GOAL = 0.1
# What stands behind these comes into no list's top, whatever the prices.
CANDIDATES = 200


@dataclasses.dataclass(frozen=True)
class Report:
    """What a run found: the figures of every order, and of our own what must not move it."""

    needs: int
    offers: int
    seed: int
    day: dt.date
    orders: Mapping[str, Mapping[str, Figure | int]]
    best_baseline: str
    gain: Figure
    robust: Mapping[str, Figure | int]

    def as_json(self) -> dict[str, Any]:
        """Return the report as it is printed and kept."""
        return {
            "needs": self.needs,
            "offers": self.offers,
            "seed": self.seed,
            "day": self.day.isoformat(),
            "worth": "product of the chances that either side says yes",
            "interval": "90 % of 1,000 resamples",
            "orders": {name: _plain(figures) for name, figures in self.orders.items()},
            "best_baseline": self.best_baseline,
            "gain": self.gain.as_json(),
            "robust": _plain(self.robust),
        }


def _plain(figures: Mapping[str, Figure | int]) -> dict[str, Any]:
    return {name: one.as_json() if isinstance(one, Figure) else one for name, one in figures.items()}


def evaluate_market(
    setting: Setting, needs: int = NEEDS, offers: int = OFFERS, seed: int = SEED, deletions: int = DELETIONS
) -> Steps[Report]:
    """Make a market, let every order rank it behind the same gates, and measure them."""
    yield Step(0, 1, "market")
    market = make_market(ground_of(setting.reference, setting.day), needs, offers, seed)
    yield Step(1, 1, "market")
    matched = yield from match_all(market, setting)
    others = yield from baselines(matched, setting)
    knowing = Scoring(market.truth.knowable, market.truth.knowable)
    measured: dict[str, Measured] = {}
    inspector = Inspector(market)
    capacities = np.array([float(one.slots) for one in market.premises])
    yield Step(0, 1, "exposure")
    every = {OURS: matched.ours, SPREAD: spread_out(matched), **others, CEILING: knowing}
    yield Step(1, 1, "exposure")
    found: dict[str, dict[str, Figure | int]] = {}
    for number, (name, scoring) in enumerate(every.items(), 1):
        measured[name] = measure_order(scoring, matched.allowed, market, inspector)
        found[name] = measured[name].figures(capacities)
        yield Step(number, len(every), "figures")
    best = max(others, key=lambda name: metrics.mean(measured[name].reciprocal).value or 0.0)
    robust: dict[str, Figure | int] = {
        **(yield from reworded(matched, setting)),
        **(yield from thinned(matched, setting)),
        **(yield from deleted(matched, setting, deletions)),
    }
    return Report(
        needs,
        offers,
        seed,
        setting.day,
        found,
        best,
        metrics.gain(measured[OURS].reciprocal, measured[best].reciprocal),
        robust,
    )


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


# --- Figures ----------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Measured:
    """What one order's lists are worth, list by list, and to whom they send firms."""

    to_needs: Numbers
    to_offers: Numbers
    reciprocal: Numbers
    reciprocal_for_offers: Numbers
    recall: Numbers
    violations: int
    exposure: Numbers

    def figures(self, capacities: Numbers) -> dict[str, Figure | int]:
        """Sum the lists up."""
        return {
            "reciprocal_ndcg_10": metrics.mean(self.reciprocal),
            "reciprocal_ndcg_10_offers": metrics.mean(self.reciprocal_for_offers),
            "ndcg_10_needs": metrics.mean(self.to_needs),
            "ndcg_10_offers": metrics.mean(self.to_offers),
            "recall_20": metrics.mean(self.recall),
            "violations_50": self.violations,
            "gini": metrics.over(self.exposure, metrics.gini),
            "congestion": metrics.over(self.exposure, lambda sums: metrics.congested(sums, capacities)),
        }


class Inspector:
    """Looks for pairs whose forms break a hard condition; a pair that many lists show is looked at once."""

    def __init__(self, market: SyntheticMarket) -> None:
        self._market = market
        self._broken: dict[tuple[int, int], bool] = {}

    def count(self, lists: metrics.Lists, are_of_offers: bool = False) -> int:
        """Count such pairs on some lists."""
        pairs = [(row, int(column)) for row, listed in enumerate(lists) for column in listed if column >= 0]
        return sum(
            self._is_broken(column, row) if are_of_offers else self._is_broken(row, column) for row, column in pairs
        )

    def _is_broken(self, need: int, offer: int) -> bool:
        if (need, offer) not in self._broken:
            market = self._market
            found = violations(market.needs[need], market.offers[offer], market.ground.day)
            self._broken[need, offer] = bool(found)
        return self._broken[need, offer]


def measure_order(scoring: Scoring, allowed: Bools, market: SyntheticMarket, inspector: Inspector) -> Measured:
    """Measure the lists that an order makes behind the gates."""
    truth = market.truth
    of_needs = metrics.best(scoring.for_needs, allowed)
    of_offers = metrics.best(scoring.for_offers.T, allowed.T)
    return Measured(
        to_needs=metrics.gained(of_needs, truth.firm * truth.works),
        to_offers=metrics.gained(of_offers, (truth.park * truth.works).T),
        reciprocal=metrics.gained(of_needs, truth.worth),
        reciprocal_for_offers=metrics.gained(of_offers, truth.worth.T),
        recall=metrics.recalled(of_needs, truth.worth),
        violations=inspector.count(of_needs) + inspector.count(of_offers, are_of_offers=True),
        exposure=metrics.shown(of_needs, len(market.offers)),
    )
