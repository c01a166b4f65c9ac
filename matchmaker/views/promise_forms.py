"""The forms by which a reviewer decides about promises to enterprises, one form a promise."""

from typing import Any

from flask import request
from flask_babel import gettext as _

from matchmaker.extensions import db
from matchmaker.forms.review import PromiseForm, SendBackForm
from matchmaker.services import fair_competition
from matchmaker.services.fair_competition import GROUNDS, Standing
from matchmaker.views.promises import said
from models import Posting
from models.vocabulary import ClearingGround, ReviewReason

Row = dict[str, Any]


def rows_of(posting: Posting, answered: PromiseForm | None = None) -> list[Row]:
    """Return each promise with its decision and its form; a form that was refused stands in its place."""
    rows = []
    for one in fair_competition.standing(db(), posting):
        form = _form(one, posting)
        if answered is not None and answered._prefix == form._prefix:
            form = answered
        rows.append(said(one.finding, posting.language) | {"decision": one.decision, "form": form, "standing": one})
    return rows


def answered_form(posting: Posting, finding_id: str) -> PromiseForm | None:
    """Return the form that was sent about a promise, or None when its words are gone."""
    standing = fair_competition.standing(db(), posting)
    one = next((one for one in standing if one.finding.id == finding_id), None)
    if one is None:
        return None
    return PromiseForm(GROUNDS[one.finding.label], prefix=_prefix(finding_id), formdata=request.form)


def chosen_ground(form: PromiseForm) -> ClearingGround | None:
    """Return the ground that was chosen, if one was."""
    return next((ground for ground in ClearingGround if ground == form.ground.data), None)


def _form(one: Standing, posting: Posting) -> PromiseForm:
    before: dict[str, Any] = {}
    if one.decision is not None:
        ground = one.decision.ground
        before = {
            "decision": one.decision.decision.value,
            "ground": ground.value if ground else "",
            "words": one.decision.words,
        }
    grounds = GROUNDS[one.finding.label]
    prefix = _prefix(one.finding.id)
    return PromiseForm(grounds, prefix=prefix, formdata=None, version=str(posting.version), **before)


def _prefix(finding_id: str) -> str:
    return f"{finding_id}-"


def prefill(form: SendBackForm, rows: list[Row]) -> None:
    """Write into an empty form what the owner must rewrite, with the article and the lawful words."""
    upheld = [row for row in rows if row["standing"].is_upheld]
    if not upheld or form.words.data:
        return
    form.reason.data = ReviewReason.POLICY.value
    sentences = [_sentence(row) for row in upheld]
    form.words.data = "\n\n".join([_("下面的承诺不能发布，改写后再提交："), *sentences])


def _sentence(row: Row) -> str:
    words = _(
        "“%(clause)s”：%(why)s依据：%(basis)s。可以这样写：%(rewording)s",
        clause=row["clause"],
        why=row["why"],
        basis=row["basis"],
        rewording=row["rewording"],
    )
    remark = row["decision"].words
    return _("%(sentence)s审核意见：%(remark)s", sentence=words, remark=remark) if remark else words
