"""How well a talent suits a position or an enterprise's need, from both sides: named parts of columns.

Every part is at least nothing and what isn't stated earns nothing, as between needs and premises. Age, sex, origin,
papers and family have no column at all, so exchanging them changes nothing.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from matchmaker.recommender.likeness import Likenesses, Numbers
from matchmaker.recommender.parts import Group, Part, Scores, SideName, harmonic
from matchmaker.recommender.people.coming import start_and_place, wishes_of_a_need, wishes_of_a_position
from matchmaker.recommender.people.pairs import Named, Pairs
from matchmaker.recommender.people.profession import field_and_skills, qualifications
from matchmaker.recommender.people.specs import ANSWERING_GROUPS, ASKING_GROUPS, specs_of
from matchmaker.recommender.people.text import descriptions
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.score import certainty
from matchmaker.recommender.texts import Side

__all__ = ["GROUPS", "score_people"]

GROUPS: Mapping[SideName, tuple[Group, ...]] = {"asking": ASKING_GROUPS, "answering": ANSWERING_GROUPS}
# The share of all that a side could earn at which a pair is worth one half to it: nobody states everything.
CENTRE = 0.45


def score_people(
    asking: Side, talent: Side, reference: Reference, day: dt.date, weights: Mapping[str, float] | None = None
) -> Scores:
    """Score positions or needs with talents; weights are factors of groups of parts, such as 2 for "salary"."""
    pairs = Pairs(asking.frame, talent.frame, reference)
    specs, factors = specs_of(asking.frame.kind), weights or {}
    parts = tuple(specs[name].part(values) for name, values in _parts(pairs, asking, talent))
    weighed = tuple(
        dataclasses.replace(part, weight=part.weight * factors[part.group]) if part.group in factors else part
        for part in parts
    )
    length = len(pairs)
    first, second = (_utility([part for part in weighed if part.side == side], length) for side in GROUPS)
    return Scores(
        first,
        second,
        harmonic(first, second),
        certainty(weighed, length),
        weighed,
        np.zeros(1, bool),
        np.zeros(1, np.float32),
        lambda row: Likenesses(),
    )


def _parts(pairs: Pairs, asking: Side, talent: Side) -> Iterator[Named]:
    if not len(pairs):
        return
    yield from field_and_skills(pairs)
    yield from descriptions(asking, talent)
    yield from start_and_place(pairs)
    if pairs.asking.kind == "need":
        yield from wishes_of_a_need(pairs)
    else:
        yield from qualifications(pairs)
        yield from wishes_of_a_position(pairs)


def _utility(parts: Iterable[Part], length: int) -> Numbers:
    """Map a side's sum to 0–1 by one logistic curve, the same for every pair."""
    total: Numbers = np.zeros(length, np.float32)
    room = np.empty(length, np.float32)
    alone = full = 0.0
    for part in parts:
        full += part.weight
        if len(part.values) == 1:
            alone += part.weight * float(part.values[0])
        else:
            total += np.multiply(part.values, np.float32(part.weight), out=room)
    # Whoever halves or doubles a slider moves the order, and not every pair at once.
    np.subtract(np.float32(CENTRE * full - alone), total, out=total)
    np.exp(total, out=total)
    total += 1
    return np.divide(1, total, out=total)
