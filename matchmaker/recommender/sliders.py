"""Which groups of parts a reader may weigh: those of the own side, as far as the two kinds have such parts at all."""

from collections.abc import Mapping
from functools import cache

from matchmaker.recommender import people
from matchmaker.recommender.criteria import SPECS
from matchmaker.recommender.pairs import Pairing, pairing
from matchmaker.recommender.parts import GROUPS, Group, SideName
from matchmaker.recommender.people.specs import specs_of

# A weight of a reader goes from nothing to twice as much as the default.
DEFAULT, MOST = 5, 10


def factor(weight: int) -> float:
    """Return what a group counts for at a weight from 0 to 10."""
    return weight / DEFAULT


def sliders(kind: str, other: str) -> tuple[Group, ...]:
    """Return the groups that one of this kind weighs when it is matched with the other."""
    meeting = pairing(kind, other)
    return groups_between(meeting)["asking" if meeting.asking == kind else "answering"]


@cache
def groups_between(meeting: Pairing) -> Mapping[SideName, tuple[Group, ...]]:
    """Return the groups of both sides of two kinds that meet."""
    is_people = meeting.answering == "talent"
    specs = specs_of(meeting.asking) if is_people else SPECS
    used = {(spec.side, spec.group) for spec in specs.values()}
    known = people.GROUPS if is_people else GROUPS
    return {side: tuple(group for group in groups if (side, group.name) in used) for side, groups in known.items()}
