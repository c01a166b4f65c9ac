"""What a need finds in the trade: industries, texts, the park's cluster and its supply chain."""

from collections.abc import Iterator

from matchmaker.recommender.criteria.curves import Values, known, share
from matchmaker.recommender.criteria.pairs import Pairs

Named = tuple[str, Values]


def trade(pairs: Pairs) -> Iterator[Named]:
    """Yield every part about products and industries."""
    need, premises = pairs.need, pairs.premises
    yield "industry", (pairs.fit, need.has("industry_codes") & pairs.has_phrases)
    yield "text", pairs.text
    yield "supply", share(need.number("annual_purchase_t"), premises.number("annual_supply_t"))


def cluster(pairs: Pairs) -> Iterator[Named]:
    """Yield every part about what the park lives by, for each entry of `where`."""
    yield "cluster", known(pairs.cluster, pairs.need.has("industry_codes") & pairs.where.is_somewhere)
    for name in ("upstream", "downstream"):
        yield name, pairs.links(f"{name}_codes")
