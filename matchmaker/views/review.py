"""The staff's queue: what waits, longest first; one posting with everything a decision needs; what was decided."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, selectinload

from matchmaker import cautions
from matchmaker.access import Rule, allow, posting_for, signed_in
from matchmaker.extensions import db
from matchmaker.forms.posting import read_version
from matchmaker.forms.review import DecisionForm, PromiseForm, SendBackForm
from matchmaker.kinds import KINDS
from matchmaker.services import fair_competition, reviews
from matchmaker.services.readiness import NotReady, problems
from matchmaker.services.versions import Clash
from matchmaker.views import promise_forms
from matchmaker.views.differences import differences
from matchmaker.views.posting_page import PRIVATE, groups_of
from matchmaker.working_time import HOURS_A_DAY, working_hours
from models import ParkOffer, Posting, Problem, Review, UnlawfulMove, now
from models.vocabulary import PostingStatus, PromiseDecision, ReviewReason

blueprint = Blueprint("review", __name__)

PER_PAGE = 20
# A posting is decided within two working days.
LIMIT_HOURS = 2 * HOURS_A_DAY
URGENT_HOURS = 8


@blueprint.get("/review")
@allow(Rule.STAFF)
def queue() -> ResponseReturnValue:
    """List what waits to be reviewed, the longest waiting first."""
    kind = request.args.get("kind") if request.args.get("kind") in KINDS else None
    appeals = request.args.get("appeals") == "yes"
    by_kind = db().execute(_waiting(Posting.kind, func.count()).group_by(Posting.kind))
    counts = {row.kind: int(row[1]) for row in by_kind}
    wanted = _filtered(_waiting(Posting), kind, appeals)
    total = db().scalar(select(func.count()).select_from(wanted.subquery())) or 0
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    waiting = db().scalars(
        wanted.order_by(Posting.submitted_at, Posting.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
        .options(selectinload(Posting.reviews), selectinload(Posting.organisation))
    )
    return render_template(
        "review/queue.html",
        rows=[_row(posting) for posting in waiting],
        counts=counts,
        overdue=_overdue(),
        kind=kind,
        appeals=appeals,
        page=page,
        pages=pages,
        total=total,
        first=(page - 1) * PER_PAGE + 1,
        url_for_page=lambda number: url_for("review.queue", kind=kind, appeals="yes" if appeals else None, page=number),
    )


def _waiting(*columns: Any) -> Select[Any]:
    return select(*columns).where(Posting.status == PostingStatus.IN_REVIEW)


def _filtered(wanted: Select[Any], kind: str | None, appeals: bool) -> Select[Any]:
    if kind:
        wanted = wanted.where(Posting.kind == kind)
    if appeals:
        later = aliased(Review)
        is_last = ~select(later.id).where(later.posting_id == Posting.id, later.id > Review.id).exists()
        objected_to = (Review.posting_id == Posting.id, Review.appeal.is_not(None), is_last)
        wanted = wanted.where(select(Review.id).where(*objected_to).exists())
    return wanted


def _overdue() -> int:
    moments = db().scalars(_waiting(Posting.submitted_at))
    return sum(moment is not None and working_hours(moment, now()) > LIMIT_HOURS for moment in moments)


def _row(posting: Posting) -> dict[str, Any]:
    looked_at = [said(problem) for problem in cautions.for_reviewer(db(), posting)]
    promised = len(fair_competition.in_the_way(db(), posting))
    if promised:
        looked_at.insert(0, _("%(count)s 处承诺涉及公平竞争，等您决定", count=promised))
    return {"posting": posting, "waits": waiting_of(posting), "cautions": looked_at}


def waiting_of(posting: Posting) -> dict[str, Any]:
    """Return how long a posting has waited, what is left of the limit, and how urgent that is."""
    hours = working_hours(posting.submitted_at or now(), now())
    left = LIMIT_HOURS - hours
    return {
        "waited": _time(hours) if hours >= 1 else _("不到 1 小时"),
        "said": _("已等 %(time)s", time=_time(hours)) if hours >= 1 else _("已等不到 1 小时"),
        "left": _left(left),
        "is_urgent": left < URGENT_HOURS,
    }


def _left(hours: float) -> str:
    if abs(hours) < 1:
        return _("还剩不到 1 小时") if hours >= 0 else _("已超时")
    return _("还剩 %(time)s", time=_time(hours)) if hours > 0 else _("已超 %(time)s", time=_time(-hours))


def _time(hours: float) -> str:
    if hours < HOURS_A_DAY:
        return _("%(count)s 小时", count=int(hours))
    days, rest = divmod(int(hours), HOURS_A_DAY)
    return _("%(days)s 天 %(hours)s 小时", days=days, hours=rest) if rest else _("%(days)s 天", days=days)


def said(problem: Problem) -> str:
    """Return a problem's sentence in the reader's language."""
    return _(problem.message, **problem.values)


@blueprint.get("/review/<int:posting_id>")
@allow(Rule.STAFF)
def show(posting_id: int) -> ResponseReturnValue:
    """Show a posting to a reviewer: facts, what changed, what to look at twice, and the two answers."""
    posting = posting_for(signed_in(), posting_id)
    return _page(posting, SendBackForm(version=str(posting.version)))


def _page(posting: Posting, form: SendBackForm, answered: PromiseForm | None = None) -> ResponseReturnValue:
    promises = promise_forms.rows_of(posting, answered)
    if not form.errors:
        promise_forms.prefill(form, promises)
    last = posting.versions[-1] if posting.versions else None
    appeal = posting.open_appeal
    page = render_template(
        "review/show.html",
        posting=posting,
        kind=KINDS[posting.kind],
        form=form,
        decision=DecisionForm(formdata=None, version=form.version.data),
        groups=groups_of(posting, is_own=False),
        incentives=posting.incentives if isinstance(posting, ParkOffer) else [],
        last=last,
        lines=differences(type(posting), last.facts, posting.snapshot(), PRIVATE) if last else [],
        cautions=[said(problem) for problem in cautions.for_reviewer(db(), posting)],
        obstacles=[said(problem) for problem in problems(db(), posting, posting.owner)],
        promises=promises,
        undecided=sum(row["decision"] is None for row in promises),
        upheld=sum(row["standing"].is_upheld for row in promises),
        waits=waiting_of(posting),
        is_waiting=posting.status is PostingStatus.IN_REVIEW,
        appeal=appeal,
        is_own_decision=appeal is not None and appeal.reviewer_id == signed_in().id,
    )
    return page, 422 if form.errors or (answered and answered.errors) else 200


@blueprint.post("/review/<int:posting_id>/promises/<finding_id>")
@allow(Rule.STAFF)
def decide_promise(posting_id: int, finding_id: str) -> ResponseReturnValue:
    """Write down what was decided about one promise to enterprises."""
    posting = posting_for(signed_in(), posting_id)
    form = promise_forms.answered_form(posting, finding_id)
    if form is None:
        return _refused(posting_id, _("这句话已经不在内容里。下面是现在的内容，再看一遍"))
    if not form.validate():
        return _page(posting, SendBackForm(formdata=None, version=str(posting.version)), form)
    refusal = _decide(
        lambda: reviews.decide_promise(
            db(),
            posting,
            signed_in(),
            finding_id,
            PromiseDecision(form.decision.data),
            form.words.data or "",
            promise_forms.chosen_ground(form),
            read_version(form),
        )
    )
    if refusal:
        return _refused(posting_id, refusal)
    flash(_("决定已记录"), "success")
    return redirect(url_for("review.show", posting_id=posting_id, _anchor=f"promise-{finding_id}"))


@blueprint.post("/review/<int:posting_id>/publish")
@allow(Rule.STAFF)
def publish(posting_id: int) -> ResponseReturnValue:
    """Put a posting on the shelf."""
    posting = posting_for(signed_in(), posting_id)
    form = DecisionForm()
    refusal = _decide(lambda: reviews.publish(db(), posting, signed_in(), read_version(form)))
    if refusal:
        return _refused(posting_id, refusal)
    flash(_("%(number)s 已通过，现在在架", number=posting.number), "success")
    return redirect(url_for("review.queue"))


@blueprint.post("/review/<int:posting_id>/send-back")
@allow(Rule.STAFF)
def send_back(posting_id: int) -> ResponseReturnValue:
    """Give a posting back to its owner with a reason and words."""
    posting = posting_for(signed_in(), posting_id)
    form = SendBackForm()
    if not form.validate():
        return _page(posting, form)
    reason = next((reason for reason in ReviewReason if reason == form.reason.data), ReviewReason.INCOMPLETE)
    refusal = _decide(
        lambda: reviews.send_back(db(), posting, signed_in(), reason, form.words.data or "", read_version(form))
    )
    if refusal:
        return _refused(posting_id, refusal)
    flash(_("%(number)s 已退回，发布人会看到原因和您的话", number=posting.number), "success")
    return redirect(url_for("review.queue"))


def _decide(decision: Any) -> str | None:
    """Make a decision, or return the sentence that says why it was not made."""
    try:
        decision()
    except Clash:
        return _("您看的时候发布人改过。下面是现在的内容，再看一遍")
    except UnlawfulMove:
        return _("这一条已经不在待审里：同事已决定，或发布人已收回")
    except reviews.SameReviewer:
        return _("这是对您决定的申诉，要由另一位工作人员决定")
    except reviews.NotAReviewer:
        return _("这是您自己发布的内容，要由另一位工作人员决定")
    except fair_competition.NotThere:
        return _("这句话已经不在内容里。下面是现在的内容，再看一遍")
    except reviews.Undecided:
        return _("现在不能通过：还有承诺没有公平竞争审查的决定，或已认定须改写")
    except NotReady:
        return _("现在不能通过：发布人的同意、单位成员身份或到期日变了。可以退回并说明")
    return None


def _refused(posting_id: int, sentence: str) -> ResponseReturnValue:
    flash(sentence, "warning")
    return redirect(url_for("review.show", posting_id=posting_id))


@blueprint.get("/review/decisions")
@allow(Rule.STAFF)
def decisions() -> ResponseReturnValue:
    """List what was decided, by whom and why, the latest first."""
    total = db().scalar(select(func.count()).select_from(Review)) or 0
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    decided = db().scalars(
        select(Review)
        .order_by(Review.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
        .options(selectinload(Review.posting), selectinload(Review.reviewer))
    )
    return render_template(
        "review/decisions.html",
        reviews=decided.all(),
        page=page,
        pages=pages,
        total=total,
        first=(page - 1) * PER_PAGE + 1,
        url_for_page=lambda number: url_for("review.decisions", page=number),
    )
