"""Questions of hard conditions to whoever can answer them; an answer ranks every match that waited for it anew."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker import printing
from matchmaker.access import Rule, allow, own_posting, signed_in
from matchmaker.extensions import db
from matchmaker.forms.catalogue import Catalogue
from matchmaker.forms.inputs import ThreeValuedInput
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
    if not questions.may_be_asked(posting, name):
        abort(404)
    if not questions.is_open(posting, name):
        return _not_open(posting, name)
    form = _form(posting, name)
    if form.validate_on_submit():
        try:
            questions.answer(db(), posting, name, form.values(), signed_in(), form.read_version)
        except WrongValues as wrong:
            refused(form, wrong.errors)
        except (Clash, NotAsked, UnlawfulMove):
            return _clashed(posting_id, name)
        else:
            flash(_("已写进“%(title)s”，等着这一项的匹配正在重新排", title=posting.title), "success")
            return redirect(url_for("questions.index"))
    return _page(posting, name, form), 422 if form.errors else 200


def _form(posting: Posting, name: str) -> StepForm:
    form = answer_form(type(posting), questions.asked_with(posting, name), _catalogue())(obj=posting)
    for field in form:
        if isinstance(field, ThreeValuedInput):
            # Nothing has been answered that could be taken back.
            field.can_be_cleared = False
    return form


def _clashed(posting_id: int, name: str) -> ResponseReturnValue:
    """Let somebody look again who was overtaken: what was typed stays, and nothing of a colleague's is written over."""
    db().rollback()
    posting = own_posting(signed_in(), posting_id)
    if not questions.is_open(posting, name):
        return _not_open(posting, name)
    form = _form(posting, name)
    form.version.data = str(posting.version)
    form.form_errors.append(_("同事刚改过这条内容。您填的还在，看一眼再写进去"))
    return _page(posting, name, form), 409


def _not_open(posting: Posting, name: str) -> ResponseReturnValue:
    """Say what stands instead of a question: that it isn't on the shelf, or what was answered."""
    label = _(posting.fields()[name].label)
    if not posting.is_live:
        flash(_("“%(title)s”不在架，这一项没有写进去；上架以后再回答", title=posting.title), "warning")
    else:
        value = _printed(posting, name)
        flash(_("“%(label)s”已经写着 %(value)s，没有再改", label=label, value=value), "warning")
    return redirect(url_for("postings.show", posting_id=posting.id))


def _page(posting: Posting, name: str, form: StepForm) -> str:
    return render_template(
        "questions/answer.html",
        posting=posting,
        label=_(posting.fields()[name].label),
        form=form,
        waiting=questions.waiting_for(db(), posting, name),
        beside=[_beside(posting, one) for one in questions.goes_with(posting, name)],
        words=_catalogue().industry_words() if form.asks_for_industries else [],
    )


def _beside(posting: Posting, name: str) -> dict[str, str]:
    field = posting.fields()[name]
    return {
        "label": _(field.label),
        "value": _printed(posting, name),
        # Such as that a reading of last year doesn't count any more.
        "help": _(field.help) if field.help else "",
    }


def _printed(posting: Posting, name: str) -> str:
    field = posting.fields()[name]
    value = printing.fact(field, getattr(posting, name))
    return f"{value} {_(field.unit)}" if field.unit else str(value)


def _catalogue() -> Catalogue:
    organisation = signed_in().organisation
    return Catalogue(db(), organisation.id if organisation else None)
