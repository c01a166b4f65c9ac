"""What a need finds in the place: distance, ports, the park's rank and size, ties and wishes.

Size of the prefecture, rank of the park and the like predict what firms did and advise nothing; they are parts with a
weight of their own, so that whoever reads the score can see and move them.
"""

from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.criteria.curves import NOTHING, ROAD_KILOMETRES, Values, in_common, known, nearby
from matchmaker.recommender.criteria.pairs import Pairs
from matchmaker.recommender.criteria.trade import Named
from matchmaker.recommender.frame import Array, Bools, Frame
from matchmaker.recommender.industry import DIVISION
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.relation import any_of, meets
from models.vocabulary import NeedCategory, ProjectType

CAPITAL = "430100"
# Industries that hire many hands for little capital; a stated head count says it better.
LABOUR_INTENSIVE = ("C17", "C18", "C19", "C21", "C24", "C38", "C39", "C41")
LABOUR_INTENSIVE_PER_YI = 200
WITHOUT_A_TRADE = np.float32(0.25)


def place(pairs: Pairs) -> Iterator[Named]:
    """Yield every part about where the premises lie, for each entry of `where`."""
    where, geography = pairs.where, pairs.reference.geography
    yield "place", known(pairs.wants_place & pairs.is_wanted_place, pairs.wants_place & where.is_somewhere)
    for name, field in (("rail", "rail_city_code"), ("rail_home", "from_city_code")):
        city = geography.city[pairs.need[field]]
        yield name, nearby(geography.rail_hours[where.prefecture, city]) if (city >= 0).any() else NOTHING
    yield "rail_bay", nearby(geography.nearest_rail_hours[where.prefecture])
    trusted = _trusted(pairs.need)
    yield "size", known(geography.size[where.prefecture] * trusted, where.is_somewhere)
    yield "level", known(where.is_national * trusted, where.is_somewhere)
    yield "provincial", known(where.is_provincial, where.is_somewhere)
    yield from _capital(pairs)
    yield "customs", known(where.customs != 0, where.is_somewhere)
    yield "zone", known(_is_zoned(pairs), where.is_somewhere)
    yield "labour", _labour(pairs)
    yield "enclave", known(where.in_enclave_county * trusted, where.is_somewhere)


def _trusted(need: Frame) -> Array:
    """Say how far the rank of a place may be trusted: it predicts where trades go, and little without a trade."""
    trusted: Array = np.where(need.has("industry_codes"), np.float32(1), WITHOUT_A_TRADE)
    return trusted


def ties(pairs: Pairs) -> Iterator[Named]:
    """Yield the parts about ports and about parks built together, which offers have of their own."""
    need, where = pairs.need, pairs.where
    customs: Array = pairs.premises["customs_facilities"] | where.spread(where.customs)
    yield "ports", in_common(need["ports_needed"], customs)
    yield "home_tie", pairs.home_tie
    yield "partner", (pairs.is_partner.astype(np.float32), need.is_("category", NeedCategory.ENCLAVE_PARTNER))


def _capital(pairs: Pairs) -> Iterator[Named]:
    need, prefecture = pairs.need, pairs.where.prefecture
    inside = prefecture == pairs.reference.place_at.get(CAPITAL, -2)
    thinks = need.is_("category", NeedCategory.HEADQUARTERS) | need.is_(
        "project_type", ProjectType.HEADQUARTERS, ProjectType.RESEARCH
    )
    moves = need.is_("category", NeedCategory.WHOLE_RELOCATION) | need.is_("project_type", ProjectType.RELOCATION)
    yield "capital", known(thinks & inside, thinks & (prefecture >= 0))
    yield "beyond_capital", known(moves & ~inside, moves & (prefecture >= 0))


def _is_zoned(pairs: Pairs) -> Bools:
    zoned, prefecture = pairs.reference.zoned, pairs.where.prefecture
    # A zone that is open to all means a need without an industry too: the last column.
    return meets(zoned, prefecture, pairs.codes) | zoned[prefecture, -1]


def _labour(pairs: Pairs) -> Values:
    is_intensive = labour_intensive(pairs.need, pairs.reference)
    if not is_intensive.any():
        return NOTHING
    kilometres = pairs.reference.geography.road_kilometres[pairs.where.prefecture]
    near = np.fmax(1 - kilometres / np.float32(ROAD_KILOMETRES), 0)
    return known(near, is_intensive & (kilometres == kilometres))


def labour_intensive(need: Frame, reference: Reference) -> Bools:
    """Say which needs hire many hands: by their numbers, or by their main industry."""
    hands, money = need.number("headcount_needed"), need.number("investment_yi")
    by_numbers: Bools = hands >= LABOUR_INTENSIVE_PER_YI * np.where(money > 0, money, np.nan)
    listed = [code[:DIVISION] in LABOUR_INTENSIVE for code in reference.industries]
    return by_numbers | any_of(np.array([*listed, False]), need["industry_codes"][:, 0])
