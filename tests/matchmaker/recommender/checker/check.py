"""Every condition of a pair, and what they come to together."""

import datetime as dt
from collections.abc import Iterable

from . import hc3, hc12, hc13, hc14, people, wishes
from .says import Facts, Says, rule_on


def check_premises(need: Facts, premises: Facts, world: Facts, day: dt.date) -> list[Says]:
    """Check all that stands between a need and premises."""
    found: list[Says] = []
    if rule := rule_on(world, "HC3", day):
        found += hc3.check(need, premises, rule, day)
    if rule := rule_on(world, "HC12", day):
        found += hc12.check(need, premises, rule, day)
    if rule := rule_on(world, "HC13", day):
        found += hc13.check(need, premises, rule)
    if rule := rule_on(world, "HC14", day):
        found += hc14.check(need, premises, rule, day)
    found += wishes.check(need, premises, world)
    return found


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
