"""What lies on somebody's desk: what waits for them, and what has happened since they were last here."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectin_polymorphic, selectinload

from matchmaker.working_time import HUNAN
from models import (
    Consent,
    Interest,
    Membership,
    Organisation,
    Park,
    ParkClaim,
    ParkOffer,
    Position,
    Posting,
    RelocationNeed,
    Review,
    TalentProfile,
    User,
)
from models.vocabulary import (
    ClaimStatus,
    ConsentPurpose,
    InterestStatus,
    MembershipRole,
    ParkVerification,
    PostingStatus,
    ReviewDecision,
    Side,
)

KINDS = (RelocationNeed, ParkOffer, TalentProfile, Position)
SOON = dt.timedelta(days=14)
# A refused claim stays on the desk as long as its claimant may want to try again.
REFUSAL_STAYS = dt.timedelta(days=14)
# A desk with more of one sort than this says how many there are.
MOST = 10
MOST_DRAFTS = 50


@dataclasses.dataclass(frozen=True, slots=True)
class Task:
    """One thing to do; `sort` names its sentence in the template, `due` is the last day for it."""

    sort: str
    subject: Any = None
    due: dt.date | None = None
    count: int = 1
    since: dt.datetime | None = None
    names: tuple[str, ...] = ()

    def days_waited(self, today: dt.date) -> int:
        """Count the days since the oldest came, as people in Hunan count them."""
        return (today - self.since.astimezone(HUNAN).date()).days if self.since else 0


@dataclasses.dataclass(frozen=True, slots=True)
class News:
    """One thing that happened meanwhile."""

    sort: str
    subject: Any
    at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class Papers:
    """What was fetched for the desk already, for whoever sorts it."""

    received: list[Interest]
    sent: list[Interest]
    drafts: list[Posting]
    claims: list[ParkClaim]


def tasks(session: Session, user: User, today: dt.date, papers: Papers) -> list[Task]:
    """List what waits for this person: what has a last day first, the soonest on top."""
    found = list(_of_staff(session, papers) if user.is_staff else _of_a_side(session, user, today, papers))
    return sorted(found, key=lambda task: (task.due is None, task.due or dt.date.max))


def _of_a_side(session: Session, user: User, today: dt.date, papers: Papers) -> Iterator[Task]:
    yield from _answers(papers.received)
    yield from _sent_back(papers.drafts)
    yield from _expiring(session, user, today)
    yield from _unfinished(papers.drafts)
    yield from _members(session, user)
    yield from _refused_claims(papers.claims, today)
    if user.side is Side.TALENT and not _agrees(session, user):
        yield Task("consent")


def _answers(received: list[Interest]) -> Iterator[Task]:
    waiting = [interest for interest in received if interest.is_waiting]
    for interest in waiting[:MOST]:
        yield Task("answer", interest, interest.expires_on)
    if len(waiting) > MOST:
        yield Task("more_answers", count=len(waiting) - MOST, due=waiting[MOST].expires_on)


def _sent_back(drafts: list[Posting]) -> Iterator[Task]:
    for posting in drafts:
        review = sent_back_by(posting)
        if review is not None:
            yield Task("sent_back", posting, names=(review.words or "",))


def _unfinished(drafts: list[Posting]) -> Iterator[Task]:
    """Put all drafts into one task, since they hold nobody up."""
    unfinished = [posting for posting in drafts if sent_back_by(posting) is None]
    if unfinished:
        yield Task("drafts", unfinished[0], count=len(unfinished), names=tuple(unfinished[0].missing()))


def drafts(session: Session, user: User) -> list[Posting]:
    """List the drafts of this person and the colleagues, the one touched last first."""
    query = select(Posting).where(Posting.belonging_to(user), Posting.status == PostingStatus.DRAFT)
    loaded = query.options(selectin_polymorphic(Posting, KINDS), selectinload(Posting.reviews))
    return list(session.scalars(loaded.order_by(Posting.updated_at.desc(), Posting.id.desc()).limit(MOST_DRAFTS)))


def sent_back_by(posting: Posting) -> Review | None:
    """Return the review that sent a draft back, unless it was published or objected to since."""
    last = posting.reviews[-1] if posting.reviews else None
    return last if last is not None and last.decision is ReviewDecision.SENT_BACK and not last.appeal else None


def _expiring(session: Session, user: User, today: dt.date) -> Iterator[Task]:
    query = (
        select(Posting)
        .where(
            Posting.belonging_to(user),
            Posting.status == PostingStatus.PUBLISHED,
            Posting.expires_on.between(today, today + SOON),
        )
        .order_by(Posting.expires_on, Posting.id)
    )
    for posting in session.scalars(query.limit(MOST)):
        yield Task("expiring", posting, posting.expires_on)


def _members(session: Session, user: User) -> Iterator[Task]:
    managed = [m.organisation_id for m in user.memberships if m.is_approved and m.role is MembershipRole.MANAGER]
    query = select(Membership).where(Membership.organisation_id.in_(managed), Membership.approved_at.is_(None))
    for membership in session.scalars(query.order_by(Membership.id).limit(MOST)):
        yield Task("member", membership, since=membership.created_at)


def _refused_claims(claims: list[ParkClaim], today: dt.date) -> Iterator[Task]:
    for claim in claims:
        is_recent = claim.decided_at is not None and claim.decided_at.astimezone(HUNAN).date() >= today - REFUSAL_STAYS
        if claim.status is ClaimStatus.REFUSED and is_recent and claim.park.manager_id != claim.organisation_id:
            yield Task("claim_refused", claim, names=(claim.words or "",))


def claims(session: Session, user: User) -> list[ParkClaim]:
    """List what this person's authority has claimed, the newest first."""
    organisations = [organisation.id for organisation in user.organisations]
    query = select(ParkClaim).where(ParkClaim.organisation_id.in_(organisations)).options(joinedload(ParkClaim.park))
    return list(session.scalars(query.order_by(ParkClaim.id.desc()).limit(MOST)))


def parks(session: Session, user: User) -> list[Park]:
    """List the parks whose entries this person keeps."""
    organisations = [organisation.id for organisation in user.organisations]
    return list(session.scalars(select(Park).where(Park.manager_id.in_(organisations)).order_by(Park.code)))


def _agrees(session: Session, user: User) -> bool:
    given = select(Consent.id).where(
        Consent.user_id == user.id,
        Consent.purpose == ConsentPurpose.TALENT_MATCHING,
        Consent.withdrawn_at.is_(None),
    )
    return session.scalar(given.limit(1)) is not None


def _of_staff(session: Session, papers: Papers) -> Iterator[Task]:
    waiting = [interest for interest in papers.received if interest.is_waiting]
    if waiting:
        yield Task("unclaimed", due=waiting[0].expires_on, count=len(waiting))
    in_review = Posting.status == PostingStatus.IN_REVIEW
    yield from _queue(session, "review", select(func.count(), func.min(Posting.submitted_at)).where(in_review))
    is_open = ParkClaim.status == ClaimStatus.OPEN
    yield from _queue(session, "claims", select(func.count(), func.min(ParkClaim.created_at)).where(is_open))
    unseen = (Organisation.verified_at.is_(None), Organisation.is_sample.is_(False))
    yield from _queue(session, "organisations", select(func.count(), func.min(Organisation.created_at)).where(*unseen))
    stated = Park.verification == ParkVerification.CLAIMED
    oldest = session.scalar(select(Park).where(stated).order_by(Park.updated_at, Park.code).limit(1))
    if oldest is not None:
        count = session.scalar(select(func.count()).select_from(Park).where(stated)) or 1
        yield Task("entries", oldest, count=count, since=oldest.updated_at)


def _queue(session: Session, sort: str, query: Select[Any, Any]) -> Iterator[Task]:
    count, oldest = session.execute(query).one()
    if count:
        yield Task(sort, count=count, since=oldest)


def postings(session: Session, user: User, page: int, size: int) -> tuple[list[Posting], int]:
    """Return one page of what this person and the colleagues publish, the newest first, and how many there are."""
    total = session.scalar(select(func.count()).select_from(Posting).where(Posting.belonging_to(user))) or 0
    query = select(Posting).where(Posting.belonging_to(user)).order_by(Posting.id.desc())
    return list(session.scalars(query.offset((page - 1) * size).limit(size))), total


def newest_live(session: Session, user: User, today: dt.date, most: int) -> list[Posting]:
    """List the newest postings that the market sees now."""
    is_live = (
        Posting.status == PostingStatus.PUBLISHED,
        or_(Posting.expires_on.is_(None), Posting.expires_on >= today),
    )
    query = select(Posting).where(Posting.belonging_to(user), *is_live).options(selectin_polymorphic(Posting, KINDS))
    return list(session.scalars(query.order_by(Posting.published_at.desc(), Posting.id.desc()).limit(most)))


def news(session: Session, user: User, since: dt.datetime, papers: Papers) -> list[News]:
    """List what others decided about this person's affairs since a moment, the newest first."""
    decided = [InterestStatus.ACCEPTED, InterestStatus.DECLINED]
    found = [
        News(interest.status.value, interest, interest.answered_at)
        for interest in papers.sent
        if interest.status in decided and interest.answered_at is not None and interest.answered_at >= since
    ]
    published = (
        select(Review)
        .join(Posting, Posting.id == Review.posting_id)
        .where(Posting.belonging_to(user), Review.decision == ReviewDecision.PUBLISHED, Review.decided_at >= since)
        .options(joinedload(Review.posting))
    )
    found += [News("published", review.posting, review.decided_at) for review in _newest(session, published)]
    found += [
        News("claim_confirmed", claim, claim.decided_at)
        for claim in papers.claims
        if claim.status is ClaimStatus.CONFIRMED and claim.decided_at is not None and claim.decided_at >= since
    ]
    return sorted(found, key=lambda item: item.at, reverse=True)[:MOST]


def _newest(session: Session, reviews: Select[Review]) -> list[Review]:
    return list(session.scalars(reviews.order_by(Review.id.desc()).limit(MOST)))
