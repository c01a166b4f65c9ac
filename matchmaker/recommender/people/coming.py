"""What a talent wants: place, way of coming, salary, support and employer; and when the two sides would be ready."""

from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.frame import Array, Frame, mask_of
from matchmaker.recommender.gates.people import FULL_TIME, REMOTE
from matchmaker.recommender.people.pairs import Named, Pairs, early, rising, share, where
from matchmaker.recommender.people.travel import hours_from_home, is_same_city
from matchmaker.recommender.relation import meets
from models.vocabulary import EmployerType, NeedCategory, Strictness, Support

ANYWHERE = 0.8
FAR_HOURS = 8.0
START_DAYS = 180.0
ENOUGH_PAY = 1.5
ONLY_THE_LOW_END = 0.9
SETTLE = np.uint32(mask_of(Support, [Support.SETTLE]))
ENTERPRISE = np.uint32(mask_of(EmployerType, [EmployerType.ENTERPRISE]))
# By kind of who asks: the last day, and where the work is.
LATEST = {"need": "production_start_on", "position": "start_on"}
PLACES = {"need": "target_prefecture_codes", "position": "region_code"}


def start_and_place(pairs: Pairs) -> Iterator[Named]:
    """Compare when both would be ready, and where the work is with where the talent would go and lives."""
    asking, talent, reference = pairs.asking, pairs.talent, pairs.reference
    latest, ready = asking.number(LATEST[asking.kind]), talent.number("available_on")
    yield "start", where(~(np.isnan(latest) | np.isnan(ready)), lambda: early(ready, latest, START_DAYS))
    name = PLACES[asking.kind]
    places, targets = asking[name], talent["target_prefecture_codes"]
    anywhere = talent.is_("place_strictness", Strictness.ANY)

    def values() -> Array:
        is_wanted = meets(reference.contained, places, targets)
        if asking.kind == "need":
            is_wanted = is_wanted | meets(reference.contained, targets, places)
        return np.where(is_wanted, np.float32(1), anywhere * np.float32(ANYWHERE))

    yield "wanted_place", where(asking.has(name) & (talent.has("target_prefecture_codes") | anywhere), values)
    hours = hours_from_home(asking, name, talent, reference)
    yield "travel", where(~np.isnan(hours), lambda: np.maximum(0, 1 - hours / np.float32(FAR_HOURS)))


def wishes_of_a_position(pairs: Pairs) -> Iterator[Named]:
    """Compare what a talent wants with what a position gives."""
    position, talent = pairs.asking, pairs.talent
    offered, wanted = position["ways_of_working"], talent["ways_of_coming"]
    common = offered & wanted
    yield "way", where((offered != 0) & (wanted != 0), lambda: common != 0)
    asked, able = position.number("months_per_year"), talent.number("months_per_year")
    # Who comes for good is there all year.
    comes_for_a_time = (common != 0) & ((common & FULL_TIME) == 0)
    yield "months", where(comes_for_a_time & (asked > 0) & ~np.isnan(able), lambda: rising(able, asked, 0.5, 2))
    yield _salary(position, talent)
    yield from _supports(position, talent)
    types, employer = talent["employer_types"], position["employer_type"]
    # One bit for each word; the last entry, for no answer, is none.
    bits = np.array([*(1 << place for place in range(len(EmployerType))), 0], np.uint32)
    yield "employer", where((types != 0) & (employer >= 0), lambda: (types & bits.take(employer)) != 0)


def _salary(position: Frame, talent: Frame) -> Named:
    expected = talent.number("salary_expected_wan")
    low, high = position.number("salary_low_wan"), position.number("salary_high_wan")
    has_high = ~np.isnan(high)
    # Where only the lower end is stated, more may be paid, so one that is below says nothing yet.
    known = ~np.isnan(expected) & (has_high | (low >= expected))

    def values() -> Array:
        by_low = ONLY_THE_LOW_END * rising(low, expected, 0.5, ENOUGH_PAY)
        return np.where(has_high, rising(high, expected, 0.5, ENOUGH_PAY), by_low)

    return "salary", where(known, values)


def _supports(position: Frame, talent: Frame) -> Iterator[Named]:
    offered, wanted = position["supports_offered"], talent["supports_wanted"]
    yield "supports", where((wanted != 0) & (offered != 0), lambda: share(wanted & offered, wanted))
    gives, does_not = position.yes("housing_offered"), position.no("housing_offered")
    yield "housing", where(((wanted & SETTLE) != 0) & (gives | does_not), lambda: gives)


def wishes_of_a_need(pairs: Pairs) -> Iterator[Named]:
    """Compare what a talent wants with an enterprise's project."""
    need, talent = pairs.asking, pairs.talent
    is_same, known = is_same_city(need, talent, pairs.reference)
    yield "same_city", where(known, lambda: is_same)
    is_split, wanted = need.is_("category", NeedCategory.RD_IN_BAY), talent["ways_of_coming"]
    yield "way", where(is_split & (wanted != 0), lambda: (wanted & REMOTE) != 0)
    types = talent["employer_types"]
    yield "employer", where(types != 0, lambda: (types & ENTERPRISE) != 0)
