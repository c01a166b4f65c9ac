"""Where premises lie, worked out once for each park and not once for each of its offers."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.facts import ParkFacts
from matchmaker.recommender.frame import Array, Bools, Frame, mask_of
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.trades import Trades
from models.vocabulary import ParkLevel, ParkType, PortType

Whole = NDArray[np.int32]


class Ground:
    """What is known of the parks of a frame: one entry for each in the frame's order, and a last one for no park."""

    def __init__(self, codes: list[str], parks: Mapping[str, ParkFacts], reference: Reference) -> None:
        """Lay the parks out."""
        # Kept so that nobody else can have their addresses, by which this is found again.
        self._codes, self._parks, self._reference = codes, parks, reference
        listed = [parks.get(code) for code in codes]
        place = reference.place_at
        prefectures = [place.get(park.prefecture_code, -1) if park else -1 for park in listed]
        counties = [place.get(park.county_code, -1) if park else -1 for park in listed]
        customs = [mask_of(PortType, (park.customs_facilities or ()) if park else ()) for park in listed]
        self.columns: dict[str, Array] = {
            "prefecture": np.array([*prefectures, -1]),
            "county": np.array([*counties, -1]),
            "customs": np.array([*customs, 0], np.uint32),
            "is_somewhere": np.array([*(park is not None for park in listed), False]),
            "is_national": np.array([*(park is not None and _is_national(park) for park in listed), False]),
            "is_provincial": np.array([*(park is not None and _is_provincial(park) for park in listed), False]),
            "is_enclave": np.array([*(park is not None and park.is_enclave for park in listed), False]),
            "in_enclave_county": np.array([*_enclave_counties(listed, parks), False]),
            "phrases": _phrases(listed, parks, reference.trades),
        }

    @classmethod
    def of(cls, codes: list[str], parks: Mapping[str, ParkFacts], reference: Reference) -> "Ground":
        """Return what is known of these parks, from memory where they are the same objects as before."""
        key = (cls.__name__, id(codes), len(codes), id(parks))
        found: Ground = reference.memory.recall(key, lambda: cls(codes, parks, reference))
        return found

    @cached_property
    def ties(self) -> Bools:
        """Say of every place and each park whether an enclave ties the one to the other."""
        at = {code: number for number, code in enumerate(self._codes)}
        found = np.zeros((len(self._reference.places) + 1, len(self.columns["county"])), bool)
        for park in self._parks.values():
            cities = [
                self._reference.place_at.get(self._reference.city(code) or "", -1) for code in park.home_region_codes
            ]
            # An invented enclave ties nobody to a real park.
            host = None if park.is_sample else park.host_park_code
            for number in (at.get(park.code), at.get(host or "")):
                if number is not None:
                    found[cities, number] = True
        found[-1] = False
        return found


class Where:
    """The parks of some premises as columns.

    Where one need stands against many premises there is one entry for each park, and `entry` names the one that a row
    takes. Else there is one entry for each row, and `entry` is None.
    """

    def __init__(self, premises: Frame, parks: Mapping[str, ParkFacts], reference: Reference, *, by_park: bool) -> None:
        """Lay the parks of a frame out, one entry each or as its rows name them."""
        self._ground = Ground.of(premises.park_codes, parks, reference)
        self._park: Array = premises["park"]
        self.entry: Array | None = self._park if by_park else None
        self.prefecture, self.county = self._laid("prefecture"), self._laid("county")
        self.customs = self._laid("customs")
        self.is_somewhere, self.is_enclave = self._laid("is_somewhere"), self._laid("is_enclave")
        self.is_national, self.is_provincial = self._laid("is_national"), self._laid("is_provincial")
        self.in_enclave_county = self._laid("in_enclave_county")
        self.phrases = self._laid("phrases")

    def _laid(self, name: str) -> Array:
        column = self._ground.columns[name]
        return column if self.entry is not None else column[self._park]

    def tied_to(self, cities: Array) -> Bools:
        """Say of each row whether an enclave ties its park to the city of the need, both by their numbers."""
        ties = self._ground.ties
        found: Bools = ties[cities[0]].take(self._park) if len(cities) == 1 else ties[cities, self._park]
        return found

    def spread(self, values: Array) -> Array:
        """Return for each row of premises what is known of its park."""
        return values if self.entry is None or len(values) == 1 else values.take(self.entry)


def _is_national(park: ParkFacts) -> bool:
    return park.level == ParkLevel.NATIONAL.value and park.type != ParkType.BONDED_ZONE.value


def _is_provincial(park: ParkFacts) -> bool:
    return park.level == ParkLevel.PROVINCIAL.value


def _enclave_counties(listed: Sequence[ParkFacts | None], parks: Mapping[str, ParkFacts]) -> list[bool]:
    """Say of each park whether its county has an enclave; invented ones count beside invented parks only."""
    every = {park.county_code for park in parks.values() if park.is_enclave}
    real = {park.county_code for park in parks.values() if park.is_enclave and not park.is_sample}
    return [park is not None and park.county_code in (every if park.is_sample else real) for park in listed]


def _phrases(listed: Sequence[ParkFacts | None], parks: Mapping[str, ParkFacts], trades: Trades) -> Whole:
    """Return what each park lives by, or what the park does that hosts one which names nothing."""
    named = []
    for park in listed:
        host = parks.get(park.host_park_code or "") if park else None
        own = (park.leading_industries if park else ()) or (host.leading_industries if host else ())
        named.append([trades.number(phrase) for phrase in own])
    found = np.full((len(listed) + 1, max(map(len, named), default=0) or 1), -1, np.int32)
    for row, numbers in enumerate(named):
        found[row, : len(numbers)] = numbers
    return found
