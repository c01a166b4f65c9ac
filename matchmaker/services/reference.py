"""Loading the reference data: the facts of `reference/` into the tables, as often as one likes."""

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.services import rules
from models import (
    Base,
    FurongCategory,
    Industry,
    IndustryNeighbour,
    IndustryTerm,
    Park,
    PolicyClause,
    PolicyDocument,
    Region,
    TravelLink,
    ValueChain,
    Zone,
)
from models.vocabulary import Answer, ParkVerification

Row = dict[str, Any]
Progress = Callable[[str, int], None]

# A word may be a park's phrase and a word of the plan with other codes. Parks are matched by their own phrases.
ORIGINS = ("park_phrase", "plan_chain", "plan_industry", "term", "synonym")


def load(session: Session, folder: Path, progress: Progress | None = None) -> dict[str, int]:
    """Insert and update everything that `folder` holds, and return how many rows each part has.

    It may be repeated. Nothing that people own is touched: a park that its manager has claimed, or that staff
    have confirmed, keeps what they stated.
    """
    # The order matters: a row may only name what stands already.
    parts: list[tuple[str, Callable[[], int]]] = [
        ("regions", lambda: _save(session, Region, ["code"], _regions(folder))),
        ("industries", lambda: _save(session, Industry, ["code"], _industries(folder))),
        ("industry_terms", lambda: _replace(session, IndustryTerm, ["term"], _terms(folder))),
        ("industry_neighbours", lambda: _replace(session, IndustryNeighbour, NEIGHBOUR_KEY, _neighbours(folder))),
        ("value_chains", lambda: _save(session, ValueChain, ["slug"], _chains(folder))),
        ("parks", lambda: _save(session, Park, ["code"], _parks(folder), may_change=_is_untouched)),
        ("travel_links", lambda: _replace(session, TravelLink, TRAVEL_KEY, _travel(folder))),
        ("zones", lambda: _save(session, Zone, ["slug"], _zones(session, folder))),
        ("policy_documents", lambda: _save(session, PolicyDocument, ["slug"], [_document(folder)])),
        ("policy_clauses", lambda: _save(session, PolicyClause, ["id"], _clauses(folder))),
        ("furong_categories", lambda: _save(session, FurongCategory, ["code"], _furong(folder))),
        *((name, partial(_rules, session, folder / file)) for name, file in rules.FILES.items()),
    ]
    counts = {}
    for name, part in parts:
        counts[name] = part()
        if progress:
            progress(name, counts[name])
    session.commit()
    return counts


NEIGHBOUR_KEY = ["code", "neighbour_code"]
TRAVEL_KEY = ["from_code", "to_code", "mode"]


def _save(
    session: Session,
    table: type[Base],
    key: list[str],
    rows: Iterable[Row],
    may_change: Callable[[Any], bool] = lambda row: True,
) -> int:
    known = {tuple(getattr(row, name) for name in key): row for row in session.scalars(select(table))}
    wanted = list(rows)
    for values in wanted:
        row = known.get(tuple(values[name] for name in key))
        if row is None:
            session.add(table(**values))
        elif may_change(row):
            _change(row, values)
    session.flush()
    return len(wanted)


def _change(row: Base, values: Row) -> None:
    for name, value in values.items():
        # An equal value is left alone, or every load would send every park to the index again.
        if getattr(row, name) != value:
            setattr(row, name, value)


def _replace(session: Session, table: type[Base], key: list[str], rows: list[Row]) -> int:
    count = _save(session, table, key, rows)
    kept = {tuple(values[name] for name in key) for values in rows}
    for row in session.scalars(select(table)):
        if tuple(getattr(row, name) for name in key) not in kept:
            session.delete(row)
    session.flush()
    return count


def _is_untouched(park: Park) -> bool:
    return park.manager_id is None and park.verification is ParkVerification.DIRECTORY


def _regions(folder: Path) -> Iterator[Row]:
    product = {row["region_code"]: row for row in _csv(folder / "gdp.csv")}
    for row in _csv(folder / "regions.csv"):
        size = product.get(row["code"], {})
        yield {
            **_pick(row, "code", "name", "short_name", "level"),
            "parent_code": row["parent_code"] or None,
            "is_gba": row["is_gba"] == "yes",
            "longitude": _number(row["lon"]),
            "latitude": _number(row["lat"]),
            "gdp_yi": _number(size.get("gdp_yi", "")),
            "gdp_year": int(size["year"]) if size else None,
            "gdp_source": size.get("source"),
        }


def _industries(folder: Path) -> Iterator[Row]:
    for row in _csv(folder / "industries.csv"):
        yield {**_pick(row, "code", "name", "level"), "parent_code": row["parent_code"] or None}


def _terms(folder: Path) -> list[Row]:
    found: list[Row] = []
    for row in _csv(folder / "industry_terms.csv"):
        codes = _list(row["codes"])
        found.append({"term": row["term"], "codes": codes, "origin": row["origin"]})
        found.extend({"term": word, "codes": codes, "origin": "synonym"} for word in _list(row["synonyms"]))
    found.sort(key=lambda row: ORIGINS.index(row["origin"]), reverse=True)
    return list({row["term"]: row for row in found}.values())


def _neighbours(folder: Path) -> list[Row]:
    return [
        {"code": row["group_a"], "neighbour_code": row["group_b"]}
        for row in _csv(folder / "value_chain_neighbours.csv")
    ]


def _chains(folder: Path) -> Iterator[Row]:
    for entry in _yaml(folder / "value_chains.yaml"):
        yield {**_pick(entry, "slug", "name", "kind", "codes"), "clause_id": entry["clause"]}


def _parks(folder: Path) -> Iterator[Row]:
    for row in _csv(folder / "parks.csv"):
        yield {
            **_pick(row, "code", "name", "level", "prefecture_code", "county_code", "confidence"),
            "alias": row["alias"] or None,
            "type": row["park_type"],
            "leading_industries": _list(row["leading_industries"]),
            "chemical_status": Answer.UNSURE if row["chemical_status"] == "unknown" else row["chemical_status"],
            "chemical_as_of": _day(row["chemical_as_of"]),
            "chemical_source": "；".join(filter(None, [row["chemical_source"], row["chemical_note"]])) or None,
            "customs_facilities": _granted(row["customs"]),
            "approved_area_ha": _number(row["approved_area_ha"]),
            "area_basis": row["area_basis"] or None,
            "is_enclave": row["is_enclave"] == "yes",
            "home_region_codes": _list(row["home_region_codes"]),
            "host_park_code": row["host_park_code"] or None,
            "since": row["since"] or None,
            "evidence": row["evidence"] or "knowledge",
            "note": row["note"] or None,
        }


def _granted(customs: str) -> list[str] | None:
    # A facility that is only applied for is never shown as one.
    facilities = [entry.split(":") for entry in _list(customs)]
    return [kind for kind, status in facilities if status == "granted"] or None


def _travel(folder: Path) -> list[Row]:
    return [
        {
            "from_code": row["prefecture_code"],
            "to_code": row["city_code"],
            "mode": row["mode"],
            "hours": _number(row["hours"]),
            "kilometres": _number(row["km"]),
            "basis": f"{row['station']}站；{row['basis']}" if row["station"] else row["basis"],
            "is_approximate": row["is_approximate"] == "yes",
            "confidence": row["confidence"],
        }
        for row in _csv(folder / "travel.csv")
    ]


def _zones(session: Session, folder: Path) -> Iterator[Row]:
    for entry in _yaml(folder / "zones.yaml"):
        yield {
            **_pick(entry, "slug", "name", "summary", "industries", "basis"),
            "clause_id": entry["clause"],
            "members": [session.get_one(Region, code) for code in sorted(entry["members"])],
        }


def _document(folder: Path) -> Row:
    document = _yaml(folder / "policy.yaml")["document"]
    return _pick(document, "slug", "title", "issuer", "number", "valid_from", "valid_to", "note")


def _clauses(folder: Path) -> Iterator[Row]:
    plan = _yaml(folder / "policy.yaml")
    for task in plan["tasks"]:
        for clause in [task, *task["parts"]]:
            yield {
                **_pick(clause, "id", "title", "summary", "domain", "keywords", "capability"),
                "document_slug": plan["document"]["slug"],
                "parent_id": None if clause is task else task["id"],
                "task": int(task["id"].removeprefix("T")),
                "section": plan["sections"][task["section"]],
            }


def _furong(folder: Path) -> Iterator[Row]:
    for entry in _yaml(folder / "furong.yaml")["categories"]:
        limit = entry["age_limit"] or {}
        yield {
            **_pick(entry, "code", "name", "scheme", "definition", "note"),
            "age_limit": limit.get("value"),
            "age_limit_verified": limit.get("verified") == "page",
        }


def _rules(session: Session, path: Path) -> int:
    return rules.load_file(session, path).rows


def _pick(row: Mapping[str, Any], *names: str) -> Row:
    return {name: row.get(name) for name in names}


def _csv(path: Path) -> Iterator[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _list(cell: str) -> list[str]:
    return [entry for entry in cell.split(";") if entry]


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _day(cell: str) -> dt.date | None:
    # Some sources give a year or a month only; that stays in their words and makes no day.
    return dt.date.fromisoformat(cell) if len(cell) == len("2024-05-30") else None
