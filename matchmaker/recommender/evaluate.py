"""Replay real relocations: ask whether the firm would have found its county without naming a place.

A county scores as its best park, and a prefecture likewise. Ties count against an order. The answers of the other
cases are read by the popularity order and by the choice of weights that is cross-validated, and nobody's name is read
by any order.
"""

import dataclasses
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from matchmaker.recommender.facts import Item, ParkFacts, of_park
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.relocations import Case, CaseFile, WrongCases, read_cases
from matchmaker.recommender.score import Side, question, reweigh, score_premises
from matchmaker.recommender.texts import said_words
from models.vocabulary import N_, Strictness

__all__ = [
    "CANNOT_KNOW",
    "CROSS_VALIDATED",
    "TOLD",
    "Case",
    "CaseFile",
    "Figures",
    "WrongCases",
    "evaluate",
    "read_cases",
]

TOLD = "ours, told prefecture"
CROSS_VALIDATED = "ours, cross-validated"
CANNOT_KNOW = N_(
    "案例只有公开的行业、产品和出发城市。企业主的家乡、已有的往来和当面谈成的条件不在任何公开文字里，这些数字也就看不到；"
    "没有问过企业想去哪里，就只能猜到这一步。"
)
TOP_COUNTIES, TOP_PREFECTURES = 5, 3
RESAMPLES = 2000
INTERVAL = (5, 95)
# What might have been chosen instead: more or less weight for the trade, and for the place.
CHOICES = [
    {"industry": industry, "fit": industry, "travel": place, "policy": place}
    for industry in (1.0, 0.7, 1.5)
    for place in (1.0, 0.5, 1.5)
]

Scores = Mapping[str, float]  # county -> score
Ranks = tuple[int, int]  # of the county and of the prefecture that the firm went to


@dataclasses.dataclass(frozen=True, slots=True)
class Figures:
    """How well one order found the counties."""

    order: str
    cases: int
    county_top5: float
    county_top5_low: float
    county_top5_high: float
    county_top5_macro: float
    groups: int
    county_top5_by_group: float  # every group of affiliated firms counts once
    prefecture_top3: float
    mrr: float

    def as_json(self) -> dict[str, Any]:
        """Return the figures rounded as they are printed."""
        return {
            name: round(value, 3) if isinstance(value, float) else value
            for name, value in dataclasses.asdict(self).items()
        }


# --- Orders ---------------------------------------------------------------------------------------------------------


def evaluate(
    cases: Sequence[Case], parks: Mapping[str, ParkFacts], reference: Reference, day: dt.date
) -> list[Figures]:
    """Replay the cases in every order, all in one run."""
    directory = _Directory(parks, reference, day)
    chosen = [directory.choices(case.need) for case in cases]
    orders: dict[str, Callable[[Case], Scores]] = {
        TOLD: lambda case: directory.choices(_told(case))[0],
        "popularity": lambda case: _popularity(case, cases, directory.counties),
        "tfidf": directory.tfidf,
        "cosine": directory.cosine,
    }
    # By choice of weights, by case; the first choice is the one that the portal makes.
    ranks = [
        [_ranks(case, scores[choice], reference) for case, scores in zip(cases, chosen, strict=True)]
        for choice in range(len(CHOICES))
    ]
    found = [
        _figures("ours", cases, ranks[0]),
        _figures(CROSS_VALIDATED, cases, _chosen_elsewhere(cases, ranks)),
    ]
    for name, order in orders.items():
        found.append(_figures(name, cases, [_ranks(case, order(case), reference) for case in cases]))
    return found


class _Directory:
    """The real parks, laid out once for all cases."""

    def __init__(self, parks: Mapping[str, ParkFacts], reference: Reference, day: dt.date) -> None:
        self._parks = {code: park for code, park in parks.items() if not park.is_sample}
        self._reference, self._day = reference, day
        items = [of_park(park) for park in self._parks.values()]
        self._side = Side.of("offer", items, reference)
        self._texts = [said_words(item, reference) for item in items]
        self._county = [park.county_code for park in self._parks.values()]
        self.counties = sorted(set(self._county))

    def choices(self, need: Item) -> list[Scores]:
        """Return the scores of all counties, for each choice of weights."""
        asked = Side.of("need", [need], self._reference)
        scores = score_premises(asked, self._side, self._reference, self._parks, self._day)
        return [self._by_county(reweigh(scores, choice).order("asking").tolist()) for choice in CHOICES]

    def tfidf(self, case: Case) -> Scores:
        text = question(case.need, self._reference)
        return self._by_county(self._reference.likeness.by_words(text, self._texts).tolist())

    def cosine(self, case: Case) -> Scores:
        text = question(case.need, self._reference)
        return self._by_county(self._reference.likeness.cosines(text, self._texts).tolist())

    def _by_county(self, scores: Iterable[float]) -> Scores:
        return _best(zip(self._county, scores, strict=True))


def _told(case: Case) -> Item:
    told = {"target_prefecture_codes": [case.prefecture], "place_strictness": Strictness.PREFER}
    return dataclasses.replace(case.need, facts={**case.need.facts, **told})


def _popularity(case: Case, cases: Sequence[Case], counties: Iterable[str]) -> Scores:
    went = Counter(other.county for other in cases if other is not case)
    return {county: float(went[county]) for county in counties}


def _best(scores: Iterable[tuple[str, float]]) -> Scores:
    best: dict[str, float] = {}
    for key, score in scores:
        best[key] = max(score, best.get(key, score))
    return best


def _chosen_elsewhere(cases: Sequence[Case], ranks: Sequence[Sequence[Ranks]]) -> list[Ranks]:
    """Return each case's ranks by the weights that do best on all groups of firms but its own."""
    found = []
    for at, case in enumerate(cases):
        others = [number for number, other in enumerate(cases) if other.group != case.group]
        # The first of equals, so that the portal's own weights stand unless others are better.
        best = max(range(len(ranks)), key=lambda choice: sum(_worth(ranks[choice][number]) for number in others))
        found.append(ranks[best][at])
    return found


def _worth(ranks: Ranks) -> float:
    return (ranks[0] <= TOP_COUNTIES) + 1 / ranks[0]


# --- Figures --------------------------------------------------------------------------------------------------------


def _ranks(case: Case, scores: Scores, reference: Reference) -> Ranks:
    prefectures = _best((reference.prefecture(code) or code, score) for code, score in scores.items())
    return _rank(case.county, scores), _rank(case.prefecture, prefectures)


def _rank(wanted: str, scores: Scores) -> int:
    own = scores.get(wanted)
    if own is None:
        return len(scores) + 1
    return 1 + sum(score >= own for code, score in scores.items() if code != wanted)


def _figures(order: str, cases: Sequence[Case], ranks: Sequence[Ranks]) -> Figures:
    hits = [float(county <= TOP_COUNTIES) for county, _ in ranks]
    by_prefecture: dict[str, list[float]] = defaultdict(list)
    by_group: dict[str, list[float]] = defaultdict(list)
    for case, hit in zip(cases, hits, strict=True):
        by_prefecture[case.prefecture].append(hit)
        by_group[case.group].append(hit)
    low, high = _interval(list(by_group.values()))
    return Figures(
        order,
        len(cases),
        float(np.mean(hits)),
        low,
        high,
        float(np.mean([np.mean(own) for own in by_prefecture.values()])),
        len(by_group),
        float(np.mean([np.mean(own) for own in by_group.values()])),
        float(np.mean([prefecture <= TOP_PREFECTURES for _, prefecture in ranks])),
        float(np.mean([1 / county for county, _ in ranks])),
    )


def _interval(groups: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Return the interval that holds nine in ten of the means of as many groups of firms drawn again."""
    draws = np.random.default_rng(20261124).integers(0, len(groups), (RESAMPLES, len(groups)))
    hits, sizes = np.array([sum(group) for group in groups]), np.array([len(group) for group in groups])
    low, high = np.percentile(hits[draws].sum(axis=1) / sizes[draws].sum(axis=1), INTERVAL)
    return float(low), float(high)
