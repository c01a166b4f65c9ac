"""How well needs and premises suit each other: the utilities of both sides, each a sum of named parts.

Every part is at least nothing and what isn't stated earns nothing, so a sum never falls when somebody answers one more
question, and never rises when somebody leaves something out. Nothing is divided by what is stated. One logistic curve
for each side maps its sum to 0–1, and pairs are ranked by the harmonic mean of the two. All of it is columns: one need
with many premises, many needs with one, or row by row.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.criteria import SPECS, Pairs, all_parts, completeness, limits
from matchmaker.recommender.facts import ParkFacts
from matchmaker.recommender.parts import Numbers, Part, Scored, Scores, SideName, band, harmonic
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.texts import Side, question
from models.vocabulary import Strictness

__all__ = ["Scored", "Scores", "Side", "band", "question", "reweigh", "score_premises"]

# The sum at which a side is worth one half; one more is worth about twenty points of a hundred there.
CENTRES: Mapping[SideName, float] = {"asking": 5.8, "answering": 1.2}
# Who prefers a place sees what lies there first: the less a need says otherwise, the more its wish decides.
PREFERRED_BY_SILENT, PREFERRED_BY_ALL = 0.5, 0.1


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
    held = limits(pairs, {part.name: part for part in parts})
    nothing = np.zeros(len(pairs), np.float32)
    unweighed = Scores(
        nothing,
        nothing,
        nothing,
        nothing,
        parts,
        np.broadcast_to(held.held, len(pairs)),
        np.broadcast_to(_preferred(pairs), len(pairs)),
        pairs.likenesses,
        limited=held.applied,
    )
    return reweigh(unweighed, weights or {})


def reweigh(scores: Scores, weights: Mapping[str, float]) -> Scores:
    """Add the parts of a score of premises up with other weights, which costs little."""
    parts = tuple(
        dataclasses.replace(part, weight=SPECS[part.name].weight * weights.get(part.group, 1.0))
        for part in scores.parts
    )
    length = len(scores.score)
    asking, answering = (_utility(side, parts, length) for side in ("asking", "answering"))
    if scores.limited is not None:
        asking = scores.limited(asking)
    return dataclasses.replace(
        scores,
        asking=asking,
        answering=answering,
        score=harmonic(asking, answering),
        certainty=certainty(parts, length),
        parts=parts,
        wish=weights.get("travel", 1.0),
    )


def _utility(side: SideName, parts: Iterable[Part], length: int) -> Numbers:
    total = np.zeros(length, np.float32)
    shared: dict[int, tuple[NDArray[np.integer], Numbers]] = {}
    room = np.empty(length, np.float32)
    alone = 0.0  # what is the same for all rows
    full = moved = 0.0
    for part in parts:
        if part.side != side:
            continue
        full += SPECS[part.name].weight
        moved += part.weight
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
    wanted = pairs.is_wanted_place & ~any_place
    if not wanted.any():
        return np.zeros(1, np.float32)
    silent = 1 - completeness(pairs.need)
    return pairs.where.spread(wanted * (PREFERRED_BY_ALL + (PREFERRED_BY_SILENT - PREFERRED_BY_ALL) * silent))
