"""HC1: what the catalogue eliminates nobody may do, and what it restricts nobody may add capacity of.

Rows are about process, size and equipment. Only who names, in an industry of the row, a word that by itself meets the
row's condition is refused; everything else that meets a row is for a person.
"""

import datetime as dt
from collections.abc import Iterator

from .lists import Meeting, at_most_warning, may_refuse, meetings, rebuilds_without_growing, says_how, worst_of
from .says import YES, Facts, Says


def check(need: Facts, world: Facts, rule: Facts, day: dt.date) -> Iterator[Says]:
    verdict = worst_of(of_row(need, meeting) for meeting in meetings(need, world, rule, day))
    if verdict is None and need.get("industry_codes", []) and says_how(need):
        # Compared with what is held of the catalogue, and found in none of it.
        verdict = "passes"
    if verdict is not None:
        yield {"id": "HC1", "verdict": at_most_warning(verdict, rule)}


def of_row(need: Facts, meeting: Meeting) -> str | None:
    if meeting.around and says_how(need) and not meeting.named:
        return None
    if meeting.row["restriction_class"] == "淘汰类":
        is_meant = meeting.decided and (meeting.inside or meeting.around)
        return "fails" if is_meant and may_refuse(meeting.row) else "unknown"
    return of_restricted_row(need, meeting)


def of_restricted_row(need: Facts, meeting: Meeting) -> str | None:
    project, row = need.get("project_type"), meeting.row
    if rebuilds_without_growing(need):
        return "passes"
    if project in ("relocation", "part_capacity", "renovation"):
        # The catalogue has no such kind: what means new plants only doesn't mean it.
        reaches = "expansion" in row["applies_to"]
    else:
        reaches = project is None or project in row["applies_to"]
    if not reaches:
        return None
    is_meant = meeting.decided and (meeting.inside or meeting.around) and may_refuse(row)
    moves_and_grows = project in ("relocation", "part_capacity") and need.get("adds_capacity") == YES
    return "fails" if is_meant and (project in ("new", "expansion") or moves_and_grows) else "unknown"
