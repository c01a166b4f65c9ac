"""What may not be promised, read from the reference file: words, what is silent, what clears, and the kinds."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from models.vocabulary import PromiseLabel

FILE = Path(__file__).parents[2] / "reference" / "fair_competition.yaml"
Texts = Mapping[str, str]  # by locale: zh, zh_hant, en


@dataclass(frozen=True)
class Pattern:
    """Words that make a promise of a kind when they stand near one another in a clause."""

    all: tuple[re.Pattern[str], ...]
    within: int  # characters from one to the next
    unless: tuple[re.Pattern[str], ...]
    raw: bool  # reads denials, too: "不在本地注册的，不得参加" is a condition although it denies
    percent_below: float | None


@dataclass(frozen=True)
class Kind:
    """A kind of promise: what it is called, the articles it meets, why, and how to say it lawfully."""

    id: str
    rule: str
    label: PromiseLabel
    regulation: str  # articles of the Regulation
    measures: str  # articles of the Measures, of which only the titles were read
    also: str | None
    title: Texts
    why: Texts
    rewording: Texts
    patterns: tuple[Pattern, ...]
    cleared_when_open: bool
    cleared_between_governments: bool
    last: bool


@dataclass(frozen=True)
class Fact:
    """What a number alone promises, such as a land price of nothing."""

    field: str
    at_most: float
    kind: Kind
    label: PromiseLabel


@dataclass(frozen=True)
class Rules:
    """Everything the detector reads, in force between two days."""

    in_force_from: dt.date
    in_force_to: dt.date | None
    silent: tuple[re.Pattern[str], ...]
    strong: tuple[re.Pattern[str], ...]
    weak: tuple[re.Pattern[str], ...]
    parties: re.Pattern[str]
    sharing: re.Pattern[str]
    to_park: re.Pattern[str]
    passing_on: re.Pattern[str]
    kinds: tuple[Kind, ...]
    facts: tuple[Fact, ...]

    def hold_on(self, day: dt.date) -> bool:
        """Say whether the Regulation is in force on a day."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def kind(self, name: str) -> Kind:
        """Return the kind of this id."""
        return next(kind for kind in self.kinds if kind.id == name)


@cache
def rules() -> Rules:
    """Return the rules of the reference file, which are read once."""
    return read(FILE)


def read(path: Path) -> Rules:
    """Read rules from a file; a wrong expression or an unknown word stops here and not at a posting."""
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    words = _words(tree["words"])
    kinds = tuple(_kind(entry, words) for entry in tree["kinds"])
    by_id = {kind.id: kind for kind in kinds}
    between = {name: _any(pieces) for name, pieces in tree["between"].items()}
    return Rules(
        in_force_from=tree["in_force_from"],
        in_force_to=tree["in_force_to"],
        silent=tuple(map(re.compile, tree["silent"])),
        strong=tuple(map(re.compile, tree["open"]["strong"])),
        weak=tuple(map(re.compile, tree["open"]["weak"])),
        kinds=kinds,
        facts=tuple(_fact(entry, by_id) for entry in tree["facts"].values()),
        **between,
    )


def _any(pieces: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(pieces))


def _words(entries: Mapping[str, list[str]]) -> dict[str, str]:
    """Return the concepts as expressions, each with the concepts that it names written out."""
    joined = {name: "(?:" + "|".join(pieces) + ")" for name, pieces in entries.items()}
    return {name: re.sub("<<(.+?)>>", lambda match: joined[match[1]], words) for name, words in joined.items()}


def _kind(entry: Mapping[str, Any], words: Mapping[str, str]) -> Kind:
    return Kind(
        id=entry["id"],
        rule=entry["rule"],
        label=PromiseLabel(entry["label"]),
        regulation=entry["articles"]["regulation"],
        measures=entry["articles"]["measures"],
        also=entry.get("also"),
        title=entry["title"],
        why=entry["why"],
        rewording=entry["rewording"],
        patterns=tuple(_pattern(pattern, words) for pattern in entry["patterns"]),
        cleared_when_open=entry.get("cleared_when_open", False),
        cleared_between_governments=entry.get("cleared_between_governments", False),
        last=entry.get("last", False),
    )


def _pattern(entry: Mapping[str, Any], words: Mapping[str, str]) -> Pattern:
    return Pattern(
        all=tuple(_word(name, words) for name in entry["all"]),
        within=entry.get("within", 0),
        unless=tuple(_word(name, words) for name in entry.get("unless", ())),
        raw=entry.get("raw", False),
        percent_below=entry.get("percent_below"),
    )


def _word(name: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """Return the concept of this name, or the name itself as an expression when it isn't a plain name."""
    return re.compile(words[name] if re.fullmatch("[a-z_]+", name) else name)


def _fact(entry: Mapping[str, Any], kinds: Mapping[str, Kind]) -> Fact:
    kind = kinds[entry["kind"]]
    return Fact(entry["field"], entry["at_most"], kind, PromiseLabel(entry.get("label", kind.label)))
