"""How an answer of the checker is written down, and the two or three words that rules share."""

import calendar
import datetime as dt
from typing import Any

Facts = dict[str, Any]
Says = dict[str, Any]

YES, NO = "yes", "no"


# What every answer has, unless it says otherwise; nothing is missing, and a condition that is met is at no distance.
NOTHING: Says = {"need": None, "limit": None, "gap": None, "distance": 0.0}


def passes(id_: str, fields: list[str], **numbers: Any) -> Says:
    return {"id": id_, "verdict": "passes", "fields": fields, **NOTHING, **numbers}


def unknown(id_: str, fields: list[str], **numbers: Any) -> Says:
    return {"id": id_, "verdict": "unknown", "fields": fields, **NOTHING, **numbers}


def fails(id_: str, fields: list[str], certain: bool = True, **numbers: Any) -> Says:
    """Refuse; what is not certain enough to refuse anybody warns instead, with the same numbers."""
    verdict = "fails" if certain else "unknown"
    numbers["distance"] = min(1.0, numbers["distance"])  # further than that nobody can be
    return {"id": id_, "verdict": verdict, "fields": fields, **NOTHING, **numbers}


def is_certain(rule: Facts) -> bool:
    return rule["confidence"] == "H"


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day of a later month, or its last day where the month is shorter."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def acts(row: Facts, day: dt.date) -> bool:
    """Say whether a rule, or a row of a list, is in force on a day; both its first and its last day count."""
    starts, ends = row["in_force_from"], row["in_force_to"]
    return (starts is None or starts <= day) and (ends is None or day <= ends)


def rule_on(world: Facts, id_: str, day: dt.date) -> Facts | None:
    """Return the version of a rule that acts on a day, the newest if there are several; or None."""
    acting = [rule for rule in world["rules"] if rule["id"] == id_ and acts(rule, day)]
    return max(acting, key=lambda rule: rule["version"]) if acting else None


def lies_in(code: str | None, places: list[str], world: Facts) -> bool:
    """Say whether a region is one of some regions, or a part of one."""
    while code is not None:
        if code in places:
            return True
        code = world["parent_of"].get(code)
    return False


def holds(broad: str, narrow: str) -> bool:
    """Say whether one industry is the other, or contains it: C39 contains C3982."""
    return narrow[: len(broad)] == broad


def at_least(id_: str, fields: list[str], asked: float, there: float | None, certain: bool = True) -> Says:
    """Ask for an amount: as much is enough, less is not, and what nobody stated is not known."""
    if there is None:
        return unknown(id_, fields, need=asked)
    if there >= asked:
        return passes(id_, fields, need=asked, limit=there)
    return fails(id_, fields, certain, need=asked, limit=there, gap=asked - there, distance=(asked - there) / asked)


def at_most(id_: str, fields: list[str], highest: float, stated: float | None) -> Says:
    """Ask for no more than an amount."""
    if stated is None:
        return unknown(id_, fields, need=highest)
    if stated <= highest:
        return passes(id_, fields, need=highest, limit=stated)
    far = (stated - highest) / highest if highest > 0 else 1.0
    return fails(id_, fields, need=highest, limit=stated, gap=stated - highest, distance=far)


def not_after(id_: str, fields: list[str], latest: dt.date, stated: dt.date | None, certain: bool = True) -> Says:
    """Ask for a day that is no later than another."""
    if stated is None:
        return unknown(id_, fields, need=latest)
    if stated <= latest:
        return passes(id_, fields, need=latest, limit=stated)
    late = (stated - latest).days
    return fails(id_, fields, certain, need=latest, limit=stated, gap=late, distance=late / 365)
