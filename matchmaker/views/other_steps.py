"""The steps that hold no facts of the kind: incentives, clauses, and who may read it until when.

Each takes a draft, and returns the page to show, or None when what was sent has been saved.
"""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker import printing
from matchmaker.access import signed_in
from matchmaker.extensions import db
from matchmaker.forms.catalogue import Catalogue
from matchmaker.forms.incentives import IncentivesForm
from matchmaker.forms.posting import CLAUSES, INCENTIVES, PUBLICATION, read_version, steps_of
from matchmaker.forms.publication import ClausesForm, PublicationForm, refused, suggest
from matchmaker.kinds import KINDS
from matchmaker.services import postings
from matchmaker.services.values import WrongValues
from matchmaker.services.versions import Clash
from matchmaker.views import promises
from matchmaker.views.clash import clash_page
from matchmaker.views.differences import incentives_said
from matchmaker.views.steps import missing_links, neighbours, step_links
from models import ParkOffer, PolicyClause, Posting, Shape
from models.vocabulary import PostingLanguage

Step = Callable[[Any], ResponseReturnValue | None]


def incentives(posting: ParkOffer) -> ResponseReturnValue | None:
    """Write the incentives of an offer, a row each."""
    posted = request.form if request.method == "POST" else None
    form = IncentivesForm(Catalogue(db()), posting.incentives, posted, version=str(posting.version))
    if posted is not None and (posted.get("go") == "add" or promises.is_rewording()):
        # One more row or other words in one, nothing saved, nothing lost; the same without script.
        if not promises.is_rewording():
            form.add_row()
        return _incentives_page(posting, form, wrong=[])
    if form.validate_on_submit():
        try:
            postings.set_incentives(db(), posting, form.values(), signed_in(), read_version(form))
            return None
        except Clash as clash:
            return clash_page(clash, INCENTIVES[0], [_incentives_of_both(form, clash)])
        except WrongValues as wrong:
            refused(form, wrong.errors)
    return _incentives_page(posting, form, wrong=form.wrong_inputs())


def _incentives_page(posting: ParkOffer, form: IncentivesForm, wrong: list[Any]) -> ResponseReturnValue:
    found, replaced = promises.in_rows(form, posting)
    return _page(posting, INCENTIVES[0], form, wrong=wrong, promises=found, replaced=replaced)


def _incentives_of_both(form: IncentivesForm, clash: Clash) -> dict[str, Any]:
    assert isinstance(clash.current, ParkOffer)
    theirs = clash.current.snapshot()["incentives"]
    return {"label": _("优惠政策"), "mine": incentives_said(form.values()), "theirs": incentives_said(theirs)}


def clauses(posting: Posting) -> ResponseReturnValue | None:
    """Choose the clauses of the plan that the posting serves."""
    tasks = _tasks()
    form = ClausesForm(
        tasks,
        suggest(_words_of(posting), tasks),
        version=str(posting.version),
        clauses=[clause.id for clause in posting.clauses],
    )
    if form.validate_on_submit():
        try:
            postings.set_clauses(db(), posting, form.clauses.data or [], signed_in(), read_version(form))
            return None
        except Clash as clash:
            theirs = _titles(clash.current.clauses) if clash.current else None
            row = {"label": _("政策条款"), "mine": _titles(form.chosen()), "theirs": theirs}
            return clash_page(clash, CLAUSES[0], [row])
        except WrongValues as wrong:
            refused(form, wrong.errors)
    return _page(posting, CLAUSES[0], form)


def _words_of(posting: Posting) -> str:
    """Return everything the posting says in words: title, description, products, category, industries, wishes."""
    worded = (Shape.TEXT, Shape.TEXTS, Shape.TERM, Shape.TERMS, Shape.INDUSTRIES)
    stated = [
        printing.fact(field, getattr(posting, name))
        for name, field in posting.fields().items()
        if field.shape in worded
    ]
    return " ".join(words for words in stated if words)


def _tasks() -> list[PolicyClause]:
    tasks = select(PolicyClause).where(PolicyClause.parent_id.is_(None)).options(selectinload(PolicyClause.parts))
    return list(db().scalars(tasks.order_by(PolicyClause.task)))


def _titles(chosen: list[PolicyClause]) -> str | None:
    return "、".join(f"{clause.id} {clause.title}" for clause in chosen) or None


def publication(posting: Posting) -> ResponseReturnValue | None:
    """Say who may read the publisher's name, until when, and in which language the words are."""
    form = PublicationForm.of(posting)
    if form.validate_on_submit():
        try:
            postings.save_step(db(), posting, form.values(), signed_in(), read_version(form))
            return None
        except Clash as clash:
            return clash_page(clash, PUBLICATION[0], _settings_of_both(form, clash))
        except WrongValues as wrong:
            refused(form, wrong.errors)
    return _page(posting, PUBLICATION[0], form)


def _settings_of_both(form: PublicationForm, clash: Clash) -> list[dict[str, Any]]:
    mine, theirs = form.values(), clash.current
    assert theirs is not None
    printed: dict[str, tuple[str, Callable[[Any], str | None]]] = {
        "name_is_public": (_("单位名称"), lambda value: _("公开") if value else _("不公开")),
        "expires_on": (_("到期日"), lambda value: printing.day(value) or None),
        "language": (_("文字"), lambda value: next((t.label for t in PostingLanguage if t == value), None)),
    }
    return [
        {"label": label, "mine": show(mine[name]), "theirs": show(getattr(theirs, name))}
        for name, (label, show) in printed.items()
        if name in mine
    ]


def _page(posting: Posting, step: str, form: Any, **more: Any) -> ResponseReturnValue:
    page = render_template(
        f"postings/{step}.html",
        kind=KINDS[posting.kind],
        posting=posting,
        step=step,
        title=_(dict(steps_of(type(posting)))[step]),
        form=form,
        steps=step_links(posting, step),
        missing=missing_links(posting, signed_in()),
        before=neighbours(type(posting), step)[0],
        reviews=posting.reviews,
        **more,
    )
    return page, 422 if form.errors or more.get("wrong") else 200


OTHER_STEPS: dict[str, Step] = {
    INCENTIVES[0]: incentives,
    CLAUSES[0]: clauses,
    PUBLICATION[0]: publication,
}
