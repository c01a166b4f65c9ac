"""HC15: sectors that need a park whose plan and assessment list them.

What a park lists answers for all of them at once. That a plant plates is asked, never taken from its industry.
"""

import datetime as dt
from collections.abc import Iterator

from .lists import Meeting, at_most_warning, is_office, may_refuse, meetings, says_how, worst_of
from .says import YES, Facts, Says, acts


def check(need: Facts, premises: Facts, world: Facts, rule: Facts, day: dt.date) -> Iterator[Says]:
    if is_office(need):
        return
    found = meetings(need, world, rule, day)
    if need.get("electroplating_step") == YES:
        plating = [row for row in world["restricted"] if row["id"] in rule["parameters"]["electroplating"]]
        met = [meeting.row["id"] for meeting in found]
        found += [
            Meeting(row, False, False, False, False) for row in plating if acts(row, day) and row["id"] not in met
        ]
    verdict = worst_of(of_row(need, premises, meeting, rule) for meeting in found)
    if verdict is not None:
        yield {"id": "HC15", "verdict": at_most_warning(verdict, rule)}


def of_row(need: Facts, premises: Facts, meeting: Meeting, rule: Facts) -> str | None:
    row, project = meeting.row, need.get("project_type")
    # Whatever moves is new where it comes to.
    kinds = {project, "new"} if project in ("relocation", "part_capacity") else {project}
    if project is not None and not kinds & set(row["applies_to"]):
        return None
    sector = next((name for name, ids in rule["parameters"]["sectors"].items() if row["id"] in ids), None)
    is_sure = is_certainly_meant(need, meeting, rule)
    if not is_sure and not is_perhaps_meant(need, meeting, rule):
        return None
    listed = premises.get("listed_sectors", [])
    if is_sure and (sector is None or row["decision"] == "unknown"):
        return "unknown"  # for a person, whatever the park lists
    if sector in listed:
        return "passes"
    return "fails" if is_sure and listed and may_refuse(row) and project is not None else "unknown"


def is_certainly_meant(need: Facts, meeting: Meeting, rule: Facts) -> bool:
    if meeting.row["id"] in rule["parameters"]["electroplating"]:
        return meeting.named or need.get("electroplating_step") == YES
    if meeting.row["id"] in rule["parameters"]["by_name_only"]:
        return meeting.named
    return meeting.inside or meeting.named


def is_perhaps_meant(need: Facts, meeting: Meeting, rule: Facts) -> bool:
    if meeting.row["id"] in rule["parameters"]["by_name_only"]:
        return False
    return meeting.inside or (meeting.around and not says_how(need))
