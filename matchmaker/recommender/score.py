"""How well needs and premises suit each other: the utilities of both sides, each a sum of named parts.

Every part is at least nothing and what isn't stated earns nothing, so a sum never falls when somebody answers one more
question, and never rises when somebody leaves something out. Nothing is divided by what is stated. One logistic curve
for each side maps its sum to 0–1, and pairs are ranked by the harmonic mean of the two. All of it is columns: one need
with many premises, many needs with one, or row by row.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.criteria import SPECS, Pairs, all_parts, ceilings
from matchmaker.recommender.facts import ParkFacts
from matchmaker.recommender.likeness import Likenesses
from matchmaker.recommender.parts import Numbers, Part, Scored, Scores, SideName, band, harmonic
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.texts import Side, question
from models.vocabulary import Strictness

__all__ = ["Scored", "Scores", "Side", "band", "question", "reweigh", "score_premises"]

# The sum at which a side is worth one half; one more is worth about twenty points of a hundred there.
CENTRES: Mapping[SideName, float] = {"asking": 5.7, "answering": 1.0}
# How much of what lies above a pair's ceiling still counts, so that such pairs keep their order.
RISE = 0.1
# Who prefers a place sees what lies there before all that is not clearly better elsewhere.
PREFERRED = 0.5


def score_premises(
    need: Side,
    premises: Side,
    reference: Reference,
    parks: Mapping[str, ParkFacts],
    day: dt.date,
    weights: Mapping[str, float] | None = None,
) -> Scores:
    """Score all pairs; weights are factors of groups of parts, such as 2 for "price" or 0 for "policy"."""
    pairs = Pairs(need, premises, reference, parks, day)
    parts = tuple(all_parts(pairs))
    limits = np.broadcast_to(ceilings(pairs, {part.name: part for part in parts}), len(pairs))
    return _add_up(parts, limits, _preferred(pairs), pairs.likenesses, len(pairs), weights or {})


def reweigh(scores: Scores, weights: Mapping[str, float]) -> Scores:
    """Add the parts of a score of premises up again with other weights, which costs little."""
    parts = tuple(dataclasses.replace(part, weight=SPECS[part.name].weight) for part in scores.parts)
    preferred = (scores.preferred > 0).astype(np.float32) * np.float32(PREFERRED)
    assert scores.ceilings is not None, "scores of people have weights of their own"
    return _add_up(parts, scores.ceilings, preferred, scores.likenesses_of, len(scores.score), weights)


def _add_up(
    parts: tuple[Part, ...],
    limits: Numbers,
    preferred: Numbers,
    likenesses_of: Callable[[int], Likenesses],
    length: int,
    weights: Mapping[str, float],
) -> Scores:
    weighed = tuple(
        dataclasses.replace(part, weight=part.weight * weights[part.group]) if part.group in weights else part
        for part in parts
    )
    asking, answering = (_utility(side, parts, weighed, length) for side in ("asking", "answering"))
    score = harmonic(asking, answering)
    over = np.maximum(score - limits, 0)
    score -= np.float32(1 - RISE) * over
    return Scores(
        asking,
        answering,
        score,
        certainty(weighed, length),
        weighed,
        limits < 1,
        np.broadcast_to(preferred * np.float32(weights.get("travel", 1.0)), length),
        likenesses_of,
        limits,
    )


def _utility(side: SideName, parts: Iterable[Part], weighed: Iterable[Part], length: int) -> Numbers:
    total = np.zeros(length, np.float32)
    shared: dict[int, tuple[NDArray[np.integer], Numbers]] = {}
    room = np.empty(length, np.float32)
    alone = 0.0  # what is the same for all rows
    for part in weighed:
        if part.side != side or not part.weight:
            continue
        if len(part.values) == 1:
            alone += part.weight * float(part.values[0])
        elif part.entry is not None:
            # What hangs on the park alone is added up by park.
            added = np.float32(part.weight) * part.values
            known = shared.get(id(part.entry))
            shared[id(part.entry)] = (part.entry, added if known is None else known[1] + added)
        else:
            total += np.multiply(part.values, np.float32(part.weight), out=room)
    for entry, values in shared.values():
        total += values.take(entry)
    # Whoever halves or doubles a slider moves the order, and not every pair at once.
    full = sum(part.weight for part in parts if part.side == side)
    moved = sum(part.weight for part in weighed if part.side == side)
    np.subtract(np.float32(CENTRES[side] * moved / full - alone), total, out=total)
    np.exp(total, out=total)
    total += 1
    utility: Numbers = np.divide(1, total, out=total)
    return utility


def certainty(parts: Iterable[Part], length: int) -> Numbers:
    """Return the share of the weight of what can be known that is known on both sides."""
    topics: dict[tuple[str, str], list[Part]] = {}
    for part in parts:
        if part.topic:
            topics.setdefault((part.side, part.topic), []).append(part)
    found, room = np.zeros(length, np.float32), np.empty(length, np.float32)
    alone, whole = 0.0, 0.0
    for about in topics.values():
        weight = max(part.weight for part in about)
        known = about[0].known
        for part in about[1:]:
            known = known | part.known
        whole += weight
        if len(known) == 1:
            alone += weight * float(known[0])
        else:
            found += np.multiply(known, np.float32(weight), out=room)
    found += np.float32(alone)
    found /= np.float32(whole or 1)
    return found


def _preferred(pairs: Pairs) -> Numbers:
    """Lift what lies in a wanted prefecture for whoever asks, unless any place will do."""
    any_place = pairs.need.is_("place_strictness", Strictness.ANY)
    lifted = (pairs.is_wanted_place & ~any_place).astype(np.float32) * np.float32(PREFERRED)
    return pairs.where.spread(lifted) if lifted.any() else np.zeros(1, np.float32)
