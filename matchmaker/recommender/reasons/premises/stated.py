"""Reasons from what the premises themselves state: space, prices, headroom, time, policy."""

from matchmaker.recommender.gates.gate import field_of, measure
from matchmaker.recommender.reasons.pair import DIRECTORY, Maker, Pair, label_of, stated
from matchmaker.recommender.words import Sentence, Value, terms
from models.vocabulary import (
    N_,
    Answer,
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
HEADROOM = N_("%(what)s %(offer)s，够 %(need)s，数据截至 %(as_of)s")
DUAL = N_("需要双回路供电，载体有")
WORKERS = N_("可招工 %(offer)s，需用工 %(need)s")
SUPPLY = N_("年供应 %(offer)s，年采购 %(need)s")
ON_THE_DAY = N_("%(ready)s 可交付，正是%(what)s的一天")
IN_TIME = N_("%(ready)s 可交付，比%(what)s %(latest)s 早 %(days)s")
PORTS = N_("需要的口岸或海关设施有%(ports)s")
POLICY = N_("希望的支持里，载体写明了%(asks)s")
COOPERATION = N_("合作方式都有%(modes)s")


def purpose(pair: Pair) -> Sentence:
    """Say that the premises are of the wanted kind."""
    return purpose_sentence(pair, PURPOSE)


def purpose_sentence(pair: Pair, message: str) -> Sentence:
    """Set what is wanted beside what the premises are."""
    values = {
        "need": terms(NeedCategory, [pair.asking.get("category")]),
        "offer": terms(OfferCategory, [pair.answering.get("category")]),
    }
    return Sentence(message, values, ("need.category", "offer.category"))


def tenure(pair: Pair) -> Sentence | None:
    """Say which ways of taking premises are common."""
    given = pair.answering.get("tenures") or ()
    both = [tenure for tenure in pair.asking.get("tenures") or () if tenure in given]
    return Sentence(TENURE, {"tenures": terms(Tenure, both)}, ("need.tenures", "offer.tenures")) if both else None


def space(pair: Pair) -> Sentence | None:
    """Say that the space is enough, by whichever of land and floor has more to spare."""
    plots = ["largest_plot_mu"]
    if pair.asking.get("accepts_split_plots") == Answer.YES:
        plots.append("available_area_mu")
    fits = []
    for asked, names in (("land_area_mu", plots), ("floor_area_sqm", ["floor_area_sqm"])):
        wanted = stated(pair.asking, asked)
        for name in names:
            given = stated(pair.answering, name)
            if wanted and given and given >= wanted:
                fits.append((given / wanted, asked, name))
    if not fits:
        return None
    best, asked, name = max(fits, key=lambda fit: fit[0])
    values = {
        "need": measure("need", asked, pair.asking.get(asked)),
        "offer": measure("offer", name, pair.answering.get(name)),
    }
    # Twice as much is as good as any: what another field says as well can't be pointed at.
    others = [fit for fit in fits if min(fit[0], 2) >= min(best, 2) and fit[2] != name]
    fields = [f"need.{asked}"] * all(fit[1] == asked for fit in others) + [f"offer.{name}"] * (not others)
    return Sentence(SPACE, values, tuple(fields)) if fields else None


def price(cap_name: str, price_name: str) -> Maker:
    """Make a sentence about a price under its cap."""

    def make(pair: Pair) -> Sentence:
        values = {
            "what": label_of("offer", price_name),
            "price": measure("offer", price_name, pair.answering.get(price_name)),
            "cap": measure("need", cap_name, pair.asking.get(cap_name)),
        }
        source = pair.answering.get("price_source")
        return Sentence(PRICE, values, (f"need.{cap_name}", f"offer.{price_name}"), source)

    return make


def headroom(asked: str, given: str) -> Maker:
    """Make a sentence about a utility of which enough is spare, and on which day it was."""

    def make(pair: Pair) -> Sentence:
        values = {
            "what": label_of("offer", given),
            "need": measure("need", asked, pair.asking.get(asked)),
            "offer": measure("offer", given, pair.answering.get(given)),
            "as_of": Value(pair.answering.get("spare_as_of")),
        }
        return Sentence(HEADROOM, values, (f"need.{asked}", f"offer.{given}", "offer.spare_as_of"))

    return make


def amount(asked: str, given: str, message: str) -> Maker:
    """Make a sentence that sets a quantity beside the one that is asked, where it is enough."""

    def make(pair: Pair) -> Sentence | None:
        if pair.answering.get(given) < pair.asking.get(asked):
            return None
        values = {
            "need": measure("need", asked, pair.asking.get(asked)),
            "offer": measure("offer", given, pair.answering.get(given)),
        }
        return Sentence(message, values, (f"need.{asked}", f"offer.{given}"))

    return make


def dual(pair: Pair) -> Sentence:
    """Say that there are two lines of power."""
    return Sentence(DUAL, {}, ("need.dual_supply_needed", "offer.dual_supply"))


def in_time(name: str) -> Maker:
    """Make a sentence about premises that are ready in time."""

    def make(pair: Pair) -> Sentence:
        latest, ready = pair.asking.get(name), pair.answering.get("available_on")
        days = (latest - ready).days
        values = {
            "ready": Value(ready),
            "latest": Value(latest),
            "days": Value(days, N_("天")),
            "what": Value(None, labels=(field_of("need", name).label,)),
        }
        return Sentence(IN_TIME if days else ON_THE_DAY, values, (f"need.{name}", "offer.available_on"))

    return make


def ports(pair: Pair) -> Sentence:
    """Say which of the wanted ports there are, and who says so: the offer, the directory, or both."""
    own = set(pair.answering.get("customs_facilities") or ())
    listed = set((pair.park.customs_facilities if pair.park else None) or ())
    both = [port for port in pair.asking.get("ports_needed") or () if port in own | listed]
    alone = {"offer.customs_facilities": own - listed, "park.customs_facilities": listed - own}
    # What both say stays true when one of them is silent, so neither alone can be pointed at.
    fields = [field for field, ports in alone.items() if ports & set(both)]
    source = DIRECTORY if listed & set(both) else None
    return Sentence(PORTS, {"ports": terms(PortType, both)}, ("need.ports_needed", *fields), source)


def policy(pair: Pair) -> Sentence:
    """Say which of the wanted support is promised, and by which document."""
    asked = pair.asking.get("policy_asks") or ()
    promised = [promise for promise in pair.answering.promises if promise.type in asked]
    kinds = list(dict.fromkeys(promise.type for promise in promised))
    source = next((promise.source for promise in promised if promise.source), None)
    return Sentence(POLICY, {"asks": terms(IncentiveType, kinds)}, ("need.policy_asks", "offer.incentives"), source)


def cooperation(pair: Pair) -> Sentence:
    """Say which ways of working together are common."""
    given = pair.answering.get("enclave_modes") or ()
    both = [mode for mode in pair.asking.get("cooperation_modes") or () if mode in given]
    values = {"modes": terms(CooperationMode, both)}
    return Sentence(COOPERATION, values, ("need.cooperation_modes", "offer.enclave_modes"))
