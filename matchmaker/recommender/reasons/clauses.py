"""Which clauses of the plan a sentence answers to: those that both sides link and that speak of its subject."""

import re
from collections.abc import Iterable, Mapping

from matchmaker.recommender.reasons.pair import Pair

# By criterion: the tasks of the plan, or single clauses, that speak of it.
_TRADE = ("T5", "T6", "T7", "T8", "T16", "T24")
_ENCLAVE = ("T9", "T10b")
_SKILL = ("T13a", "T13b", "T19b", "T19c")
SUBJECTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("industry", "cluster", "upstream", "downstream", "leading", "chain_gap", "chain_served"), _TRADE),
    **dict.fromkeys(("text", "likeness"), _TRADE),
    **dict.fromkeys(("cooperation", "partner", "enclave_partner", "home_tie", "shared_home", "enclave"), _ENCLAVE),
    "purpose": ("T5", "T7", "T8", "T9", "T10c", "T10d", "T11b", "T19d"),
    "supply": ("T7",),
    "zone": ("T5", "T24", "T25", "T26"),
    **dict.fromkeys(("rail", "rail_home", "rail_bay"), ("T1",)),
    "labour": ("T2",),
    **dict.fromkeys(("ports", "customs"), ("T8", "T9d", "T20")),
    "capital": ("T10", "T26"),
    **dict.fromkeys(("workers", "jobs"), ("T19a", "T19b", "T24d")),
    "policy": ("T12", "T13", "T23d"),
    **dict.fromkeys(("sewage", "energy"), ("T29", "T30")),
    **dict.fromkeys(("field", "skills", "own_field", "own_skills", "own_text"), _SKILL),
    **dict.fromkeys(("licences", "licence_origin"), ("T13c", "T18f")),
    **dict.fromkeys(("supports", "housing"), ("T13c",)),
    "way": ("T10c",),
}

_NAMED = re.compile(r"\bT(?:[12]?\d|30)[a-z]?\b")


def clauses_of(criterion: str, pair: Pair) -> tuple[str, ...]:
    """Return the clauses that both sides link and that speak of a criterion, and those that a promise names."""
    linked = {*pair.asking.clauses} & {*pair.answering.clauses}
    if not linked and criterion != "policy":
        return ()
    subjects = SUBJECTS.get(criterion, ())
    found = {clause for clause in linked if clause in subjects or _task(clause) in subjects}
    if criterion == "policy":
        found |= set(_named(pair))
    return tuple(sorted(found, key=_order))


def _named(pair: Pair) -> Iterable[str]:
    asked = pair.asking.get("policy_asks") or ()
    for promise in pair.answering.promises:
        if promise.type in asked:
            yield from _NAMED.findall(f"{promise.summary} {promise.source or ''}")


def _task(clause: str) -> str:
    return clause.rstrip("abcdefghijklmnopqrstuvwxyz")


def _order(clause: str) -> tuple[int, str]:
    task = _task(clause)
    return int(task[1:]), clause
