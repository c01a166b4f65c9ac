"""What a need finds in the trade: industries, texts, the park's cluster and its supply chain."""

from collections.abc import Iterator

from matchmaker.recommender.criteria.curves import NOTHING, Values, known, share
from matchmaker.recommender.criteria.pairs import Pairs

Named = tuple[str, Values]


def trade(pairs: Pairs) -> Iterator[Named]:
    """Yield every part about products and industries."""
    need, premises = pairs.need, pairs.premises
    has_codes = need.has("industry_codes")
    yield "industry", known(pairs.fit, has_codes & (premises["is_park"] | premises.has("welcomed_codes")))
    yield "text", pairs.text
    yield "cluster", known(pairs.cluster, has_codes & (premises["park"] >= 0))
    for name in ("upstream", "downstream"):
        yield name, links(pairs, f"{name}_codes")
    yield "supply", share(need.number("annual_purchase_t"), premises.number("annual_supply_t"))


def links(pairs: Pairs, field: str) -> Values:
    """Return how well the park's industries name one of those that a need buys from or sells to."""
    asked = pairs.need.has(field)
    if not asked.any():
        return NOTHING
    named = pairs.lived_by.best(pairs.need[field], pairs.reference.trades.names, by_position=False)
    return known(named, asked & (pairs.premises["park"] >= 0))
