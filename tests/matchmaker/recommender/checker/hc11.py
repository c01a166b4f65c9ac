"""HC11: projects of high energy use and emissions bring what they substitute; furnaces that burn coal or oil, too."""

import datetime as dt
from collections.abc import Iterator

from .lists import at_most_warning, is_office, meetings, names_a_source, rebuilds_without_growing, says_how
from .says import Facts, Says


def check(need: Facts, world: Facts, rule: Facts, day: dt.date) -> Iterator[Says]:
    burns = any(fuel in rule["parameters"]["fuels"] for fuel in need.get("fuels", []))
    is_listed = is_raised = False
    for meeting in meetings(need, world, rule, day):
        # The row without industries is met by word; every other by industry, a broad one only with a word.
        is_meant = meeting.inside or (meeting.around and meeting.named) or (not meeting.row["codes"] and meeting.named)
        is_raised = is_raised or is_meant or (meeting.around and not says_how(need))
        is_listed = is_listed or (is_meant and meeting.row["decision"] == "fails_if_no_substitution")
    if is_office(need) or not (burns or is_raised):
        return
    has_source = names_a_source(need.get("substitution_source"))
    if rebuilds_without_growing(need) or has_source:
        verdict = "passes"
    elif (
        (burns or is_listed) and has_source is False and need.get("project_type") in ("new", "expansion", "relocation")
    ):
        verdict = "fails"
    else:
        verdict = "unknown"
    yield {"id": "HC11", "verdict": at_most_warning(verdict, rule)}
