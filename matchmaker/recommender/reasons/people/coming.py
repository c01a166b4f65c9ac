"""Reasons from what a talent wants, and when both would be ready."""

from matchmaker.recommender.gates.gate import field_of, measure
from matchmaker.recommender.people.coming import LATEST, PLACES
from matchmaker.recommender.reasons.pair import Pair, named, word
from matchmaker.recommender.words import Sentence, Value, terms
from models.vocabulary import N_, EmployerType, RegionLevel, Support, WayOfWorking

IN_TIME = N_("%(own)s 可到岗，比%(what)s %(asked)s 早 %(days)s")
ON_THE_DAY = N_("%(own)s 可到岗，正是%(what)s的一天")
WANTED_PLACE = N_("想去的市州包括%(place)s")
ANYWHERE = N_("哪个市州都可以，这里在%(place)s")
RAIL = N_("现在住在%(city)s，坐火车到%(place)s约 %(hours)s")
AT_HOME = N_("现在就在%(place)s")
SAME_CITY = N_("需求方和人才现在都在%(city)s")
SAME_WAY = N_("工作方式都可以%(ways)s")
REMOTE = N_("需求把研发留在大湾区，人才可以%(ways)s")
MONTHS = N_("每年须在湘 %(asked)s，人才可以 %(own)s")
PAID = N_("期望年薪 %(own)s，岗位最高 %(asked)s")
PAID_AT_LEAST = N_("期望年薪 %(own)s，岗位最低就有 %(asked)s")
SAME_SUPPORTS = N_("希望的支持里，岗位能给%(supports)s")
HOUSING = N_("希望安家落户，岗位提供住房")
SAME_EMPLOYER = N_("意向单位包括%(employer)s")


def start(pair: Pair) -> Sentence:
    """Say that the talent can come in time."""
    name = LATEST[pair.asking.kind]
    latest, ready = pair.asking.get(name), pair.answering.get("available_on")
    days = (latest - ready).days
    values = {
        "own": Value(ready),
        "asked": Value(latest),
        "days": Value(days, N_("天")),
        "what": word(field_of(pair.asking.kind, name).label),
    }
    fields = ("talent.available_on", f"{pair.asking.kind}.{name}")
    return Sentence(IN_TIME if days else ON_THE_DAY, values, fields)


def places_of(pair: Pair) -> tuple[list[str], str]:
    """Return where the work would be, and where that is stated."""
    name = PLACES[pair.asking.kind]
    said = pair.asking.get(name)
    return [said] if isinstance(said, str) else list(said or ()), f"{pair.asking.kind}.{name}"


def wanted_place(pair: Pair) -> Sentence:
    """Say that the place is a wanted one, or that any place will do."""
    reference, targets = pair.reference, list(pair.answering.get("target_prefecture_codes") or ())
    places, field = places_of(pair)
    inside = [code for code in places if reference.is_within(code, targets)]
    inside += [code for code in targets if reference.is_within(code, places) and code not in inside]
    if inside and targets:
        values = {"place": named(reference.place_name(code) for code in inside)}
        return Sentence(WANTED_PLACE, values, ("talent.target_prefecture_codes", field))
    values = {"place": named(reference.place_name(code) for code in places)}
    return Sentence(ANYWHERE, values, ("talent.place_strictness", field))


def travel(pair: Pair) -> Sentence | None:
    """Say how long the train takes from where the talent lives, or that the talent lives there."""
    reference = pair.reference
    home = _city(pair, pair.answering.get("current_city_code"))
    places, field = places_of(pair)
    fields = ("talent.current_city_code", field)
    links = []
    for code in places:
        start = _city(pair, code)
        if start == home:
            return Sentence(AT_HOME, {"place": reference.place_name(code)}, fields)
        link = reference.rail.get((start or "", home or ""))
        if link is not None and link.hours is not None:
            links.append(link)
    if not links:
        return None
    link = min(links, key=lambda link: link.hours or 0.0)
    values = {
        "city": reference.place_name(link.to_code),
        "place": reference.place_name(link.from_code),
        "hours": Value(round(link.hours or 0.0, 1), N_("小时")),
    }
    return Sentence(RAIL, values, (*fields, "travel.hours"), link.basis)


def _city(pair: Pair, code: str | None) -> str | None:
    place = pair.reference.places.get(code or "")
    if place is None:
        return None
    inside = place.level in (RegionLevel.COUNTY.value, RegionLevel.DISTRICT.value)
    return place.parent_code if inside else place.code


def same_city(pair: Pair) -> Sentence:
    """Say that both are in one city now."""
    city = pair.reference.place_name(_city(pair, pair.answering.get("current_city_code")))
    return Sentence(SAME_CITY, {"city": city}, ("need.from_city_code", "talent.current_city_code"))


def way(pair: Pair) -> Sentence:
    """Say which ways of working suit both."""
    wanted = pair.answering.get("ways_of_coming") or ()
    if pair.asking.kind == "need":
        values = {"ways": terms(WayOfWorking, [WayOfWorking.REMOTE_RESEARCH])}
        return Sentence(REMOTE, values, ("need.category", "talent.ways_of_coming"))
    offered = pair.asking.get("ways_of_working") or ()
    values = {"ways": terms(WayOfWorking, [way for way in wanted if way in offered])}
    return Sentence(SAME_WAY, values, ("position.ways_of_working", "talent.ways_of_coming"))


def months(pair: Pair) -> Sentence:
    """Say that the talent can be there for as many months as it takes."""
    values = {
        "asked": measure("position", "months_per_year", pair.asking.get("months_per_year")),
        "own": measure("talent", "months_per_year", pair.answering.get("months_per_year")),
    }
    return Sentence(MONTHS, values, ("position.months_per_year", "talent.months_per_year"))


def salary(pair: Pair) -> Sentence:
    """Set what the talent expects beside what the position pays."""
    expected = pair.answering.get("salary_expected_wan")
    name = "salary_low_wan" if pair.asking.get("salary_high_wan") is None else "salary_high_wan"
    values = {
        "own": measure("talent", "salary_expected_wan", expected),
        "asked": measure("position", name, pair.asking.get(name)),
    }
    message = PAID if name == "salary_high_wan" else PAID_AT_LEAST
    return Sentence(message, values, ("talent.salary_expected_wan", f"position.{name}"))


def supports(pair: Pair) -> Sentence:
    """Say which of the wanted support the position gives."""
    offered = pair.asking.get("supports_offered") or ()
    given = [support for support in pair.answering.get("supports_wanted") or () if support in offered]
    values = {"supports": terms(Support, given)}
    return Sentence(SAME_SUPPORTS, values, ("talent.supports_wanted", "position.supports_offered"))


def housing(pair: Pair) -> Sentence:
    """Say that there is housing for somebody who wants to settle."""
    return Sentence(HOUSING, {}, ("talent.supports_wanted", "position.housing_offered"))


def employer(pair: Pair) -> Sentence:
    """Say that the employer is of a kind that the talent would work for."""
    is_need = pair.asking.kind == "need"
    kind = EmployerType.ENTERPRISE if is_need else pair.asking.get("employer_type")
    # A need is an enterprise's by its nature, so there is no field to point at.
    fields = ("talent.employer_types",) if is_need else ("talent.employer_types", "position.employer_type")
    return Sentence(SAME_EMPLOYER, {"employer": terms(EmployerType, [kind])}, fields)
