"""Hard conditions of a pair: siting rules as dated data, and what either side insists on.

Every check is a pure function over the columns of two frames, one of which may have a single row: one need and all
premises, all needs and one offer, or as many pairs as there are rows. An unanswered fact is neither yes nor no, and a
condition that nobody raises isn't listed.
"""

import datetime as dt
from collections.abc import Iterator

from matchmaker.recommender.frame import Frame
from matchmaker.recommender.gates import (
    access,
    boundary,
    caps,
    chemical,
    green_heart,
    industries,
    metals,
    park_lists,
    people,
    rail,
    sectors,
    shoreline,
    space,
    structure,
    thresholds,
    two_high,
    utilities,
    zones,
)
from matchmaker.recommender.gates.gate import Gate
from matchmaker.recommender.gates.listed import LISTS, has_lapsed, lapsed
from matchmaker.recommender.gates.outcome import Outcome, shortfall, worst
from matchmaker.recommender.reference import Reference

__all__ = ["Gate", "Outcome", "check_people", "check_premises", "shortfall", "worst"]


def check_premises(need: Frame, premises: Frame, reference: Reference, day: dt.date) -> list[Outcome]:
    """Check all that stands between needs and premises: offers, and parks that state nothing of their own yet."""
    if not len(need) or not len(premises):
        return []
    ways = space.routes(need, premises)
    return [*_rules(need, premises, reference, day, ways), *_wishes(need, premises, reference, ways)]


def _rules(need: Frame, premises: Frame, reference: Reference, day: dt.date, ways: space.Ways) -> Iterator[Outcome]:
    for outcome in (*_lists(need, premises, reference, day), *_places(need, premises, reference, day)):
        rule = outcome.rule
        has_run_out = rule is not None and rule.id in LISTS and has_lapsed(reference, rule, day)
        yield lapsed(outcome) if has_run_out else outcome
    if rule := reference.rule("HC3", day):
        yield from chemical.chemical(need, premises, reference, rule, day)
    if rule := reference.rule("HC12", day):
        yield from utilities.utilities(need, premises, rule, day)
    if rule := reference.rule("HC13", day):
        yield from space.space(need, premises, rule, ways)
    if rule := reference.rule("HC14", day):
        yield from thresholds.thresholds(need, premises, rule, day, ways)


def _lists(need: Frame, premises: Frame, reference: Reference, day: dt.date) -> Iterator[Outcome]:
    """Check what is made, and how, against the lists that close it or ask something of it."""
    if rule := reference.rule("HC1", day):
        yield from structure.structure(need, reference, rule, day)
    if rule := reference.rule("HC2", day):
        yield from access.market_access(need, reference, rule, day)
    if rule := reference.rule("HC7", day):
        yield from park_lists.access_list(need, premises, reference, rule, day)
    if rule := reference.rule("HC8", day):
        yield from metals.metals(need, premises, reference, rule, day)
    if rule := reference.rule("HC10", day):
        yield from park_lists.county_list(need, premises, reference, rule)
    if rule := reference.rule("HC11", day):
        yield from two_high.two_high(need, reference, rule, day)
    if rule := reference.rule("HC15", day):
        yield from sectors.sectors(need, premises, reference, rule, day)


def _places(need: Frame, premises: Frame, reference: Reference, day: dt.date) -> Iterator[Outcome]:
    """Check where the plot lies."""
    if rule := reference.rule("HC4", day):
        yield from shoreline.shoreline(need, premises, reference, rule, day)
    if rule := reference.rule("HC5", day):
        yield from boundary.boundary(need, premises, reference, rule, day)
    if rule := reference.rule("HC6", day):
        yield from zones.zones(need, premises, reference, rule)
    if rule := reference.rule("HC9", day):
        yield from green_heart.green_heart(need, premises, reference, rule)


def _wishes(need: Frame, premises: Frame, reference: Reference, ways: space.Ways) -> Iterator[Outcome]:
    """Check what the need insists on, and whom the premises refuse."""
    yield from caps.region(need, premises, reference)
    yield from caps.ports(need, premises)
    yield from caps.prices(need, premises, ways)
    yield from rail.rail_time(need, premises, reference)
    yield from caps.dual_supply(need, premises)
    yield from industries.refused_industries(need, premises, reference)


def check_people(asking: Frame, talent: Frame, reference: Reference, day: dt.date) -> list[Outcome]:
    """Check all that stands between positions, or the needs of enterprises, and talents."""
    if not len(asking) or not len(talent):
        return []
    if asking.kind == "need":
        return list(people.need_conditions(asking, talent, reference))
    return list(people.position_conditions(asking, talent, reference))
