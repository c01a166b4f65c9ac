"""What the makers of sentences look at."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from matchmaker.recommender.facts import Item, ParkFacts
from matchmaker.recommender.gates.gate import field_of
from matchmaker.recommender.parts import Scored
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.words import Sentence, Value
from models.vocabulary import N_

WELCOMES = N_("载体欢迎的行业")
LIVES_BY = N_("园区主导产业")
DIRECTORY = "园区名录"


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """Both sides, what was found about them, and what that is read with."""

    asking: Item
    answering: Item
    scored: Scored
    reference: Reference
    parks: Mapping[str, ParkFacts]
    day: dt.date

    def value(self, name: str) -> float:
        """Return how well a part is met, from 0 to 1."""
        part = self.scored.part(name)
        return part.value if part else 0.0

    # --- Premises -----------------------------------------------------------------------------------------------

    @property
    def park(self) -> ParkFacts | None:
        """Return the park that the premises stand in."""
        return self.answering.park

    @property
    def prefecture(self) -> str:
        """Return the name of the prefecture."""
        return self.reference.place_name(self.park.prefecture_code) if self.park else ""

    @property
    def county(self) -> str:
        """Return the name of the county, with its prefecture."""
        return self.prefecture + self.reference.place_name(self.park.county_code) if self.park else ""

    @property
    def lives_by(self) -> tuple[tuple[str, ...], str]:
        """Return what the park lives by, and where that stands: an enclave that names nothing lives by its host."""
        park = self.park
        if park is None:
            return (), ""
        if park.leading_industries:
            return park.leading_industries, "park.leading_industries"
        host = self.parks.get(park.host_park_code or "")
        return (host.leading_industries, "park.host_park_code") if host else ((), "")

    @property
    def is_listed(self) -> bool:
        """Say whether the premises list whom they welcome; else their park's own industries stand for that."""
        return self.answering.kind == "offer"

    @property
    def phrase_field(self) -> str:
        """Name the field that the premises' phrases come from."""
        return "offer.welcomed_codes" if self.is_listed else self.lives_by[1]

    @property
    def whose(self) -> Value:
        """Say whose phrases they are."""
        return Value(None, labels=(WELCOMES if self.is_listed else LIVES_BY,))


Maker = Callable[[Pair], Sentence | None]


def named(names: Iterable[str]) -> Value:
    """Print names one after another."""
    listed = tuple(names)
    return Value(listed, labels=listed)


def word(label: str) -> Value:
    """Print one word of ours."""
    return Value(None, labels=(label,))


def label_of(kind: str, name: str) -> Value:
    """Print the label of a fact."""
    return word(field_of(kind, name).label)


def stated(item: Item, name: str) -> Any:
    """Return a number that somebody stated and that is more than nothing, or None."""
    value = item.get(name)
    return value if value else None
