"""What the synthetic market takes from the world: places, distances, names of industries and who supplies whom."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from functools import cached_property

# Cities of the Bay without a fast train of their own go by the station of another, which takes so many hours more.
STATIONS = {
    "440100": ("440100", 0.0), "440600": ("440100", 0.6), "440700": ("440100", 1.0), "441200": ("440100", 1.0),
    "440400": ("440100", 1.2), "442000": ("440100", 0.9), "820000": ("440100", 1.7), "440300": ("440300", 0.0),
    "441900": ("440300", 0.6), "441300": ("440300", 0.9), "810000": ("810000", 0.3),
}  # fmt: skip
TYPICAL_HOURS = 5.0


@dataclasses.dataclass(frozen=True)
class Ground:
    """The plain facts that firms and parks are drawn upon."""

    day: dt.date
    counties: Mapping[str, str]  # county -> prefecture
    size: Mapping[str, float]  # prefecture -> gross product, 亿元
    hours: Mapping[tuple[str, str], float]  # (prefecture, city) -> by rail
    place_names: Mapping[str, str]
    industry_names: Mapping[str, str]
    phrases: Mapping[str, tuple[str, ...]]  # words of the plan and of parks -> industries
    suppliers: Mapping[str, frozenset[str]]  # group -> groups that supply it or buy from it

    @cached_property
    def prefectures(self) -> tuple[str, ...]:
        """Return the prefectures in the order of their codes."""
        return tuple(sorted(set(self.counties.values())))

    def travel(self, prefecture: str, city: str) -> float:
        """Return the true hours by rail from a city of the Bay."""
        station, more = STATIONS.get(city, ("440100", 1.0))
        return self.hours.get((prefecture, station), TYPICAL_HOURS) + more
