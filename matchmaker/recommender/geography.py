"""Facts about places as tables over their numbers; the last entry of each stands for no place."""

import dataclasses
import math
from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.vocabulary import RegionLevel

Numbers = NDArray[np.float32]
Bools = NDArray[np.bool_]

SHENZHEN = "440300"


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A region as matching sees it."""

    code: str
    name: str
    short_name: str
    parent_code: str | None
    level: str
    is_gba: bool
    gdp_yi: float | None


@dataclasses.dataclass(frozen=True, slots=True)
class Travel:
    """How far a prefecture lies from a Bay city, and how well that is known."""

    from_code: str
    to_code: str
    hours: float | None
    kilometres: float | None
    basis: str
    is_approximate: bool
    confidence: str


Links = Mapping[tuple[str, str], Travel]


class Geography:
    """Cities, sizes and distances."""

    def __init__(self, places: Mapping[str, Place], place_at: Mapping[str, int], rail: Links, road: Links) -> None:
        """Take the places, their numbers, and the links by rail and by road."""
        self._places, self._at, self._rail, self._road = places, place_at, rail, road
        self._length = len(places) + 1

    @cached_property
    def city(self) -> NDArray[np.int16]:
        """Return the Bay city that each place is, or lies in."""
        found = np.full(self._length, -1, np.int16)
        for code, at in self._at.items():
            place = self._places[code]
            city = place.parent_code if place.level == RegionLevel.DISTRICT.value else code
            found[at] = self._at.get(city or "", -1)
        return found

    @cached_property
    def size(self) -> Numbers:
        """Return how large each prefecture's economy is: 0 for the smallest, 1 for the largest, by its logarithm."""
        known = {code: math.log(place.gdp_yi) for code, place in self._places.items() if place.gdp_yi}
        if not known:
            return np.zeros(self._length, np.float32)
        least, most = min(known.values()), max(known.values())
        typical = sum(known.values()) / len(known)
        found = np.full(self._length, (typical - least) / max(most - least, 1e-9), np.float32)
        for code, size in known.items():
            found[self._at[code]] = (size - least) / max(most - least, 1e-9)
        found[-1] = 0
        return found

    @cached_property
    def rail_hours(self) -> NDArray[np.float64]:
        """Return the hours by rail from each prefecture to each city; NaN where they aren't known."""
        # Whole precision, since a cap of 1.95 hours holds for 1.95 hours.
        found = np.full((self._length, self._length), np.nan)
        for (start, end), link in self._rail.items():
            if link.hours is not None and start in self._at and end in self._at:
                found[self._at[start], self._at[end]] = link.hours
        return found

    @cached_property
    def rail_is_sure(self) -> Bools:
        """Say which of these hours are known well enough to refuse somebody."""
        found = np.zeros((self._length, self._length), bool)
        for (start, end), link in self._rail.items():
            if start in self._at and end in self._at:
                found[self._at[start], self._at[end]] = link.confidence == "H"
        return found

    @cached_property
    def nearest_rail_hours(self) -> Numbers:
        """Return the hours by rail from each prefecture to the nearest city of the Bay."""
        known = np.where(np.isnan(self.rail_hours), np.inf, self.rail_hours).min(axis=1)
        return np.where(np.isinf(known), np.nan, known).astype(np.float32)

    @cached_property
    def road_kilometres(self) -> Numbers:
        """Return the kilometres by road from each prefecture to Shenzhen; NaN where they aren't known."""
        found = np.full(self._length, np.nan, np.float32)
        for (start, end), link in self._road.items():
            if end == SHENZHEN and link.kilometres is not None and start in self._at:
                found[self._at[start]] = link.kilometres
        return found
