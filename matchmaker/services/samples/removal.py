"""Removing the sample market, and nothing that real people made.

What a real row still names, such as the sample reviewer of a real posting, is closed instead of removed: the
history of the real row stays true.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, delete, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.orm.attributes import set_committed_value

from models import (
    AuditEvent,
    AuthSession,
    Base,
    Consent,
    Incentive,
    Interest,
    Introduction,
    Membership,
    Organisation,
    Park,
    ParkClaim,
    Posting,
    PostingVersion,
    Review,
    User,
)
from models.vocabulary import ParkVerification

Progress = Callable[[int, int], None]
BATCH = 500

_people = select(User.id).where(User.is_sample)
_bodies = select(Organisation.id).where(Organisation.is_sample)
_parks = select(Park.code).where(Park.is_sample)
# What somebody wrote while trying a sample account goes with the account.
_is_sample_posting: ColumnElement[bool] = or_(Posting.is_sample, Posting.owner_id.in_(_people))
_is_sample_interest: ColumnElement[bool] = or_(
    Interest.posting_id.in_(select(Posting.id).where(_is_sample_posting)),
    Interest.sender_id.in_(_people),
    Interest.organisation_id.in_(_bodies),
    Interest.park_code.in_(_parks),
)
_CHILDREN = ("versions", "reviews", "clauses", "incentives")


def remove(session: Session, progress: Progress | None = None) -> dict[str, int]:
    """Remove every sample, batch after batch, and return how many rows of each part went, and how many were closed.

    Postings and parks go through the session one by one, so that its hook tells the index of each.
    """
    counts = {"interests": _remove_interests(session)}
    session.commit()
    counts["postings"] = _remove_postings(session, progress)
    counts |= _remove_parks(session)
    session.commit()
    counts |= _remove_people(session)
    session.execute(delete(AuditEvent).where(AuditEvent.subject_kind == "market", AuditEvent.subject_id == "samples"))
    session.commit()
    return counts


def _remove_interests(session: Session) -> int:
    interests = select(Interest.id).where(_is_sample_interest)
    _forget(session, "interest", select(cast(Interest.id, String)).where(_is_sample_interest))
    session.execute(delete(Introduction).where(Introduction.interest_id.in_(interests)))
    return _delete(session, Interest, _is_sample_interest)


def _remove_postings(session: Session, progress: Progress | None) -> int:
    total = session.scalar(select(func.count()).select_from(Posting).where(_is_sample_posting)) or 0
    done = 0
    while ids := list(session.scalars(select(Posting.id).where(_is_sample_posting).order_by(Posting.id).limit(BATCH))):
        _forget(session, "posting", [str(number) for number in ids])
        for table, column in ((PostingVersion, PostingVersion.posting_id), (Review, Review.posting_id)):
            _delete(session, table, column.in_(ids))
        _delete(session, Incentive, Incentive.offer_id.in_(ids))
        links = Base.metadata.tables["posting_clause"]
        session.execute(delete(links).where(links.c.posting_id.in_(ids)))
        for posting in session.scalars(select(Posting).where(Posting.id.in_(ids))):
            for name in _CHILDREN:
                if hasattr(type(posting), name):
                    # They are gone: the session need not load them one posting after the other.
                    set_committed_value(posting, name, [])
            session.delete(posting)
        session.commit()
        done += len(ids)
        if progress:
            progress(done, total)
    return done


def _remove_parks(session: Session) -> dict[str, int]:
    _delete(
        session,
        ParkClaim,
        or_(
            ParkClaim.park_code.in_(_parks),
            ParkClaim.organisation_id.in_(_bodies),
            ParkClaim.claimant_id.in_(_people),
        ),
    )
    claimed = select(Park).where(Park.manager_id.in_(_bodies), Park.is_sample.is_(False))
    for park in session.scalars(claimed):
        # A real park that somebody claimed with a sample account is a directory entry again.
        park.manager_id, park.verified_at, park.verification = None, None, ParkVerification.DIRECTORY
    session.flush()
    named = _named_elsewhere(session, Park.code, _parks)
    going = [park for park in session.scalars(select(Park).where(Park.is_sample)) if park.code not in named]
    _forget(session, "park", [park.code for park in going])
    for park in going:
        session.delete(park)
    return {"parks": len(going)}


def _remove_people(session: Session) -> dict[str, int]:
    _delete(session, Membership, or_(Membership.user_id.in_(_people), Membership.organisation_id.in_(_bodies)))
    for table, column in ((Consent, Consent.user_id), (AuthSession, AuthSession.user_id)):
        _delete(session, table, column.in_(_people))
    _forget(session, "user", select(cast(User.id, String)).where(User.is_sample))
    _forget(session, "organisation", select(cast(Organisation.id, String)).where(Organisation.is_sample))
    named = _named_elsewhere(session, Organisation.id, _bodies)
    bodies = _delete(session, Organisation, Organisation.is_sample.is_(True), Organisation.id.not_in(named))
    named = _named_elsewhere(session, User.id, _people)
    people = _delete(session, User, User.is_sample.is_(True), User.id.not_in(named))
    for user in session.scalars(select(User).where(User.is_sample)):
        # Nobody signs in with it any more, and the next sample market may use its address again.
        user.is_active, user.email = False, f"closed-{user.id}@example.com"
    return {"organisations": bodies, "accounts": people, "closed": len(named)}


def _named_elsewhere(session: Session, key: InstrumentedAttribute[Any], samples: Select[Any]) -> set[Any]:
    """Return those samples that a row of any table still names; asked of the schema, so that no table is forgotten."""
    target = key.property.columns[0]
    found: set[Any] = set()
    for column in _columns_naming(target):
        found.update(session.scalars(select(column).where(column.in_(samples)).distinct()))
    return found


def _columns_naming(target: Any) -> Iterator[Any]:
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if any(foreign.column is target for foreign in column.foreign_keys):
                yield column


def _forget(session: Session, kind: str, subjects: Iterable[str] | Select[Any]) -> None:
    """Delete what the audit holds about these subjects, whoever did it."""
    session.execute(
        delete(AuditEvent)
        .where(AuditEvent.subject_kind == kind, AuditEvent.subject_id.in_(subjects))
        .execution_options(synchronize_session=False)
    )


def _delete(session: Session, table: type[Base], *which: ColumnElement[bool]) -> int:
    statement = delete(table).where(*which)
    return int(session.execute(statement).rowcount)  # type: ignore[attr-defined]
