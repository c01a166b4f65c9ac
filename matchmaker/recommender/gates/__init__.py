"""Hard conditions of a pair: siting rules as dated data, and what either side insists on.

Every check is a pure function of plain facts. An unanswered fact is neither yes nor no, and a condition that nobody
raises isn't listed.
"""

import datetime as dt

from matchmaker.recommender.facts import Item
from matchmaker.recommender.gates import caps, chemical, space, thresholds, utilities
from matchmaker.recommender.gates.gate import Gate, worst
from matchmaker.recommender.reference import Reference

__all__ = ["Gate", "check_premises", "worst"]


def check_premises(need: Item, premises: Item, reference: Reference, day: dt.date) -> list[Gate]:
    """Check all that stands between a need and premises: an offer, or a park that states nothing of its own yet."""
    gates: list[Gate] = []
    if rule := reference.rule("HC3", day):
        gates += chemical.check(need, premises, rule)
    if rule := reference.rule("HC12", day):
        gates += utilities.utilities(need, premises, rule, day)
    if rule := reference.rule("HC13", day):
        gates += space.space(need, premises, rule)
    if rule := reference.rule("HC14", day):
        gates += thresholds.thresholds(need, premises, rule, day)
    gates += caps.caps(need, premises, reference)
    return gates
