"""HC5: high-pollution sectors only inside the approved boundary of a park."""

import datetime as dt
from collections.abc import Iterator

from .lists import Meeting, at_most_warning, is_office, may_refuse, meetings, rebuilds_without_growing
from .says import NO, YES, Facts, Says


def check(need: Facts, premises: Facts, world: Facts, rule: Facts, day: dt.date) -> Iterator[Says]:
    found = meetings(need, world, rule, day)
    if found and not is_office(need):
        yield {"id": "HC5", "verdict": at_most_warning(judge(need, premises, found), rule)}


def judge(need: Facts, premises: Facts, found: list[Meeting]) -> str:
    if rebuilds_without_growing(need) or premises.get("in_park_boundary") == YES:
        return "passes"
    # A trade is an industry: a word alone may be a customer's, and makes only a broad industry clear.
    is_meant = any(
        may_refuse(meeting.row) and (meeting.inside or (meeting.around and meeting.named)) for meeting in found
    )
    builds = need.get("project_type") in ("new", "relocation", "expansion")
    return "fails" if is_meant and builds and premises.get("in_park_boundary") == NO else "unknown"
