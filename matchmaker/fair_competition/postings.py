"""What a posting promises to enterprises: every clause of its public words, and prices that speak for themselves."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matchmaker.fair_competition.detector import kinds_of
from matchmaker.fair_competition.rules import Kind, Rules, rules
from matchmaker.fair_competition.text import clauses, key_of
from models import Incentive, Posting, Shape, fields_of, today
from models.vocabulary import IncentiveType, OrganisationType, PromiseLabel

AUTHORITIES = (OrganisationType.PARK_AUTHORITY, OrganisationType.GOVERNMENT)
# In an incentive the condition governs the whole, however far from the reward it stands.
PROMISE_STRETCH = 3
INCENTIVE = "incentives"
AMOUNT = re.compile(r"\d|[一二两三四五六七八九十半]成|折|免|减半|全额|一半")


@dataclass(frozen=True)
class Finding:
    """A promise that waits for a decision: its kind and label, its words, and where they stand."""

    kind: Kind
    label: PromiseLabel
    clause: str  # as it was written
    key: str  # the fingerprint of its words
    field: str  # the fact it stands in, or `incentives`
    row: int | None = None  # which incentive, counted from 0
    part: str | None = None  # of an incentive: the summary, or its condition where only that makes the promise

    @property
    def id(self) -> str:
        """Return what names this finding in a form, and is the same as long as the words are."""
        return f"{self.kind.id}-{self.key[:16]}"


def findings_of(posting: Posting) -> list[Finding]:
    """List the promises of a posting that a reviewer must decide about; enterprises and talents promise nothing."""
    if posting.kind != "offer" and not _speaks_for_an_authority(posting):
        return []
    described = [_row(incentive) for incentive in getattr(posting, INCENTIVE, ())]
    found = findings_in(type(posting), posting.facts(), described)
    if posting.kind == "offer":
        return found
    # What an authority pays its own people is no aid to undertakings, so that a question would be noise.
    return [finding for finding in found if finding.label is PromiseLabel.UNLAWFUL]


def findings_in(
    kind: type[Posting], facts: Mapping[str, Any], incentives: Sequence[Mapping[str, Any]], law: Rules | None = None
) -> list[Finding]:
    """List the promises in facts and incentives as somebody types them, saved or not; the same words count once."""
    law = law or rules()
    if not law.hold_on(today()):
        return []
    found = [*_in_words(kind, facts, law), *_in_prices(facts, law)]
    for row, incentive in enumerate(incentives):
        found.extend(replace(finding, row=row) for finding in _in_incentive(incentive, law))
    return found


def _speaks_for_an_authority(posting: Posting) -> bool:
    return posting.organisation is not None and posting.organisation.type in AUTHORITIES


def _row(incentive: Incentive) -> dict[str, Any]:
    return {name: getattr(incentive, name) for name in fields_of(Incentive)}


def _in_words(kind: type[Posting], facts: Mapping[str, Any], law: Rules) -> Iterator[Finding]:
    for name in _worded(kind):
        value = facts.get(name)
        written = value if isinstance(value, str) else "；".join(value or ())
        for clause in dict.fromkeys(clauses(written)):
            for found in kinds_of(clause, law):
                yield Finding(found, found.label, clause, key_of(clause), name)


def _worded(kind: type[Posting]) -> list[str]:
    """Name the facts in which something can be promised: title, description, products; sources only name papers."""
    described = kind.fields()
    lists = [name for name, field in described.items() if field.shape is Shape.TEXTS]
    return ["title", "description", *lists]


def _in_prices(facts: Mapping[str, Any], law: Rules) -> Iterator[Finding]:
    told: set[str] = set()
    for fact in law.facts:
        value = facts.get(fact.field)
        if fact.field not in told and isinstance(value, int | float) and value <= fact.at_most:
            told.add(fact.field)
            clause = f"{value:g}"
            yield Finding(fact.kind, fact.label, clause, key_of(f"{fact.field}={clause}"), fact.field)


def _in_incentive(incentive: Mapping[str, Any], law: Rules) -> Iterator[Finding]:
    summary, condition = incentive.get("summary") or "", incentive.get("condition") or ""
    clause = "；".join(part for part in (summary, condition) if part)
    if not clause:
        return
    found = kinds_of(clause, law, PROMISE_STRETCH)
    if not found and incentive.get("type") and (AMOUNT.search(clause) or incentive.get("cap_wan")):
        # "设备投资额的 8%" gives nothing by its words; what it gives is the type that was chosen for it.
        label = IncentiveType(incentive["type"]).label
        found = kinds_of(f"{label}：{clause}", law, PROMISE_STRETCH)
    for kind in found:
        alone = kind in kinds_of(summary, law) or kind.id in ("aid", "rent")
        part = "summary" if alone or not condition else "condition"
        yield Finding(kind, kind.label, clause, key_of(clause), INCENTIVE, part=part)
