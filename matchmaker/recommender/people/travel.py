"""How far a place of work lies from where a talent lives now."""

import numpy as np

from matchmaker.recommender.frame import Array, Bools, Frame
from matchmaker.recommender.likeness import Numbers
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.relation import entry
from models.vocabulary import RegionLevel


def hours_from_home(asking: Frame, name: str, talent: Frame, reference: Reference) -> Numbers:
    """Return the hours by rail from a talent's city to the nearest of the places that the other side names.

    Within one prefecture they are none; NaN where a side names no place or nobody knows.
    """
    hours = _hours(reference)
    home, places = talent["current_city_code"], asking[name]
    columns = places.T if places.ndim == 2 else [places]
    found: Numbers = entry(hours, columns[0], home)
    for column in columns[1:]:
        if (column >= 0).any():
            found = np.fmin(found, entry(hours, column, home))
    return found


def is_same_city(need: Frame, talent: Frame, reference: Reference) -> tuple[Bools, Bools]:
    """Say which pairs live in one city now, and where both cities are known."""
    city = _cities(reference)
    there, home = city.take(need["from_city_code"]), city.take(talent["current_city_code"])
    return there == home, (there >= 0) & (home >= 0)


def _cities(reference: Reference) -> Array:
    """Return for every place, by its number, the city or prefecture that it is or lies in; -1 for none."""

    def make() -> Array:
        numbers = reference.place_at
        inside = (RegionLevel.DISTRICT.value, RegionLevel.COUNTY.value)
        own = (
            numbers.get((place.parent_code or "") if place.level in inside else code, -1)
            for code, place in reference.places.items()
        )
        return np.array([*own, -1], np.int16)

    found: Array = reference.memory.recall("cities of places", make)
    return found


def _hours(reference: Reference) -> Numbers:
    """Return the hours from every place of Hunan (row) to every city (column), by their numbers."""

    def make() -> Numbers:
        city = _cities(reference)
        between = reference.geography.rail_hours.copy()
        for code, at in reference.place_at.items():
            if reference.places[code].level in (RegionLevel.PREFECTURE.value, RegionLevel.CITY.value):
                between[at, at] = 0
        found = between[np.ix_(city, city)]
        found[city < 0], found[:, city < 0] = np.nan, np.nan
        return found

    found: Numbers = reference.memory.recall("hours from home", make)
    return found
