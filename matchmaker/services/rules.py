"""Loading siting rules and their lists: a row that is new is added, one that differs is changed, and both are named."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.services.rule_files import KEYS, WrongRules, read
from matchmaker.services.rule_rows import Row, Table
from models import ChemicalArea, Industry, Park, Region, RestrictedEntry, SitingArea, SitingRule, now

# The rules that ask where a county or a plot lies.
READERS: dict[Table, tuple[str, ...]] = {ChemicalArea: ("HC3",), SitingArea: ("HC4", "HC8", "HC9", "HC10")}


@dataclasses.dataclass(frozen=True, slots=True)
class Changes:
    """What loading a file did, by the names of the rows."""

    rows: int
    added: tuple[str, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]  # with the fields that differ


def load_file(session: Session, path: Path) -> Changes:
    """Load one file of rules, or one of the lists, within the session's transaction."""
    table, rows = read(path)
    if problems := list(_dangling(session, table, rows)):
        raise WrongRules([f"{path.name}: {problem}" for problem in problems])
    return save(session, table, rows)


def save(session: Session, table: Table, rows: Iterable[Row]) -> Changes:
    """Insert and update rows by their key; none is ever taken away, since a version that has acted is history."""
    key = KEYS[table]
    known = {tuple(getattr(row, name) for name in key): row for row in session.scalars(select(table))}
    count, added, changed = 0, [], []
    for values in rows:
        count += 1
        name = name_of(table, values)
        row = known.get(tuple(values[part] for part in key))
        if row is None:
            session.add(table(**values))
            added.append(name)
        elif differing := tuple(field for field, value in values.items() if getattr(row, field) != value):
            for field in differing:
                setattr(row, field, values[field])
            changed.append((name, differing))
    if added or changed:
        session.flush()
        _stamp(session, table, {*added, *(name for name, _fields in changed)})
    return Changes(count, tuple(added), tuple(changed))


def _stamp(session: Session, table: Table, names: set[str]) -> None:
    """Date the rules that a change touches, so that whoever keeps a copy of them sees it and judges anew.

    Two changes within one second must not look like one, so that the newest is always later than any before it.
    """
    latest = session.scalar(select(func.max(SitingRule.loaded_at)))
    moment = now() if latest is None else max(now(), latest + dt.timedelta(seconds=1))
    if table is SitingRule:
        touched = [row for row in session.scalars(select(SitingRule)) if name_of(SitingRule, vars(row)) in names]
    elif table is RestrictedEntry:
        rules = select(RestrictedEntry.rule).where(RestrictedEntry.id.in_(names))
        touched = list(session.scalars(select(SitingRule).where(SitingRule.rule.in_(rules))))
    else:
        touched = list(session.scalars(select(SitingRule).where(SitingRule.rule.in_(READERS[table]))))
    for row in touched:
        row.loaded_at = moment
    session.flush()


def name_of(table: Table, values: Row) -> str:
    """Name a row as people speak of it."""
    return f"{values['rule']} version {values['version']}" if table is SitingRule else str(values["id"])


def trial(session: Session, path: Path) -> list[Any]:
    """Return the rows of a file as objects that no session knows, so that nothing can be saved."""
    table, rows = read(path)
    if problems := list(_dangling(session, table, rows)):
        raise WrongRules([f"{path.name}: {problem}" for problem in problems])
    return [table(**values) for values in rows]


def _dangling(session: Session, table: Table, rows: Iterable[Row]) -> Iterator[str]:
    """Yield what rows name and nobody knows."""
    if table is SitingRule:
        return
    counties, parks = set(session.scalars(select(Region.code))), set(session.scalars(select(Park.code)))
    industries = set(session.scalars(select(Industry.code)))
    rules = set(session.scalars(select(SitingRule.rule)))
    for row in rows:
        if table is RestrictedEntry:
            if row["rule"] not in rules:
                yield f"{row['id']}: rule: no such rule: {row['rule']}"
            if strange := [code for code in row["industry_codes"] if code not in industries]:
                yield f"{row['id']}: codes: no such industry: {strange[0]}"
        elif row["county_code"] not in counties:
            yield f"{row['id']}: county_code: no such county: {row['county_code']}"
        elif table is ChemicalArea and row["park_code"] and row["park_code"] not in parks:
            yield f"{row['id']}: park_code: no such park: {row['park_code']}"


# The order matters: a list may only name rules that stand already.
FILES = {
    "siting_rules": "rules.yaml",
    "restricted_entries": "restricted_industries.csv",
    "siting_areas": "siting_areas.csv",
    "chemical_areas": "chemical_areas.csv",
}
