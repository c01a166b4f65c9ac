"""Questions of hard conditions to whoever can answer them; an answer ranks every match that waited for it anew."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.access import Rule, allow, own_posting, signed_in
from matchmaker.extensions import db
from matchmaker.forms.catalogue import Catalogue
from matchmaker.forms.posting import StepForm, answer_form
from matchmaker.forms.publication import refused
from matchmaker.services import questions
from matchmaker.services.questions import NotAsked, Question
from matchmaker.services.values import WrongValues
from matchmaker.services.versions import Clash
from models import Posting, UnlawfulMove

blueprint = Blueprint("questions", __name__)


@blueprint.get("/questions")
@allow(Rule.SIGNED_IN)
def index() -> ResponseReturnValue:
    """List what this person is asked, by posting."""
    found = questions.questions(db(), signed_in())
    by_posting: dict[int, list[Question]] = {}
    for question in found:
        by_posting.setdefault(question.posting.id, []).append(question)
    return render_template("questions/index.html", groups=list(by_posting.values()), total=len(found))


@blueprint.route("/questions/<int:posting_id>/<name>", methods=["GET", "POST"])
@allow(Rule.SIGNED_IN)
def answer(posting_id: int, name: str) -> ResponseReturnValue:
    """Ask for one missing fact of a live posting, and state it."""
    posting = own_posting(signed_in(), posting_id)
    if name not in posting.fields():
        abort(404)
    if not questions.is_open(posting, name):
        return _answered_already(posting, name)
    names = questions.asked_with(posting, name)
    form = answer_form(type(posting), names, _catalogue())(obj=posting)
    if form.validate_on_submit():
        try:
            questions.answer(db(), posting, name, form.values(), signed_in(), form.read_version)
        except WrongValues as wrong:
            refused(form, wrong.errors)
        except (Clash, NotAsked, UnlawfulMove):
            # A colleague was quicker, or took the posting from the shelf: nothing of theirs is written over.
            form.form_errors.append(_("这条内容刚刚有了变化，请看清现在的样子再填"))
        else:
            flash(_("已写进“%(title)s”，等着这一项的匹配正在重新排", title=posting.title), "success")
            return redirect(url_for("questions.index"))
    return _page(posting, name, form)


def _page(posting: Posting, name: str, form: StepForm) -> ResponseReturnValue:
    waiting: Any = next(
        (one.waiting for one in questions.questions(db(), signed_in()) if (one.posting.id, one.name) == (posting.id, name)),
        0,
    )
    page = render_template(
        "questions/answer.html",
        posting=posting,
        label=_(posting.fields()[name].label),
        form=form,
        waiting=waiting,
        words=_catalogue().industry_words() if form.asks_for_industries else [],
    )
    return page, 422 if form.errors else 200


def _answered_already(posting: Posting, name: str) -> ResponseReturnValue:
    if request.method == "POST":
        flash(_("“%(label)s”已经有回答，没有改动", label=_(posting.fields()[name].label)), "warning")
    return redirect(url_for("postings.show", posting_id=posting.id))


def _catalogue() -> Catalogue:
    organisation = signed_in().organisation
    return Catalogue(db(), organisation.id if organisation else None)
