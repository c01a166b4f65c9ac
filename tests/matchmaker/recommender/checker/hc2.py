"""HC2: what the market-access list closes to all, and the foreign list to investors from outside.

Manufacturing has had no item on the foreign list since November 2024. A licence is told of, and refuses nobody. Only a
part of either list is held, so that a foreign investor outside manufacturing can't be let pass.
"""

import datetime as dt
from collections.abc import Iterator

from .lists import Meeting, at_most_warning, is_plant, may_refuse, meetings, says_how, worst_of
from .says import Facts, Says, holds


def check(need: Facts, world: Facts, rule: Facts, day: dt.date) -> Iterator[Says]:
    codes = need.get("industry_codes", [])
    is_foreign = need.get("investor_origin") in rule["parameters"]["foreign_origins"]
    verdict = worst_of(of_row(need, meeting, rule) for meeting in meetings(need, world, rule, day))
    # Who only buys farm produce invests in nothing.
    if verdict is None and is_foreign and codes and need.get("category") != "farm_produce":
        is_maker = codes[0][0] in rule["parameters"]["unrestricted_sections"]
        verdict = "passes" if is_maker or rule["parameters"]["list_complete"] else "unknown"
    if verdict is not None:
        yield {"id": "HC2", "verdict": at_most_warning(verdict, rule)}


def of_row(need: Facts, meeting: Meeting, rule: Facts) -> str | None:
    row, class_ = meeting.row, meeting.row["restriction_class"]
    touched = meeting.inside or meeting.named or not says_how(need)
    if row["decision"] == "passes" or not touched:
        return None
    if class_.startswith("禁止准入"):
        return "fails" if meeting.inside and may_refuse(row) else "unknown"
    if class_.startswith("外资"):
        return of_foreign_list(need, meeting, rule)
    # A licence: an industry that is stated too broadly is no reason to tell of one.
    return "unknown" if meeting.inside or meeting.named else None


def of_foreign_list(need: Facts, meeting: Meeting, rule: Facts) -> str | None:
    origin, parameters = need.get("investor_origin"), rule["parameters"]
    makes = is_plant(need, parameters["unrestricted_sections"])
    only_makes = makes and all(code[0] in parameters["unrestricted_sections"] for code in need["industry_codes"])
    if only_makes or (origin is not None and origin not in parameters["foreign_origins"]):
        return None
    # Tungsten is closed and molybdenum is not, though both are mined under one code.
    clear = [code for code in need.get("industry_codes", []) if code not in parameters["mixed_codes"]]
    is_meant = meeting.named or any(holds(listed, code) for code in clear for listed in meeting.row["codes"])
    is_meant = is_meant and meeting.inside and may_refuse(meeting.row)
    opens_perhaps = origin is None or origin in parameters["cepa_origins"]
    return "fails" if is_meant and not opens_perhaps and not makes else "unknown"
