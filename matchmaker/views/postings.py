"""Writing a posting in steps: begin a draft, fill one step after the other, in any order."""

import secrets
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.access import Rule, allow, own_posting, signed_in
from matchmaker.extensions import db
from matchmaker.forms.catalogue import Catalogue
from matchmaker.forms.posting import StepForm, fields_on, step_form, steps_of
from matchmaker.forms.publication import refused
from matchmaker.kinds import KINDS, Kind, kinds_of
from matchmaker.services import postings
from matchmaker.services.values import WrongValues
from matchmaker.services.versions import Clash
from matchmaker.views import promises
from matchmaker.views.clash import clash_page
from matchmaker.views.differences import said
from matchmaker.views.other_steps import OTHER_STEPS
from matchmaker.views.steps import missing_links, neighbours, step_links
from models import Posting

blueprint = Blueprint("postings", __name__)


@blueprint.get("/postings/new")
@allow(Rule.SIGNED_IN)
def choose() -> ResponseReturnValue:
    """Show what this side may publish, and what to have at hand."""
    return render_template("postings/choose.html", kinds=kinds_of(signed_in().side), refused=None)


@blueprint.route("/postings/new/<kind>", methods=["GET", "POST"])
@allow(Rule.SIGNED_IN)
def new(kind: str) -> ResponseReturnValue:
    """Write the first step of a new posting; a title is enough for a draft."""
    chosen = KINDS.get(kind) or abort(404)
    user = signed_in()
    if user.side not in chosen.sides:
        return render_template("postings/choose.html", kinds=kinds_of(user.side), refused=chosen), 403
    step = chosen.steps[0][0]
    form = step_form(chosen.model, step, _catalogue())(form_key=secrets.token_urlsafe(24))
    if form.validate_on_submit():
        key = form.form_key.data or secrets.token_urlsafe(24)
        try:
            posting = postings.create(db(), chosen.model, user, form.values(), key)
            return _go_on(posting, step)
        except WrongValues as wrong:
            refused(form, wrong.errors)
    return _page(chosen, None, step, form)


@blueprint.route("/postings/<int:posting_id>/edit/<step>", methods=["GET", "POST"])
@allow(Rule.SIGNED_IN)
def edit(posting_id: int, step: str) -> ResponseReturnValue:
    """Write one step of a draft; a step with something wrong is not saved, and keeps what was typed."""
    posting = own_posting(signed_in(), posting_id)
    if step not in dict(steps_of(type(posting))):
        abort(404)
    if request.method != "POST" and not posting.is_editable:
        return render_template("postings/locked.html", posting=posting)
    if step in OTHER_STEPS:
        saved = OTHER_STEPS[step](posting)
        return _go_on(posting, step) if saved is None else saved
    form = step_form(type(posting), step, _catalogue())(obj=posting)
    if not promises.is_rewording() and form.validate_on_submit():
        try:
            postings.save_step(db(), posting, form.values(), signed_in(), form.read_version)
            return _go_on(posting, step)
        except Clash as clash:
            return clash_page(clash, step, _both(form, clash.current))
        except WrongValues as wrong:
            refused(form, wrong.errors)
    return _page(KINDS[posting.kind], posting, step, form)


def _page(kind: Kind, posting: Posting | None, step: str, form: StepForm) -> ResponseReturnValue:
    found, replaced = promises.in_step(form, posting) if posting else ({}, {})
    page = render_template(
        "postings/edit.html",
        kind=kind,
        posting=posting,
        step=step,
        title=_(dict(steps_of(kind.model))[step]),
        form=form,
        steps=step_links(posting, step) if posting else [],
        outline=[_(title) for _slug, title in steps_of(kind.model)],
        missing=missing_links(posting, signed_in()) if posting else [],
        before=neighbours(kind.model, step)[0],
        words=_catalogue().industry_words() if form.asks_for_industries else [],
        reviews=posting.reviews if posting else [],
        promises=found,
        replaced=replaced,
    )
    return page, 422 if form.errors else 200


def _go_on(posting: Posting, step: str) -> ResponseReturnValue:
    """Answer a saved step: the next one, the one before, or the desk, as the pressed button says."""
    before, after = neighbours(type(posting), step)
    match request.form.get("go"):
        case "leave":
            flash(_("草稿已保存。%(number)s，在工作台可以接着填", number=posting.number), "success")
            return redirect(url_for("desk.show"))
        case "previous" if before:
            return redirect(url_for("postings.edit", posting_id=posting.id, step=before))
    if after is None:
        return redirect(url_for("postings.submit", posting_id=posting.id))
    return redirect(url_for("postings.edit", posting_id=posting.id, step=after))


def _both(form: StepForm, current: Posting | None) -> list[dict[str, Any]]:
    fields = fields_on(type(current), form.step) if current else {}
    return [
        {"label": _(field.label), "mine": said(field, form[name].data), "theirs": said(field, getattr(current, name))}
        for name, field in fields.items()
    ]


def _catalogue() -> Catalogue:
    organisation = signed_in().organisation
    return Catalogue(db(), organisation.id if organisation else None)
