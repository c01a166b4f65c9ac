"""What is short or unknown between a need and premises, where no gate refuses for it."""

from collections.abc import Iterator

from matchmaker.recommender.gates.gate import field_of, measure
from matchmaker.recommender.reasons.pair import Pair
from matchmaker.recommender.reasons.stated import purpose_sentence
from matchmaker.recommender.words import Sentence, Value, terms
from models.vocabulary import N_, IncentiveType, OfferCategory, Tenure

NO_INDUSTRY = N_("%(whose)s是%(phrases)s，没有与 %(need)s 相符的")
POLICY_GAP = N_("希望的支持里，载体没有写 %(asks)s")
WORKERS_SHORT = N_("可招工 %(offer)s，需用工 %(need)s，差 %(gap)s")
WATER_SHORT = N_("供水余量 %(offer)s，需 %(need)s，差 %(gap)s")
SUPPLY_SHORT = N_("年供应 %(offer)s，年采购 %(need)s，差 %(gap)s")
NOT_STATED = N_("%(what)s：需 %(need)s，园区未填")
NOT_WANTED_PLACE = N_("不在想去的市州：想去%(need)s，载体在%(place)s")
OTHER_WAY = N_("取得方式不同：需求要的是%(need)s，载体是%(offer)s")
OTHER_PURPOSE = N_("想做的是%(need)s，载体是%(offer)s，用途不同")
UNSEEN = N_("名录数据，园区尚未核实，面积、价格和余量都还没有填")


def soft_gaps(pair: Pair) -> Iterator[Sentence | None]:
    """Yield what is short or unknown although no gate refuses for it."""
    yield _no_industry(pair)
    if pair.need.get("category") and pair.scored.contribution("purpose") < 0:
        yield purpose_sentence(pair, OTHER_PURPOSE, kind="short")
    yield _other_way(pair)
    yield _wrong_place(pair)
    yield _short_of(pair, "headcount_needed", "workers_available", WORKERS_SHORT)
    yield _short_of(pair, "water_m3_per_day", "water_spare_m3_per_day", WATER_SHORT)
    yield _short_of(pair, "annual_purchase_t", "annual_supply_t", SUPPLY_SHORT)
    yield _unanswered_asks(pair)
    if pair.premises.kind == "park" and pair.premises.park and pair.premises.park.verification == "directory":
        yield Sentence(UNSEEN, {}, ("park.verification",), kind="unknown")


def _no_industry(pair: Pair) -> Sentence | None:
    if not pair.scorer.has_own_trade or pair.scored.likenesses.industry_phrase is not None:
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


def _other_way(pair: Pair) -> Sentence | None:
    if pair.scored.contribution("tenure") >= 0:
        return None
    tenures, given = pair.need.get("tenures"), pair.premises.get("tenures")
    wanted_area = "land_area_mu" if pair.need.get("land_area_mu") else "floor_area_sqm"
    need = terms(Tenure, tenures) if tenures else Value(None, labels=(field_of("need", wanted_area).label,))
    offer = terms(Tenure, given) if given else terms(OfferCategory, [pair.premises.get("category")])
    fields = (f"need.{'tenures' if tenures else wanted_area}", f"offer.{'tenures' if given else 'category'}")
    return Sentence(OTHER_WAY, {"need": need, "offer": offer}, fields, kind="short")


def _wrong_place(pair: Pair) -> Sentence | None:
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


def _short_of(pair: Pair, asked: str, given: str, message: str) -> Sentence | None:
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


def _unanswered_asks(pair: Pair) -> Sentence | None:
    promised = {promise.type for promise in pair.premises.promises}
    missing = [ask for ask in pair.need.get("policy_asks") or () if ask not in promised]
    if not missing:
        return None
    asks = terms(IncentiveType, missing)
    return Sentence(POLICY_GAP, {"asks": asks}, ("need.policy_asks", "offer.incentives"), kind="unknown")
