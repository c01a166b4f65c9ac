"""The criteria of a pair of need and premises, from which the utilities of both sides are added up."""

from collections.abc import Iterator, Mapping

from matchmaker.recommender.criteria.pairs import Pairs
from matchmaker.recommender.criteria.park import chain, park
from matchmaker.recommender.criteria.place import place, ties
from matchmaker.recommender.criteria.specs import SPECS
from matchmaker.recommender.criteria.stated import ANY_WAY, stated
from matchmaker.recommender.criteria.trade import cluster, trade
from matchmaker.recommender.frame import Bools
from matchmaker.recommender.parts import Part

__all__ = ["SPECS", "Pairs", "all_parts", "is_held"]

# Less is only another group of the division, or one that supplies it.
FIT_OF_HIGH = 0.4


def all_parts(pairs: Pairs) -> Iterator[Part]:
    """Yield every part of either side."""
    for criteria in (trade, stated, ties, park):
        for name, values in criteria(pairs):
            yield SPECS[name].part(values)
    for criteria in (cluster, place, chain):
        for name, values in criteria(pairs):
            yield SPECS[name].part(values, pairs.where.entry)


def is_held(pairs: Pairs, parts: Mapping[str, Part]) -> Bools:
    """Say which pairs only come near: facts that fit make no good match of another trade, purpose or way.

    Every condition must be met by what is stated, so leaving something out lifts nobody.
    """
    any_way = pairs.premises.is_("category", *ANY_WAY)
    suits = (parts["purpose"].values > 0) & ((parts["tenure"].values > 0) | any_way)
    # A park of the directory states no premises, so only its trade can be judged.
    fits = (pairs.fit >= FIT_OF_HIGH) | pairs.is_partner
    held: Bools = ~(fits & (pairs.premises["is_park"] | suits))
    return held
