"""The whole working of one pair in words: one dictionary, which the page prints and the JSON is.

Its keys are stable: what reads the JSON today reads it tomorrow. All in it is words, numbers, lists and links.
"""

import dataclasses
import datetime as dt
import functools
from collections.abc import Iterator, Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from matchmaker import printing
from matchmaker.access import actor, may_see_name
from matchmaker.kinds import KINDS
from matchmaker.recommender import Proposal, Sentence
from matchmaker.recommender.changes import Change
from matchmaker.recommender.edits import Edit
from matchmaker.recommender.gates import Gate
from matchmaker.recommender.pairs import pairing
from matchmaker.recommender.parts import Criterion, SideName, band, side_band
from matchmaker.recommender.sliders import DEFAULT, groups_between
from matchmaker.views.match_words import SIDES, certainty_word, gate_row, needs_of, stated_of, who
from matchmaker.views.pair_facts import compared
from matchmaker.views.pair_gaps import unanswered
from matchmaker.views.steps import field_url
from models import Match, Park, PolicyClause, Posting, now
from models.vocabulary import Verdict

BOTH: tuple[SideName, ...] = ("asking", "answering")


@dataclasses.dataclass(frozen=True)
class Pair:
    """Both sides as rows, which of them are the reader's own, and what was found about them."""

    asking: Posting
    answering: Posting | Park
    own: tuple[SideName, ...]
    found: Proposal
    kept: Match | None
    requirements: tuple[Sentence, ...]  # what a need goes through wherever it settles
    clauses: tuple[PolicyClause, ...]
    engine_version: str

    @property
    def kinds(self) -> dict[SideName, str]:
        """Return which kind stands on either side."""
        return {"asking": self.asking.kind, "answering": self.found.kind}

    def side(self, name: SideName) -> Posting | Park:
        """Return the row of a side."""
        return self.asking if name == "asking" else self.answering

    @property
    def number(self) -> str:
        """Return what people quote: both numbers."""
        second = self.answering.code if isinstance(self.answering, Park) else self.answering.number
        return f"{self.asking.number} × {second}"


def written(pair: Pair, weights: Mapping[str, int]) -> dict[str, Any]:
    """Write everything that is known of a pair; weights are those of the reader that aren't the default."""
    found = pair.found
    fails = found.verdict is Verdict.FAILS
    rank = {side: _rank(pair, side) for side in BOTH}
    return {
        "number": pair.number,
        "asking": _side(pair, "asking"),
        "answering": _side(pair, "answering"),
        "verdict": found.verdict.value,
        # Lists keep "high" for their first ten; here the pair stands alone, and both sides read the same.
        "overall": None if fails else band(found.score / 100, found.certainty, rank=1),
        "bands": {"asking": side_band(found.asking_side), "answering": side_band(found.answering_side)},
        "rank": {side: rank[side] if side in pair.own or not pair.own else None for side in BOTH},
        "certainty": certainty_word(found.certainty),
        "needs": needs_of(*pair.kinds.values()),
        "gates": [_gate(gate, pair) for gate in found.gates],
        "reasons": [_sentence(sentence) for sentence in found.reasons],
        "gaps": [_sentence(sentence) for sentence in found.gaps],
        "changes": [_change(change, pair) for change in found.changes],
        "obstacles": [_sentence(sentence) for sentence in found.obstacles],
        "unanswered": unanswered(found, pair.requirements, {side: pair.side(side) for side in BOTH}, pair.own),
        "requirements": [_sentence(sentence) for sentence in pair.requirements],
        "criteria": {side: _groups(pair, side, weights) for side in BOTH},
        "clauses": [_clause(clause) for clause in pair.clauses],
        "weights": dict(weights),
        "computed_at": printing.moment(now()),
        "engine_version": pair.engine_version,
    }


def _side(pair: Pair, name: SideName) -> dict[str, Any]:
    row, kind = pair.side(name), pair.kinds[name]
    is_own = name in pair.own
    common = {
        "kind": kind,
        "kind_label": _("园区名录") if kind == "park" else _(KINDS[kind].label),
        "who": who(kind, is_own),
        "label": _(SIDES[kind]),
        "is_own": is_own,
        "is_sample": row.is_sample,
        "version": row.version,
        "changed_at": printing.moment(row.updated_at),
    }
    if isinstance(row, Park):
        place = " · ".join(dict.fromkeys((row.prefecture.short_name, row.county.short_name)))
        own = {"id": row.code, "number": row.code, "title": row.name, "organisation": None, "is_live": True}
        return common | own | {"place": place, "url": url_for("parks.show", code=row.code)}
    name_of = row.organisation.name if row.organisation and may_see_name(actor(), row) else None
    return common | {
        "id": row.id,
        "number": row.number,
        "title": row.title,
        "organisation": name_of,
        "is_live": row.is_live,
        "place": _place(row),
        "url": url_for("postings.show", posting_id=row.id),
    }


def _place(row: Posting) -> str:
    # What people compare first; a need names several places and none is its own.
    code = getattr(row, "region_code", None) or getattr(row, "from_city_code", None)
    park = getattr(row, "park", None)
    if park is not None:
        return " · ".join((park.prefecture.short_name, park.name))
    return printing.region_name(code or getattr(row, "current_city_code", None))


def _rank(pair: Pair, side: SideName) -> int | None:
    if pair.kept is None or pair.found.verdict is Verdict.FAILS or pair.kept.verdict is Verdict.FAILS:
        return None
    return pair.kept.asking_rank if side == "asking" else pair.kept.answering_rank


def _gate(gate: Gate, pair: Pair) -> dict[str, Any]:
    rule, rows = gate.rule, {pair.kinds[side]: pair.side(side) for side in BOTH}
    is_stated = stated_of({kind: functools.partial(_fact, row) for kind, row in rows.items()})
    notes = []
    if rule is not None and gate.id.startswith("HC"):
        notes.append(_("第 %(number)s 版", number=rule.version))
        if rule.in_force_from:
            notes.append(_("%(start)s 起", start=printing.day(rule.in_force_from)))
    return gate_row(gate, is_stated) | {
        "id": gate.id,
        "need_owner": _(SIDES[pair.asking.kind]) if pair.found.kind != "talent" else "",
        "fields": list(gate.fields),
        "gap": gate.gap.text(_) if gate.gap else None,
        "text": gate.sentence.text(_),
        "rule_version": rule.version if rule else None,
        "rule_in_force_from": _iso(rule.in_force_from) if rule else None,
        "rule_in_force_to": _iso(rule.in_force_to) if rule else None,
        "note": " · ".join(notes),
    }


def _fact(row: Posting | Park, name: str) -> Any:
    return getattr(row, name, None)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return sentence.as_json(_)


def _change(change: Change, pair: Pair) -> dict[str, Any]:
    sides = [side for side in BOTH if side in change.sides]
    return {
        "sides": sides,
        "edits": [_edit(edit, pair) for side in sides for edit in change.edits if edit.side == side],
    }


def _edit(edit: Edit, pair: Pair) -> dict[str, Any]:
    row = pair.side(edit.side)
    is_own = edit.side in pair.own and isinstance(row, Posting)
    return {
        "side": edit.side,
        "who": who(pair.kinds[edit.side], edit.side in pair.own),
        "field": f"{edit.kind}.{edit.name}",
        "text": edit.sentence.text(_),
        "url": field_url(row, edit.name) if is_own and isinstance(row, Posting) else None,
    }


def _groups(pair: Pair, side: SideName, weights: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the sliders of a side with the criteria of each."""
    groups = groups_between(pairing(pair.asking.kind, pair.found.kind))[side]
    return [
        {
            "name": group.name,
            "label": _(group.label),
            "weight": weights.get(group.name, DEFAULT),
            "criteria": [_criterion(one, pair) for one in _of_group(pair.found, side, group.name)],
        }
        for group in groups
    ]


def _of_group(found: Proposal, side: SideName, group: str) -> Iterator[Criterion]:
    return (one for one in found.criteria if (one.side, one.group) == (side, group))


def _criterion(one: Criterion, pair: Pair) -> dict[str, Any]:
    asking, answering = compared(one.name, pair.asking, pair.answering)
    return {
        "name": one.name,
        "label": _(one.label),
        "asking": asking,
        "answering": answering,
        "known": one.known,
        "value": round(one.value, 2),
        "weight": round(one.weight, 2),
        "unit": _(one.unit) if one.unit else "",
        "curve": _(one.curve),
    }


def _clause(clause: PolicyClause) -> dict[str, str]:
    return {"id": clause.id, "title": clause.title, "url": url_for("clauses.show", clause_id=clause.id)}
