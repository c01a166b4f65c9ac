"""What provincial staff decide about a posting, and how its owner objects; staff never edit."""

import datetime as dt

from sqlalchemy.orm import Session

from matchmaker.services import fair_competition
from matchmaker.services.readiness import NotReady, problems
from matchmaker.services.versions import commit, expect
from models import (
    AuditEvent,
    FairCompetitionDecision,
    Posting,
    Review,
    UnlawfulMove,
    User,
    now,
    today,
)
from models.vocabulary import ClearingGround, PostingStatus, PromiseDecision, ReviewDecision, ReviewReason

S = PostingStatus
# How long a posting stays on the shelf when its owner has not said.
USUAL_LIFE = dt.timedelta(days=180)


class NotAReviewer(PermissionError):
    """Somebody who may not decide about this posting wants to."""


class Undecided(NotReady):
    """A promise to enterprises has no decision yet, or has one that says it must be rewritten."""


class SameReviewer(PermissionError):
    """An appeal wants to be decided by the one it objects to."""


class NothingToAppeal(ValueError):
    """There is no decision that the owner could object to, or it was objected to already."""


def publish(session: Session, posting: Posting, reviewer: User, expected_version: int | None = None) -> Posting:
    """Put a posting on the shelf and keep what it said on that day."""
    _may_decide(posting, reviewer, expected_version)
    in_the_way = problems(session, posting, posting.owner)
    if in_the_way:
        # A consent withdrawn, a day passed or a membership ended since the posting was sent.
        raise NotReady(in_the_way)
    promised = fair_competition.in_the_way(session, posting)
    if promised:
        # Article 18: what was not reviewed, or was found to break the rules, may not be issued.
        raise Undecided(promised)
    # Reading what there is already would write the posting too early, and only the commit tells of a clash.
    with session.no_autoflush:
        posting.move(S.PUBLISHED)
        if posting.expires_on is None:
            posting.expires_on = today() + USUAL_LIFE
        posting.keep_version(posting.published_at or now())
        posting.reviews.append(Review(reviewer_id=reviewer.id, decided_at=now(), decision=ReviewDecision.PUBLISHED))
    session.add(AuditEvent.of(reviewer, "review.published", "posting", posting.id))
    commit(session, posting)
    return posting


def send_back(
    session: Session,
    posting: Posting,
    reviewer: User,
    reason: ReviewReason,
    words: str,
    expected_version: int | None = None,
) -> Posting:
    """Give a posting back to its owner, with a coded reason and with words that say what to do."""
    _may_decide(posting, reviewer, expected_version)
    if not words.strip():
        raise ValueError("the owner is owed words")
    posting.move(S.DRAFT)
    posting.reviews.append(
        Review(
            reviewer_id=reviewer.id,
            decided_at=now(),
            decision=ReviewDecision.SENT_BACK,
            reason=reason,
            words=words.strip(),
        )
    )
    session.add(AuditEvent.of(reviewer, "review.sent_back", "posting", posting.id, reason=reason.value))
    commit(session, posting)
    return posting


def decide_promise(
    session: Session,
    posting: Posting,
    reviewer: User,
    finding_id: str,
    decision: PromiseDecision,
    words: str,
    ground: ClearingGround | None = None,
    expected_version: int | None = None,
) -> FairCompetitionDecision:
    """Decide about one promise of a posting, as whoever may decide about the posting itself."""
    _may_decide(posting, reviewer, expected_version)
    return fair_competition.decide(session, posting, reviewer, finding_id, decision, words, ground)


def appeal(session: Session, posting: Posting, actor: User, words: str) -> Review:
    """Object to the last decision: the posting goes to review again, and another reviewer decides."""
    if not posting.belongs_to(actor):
        raise NotAReviewer(f"{posting.number} does not belong to user {actor.id}")
    review = appealable(posting)
    if review is None:
        raise NothingToAppeal(posting.number)
    if not words.strip():
        raise ValueError("the reviewer is owed words")
    in_the_way = problems(session, posting, actor)
    if in_the_way:
        raise NotReady(in_the_way)
    posting.move(S.IN_REVIEW)
    review.appeal, review.appealed_at = words.strip(), now()
    session.add(AuditEvent.of(actor, "review.appealed", "posting", posting.id, review=review.id))
    commit(session, posting)
    return review


def appealable(posting: Posting) -> Review | None:
    """Return the decision that the owner may object to now, if there is one."""
    last = posting.reviews[-1] if posting.reviews else None
    if posting.status is not S.DRAFT or last is None or last.decision is not ReviewDecision.SENT_BACK or last.appeal:
        return None
    return last


def _may_decide(posting: Posting, reviewer: User, expected_version: int | None) -> None:
    if not reviewer.is_staff or posting.belongs_to(reviewer):
        raise NotAReviewer(f"user {reviewer.id} does not review {posting.number}")
    expect(posting, expected_version)
    if posting.status is not S.IN_REVIEW:
        raise UnlawfulMove(f"{posting.status.value} -> decided")
    if posting.open_appeal is not None and posting.open_appeal.reviewer_id == reviewer.id:
        raise SameReviewer(posting.number)
