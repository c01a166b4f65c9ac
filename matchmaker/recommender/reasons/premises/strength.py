"""Why the park would want the need: investment and tax against its thresholds, jobs, energy, and a complete form."""

from matchmaker.recommender.criteria.park import ASKED
from matchmaker.recommender.gates.gate import field_of, measure
from matchmaker.recommender.reasons.pair import Pair
from matchmaker.recommender.words import Sentence, Value
from models.vocabulary import N_

INVESTMENT = N_("总投资 %(need)s")
INTENSITY = N_("总投资 %(money)s、用地 %(land)s，合 %(need)s，门槛 %(offer)s")
TAX = N_("预计亩均税收 %(need)s")
TAX_OVER = N_("预计亩均税收 %(need)s，门槛 %(offer)s")
JOBS = N_("带来就业 %(need)s")
ENERGY = N_("每亿元投资年综合能耗 %(intensity)s")
COMPLETE = N_("园区要看的 %(asked)s里，需求填了 %(answered)s")
ITEMS, TCE = N_("项"), N_("吨标准煤")


def investment(pair: Pair) -> Sentence | None:
    """Say how much is invested, where no threshold says it better."""
    if pair.value("investment_per_mu") and investment_per_mu(pair) is not None:
        return None
    return Sentence(INVESTMENT, {"need": _own(pair, "investment_yi")}, ("need.investment_yi",))


def investment_per_mu(pair: Pair) -> Sentence | None:
    """Set what is invested on each mu beside the park's threshold."""
    money, land = pair.asking.get("investment_yi"), pair.asking.get("land_area_mu")
    least, fixed = pair.answering.get("min_investment_per_mu_wan"), pair.asking.get("fixed_investment_yi")
    # A threshold is for what is built; where that alone falls short, all that is invested is no argument.
    if fixed is not None and 10_000 * fixed / land < least:
        return None
    values = {
        "money": _own(pair, "investment_yi"),
        "land": _own(pair, "land_area_mu"),
        "need": Value(round(10_000 * money / land, 1), field_of("offer", "min_investment_per_mu_wan").unit),
        "offer": measure("offer", "min_investment_per_mu_wan", least),
    }
    fields = ("need.investment_yi", "need.land_area_mu", "offer.min_investment_per_mu_wan")
    return Sentence(INTENSITY, values, fields, pair.answering.get("thresholds_source"))


def tax(pair: Pair) -> Sentence | None:
    """Say how much tax a mu would bring, where no threshold says it better."""
    if pair.value("tax_per_mu"):
        return None
    return Sentence(TAX, {"need": _own(pair, "tax_per_mu_wan")}, ("need.tax_per_mu_wan",))


def tax_per_mu(pair: Pair) -> Sentence:
    """Set the tax of a mu beside the park's threshold."""
    least = pair.answering.get("min_tax_per_mu_wan")
    values = {"need": _own(pair, "tax_per_mu_wan"), "offer": measure("offer", "min_tax_per_mu_wan", least)}
    fields = ("need.tax_per_mu_wan", "offer.min_tax_per_mu_wan")
    return Sentence(TAX_OVER, values, fields, pair.answering.get("thresholds_source"))


def jobs(pair: Pair) -> Sentence:
    """Say how many people the need would hire."""
    return Sentence(JOBS, {"need": _own(pair, "headcount_needed")}, ("need.headcount_needed",))


def energy(pair: Pair) -> Sentence:
    """Say how much energy is used for what is invested."""
    intensity = pair.asking.get("energy_use_tce") / pair.asking.get("investment_yi")
    return Sentence(ENERGY, {"intensity": Value(round(intensity), TCE)}, ("need.energy_use_tce", "need.investment_yi"))


def complete(pair: Pair) -> Sentence:
    """Say how much of what parks ask about is answered."""
    answered = [[name for name in names if _is_stated(pair, name)] for names in ASKED]
    # Of two answers to one question, either may be taken away.
    fields = tuple(f"need.{names[0]}" for names in answered if len(names) == 1)
    values = {"asked": Value(len(ASKED), ITEMS), "answered": Value(sum(map(bool, answered)), ITEMS)}
    return Sentence(COMPLETE, values, fields)


def missing(pair: Pair) -> list[str]:
    """Name what parks ask about and the need hasn't answered."""
    return [names[0] for names in ASKED if not any(_is_stated(pair, name) for name in names)]


def _is_stated(pair: Pair, name: str) -> bool:
    return pair.asking.get(name) is not None


def _own(pair: Pair, name: str) -> Value:
    return measure("need", name, pair.asking.get(name))
