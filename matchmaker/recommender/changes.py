"""What would make a failing pair work: the fewest changes of either side, each verified by gating the pair again.

Every failing condition suggests a few edits of the facts it rests on: a smaller demand, a larger supply, another day.
Sets with one edit for each condition are laid out as rows and gated in one pass; of those that no condition stands
against any more, the one with the fewest and smallest edits is kept, and the best that asks one side alone. Where no
set works, what stands in the way is said instead.
"""

import dataclasses
import datetime as dt
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from matchmaker.recommender.edits import Edit
from matchmaker.recommender.facts import TABLES, Item
from matchmaker.recommender.frame import Frame
from matchmaker.recommender.gates import check_people, check_premises, worst
from matchmaker.recommender.gates.gate import Gate
from matchmaker.recommender.gates.marks import framed
from matchmaker.recommender.gates.outcome import FAILS
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.remedies import suggestions
from matchmaker.recommender.remedies_siting import CLOSED
from matchmaker.recommender.words import Sentence, Value
from models.vocabulary import N_, Verdict

# Sets of edits that are tried in one round.
MOST_SETS = 1000
# An edit that meets one condition may break another, such as less land and more investment for each mu of it.
ROUNDS = 4
# Sets that are gone on with where none works yet.
BEST = 20

UNMOVED = N_("%(what)s：没有哪一方能改的事实")
PARK_SILENT = N_("%(what)s：名录里的园区没有写自己的条件，没有能改的")
TOO_MUCH = N_("不符合的太多，没有找到双方改几项就能成的办法")


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
    if not failing or any(gate.id in CLOSED for gate in failing):
        return []
    found = sorted(_working(asking, answering, failing, reference, day), key=lambda change: change.size)
    chosen: list[Change] = []
    for sides in (None, frozenset(("asking",)), frozenset(("answering",))):
        best = next((change for change in found if sides is None or change.sides == sides), None)
        if best is not None:
            chosen.append(best)
    needed = _needed(asking, answering, [change.edits for change in chosen], reference, day)
    return list({frozenset(edits): Change(edits) for edits in needed}.values())


def obstacles(
    asking: Item, answering: Item, gates: Sequence[Gate], reference: Reference, day: dt.date
) -> list[Sentence]:
    """Say of a pair that no change makes work what stands in the way, and what is left to do, if anything."""
    failing = [gate for gate in gates if gate.verdict is Verdict.FAILS]
    found = []
    for gate in failing:
        message = CLOSED.get(gate.id)
        if message is None and not any(suggestions(gate, (asking, answering), reference, day)):
            message = PARK_SILENT if answering.kind == "park" else UNMOVED
        if message is not None:
            what = Value(None, labels=(gate.title,))
            found.append(Sentence(message, {"what": what}, gate.fields, gate.source, "short"))
    return found or [Sentence(TOO_MUCH, kind="short")] if failing else []


def _working(
    asking: Item, answering: Item, gates: Sequence[Gate], reference: Reference, day: dt.date
) -> Iterator[Change]:
    """Yield the sets of edits that work; where none does, mend what the nearest of them broke."""
    starts: list[tuple[tuple[Edit, ...], list[Gate]]] = [((), list(gates))]
    for _ in range(ROUNDS):
        most = MOST_SETS // len(starts)
        sets: dict[tuple[Edit, ...], None] = {}
        for edits, failing in starts:
            pair = _edited(asking, answering, edits)
            ways = [list(suggestions(gate, pair, reference, day)) or [()] for gate in failing]
            if math.prod(map(len, ways)) > most:
                ways = _lifting(pair, failing, ways, reference, day)
            sets |= dict.fromkeys(_merged(edits, more) for more in itertools.product(*_narrowed(ways, most)))
        tried = _sound(asking, answering, sets)
        if not tried:
            return
        after = _failing([_edited(asking, answering, edits) for edits in tried], reference, day)
        working = [Change(edits) for edits, failing in zip(tried, after, strict=True) if not failing and edits]
        if working:
            yield from working
            return
        starts = sorted(zip(tried, after, strict=True), key=lambda one: (len(one[1]), len(one[0])))[:BEST]


Way = tuple[Edit, ...]


def _lifting(
    pair: tuple[Item, Item], gates: Sequence[Gate], ways: Sequence[Sequence[Way]], reference: Reference, day: dt.date
) -> list[list[Way]]:
    """Keep the ways that lift their condition by themselves, where there are too many to try all sets."""
    singles = [(at, way) for at, some in enumerate(ways) for way in some if way]
    after = _failing([_edited(*pair, way) for _, way in singles], reference, day)
    lifting: list[list[Way]] = [[] for _ in ways]
    for (at, way), failing in zip(singles, after, strict=True):
        if gates[at].id not in {gate.id for gate in failing}:
            lifting[at].append(way)
    return [kept or list(some) for kept, some in zip(lifting, ways, strict=True)]


def _narrowed(ways: Sequence[Sequence[Way]], most: int) -> list[list[Way]]:
    """Leave so many ways to lift each condition that all sets can be tried: the smallest of either side come first."""
    found = []
    for some in ways:
        ordered = sorted(some, key=lambda way: (len(way), sum(edit.size for edit in way)))
        firsts = {frozenset(edit.side for edit in way): way for way in reversed(ordered)}
        found.append([*firsts.values(), *(way for way in ordered if way not in firsts.values())])
    while math.prod(map(len, found)) > most:
        max(found, key=len).pop()
    return found


def _sound(asking: Item, answering: Item, sets: Iterable[Way]) -> list[Way]:
    """Keep the sets after which neither side contradicts itself, as by producing before the premises are there."""
    known: dict[Way, bool] = {}
    before = {"asking": asking, "answering": answering}

    def is_sound(edits: Way, side: str) -> bool:
        own = tuple(edit for edit in edits if edit.side == side)
        if own and own not in known:
            after = dict(zip(before, _edited(asking, answering, own), strict=True))
            known[own] = _contradictions(after[side]) <= _contradictions(before[side])
        return not own or known[own]

    return [edits for edits in sets if all(is_sound(edits, side) for side in before)]


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
    sound = set(_sound(asking, answering, filter(None, fewer.values())))
    fewer = {key: edits for key, edits in fewer.items() if edits in sound}
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
        facts = {name: after for edit in edits if edit.side == side for name, after in edit.facts.items()}
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
