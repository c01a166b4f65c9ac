"""Siting rules as dated data: versions of each rule, and the lists that rules are read from."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Date, Float, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Instant, TermType, now
from .vocabulary import AreaType, ChemicalAreaStatus, Coverage, Evidence, Precision, RestrictedDecision, RuleKind

LENGTHS = {Precision.YEAR: len("2021"), Precision.MONTH: len("2021-05"), Precision.DAY: len("2021-05-28")}


class Dated:
    """From when to when a fact is in force, and how precisely its beginning is known; no end means until replaced."""

    in_force_from: Mapped[dt.date | None] = mapped_column(Date)
    # A source that says "2021" is kept as the first day of 2021 and as what it said.
    in_force_from_precision: Mapped[Precision] = mapped_column(TermType(Precision), default=Precision.DAY)
    in_force_to: Mapped[dt.date | None] = mapped_column(Date)

    @property
    def starts(self) -> str:
        """Print the beginning as its source says it: a day, a month or a year."""
        return self.in_force_from.isoformat()[: LENGTHS[self.in_force_from_precision]] if self.in_force_from else ""


class Sourced:
    """Where a fact was found: H was read or is beyond doubt, M plausible, L weak; M and L warn and never refuse."""

    document: Mapped[str] = mapped_column(String(200))
    number: Mapped[str | None] = mapped_column(String(80))
    evidence: Mapped[Evidence] = mapped_column(TermType(Evidence), default=Evidence.KNOWLEDGE)
    confidence: Mapped[str] = mapped_column(String(1))
    note: Mapped[str | None] = mapped_column(Text)


class SitingRule(Dated, Sourced, Base):
    """One version of a rule. Of those whose dates hold a day the latest acts; outside all dates the rule doesn't."""

    __tablename__ = "siting_rule"
    __table_args__ = (UniqueConstraint("rule", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(8))
    version: Mapped[int]
    kind: Mapped[RuleKind] = mapped_column(TermType(RuleKind))
    title: Mapped[str] = mapped_column(String(60))
    title_hant: Mapped[str] = mapped_column(String(60))
    title_en: Mapped[str] = mapped_column(String(120))
    # What the version refuses or asks for, by locale: {"zh": "…", "zh_hant": "…", "en": "…"}.
    says: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    issuer: Mapped[str | None] = mapped_column(String(120))
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reads: Mapped[list[str]] = mapped_column(JSON, default=list)  # fields such as "need.power_kva"
    exceptions: Mapped[list[str]] = mapped_column(JSON, default=list)
    other_sources: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # When this version, or a list that the rule reads, last changed.
    loaded_at: Mapped[dt.datetime] = mapped_column(Instant, default=now)


class RestrictedEntry(Dated, Sourced, Base):
    """An industry, process or product that a rule names, under a condition in words."""

    __tablename__ = "restricted_entry"

    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    rule: Mapped[str] = mapped_column(String(8), index=True)
    restriction_class: Mapped[str] = mapped_column(String(40))
    industry_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    words: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Those of the words that meet the condition by being named; any other condition is for a person.
    deciding_words: Mapped[list[str]] = mapped_column(JSON, default=list)
    condition: Mapped[str] = mapped_column(Text)
    # Values of ProjectType, and "existing" where plants that already run are meant too.
    applies_to: Mapped[list[str]] = mapped_column(JSON, default=list)
    decision: Mapped[RestrictedDecision] = mapped_column(TermType(RestrictedDecision))
    article: Mapped[str | None] = mapped_column(String(60))


class SitingArea(Dated, Sourced, Base):
    """A county that lies in an area, wholly or in part: it tells what to ask of a plot and never decides for one."""

    __tablename__ = "siting_area"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    type: Mapped[AreaType] = mapped_column(TermType(AreaType), index=True)
    county_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)
    coverage: Mapped[Coverage] = mapped_column(TermType(Coverage))
    townships: Mapped[list[str]] = mapped_column(JSON, default=list)
    role: Mapped[str | None] = mapped_column(String(40))
    detail: Mapped[str | None] = mapped_column(String(200))


class ChemicalArea(Dated, Sourced, Base):
    """An area recognised for chemical plants, or one that is said to be or wants to be."""

    __tablename__ = "chemical_area"

    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    zone_name: Mapped[str | None] = mapped_column(String(80))
    park_code: Mapped[str | None] = mapped_column(ForeignKey("park.code"), index=True)
    county_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)
    status: Mapped[ChemicalAreaStatus] = mapped_column(TermType(ChemicalAreaStatus))
    area_ha: Mapped[float | None] = mapped_column(Float)
    excludes_shoreline: Mapped[bool | None]
