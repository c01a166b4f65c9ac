"""Expressing interest, answering it, and what an introduction shows."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.access import (
    Rule,
    allow,
    interest_for,
    introduction_for,
    may_answer,
    park_for,
    posting_for,
    sent,
    signed_in,
)
from matchmaker.extensions import db
from matchmaker.forms.choices import choices
from matchmaker.forms.interests import DeclineForm, InterestForm
from matchmaker.recommender.pairs import met_by
from matchmaker.services import interests
from matchmaker.views.pair_links import pair_of_interest
from models import AnsweredAlready, Park, Posting, User, today
from models.vocabulary import PostingStatus

blueprint = Blueprint("interests", __name__)


@blueprint.route("/postings/<int:posting_id>/interests/new", methods=["GET", "POST"])
@allow(Rule.SIGNED_IN)
def new(posting_id: int) -> ResponseReturnValue:
    """Write an interest in a posting."""
    return _write(posting_for(signed_in(), posting_id), None)


@blueprint.route("/parks/<code>/interests/new", methods=["GET", "POST"])
@allow(Rule.SIGNED_IN)
def new_for_park(code: str) -> ResponseReturnValue:
    """Write an interest in a park of the directory."""
    return _write(None, park_for(code))


def _write(posting: Posting | None, park: Park | None) -> ResponseReturnValue:
    user = signed_in()
    form = InterestForm()
    own = _own_live(user, "park" if posting is None else posting.kind)
    named = [(str(row.id), f"{row.number} {row.title}") for row in own]
    form.about.choices = choices([("", _("不代表某一条")), *named])
    if form.is_submitted():
        if form.validate():
            about = next((row for row in own if row.id == form.about.data), None)
            key = f"{user.id}:{form.form_key.data}"[:64]
            try:
                interest = interests.express(
                    db(), user, form.message.data, today(), key, posting=posting, park=park, about=about
                )
            except interests.CannotExpress as refusal:
                form.message.errors = [_(str(refusal))]
            else:
                flash(_("意向已发出。对方最迟 %(day)s 答复", day=interest.expires_on.isoformat()), "success")
                return redirect(url_for("interests.show", interest_id=interest.id))
        return render_template("interests/new.html", form=form, posting=posting, park=park, own=own), 422
    if own and form.about.data is None:
        # A list of matches says for which posting the interest is written.
        meant = request.args.get("about")
        form.about.data = next((row.id for row in own if str(row.id) == meant), own[0].id)
    return render_template("interests/new.html", form=form, posting=posting, park=park, own=own)


def _own_live(user: User, kind: str) -> list[Posting]:
    """List the sender's live postings that meet this kind, the newest first."""
    kinds = met_by(kind)
    query = select(Posting).where(Posting.kind.in_(kinds), Posting.status == PostingStatus.PUBLISHED)
    mine = query.where(Posting.belonging_to(user))
    return [row for row in db().scalars(mine.order_by(Posting.id.desc()).limit(50)) if row.is_live]


@blueprint.get("/interests/<int:interest_id>")
@allow(Rule.SIGNED_IN)
def show(interest_id: int) -> ResponseReturnValue:
    """Show an interest with what may be done about it."""
    interest = interest_for(signed_in(), interest_id)
    return _page(interest_id, DeclineForm(), may_answer(signed_in(), interest))


def _page(interest_id: int, form: DeclineForm, answers: bool) -> str:
    interest = interest_for(signed_in(), interest_id)
    return render_template(
        "interests/show.html",
        interest=interest,
        decline_form=form,
        may_answer=answers,
        may_withdraw=sent(signed_in(), interest),
        pair_url=pair_of_interest(interest, signed_in()),
    )


@blueprint.post("/interests/<int:interest_id>/accept")
@allow(Rule.SIGNED_IN)
def accept(interest_id: int) -> ResponseReturnValue:
    """Accept, and go to the introduction that it opens."""
    interest = interest_for(signed_in(), interest_id)
    if not may_answer(signed_in(), interest):
        return _not_yours(interest_id)
    try:
        introduction = interests.accept(db(), interest, signed_in())
    except AnsweredAlready:
        return _answered(interest_id)
    flash(_("已接受。双方现在能看到对方的联系方式"), "success")
    return redirect(url_for("introductions.show", introduction_id=introduction.id))


@blueprint.post("/interests/<int:interest_id>/decline")
@allow(Rule.SIGNED_IN)
def decline(interest_id: int) -> ResponseReturnValue:
    """Decline with a reason, which the sender sees."""
    interest = interest_for(signed_in(), interest_id)
    if not may_answer(signed_in(), interest):
        return _not_yours(interest_id)
    form = DeclineForm()
    if not form.validate():
        return _page(interest_id, form, answers=True), 422
    try:
        interests.decline(db(), interest, signed_in(), form.reason.data, form.words.data or None)
    except AnsweredAlready:
        return _answered(interest_id)
    flash(_("已婉拒，原因已告诉对方"), "success")
    return redirect(url_for("interests.show", interest_id=interest_id))


@blueprint.post("/interests/<int:interest_id>/withdraw")
@allow(Rule.SIGNED_IN)
def withdraw(interest_id: int) -> ResponseReturnValue:
    """Take back an interest that nobody has answered."""
    interest = interest_for(signed_in(), interest_id)
    if not sent(signed_in(), interest):
        return _not_yours(interest_id)
    try:
        interests.withdraw(db(), interest, signed_in())
    except AnsweredAlready:
        return _answered(interest_id)
    flash(_("意向已撤回"), "success")
    return redirect(url_for("interests.show", interest_id=interest_id))


def _answered(interest_id: int) -> ResponseReturnValue:
    db().rollback()
    flash(_("这条意向已经有结果了"), "warning")
    return redirect(url_for("interests.show", interest_id=interest_id))


def _not_yours(interest_id: int) -> ResponseReturnValue:
    flash(_("这一步由另一方来做"), "warning")
    return redirect(url_for("interests.show", interest_id=interest_id))


introductions = Blueprint("introductions", __name__)


@introductions.get("/introductions/<int:introduction_id>", endpoint="show")
@allow(Rule.SIGNED_IN)
def show_introduction(introduction_id: int) -> ResponseReturnValue:
    """Show both sides' contacts to both sides."""
    introduction = introduction_for(signed_in(), introduction_id)
    interest = introduction.interest
    return render_template(
        "introductions/show.html",
        introduction=introduction,
        interest=interest,
        pair_url=pair_of_interest(interest, signed_in()),
    )
