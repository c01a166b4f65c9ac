"""Measure all orders on some synthetic markets in one run, and sum the run up in a report.

One market is one draw of parks and trades, and how far an order is ahead differs from market to market more than from
need to need. So several are made, and the report says what became of each.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from matchmaker.recommender.evaluation import metrics
from matchmaker.recommender.evaluation.contenders import CEILING, OURS, SPREAD, contenders
from matchmaker.recommender.evaluation.matching import Setting, Step, Steps, ground_of, match_all
from matchmaker.recommender.evaluation.measured import Inspector, Measured, measure_order
from matchmaker.recommender.evaluation.metrics import Figure
from matchmaker.recommender.evaluation.robust import Robust, measure_robust
from matchmaker.recommender.evaluation.synthetic import make_market

__all__ = ["CEILING", "GOAL", "OURS", "SPREAD", "Report", "Size", "evaluate_markets"]

GOAL = 0.1


@dataclasses.dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: needs and offers of each market, how many markets, and which is the first."""

    needs: int = 100
    offers: int = 500
    markets: int = 5
    seed: int = 1
    deletions: int = 1000  # cited facts that are taken away, in all markets together


@dataclasses.dataclass(frozen=True)
class Report:
    """What a run found: the figures of every order, and of our own what must not move it."""

    size: Size
    day: dt.date
    orders: Mapping[str, Mapping[str, Figure | int]]
    best_baseline: str
    gain: Figure
    gain_by_market: tuple[Figure, ...]
    robust: Mapping[str, Figure | int]

    def as_json(self) -> dict[str, Any]:
        """Return the report as it is printed and kept."""
        return {
            **dataclasses.asdict(self.size),
            "day": self.day.isoformat(),
            "worth": "product of the chances that either side says yes",
            "interval": "90 % of 1,000 resamples",
            "orders": {name: _plain(figures) for name, figures in self.orders.items()},
            "best_baseline": self.best_baseline,
            "gain": self.gain.as_json(),
            "gain_by_market": [gain.as_json() for gain in self.gain_by_market],
            "robust": _plain(self.robust),
        }


def _plain(figures: Mapping[str, Figure | int]) -> dict[str, Any]:
    return {name: one.as_json() if isinstance(one, Figure) else one for name, one in figures.items()}


def evaluate_markets(setting: Setting, size: Size) -> Steps[Report]:
    """Make the markets, let every order rank each behind the same gates, and measure them together."""
    measured: list[dict[str, Measured]] = []
    robust: list[Robust] = []
    for number in range(size.markets):
        found = yield from _evaluate_market(setting, size, size.seed + number)
        measured.append(found[0])
        robust.append(found[1])
        yield Step(number + 1, size.markets, "markets")
    together = {name: Measured.joined([one[name] for one in measured]) for name in measured[0]}
    figures: dict[str, dict[str, Figure | int]] = {}
    for name, lists in together.items():
        figures[name] = lists.figures()
        yield Step(len(figures), len(together), "figures")
    baselines = [name for name in together if name not in (OURS, SPREAD, CEILING)]
    best = max(baselines, key=lambda name: metrics.mean(together[name].reciprocal).value or 0.0)
    return Report(
        size,
        setting.day,
        figures,
        best,
        metrics.gain(together[OURS].reciprocal, together[best].reciprocal),
        tuple(metrics.gain(one[OURS].reciprocal, one[best].reciprocal) for one in measured),
        Robust.joined(robust).figures(),
    )


def _evaluate_market(setting: Setting, size: Size, seed: int) -> Steps[tuple[dict[str, Measured], Robust]]:
    yield Step(0, 1, "market")
    market = make_market(ground_of(setting.reference, setting.day), size.needs, size.offers, seed)
    yield Step(1, 1, "market")
    matched = yield from match_all(market, setting)
    every = yield from contenders(matched, setting)
    inspector, measured = Inspector(market), {}
    for name, scoring in every.items():
        measured[name] = measure_order(scoring, matched.allowed, market, inspector)
        yield Step(len(measured), len(every), "lists")
    robust = yield from measure_robust(matched, setting, -(-size.deletions // size.markets))
    return measured, robust
