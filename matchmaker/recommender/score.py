"""How well premises suit a need: pure numbers, each part named, so that every reason can point at its own part.

The order of the parts and their weights are those that predicted real relocations from public facts (see
docs/decisions.md). Continuous parts are standardised over the development zones of the directory, once per need; an
offer is measured on the same scale, so offers and parks stand in one list. What isn't stated earns nothing.
"""

import dataclasses
import datetime as dt
import math
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from matchmaker.recommender import industry
from matchmaker.recommender.criteria import Criterion, stated_criteria
from matchmaker.recommender.facts import Item, ParkFacts
from matchmaker.recommender.reference import Reference, park_text
from matchmaker.recommender.translate import chinese_words
from models.vocabulary import N_, NeedCategory, ParkLevel, ParkType, ProjectType, Strictness
from search.engine import Vector

INDUSTRY = 0.5
MEANING = 0.35
WORDS = 0.2
# An offer that lists whom it welcomes and lists nobody like this need: facts that fit must not outweigh it.
UNWELCOME = 2.5
SIZE = 0.3
NATIONAL = 0.5
HOME_TIE = 1.2
ENCLAVE_COUNTY = 0.3
LABOUR_NEARNESS = 0.25
CAPITAL_HEADQUARTERS = 0.5
CAPITAL_WHOLE_MOVE = -0.3
# Far more than all else together, so that the prefectures somebody wants come first and the rest keep their order.
# Nearly all of it is taken off elsewhere: where most are inside, being inside must not make every match a good one.
WANTED_PLACE = 0.3
OTHER_PLACE = 5.7
# Where hardly any zone names an industry, the one that does would stand out without end.
FARTHEST = 6.0

TIE_NEEDS_FIT = 0.15
CAPITAL = "430100"
SHENZHEN = "440300"
# Industries that hire many hands for little capital; a stated head count says it better.
LABOUR_INTENSIVE = ("C17", "C18", "C19", "C21", "C24", "C38", "C39", "C41")
LABOUR_INTENSIVE_PER_YI = 200

# The curve from the sum of all parts to 0–100: 50 at CENTRE, and SPREAD more or less is worth about 23 points.
CENTRE = 1.8
SPREAD = 1.0
HIGH, MEDIUM = 75.0, 45.0
HIGH_RANKS = 10
# Facts that fit well make no good match where the trade is only another of the division or one that supplies it, or
# where purpose or tenure is another: what such a pair has above this sum counts next to nothing, so it is never high.
FIT_OF_HIGH = 0.4
HELD_AT, HELD_RISE = 2.7, 0.02


@dataclasses.dataclass(frozen=True, slots=True)
class Phrase:
    """One thing that premises say they are for: its words, its codes, and its place in their list."""

    text: str
    codes: tuple[str, ...]
    position: int


@dataclasses.dataclass(frozen=True, slots=True)
class Likenesses:
    """How near the premises' industries lie to the need, and which of their phrases is the nearest."""

    industry: float = 0.0
    industry_phrase: Phrase | None = None
    meaning: float | None = None
    meaning_phrase: Phrase | None = None
    words: float = 0.0


@dataclasses.dataclass(frozen=True, slots=True)
class Spread:
    """Mean and standard deviation of one part over the development zones."""

    mean: float = 0.0
    deviation: float = 0.0

    @classmethod
    def of(cls, values: Iterable[float]) -> "Spread":
        """Measure some values."""
        known = np.array(list(values))
        return cls(float(known.mean()), float(known.std())) if known.size else cls()

    def z(self, value: float) -> float:
        """Say how many deviations a value lies above the mean, up to a limit; where all are equal, none."""
        return min(FARTHEST, (value - self.mean) / self.deviation) if self.deviation > 1e-9 else 0.0


# How near a need lies to every park, and how that spreads over the zones: all that hangs on parks and need alone.
Measured = tuple[Mapping[str, Likenesses], Mapping[str, Spread]]


@dataclasses.dataclass(frozen=True, slots=True)
class Scored:
    """The sum of all parts, its place on the scale of 0 to 100, and the parts."""

    total: float
    score: float
    criteria: tuple[Criterion, ...]
    likenesses: Likenesses

    def contribution(self, name: str) -> float:
        """Return what one part adds."""
        return next((criterion.contribution for criterion in self.criteria if criterion.name == name), 0.0)


def on_scale(total: float) -> float:
    """Map a sum to 0–100 by one logistic curve, the same for every need, kind and day."""
    return 100 / (1 + math.exp(-(total - CENTRE) / SPREAD))


def band(score: float, rank: int) -> str:
    """Name the band: high is for the first ten only, as a long list of "high" helps nobody to choose."""
    if score >= HIGH and rank <= HIGH_RANKS:
        return "high"
    return "medium" if score >= MEDIUM else "low"


def question(need: Item, reference: Reference) -> str:
    """Return the words that a need is compared with: what it says, and the names of its industries.

    A text in English is given the Chinese words for the trades that it names, since parks are known by those.
    """
    names = [reference.industries[code] for code in need.codes if code in reference.industries]
    parts = (need.words, "、".join(dict.fromkeys(names)), "、".join(chinese_words(need.words)))
    return "\n".join(part for part in parts if part)


class PremisesScorer:
    """One need against all premises: what hangs on the need alone is worked out once.

    With a version of the parks, what hangs on them is remembered from one scorer to the next.
    """

    def __init__(
        self,
        need: Item,
        parks: Mapping[str, ParkFacts],
        reference: Reference,
        day: dt.date,
        vector: Vector | None,
        parks_version: Hashable = None,
    ) -> None:
        self.need, self.parks, self.reference, self.day = need, parks, reference, day
        self.text = question(need, reference)
        self.vector = vector
        self._city = reference.city(need.get("from_city_code"))
        self._meanings: dict[str, float] = {}
        self._fits: dict[tuple[str, ...], float] = {}
        self._parks_version = parks_version

    @property
    def has_own_trade(self) -> bool:
        """Say whether the need's codes name the trade that the premises must suit.

        Who looks for a partner to build an enclave with names its own, and a bare section names none.
        """
        codes = self.need.codes
        return bool(codes) and len(codes[0]) > 1 and not self._seeks_partner

    # --- The parts --------------------------------------------------------------------------------------------

    def score(self, premises: Item) -> Scored:
        """Add up every part for these premises."""
        found = self.likenesses(premises)
        criteria = tuple(
            criterion
            for criterion in (
                *self._likeness_criteria(found),
                *self._welcome(premises, found),
                *self._place_criteria(premises, found),
                *stated_criteria(self.need, premises, self.reference, self.day),
            )
            if criterion.contribution
        )
        held = self._held_back(sum(part.contribution for part in criteria), criteria, found)
        if held is not None:
            criteria = (*criteria, held)
        total = sum(part.contribution for part in criteria)
        return Scored(total, on_scale(total), criteria, found)

    def _held_back(self, total: float, criteria: Iterable[Criterion], found: Likenesses) -> Criterion | None:
        fits = found.industry >= FIT_OF_HIGH or not self.has_own_trade
        suits = not any(part.name in ("purpose", "tenure") and part.value < 0 for part in criteria)
        if total <= HELD_AT or (fits and suits):
            return None
        return Criterion("held", N_("行业、用途或取得方式只是相近"), -1.0, (total - HELD_AT) * (1 - HELD_RISE))

    def likenesses(self, premises: Item) -> Likenesses:
        """Return how near the premises' own words and codes lie to the need."""
        if premises.kind == "park" and premises.park is not None and premises.park.code in self._of_parks:
            return self._of_parks[premises.park.code]
        phrases = phrases_of(premises, self.parks, self.reference)
        words = self.reference.likeness.by_words(self.text, [text_of(premises, phrases)])[0]
        return self._likenesses(phrases, float(words))

    @property
    def _of_parks(self) -> Mapping[str, Likenesses]:
        return self._measured[0]

    @property
    def _spreads(self) -> Mapping[str, Spread]:
        return self._measured[1]

    @cached_property
    def _measured(self) -> Measured:
        if self._parks_version is None:
            return self._measure()
        vector = None if self.vector is None else self.vector.tobytes()
        key = (self._parks_version, self.text, self.need.codes, vector)
        found: Measured = self.reference.memory.recall(key, self._measure)
        return found

    def _measure(self) -> Measured:
        of_parks = self._measure_parks()
        return of_parks, self._measure_spreads(of_parks)

    def _measure_parks(self) -> dict[str, Likenesses]:
        items = [Item("park", code, park.name, {}, park=park) for code, park in self.parks.items()]
        phrases = [phrases_of(item, self.parks, self.reference) for item in items]
        self._learn_meanings(phrase.text for listed in phrases for phrase in listed)
        texts = [text_of(item, listed) for item, listed in zip(items, phrases, strict=True)]
        words = self.reference.likeness.by_words(self.text, texts)
        return {
            code: self._likenesses(listed, float(near))
            for code, listed, near in zip(self.parks, phrases, words, strict=True)
        }

    def _likenesses(self, phrases: Sequence[Phrase], words: float) -> Likenesses:
        fits = [(self._fit(phrase), phrase) for phrase in phrases]
        self._learn_meanings(phrase.text for phrase in phrases)
        meanings = [(self._meanings[phrase.text], phrase) for phrase in phrases if phrase.text in self._meanings]
        fit, fitting = max(fits, key=lambda pair: pair[0], default=(0.0, None))
        meaning, meant = max(meanings, key=lambda pair: pair[0], default=(None, None))
        return Likenesses(fit, fitting if fit else None, meaning, meant, words)

    def _fit(self, phrase: Phrase) -> float:
        """Return how well a phrase answers the need; parks share most of theirs."""
        best = self._fits.get(phrase.codes)
        if best is None:
            best = industry.phrase_fit(self.need.codes, phrase.codes, 0, self.reference.neighbours)
            self._fits[phrase.codes] = best
        return max(0.0, best * (1 - industry.PER_POSITION * phrase.position))

    def _learn_meanings(self, texts: Iterable[str]) -> None:
        new = [text for text in texts if text not in self._meanings]
        self._meanings.update(self.reference.likeness.by_meaning(self.vector, new))

    @cached_property
    def _zones(self) -> list[str]:
        """Return the real development zones, which every part is measured against."""
        return [
            code
            for code, park in self.parks.items()
            if park.level != ParkLevel.COOPERATION.value and not park.is_sample
        ]

    def _measure_spreads(self, of_parks: Mapping[str, Likenesses]) -> dict[str, Spread]:
        found = [of_parks[code] for code in self._zones]
        meanings = [near.meaning for near in found if near.meaning is not None]
        return {
            "industry": Spread.of(near.industry for near in found),
            "meaning": Spread.of(meanings),
            "words": Spread.of(near.words for near in found),
            "size": Spread.of(self._size(self.parks[code]) for code in self._zones),
            "road": Spread.of(self._road(self.parks[code]) for code in self._zones),
        }

    def _likeness_criteria(self, found: Likenesses) -> Iterator[Criterion]:
        spreads = self._spreads
        if self.need.codes:
            yield Criterion("industry", N_("行业"), spreads["industry"].z(found.industry), INDUSTRY)
        if found.meaning is not None:
            yield Criterion("meaning", N_("意思相近"), spreads["meaning"].z(found.meaning), MEANING)
        yield Criterion("words", N_("用词相近"), spreads["words"].z(found.words), WORDS)

    def _welcome(self, premises: Item, found: Likenesses) -> Iterator[Criterion]:
        if self.has_own_trade and premises.codes and found.industry < TIE_NEEDS_FIT:
            yield Criterion("unwelcome", N_("行业不在欢迎之列"), -1.0, UNWELCOME)

    def _place_criteria(self, premises: Item, found: Likenesses) -> Iterator[Criterion]:
        park = premises.park
        if park is None:
            return
        yield Criterion("size", N_("市州规模"), self._spreads["size"].z(self._size(park)), SIZE)
        if park.level == ParkLevel.NATIONAL.value and park.type != ParkType.BONDED_ZONE.value:
            yield Criterion("level", N_("国家级园区"), 1.0, NATIONAL)
        if (found.industry > TIE_NEEDS_FIT or self._seeks_partner) and self.home_tie(premises):
            yield Criterion("home_tie", N_("家乡共建园"), 1.0, HOME_TIE)
        if park.county_code in (self._all_enclave_counties if park.is_sample else self._enclave_counties):
            yield Criterion("enclave", N_("县里有共建园"), 1.0, ENCLAVE_COUNTY)
        if self._is_labour_intensive:
            nearness = -self._spreads["road"].z(self._road(park))
            yield Criterion("labour", N_("用工多，离深圳近"), nearness, LABOUR_NEARNESS)
        if park.prefecture_code == CAPITAL:
            yield from self._capital_criteria()
        yield from self._wanted_place(park)

    @property
    def _seeks_partner(self) -> bool:
        return bool(self.need.get("category") == NeedCategory.ENCLAVE_PARTNER)

    def _capital_criteria(self) -> Iterator[Criterion]:
        category, project = self.need.get("category"), self.need.get("project_type")
        if category == NeedCategory.HEADQUARTERS or project in (ProjectType.HEADQUARTERS, ProjectType.RESEARCH):
            yield Criterion("capital", N_("省会，宜设总部和研发"), 1.0, CAPITAL_HEADQUARTERS)
        if category == NeedCategory.WHOLE_RELOCATION or project == ProjectType.RELOCATION:
            yield Criterion("capital_move", N_("省会，少有整厂迁入"), 1.0, CAPITAL_WHOLE_MOVE)

    def _wanted_place(self, park: ParkFacts) -> Iterator[Criterion]:
        targets = self.need.get("target_prefecture_codes") or []
        if targets and self.need.get("place_strictness") != Strictness.ANY:
            inside = self.reference.is_within(park.county_code, targets)
            yield Criterion("place", N_("想去的市州"), 1.0 if inside else -1.0, WANTED_PLACE if inside else OTHER_PLACE)

    # --- Facts about places -------------------------------------------------------------------------------------

    def home_tie(self, premises: Item) -> str | None:
        """Return the name of the enclave that ties the firm's city to these premises, if there is one."""
        if self._city is None or premises.park is None:
            return None
        if self.reference.city(premises.get("home_region_code")) == self._city:
            return premises.name
        return self._ties.get(premises.park.code)

    @cached_property
    def _ties(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for park in self.parks.values():
            if self._city in {self.reference.city(code) for code in park.home_region_codes}:
                # An invented enclave ties nobody to a real park.
                if park.host_park_code is not None and not park.is_sample:
                    found.setdefault(park.host_park_code, park.name)
                found[park.code] = park.name
        return found

    @cached_property
    def _all_enclave_counties(self) -> frozenset[str]:
        return frozenset(park.county_code for park in self.parks.values() if park.is_enclave)

    @cached_property
    def _enclave_counties(self) -> frozenset[str]:
        return frozenset(park.county_code for park in self.parks.values() if park.is_enclave and not park.is_sample)

    @cached_property
    def _is_labour_intensive(self) -> bool:
        hands, money = self.need.get("headcount_needed"), self.need.get("investment_yi")
        if hands is not None and money:
            return bool(hands / money >= LABOUR_INTENSIVE_PER_YI)
        return bool(self.need.codes) and self.need.codes[0][: industry.DIVISION] in LABOUR_INTENSIVE

    def _size(self, park: ParkFacts) -> float:
        place = self.reference.places.get(park.prefecture_code)
        return math.log(place.gdp_yi) if place and place.gdp_yi else self._typical_size

    @cached_property
    def _typical_size(self) -> float:
        known = [place.gdp_yi for place in self.reference.places.values() if place.gdp_yi]
        return float(np.mean(np.log(known))) if known else 0.0

    def _road(self, park: ParkFacts) -> float:
        link = self.reference.road.get((park.prefecture_code, SHENZHEN))
        return link.kilometres if link and link.kilometres is not None else self._typical_road

    @cached_property
    def _typical_road(self) -> float:
        known = [link.kilometres for link in self.reference.road.values() if link.kilometres is not None]
        return float(np.mean(known)) if known else 0.0


def phrases_of(premises: Item, parks: Mapping[str, ParkFacts], reference: Reference) -> tuple[Phrase, ...]:
    """Return what premises say they are for: an offer's welcomed industries, a park's leading ones.

    An enclave that names none lives by those of the park that hosts it.
    """
    if premises.codes:
        return tuple(
            Phrase(reference.group_name(code) or code, (code,), position)
            for position, code in enumerate(premises.codes)
        )
    park = premises.park
    if park is None:
        return ()
    listed = park.leading_industries
    host = parks.get(park.host_park_code or "")
    if not listed and host is not None:
        listed = host.leading_industries
    return tuple(Phrase(text, reference.terms.get(text, ()), position) for position, text in enumerate(listed))


def text_of(premises: Item, phrases: Sequence[Phrase]) -> str:
    """Return the words that premises are compared by: a name and what they are for.

    An offer's description is left out, since parks have none: whoever writes more would seem nearer to everything.
    """
    return park_text(premises.name, tuple(phrase.text for phrase in phrases))
