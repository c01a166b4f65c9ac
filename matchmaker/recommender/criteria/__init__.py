"""The criteria of a pair of need and premises, from which the utilities of both sides are added up."""

from collections.abc import Iterator, Mapping

import numpy as np

from matchmaker.recommender.criteria.curves import Numbers
from matchmaker.recommender.criteria.pairs import Pairs
from matchmaker.recommender.criteria.park import chain, park
from matchmaker.recommender.criteria.place import place, ties
from matchmaker.recommender.criteria.specs import SPECS
from matchmaker.recommender.criteria.stated import ANY_WAY, stated
from matchmaker.recommender.criteria.trade import cluster, trade
from matchmaker.recommender.parts import Part

__all__ = ["SPECS", "Pairs", "all_parts", "ceilings"]

# Less is only another group of the division, or one that supplies it.
FIT_OF_HIGH = 0.4
# Less is another trade, unless the texts lie nearer than those of all but one in twenty such pairs.
FIT_OF_MEDIUM, TEXT_OF_MEDIUM = 0.15, 0.3
# The ceilings of another trade, of one that is only near, and of the same.
LEVELS = np.array([0.38, 0.7, 1.0], np.float32)


def all_parts(pairs: Pairs) -> Iterator[Part]:
    """Yield every part of either side."""
    for criteria in (trade, stated, ties, park):
        for name, values in criteria(pairs):
            yield SPECS[name].part(values)
    for criteria in (cluster, place, chain):
        for name, values in criteria(pairs):
            yield SPECS[name].part(values, pairs.where.entry)


def ceilings(pairs: Pairs, parts: Mapping[str, Part]) -> Numbers:
    """Return above what score further facts count next to nothing: they make no good match of another trade.

    A pair of quite another trade is never a medium match, and one that only comes near in trade, purpose or way never
    a high one. Every condition must be met by what is stated, so leaving something out lifts nobody.
    """
    is_near = (pairs.fit >= FIT_OF_MEDIUM) | (pairs.text[0] >= TEXT_OF_MEDIUM) | pairs.is_partner
    fits = (pairs.fit >= FIT_OF_HIGH) | pairs.is_partner
    any_way = pairs.premises.is_("category", *ANY_WAY)
    suits = (parts["purpose"].values > 0) & ((parts["tenure"].values > 0) | any_way)
    # A park of the directory states no premises, so only its trade can be judged.
    fits = fits & (pairs.premises["is_park"] | suits)
    return LEVELS.take(is_near.astype(np.int8) + fits)
