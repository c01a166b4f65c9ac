"""HC4: no new or larger chemical plant near the shore, and no tailings pond.

The plot is measured, as exactly as its distance is known; its county only raises the question.
"""

import datetime as dt
from collections.abc import Iterator

from .hc3 import anything_hints_at_chemistry, is_chemical
from .lists import county_has, is_office, meetings, rebuilds_without_growing
from .says import NO, YES, Facts, Says, fails, is_certain, passes, unknown

BUILDS = ("new", "relocation", "expansion", "part_capacity")


def check(need: Facts, premises: Facts, world: Facts, rule: Facts, day: dt.date, chemistry: Facts) -> Iterator[Says]:
    if is_office(need) or rebuilds_without_growing(need):
        return
    chemical = is_chemical(need, chemistry)
    only_mixes = need.get("compounding_only") == YES and need.get("product_is_hazardous_chemical") == NO
    if chemical is None and (only_mixes or not anything_hints_at_chemistry(need, chemistry)):
        chemical = False
    ponds = [m for m in meetings(need, world, rule, day) if "尾矿库" in m.row["words"]]
    pond: bool | None = False
    if any(meeting.named for meeting in ponds):
        pond = True
    elif any(meeting.inside for meeting in ponds):
        pond = None  # a mine may have one
    if chemical is not False or pond is not False:
        yield measure(need, premises, world, rule, chemical, pond)


def measure(need: Facts, premises: Facts, world: Facts, rule: Facts, chemical: bool | None, pond: bool | None) -> Says:
    parameters = rule["parameters"]
    limit, distance, shore = (
        parameters["limit_m"],
        premises.get("shoreline_distance_m"),
        premises.get("shoreline_class"),
    )
    is_named = shore in parameters["named"]
    if distance is None:
        # Whoever names a shore has one; a county without any has none of those that the law names.
        on_shore = county_has(premises, world, "shoreline_") or shore is not None
        if premises["park"] is not None and not on_shore:
            return passes("HC4", [], need=limit)
        return unknown("HC4", [], need=limit)
    accuracy = premises.get("shoreline_accuracy_m", parameters.get("accuracy_m", 50))
    # A pond keeps farther from the Yangtze, which a plot's shore may be unless it is another tributary's.
    farthest = parameters["tailings_trunk_m"] if pond is not False and shore != "other_tributary" else limit
    if distance - accuracy > farthest:
        return passes("HC4", [], need=limit, limit=distance)
    is_near = distance + accuracy <= limit
    if is_near and is_named and (chemical or pond) and need.get("project_type") in BUILDS:
        short = limit - distance
        return fails("HC4", [], is_certain(rule), need=limit, limit=distance, gap=short, distance=short / limit)
    return unknown("HC4", [], need=limit, limit=distance)
