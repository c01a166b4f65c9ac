"""What nobody has stated yet about a pair: which facts, whose they are, what waits for them, where to state them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from matchmaker.recommender import Proposal, Sentence
from matchmaker.recommender.parts import SideName
from matchmaker.services import questions
from matchmaker.views.match_words import UNSTATED, who
from matchmaker.views.steps import field_url
from models import Park, Posting
from models.vocabulary import Verdict


def unanswered(
    found: Proposal,
    requirements: Iterable[Sentence],
    rows: Mapping[SideName, Posting | Park],
    own: Collection[SideName],
) -> list[dict[str, Any]]:
    """Return the facts that conditions, gaps and requirements ask for and that their side has not stated."""
    waiting: dict[tuple[SideName, str], list[str]] = {}
    for field, words in _asked(found, requirements):
        kind, _dot, name = field.partition(".")
        for side, row in rows.items():
            if (
                isinstance(row, Posting)
                and row.kind == kind
                and name in row.fields()
                and getattr(row, name) in UNSTATED
            ):
                waiting.setdefault((side, name), []).append(words)
    return [
        {
            "side": side,
            "who": who(_kind(rows[side]), side in own),
            "field": f"{_kind(rows[side])}.{name}",
            "label": _label(rows[side], name),
            "waiting": list(dict.fromkeys(words)),
            "url": _url(rows[side], name) if side in own else None,
        }
        for (side, name), words in waiting.items()
    ]


def _asked(found: Proposal, requirements: Iterable[Sentence]) -> Iterator[tuple[str, str]]:
    for gate in found.gates_of(Verdict.UNKNOWN):
        yield from ((field, _(gate.title)) for field in gate.fields)
    parts = {part.name: part.label for part in found.criteria}
    for gap in found.gaps:
        if gap.kind == "unknown" and gap.criterion in parts:
            yield from ((field, _(parts[gap.criterion])) for field in gap.fields)
    for told in requirements:
        if told.kind == "unknown":
            yield from ((field, _("落户要办的手续")) for field in told.fields)


def _kind(row: Posting | Park) -> str:
    return "park" if isinstance(row, Park) else row.kind


def _label(row: Posting | Park, name: str) -> str:
    assert isinstance(row, Posting)
    return _(row.fields()[name].label)


def _url(row: Posting | Park, name: str) -> str:
    """Return where the owner states it: at once where the posting is live, else in the form."""
    assert isinstance(row, Posting)
    if questions.is_open(row, name):
        return url_for("questions.answer", posting_id=row.id, name=name)
    return field_url(row, name)
