"""How near two industries lie in GB/T 4754-2017: pure functions over codes such as "C39", "C398" and "C3982"."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

DIVISION, GROUP, CLASS = 3, 4, 5  # lengths of a code with the letter of its section

SAME_CLASS = 1.0
SAME_GROUP = 0.9
SAID_DIVISION = 0.55  # the park names nothing narrower, so the whole division may be meant
SAME_DIVISION = 0.35  # the park names another group of the division
NEIGHBOUR = 0.35  # one supplies the other

SECOND_CODE = 0.85
PER_POSITION = 0.05
PER_BREADTH = 0.06

Neighbours = Mapping[str, frozenset[str]]


def nearness(needed: str, stated: str, neighbours: Neighbours) -> float:
    """Return how well a stated code answers a needed one, from 0 to 1."""
    shared = _shared(needed, stated)
    if shared >= CLASS:
        return SAME_CLASS
    if shared == GROUP:
        return SAME_GROUP
    if shared == DIVISION:
        return SAID_DIVISION if len(stated) == DIVISION else SAME_DIVISION
    return NEIGHBOUR if are_neighbours(needed, stated, neighbours) else 0.0


def are_neighbours(code: str, other: str, neighbours: Neighbours) -> bool:
    """Say whether the groups of two codes supply each other."""
    return other[:GROUP] in neighbours.get(code[:GROUP], frozenset())


# Every question compares the same few hundred codes of parks.
@lru_cache(maxsize=1 << 16)
def _shared(code: str, other: str) -> int:
    """Return how long the common part of two codes is, cut to a level of the tree."""
    for length in (CLASS, GROUP, DIVISION):
        if len(code) >= length and len(other) >= length and code[:length] == other[:length]:
            return length
    return 0


def breadth(codes: Sequence[str]) -> int:
    """Count how much a phrase covers: a bare division counts twice."""
    return sum(2 if len(code) <= DIVISION else 1 for code in codes)


def phrase_fit(needed: Sequence[str], stated: Sequence[str], position: int, neighbours: Neighbours) -> float:
    """Return how well one phrase of a list answers the needed codes, of which the first is the main one.

    What is named late, or so broadly that it covers much else, counts less.
    """
    best = max(
        (
            nearness(code, other, neighbours) * (1.0 if at == 0 else SECOND_CODE)
            for at, code in enumerate(needed)
            for other in stated
        ),
        default=0.0,
    )
    if not best:
        return 0.0
    return max(0.0, best * (1 - PER_POSITION * position) / (1 + PER_BREADTH * (breadth(stated) - 1)))


def covers(broad: str, code: str) -> bool:
    """Say whether a code lies inside a broader one, or is it."""
    return code.startswith(broad)
