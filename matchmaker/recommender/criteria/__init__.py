"""The criteria of a pair of need and premises, from which the utilities of both sides are added up."""

from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.criteria.pairs import Pairs
from matchmaker.recommender.criteria.park import park
from matchmaker.recommender.criteria.place import place
from matchmaker.recommender.criteria.specs import SPECS
from matchmaker.recommender.criteria.stated import ANY_WAY, is_same_way, purpose, stated
from matchmaker.recommender.criteria.trade import trade
from matchmaker.recommender.frame import Bools
from matchmaker.recommender.parts import Part

__all__ = ["SPECS", "Pairs", "all_parts", "is_held"]

# Less is only another group of the division, or one that supplies it.
FIT_OF_HIGH = 0.4


def all_parts(pairs: Pairs) -> Iterator[Part]:
    """Yield every part of either side."""
    for criteria in (trade, stated, place, park):
        for name, values in criteria(pairs):
            yield SPECS[name].part(values)


def is_held(pairs: Pairs) -> Bools:
    """Say which pairs only come near: facts that fit make no good match of another trade, purpose or way.

    Every condition must be met by what is stated, so leaving something out lifts nobody.
    """
    need, premises = pairs.need, pairs.premises
    suits = (purpose(need, premises)[0] > 0) & (
        ((need["tenures"] & premises["tenures"]) != 0)
        | is_same_way(need, premises)
        | premises.is_("category", *ANY_WAY)
    )
    # A park of the directory states no premises, so only its trade can be judged.
    fits = (pairs.fit >= FIT_OF_HIGH) | pairs.is_partner
    held: Bools = ~(fits & (premises["is_park"] | suits))
    return np.atleast_1d(held)
