"""One gate of one pair, by the rules and lists that the portal stands on, or by changed ones."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from matchmaker.recommender.facts import Item
from matchmaker.recommender.gates.gate import Gate
from matchmaker.recommender.reference import Reference
from tests.matchmaker.recommender.checker.stage import real_reference
from tests.matchmaker.recommender.conftest import make_park

DAY = dt.date(2026, 11, 24)


@pytest.fixture(scope="session")
def reference() -> Reference:
    return real_reference()


@pytest.fixture
def plot() -> Callable[..., Item]:
    """Make an offer of a plot in a county; in 苏仙区 no shore, no green heart and no list of its own is known."""

    def make(county: str = "431003", **facts: Any) -> Item:
        park = dataclasses.replace(make_park("HN2"), county_code=county, prefecture_code=county[:4] + "00")
        return Item("offer", "offer:2", "载体", {"category": "land_plot"} | facts, park=park, posting_id=2)

    return make


@pytest.fixture
def gate(check, need, plot, reference) -> Callable[..., Gate | None]:
    """Return what one rule says of a need and a plot, or of a park of the directory."""

    def find(
        rule: str,
        asked: dict[str, Any],
        facts: dict[str, Any] | Item | None = None,
        reference: Reference = reference,
        day: dt.date = DAY,
    ) -> Gate | None:
        premises = facts if isinstance(facts, Item) else plot(**(facts or {}))
        return next((one for one in check(need(**asked), premises, reference, day) if one.id == rule), None)

    return find


@pytest.fixture
def verdict(gate) -> Callable[..., str | None]:
    """Return only the verdict, None where nobody is asked."""

    def find(*args: Any, **more: Any) -> str | None:
        found = gate(*args, **more)
        return found.verdict.value if found else None

    return find


@pytest.fixture
def changed(reference) -> Callable[..., Reference]:
    """Return the reference with a rule or its entries changed."""

    def make(rule: str, entries: dict[str, Any] | None = None, **changes: Any) -> Reference:
        parameters = changes.pop("parameters", {})
        versions = tuple(
            dataclasses.replace(version, **changes, parameters={**version.parameters, **parameters})
            for version in reference.rules[rule]
        )
        restricted = tuple(
            dataclasses.replace(entry, **(entries or {})) if entry.rule == rule else entry
            for entry in reference.restricted
        )
        return dataclasses.replace(reference, rules={**reference.rules, rule: versions}, restricted=restricted)

    return make
