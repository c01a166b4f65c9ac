"""Expressing interest, answering it, and the introduction that acceptance opens."""

import datetime as dt

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import AuditEvent, Interest, Introduction, Park, Posting, User
from models.vocabulary import N_, DeclineReason, InterestStatus

# How long the other side has before an interest ends by itself.
PATIENCE = dt.timedelta(days=30)


class CannotExpress(ValueError):
    """The interest can't be sent; its text is a translatable sentence for the sender."""


def express(
    session: Session,
    sender: User,
    message: str,
    today: dt.date,
    form_key: str,
    posting: Posting | None = None,
    park: Park | None = None,
    about: Posting | None = None,
) -> Interest:
    """Send an interest in a posting, or in a park that has none; a form sent twice sends one interest."""
    twin = _twin(session, sender, form_key)
    if twin is not None:
        return twin
    try:
        _check(session, sender, posting, park, about)
    except CannotExpress:
        # What is in the way may be this very form, which arrived a moment earlier on another thread.
        twin = _twin(session, sender, form_key)
        if twin is None:
            raise
        return twin
    organisation = sender.organisation
    interest = Interest(
        posting_id=posting.id if posting else None,
        park_code=park.code if park else None,
        about_id=about.id if about else None,
        sender_id=sender.id,
        organisation_id=organisation.id if organisation else None,
        message=message,
        status=InterestStatus.SENT,
        expires_on=today + PATIENCE,
        form_key=form_key,
    )
    session.add(interest)
    try:
        session.flush()
    except IntegrityError:
        # The same form arrived a moment earlier on another thread: its interest is this one.
        session.rollback()
        twin = _twin(session, sender, form_key)
        if twin is None:
            raise
        return twin
    session.add(AuditEvent.of(sender, "interest.sent", "interest", interest.id, subject=_subject(posting, park)))
    session.commit()
    return interest


def accept(session: Session, interest: Interest, actor: User) -> Introduction:
    """Accept an interest and introduce the two sides to each other."""
    introduction = interest.accept(by=actor)
    session.add_all([introduction, AuditEvent.of(actor, "interest.accepted", "interest", interest.id)])
    session.commit()
    return introduction


def decline(session: Session, interest: Interest, actor: User, reason: DeclineReason, words: str | None) -> None:
    """Decline an interest with a coded reason and, perhaps, words."""
    interest.decline(actor, reason, words)
    session.add(AuditEvent.of(actor, "interest.declined", "interest", interest.id, reason=reason.value))
    session.commit()


def withdraw(session: Session, interest: Interest, actor: User) -> None:
    """Take back an interest that nobody has answered yet."""
    interest.withdraw()
    session.add(AuditEvent.of(actor, "interest.withdrawn", "interest", interest.id))
    session.commit()


def expire_due(session: Session, today: dt.date) -> int:
    """End the interests whose time is over; return how many."""
    due = select(Interest).where(Interest.status == InterestStatus.SENT, Interest.expires_on < today)
    interests = list(session.scalars(due))
    for interest in interests:
        interest.expire()
        session.add(AuditEvent.of(None, "interest.expired", "interest", interest.id))
    session.commit()
    return len(interests)


def received(session: Session, user: User) -> list[Interest]:
    """List the interests that this person answers, the waiting ones first."""
    organisations = [organisation.id for organisation in user.organisations]
    to_park: ColumnElement[bool] = Park.manager_id.in_(organisations)
    if user.is_staff:
        to_park = or_(to_park, and_(Interest.park_code.is_not(None), Park.manager_id.is_(None)))
    query = (
        select(Interest)
        .outerjoin(Posting, Interest.posting_id == Posting.id)
        .outerjoin(Park, Interest.park_code == Park.code)
        .where(or_(Posting.belonging_to(user), to_park))
        .order_by((Interest.status != InterestStatus.SENT), Interest.expires_on, Interest.id.desc())
        .limit(200)
    )
    return list(session.scalars(query))


def sent(session: Session, user: User) -> list[Interest]:
    """List the interests that this person or a colleague sent, the newest first."""
    alone = and_(Interest.organisation_id.is_(None), Interest.sender_id == user.id)
    mine = or_(alone, Interest.organisation_id.in_([organisation.id for organisation in user.organisations]))
    return list(session.scalars(select(Interest).where(mine).order_by(Interest.id.desc()).limit(200)))


def _twin(session: Session, sender: User, form_key: str) -> Interest | None:
    return session.scalar(select(Interest).where(Interest.form_key == form_key, Interest.sender_id == sender.id))


def _check(session: Session, sender: User, posting: Posting | None, park: Park | None, about: Posting | None) -> None:
    if (posting is None) == (park is None):
        raise ValueError("an interest has exactly one subject")
    if posting is not None and posting.belongs_to(sender):
        raise CannotExpress(N_("这是您自己发布的内容"))
    if park is not None and sender.acts_for(park.manager_id):
        raise CannotExpress(N_("这是您自己管理的园区"))
    if posting is not None and not posting.is_live:
        raise CannotExpress(N_("对方已经撤下这条内容"))
    if about is not None and not about.is_live:
        raise CannotExpress(N_("您选的内容不在架，先发布再表达意向"))
    if sender.is_staff:
        raise CannotExpress(N_("工作人员不能代替企业、园区或人才表达意向"))
    if sender.organisation is None and about is None:
        raise CannotExpress(N_("先登记一条自己的内容，对方才知道您是谁"))
    if _waits(session, sender, posting, park):
        raise CannotExpress(N_("已经发过意向，正在等对方答复"))


def _waits(session: Session, sender: User, posting: Posting | None, park: Park | None) -> bool:
    same_side: ColumnElement[bool] = Interest.sender_id == sender.id
    if sender.organisation is not None:
        same_side = or_(same_side, Interest.organisation_id == sender.organisation.id)
    subject = Interest.posting_id == posting.id if posting else Interest.park_code == (park.code if park else None)
    waiting = select(Interest.id).where(same_side, subject, Interest.status == InterestStatus.SENT)
    return session.scalar(waiting.limit(1)) is not None


def _subject(posting: Posting | None, park: Park | None) -> str | None:
    if posting is not None:
        return posting.search_id
    return park.search_id if park else None
