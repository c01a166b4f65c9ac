"""The criteria of a pair of need and premises, from which the utilities of both sides are added up."""

import dataclasses
from collections.abc import Iterator, Mapping

import numpy as np

from matchmaker.recommender.criteria.curves import Numbers
from matchmaker.recommender.criteria.pairs import Pairs
from matchmaker.recommender.criteria.park import chain, completeness, park
from matchmaker.recommender.criteria.place import place, ties
from matchmaker.recommender.criteria.specs import SPECS
from matchmaker.recommender.criteria.stated import ANY_WAY, stated
from matchmaker.recommender.criteria.trade import cluster, trade
from matchmaker.recommender.frame import Bools
from matchmaker.recommender.parts import Part

__all__ = ["SPECS", "Limits", "Pairs", "all_parts", "completeness", "limits"]

# Less is only another group of the division, or one that supplies it.
FIT_OF_HIGH = 0.4
# Less is another trade.
FIT_OF_MEDIUM = 0.15
# Above what facts count for next to nothing: in another trade, in one that is only near, and in the same.
FOREIGN, NEAR, SAME = 0.2, 0.56, 1.0
# Other trades are lifted by the likeness of texts, from one that a quarter of them have to one that hardly any has.
# The rise is slow, so that other words for the same thing move little.
TEXT_LIFTS = (0.1, 0.4)
# How much of what lies above still counts, so that such pairs keep their order.
RISE = 0.1
# What premises are worth that are of another kind, or land where floor is wanted: hardly ever does that work.
UNSUITED = 0.4


def all_parts(pairs: Pairs) -> Iterator[Part]:
    """Yield every part of either side."""
    for criteria in (trade, stated, ties, park):
        for name, values in criteria(pairs):
            yield SPECS[name].part(values)
    for criteria in (cluster, place, chain):
        for name, values in criteria(pairs):
            yield SPECS[name].part(values, pairs.where.entry)


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """What facts can't make up for: another trade, purpose or way of taking premises.

    Every condition must be met by what is stated, so leaving something out lifts nobody.
    """

    level: Numbers
    suits: Bools

    @property
    def held(self) -> Bools:
        """Say which pairs are worth less than their parts add up to."""
        held: Bools = (self.level < 1) | ~self.suits
        return held

    def applied(self, utility: Numbers) -> Numbers:
        """Return what the premises are worth to whoever asks."""
        over = np.maximum(utility - self.level, 0)
        limited: Numbers = utility - np.float32(1 - RISE) * over
        limited *= np.maximum(self.suits, np.float32(UNSUITED))
        return limited


def limits(pairs: Pairs, parts: Mapping[str, Part]) -> Limits:
    """Return what holds pairs back: they are never high, and in another trade never medium."""
    least, most = TEXT_LIFTS
    lift = np.clip(
        (pairs.text[0] - np.float32(least)) * np.float32((NEAR - FOREIGN) / (most - least)), 0, NEAR - FOREIGN
    )
    level = np.maximum(lift + np.float32(FOREIGN), (pairs.fit >= FIT_OF_MEDIUM) * np.float32(NEAR))
    level = np.maximum(level, ((pairs.fit >= FIT_OF_HIGH) | pairs.is_partner) * np.float32(SAME))
    any_way = pairs.premises.is_("category", *ANY_WAY)
    suits = (parts["purpose"].values > 0) & ((parts["tenure"].values > 0) | any_way)
    # A park of the directory states no premises, so only its trade can be judged.
    return Limits(level, pairs.premises["is_park"] | suits)
