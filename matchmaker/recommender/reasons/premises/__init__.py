"""The words for every part of a score of need and premises."""

from collections.abc import Iterator, Mapping

from matchmaker.recommender.reasons.pair import Maker, Pair
from matchmaker.recommender.reasons.premises import gaps, place, stated, strength, trade
from matchmaker.recommender.words import Sentence

_OF_INDUSTRY = (trade.SAME_CLASS, trade.SAME_GROUP, trade.SAME_DIVISION, trade.CHAIN)
_OF_LEADING = (trade.LEADING, trade.LEADING, trade.LEADING_NEAR, trade.CHAIN)

# A prior such as the size of a prefecture predicts what firms did and advises nothing, so it gives no reason.
REASONS: Mapping[str, Maker] = {
    "industry": trade.industry(_OF_INDUSTRY),
    "text": trade.text(trade.MEANING),
    "cluster": trade.cluster,
    "upstream": trade.chain("upstream_codes", trade.UPSTREAM),
    "downstream": trade.chain("downstream_codes", trade.DOWNSTREAM),
    "supply": stated.amount("annual_purchase_t", "annual_supply_t", stated.SUPPLY),
    "purpose": stated.purpose,
    "tenure": stated.tenure,
    "space": stated.space,
    "date": stated.in_time("premises_needed_on"),
    "start": stated.in_time("production_start_on"),
    "land_price": stated.price("land_price_cap_wan_per_mu", "land_price_wan_per_mu"),
    "rent": stated.price("rent_cap_yuan_per_sqm_month", "rent_yuan_per_sqm_month"),
    "power_price": stated.price("power_price_cap_yuan_per_kwh", "power_price_yuan_per_kwh"),
    "power": stated.headroom("power_kva", "power_spare_kva"),
    "sewage": stated.headroom("sewage_m3_per_day", "sewage_spare_m3_per_day"),
    "water": stated.headroom("water_m3_per_day", "water_spare_m3_per_day"),
    "gas": stated.headroom("gas_m3_per_day", "gas_spare_m3_per_day"),
    "dual_supply": stated.dual,
    "place": place.place(place.PLACE),
    "rail": place.rail("rail_city_code"),
    "rail_home": place.rail("from_city_code"),
    "rail_bay": place.rail_bay,
    "ports": stated.ports,
    "level": place.level,
    "provincial": place.level,
    "capital": place.capital,
    "beyond_capital": place.beyond_capital,
    "customs": place.customs,
    "zone": place.zone,
    "workers": stated.amount("headcount_needed", "workers_available", stated.WORKERS),
    "labour": place.labour,
    "policy": stated.policy,
    "cooperation": stated.cooperation,
    "partner": place.partner,
    "home_tie": place.home_tie,
    "enclave": place.enclave,
    "leading": trade.industry(_OF_LEADING),
    "likeness": trade.text(trade.MEANING),
    "enclave_partner": place.partner,
    "chain_gap": trade.chain_gap,
    "chain_served": trade.chain_served,
    "investment": strength.investment,
    "investment_per_mu": strength.investment_per_mu,
    "tax": strength.tax,
    "tax_per_mu": strength.tax_per_mu,
    "jobs": strength.jobs,
    "energy": strength.energy,
    "shared_home": place.home_tie,
    "completeness": strength.complete,
    "wants_here": place.place(place.WANTS_HERE),
}

GAPS: Mapping[str, Maker] = {
    "industry": gaps.industry,
    "purpose": gaps.purpose,
    "tenure": gaps.tenure,
    "place": gaps.place,
    "workers": gaps.short("headcount_needed", "workers_available", gaps.WORKERS_SHORT),
    "water": gaps.short("water_m3_per_day", "water_spare_m3_per_day", gaps.WATER_SHORT),
    "supply": gaps.short("annual_purchase_t", "annual_supply_t", gaps.SUPPLY_SHORT),
    "policy": gaps.policy,
    "cooperation": gaps.cooperation,
    "completeness": gaps.completeness,
}


def other_gaps(pair: Pair) -> Iterator[Sentence]:
    """Yield what no part of the score stands for."""
    unseen = gaps.unseen(pair)
    if unseen is not None:
        yield unseen
