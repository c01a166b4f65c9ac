"""Siting rules and their lists, row by row: what a file says becomes what the tables hold; a wrong field is named."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from models import ChemicalArea, Park, ParkOffer, RelocationNeed, RestrictedEntry, SitingArea, SitingRule
from models.rule import LENGTHS
from models.vocabulary import (
    AreaType,
    ChemicalAreaStatus,
    Coverage,
    Evidence,
    Precision,
    ProjectType,
    RestrictedDecision,
    RuleKind,
    Term,
)

Row = dict[str, Any]
Table = type[SitingRule | RestrictedEntry | SitingArea | ChemicalArea]

LOCALES = ("zh", "zh_hant", "en")
APPLIES_TO = {*ProjectType, "existing"}
RULE_ID = re.compile(r"[A-Z]{2,4}\d{1,2}")
PRECISIONS = {length: precision for precision, length in LENGTHS.items()}
RULE_KEYS = {
    *("id", "version", "kind", "title", "says", "document", "number", "issuer", "in_force_from", "in_force_to"),
    *("confidence", "evidence", "parameters", "reads", "exceptions", "other_sources", "note"),
}
NEEDED_KEYS = RULE_KEYS - {"number", "issuer", "in_force_from", "in_force_to", "note"}


class Wrong(ValueError):
    """One field of one row is wrong."""


# --- One row --------------------------------------------------------------------------------------------------------


def _rule(entry: Any) -> Row:
    if not isinstance(entry, Mapping):
        raise Wrong("is no mapping of fields")
    if strange := sorted(set(entry) - RULE_KEYS):
        raise Wrong(f"{strange[0]}: no such field")
    if missing := sorted(key for key in NEEDED_KEYS if entry.get(key) is None):
        raise Wrong(f"{missing[0]}: is missing")
    if not RULE_ID.fullmatch(str(entry["id"])):
        raise Wrong("id: is no rule's id, such as HC12")
    if not isinstance(entry["version"], int) or entry["version"] < 1:
        raise Wrong("version: is no count from 1")
    title = _locales(entry, "title")
    return {
        "rule": entry["id"],
        "version": entry["version"],
        "kind": _term(RuleKind, entry, "kind"),
        "title": title["zh"],
        "title_hant": title["zh_hant"],
        "title_en": title["en"],
        "says": _locales(entry, "says"),
        "issuer": entry.get("issuer"),
        "parameters": _parameters(entry["parameters"]),
        "reads": _reads(entry["reads"]),
        "exceptions": _strings(entry, "exceptions"),
        "other_sources": _sources(entry["other_sources"]),
        **_dated(entry),
        **_sourced(entry),
    }


def _restricted(entry: Mapping[str, str]) -> Row:
    words, deciding = _cells(entry, "words"), _cells(entry, "deciding_words")
    applies = _cells(entry, "applies_to")
    if not set(deciding) <= set(words):
        raise Wrong("deciding_words: one of them isn't among the words")
    if not applies or not set(applies) <= APPLIES_TO:
        raise Wrong("applies_to: is no kind of project: " + ";".join(applies))
    return {
        "id": _text(entry, "id"),
        "rule": _text(entry, "rule"),
        "restriction_class": _text(entry, "restriction_class"),
        "industry_codes": _cells(entry, "codes"),
        "words": words,
        "deciding_words": deciding,
        "condition": _text(entry, "condition"),
        "applies_to": applies,
        "decision": _term(RestrictedDecision, entry, "decision"),
        "article": entry.get("article") or None,
        **_dated(entry),
        **_sourced(entry),
    }


def _area(entry: Mapping[str, str]) -> Row:
    return {
        "id": _text(entry, "id"),
        "type": _term(AreaType, entry, "type"),
        "county_code": _text(entry, "county_code"),
        "coverage": _term(Coverage, entry, "coverage"),
        "townships": _cells(entry, "townships"),
        "role": entry.get("role") or None,
        "detail": entry.get("detail") or None,
        **_dated(entry),
        **_sourced(entry),
    }


def _chemical_area(entry: Mapping[str, str]) -> Row:
    try:
        area = float(entry["area_ha"]) if entry.get("area_ha") else None
    except ValueError:
        raise Wrong(f"area_ha: is no number: {entry['area_ha']}") from None
    return {
        "id": _text(entry, "id"),
        "name": _text(entry, "name"),
        "zone_name": entry.get("zone_name") or None,
        "park_code": entry.get("park_code") or None,
        "county_code": _text(entry, "county_code"),
        "status": _term(ChemicalAreaStatus, entry, "status"),
        "area_ha": area,
        "excludes_shoreline": {"yes": True, "no": False}.get(entry.get("excludes_shoreline") or ""),
        **_dated(entry),
        **_sourced(entry),
    }


READERS: dict[Table, Callable[[Any], Row]] = {
    SitingRule: _rule,
    RestrictedEntry: _restricted,
    SitingArea: _area,
    ChemicalArea: _chemical_area,
}


# --- One field ------------------------------------------------------------------------------------------------------


def _dated(entry: Mapping[str, Any]) -> Row:
    start, precision = day(entry, "in_force_from")
    end, exact = day(entry, "in_force_to")
    if end is not None and exact is not Precision.DAY:
        raise Wrong("in_force_to: must be a day, or the version would end on a guess")
    if start is not None and end is not None and start > end:
        raise Wrong("in_force_to: lies before in_force_from")
    return {"in_force_from": start, "in_force_from_precision": precision, "in_force_to": end}


def day(entry: Mapping[str, Any], name: str) -> tuple[dt.date | None, Precision]:
    """Read "2021", "2021-05" or "2021-05-28" as the first day it may mean, and how precise that is."""
    said = str(entry.get(name) or "")
    if not said:
        return None, Precision.DAY
    precision = PRECISIONS.get(len(said))
    try:
        if precision is None:
            raise ValueError(said)
        return dt.date.fromisoformat((said + "-01-01")[: len("2021-05-28")]), precision
    except ValueError:
        raise Wrong(f"{name}: is no year, month or day: {said}") from None


def _sourced(entry: Mapping[str, Any]) -> Row:
    if entry.get("confidence") not in ("H", "M", "L"):
        raise Wrong(f"confidence: is none of H, M, L: {entry.get('confidence')}")
    return {
        "document": _text(entry, "document"),
        "number": entry.get("number") or None,
        "evidence": _term(Evidence, entry, "evidence"),
        "confidence": entry["confidence"],
        "note": entry.get("note") or None,
    }


def _term(vocabulary: type[Term], entry: Mapping[str, Any], name: str) -> Term:
    try:
        return vocabulary(str(entry.get(name)))
    except ValueError:
        raise Wrong(f"{name}: is none of {', '.join(vocabulary)}: {entry.get(name)}") from None


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Wrong(f"{name}: is empty")
    return value


def _cells(entry: Mapping[str, str], name: str) -> list[str]:
    return [cell for cell in (entry.get(name) or "").split(";") if cell]


def _locales(entry: Mapping[str, Any], name: str) -> dict[str, str]:
    said = entry[name]
    if not isinstance(said, Mapping) or not all(isinstance(said.get(locale), str) for locale in LOCALES):
        raise Wrong(f"{name}: must be said in {', '.join(LOCALES)}")
    return {locale: said[locale] for locale in LOCALES}


def _strings(entry: Mapping[str, Any], name: str) -> list[str]:
    said = entry[name]
    if not isinstance(said, list) or not all(isinstance(line, str) for line in said):
        raise Wrong(f"{name}: is no list of sentences")
    return said


def _parameters(said: Any) -> Row:
    if not isinstance(said, Mapping):
        raise Wrong("parameters: is no mapping")
    if not isinstance(said.get("list_complete", False), bool):
        raise Wrong("parameters.list_complete: is neither true nor false")
    for name in said:
        if name.endswith("_valid_to"):
            day(said, name)
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in said.items()}


def _reads(said: Any) -> list[str]:
    known = {
        *(f"need.{name}" for name in RelocationNeed.fields()),
        *(f"offer.{name}" for name in ParkOffer.fields()),
        *(f"park.{column.name}" for column in Park.__table__.columns),
    }
    if not isinstance(said, list) or not set(said) <= known:
        strange = next((field for field in said if field not in known), said) if isinstance(said, list) else said
        raise Wrong(f"reads: nobody states such a field: {strange}")
    return said


def _sources(said: Any) -> list[Row]:
    if not isinstance(said, list):
        raise Wrong("other_sources: is no list")
    for source in said:
        if not isinstance(source, Mapping) or not source.get("document"):
            raise Wrong("other_sources: one of them names no document")
        if source.get("confidence") not in ("H", "M", "L"):
            raise Wrong(f"other_sources: {source['document']}: confidence is none of H, M, L")
    return [
        {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in source.items()}
        for source in said
    ]
