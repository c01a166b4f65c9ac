"""The plan's tasks and sub-clauses, each with what is live under it."""

from collections import Counter
from itertools import groupby

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, Select, or_, select

from matchmaker.access import Rule, actor, allow, audiences
from matchmaker.extensions import db
from matchmaker.kinds import KINDS
from models import PolicyClause, PolicyDocument, Posting, Zone, today
from models.posting import posting_clause
from models.vocabulary import PostingStatus

blueprint = Blueprint("clauses", __name__)


@blueprint.get("/clauses")
@allow(Rule.PUBLIC)
def index() -> ResponseReturnValue:
    """List the tasks with their sub-clauses and live counts."""
    clauses = list(db().scalars(select(PolicyClause).order_by(PolicyClause.task, PolicyClause.id)))
    tasks = [clause for clause in clauses if clause.parent_id is None]
    parts: dict[str, list[PolicyClause]] = {task.id: [] for task in tasks}
    for clause in clauses:
        if clause.parent_id is not None:
            parts[clause.parent_id].append(clause)
    return render_template(
        "clauses/index.html",
        document=db().scalar(select(PolicyDocument).limit(1)),
        tasks=tasks,
        # In the plan's own order, which its numerals in words do not sort by.
        sections=[(section, list(group)) for section, group in groupby(tasks, key=lambda task: task.section)],
        parts=parts,
        live=_live_counts(),
    )


@blueprint.get("/clauses/<clause_id>")
@allow(Rule.PUBLIC)
def show(clause_id: str) -> ResponseReturnValue:
    """Show a task or sub-clause with the postings that serve it."""
    clause = db().get(PolicyClause, clause_id) or abort(404)
    ids = [clause.id, *(part.id for part in clause.parts)]
    postings = db().scalars(
        _live()
        .join(posting_clause, posting_clause.c.posting_id == Posting.id)
        .where(posting_clause.c.clause_id.in_(ids))
        .order_by(Posting.published_at.desc(), Posting.id.desc())
        .distinct()
        .limit(100)
    )
    return render_template(
        "clauses/show.html",
        clause=clause,
        task=db().get(PolicyClause, clause.parent_id) if clause.parent_id else clause,
        postings=list(postings),
        zones=list(db().scalars(select(Zone).where(Zone.clause_id.in_(ids)))),
        live=_live_counts(),
    )


def _live_counts() -> Counter[str]:
    """Count the live postings under each clause; a task counts its parts' postings once each."""
    rows = db().execute(
        select(posting_clause.c.clause_id, Posting.id, PolicyClause.parent_id)
        .join(Posting, Posting.id == posting_clause.c.posting_id)
        .join(PolicyClause, PolicyClause.id == posting_clause.c.clause_id)
        .where(*_conditions())
    )
    members: dict[str, set[int]] = {}
    for clause_id, posting_id, parent_id in rows:
        for key in (clause_id, parent_id):
            if key is not None:
                members.setdefault(key, set()).add(posting_id)
    return Counter({key: len(ids) for key, ids in members.items()})


def _live() -> Select[Posting]:
    return select(Posting).where(*_conditions())


def _conditions() -> tuple[ColumnElement[bool], ...]:
    """Say what makes a posting live, and visible to whoever looks."""
    shown = [slug for slug, kind in KINDS.items() if kind.model.audience in audiences(actor())]
    return (
        Posting.status == PostingStatus.PUBLISHED,
        or_(Posting.expires_on.is_(None), Posting.expires_on >= today()),
        Posting.kind.in_(shown),
    )
