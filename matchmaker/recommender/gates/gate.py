"""What a gate says of a pair, and the few ways in which two facts are compared."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from matchmaker.recommender.facts import TABLES
from matchmaker.recommender.reference import Rule
from matchmaker.recommender.words import Kind, Sentence, Value
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

    def as_json(self) -> dict[str, Any]:
        """Return the gate as JSON."""
        return {
            "id": self.id,
            "title": self.title,
            "verdict": self.verdict.value,
            "fields": list(self.fields),
            "need": self.need.as_json() if self.need else None,
            "limit": self.limit.as_json() if self.limit else None,
            "unit": self.unit,
            "gap": self.gap.as_json() if self.gap else None,
            "text": str(self.sentence),
            "source": self.source,
            "as_of": self.as_of.isoformat() if self.as_of else None,
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Condition:
    """What all verdicts about one condition share: id, title, the two facts, the limit's source, and who is asked."""

    id: str
    title: str
    fields: tuple[str, ...]
    source: str | None = None
    as_of: dt.date | None = None
    may_refuse: bool = True
    other: str = PARK

    def passes(self, need: Value | None, limit: Value | None, message: str, **values: object) -> Gate:
        """Say that the pair fits here."""
        return self._gate(Verdict.PASSES, need, limit, message, values)

    def unknown(self, need: Value | None, limit: Value | None, message: str, **values: object) -> Gate:
        """Say that nobody can tell yet."""
        return self._gate(Verdict.UNKNOWN, need, limit, message, values)

    def fails(
        self,
        need: Value | None,
        limit: Value | None,
        message: str,
        gap: Value | None = None,
        distance: float = 1.0,
        **values: object,
    ) -> Gate:
        """Say that the pair can't work, unless what this rests on is too uncertain to refuse anybody."""
        verdict = Verdict.FAILS if self.may_refuse else Verdict.UNKNOWN
        return self._gate(verdict, need, limit, message, values, gap, distance)

    def _gate(
        self,
        verdict: Verdict,
        need: Value | None,
        limit: Value | None,
        message: str,
        values: Mapping[str, Any],
        gap: Value | None = None,
        distance: float = 0.0,
    ) -> Gate:
        return Gate(
            self.id,
            self.title,
            verdict,
            self.fields,
            need,
            limit,
            message,
            values,
            gap,
            distance,
            self.source,
            self.as_of,
            self.other,
        )


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


def capacity(condition: Condition, asked: float, available: float | None, unit: str) -> Gate:
    """Compare a demand with what there is."""
    need = Value(asked, unit, comparator="≥")
    if available is None:
        return condition.unknown(need, None, NOT_STATED)
    limit = Value(available, unit)
    if asked <= available:
        return condition.passes(need, limit, ENOUGH)
    return condition.fails(need, limit, SHORT, Value(asked - available, unit), (asked - available) / asked)


def cap(condition: Condition, highest: float, stated: float | None, unit: str) -> Gate:
    """Compare a price or a time with the most that is acceptable."""
    need = Value(highest, unit, comparator="≤")
    if stated is None:
        return condition.unknown(need, None, CAP_ALONE)
    limit = Value(stated, unit)
    if stated <= highest:
        return condition.passes(need, limit, WITHIN_CAP)
    distance = (stated - highest) / highest if highest else 1.0
    return condition.fails(need, limit, OVER_CAP, Value(stated - highest, unit), distance)


def deadline(condition: Condition, latest: dt.date, stated: dt.date | None) -> Gate:
    """Compare a day with the latest that is acceptable."""
    need = Value(latest, comparator="≤")
    if stated is None:
        return condition.unknown(need, None, DAY_ALONE)
    limit = Value(stated)
    if stated <= latest:
        return condition.passes(need, limit, IN_TIME)
    late = (stated - latest).days
    return condition.fails(need, limit, TOO_LATE, Value(late, N_("天")), late / 365)


def worst(gates: Iterable[Gate]) -> Verdict:
    """Sum verdicts up: fails beats unknown beats passes, and where nothing was compared nothing is known."""
    verdicts = {gate.verdict for gate in gates}
    for verdict in (Verdict.FAILS, Verdict.UNKNOWN, Verdict.PASSES):
        if verdict in verdicts:
            return verdict
    return Verdict.UNKNOWN


def refuses(rule: Rule) -> bool:
    """Say whether a rule is certain enough to refuse somebody; a less certain one may only warn."""
    return rule.confidence == "H"
