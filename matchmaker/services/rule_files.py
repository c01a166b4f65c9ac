"""Reading the files of siting rules and their lists: every wrong row is named, and nothing is guessed."""

import csv
import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from matchmaker.services.rule_rows import READERS, Row, Table, Wrong
from models import ChemicalArea, RestrictedEntry, SitingArea, SitingRule

# A list is known by a column that only it has.
LISTS: dict[str, Table] = {
    "restriction_class": RestrictedEntry,
    "townships": SitingArea,
    "excludes_shoreline": ChemicalArea,
}
KEYS: dict[Table, tuple[str, ...]] = {
    SitingRule: ("rule", "version"),
    RestrictedEntry: ("id",),
    SitingArea: ("id",),
    ChemicalArea: ("id",),
}


class WrongRules(ValueError):
    """A file holds something that isn't a rule; `problems` name every row and field."""

    def __init__(self, problems: list[str]) -> None:
        """Keep every sentence, so that all of a file is put right at once."""
        super().__init__("\n".join(problems))
        self.problems = problems


def read(path: Path) -> tuple[Table, list[Row]]:
    """Read a file of rules, or one of the three lists, into rows of its table."""
    try:
        text = path.read_text(encoding="utf-8")
        table, named = _rules(text) if path.suffix in (".yaml", ".yml") else _list_rows(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise WrongRules([f"{path.name}: {error}"]) from error
    problems: list[str] = []
    rows: list[Row] = []
    for name, entry in named:
        try:
            rows.append(READERS[table](entry))
        except Wrong as wrong:
            problems.append(f"{path.name}: {name}: {wrong}")
    if not problems:
        problems = [f"{path.name}: {problem}" for problem in _across(table, rows)]
    if problems:
        raise WrongRules(problems)
    return table, rows


def _rules(text: str) -> tuple[Table, list[tuple[str, Any]]]:
    entries = yaml.safe_load(text)
    if not isinstance(entries, list) or not entries:
        raise WrongRules(["the file holds no list of rules"])
    return SitingRule, [(_name(number, entry), entry) for number, entry in enumerate(entries, 1)]


def _name(number: int, entry: Any) -> str:
    if isinstance(entry, Mapping) and entry.get("id"):
        return f"{entry['id']} version {entry.get('version', '?')}"
    return f"entry {number}"


def _list_rows(text: str) -> tuple[Table, list[tuple[str, Any]]]:
    # Comments stand on top, so that the numbers of the other lines are those of the file.
    lines = text.splitlines()
    comments = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    reader = csv.DictReader(lines[comments:])
    found = [table for column, table in LISTS.items() if column in (reader.fieldnames or ())]
    if len(found) != 1:
        raise WrongRules(["the file is none of the lists: its header has none of " + ", ".join(LISTS)])
    return found[0], [(f"line {comments + reader.line_num} ({row.get('id')})", row) for row in reader]


def _across(table: Table, rows: list[Row]) -> Iterator[str]:
    """Yield what is wrong between rows: a key that stands twice, a version that starts before the one it follows."""
    seen: set[tuple[Any, ...]] = set()
    for row in rows:
        key = tuple(row[name] for name in KEYS[table])
        if key in seen:
            yield f"{' version '.join(map(str, key))} stands twice"
        seen.add(key)
    if table is SitingRule:
        ordered = sorted(rows, key=lambda row: (row["rule"], row["version"]))
        for earlier, later in itertools.pairwise(ordered):
            starts = [row["in_force_from"] or dt.date.min for row in (earlier, later)]
            if earlier["rule"] == later["rule"] and starts[0] > starts[1]:
                yield f"{later['rule']} version {later['version']}: in_force_from: the version before it starts later"
