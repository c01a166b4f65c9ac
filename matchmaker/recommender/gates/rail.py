"""Rail time to a Bay city; most times are approximate, and a doubtful one refuses nobody."""

from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.frame import Frame
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
    geography = reference.geography
    longest, city = need.number("max_rail_hours"), geography.city.take(need["rail_city_code"])
    is_asked = ~np.isnan(longest) & (city >= 0)
    if not is_asked.any():
        return
    prefecture = premises["prefecture"]
    hours = entry(geography.rail_hours, prefecture, city)
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
        lambda: ratio(hours - longest, longest),
        source=basis,
        may_refuse=entry(geography.rail_is_sure, prefecture, city),
    )
