"""Reasons from what the premises themselves state: space, prices, headroom, time, policy."""

from matchmaker.recommender.gates.gate import field_of, measure
from matchmaker.recommender.reasons.pair import Maker, Pair
from matchmaker.recommender.words import Sentence, Value, terms
from models.vocabulary import (
    N_,
    CooperationMode,
    IncentiveType,
    NeedCategory,
    OfferCategory,
    PortType,
    Tenure,
)

PURPOSE = N_("想做的是%(need)s，载体是%(offer)s")
SPACE = N_("面积够用：需 %(need)s，可供 %(offer)s")
TENURE = N_("取得方式一致：%(tenures)s")
PRICE = N_("%(what)s %(price)s，不高于上限 %(cap)s")
ENOUGH = N_("%(what)s %(offer)s，够 %(need)s")
DUAL = N_("需要双回路供电，载体有")
WORKERS = N_("可招工 %(offer)s，需用工 %(need)s")
SUPPLY = N_("年供应 %(offer)s，年采购 %(need)s")
DATE_ON_THE_DAY = N_("%(ready)s 可交付，正是最迟的一天")
DATE = N_("%(ready)s 可交付，比 %(latest)s 早 %(days)s")
PORTS = N_("需要的口岸或海关设施有 %(ports)s")
POLICY = N_("希望的支持里，载体写明了 %(asks)s")
COOPERATION = N_("合作方式都有 %(modes)s")
READY = N_("载体 %(ready)s 可交付")
SIZE_OF_OFFER = N_("可供 %(offer)s")


def purpose(pair: Pair) -> Sentence:
    """Say that the premises are of the wanted kind."""
    return purpose_sentence(pair, PURPOSE)


def purpose_sentence(pair: Pair, message: str, **kind: str) -> Sentence:
    """Set what is wanted beside what the premises are."""
    values = {
        "need": terms(NeedCategory, [pair.need.get("category")]),
        "offer": terms(OfferCategory, [pair.premises.get("category")]),
    }
    return Sentence(message, values, ("need.category", "offer.category"), **kind)  # type: ignore[arg-type]


def space(pair: Pair) -> Sentence | None:
    """Say that the space is enough."""
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


def tenure(pair: Pair) -> Sentence:
    """Say which ways of taking premises are common."""
    given = pair.premises.get("tenures") or ()
    both = [tenure for tenure in pair.need.get("tenures") or () if tenure in given]
    return Sentence(TENURE, {"tenures": terms(Tenure, both)}, ("need.tenures", "offer.tenures"))


def price(cap_name: str, price_name: str) -> Maker:
    """Make a sentence about a price under its cap."""

    def make(pair: Pair) -> Sentence:
        values = {
            "what": Value(None, labels=(field_of("offer", price_name).label,)),
            "price": measure("offer", price_name, pair.premises.get(price_name)),
            "cap": measure("need", cap_name, pair.need.get(cap_name)),
        }
        return Sentence(PRICE, values, (f"need.{cap_name}", f"offer.{price_name}"), pair.premises.get("price_source"))

    return make


def enough(asked: str, given: str, message: str = ENOUGH) -> Maker:
    """Make a sentence about a quantity that is enough."""

    def make(pair: Pair) -> Sentence | None:
        if pair.premises.get(given) < pair.need.get(asked):
            return None
        values = {
            "what": Value(None, labels=(field_of("offer", given).label,)),
            "need": measure("need", asked, pair.need.get(asked)),
            "offer": measure("offer", given, pair.premises.get(given)),
        }
        return Sentence(message, values, (f"need.{asked}", f"offer.{given}"))

    return make


def dual(pair: Pair) -> Sentence:
    """Say that there are two lines of power."""
    return Sentence(DUAL, {}, ("need.dual_supply_needed", "offer.dual_supply"))


def date(pair: Pair) -> Sentence:
    """Say that the premises are ready in time."""
    name = "premises_needed_on" if pair.need.get("premises_needed_on") else "production_start_on"
    latest, ready = pair.need.get(name), pair.premises.get("available_on")
    days = (latest - ready).days
    values = {"ready": Value(ready), "latest": Value(latest), "days": Value(days, N_("天"))}
    return Sentence(DATE if days else DATE_ON_THE_DAY, values, (f"need.{name}", "offer.available_on"))


def ports(pair: Pair) -> Sentence:
    """Say which of the wanted ports there are."""
    own = pair.premises.get("customs_facilities") or ()
    listed = (pair.premises.park.customs_facilities if pair.premises.park else None) or ()
    both = [port for port in pair.need.get("ports_needed") or () if port in own or port in listed]
    field = "offer.customs_facilities" if any(port in own for port in both) else "park.customs_facilities"
    return Sentence(PORTS, {"ports": terms(PortType, both)}, ("need.ports_needed", field))


def policy(pair: Pair) -> Sentence:
    """Say which of the wanted support is promised."""
    asked = pair.need.get("policy_asks") or ()
    promised = [promise for promise in pair.premises.promises if promise.type in asked]
    kinds = list(dict.fromkeys(promise.type for promise in promised))
    source = next((promise.source for promise in promised if promise.source), None)
    return Sentence(POLICY, {"asks": terms(IncentiveType, kinds)}, ("need.policy_asks", "offer.incentives"), source)


def cooperation(pair: Pair) -> Sentence:
    """Say which ways of working together are common."""
    given = pair.premises.get("enclave_modes") or ()
    both = [mode for mode in pair.need.get("cooperation_modes") or () if mode in given]
    return Sentence(
        COOPERATION, {"modes": terms(CooperationMode, both)}, ("need.cooperation_modes", "offer.enclave_modes")
    )


def ready(pair: Pair) -> Sentence | None:
    """Say when the premises are ready."""
    ready = pair.premises.get("available_on")
    return Sentence(READY, {"ready": Value(ready)}, ("offer.available_on",)) if ready else None


def size_of_offer(pair: Pair) -> Sentence | None:
    """Say how much there is."""
    for name in ("available_area_mu", "floor_area_sqm", "slots"):
        if pair.premises.get(name):
            values = {"offer": measure("offer", name, pair.premises.get(name))}
            return Sentence(SIZE_OF_OFFER, values, (f"offer.{name}",))
    return None
