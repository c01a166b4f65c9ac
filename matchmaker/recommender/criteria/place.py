"""What a need finds in the place: distance, ports, the park's rank and size, ties and wishes.

Size of the prefecture, rank of the park and the like predict what firms did and advise nothing; they are parts with a
weight of their own, so that whoever reads the score can see and move them.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from matchmaker.recommender.criteria.curves import NOTHING, ROAD_KILOMETRES, Values, in_common, known, nearby
from matchmaker.recommender.criteria.pairs import Pairs
from matchmaker.recommender.criteria.trade import Named
from matchmaker.recommender.facts import ParkFacts
from matchmaker.recommender.frame import Bools, Frame
from matchmaker.recommender.industry import DIVISION
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.relation import any_of, meets
from models.vocabulary import NeedCategory, ParkLevel, ParkType, ProjectType

CAPITAL = "430100"
TIE_NEEDS_FIT = 0.15
# Industries that hire many hands for little capital; a stated head count says it better.
LABOUR_INTENSIVE = ("C17", "C18", "C19", "C21", "C24", "C38", "C39", "C41")
LABOUR_INTENSIVE_PER_YI = 200


def place(pairs: Pairs) -> Iterator[Named]:
    """Yield every part about where the premises lie."""
    need, premises = pairs.need, pairs.premises
    is_somewhere = premises["park"] >= 0
    yield "place", known(pairs.wants_place & pairs.is_wanted_place, pairs.wants_place & is_somewhere)
    yield from _rail(pairs)
    customs = premises["park_customs"]
    yield "ports", in_common(need["ports_needed"], premises["customs_facilities"] | customs)
    yield "size", known(pairs.reference.geography.size[premises["prefecture"]], is_somewhere)
    national = premises.is_("park_level", ParkLevel.NATIONAL) & ~premises.is_("park_type", ParkType.BONDED_ZONE)
    yield "level", known(national, is_somewhere)
    yield "provincial", known(premises.is_("park_level", ParkLevel.PROVINCIAL), is_somewhere)
    yield from _capital(pairs)
    yield "customs", known(customs != 0, is_somewhere)
    yield "zone", known(_is_zoned(pairs), is_somewhere)
    yield "labour", _labour(pairs)
    yield from ties(pairs)


def _rail(pairs: Pairs) -> Iterator[Named]:
    geography, prefecture = pairs.reference.geography, pairs.premises["prefecture"]
    for name, field in (("rail", "rail_city_code"), ("rail_home", "from_city_code")):
        city = geography.city[pairs.need[field]]
        hours = geography.rail_hours[prefecture, city]
        yield name, nearby(hours) if (city >= 0).any() else NOTHING
    yield "rail_bay", nearby(geography.nearest_rail_hours[prefecture])


def _capital(pairs: Pairs) -> Iterator[Named]:
    need, prefecture = pairs.need, pairs.premises["prefecture"]
    inside = prefecture == pairs.reference.place_at.get(CAPITAL, -2)
    thinks = need.is_("category", NeedCategory.HEADQUARTERS) | need.is_(
        "project_type", ProjectType.HEADQUARTERS, ProjectType.RESEARCH
    )
    moves = need.is_("category", NeedCategory.WHOLE_RELOCATION) | need.is_("project_type", ProjectType.RELOCATION)
    yield "capital", known(thinks & inside, thinks & (prefecture >= 0))
    yield "beyond_capital", known(moves & ~inside, moves & (prefecture >= 0))


def _is_zoned(pairs: Pairs) -> Bools:
    zoned, prefecture = pairs.reference.zoned, pairs.premises["prefecture"]
    # A zone that is open to all means a need without an industry too: the last column.
    return meets(zoned, prefecture, pairs.codes) | zoned[prefecture, -1]


def _labour(pairs: Pairs) -> Values:
    is_intensive = labour_intensive(pairs.need, pairs.reference)
    if not is_intensive.any():
        return NOTHING
    kilometres = pairs.reference.geography.road_kilometres[pairs.premises["prefecture"]]
    near = np.maximum(0, 1 - kilometres / ROAD_KILOMETRES)
    return known(near, is_intensive & ~np.isnan(kilometres))


def labour_intensive(need: Frame, reference: Reference) -> Bools:
    """Say which needs hire many hands: by their numbers, or by their main industry."""
    hands, money = need.number("headcount_needed"), need.number("investment_yi")
    by_numbers: Bools = hands >= LABOUR_INTENSIVE_PER_YI * np.where(money > 0, money, np.nan)
    listed = [code[:DIVISION] in LABOUR_INTENSIVE for code in reference.industries]
    return by_numbers | any_of(np.array([*listed, False]), need["industry_codes"][:, 0])


# --- Ties -----------------------------------------------------------------------------------------------------------


def ties(pairs: Pairs) -> Iterator[Named]:
    """Yield the parts about parks that a Bay city builds together with a county of Hunan."""
    need, premises = pairs.need, pairs.premises
    yield "home_tie", home_tie(pairs)
    hosts = _enclave_counties(premises.park_codes, pairs.parks)
    yield "enclave", known(hosts[premises["park"]], premises["park"] >= 0)
    yield "partner", known(pairs.is_partner, need.is_("category", NeedCategory.ENCLAVE_PARTNER))


def home_tie(pairs: Pairs) -> Values:
    """Say where the premises are built together with the need's city, if the trade is not quite another one."""
    need, premises = pairs.need, pairs.premises
    city = pairs.reference.geography.city
    from_city, own_home = city[need["from_city_code"]], city[premises["home_region_code"]]
    by_park = tied_parks(premises.park_codes, pairs.parks, pairs.reference)[from_city, premises["park"]]
    fits = (pairs.fit > TIE_NEEDS_FIT) | need.is_("category", NeedCategory.ENCLAVE_PARTNER)
    tied = ((own_home == from_city) | by_park) & fits & (from_city >= 0)
    return known(tied, (from_city >= 0) & ((premises["park"] >= 0) | (own_home >= 0)))


def tied_parks(codes: list[str], parks: Mapping[str, ParkFacts], reference: Reference) -> Bools:
    """Say of every place and each park of a frame whether an enclave ties the one to the other."""
    at = {code: number for number, code in enumerate(codes)}
    found = np.zeros((len(reference.places) + 1, len(codes) + 1), bool)
    for park in parks.values():
        cities = [reference.place_at.get(reference.city(code) or "", -1) for code in park.home_region_codes]
        # An invented enclave ties nobody to a real park.
        host = None if park.is_sample else park.host_park_code
        for number in (at.get(park.code), at.get(host or "")):
            if number is not None:
                found[cities, number] = True
    found[-1] = False
    return found


def _enclave_counties(codes: list[str], parks: Mapping[str, ParkFacts]) -> Bools:
    """Say of each park of a frame whether its county has an enclave; invented ones count beside invented parks only."""
    every = {park.county_code for park in parks.values() if park.is_enclave}
    real = {park.county_code for park in parks.values() if park.is_enclave and not park.is_sample}
    listed = [parks.get(code) for code in codes]
    known_of = [park is not None and park.county_code in (every if park.is_sample else real) for park in listed]
    return np.array([*known_of, False], bool)
