"""Why premises suit a need, and what still stands between them, in words.

A reason cites only facts that are stated, says both values, and is ordered by what its part adds to the score. Where
too little is stated, plain facts about the place fill up to three: true of the park, if not decisive.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from matchmaker.recommender.criteria import rail_link
from matchmaker.recommender.facts import Item
from matchmaker.recommender.gates import Gate
from matchmaker.recommender.gates.gate import field_of, measure
from matchmaker.recommender.industry import CLASS, DIVISION, GROUP, nearness
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.score import SHENZHEN, Phrase, PremisesScorer, Scored
from matchmaker.recommender.words import Sentence, Value, terms
from models.vocabulary import (
    N_,
    CooperationMode,
    IncentiveType,
    NeedCategory,
    OfferCategory,
    ParkLevel,
    ParkType,
    PortType,
    Tenure,
    Verdict,
)
from search.analysis import normalise

LEAST = 3
MOST = 8
ZONES_NAMED = 2
# Words that stand in every text of this market say nothing about two of them.
# fmt: off
EVERYWHERE = frozenset((
    "制造", "生产", "材料", "产品", "加工", "设备", "产业", "工业", "项目", "企业",
    "园区", "需要", "建设", "经济", "技术", "开发", "公司", "基地", "厂房", "用地",
))
# fmt: on

SAME_CLASS = N_("行业同一小类：需求 %(need)s，%(whose)s“%(phrase)s”")
SAME_GROUP = N_("行业同一中类：需求 %(need)s，%(whose)s“%(phrase)s”")
SAME_DIVISION = N_("行业同一大类：需求 %(need)s，%(whose)s“%(phrase)s”")
CHAIN = N_("产业链上下游：需求 %(need)s，%(whose)s“%(phrase)s”")
MEANING = N_("%(whose)s“%(phrase)s”与需求的说明意思相近")
WORDS = N_("用词相近：两边都写了“%(words)s”")
WELCOMES = N_("载体欢迎的行业")
LIVES_BY = N_("园区主导产业")
NATIONAL = N_("%(park)s是国家级%(type)s")
PROVINCIAL = N_("%(park)s是省级%(type)s")
HOME_TIE = N_("需求所在的%(city)s与%(enclave)s有共建关系")
ENCLAVE = N_("%(county)s有共建园：%(enclaves)s")
LABOUR = N_("用工多的行业，到深圳公路约 %(distance)s")
ROAD = N_("%(prefecture)s到深圳公路约 %(distance)s")
CAPITAL = N_("需求是总部或研发，载体在省会长沙")
PLACE = N_("在想去的市州：%(place)s")
PURPOSE = N_("想做的是%(need)s，载体是%(offer)s")
SPACE = N_("面积够用：需 %(need)s，可供 %(offer)s")
TENURE = N_("取得方式一致：%(tenures)s")
PRICE = N_("%(what)s %(price)s，不高于上限 %(cap)s")
ENOUGH = N_("%(what)s %(offer)s，够 %(need)s")
DUAL = N_("需要双回路供电，载体有")
RAIL = N_("%(prefecture)s到%(city)s铁路约 %(hours)s")
DATE = N_("%(ready)s 可交付，比 %(latest)s 早 %(days)s")
PORTS = N_("需要的口岸或海关设施有 %(ports)s")
POLICY = N_("希望的支持里，载体写明了 %(asks)s")
COOPERATION = N_("合作方式都有 %(modes)s")
WORKERS = N_("可招工 %(offer)s，需用工 %(need)s")
SUPPLY = N_("年供应 %(offer)s，年采购 %(need)s")
UPSTREAM = N_("上游配套：需要 %(need)s，园区主导产业有“%(phrase)s”")
DOWNSTREAM = N_("下游客户：服务 %(need)s，园区主导产业有“%(phrase)s”")
ZONE = N_("%(prefecture)s属于%(zones)s")
CUSTOMS = N_("园区有 %(ports)s")
READY = N_("载体 %(ready)s 可交付")
SIZE_OF_OFFER = N_("可供 %(offer)s")
LIVING = N_("园区主导产业是%(industries)s")
WHERE = N_("载体在%(place)s")

NO_INDUSTRY = N_("%(whose)s是%(phrases)s，没有与 %(need)s 相符的")
POLICY_GAP = N_("希望的支持里，载体没有写 %(asks)s")
WORKERS_SHORT = N_("可招工 %(offer)s，需用工 %(need)s，差 %(gap)s")
WATER_SHORT = N_("供水余量 %(offer)s，需 %(need)s，差 %(gap)s")
NOT_STATED = N_("%(what)s：需 %(need)s，对方未填")
NOT_WANTED_PLACE = N_("不在想去的市州：想去%(need)s，载体在%(place)s")
OTHER_PURPOSE = N_("想做的是%(need)s，载体是%(offer)s，用途不同")
UNSEEN = N_("名录数据，园区尚未核实，面积、价格和余量都还没有填")

Maker = Callable[["_Pair"], Sentence | None]


class _Pair:
    """What the makers of sentences look at: both sides, and what was found about them."""

    def __init__(self, premises: Item, scored: Scored, scorer: PremisesScorer) -> None:
        self.need, self.premises, self.scored, self.scorer = scorer.need, premises, scored, scorer
        self.reference = scorer.reference

    @property
    def says(self) -> str:
        """Name the field in which the need says in words what it is about."""
        return "need.description" if self.need.get("description") else "need.title"

    @property
    def phrase_field(self) -> str:
        """Name the field that the premises' phrases come from."""
        return "offer.welcomed_codes" if self.premises.codes else "park.leading_industries"

    @property
    def whose(self) -> Value:
        """Say whose phrases they are."""
        return Value(None, labels=(WELCOMES if self.premises.codes else LIVES_BY,))

    @property
    def prefecture(self) -> str:
        """Return the name of the prefecture."""
        return self.reference.place_name(self.premises.park.prefecture_code) if self.premises.park else ""


def reasons(premises: Item, scored: Scored, scorer: PremisesScorer) -> list[Sentence]:
    """Return what speaks for the pair, the weightiest first, and at least three sentences."""
    pair = _Pair(premises, scored, scorer)
    ordered = sorted(scored.criteria, key=lambda criterion: -criterion.contribution)
    found: list[Sentence] = []
    for criterion in ordered:
        if criterion.contribution > 0 and criterion.name in MAKERS:
            sentence = MAKERS[criterion.name](pair)
            if sentence is not None:
                found.append(sentence)
    for make in (_road, _size_of_offer, _ready, _living, _where):
        if len(found) < LEAST and (sentence := make(pair)) is not None:
            found.append(sentence)
    return found[:MOST]


def gaps(premises: Item, scored: Scored, scorer: PremisesScorer, gates: Sequence[Gate]) -> list[Sentence]:
    """Return everything that is short or unknown: what a gate says, and what no gate refuses for."""
    pair = _Pair(premises, scored, scorer)
    short = [gate.sentence for gate in gates if gate.verdict is Verdict.FAILS]
    unknown = [gate.sentence for gate in gates if gate.verdict is Verdict.UNKNOWN]
    softer = [sentence for sentence in _soft_gaps(pair) if sentence is not None]
    return [
        *short,
        *(sentence for sentence in softer if sentence.kind == "short"),
        *unknown,
        *(sentence for sentence in softer if sentence.kind == "unknown"),
    ]


# --- Reasons --------------------------------------------------------------------------------------------------------


def _industry(pair: _Pair) -> Sentence | None:
    phrase = pair.scored.likenesses.industry_phrase
    if phrase is None:
        return None
    code, other = _closest(pair.need.codes, phrase, pair)
    shared = next((length for length in (CLASS, GROUP, DIVISION) if _share(code, other, length)), 0)
    message = {CLASS: SAME_CLASS, GROUP: SAME_GROUP, DIVISION: SAME_DIVISION}.get(shared, CHAIN)
    return Sentence(
        message,
        {"need": pair.reference.industry_name(code), "whose": pair.whose, "phrase": _named(phrase, pair)},
        ("need.industry_codes", pair.phrase_field),
    )


def _closest(codes: Iterable[str], phrase: Phrase, pair: _Pair) -> tuple[str, str]:
    pairs = [(code, other) for code in codes for other in phrase.codes]
    return max(pairs, key=lambda two: nearness(two[0], two[1], pair.reference.neighbours))


def _share(code: str, other: str, length: int) -> bool:
    return len(code) >= length and len(other) >= length and code[:length] == other[:length]


def _named(phrase: Phrase, pair: _Pair) -> str:
    return pair.reference.industry_name(phrase.codes[0]) if pair.premises.codes else phrase.text


def _meaning(pair: _Pair) -> Sentence | None:
    phrase = pair.scored.likenesses.meaning_phrase
    if phrase is None or not (pair.need.get("description") or pair.need.get("title")):
        return None
    return Sentence(MEANING, {"whose": pair.whose, "phrase": _named(phrase, pair)}, (pair.says, pair.phrase_field))


def _words(pair: _Pair) -> Sentence | None:
    phrases = list(pair.premises.park.leading_industries) if pair.premises.park else []
    own = pair.premises.words
    shared = shared_words(
        pair.need.words, own or "\n".join(phrases), trade_words(pair.reference, pair.need, pair.premises)
    )
    if not shared:
        return None
    field = "offer.description" if own and pair.premises.get("description") else "offer.title" if own else ""
    return Sentence(WORDS, {"words": "”“".join(shared)}, (pair.says, field or "park.leading_industries"))


def trade_words(reference: Reference, *sides: Item) -> set[str]:
    """Return the words that mean something in a trade: those of the reference, and what either side makes or does."""
    lists = ("products", "processes", "skills")
    return {*reference.terms, *(word for side in sides for name in lists for word in side.get(name) or ())} - EVERYWHERE


def shared_words(text: str, other: str, words: Iterable[str], most: int = 3) -> list[str]:
    """Return the longest of some words that stand in both texts, and none that is part of another."""
    here, there = normalise(text), normalise(other)
    both = [word for word in words if len(word) > 1 and normalise(word) in here and normalise(word) in there]
    both.sort(key=lambda word: (-len(word), here.index(normalise(word))))
    found: list[str] = []
    for word in both:
        if not any(word in longer for longer in found):
            found.append(word)
    return found[:most]


def _level(pair: _Pair) -> Sentence | None:
    park = pair.premises.park
    if park is None:
        return None
    message = NATIONAL if park.level == ParkLevel.NATIONAL.value else PROVINCIAL
    return Sentence(message, {"park": park.name, "type": terms(ParkType, [park.type])}, ("park.level",))


def _home_tie(pair: _Pair) -> Sentence | None:
    enclave = pair.scorer.home_tie(pair.premises)
    city = pair.reference.place_name(pair.reference.city(pair.need.get("from_city_code")))
    own = pair.premises.get("home_region_code") is not None
    fields = ("need.from_city_code", "offer.home_region_code" if own else "park.home_region_codes")
    return Sentence(HOME_TIE, {"city": city, "enclave": enclave}, fields) if enclave else None


def _enclave(pair: _Pair) -> Sentence | None:
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


def _road_sentence(pair: _Pair, message: str, *fields: str) -> Sentence | None:
    park = pair.premises.park
    link = pair.reference.road.get((park.prefecture_code, SHENZHEN)) if park else None
    if link is None or link.kilometres is None:
        return None
    values = {"prefecture": pair.prefecture, "distance": Value(link.kilometres, N_("公里"))}
    return Sentence(message, values, (*fields, "park.prefecture_code", "travel.kilometres"), link.basis)


def _labour(pair: _Pair) -> Sentence | None:
    field = "need.headcount_needed" if pair.need.get("headcount_needed") else "need.industry_codes"
    return _road_sentence(pair, LABOUR, field)


def _road(pair: _Pair) -> Sentence | None:
    return _road_sentence(pair, ROAD)


def _capital(pair: _Pair) -> Sentence:
    field = "need.category" if pair.need.get("category") else "need.project_type"
    return Sentence(CAPITAL, {}, (field, "park.prefecture_code"))


def _place(pair: _Pair) -> Sentence | None:
    park = pair.premises.park
    if park is None:
        return None
    place = pair.prefecture + pair.reference.place_name(park.county_code)
    return Sentence(PLACE, {"place": place}, ("need.target_prefecture_codes", "park.county_code"))


def _purpose(pair: _Pair) -> Sentence:
    return _purpose_sentence(pair, PURPOSE)


def _purpose_sentence(pair: _Pair, message: str, **kind: str) -> Sentence:
    values = {
        "need": terms(NeedCategory, [pair.need.get("category")]),
        "offer": terms(OfferCategory, [pair.premises.get("category")]),
    }
    return Sentence(message, values, ("need.category", "offer.category"), **kind)  # type: ignore[arg-type]


def _space(pair: _Pair) -> Sentence | None:
    for asked, *given in (
        ("land_area_mu", "largest_plot_mu", "available_area_mu"),
        ("floor_area_sqm", "floor_area_sqm"),
    ):
        name = next((name for name in given if pair.premises.get(name)), None)
        wanted = pair.need.get(asked)
        if name and wanted and pair.premises.get(name) >= wanted:
            values = {"need": measure("need", asked, wanted), "offer": measure("offer", name, pair.premises.get(name))}
            return Sentence(SPACE, values, (f"need.{asked}", f"offer.{name}"))
    return None


def _tenure(pair: _Pair) -> Sentence:
    given = pair.premises.get("tenures") or ()
    both = [tenure for tenure in pair.need.get("tenures") or () if tenure in given]
    return Sentence(TENURE, {"tenures": terms(Tenure, both)}, ("need.tenures", "offer.tenures"))


def _price(cap_name: str, price_name: str) -> Maker:
    def make(pair: _Pair) -> Sentence:
        values = {
            "what": Value(None, labels=(field_of("offer", price_name).label,)),
            "price": measure("offer", price_name, pair.premises.get(price_name)),
            "cap": measure("need", cap_name, pair.need.get(cap_name)),
        }
        return Sentence(PRICE, values, (f"need.{cap_name}", f"offer.{price_name}"), pair.premises.get("price_source"))

    return make


def _enough(asked: str, given: str, message: str = ENOUGH) -> Maker:
    def make(pair: _Pair) -> Sentence:
        values = {
            "what": Value(None, labels=(field_of("offer", given).label,)),
            "need": measure("need", asked, pair.need.get(asked)),
            "offer": measure("offer", given, pair.premises.get(given)),
        }
        return Sentence(message, values, (f"need.{asked}", f"offer.{given}"))

    return make


def _dual(pair: _Pair) -> Sentence:
    return Sentence(DUAL, {}, ("need.dual_supply_needed", "offer.dual_supply"))


def _rail(pair: _Pair) -> Sentence | None:
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


def _date(pair: _Pair) -> Sentence:
    name = "premises_needed_on" if pair.need.get("premises_needed_on") else "production_start_on"
    latest, ready = pair.need.get(name), pair.premises.get("available_on")
    values = {"ready": Value(ready), "latest": Value(latest), "days": Value((latest - ready).days, N_("天"))}
    return Sentence(DATE, values, (f"need.{name}", "offer.available_on"))


def _ports(pair: _Pair) -> Sentence:
    own = pair.premises.get("customs_facilities") or ()
    listed = (pair.premises.park.customs_facilities if pair.premises.park else None) or ()
    both = [port for port in pair.need.get("ports_needed") or () if port in own or port in listed]
    field = "offer.customs_facilities" if any(port in own for port in both) else "park.customs_facilities"
    return Sentence(PORTS, {"ports": terms(PortType, both)}, ("need.ports_needed", field))


def _policy(pair: _Pair) -> Sentence:
    asked = pair.need.get("policy_asks") or ()
    promised = [promise for promise in pair.premises.promises if promise.type in asked]
    kinds = list(dict.fromkeys(promise.type for promise in promised))
    source = next((promise.source for promise in promised if promise.source), None)
    return Sentence(POLICY, {"asks": terms(IncentiveType, kinds)}, ("need.policy_asks", "offer.incentives"), source)


def _cooperation(pair: _Pair) -> Sentence:
    given = pair.premises.get("enclave_modes") or ()
    both = [mode for mode in pair.need.get("cooperation_modes") or () if mode in given]
    return Sentence(
        COOPERATION, {"modes": terms(CooperationMode, both)}, ("need.cooperation_modes", "offer.enclave_modes")
    )


def _chain(field: str, message: str) -> Maker:
    def make(pair: _Pair) -> Sentence | None:
        park, wanted = pair.premises.park, pair.need.get(field) or ()
        phrases = park.leading_industries if park else ()
        near = [
            (nearness(code, other, {}), code, phrase)
            for code in wanted
            for phrase in phrases
            for other in pair.reference.terms.get(phrase, ())
        ]
        best, code, phrase = max(near, default=(0.0, "", ""))
        if not best:
            return None
        values = {"need": pair.reference.industry_name(code), "phrase": phrase}
        return Sentence(message, values, (f"need.{field}", "park.leading_industries"))

    return make


def _zone(pair: _Pair) -> Sentence | None:
    park = pair.premises.park
    if park is None:
        return None
    names = pair.reference.zones_for(park.prefecture_code, pair.need.codes)[:ZONES_NAMED]
    values = {"prefecture": pair.prefecture, "zones": "、".join(names)}
    return Sentence(ZONE, values, ("park.prefecture_code", "zone.members"))


def _customs(pair: _Pair) -> Sentence | None:
    park = pair.premises.park
    if park is None or not park.customs_facilities:
        return None
    return Sentence(CUSTOMS, {"ports": terms(PortType, park.customs_facilities)}, ("park.customs_facilities",))


def _ready(pair: _Pair) -> Sentence | None:
    ready = pair.premises.get("available_on")
    return Sentence(READY, {"ready": Value(ready)}, ("offer.available_on",)) if ready else None


def _size_of_offer(pair: _Pair) -> Sentence | None:
    for name in ("available_area_mu", "floor_area_sqm", "slots"):
        if pair.premises.get(name):
            values = {"offer": measure("offer", name, pair.premises.get(name))}
            return Sentence(SIZE_OF_OFFER, values, (f"offer.{name}",))
    return None


def _living(pair: _Pair) -> Sentence | None:
    phrases = pair.premises.park.leading_industries if pair.premises.park else ()
    values = {"industries": "、".join(phrases)}
    return Sentence(LIVING, values, ("park.leading_industries",)) if phrases else None


def _where(pair: _Pair) -> Sentence | None:
    park = pair.premises.park
    if park is None:
        return None
    values = {"place": pair.prefecture + pair.reference.place_name(park.county_code)}
    return Sentence(WHERE, values, ("park.county_code",))


# A prior such as the size of a prefecture predicts what firms did and advises nothing, so it gives no reason.
MAKERS: dict[str, Maker] = {
    "industry": _industry,
    "meaning": _meaning,
    "words": _words,
    "level": _level,
    "provincial": _level,
    "home_tie": _home_tie,
    "enclave": _enclave,
    "labour": _labour,
    "capital": _capital,
    "place": _place,
    "purpose": _purpose,
    "space": _space,
    "tenure": _tenure,
    "land_price": _price("land_price_cap_wan_per_mu", "land_price_wan_per_mu"),
    "rent": _price("rent_cap_yuan_per_sqm_month", "rent_yuan_per_sqm_month"),
    "power_price": _price("power_price_cap_yuan_per_kwh", "power_price_yuan_per_kwh"),
    "power": _enough("power_kva", "power_spare_kva"),
    "sewage": _enough("sewage_m3_per_day", "sewage_spare_m3_per_day"),
    "gas": _enough("gas_m3_per_day", "gas_spare_m3_per_day"),
    "water": _enough("water_m3_per_day", "water_spare_m3_per_day"),
    "dual_supply": _dual,
    "rail": _rail,
    "date": _date,
    "ports": _ports,
    "policy": _policy,
    "cooperation": _cooperation,
    "workers": _enough("headcount_needed", "workers_available", WORKERS),
    "supply": _enough("annual_purchase_t", "annual_supply_t", SUPPLY),
    "upstream": _chain("upstream_codes", UPSTREAM),
    "downstream": _chain("downstream_codes", DOWNSTREAM),
    "zone": _zone,
    "customs": _customs,
}


# --- Gaps -----------------------------------------------------------------------------------------------------------


def _soft_gaps(pair: _Pair) -> Iterator[Sentence | None]:
    yield _no_industry(pair)
    if pair.need.get("category") and pair.scored.contribution("purpose") < 0:
        yield _purpose_sentence(pair, OTHER_PURPOSE, kind="short")
    yield _wrong_place(pair)
    yield _short_of(pair, "headcount_needed", "workers_available", WORKERS_SHORT)
    yield _short_of(pair, "water_m3_per_day", "water_spare_m3_per_day", WATER_SHORT)
    yield _unanswered_asks(pair)
    if pair.premises.kind == "park" and pair.premises.park and pair.premises.park.verification == "directory":
        yield Sentence(UNSEEN, {}, ("park.verification",), kind="unknown")


def _no_industry(pair: _Pair) -> Sentence | None:
    if not pair.need.codes or pair.scored.likenesses.industry_phrase is not None:
        return None
    park = pair.premises.park
    phrases = [pair.reference.industry_name(code) for code in pair.premises.codes]
    phrases = phrases or list(park.leading_industries if park else ())
    if not phrases:
        return None
    values = {
        "whose": pair.whose,
        "phrases": "、".join(phrases[:4]),
        "need": pair.reference.industry_name(pair.need.codes[0]),
    }
    return Sentence(NO_INDUSTRY, values, ("need.industry_codes", pair.phrase_field), kind="short")


def _wrong_place(pair: _Pair) -> Sentence | None:
    park = pair.premises.park
    # Where the place is a must, the gate says it.
    if park is None or pair.scored.contribution("place") >= 0 or pair.need.get("place_strictness") == "must":
        return None
    targets = pair.need.get("target_prefecture_codes") or ()
    values = {
        "need": "、".join(pair.reference.place_name(code) for code in targets),
        "place": pair.prefecture + pair.reference.place_name(park.county_code),
    }
    return Sentence(NOT_WANTED_PLACE, values, ("need.target_prefecture_codes", "park.county_code"), kind="short")


def _short_of(pair: _Pair, asked: str, given: str, message: str) -> Sentence | None:
    wanted, offered = pair.need.get(asked), pair.premises.get(given)
    if not wanted or (offered is not None and offered >= wanted):
        return None
    fields = (f"need.{asked}", f"offer.{given}")
    need = measure("need", asked, wanted)
    if offered is None:
        what = Value(None, labels=(field_of("need", asked).label,))
        return Sentence(NOT_STATED, {"what": what, "need": need}, fields, kind="unknown")
    values = {"need": need, "offer": measure("offer", given, offered), "gap": measure("need", asked, wanted - offered)}
    return Sentence(message, values, fields, kind="short")


def _unanswered_asks(pair: _Pair) -> Sentence | None:
    promised = {promise.type for promise in pair.premises.promises}
    missing = [ask for ask in pair.need.get("policy_asks") or () if ask not in promised]
    if not missing:
        return None
    asks = terms(IncentiveType, missing)
    return Sentence(POLICY_GAP, {"asks": asks}, ("need.policy_asks", "offer.incentives"), kind="unknown")
