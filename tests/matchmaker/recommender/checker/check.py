"""Every condition of a pair, and what they come to together."""

import datetime as dt
from collections.abc import Iterable, Iterator

from . import hc1, hc2, hc3, hc4, hc5, hc6, hc7, hc8, hc9, hc10, hc11, hc12, hc13, hc14, hc15, people, wishes
from .says import Facts, Says, rule_on

# Rules that are a list of industries and processes.
LISTS = (1, 2, 5, 8, 11, 15)


def check_premises(need: Facts, premises: Facts, world: Facts, day: dt.date) -> list[Says]:
    """Check all that stands between a need and premises."""
    found: list[Says] = list(wishes.check(need, premises, world))
    for number in range(1, 16):
        if rule := rule_on(world, f"HC{number}", day):
            if number in LISTS and has_run_out(world, rule, day):
                # Nobody knows who is on a list that has run out: whomever it would ask is for a person.
                as_before = by_rule(number, need, premises, prolonged(world), rule, day)
                found += [{"id": one["id"], "verdict": "unknown"} for one in as_before]
            else:
                found += by_rule(number, need, premises, world, rule, day)
    return found


def has_run_out(world: Facts, rule: Facts, day: dt.date) -> bool:
    last = rule["parameters"].get("list_valid_to")
    ends = [row["in_force_to"] for row in world["restricted"] if row["rule"] == rule["id"]]
    return (last is not None and last < day.isoformat()) or all(end is not None and end < day for end in ends)


def prolonged(world: Facts) -> Facts:
    return world | {"restricted": [row | {"in_force_to": None} for row in world["restricted"]]}


def by_rule(number: int, need: Facts, premises: Facts, world: Facts, rule: Facts, day: dt.date) -> Iterator[Says]:
    match number:
        case 1:
            return hc1.check(need, world, rule, day)
        case 2:
            return hc2.check(need, world, rule, day)
        case 3:
            return hc3.check(need, premises, rule, day)
        case 4:
            # What a chemical project is stands in another rule; it means the same before that rule began.
            versions = [one for one in world["rules"] if one["id"] == "HC3"]
            return hc4.check(need, premises, world, rule, day, rule_on(world, "HC3", day) or versions[0])
        case 5:
            return hc5.check(need, premises, world, rule, day)
        case 6:
            return hc6.check(need, premises, rule)
        case 7:
            return hc7.check(need, premises, world, rule, day)
        case 8:
            return hc8.check(need, premises, world, rule, day)
        case 9:
            return hc9.check(need, premises, world, rule)
        case 10:
            return hc10.check(need, premises, world, rule)
        case 11:
            return hc11.check(need, world, rule, day)
        case 12:
            return hc12.check(need, premises, rule, day)
        case 13:
            return hc13.check(need, premises, rule)
        case 14:
            return hc14.check(need, premises, rule, day)
        case _:
            return hc15.check(need, premises, world, rule, day)


def check_people(kind: str, asking: Facts, talent: Facts, world: Facts) -> list[Says]:
    """Check all that stands between a position, or a need, and a talent."""
    if kind == "position":
        return list(people.check_position(asking, talent, world))
    return list(people.check_need(asking, talent, world))


def overall(found: Iterable[Says]) -> str:
    """Fails beats unknown beats passes; where nothing was compared, nothing is known."""
    verdicts = [one["verdict"] for one in found]
    for verdict in ("fails", "unknown", "passes"):
        if verdict in verdicts:
            return verdict
    return "unknown"
