"""What the premises' side finds in a need: the trade it lives by, its supply chain, and the strength of the project."""

from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.criteria.curves import NOTHING, Numbers, Values, known, logarithmic, slack
from matchmaker.recommender.criteria.pairs import Pairs
from matchmaker.recommender.criteria.trade import Named
from matchmaker.recommender.frame import Frame
from models.vocabulary import NeedCategory

# From what likeness on a park is said to have an industry already.
HAS_ALREADY = 0.5
ONLY_LENGTHENS = 0.6
FULL_TAX = 30.0  # 10,000 yuan per mu and year
TYPICAL_INTENSITY = 1000.0  # tonnes of coal equivalent for each 100 million yuan
# What a park asks about before it talks.
ASKED = (
    ("industry_codes",),
    ("products",),
    ("processes",),
    ("land_area_mu", "floor_area_sqm"),
    ("tenures",),
    ("production_start_on",),
    ("power_kva",),
    ("water_m3_per_day",),
    ("sewage_m3_per_day",),
    ("pollutants", "discharges"),
    ("headcount_needed",),
    ("investment_yi",),
    ("tax_per_mu_wan",),
    ("energy_use_tce",),
)


def park(pairs: Pairs) -> Iterator[Named]:
    """Yield every part of the side that answers but those of `chain`."""
    need, premises = pairs.need, pairs.premises
    yield "leading", (pairs.fit, need.has("industry_codes") & pairs.has_phrases)
    yield "likeness", pairs.text
    yield "enclave_partner", (pairs.is_partner.astype(np.float32), need.is_("category", NeedCategory.ENCLAVE_PARTNER))
    yield "shared_home", pairs.home_tie
    yield from _strength(need, premises)
    yield "completeness", (completeness(need), np.ones(1, bool))


def chain(pairs: Pairs) -> Iterator[Named]:
    """Yield the parts about the park's own supply chain and place, for each entry of `where`."""
    where = pairs.where
    near = pairs.lived_by.best(pairs.codes, pairs.reference.trades.supplies, by_position=False)
    value = near * np.where(pairs.cluster >= HAS_ALREADY, np.float32(ONLY_LENGTHENS), np.float32(1))
    yield "chain_gap", known(value, pairs.need.has("industry_codes") & where.is_somewhere)
    sides = [pairs.links(field) for field in ("upstream_codes", "downstream_codes")]
    yield "chain_served", (np.maximum(sides[0][0], sides[1][0]), sides[0][1] | sides[1][1])
    wants = pairs.wants_place
    yield "wants_here", known(wants & pairs.is_wanted_place, wants & where.is_somewhere)


def _strength(need: Frame, premises: Frame) -> Iterator[Named]:
    investment, tax = need.number("investment_yi"), need.number("tax_per_mu_wan")
    yield "investment", logarithmic(investment, 0.1, 20)
    land = need.number("land_area_mu")
    per_mu = 10_000 * investment / np.where(land > 0, land, np.nan)
    yield "investment_per_mu", _over(per_mu, premises, "min_investment_per_mu_wan")
    yield "tax", known(np.fmax(np.fmin(tax / FULL_TAX, 1), 0), tax == tax)
    yield "tax_per_mu", _over(tax, premises, "min_tax_per_mu_wan")
    yield "jobs", logarithmic(need.number("headcount_needed"), 10, 1000)
    intensity = need.number("energy_use_tce") / np.where(investment > 0, investment, np.nan)
    yield "energy", known(np.fmin(1 / (1 + intensity / TYPICAL_INTENSITY), 1), intensity == intensity)


def _over(reached: np.ndarray, premises: Frame, field: str) -> Values:
    """Rise from 0.5 at the threshold to 1 at twice the threshold."""
    least = premises.number(field)
    if np.isnan(reached).all():
        return NOTHING
    return slack(least, reached)


def completeness(need: Frame) -> Numbers:
    """Return the share of what parks ask about that a need answers."""
    answered = np.zeros(len(need), np.uint8)
    for first, *others in ASKED:
        answers = need.has(first)
        for other in others:
            answers = answers | need.has(other)
        answered += answers
    return answered * np.float32(1 / len(ASKED))
