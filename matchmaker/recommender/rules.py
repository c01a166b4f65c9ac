"""Siting rules and their lists as gates read them: dated, with what they rest on."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import ChemicalArea as ChemicalAreaRow
from models import RestrictedEntry, SitingArea, SitingRule
from models.vocabulary import ChemicalAreaStatus, Coverage


class Dated:
    """What is in force between two days, both included; without a day it is open to that side."""

    __slots__ = ()
    in_force_from: dt.date | None
    in_force_to: dt.date | None

    def acts_on(self, day: dt.date) -> bool:
        """Say whether it is in force that day."""
        return (self.in_force_from is None or self.in_force_from <= day) and (
            self.in_force_to is None or self.in_force_to >= day
        )


class Sourced:
    """What was found in a document."""

    __slots__ = ()
    document: str
    number: str | None

    @property
    def source(self) -> str:
        """Return the document and its number."""
        return f"{self.document}（{self.number}）" if self.number else self.document


@dataclasses.dataclass(frozen=True, slots=True)
class Rule(Dated, Sourced):
    """One version of a siting rule, with the dates that it acts in."""

    id: str  # such as "HC12", the same for all versions
    title: str
    document: str
    number: str | None
    in_force_from: dt.date | None
    in_force_to: dt.date | None
    parameters: Mapping[str, Any]
    confidence: str
    version: int = 1
    title_hant: str = ""
    title_en: str = ""
    evidence: str = "knowledge"

    @property
    def list_is_complete(self) -> bool:
        """Say whether the list that the rule reads is known to be whole, so that absence from it tells something."""
        return bool(self.parameters.get("list_complete", False))

    def list_has_expired(self, day: dt.date) -> bool:
        """Say whether the list that the rule reads is out of date; then nobody knows who is on it."""
        last = self.parameters.get("list_valid_to")
        return last is not None and dt.date.fromisoformat(last) < day


@dataclasses.dataclass(frozen=True, slots=True)
class Restricted(Dated, Sourced):
    """An industry, process or product that a rule names, under a condition in words."""

    id: str
    rule: str
    restriction_class: str
    codes: tuple[str, ...]
    words: tuple[str, ...]
    condition: str
    applies_to: frozenset[str]  # values of ProjectType, and "existing"
    decision: str  # a value of RestrictedDecision
    article: str | None
    document: str
    number: str | None
    in_force_from: dt.date | None
    in_force_to: dt.date | None
    confidence: str
    evidence: str = "knowledge"
    note: str | None = None
    # Those of the words that meet the condition by being named; any other condition is for a person.
    deciding_words: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Area(Dated, Sourced):
    """An area that a county lies in, wholly or in part; it tells what to ask of a plot and decides nothing."""

    type: str  # a value of AreaType
    county_code: str
    is_whole: bool
    townships: tuple[str, ...]
    role: str | None
    detail: str | None
    document: str
    number: str | None
    in_force_from: dt.date | None
    in_force_to: dt.date | None
    confidence: str
    evidence: str = "knowledge"
    id: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class ChemicalArea(Dated, Sourced):
    """An area recognised for chemical plants since `in_force_from`, or one that may be."""

    id: str
    name: str
    zone_name: str | None
    park_code: str | None
    county_code: str
    status: str  # a value of ChemicalAreaStatus
    document: str
    number: str | None
    in_force_from: dt.date | None
    in_force_to: dt.date | None
    confidence: str
    evidence: str = "knowledge"

    @property
    def is_recognised(self) -> bool:
        """Say whether a document recognises it; what only calls itself a chemical park is not recognised."""
        return self.status == ChemicalAreaStatus.RECOGNISED


def acting(versions: Iterable[Rule], day: dt.date) -> Rule | None:
    """Return the version that acts that day: the latest of those whose dates hold it."""
    return max((rule for rule in versions if rule.acts_on(day)), key=lambda rule: rule.version, default=None)


def acting_on(rules: Mapping[str, tuple[Rule, ...]], day: dt.date) -> str:
    """Name the versions that act that day, so that whoever keeps verdicts sees when a version begins or ends."""
    acts = (acting(versions, day) for versions in rules.values())
    return ",".join(sorted(f"{rule.id}.{rule.version}" for rule in acts if rule is not None))


def load_rules(session: Session) -> dict[str, tuple[Rule, ...]]:
    """Load all versions of all rules, each rule's in order."""
    return by_rule(as_rule(row) for row in session.scalars(select(SitingRule).order_by(SitingRule.id)))


def by_rule(versions: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    """Lay versions out by their rule, each rule's in order."""
    found: dict[str, list[Rule]] = {}
    for rule in versions:
        found.setdefault(rule.id, []).append(rule)
    return {id_: tuple(sorted(those, key=lambda rule: rule.version)) for id_, those in found.items()}


def as_rule(row: SitingRule) -> Rule:
    """Turn a row into what gates read."""
    return Rule(
        row.rule,
        row.title,
        row.document,
        row.number,
        row.in_force_from,
        row.in_force_to,
        dict(row.parameters or {}),
        row.confidence,
        row.version,
        row.title_hant,
        row.title_en,
        row.evidence.value,
    )


def load_restricted(session: Session) -> tuple[Restricted, ...]:
    """Load the industries and processes that rules name."""
    return tuple(as_restricted(row) for row in session.scalars(select(RestrictedEntry).order_by(RestrictedEntry.id)))


def as_restricted(row: RestrictedEntry) -> Restricted:
    """Turn a row into what gates read."""
    return Restricted(
        row.id,
        row.rule,
        row.restriction_class,
        tuple(row.industry_codes or ()),
        tuple(row.words or ()),
        row.condition,
        frozenset(row.applies_to or ()),
        row.decision.value,
        row.article,
        row.document,
        row.number,
        row.in_force_from,
        row.in_force_to,
        row.confidence,
        row.evidence.value,
        row.note,
        tuple(row.deciding_words or ()),
    )


def load_areas(session: Session) -> dict[str, tuple[Area, ...]]:
    """Load the areas that counties lie in, by county."""
    return by_county(as_area(row) for row in session.scalars(select(SitingArea).order_by(SitingArea.id)))


def by_county(areas: Iterable[Area]) -> dict[str, tuple[Area, ...]]:
    """Lay areas out by their county."""
    found: dict[str, list[Area]] = {}
    for area in areas:
        found.setdefault(area.county_code, []).append(area)
    return {county: tuple(those) for county, those in found.items()}


def as_area(row: SitingArea) -> Area:
    """Turn a row into what gates read."""
    return Area(
        row.type.value,
        row.county_code,
        row.coverage is Coverage.WHOLE,
        tuple(row.townships or ()),
        row.role,
        row.detail,
        row.document,
        row.number,
        row.in_force_from,
        row.in_force_to,
        row.confidence,
        row.evidence.value,
        row.id,
    )


def load_chemical_areas(session: Session) -> tuple[ChemicalArea, ...]:
    """Load the areas recognised for chemical plants, and those that may be."""
    rows = session.scalars(select(ChemicalAreaRow).order_by(ChemicalAreaRow.id))
    return tuple(as_chemical_area(row) for row in rows)


def as_chemical_area(row: ChemicalAreaRow) -> ChemicalArea:
    """Turn a row into what gates read."""
    return ChemicalArea(
        row.id,
        row.name,
        row.zone_name,
        row.park_code,
        row.county_code,
        row.status.value,
        row.document,
        row.number,
        row.in_force_from,
        row.in_force_to,
        row.confidence,
        row.evidence.value,
    )
