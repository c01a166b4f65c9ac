"""Judge pairs: gates and scores over columns, from whichever side a question comes."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.facts import Item, ParkFacts
from matchmaker.recommender.frame import Floats
from matchmaker.recommender.gates import Gate, check_people, check_premises, shortfall, worst
from matchmaker.recommender.gates.marks import MARKS
from matchmaker.recommender.gates.outcome import FAILS, VERDICTS, Outcome
from matchmaker.recommender.pairs import pairing
from matchmaker.recommender.parts import Scored, Scores, SideName
from matchmaker.recommender.people import score_people
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.score import score_premises
from matchmaker.recommender.texts import Side
from models.vocabulary import Verdict

Weights = Mapping[str, float]


@dataclasses.dataclass(frozen=True)
class Judged:
    """Many pairs of one subject: every condition and every part, by row of the candidates."""

    outcomes: tuple[Outcome, ...]
    verdicts: NDArray[np.uint8]
    scores: Scores
    subject_is: SideName

    @cached_property
    def failing(self) -> NDArray[np.bool_]:
        """Say which rows a hard condition stands against."""
        return self.verdicts == FAILS

    @cached_property
    def distances(self) -> Floats:
        """Return how far each row is from passing; each condition that fails is a step of its own."""
        return shortfall(self.outcomes, len(self.verdicts))

    def verdict(self, row: int) -> Verdict:
        """Return the verdict of one row."""
        verdict = VERDICTS[int(self.verdicts[row])]
        assert verdict is not None
        return verdict

    def gates(self, row: int) -> list[Gate]:
        """Put the conditions of one row into words: the rules by their number, then what either side insists on."""
        found = [gate for outcome in self.outcomes if (gate := outcome.at(row)) is not None]
        return sorted(found, key=_number)

    def scored(self, row: int) -> Scored:
        """Return the parts of one row."""
        return self.scores.at(row)


def _number(gate: Gate) -> int:
    number = gate.id.removeprefix("HC").partition("-")[0]
    return int(number) if number.isdigit() else 100


def judge(
    subject: Side,
    candidates: Side,
    reference: Reference,
    parks: Mapping[str, ParkFacts],
    day: dt.date,
    weights: Weights,
) -> Judged:
    """Check and score a subject, alone in its frame or one for each row, with every row of some candidates."""
    kinds = subject.frame.kind, candidates.frame.kind
    subject_is: SideName = "asking" if pairing(*kinds).asking == kinds[0] else "answering"
    asking, answering = (subject, candidates) if subject_is == "asking" else (candidates, subject)
    if answering.frame.kind == "talent":
        outcomes = check_people(asking.frame, answering.frame, reference, day)
        scores = score_people(asking, answering, reference, day, weights)
    else:
        outcomes = check_premises(asking.frame, answering.frame, reference, day)
        scores = score_premises(asking, answering, reference, parks, day, weights)
    return Judged(tuple(outcomes), worst(outcomes, len(candidates.frame)), scores, subject_is)


def judge_rows(
    asking: Sequence[Item],
    answering: Sequence[Item],
    reference: Reference,
    parks: Mapping[str, ParkFacts],
    day: dt.date,
) -> Judged:
    """Check and score pairs row by row: the first of one list with the first of the other, and so on."""
    return judge(side_of(asking, reference), side_of(answering, reference), reference, parks, day, {})


def side_of(items: Sequence[Item], reference: Reference) -> Side:
    """Lay some items of one kind out by themselves; a park stands in the columns of offers."""
    kind = items[0].kind
    return Side.of(
        "offer" if kind == "park" else kind, items, reference, MARKS.get("offer" if kind == "park" else kind)
    )
