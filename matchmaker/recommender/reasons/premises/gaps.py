"""What is short or unknown between a need and premises, where no gate says it."""

import dataclasses

from matchmaker.recommender.gates.gate import field_of, measure
from matchmaker.recommender.reasons.pair import DIRECTORY, Maker, Pair, label_of, named, stated
from matchmaker.recommender.reasons.premises.stated import purpose_sentence
from matchmaker.recommender.reasons.premises.strength import missing
from matchmaker.recommender.words import Sentence, Value, terms
from models.vocabulary import N_, CooperationMode, IncentiveType, OfferCategory, Strictness, Tenure

NO_INDUSTRY = N_("%(whose)s是%(phrases)s，没有与 %(need)s 相符的")
POLICY_GAP = N_("希望的支持里，载体没有写%(asks)s")
WORKERS_SHORT = N_("可招工 %(offer)s，需用工 %(need)s，差 %(gap)s")
WATER_SHORT = N_("供水余量 %(offer)s，需 %(need)s，差 %(gap)s")
SUPPLY_SHORT = N_("年供应 %(offer)s，年采购 %(need)s，差 %(gap)s")
NOT_STATED = N_("%(what)s：需 %(need)s，园区未填")
NOT_WANTED_PLACE = N_("不在想去的市州：想去%(need)s，载体在%(place)s")
OTHER_WAY = N_("取得方式不同：需求要的是%(need)s，载体是%(offer)s")
OTHER_PURPOSE = N_("想做的是%(need)s，载体是%(offer)s，用途不同")
OTHER_MODE = N_("合作方式不同：需求要的是%(need)s，载体是%(offer)s")
NOT_ANSWERED = N_("园区要看的，需求还没有写：%(what)s")
UNSEEN = N_("名录数据，园区尚未核实，面积、价格和余量都还没有填")

PHRASES_NAMED = 4
NEAR_AT_ALL = 0.15


def industry(pair: Pair) -> Sentence | None:
    """Say that nothing that the premises are for is near to the need."""
    codes = pair.asking.codes
    if not codes or len(codes[0]) < 2 or pair.value("industry") > NEAR_AT_ALL or pair.value("partner"):
        return None
    own = [pair.reference.industry_name(code) for code in pair.answering.codes]
    phrases = own if pair.is_listed else list(pair.lives_by[0])
    if not phrases:
        return None
    values = {
        "whose": pair.whose,
        "phrases": named(phrases[:PHRASES_NAMED]),
        "need": pair.reference.industry_name(codes[0]),
    }
    return Sentence(NO_INDUSTRY, values, ("need.industry_codes", pair.phrase_field), kind="short")


def purpose(pair: Pair) -> Sentence | None:
    """Say that the premises are of another kind than the need wants."""
    part = pair.scored.part("purpose")
    if part is None or not part.known or part.value:
        return None
    return dataclasses.replace(purpose_sentence(pair, OTHER_PURPOSE), kind="short")


def tenure(pair: Pair) -> Sentence | None:
    """Say that one wants land where the other has floor, or the other way about."""
    part = pair.scored.part("tenure")
    if part is None or not part.known or part.value:
        return None
    tenures, given = pair.asking.get("tenures"), pair.answering.get("tenures")
    wanted_area = "land_area_mu" if stated(pair.asking, "land_area_mu") else "floor_area_sqm"
    need = terms(Tenure, tenures) if tenures else Value(None, labels=(field_of("need", wanted_area).label,))
    offer = terms(Tenure, given) if given else terms(OfferCategory, [pair.answering.get("category")])
    fields = (f"need.{'tenures' if tenures else wanted_area}", f"offer.{'tenures' if given else 'category'}")
    return Sentence(OTHER_WAY, {"need": need, "offer": offer}, fields, kind="short")


def place(pair: Pair) -> Sentence | None:
    """Say that the place is none of the wanted ones; where the place is a must, the gate says it."""
    targets = pair.asking.get("target_prefecture_codes")
    if pair.asking.get("place_strictness") != Strictness.PREFER or not targets or pair.park is None:
        return None
    if pair.value("place"):
        return None
    values = {"need": named(pair.reference.place_name(code) for code in targets), "place": pair.county}
    fields = ("need.target_prefecture_codes", "park.county_code")
    return Sentence(NOT_WANTED_PLACE, values, fields, kind="short")


def short(asked: str, given: str, message: str) -> Maker:
    """Make a sentence about a quantity of which there is too little, or nobody knows how much."""

    def make(pair: Pair) -> Sentence | None:
        wanted, offered = stated(pair.asking, asked), pair.answering.get(given)
        if wanted is None or (offered is not None and offered >= wanted):
            return None
        fields = (f"need.{asked}", f"offer.{given}")
        need = measure("need", asked, wanted)
        if offered is None:
            values = {"what": label_of("need", asked), "need": need}
            return Sentence(NOT_STATED, values, fields, kind="unknown")
        gap = measure("need", asked, wanted - offered)
        values = {"need": need, "offer": measure("offer", given, offered), "gap": gap}
        return Sentence(message, values, fields, kind="short")

    return make


def policy(pair: Pair) -> Sentence | None:
    """Say which of the wanted support nobody has promised."""
    promised = {promise.type for promise in pair.answering.promises}
    lacking = [ask for ask in pair.asking.get("policy_asks") or () if ask not in promised]
    values = {"asks": terms(IncentiveType, lacking)}
    fields = ("need.policy_asks", "offer.incentives")
    return Sentence(POLICY_GAP, values, fields, kind="unknown") if lacking else None


def cooperation(pair: Pair) -> Sentence | None:
    """Say that both name ways of working together, and none in common."""
    wanted, given = pair.asking.get("cooperation_modes"), pair.answering.get("enclave_modes")
    if not wanted or not given or set(wanted) & set(given):
        return None
    values = {"need": terms(CooperationMode, wanted), "offer": terms(CooperationMode, given)}
    return Sentence(OTHER_MODE, values, ("need.cooperation_modes", "offer.enclave_modes"), kind="short")


def completeness(pair: Pair) -> Sentence | None:
    """Say what the park would ask about and the need hasn't answered."""
    names = missing(pair)
    values = {"what": Value(None, labels=tuple(field_of("need", name).label for name in names))}
    return Sentence(NOT_ANSWERED, values, tuple(f"need.{name}" for name in names), kind="unknown") if names else None


def unseen(pair: Pair) -> Sentence | None:
    """Say that nobody vouches for a park of the directory yet."""
    if pair.answering.kind != "park" or pair.park is None or pair.park.verification != "directory":
        return None
    return Sentence(UNSEEN, {}, ("park.verification",), DIRECTORY, kind="unknown")
