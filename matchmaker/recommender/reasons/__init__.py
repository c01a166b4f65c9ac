"""Why premises suit a need, and what still stands between them, in words.

A reason cites only facts that are stated, says both values, and is ordered by what its part adds to the score. Where
too little is stated, plain facts about the place fill up to three: true of the park, if not decisive.
"""

from collections.abc import Sequence

from matchmaker.recommender.facts import Item
from matchmaker.recommender.gates import Gate
from matchmaker.recommender.reasons import likeness, place, stated
from matchmaker.recommender.reasons.gaps import soft_gaps
from matchmaker.recommender.reasons.pair import Maker, Pair
from matchmaker.recommender.score import PremisesScorer, Scored
from matchmaker.recommender.words import Sentence
from models.vocabulary import Verdict

LEAST = 3
MOST = 8


def reasons(premises: Item, scored: Scored, scorer: PremisesScorer) -> list[Sentence]:
    """Return what speaks for the pair, the weightiest first, and at least three sentences."""
    pair = Pair(premises, scored, scorer)
    ordered = sorted(scored.criteria, key=lambda criterion: -criterion.contribution)
    found: list[Sentence] = []
    for criterion in ordered:
        if criterion.contribution > 0 and criterion.name in MAKERS:
            sentence = MAKERS[criterion.name](pair)
            if sentence is not None:
                found.append(sentence)
    for make in (place.road, stated.size_of_offer, stated.ready, likeness.living, place.where):
        if len(found) < LEAST and (sentence := make(pair)) is not None:
            found.append(sentence)
    return found[:MOST]


def gaps(premises: Item, scored: Scored, scorer: PremisesScorer, gates: Sequence[Gate]) -> list[Sentence]:
    """Return everything that is short or unknown: what a gate says, and what no gate refuses for."""
    pair = Pair(premises, scored, scorer)
    short = [gate.sentence for gate in gates if gate.verdict is Verdict.FAILS]
    unknown = [gate.sentence for gate in gates if gate.verdict is Verdict.UNKNOWN]
    softer = [sentence for sentence in soft_gaps(pair) if sentence is not None]
    return [
        *short,
        *(sentence for sentence in softer if sentence.kind == "short"),
        *unknown,
        *(sentence for sentence in softer if sentence.kind == "unknown"),
    ]


# A prior such as the size of a prefecture predicts what firms did and advises nothing, so it gives no reason.
MAKERS: dict[str, Maker] = {
    "industry": likeness.industry,
    "meaning": likeness.meaning,
    "words": likeness.words,
    "level": place.level,
    "provincial": place.level,
    "home_tie": place.home_tie,
    "enclave": place.enclave,
    "labour": place.labour,
    "capital": place.capital,
    "place": place.place,
    "purpose": stated.purpose,
    "space": stated.space,
    "tenure": stated.tenure,
    "land_price": stated.price("land_price_cap_wan_per_mu", "land_price_wan_per_mu"),
    "rent": stated.price("rent_cap_yuan_per_sqm_month", "rent_yuan_per_sqm_month"),
    "power_price": stated.price("power_price_cap_yuan_per_kwh", "power_price_yuan_per_kwh"),
    "power": stated.enough("power_kva", "power_spare_kva"),
    "sewage": stated.enough("sewage_m3_per_day", "sewage_spare_m3_per_day"),
    "gas": stated.enough("gas_m3_per_day", "gas_spare_m3_per_day"),
    "water": stated.enough("water_m3_per_day", "water_spare_m3_per_day"),
    "dual_supply": stated.dual,
    "rail": place.rail,
    "date": stated.date,
    "ports": stated.ports,
    "policy": stated.policy,
    "cooperation": stated.cooperation,
    "workers": stated.enough("headcount_needed", "workers_available", stated.WORKERS),
    "supply": stated.enough("annual_purchase_t", "annual_supply_t", stated.SUPPLY),
    "upstream": likeness.chain("upstream_codes", likeness.UPSTREAM),
    "downstream": likeness.chain("downstream_codes", likeness.DOWNSTREAM),
    "zone": place.zone,
    "customs": place.customs,
}
