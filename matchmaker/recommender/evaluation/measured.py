"""What the lists of one order are worth, list by list, on one market or on several together."""

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import block_diag

from matchmaker.recommender.evaluation import metrics
from matchmaker.recommender.evaluation.matching import Scoring
from matchmaker.recommender.evaluation.metrics import Figure
from matchmaker.recommender.evaluation.stated import violations
from matchmaker.recommender.evaluation.synthetic import SyntheticMarket

Numbers = NDArray[np.float64]
Bools = NDArray[np.bool_]


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
    capacities: Numbers

    @classmethod
    def joined(cls, parts: Sequence["Measured"]) -> "Measured":
        """Take the lists of several markets together; no list of one shows anybody of another."""
        arrays = {
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in ("to_needs", "to_offers", "reciprocal", "reciprocal_for_offers", "recall", "capacities")
        }
        exposure = block_diag(*[part.exposure for part in parts])
        return cls(violations=sum(part.violations for part in parts), exposure=exposure, **arrays)

    def figures(self) -> dict[str, Figure | int]:
        """Sum the lists up."""
        return {
            "reciprocal_ndcg_10": metrics.mean(self.reciprocal),
            "reciprocal_ndcg_10_offers": metrics.mean(self.reciprocal_for_offers),
            "ndcg_10_needs": metrics.mean(self.to_needs),
            "ndcg_10_offers": metrics.mean(self.to_offers),
            "recall_20": metrics.mean(self.recall),
            "violations_50": self.violations,
            "gini": metrics.over(self.exposure, metrics.gini),
            "congestion": metrics.over(self.exposure, lambda sums: metrics.congested(sums, self.capacities)),
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
        capacities=np.array([float(one.slots) for one in market.premises]),
    )
