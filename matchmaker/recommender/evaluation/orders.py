"""The orders that the matching is measured against, in the same run and behind the same gates.

Each gives a number to every pair, needs as rows and offers as columns. None knows what a park wants, but for the words
that it writes.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from matchmaker.recommender.evaluation.ground import Ground
from matchmaker.recommender.facts import Item
from search.analysis import characters

Numbers = NDArray[np.float64]
Bools = NDArray[np.bool_]
Embed = Callable[[Sequence[str]], NDArray[np.float32]]

# The usual settings of BM25 and of reciprocal rank fusion.
SATURATION, LENGTH = 1.2, 0.75
FUSION = 60
SUITABLE: Mapping[str, tuple[str, ...]] = {
    "logistics": ("logistics", "land_plot", "built_to_suit"),
    "headquarters": ("incubator", "standard_factory", "built_to_suit"),
}
FOR_FACTORIES = ("land_plot", "standard_factory", "built_to_suit")
NEAR_HOURS = 3.5
ENOUGH = (
    ("land_area_mu", "largest_plot_mu", 1.0),
    ("floor_area_sqm", "floor_area_sqm", 1.0),
    ("clear_height_m", "clear_height_m", 0.5),
    ("floor_load_kn_sqm", "floor_load_kn_sqm", 0.5),
    ("power_kva", "power_spare_kva", 0.5),
    ("sewage_m3_per_day", "sewage_spare_m3_per_day", 0.5),
    ("headcount_needed", "workers_available", 0.5),
)
CAPS = (
    ("land_price_cap_wan_per_mu", "land_price_wan_per_mu"),
    ("rent_cap_yuan_per_sqm_month", "rent_yuan_per_sqm_month"),
    ("power_price_cap_yuan_per_kwh", "power_price_yuan_per_kwh"),
)


def text_of(item: Item, ground: Ground) -> str:
    """Return all words of an item, with the names of its industries and the phrases of its park."""
    names = [ground.industry_names[code] for code in item.codes if code in ground.industry_names]
    phrases = item.park.leading_industries if item.park else ()
    return "\n".join((item.words, "、".join(names), "、".join(phrases)))


def newest(needs: Sequence[Item], offers: Sequence[Item]) -> tuple[Numbers, Numbers]:
    """Order offers by their date for needs, and needs by theirs for offers."""
    shape = (len(needs), len(offers))
    return (
        np.broadcast_to(_dates(offers), shape).astype(float),
        np.broadcast_to(_dates(needs)[:, np.newaxis], shape).astype(float),
    )


def _dates(items: Sequence[Item]) -> Numbers:
    return np.array([item.published_on.toordinal() if item.published_on else 0 for item in items], dtype=float)


def bm25(needs: Sequence[str], offers: Sequence[str]) -> Numbers:
    """Compare by words and pairs of characters, as search engines do."""
    vectorizer = CountVectorizer(analyzer=characters)
    counts = csr_matrix(vectorizer.fit_transform(offers), dtype=np.float64)
    holding = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log(1 + (len(offers) - holding + 0.5) / (holding + 0.5))
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    rows = np.repeat(np.arange(len(offers)), np.diff(counts.indptr))
    often = SATURATION * (1 - LENGTH + LENGTH * lengths / max(lengths.mean(), 1e-9))[rows]
    counts.data = rarity[counts.indices] * counts.data * (SATURATION + 1) / (counts.data + often)
    asked = vectorizer.transform(needs)
    asked.data = np.minimum(asked.data, 1)
    return np.asarray((asked @ counts.T).todense(), dtype=float)


def fused(scores: Sequence[Numbers], allowed: Bools) -> Numbers:
    """Fuse orders by reciprocal ranks, for needs; turn everything round for offers."""
    return np.sum([1 / (FUSION + 1 + _ranks(np.where(allowed, one, -np.inf))) for one in scores], axis=0)


def _ranks(scores: Numbers) -> Numbers:
    order = np.argsort(-scores, axis=1, kind="stable")
    ranks = np.empty_like(scores)
    np.put_along_axis(ranks, order, np.arange(scores.shape[1], dtype=float)[np.newaxis, :], axis=1)
    return ranks


class FieldCount:
    """Counts how many of a need's wishes each offer meets, the weighty ones more: what a good filter would do."""

    def __init__(self, offers: Sequence[Item], ground: Ground) -> None:
        self._offers, self._ground = offers, ground
        self._parks = [offer.park for offer in offers if offer.park is not None]
        assert len(self._parks) == len(offers), "every offer of the market stands in a park"
        self._own = _Codes([offer.codes for offer in offers])
        listed = {park.code: self._listed(park.leading_industries) for park in self._parks}
        self._listed_codes = _Codes([listed[park.code] for park in self._parks])

    def _listed(self, phrases: Sequence[str]) -> tuple[str, ...]:
        return tuple(code for phrase in phrases for code in self._ground.phrases.get(phrase, ()))

    def of(self, need: Item) -> Numbers:
        """Return the count of every offer."""
        own, listed = self._own.nearest(need.codes), self._listed_codes.nearest(need.codes)
        suitable = SUITABLE.get(need.get("category"), FOR_FACTORIES)
        total = 3.0 * np.maximum(own, 0.7 * listed)
        total += 1.5 * self._each(lambda offer: offer.get("category") in suitable)
        tenures = set(need.get("tenures") or ())
        total += 1.5 * self._each(lambda offer: bool(tenures & set(offer.get("tenures") or ())))
        for asked, offered, weight in ENOUGH:
            least = need.get(asked)
            if least is not None:
                total += weight * (self._number(offered) >= least)
        for cap, price in CAPS:
            most = need.get(cap)
            if most is not None:
                total += self._number(price) <= most
        latest = need.get("premises_needed_on") or need.get("production_start_on")
        if latest is not None:
            total += 0.5 * self._each(lambda offer: offer.get("available_on") <= latest)
        wanted = need.get("target_prefecture_codes") or ()
        near = {
            prefecture
            for prefecture in self._ground.prefectures
            if self._ground.travel(prefecture, need.get("from_city_code") or "") < NEAR_HOURS
        }
        total += [1.5 * (park.prefecture_code in wanted) + 0.5 * (park.prefecture_code in near) for park in self._parks]
        asks = set(need.get("policy_asks") or ())
        if asks:
            total += self._each(lambda offer: len(asks & {promise.type for promise in offer.promises}) / len(asks))
        return total

    def _each(self, value: Callable[[Item], float]) -> Numbers:
        return np.array([value(offer) for offer in self._offers], dtype=float)

    def _number(self, name: str) -> Numbers:
        return np.array([_or_nan(offer.get(name)) for offer in self._offers])


class _Codes:
    """The industries of many, and how near the nearest of each lies to some others."""

    def __init__(self, codes: Sequence[Sequence[str]]) -> None:
        # Whoever names none has one that is near nothing.
        listed = [list(some) or [""] for some in codes]
        self._different = sorted({code for some in listed for code in some})
        at = {code: number for number, code in enumerate(self._different)}
        self._all = np.array([at[code] for some in listed for code in some])
        self._starts = np.cumsum([0, *map(len, listed)])[:-1]

    def nearest(self, codes: Sequence[str]) -> Numbers:
        near = np.array([max((_shared(code, other) for code in codes), default=0.0) for other in self._different])
        nearest: Numbers = np.maximum.reduceat(near[self._all], self._starts)
        return nearest


def _shared(code: str, other: str) -> float:
    """Count the levels that two codes share: all, or down to the group or the division."""
    if not other:
        return 0.0
    if code.startswith(other) or other.startswith(code):
        return {3: 0.6, 4: 0.9}.get(min(len(code), len(other)), 1.0)
    return 0.75 if code[:4] == other[:4] else 0.4 if code[:3] == other[:3] else 0.0


def _or_nan(value: Any) -> float:
    return np.nan if value is None else float(value)
