"""Why a pair suits either side, and what still stands between them, in words.

A reason speaks of one part of the score, cites only facts that are stated and that this part rests on, says both
values, and is ordered by the share it has in what its side adds up to. So taking a cited fact away lowers the score.
Where too few parts speak for a pair, plain facts fill up to three: true, and marked as facts.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from matchmaker.recommender.facts import Item, ParkFacts
from matchmaker.recommender.gates import Gate
from matchmaker.recommender.parts import Criterion, Scored, SideName
from matchmaker.recommender.reasons import people, premises
from matchmaker.recommender.reasons.clauses import clauses_of
from matchmaker.recommender.reasons.facts import facts
from matchmaker.recommender.reasons.pair import Pair
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.words import Sentence
from models.vocabulary import Verdict

__all__ = ["Explained", "Pair", "explain", "gaps", "reasons"]

LEAST = 3
MOST = 6  # for each side
# A part that is hardly met speaks against a pair rather than for it: eight hours by train are no reason to come. Five
# hours are what the plan calls within reach, and Shenzhen is near within 600 kilometres.
WORTH_SAYING = 0.3
WORTH_SAYING_OF = {"rail": 0.375, "rail_home": 0.375, "rail_bay": 0.375, "travel": 0.375, "labour": 0.5}
SIDES: tuple[SideName, ...] = ("asking", "answering")


@dataclasses.dataclass(frozen=True, slots=True)
class Explained:
    """A pair in words: what speaks for it on either side, and what is short or unknown."""

    reasons: tuple[Sentence, ...]
    gaps: tuple[Sentence, ...]


def explain(
    asking: Item,
    answering: Item,
    scored: Scored,
    gates: Sequence[Gate],
    reference: Reference,
    parks: Mapping[str, ParkFacts],
    day: dt.date,
) -> Explained:
    """Put a pair of any kinds into words."""
    pair = Pair(asking, answering, scored, reference, parks, day)
    return Explained(tuple(reasons(pair)), tuple(gaps(pair, gates)))


def reasons(pair: Pair) -> list[Sentence]:
    """Return what speaks for the pair on either side, the weightiest first, and at least three sentences."""
    shares = {side: _total(pair.scored, side) for side in SIDES}
    ordered = sorted(pair.scored.criteria, key=lambda part: -part.contribution / (shares[part.side] or 1))
    worth = [part for part in ordered if part.value >= WORTH_SAYING_OF.get(part.name, WORTH_SAYING)]
    found = list(_said(pair, worth))
    if len(found) < LEAST:
        found = list(_said(pair, ordered))
    kept = _news_first(found)
    if len(kept) < LEAST:
        cited = {field for sentence in kept for field in sentence.fields}
        new = [fact for fact in facts(pair) if not cited.issuperset(fact.fields)]
        kept += new[: LEAST - len(kept)]
    return kept


def _news_first(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Put what rests on the same facts as a sentence before it, told for the other side, after all the others."""
    seen: set[tuple[str, ...]] = set()
    new: list[Sentence] = []
    again: list[Sentence] = []
    for sentence in sentences:
        (again if sentence.fields in seen else new).append(sentence)
        seen.add(sentence.fields)
    return [*new, *again]


def _total(scored: Scored, side: SideName) -> float:
    return sum(part.contribution for part in scored.criteria if part.side == side)


def _said(pair: Pair, parts: Iterable[Criterion]) -> Iterator[Sentence]:
    """Yield the sentences for some parts in their order, up to so many for each side."""
    makers = people.REASONS if pair.answering.kind == "talent" else premises.REASONS
    left = dict.fromkeys(SIDES, MOST)
    for part in parts:
        if left[part.side] and part.known and part.contribution > 0 and part.name in makers:
            sentence = makers[part.name](pair)
            if sentence is not None:
                left[part.side] -= 1
                yield _of_part(sentence, part.name, part.side, pair)


def _of_part(sentence: Sentence, name: str, side: SideName, pair: Pair) -> Sentence:
    return dataclasses.replace(sentence, criterion=name, side=side, clauses=clauses_of(name, pair))


def gaps(pair: Pair, gates: Sequence[Gate]) -> list[Sentence]:
    """Return everything that is short or unknown: what a gate says, and what no gate refuses for."""
    said = [gate.sentence for gate in gates if gate.verdict is not Verdict.PASSES]
    # A gate names its facts too, so what it says isn't said again.
    by_gates = [{*sentence.fields} for sentence in said]
    softer = [gap for gap in _soft_gaps(pair) if not any(fields >= {*gap.fields} for fields in by_gates)]
    return [
        *(sentence for sentence in said if sentence.kind == "short"),
        *(sentence for sentence in softer if sentence.kind == "short"),
        *(sentence for sentence in said if sentence.kind == "unknown"),
        *(sentence for sentence in softer if sentence.kind == "unknown"),
    ]


def _soft_gaps(pair: Pair) -> Iterator[Sentence]:
    is_people = pair.answering.kind == "talent"
    makers = people.GAPS if is_people else premises.GAPS
    for name, make in makers.items():
        sentence = make(pair)
        if sentence is not None:
            part = pair.scored.part(name)
            yield _of_part(sentence, name, part.side if part else "asking", pair)
    if not is_people:
        yield from premises.other_gaps(pair)
