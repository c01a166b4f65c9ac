"""What would make a failing pair work: the fewest changes of either side, each verified by gating the pair again.

Every failing condition suggests a few edits of the facts it rests on: a smaller demand, a larger supply, another day.
All sets with one edit for each condition are laid out as rows and gated in one pass; of those that no condition stands
against any more, the one with the fewest and smallest edits is kept, and the best that asks one side alone.
"""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from matchmaker.recommender.edits import Edit, suggestions
from matchmaker.recommender.facts import TABLES, Item
from matchmaker.recommender.frame import Frame
from matchmaker.recommender.gates import check_people, check_premises, worst
from matchmaker.recommender.gates.gate import Gate
from matchmaker.recommender.gates.marks import framed
from matchmaker.recommender.gates.outcome import FAILS
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.words import Sentence
from models.vocabulary import Verdict

# Sets of edits that are tried; a pair with more conditions against it is far from any agreement.
MOST_SETS = 2000
# An edit that meets one condition may break another, such as less land and more investment for each mu of it.
ROUNDS = 3


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """Some edits after which no hard condition stands against the pair, and who would have to make them."""

    edits: tuple[Edit, ...]

    @property
    def sides(self) -> frozenset[str]:
        """Return whose facts would change."""
        return frozenset(edit.side for edit in self.edits)

    @property
    def size(self) -> tuple[int, float]:
        """Return how much it asks for: the number of edits, then how far they go in all."""
        return len(self.edits), sum(edit.size for edit in self.edits)

    @property
    def sentences(self) -> list[Sentence]:
        """Say every edit."""
        return [edit.sentence for edit in self.edits]

    def as_json(self) -> dict[str, Any]:
        """Return the edits as JSON."""
        return {"sides": sorted(self.sides), "edits": [edit.as_json() for edit in self.edits]}


def changes(asking: Item, answering: Item, gates: Sequence[Gate], reference: Reference, day: dt.date) -> list[Change]:
    """Return the smallest change that makes the pair pass, then those of one side alone if they are others.

    `gates` are the conditions of the pair as they were found.
    """
    failing = [gate for gate in gates if gate.verdict is Verdict.FAILS]
    if not failing:
        return []
    found = sorted(_working(asking, answering, failing, reference, day), key=lambda change: change.size)
    chosen: list[Change] = []
    for sides in (None, frozenset(("asking",)), frozenset(("answering",))):
        best = next((change for change in found if sides is None or change.sides == sides), None)
        if best is not None:
            chosen.append(best)
    needed = [
        Change(edits) for edits in _needed(asking, answering, [change.edits for change in chosen], reference, day)
    ]
    return list(dict.fromkeys(needed))


def _working(
    asking: Item, answering: Item, gates: Sequence[Gate], reference: Reference, day: dt.date
) -> Iterator[Change]:
    """Yield the sets of edits that work; where none does, mend what the nearest of them broke."""
    starts: list[tuple[tuple[Edit, ...], list[Gate]]] = [((), list(gates))]
    for _ in range(ROUNDS):
        sets = {
            _merged(edits, more): None
            for edits, failing in starts
            for more in itertools.islice(
                itertools.product(
                    *(list(suggestions(gate, _edited(asking, answering, edits), reference)) or [()] for gate in failing)
                ),
                MOST_SETS // max(1, len(starts)),
            )
        }
        tried = [edits for edits in sets if _are_sound(asking, answering, edits)]
        if not tried:
            return
        after = _failing([_edited(asking, answering, edits) for edits in tried], reference, day)
        working = [Change(edits) for edits, failing in zip(tried, after, strict=True) if not failing and edits]
        if working:
            yield from working
            return
        starts = sorted(zip(tried, after, strict=True), key=lambda one: (len(one[1]), len(one[0])))[:20]


def _are_sound(asking: Item, answering: Item, edits: Sequence[Edit]) -> bool:
    """Say whether neither side would contradict itself: production can't start before the premises are there."""
    before, after = (asking, answering), _edited(asking, answering, edits)
    return all(
        _contradictions(new) <= _contradictions(old) for old, new in zip(before, after, strict=True) if new is not old
    )


def _contradictions(item: Item) -> set[tuple[str, str]]:
    posting = TABLES[item.kind](**item.facts)
    return {(problem.field, problem.message) for problem in posting.contradictions()}


def _merged(edits: Sequence[Edit], more: Sequence[Sequence[Edit]]) -> tuple[Edit, ...]:
    """Put edits together; of two edits of one fact the one that goes further meets both conditions."""
    found: dict[tuple[str, str], Edit] = {(edit.side, edit.name): edit for edit in edits}
    for edit in itertools.chain.from_iterable(more):
        key = (edit.side, edit.name)
        known = found.get(key)
        found[key] = edit if known is None else known.joined(edit)
    return tuple(found.values())


def _needed(
    asking: Item, answering: Item, sets: Sequence[tuple[Edit, ...]], reference: Reference, day: dt.date
) -> list[tuple[Edit, ...]]:
    """Leave out of each set every edit without which the pair passes as well."""
    fewer = {
        (at, edit): tuple(other for other in edits if other is not edit)
        for at, edits in enumerate(sets)
        for edit in edits
    }
    fewer = {key: edits for key, edits in fewer.items() if edits}
    if not fewer:
        return list(sets)
    after = _failing([_edited(asking, answering, edits) for edits in fewer.values()], reference, day)
    spared = {at: edits for (at, _), edits, failing in zip(fewer, fewer.values(), after, strict=True) if not failing}
    if not spared:
        return list(sets)
    return _needed(asking, answering, [spared.get(at, edits) for at, edits in enumerate(sets)], reference, day)


def _edited(asking: Item, answering: Item, edits: Sequence[Edit]) -> tuple[Item, Item]:
    sides = {"asking": asking, "answering": answering}
    for side, item in sides.items():
        facts = {edit.name: edit.after for edit in edits if edit.side == side}
        if facts:
            sides[side] = dataclasses.replace(item, facts={**item.facts, **facts})
    return sides["asking"], sides["answering"]


def _failing(pairs: Sequence[tuple[Item, Item]], reference: Reference, day: dt.date) -> list[list[Gate]]:
    """Gate many pairs row by row and return what stands against each."""
    asking, answering = (_framed([pair[at] for pair in pairs], reference) for at in (0, 1))
    check = check_people if answering.kind == "talent" else check_premises
    outcomes = check(asking, answering, reference, day)
    verdicts = worst(outcomes, len(pairs))
    return [
        [gate for outcome in outcomes if (gate := outcome.at(row)) is not None and gate.verdict is Verdict.FAILS]
        if verdicts[row] == FAILS
        else []
        for row in range(len(pairs))
    ]


def _framed(items: Sequence[Item], reference: Reference) -> Frame:
    return framed("offer" if items[0].kind == "park" else items[0].kind, items, reference)
