"""What a gate says of a pair, and the few ways in which two facts are compared."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

from matchmaker.recommender.facts import TABLES
from matchmaker.recommender.reference import Rule
from matchmaker.recommender.words import Kind, Sentence, Translate, Value, as_it_stands
from models import Field
from models.vocabulary import N_, Verdict

ENOUGH = N_("%(what)s：需 %(need)s，可供 %(limit)s")
SHORT = N_("%(what)s：需 %(need)s，可供 %(limit)s，差 %(gap)s")
WITHIN_CAP = N_("%(what)s：%(limit)s，不高于上限 %(need)s")
OVER_CAP = N_("%(what)s：%(limit)s，上限 %(need)s，高出 %(gap)s")
CAP_ALONE = N_("%(what)s：上限 %(need)s，%(other)s未填")
IN_TIME = N_("%(what)s：要求 %(need)s，%(other)s %(limit)s，来得及")
TOO_LATE = N_("%(what)s：要求 %(need)s，%(other)s %(limit)s，晚 %(gap)s")
DAY_ALONE = N_("%(what)s：要求 %(need)s，%(other)s未填")
NOT_STATED = N_("%(what)s：需 %(need)s，%(other)s未填")


# Who is asked; both sides read the same sentence, so that nobody is called "the other".
PARK, TALENT, POSITION, NEED = N_("园区"), N_("人才"), N_("岗位"), N_("需求方")
KINDS: dict[Verdict, Kind] = {Verdict.PASSES: "reason", Verdict.FAILS: "short", Verdict.UNKNOWN: "unknown"}


@dataclasses.dataclass(frozen=True, slots=True)
class Gate:
    """One hard condition of a pair: both values, the verdict, and where the limit comes from.

    `gap` is what is missing when it fails, in the unit of the values; `distance` is the same relative to what is
    asked, so that failing candidates can be ordered; a failure without a number is as far as it can be.
    """

    id: str
    title: str
    verdict: Verdict
    fields: tuple[str, ...]
    need: Value | None
    limit: Value | None
    message: str
    values: Mapping[str, Any]
    gap: Value | None = None
    distance: float = 0.0
    source: str | None = None
    as_of: dt.date | None = None
    other: str = PARK
    rule: Rule | None = None

    @property
    def sentence(self) -> Sentence:
        """Say it in words; hundreds of gates are weighed for each one that is read."""
        what, other = Value(None, labels=(self.title,)), Value(None, labels=(self.other,))
        known = {"what": what, "other": other, "need": _said(self.need), "limit": _said(self.limit), "gap": self.gap}
        return Sentence(self.message, {**known, **self.values}, self.fields, self.source, KINDS[self.verdict])

    @property
    def unit(self) -> str:
        """Return the unit that both values are in."""
        return self.need.unit if self.need else ""

    def as_json(self, translate: Translate = as_it_stands) -> dict[str, Any]:
        """Return the gate as JSON, its words in the reader's language."""
        return {
            "id": self.id,
            "title": translate(self.title),
            "verdict": self.verdict.value,
            "fields": list(self.fields),
            "need": self.need.as_json() if self.need else None,
            "limit": self.limit.as_json() if self.limit else None,
            "unit": translate(self.unit) if self.unit else "",
            "gap": self.gap.as_json() if self.gap else None,
            "text": self.sentence.text(translate),
            "source": self.source,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "rule": _as_json(self.rule) if self.rule else None,
        }


def _as_json(rule: Rule) -> dict[str, Any]:
    since, until = rule.in_force_from, rule.in_force_to
    return {
        "id": rule.id,
        "version": rule.version,
        "in_force_from": since.isoformat() if since else None,
        "in_force_to": until.isoformat() if until else None,
    }


def _said(value: Value | None) -> Value | None:
    """Leave the comparator out: in a sentence the verb says what the comparator says in a table."""
    return dataclasses.replace(value, comparator="") if value is not None and value.comparator else value


@cache
def field_of(kind: str, name: str) -> Field:
    """Return the description of a fact."""
    return TABLES[kind].fields()[name]


def measure(kind: str, name: str, raw: Any, comparator: str = "") -> Value:
    """Print a stated number or day with the unit of its field."""
    return Value(raw, field_of(kind, name).unit, comparator=comparator)


def refuses(rule: Rule) -> bool:
    """Say whether a rule is certain enough to refuse somebody; a less certain one may only warn."""
    return rule.confidence == "H"
