"""Reasons from where the premises lie."""

from matchmaker.recommender.criteria import rail_link
from matchmaker.recommender.reasons.pair import Pair
from matchmaker.recommender.score import SHENZHEN
from matchmaker.recommender.words import Sentence, Value, terms
from models.vocabulary import N_, ParkLevel, ParkType, PortType

NATIONAL = N_("%(park)s是国家级%(type)s")
PROVINCIAL = N_("%(park)s是省级%(type)s")
HOME_TIE = N_("需求所在的%(city)s与%(enclave)s有共建关系")
ENCLAVE = N_("%(county)s有飞地或共建园：%(enclaves)s")
LABOUR = N_("用工多的行业，到深圳公路约 %(distance)s")
ROAD = N_("%(prefecture)s到深圳公路约 %(distance)s")
CAPITAL = N_("需求是总部或研发，载体在省会长沙")
PLACE = N_("在想去的市州：%(place)s")
RAIL = N_("%(prefecture)s到%(city)s铁路约 %(hours)s")
ZONE = N_("%(prefecture)s属于%(zones)s")
CUSTOMS = N_("园区有 %(ports)s")
WHERE = N_("载体在%(place)s")
ZONES_NAMED = 2


def level(pair: Pair) -> Sentence | None:
    """Say who approved the park."""
    park = pair.premises.park
    if park is None:
        return None
    message = NATIONAL if park.level == ParkLevel.NATIONAL.value else PROVINCIAL
    return Sentence(message, {"park": park.name, "type": terms(ParkType, [park.type])}, ("park.level",))


def home_tie(pair: Pair) -> Sentence | None:
    """Say that the need's city built an enclave here."""
    enclave = pair.scorer.home_tie(pair.premises)
    city = pair.reference.place_name(pair.reference.city(pair.need.get("from_city_code")))
    own = pair.premises.get("home_region_code") is not None
    fields = ("need.from_city_code", "offer.home_region_code" if own else "park.home_region_codes")
    return Sentence(HOME_TIE, {"city": city, "enclave": enclave}, fields) if enclave else None


def enclave(pair: Pair) -> Sentence | None:
    """Name the enclave parks of the county."""
    park = pair.premises.park
    if park is None:
        return None
    there = [
        other.name
        for other in pair.scorer.parks.values()
        # Invented enclaves are named beside invented parks only.
        if other.is_enclave and other.county_code == park.county_code and (park.is_sample or not other.is_sample)
    ]
    values = {"county": pair.reference.place_name(park.county_code), "enclaves": "、".join(there)}
    return Sentence(ENCLAVE, values, ("park.county_code", "park.is_enclave"))


def _road_sentence(pair: Pair, message: str, *fields: str) -> Sentence | None:
    park = pair.premises.park
    link = pair.reference.road.get((park.prefecture_code, SHENZHEN)) if park else None
    if link is None or link.kilometres is None:
        return None
    values = {"prefecture": pair.prefecture, "distance": Value(link.kilometres, N_("公里"))}
    return Sentence(message, values, (*fields, "park.prefecture_code", "travel.kilometres"), link.basis)


def labour(pair: Pair) -> Sentence | None:
    """Say how near Shenzhen is for work of many hands."""
    field = "need.headcount_needed" if pair.need.get("headcount_needed") else "need.industry_codes"
    return _road_sentence(pair, LABOUR, field)


def road(pair: Pair) -> Sentence | None:
    """Say how far Shenzhen is by road."""
    return _road_sentence(pair, ROAD)


def capital(pair: Pair) -> Sentence:
    """Say that headquarters and research suit the capital."""
    field = "need.category" if pair.need.get("category") else "need.project_type"
    return Sentence(CAPITAL, {}, (field, "park.prefecture_code"))


def place(pair: Pair) -> Sentence | None:
    """Say that the place is a wanted one."""
    park = pair.premises.park
    if park is None:
        return None
    place = pair.prefecture + pair.reference.place_name(park.county_code)
    return Sentence(PLACE, {"place": place}, ("need.target_prefecture_codes", "park.county_code"))


def rail(pair: Pair) -> Sentence | None:
    """Say how long the train takes to the city that matters most."""
    link = rail_link(pair.need, pair.premises, pair.reference)
    if link is None or link.hours is None:
        return None
    values = {
        "prefecture": pair.prefecture,
        "city": pair.reference.place_name(link.to_code),
        "hours": Value(link.hours, N_("小时")),
    }
    asked = [
        f"need.{name}"
        for name in ("rail_city_code", "from_city_code")
        if pair.reference.city(pair.need.get(name)) == link.to_code
    ][:1]
    return Sentence(RAIL, values, (*asked, "park.prefecture_code", "travel.hours"), link.basis)


def zone(pair: Pair) -> Sentence | None:
    """Name the zones of the plan that the prefecture belongs to."""
    park = pair.premises.park
    if park is None:
        return None
    names = pair.reference.zones_for(park.prefecture_code, pair.need.codes)[:ZONES_NAMED]
    values = {"prefecture": pair.prefecture, "zones": "、".join(names)}
    return Sentence(ZONE, values, ("park.prefecture_code", "zone.members"))


def customs(pair: Pair) -> Sentence | None:
    """Name the customs facilities that the directory knows."""
    park = pair.premises.park
    if park is None or not park.customs_facilities:
        return None
    return Sentence(CUSTOMS, {"ports": terms(PortType, park.customs_facilities)}, ("park.customs_facilities",))


def where(pair: Pair) -> Sentence | None:
    """Say where it is."""
    park = pair.premises.park
    if park is None:
        return None
    values = {"place": pair.prefecture + pair.reference.place_name(park.county_code)}
    return Sentence(WHERE, values, ("park.county_code",))
