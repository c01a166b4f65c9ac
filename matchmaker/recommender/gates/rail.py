"""Rail time to a Bay city; most times are approximate, and a doubtful one refuses nobody."""

from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.frame import Array, Bools, Floats, Frame
from matchmaker.recommender.gates.gate import field_of
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Ending,
    Outcome,
    amounts,
    at,
    decide,
    ratio,
)
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.relation import entry
from models.vocabulary import N_

RAIL_UNKNOWN = N_("%(what)s：上限 %(need)s，没有到该城市的铁路时间")
RAIL_WITHIN = N_("%(what)s：约 %(limit)s，不超过上限 %(need)s")
RAIL_OVER = N_("%(what)s：约 %(limit)s，上限 %(need)s，多 %(gap)s")


def rail_time(need: Frame, premises: Frame, reference: Reference) -> Iterator[Outcome]:
    """Keep to the longest time that the need accepts to its city."""
    longest, city = need.number("max_rail_hours"), _cities(reference).take(need["rail_city_code"])
    is_asked = ~np.isnan(longest) & (city >= 0)
    if not is_asked.any():
        return
    prefecture = premises["prefecture"]
    all_hours, all_sure = _times(reference)
    hours = entry(all_hours, prefecture, city)
    endings, ended = decide(
        (
            (~is_asked, SKIP),
            (hours <= longest, Ending(PASSES, RAIL_WITHIN)),
            (np.isnan(hours), Ending(UNKNOWN, RAIL_UNKNOWN)),
        ),
        otherwise=Ending(FAILS, RAIL_OVER),
    )
    unit = field_of("need", "max_rail_hours").unit
    codes = list(reference.places)

    def basis(row: int) -> str | None:
        link = reference.rail.get((codes[int(at(prefecture, row))], codes[int(at(city, row))]))
        return link.basis if link and at(prefecture, row) >= 0 else None

    yield Outcome(
        "rail",
        N_("铁路时间"),
        ("need.max_rail_hours", "need.rail_city_code", "park.prefecture_code", "travel.hours"),
        endings,
        ended,
        amounts(longest, unit, "≤"),
        amounts(hours, unit),
        amounts(lambda row: round(float(at(hours, row) - at(longest, row)), 2), unit),
        lambda: ratio(np.round(hours - longest, 2), longest),
        source=basis,
        may_refuse=entry(all_sure, prefecture, city),
    )


def _cities(reference: Reference) -> Array:
    """Return for every place, by its number, the number of the city that it is or lies in; -1 for none."""
    numbers = reference.place_at
    return np.array([*(numbers.get(reference.city(code) or "", -1) for code in numbers), -1], np.int16)


def _times(reference: Reference) -> tuple[Floats, Bools]:
    """Return the hours between any two places, by their numbers, and whether they are known well enough to refuse."""
    size, numbers = len(reference.places) + 1, reference.place_at
    hours, sure = np.full((size, size), np.nan), np.zeros((size, size), bool)
    for (start, end), link in reference.rail.items():
        if start in numbers and end in numbers and link.hours is not None:
            hours[numbers[start], numbers[end]] = link.hours
            sure[numbers[start], numbers[end]] = link.confidence == "H"
    return hours, sure
