"""What a remedy is asked with: a condition that fails, both sides of the pair, and the day."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator

from matchmaker.recommender.edits import Edit
from matchmaker.recommender.facts import Item
from matchmaker.recommender.gates.gate import Gate
from matchmaker.recommender.reference import Reference


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """One failing condition of one pair."""

    gate: Gate
    asking: Item
    answering: Item
    reference: Reference
    day: dt.date


Remedy = Callable[[Asked], Iterator[tuple[Edit, ...]]]
