"""Where a sample posting stands on its way to the market, and when it got there."""

import datetime as dt

from matchmaker.services.samples.words import Draw
from models import Posting, PostingVersion, Review, User
from models.vocabulary import PostingStatus, ReviewDecision, ReviewReason

S = PostingStatus

# The day on which the samples were written; a fixed day keeps them alike on every machine.
WRITTEN = dt.date(2026, 11, 20)
SHARES = {S.PUBLISHED: 86, S.IN_REVIEW: 5, S.DRAFT: 4, S.WITHDRAWN: 3, S.EXPIRED: 2}
SENT_BACK = {
    ReviewReason.INCOMPLETE: "用电容量和最迟投产时间写得太笼统，补上数字再提交。",
    ReviewReason.CONTRADICTORY: "说明里的面积和表里的面积对不上，以哪个为准请改一致。",
    ReviewReason.UNVERIFIABLE: "价格没有写来源，写明文件名或“园区填报”。",
    ReviewReason.PERSONAL_DATA: "说明里有个人联系方式，删去后再提交。对接之后双方会看到联系方式。",
}


def shelve(draw: Draw, posting: Posting, staff: list[User], index: int) -> None:
    """Give the posting a status, its dates, and the reviews and versions that led there."""
    # The first of each kind belong to the named accounts, whose desks must show something live.
    status = S.PUBLISHED if index < 12 else draw.weighted(SHARES)
    made = dt.date(2026, 6, 10) if status is S.EXPIRED else draw.day(dt.date(2026, 7, 1), dt.date(2026, 11, 10))
    posting.is_sample = True
    posting.status = status
    posting.created_at = posting.updated_at = _instant(draw, made)
    if status is S.DRAFT:
        if draw.chance(0.5):
            _send_back(draw, posting, draw.one(staff))
        return
    posting.submitted_at = _later(draw, posting.created_at, 40)
    if status is S.IN_REVIEW:
        posting.created_at = posting.submitted_at = posting.updated_at = _instant(draw, WRITTEN)
        return
    _publish(draw, posting, draw.one(staff))
    if status is S.EXPIRED:
        posting.expires_on = draw.day(dt.date(2026, 10, 1), dt.date(2026, 11, 10))
    else:
        posting.expires_on = draw.day(dt.date(2027, 6, 1), dt.date(2027, 11, 20))


def _publish(draw: Draw, posting: Posting, reviewer: User) -> None:
    assert posting.submitted_at is not None
    moment = _later(draw, posting.submitted_at, 48)
    posting.published_at = posting.updated_at = moment
    posting.reviews = [Review(reviewer_id=reviewer.id, decided_at=moment, decision=ReviewDecision.PUBLISHED)]
    posting.versions = [PostingVersion(version=1, published_at=moment, facts=posting.snapshot())]


def _send_back(draw: Draw, posting: Posting, reviewer: User) -> None:
    reason = draw.one(SENT_BACK)
    moment = _later(draw, posting.created_at, 72)
    posting.updated_at = moment
    posting.reviews = [
        Review(
            reviewer_id=reviewer.id,
            decided_at=moment,
            decision=ReviewDecision.SENT_BACK,
            reason=reason,
            words=SENT_BACK[reason],
        )
    ]


def _instant(draw: Draw, day: dt.date) -> dt.datetime:
    # Office hours in Hunan, written in UTC.
    return dt.datetime(day.year, day.month, day.day, draw.whole(0, 9), draw.whole(0, 59), tzinfo=dt.UTC)


def _later(draw: Draw, moment: dt.datetime, hours: int) -> dt.datetime:
    return moment + dt.timedelta(minutes=draw.whole(30, hours * 60))
