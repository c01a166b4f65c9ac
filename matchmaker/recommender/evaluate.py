"""Replay real relocations: ask whether the firm would have found its county without naming a place.

A county scores as its best park, and a prefecture likewise. Ties count against an order. The answers of the other
cases are read by the popularity order alone, and nobody's name is read by any.
"""

import csv
import dataclasses
import datetime as dt
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from matchmaker.recommender.facts import Item, ParkFacts, full_codes, of_park, of_posting
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.score import PremisesScorer, phrases_of, question, text_of
from models import RelocationNeed
from models.vocabulary import NeedCategory, ProjectType, RegionLevel, Strictness

TOLD = "ours, told prefecture"
TOP_COUNTIES, TOP_PREFECTURES = 5, 3
RESAMPLES = 2000
INTERVAL = (5, 95)

Scores = Mapping[str, float]  # county -> score


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """One relocation: what the firm could have posted, and where it went."""

    id: str
    need: Item
    county: str
    prefecture: str


@dataclasses.dataclass(frozen=True, slots=True)
class Figures:
    """How well one order found the counties."""

    order: str
    cases: int
    county_top5: float
    county_top5_low: float
    county_top5_high: float
    county_top5_macro: float
    prefecture_top3: float
    mrr: float

    def as_json(self) -> dict[str, Any]:
        """Return the figures rounded as they are printed."""
        return {
            name: round(value, 3) if isinstance(value, float) else value
            for name, value in dataclasses.asdict(self).items()
        }


class WrongCases(ValueError):
    """The file is not a table of relocations; the text is the sentence to show."""


@dataclasses.dataclass(frozen=True, slots=True)
class CaseFile:
    """What a file held: the cases that can be judged, and the numbers of those that can't."""

    cases: list[Case]
    left_out: list[int]


def read_cases(lines: Iterable[str], reference: Reference) -> CaseFile:
    """Read relocations; a row that names no county of Hunan can't be judged and is left out."""
    # Comments stand before the table only: inside it, a line may be the second of a quoted text.
    table = itertools.dropwhile(lambda line: line.startswith("#") or not line.strip(), lines)
    cases: list[Case] = []
    left_out: list[int] = []
    try:
        rows = csv.DictReader(table)
        rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or ()]
        if not {"to_county", "to_county_code"} & {*rows.fieldnames}:
            raise WrongCases("文件里没有 to_county_code 或 to_county 这一列。")
        if not {"description", "gb4754"} & {*rows.fieldnames}:
            raise WrongCases("文件里没有 description 或 gb4754 这一列。")
        for number, row in enumerate(rows, 1):
            case = _case(number, row, reference)
            if case is None:
                left_out.append(number)
            else:
                cases.append(case)
    except csv.Error as error:
        raise WrongCases(f"文件不是 CSV 表：{error}。") from error
    return CaseFile(cases, left_out)


def _case(number: int, row: Mapping[str, Any], reference: Reference) -> Case | None:
    cell = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
    county = _county(cell.get("to_county_code", ""), cell.get("to_county", ""), reference)
    if county is None:
        return None
    mode = cell.get("mode", "")
    written = re.split(r"[^0-9A-Za-z]+", cell.get("gb4754", ""))
    codes = full_codes(written, reference.industries, reference.code_by_digits)
    city = _city(cell.get("from_city", ""), reference)
    need = RelocationNeed(
        title="",
        description=cell.get("description", ""),
        industry_codes=codes or None,
        from_city_code=city,
        investment_yi=_number(cell.get("investment_yi", "")),
        category=_category(mode),
        project_type=_project_type(mode),
    )
    return Case(cell.get("case_id") or str(number), of_posting(need), county, reference.prefecture(county) or county)


def _county(code: str, name: str, reference: Reference) -> str | None:
    counties = {place.code: place for place in reference.places.values() if place.level == RegionLevel.COUNTY.value}
    if code in counties or not name:
        return code if code in counties else None
    exact = next((place.code for place in counties.values() if name in (place.name, place.short_name)), None)
    # Also with the prefecture before it, as in 郴州市苏仙区.
    return exact or next((place.code for place in counties.values() if name.endswith(place.name)), None)


def _city(name: str, reference: Reference) -> str | None:
    """Find the Bay city that a name holds, such as 深圳 in 深圳市宝安区."""
    cities = [place for place in reference.places.values() if place.level == RegionLevel.CITY.value]
    return next((city.code for city in cities if city.short_name and city.short_name in name), None)


def _category(mode: str) -> NeedCategory | None:
    for word, category in (
        ("迁建", NeedCategory.WHOLE_RELOCATION),
        ("搬迁", NeedCategory.WHOLE_RELOCATION),
        ("数据中心", NeedCategory.DATA_CENTRE),
        ("总部", NeedCategory.HEADQUARTERS),
        ("研发", NeedCategory.HEADQUARTERS),
        ("扩", NeedCategory.EXPANSION),
        ("新建", NeedCategory.NEW_BASE),
        ("建厂", NeedCategory.NEW_BASE),
    ):
        if word in mode:
            return category
    return None


def _project_type(mode: str) -> ProjectType | None:
    for word, project in (
        ("总部", ProjectType.HEADQUARTERS),
        ("研发", ProjectType.RESEARCH),
        ("新建", ProjectType.NEW),
    ):
        if word in mode:
            return project
    return None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


# --- Orders ---------------------------------------------------------------------------------------------------------


def evaluate(
    cases: Sequence[Case], parks: Mapping[str, ParkFacts], reference: Reference, day: dt.date
) -> list[Figures]:
    """Replay the cases in every order, all in one run."""
    parks = {code: park for code, park in parks.items() if not park.is_sample}
    counties = sorted({park.county_code for park in parks.values()})
    orders: dict[str, Callable[[Case], Scores]] = {
        "ours": lambda case: _ours(case.need, parks, reference, day),
        TOLD: lambda case: _ours(_told(case), parks, reference, day),
        "popularity": lambda case: _popularity(case, cases, counties),
        "tfidf": lambda case: _tfidf(case, parks, reference),
        "cosine": lambda case: _cosine(case, parks, reference),
    }
    found = []
    for name, order in orders.items():
        ranks = [_ranks(case, order(case), reference) for case in cases]
        found.append(_figures(name, cases, ranks))
    return found


def _ours(need: Item, parks: Mapping[str, ParkFacts], reference: Reference, day: dt.date) -> Scores:
    vector = reference.likeness.vector(question(need, reference))
    scorer = PremisesScorer(need, parks, reference, day, vector)
    return _best_by_county((park.county_code, scorer.score(of_park(park)).total) for park in parks.values())


def _told(case: Case) -> Item:
    told = {"target_prefecture_codes": [case.prefecture], "place_strictness": Strictness.PREFER}
    return dataclasses.replace(case.need, facts={**case.need.facts, **told})


def _popularity(case: Case, cases: Sequence[Case], counties: Iterable[str]) -> Scores:
    went = Counter(other.county for other in cases if other is not case)
    return {county: float(went[county]) for county in counties}


def _tfidf(case: Case, parks: Mapping[str, ParkFacts], reference: Reference) -> Scores:
    text = question(case.need, reference)
    near = reference.likeness.by_words(text, list(_texts(parks, reference)))
    return _best_by_county(zip((park.county_code for park in parks.values()), near.tolist(), strict=True))


def _cosine(case: Case, parks: Mapping[str, ParkFacts], reference: Reference) -> Scores:
    near = reference.likeness.cosines(question(case.need, reference), list(_texts(parks, reference)))
    return _best_by_county(zip((park.county_code for park in parks.values()), near.tolist(), strict=True))


def _texts(parks: Mapping[str, ParkFacts], reference: Reference) -> Iterator[str]:
    for park in parks.values():
        item = of_park(park)
        yield text_of(item, phrases_of(item, parks, reference))


def _best_by_county(scores: Iterable[tuple[str, float]]) -> Scores:
    best: dict[str, float] = {}
    for county, score in scores:
        best[county] = max(score, best.get(county, score))
    return best


# --- Figures --------------------------------------------------------------------------------------------------------


def _ranks(case: Case, scores: Scores, reference: Reference) -> tuple[int, int]:
    """Return the rank of the county and of the prefecture that the firm went to."""
    prefectures = _best_by_county((reference.prefecture(code) or code, score) for code, score in scores.items())
    return _rank(case.county, scores), _rank(case.prefecture, prefectures)


def _rank(wanted: str, scores: Scores) -> int:
    own = scores.get(wanted)
    if own is None:
        return len(scores) + 1
    return 1 + sum(score >= own for code, score in scores.items() if code != wanted)


def _figures(order: str, cases: Sequence[Case], ranks: Sequence[tuple[int, int]]) -> Figures:
    hits = np.array([county <= TOP_COUNTIES for county, _ in ranks], dtype=float)
    by_prefecture: dict[str, list[float]] = defaultdict(list)
    for case, hit in zip(cases, hits, strict=True):
        by_prefecture[case.prefecture].append(float(hit))
    low, high = _interval(hits)
    return Figures(
        order,
        len(cases),
        float(hits.mean()),
        low,
        high,
        float(np.mean([np.mean(own) for own in by_prefecture.values()])),
        float(np.mean([prefecture <= TOP_PREFECTURES for _, prefecture in ranks])),
        float(np.mean([1 / county for county, _ in ranks])),
    )


def _interval(hits: np.ndarray) -> tuple[float, float]:
    """Return the interval that holds nine in ten of the means of as many cases drawn again."""
    draws = np.random.default_rng(20261124).integers(0, len(hits), (RESAMPLES, len(hits)))
    low, high = np.percentile(hits[draws].mean(axis=1), INTERVAL)
    return float(low), float(high)
