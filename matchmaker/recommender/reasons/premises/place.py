"""Reasons from where the premises stand."""

from collections.abc import Sequence

from matchmaker.recommender.facts import ParkFacts
from matchmaker.recommender.geography import SHENZHEN, Travel
from matchmaker.recommender.reasons.pair import DIRECTORY, Maker, Pair, named
from matchmaker.recommender.words import Sentence, Value, terms
from models.vocabulary import N_, NeedCategory, ParkLevel, ParkType, PortType, ProjectType

LEVEL = {
    ParkLevel.NATIONAL: N_("%(park)s是国家级%(type)s"),
    ParkLevel.PROVINCIAL: N_("%(park)s是省级%(type)s"),
}
HOME_TIE = N_("%(city)s和湖南共建的%(enclave)s在这里")
ENCLAVE = N_("%(county)s有大湾区共建的%(enclaves)s")
PARTNER = N_("需求在找飞地共建伙伴，这里是%(what)s")
LABOUR = N_("%(prefecture)s到深圳公路约 %(distance)s，用工多的企业多落在近处")
CAPITAL = N_("省会长沙，总部和研发机构多设在这里")
BEYOND_CAPITAL = N_("整厂搬迁多在省会以外，这里是%(prefecture)s")
PLACE = N_("需求想去%(need)s，载体在%(place)s")
WANTS_HERE = N_("需求点名要来%(need)s，载体就在%(place)s")
RAIL = N_("%(prefecture)s到%(city)s铁路约 %(hours)s")
ZONE = N_("%(prefecture)s属于%(zones)s")
CUSTOMS = N_("园区已知的海关设施有%(ports)s")
ENCLAVE_SLOT = N_("飞地席位")
ENCLAVE_PARK = N_("共建园")
ZONES_NAMED = 2
KILOMETRES, HOURS = N_("公里"), N_("小时")


def place(message: str) -> Maker:
    """Make a sentence that says that the place is a wanted one."""

    def make(pair: Pair) -> Sentence:
        targets = pair.asking.get("target_prefecture_codes") or ()
        values = {"need": named(pair.reference.place_name(code) for code in targets), "place": pair.county}
        fields = ("need.target_prefecture_codes", "need.place_strictness", "park.county_code")
        return Sentence(message, values, fields)

    return make


def rail(name: str) -> Maker:
    """Make a sentence about the hours by rail to the city that a field of the need names."""

    def make(pair: Pair) -> Sentence | None:
        city = pair.reference.city(pair.asking.get(name))
        link = pair.reference.rail.get((pair.park.prefecture_code, city)) if pair.park and city else None
        return _rail_sentence(pair, link, f"need.{name}") if link else None

    return make


def rail_bay(pair: Pair) -> Sentence | None:
    """Say how long the train takes to the nearest city of the Bay."""
    start = pair.park.prefecture_code if pair.park else None
    links = [link for (here, _), link in pair.reference.rail.items() if here == start and link.hours is not None]
    return _rail_sentence(pair, min(links, key=lambda link: link.hours or 0.0)) if links else None


def _rail_sentence(pair: Pair, link: Travel, *fields: str) -> Sentence:
    values = {
        "prefecture": pair.prefecture,
        "city": pair.reference.place_name(link.to_code),
        "hours": Value(round(link.hours or 0.0, 1), HOURS),
    }
    return Sentence(RAIL, values, (*fields, "park.prefecture_code", "travel.hours"), link.basis)


def level(pair: Pair) -> Sentence | None:
    """Say who approved the park."""
    park = pair.park
    message = LEVEL.get(ParkLevel(park.level)) if park else None
    if park is None or message is None:
        return None
    return Sentence(message, {"park": park.name, "type": terms(ParkType, [park.type])}, ("park.level",), DIRECTORY)


def capital(pair: Pair) -> Sentence:
    """Say that headquarters and research suit the capital."""
    is_said = pair.asking.get("category") == NeedCategory.HEADQUARTERS
    plans = pair.asking.get("project_type") in (ProjectType.HEADQUARTERS, ProjectType.RESEARCH)
    return Sentence(CAPITAL, {}, (*_who_says("category", is_said, plans), "park.prefecture_code"))


def beyond_capital(pair: Pair) -> Sentence:
    """Say that whole plants mostly move to places beyond the capital."""
    is_said = pair.asking.get("category") == NeedCategory.WHOLE_RELOCATION
    plans = pair.asking.get("project_type") == ProjectType.RELOCATION
    fields = (*_who_says("category", is_said, plans), "park.prefecture_code")
    return Sentence(BEYOND_CAPITAL, {"prefecture": pair.prefecture}, fields)


def _who_says(name: str, is_said: bool, plans: bool) -> tuple[str, ...]:
    # What two fields say stays true when one of them is silent, so neither alone can be pointed at.
    if is_said and plans:
        return ()
    return (f"need.{name}",) if is_said else ("need.project_type",)


def zone(pair: Pair) -> Sentence | None:
    """Name the zones of the plan that the prefecture belongs to."""
    names = pair.reference.zones_for(pair.park.prefecture_code, pair.asking.codes) if pair.park else []
    values = {"prefecture": pair.prefecture, "zones": named(names[:ZONES_NAMED])}
    return Sentence(ZONE, values, ("park.prefecture_code", "zone.members")) if names else None


def customs(pair: Pair) -> Sentence | None:
    """Name the customs facilities that the directory knows."""
    listed = (pair.park.customs_facilities if pair.park else None) or ()
    values = {"ports": terms(PortType, listed)}
    return Sentence(CUSTOMS, values, ("park.customs_facilities",), DIRECTORY) if listed else None


def labour(pair: Pair) -> Sentence | None:
    """Say how near Shenzhen is for work of many hands."""
    link = pair.reference.road.get((pair.park.prefecture_code, SHENZHEN)) if pair.park else None
    if link is None or link.kilometres is None:
        return None
    field = "need.headcount_needed" if pair.asking.get("headcount_needed") else "need.industry_codes"
    values = {"prefecture": pair.prefecture, "distance": Value(link.kilometres, KILOMETRES)}
    return Sentence(LABOUR, values, (field, "park.prefecture_code", "travel.kilometres"), link.basis)


# --- Parks that a city of the Bay builds together with a county ---------------------------------------------------


def home_tie(pair: Pair) -> Sentence | None:
    """Say that the need's city built an enclave here."""
    city = pair.reference.city(pair.asking.get("from_city_code"))
    values = {"city": pair.reference.place_name(city)}
    home = pair.reference.city(pair.answering.get("home_region_code"))
    if home is not None and home == city:
        name = pair.park.name if pair.park else pair.answering.name
        # What the directory says as well can't be taken away with the offer's own answer.
        own: tuple[str, ...] = () if _ties(pair, city) else ("offer.home_region_code",)
        return Sentence(HOME_TIE, {**values, "enclave": name}, ("need.from_city_code", *own))
    tied = _ties(pair, city)
    if not tied:
        return None
    is_own = pair.park is not None and [park.code for park in tied] == [pair.park.code]
    field = "park.home_region_codes" if is_own else "enclave.home_region_codes"
    fields = ("need.from_city_code", field)
    return Sentence(HOME_TIE, {**values, "enclave": tied[0].name}, fields, DIRECTORY)


def _ties(pair: Pair, city: str | None) -> list[ParkFacts]:
    """Return the enclaves by which a city is tied to the park that the premises stand in."""
    park = pair.park
    if park is None or city is None:
        return []
    return [
        other
        for other in pair.parks.values()
        if city in {pair.reference.city(home) for home in other.home_region_codes}
        # An invented enclave ties nobody to a real park.
        and (other.code == park.code or (other.host_park_code == park.code and not other.is_sample))
    ]


def enclave(pair: Pair) -> Sentence | None:
    """Name the enclave parks of the county."""
    park = pair.park
    if park is None:
        return None
    there = [
        other.name
        for other in pair.parks.values()
        # Invented enclaves are named beside invented parks only.
        if other.is_enclave and other.county_code == park.county_code and (park.is_sample or not other.is_sample)
    ]
    values = {"county": pair.reference.place_name(park.county_code), "enclaves": named(there)}
    # An enclave is its own reason, wherever it lies.
    fields = ("enclave.is_enclave",) if park.is_enclave else ("park.county_code", "enclave.is_enclave")
    return Sentence(ENCLAVE, values, fields, DIRECTORY) if there else None


def partner(pair: Pair) -> Sentence:
    """Say that a partner is wanted and that this is one."""
    park = pair.park
    built: Sequence[str] = ("park.is_enclave",) if park is not None and park.is_enclave else ()
    slot: Sequence[str] = ("offer.category",) if pair.answering.get("category") == "enclave_slot" else ()
    values = {"what": Value(None, labels=(ENCLAVE_SLOT if slot else ENCLAVE_PARK,))}
    # What both say stays true when one of them is silent.
    fields = ("need.category", *(() if built and slot else (*built, *slot)))
    return Sentence(PARTNER, values, fields)
