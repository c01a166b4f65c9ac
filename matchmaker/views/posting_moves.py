"""Moving a posting: to review and back, on the shelf and off it; what cannot be undone is asked twice."""

import secrets
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker import cautions, printing
from matchmaker.access import Rule, actor, allow, own_posting, owns, posting_for, refuse, signed_in
from matchmaker.extensions import db
from matchmaker.forms.posting import read_version
from matchmaker.forms.publication import ExtendForm, refused
from matchmaker.forms.review import AppealForm, DecisionForm
from matchmaker.kinds import KINDS
from matchmaker.services import postings, reviews
from matchmaker.services.readiness import NotReady
from matchmaker.services.values import WrongValues
from matchmaker.services.versions import Clash
from matchmaker.views import promises
from matchmaker.views.differences import Line, differences
from matchmaker.views.posting_page import PRIVATE, groups_of
from matchmaker.views.postings import blueprint as blueprint
from matchmaker.views.steps import missing_links, problem_link, step_links
from models import Posting, UnlawfulMove

Verb = Callable[..., Any]


@blueprint.get("/postings/<int:posting_id>/manage")
@allow(Rule.SIGNED_IN)
def manage(posting_id: int) -> ResponseReturnValue:
    """Show where one's posting stands, what was decided about it, and what may be done with it now."""
    posting = own_posting(signed_in(), posting_id)
    return render_template(
        "postings/manage.html",
        posting=posting,
        kind=KINDS[posting.kind],
        appealable=reviews.appealable(posting),
        copy_key=secrets.token_urlsafe(24),
    )


@blueprint.route("/postings/<int:posting_id>/submit", methods=["GET", "POST"])
@allow(Rule.SIGNED_IN)
def submit(posting_id: int) -> ResponseReturnValue:
    """Show what the market will read and what is still missing, and send it to review."""
    posting = own_posting(signed_in(), posting_id)
    form = DecisionForm(version=str(posting.version))
    if form.validate_on_submit():
        try:
            postings.submit(db(), posting, signed_in(), read_version(form))
        except NotReady:
            return _summary(posting, form), 422
        except Clash:
            flash(_("内容刚被同事改过。看一遍现在的内容，再提交"), "warning")
            return redirect(url_for("postings.submit", posting_id=posting_id))
        except UnlawfulMove:
            return _not_now(posting)
        flash(_("%(number)s 已提交。工作人员在 2 个工作日内审核，结果在工作台", number=posting.number), "success")
        return redirect(url_for("postings.manage", posting_id=posting.id))
    return _summary(posting, form)


def _summary(posting: Posting, form: DecisionForm) -> str:
    return render_template(
        "postings/submit.html",
        posting=posting,
        kind=KINDS[posting.kind],
        form=form,
        steps=step_links(posting, "submit") if posting.is_editable else [],
        missing=missing_links(posting, signed_in()),
        promises=promises.of_owner(posting),
        cautions=[problem_link(posting, problem) for problem in cautions.for_owner(posting)],
        groups=groups_of(posting, is_own=False),
    )


@blueprint.post("/postings/<int:posting_id>/recall")
@allow(Rule.SIGNED_IN)
def recall(posting_id: int) -> ResponseReturnValue:
    """Take a posting back from review."""
    return _move(posting_id, postings.recall, _("已收回，可以修改。改完再提交审核"))


@blueprint.route("/postings/<int:posting_id>/withdraw", methods=["GET", "POST"])
@allow(Rule.SIGNED_IN)
def withdraw(posting_id: int) -> ResponseReturnValue:
    """Take a posting off the shelf, once the owner has said so twice."""
    words = _("撤回后搜索和匹配里马上看不到它。可以改，也可以原样重新提交审核；已收到的意向保留。")
    return _confirmed(posting_id, postings.withdraw, _("撤回"), words, _("已撤回，市场上看不到了"))


@blueprint.route("/postings/<int:posting_id>/revise", methods=["GET", "POST"])
@allow(Rule.SIGNED_IN)
def revise(posting_id: int) -> ResponseReturnValue:
    """Open a posting for changes, which takes it off the shelf."""
    words = _("修改会先下架：变回草稿，改完重新提交审核，通过后再上架。历史版本保留。")
    return _confirmed(posting_id, postings.revise, _("下架并修改"), words, _("已变回草稿，可以修改"), to_edit=True)


@blueprint.route("/postings/<int:posting_id>/close", methods=["GET", "POST"])
@allow(Rule.SIGNED_IN)
def close(posting_id: int) -> ResponseReturnValue:
    """End a posting for good."""
    words = _("已经谈成，或不再需要，就结束它。结束后不能再上架；需要时可以复制成新草稿。")
    return _confirmed(posting_id, postings.close, _("结束"), words, _("已结束"))


@blueprint.route("/postings/<int:posting_id>/delete", methods=["GET", "POST"])
@allow(Rule.SIGNED_IN)
def delete(posting_id: int) -> ResponseReturnValue:
    """Delete a draft that nobody but its owners has seen."""
    posting = own_posting(signed_in(), posting_id)
    if request.method != "POST":
        words = _("只有从没上过架的草稿能删除。删除后找不回来。")
        return _ask(posting, _("删除草稿"), words)
    title = posting.title
    try:
        postings.delete_draft(db(), posting, signed_in())
    except UnlawfulMove:
        return _not_now(posting)
    flash(_("草稿“%(title)s”已删除", title=title), "success")
    return redirect(url_for("desk.show"))


@blueprint.route("/postings/<int:posting_id>/extend", methods=["GET", "POST"])
@allow(Rule.SIGNED_IN)
def extend(posting_id: int) -> ResponseReturnValue:
    """Keep a posting on the shelf until a later day."""
    posting = own_posting(signed_in(), posting_id)
    form = ExtendForm(expires_on=posting.expires_on)
    if form.validate_on_submit():
        try:
            postings.extend(db(), posting, signed_in(), form.day)
            flash(_("有效期延到 %(day)s", day=printing.day(posting.expires_on)), "success")
            return redirect(url_for("postings.manage", posting_id=posting.id))
        except WrongValues as wrong:
            refused(form, wrong.errors)
        except UnlawfulMove:
            return _not_now(posting)
    page = render_template("postings/extend.html", posting=posting, form=form)
    return page, 422 if form.errors else 200


@blueprint.post("/postings/<int:posting_id>/copy")
@allow(Rule.SIGNED_IN)
def copy(posting_id: int) -> ResponseReturnValue:
    """Begin a new draft with everything that an earlier posting said."""
    posting = own_posting(signed_in(), posting_id)
    key = request.form.get("form_key") or secrets.token_urlsafe(24)
    new = postings.copy(db(), posting, signed_in(), key)
    flash(_("已复制成新草稿 %(number)s，改好再提交", number=new.number), "success")
    return redirect(url_for("postings.edit", posting_id=new.id, step=KINDS[new.kind].steps[0][0]))


@blueprint.route("/postings/<int:posting_id>/appeal", methods=["GET", "POST"])
@allow(Rule.SIGNED_IN)
def appeal(posting_id: int) -> ResponseReturnValue:
    """Object to a decision: the posting goes to another reviewer with the owner's words."""
    posting = own_posting(signed_in(), posting_id)
    review = reviews.appealable(posting)
    if review is None:
        return _not_now(posting)
    form = AppealForm()
    if form.validate_on_submit():
        try:
            reviews.appeal(db(), posting, signed_in(), form.words.data or "")
        except NotReady:
            flash(_("还有没填好的内容，填好才能送审"), "warning")
            return redirect(url_for("postings.submit", posting_id=posting.id))
        flash(_("申诉已提交，由另一位工作人员在 2 个工作日内决定"), "success")
        return redirect(url_for("postings.manage", posting_id=posting.id))
    page = render_template("postings/appeal.html", posting=posting, review=review, form=form)
    return page, 422 if form.errors else 200


@blueprint.get("/postings/<int:posting_id>/history")
@allow(Rule.SIGNED_IN)
def history(posting_id: int) -> ResponseReturnValue:
    """Show owner and staff what a posting said at each publication, and what changed from one to the next."""
    posting = posting_for(actor(), posting_id)
    if not (owns(actor(), posting) or signed_in().is_staff):
        refuse("posting", posting_id)
    hidden = () if owns(actor(), posting) else PRIVATE
    versions, before = [], None
    for version in posting.versions:
        lines: list[Line] = differences(type(posting), before.facts, version.facts, hidden) if before else []
        versions.append({"version": version, "lines": lines, "is_first": before is None})
        before = version
    return render_template("postings/history.html", posting=posting, versions=versions[::-1])


def _confirmed(
    posting_id: int, verb: Verb, label: str, words: str, done: str, to_edit: bool = False
) -> ResponseReturnValue:
    posting = own_posting(signed_in(), posting_id)
    if request.method != "POST":
        return _ask(posting, label, words)
    return _move(posting_id, verb, done, to_edit)


def _ask(posting: Posting, label: str, words: str) -> str:
    return render_template("postings/confirm.html", posting=posting, label=label, words=words)


def _move(posting_id: int, verb: Verb, done: str, to_edit: bool = False) -> ResponseReturnValue:
    posting = own_posting(signed_in(), posting_id)
    try:
        verb(db(), posting, signed_in())
    except UnlawfulMove:
        return _not_now(posting)
    except Clash:
        flash(_("同事刚动过这一条。先看看它现在的样子"), "warning")
        return redirect(url_for("postings.manage", posting_id=posting_id))
    flash(done, "success")
    if to_edit:
        return redirect(url_for("postings.edit", posting_id=posting.id, step=KINDS[posting.kind].steps[0][0]))
    return redirect(url_for("postings.manage", posting_id=posting.id))


def _not_now(posting: Posting) -> ResponseReturnValue:
    """Say where the posting stands, since what was asked is not lawful from there."""
    flash(_("这一条现在是“%(status)s”，不能这样做", status=_(posting.status.label)), "warning")
    return redirect(url_for("postings.manage", posting_id=posting.id))
