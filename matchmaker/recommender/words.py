"""Sentences and values that can be said in each of the three languages, apart from who says them."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, Self

from models.vocabulary import N_, Term

Translate = Callable[[str], str]
# A "fact" is true of one side and moves nothing: it stands in where too few reasons speak for a pair.
Kind = Literal["reason", "fact", "short", "unknown"]
Packed = dict[str, Any]

BETWEEN_WORDS = N_("、")


def as_it_stands(message: str) -> str:
    """Return the message in the language that it was written in."""
    return message


@dataclasses.dataclass(frozen=True, slots=True)
class Value:
    """A fact as it is printed: a number with its unit, a day, words of a vocabulary, or a name."""

    raw: Any
    unit: str = ""
    labels: tuple[str, ...] = ()
    comparator: str = ""

    def text(self, translate: Translate = as_it_stands) -> str:
        """Print the value with its comparator and unit."""
        body = translate(BETWEEN_WORDS).join(map(translate, self.labels)) if self.labels else plain(self.raw)
        return " ".join(part for part in (self.comparator, body, translate(self.unit) if self.unit else "") if part)

    def __str__(self) -> str:
        """Print the value in Chinese."""
        return self.text()

    def as_json(self) -> Any:
        """Return the bare fact as JSON knows it."""
        if isinstance(self.raw, dt.date):
            return self.raw.isoformat()
        return list(self.raw) if isinstance(self.raw, tuple) else self.raw

    def packed(self) -> Packed:
        """Return the value as JSON from which it can be printed again in any language."""
        raw = {"day": self.raw.isoformat()} if isinstance(self.raw, dt.date) else self.as_json()
        given = {"raw": raw, "unit": self.unit, "labels": list(self.labels), "comparator": self.comparator}
        return {name: value for name, value in given.items() if value not in ("", [])}

    @classmethod
    def unpacked(cls, packed: Packed) -> Self:
        """Return the value that was packed."""
        raw = packed.get("raw")
        if isinstance(raw, dict):
            raw = dt.date.fromisoformat(raw["day"])
        return cls(
            tuple(raw) if isinstance(raw, list) else raw,
            packed.get("unit", ""),
            tuple(packed.get("labels", ())),
            packed.get("comparator", ""),
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence about a pair: what it says, what fills it, and which facts it rests on.

    `criterion` and `side` name the part of the score that it speaks of, `clauses` those of the plan that it answers to.
    """

    message: str
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    fields: tuple[str, ...] = ()
    source: str | None = None
    kind: Kind = "reason"
    criterion: str | None = None
    side: str | None = None
    clauses: tuple[str, ...] = ()

    def text(self, translate: Translate = as_it_stands) -> str:
        """Say it in the reader's language."""
        filled = {
            name: value.text(translate) if isinstance(value, Value) else value for name, value in self.values.items()
        }
        return translate(self.message) % filled

    def __str__(self) -> str:
        """Say it in Chinese."""
        return self.text()

    def as_json(self, translate: Translate = as_it_stands) -> dict[str, Any]:
        """Return the sentence in the reader's language, and what it rests on, as JSON."""
        return {
            "text": self.text(translate),
            "fields": list(self.fields),
            "source": self.source,
            "kind": self.kind,
            "criterion": self.criterion,
            "side": self.side,
            "clauses": list(self.clauses),
        }

    def packed(self) -> Packed:
        """Return the sentence as JSON from which it can be said again in any language."""
        given: Packed = {
            "message": self.message,
            "values": {
                name: value.packed() if isinstance(value, Value) else value for name, value in self.values.items()
            },
            "fields": list(self.fields),
            "source": self.source,
            "kind": self.kind,
            "criterion": self.criterion,
            "side": self.side,
            "clauses": list(self.clauses),
        }
        return {name: value for name, value in given.items() if value}

    @classmethod
    def unpacked(cls, packed: Packed) -> Self:
        """Return the sentence that was packed."""
        values = {
            name: Value.unpacked(value) if isinstance(value, dict) else value
            for name, value in packed.get("values", {}).items()
        }
        return cls(
            packed["message"],
            values,
            tuple(packed.get("fields", ())),
            packed.get("source"),
            packed.get("kind", "reason"),
            packed.get("criterion"),
            packed.get("side"),
            tuple(packed.get("clauses", ())),
        )


def plain(value: Any) -> str:
    """Print a bare fact: thousands commas and at most two decimals, days as 2026-11-24."""
    if value is None:
        return ""
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int | float):
        text = f"{value:,.2f}"
        return text.rstrip("0").rstrip(".")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return "、".join(map(plain, value))
    return str(value)


def terms(vocabulary: type[Term], values: Iterable[str]) -> Value:
    """Print words of a vocabulary by their labels."""
    found = tuple(vocabulary(value) for value in values)
    return Value(tuple(word.value for word in found), labels=tuple(word.label for word in found))
