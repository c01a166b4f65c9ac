"""What hard conditions would like to know of somebody's postings, and how many matches wait for each answer."""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectin_polymorphic

from matchmaker.services import values as facts
from matchmaker.services.versions import commit, expect
from models import (
    AuditEvent,
    Field,
    Match,
    ParkOffer,
    Position,
    Posting,
    PostingVersion,
    Problem,
    RelocationNeed,
    Shape,
    TalentProfile,
    UnlawfulMove,
    User,
    WrongValue,
    now,
)
from models.vocabulary import N_, PostingStatus, Verdict

KINDS = (RelocationNeed, ParkOffer, TalentProfile, Position)
MOST_POSTINGS = 200
# A fact that is worth nothing without another: since when, or from where.
TOGETHER: Mapping[str, tuple[str, ...]] = {
    "power_spare_kva": ("spare_as_of",),
    "water_spare_m3_per_day": ("spare_as_of",),
    "sewage_spare_m3_per_day": ("spare_as_of",),
    "gas_spare_m3_per_day": ("spare_as_of",),
    "land_price_wan_per_mu": ("price_valid_from", "price_source"),
    "rent_yuan_per_sqm_month": ("price_valid_from", "price_source"),
    "power_price_yuan_per_kwh": ("price_valid_from", "price_source"),
    "min_investment_per_mu_wan": ("thresholds_valid_from", "thresholds_valid_to", "thresholds_source"),
    "min_tax_per_mu_wan": ("thresholds_valid_from", "thresholds_valid_to", "thresholds_source"),
}


class NotAsked(ValueError):
    """The fact has an answer already, or is none that can be answered without a review."""


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """One fact that a posting hasn't stated, and the matches that wait for it."""

    posting: Posting
    name: str
    field: Field
    waiting: int


def questions(session: Session, user: User) -> list[Question]:
    """List what this person and the colleagues are asked, what most matches wait for first."""
    live = (
        select(Posting)
        .where(Posting.belonging_to(user), Posting.status == PostingStatus.PUBLISHED)
        .options(selectin_polymorphic(Posting, KINDS))
        .order_by(Posting.published_at.desc(), Posting.id.desc())
        .limit(MOST_POSTINGS)
    )
    postings = {posting.id: posting for posting in session.scalars(live) if posting.is_live}
    found = [
        Question(postings[number], name, postings[number].fields()[name], waiting)
        for (number, name), waiting in _waiting(session, postings).items()
        if is_open(postings[number], name)
    ]
    return sorted(found, key=lambda one: (-one.waiting, -one.posting.id, one.name))


def _waiting(session: Session, postings: Mapping[int, Posting]) -> Counter[tuple[int, str]]:
    ids = list(postings)
    rows = session.execute(
        select(Match.asking_id, Match.answering_id, Match.unknown).where(
            or_(Match.asking_id.in_(ids), Match.answering_id.in_(ids)), Match.verdict == Verdict.UNKNOWN
        )
    )
    counted: Counter[tuple[int, str]] = Counter()
    for asking, answering, unknown in rows:
        for posting in (postings.get(asking), postings.get(answering or 0)):
            if posting is not None:
                prefix = f"{posting.kind}."
                counted.update((posting.id, name.removeprefix(prefix)) for name in unknown if name.startswith(prefix))
    return counted


def is_open(posting: Posting, name: str) -> bool:
    """Say whether a fact may be answered as the posting stands: it is live, and the fact is no free text."""
    field = posting.fields().get(name)
    return (
        field is not None
        and posting.is_live
        and field.shape not in (Shape.TEXT, Shape.TEXTS, Shape.PARK)
        and _is_unanswered(posting, name)
    )


def asked_with(posting: Posting, name: str) -> tuple[str, ...]:
    """Return the facts that are asked on one page: the one in question, and those that it is worth nothing without."""
    together = tuple(other for other in TOGETHER.get(name, ()) if _is_unanswered(posting, other))
    return (name, *together)


def _is_unanswered(posting: Posting, name: str) -> bool:
    return getattr(posting, name) in (None, "", [], {})


def answer(
    session: Session, posting: Posting, name: str, values: Mapping[str, Any], actor: User, expected_version: int
) -> Posting:
    """State a missing fact of a live posting; it stays on the shelf, since nothing that was reviewed has changed."""
    if not posting.belongs_to(actor):
        raise PermissionError(f"{posting.number} does not belong to user {actor.id}")
    expect(posting, expected_version)
    if posting.status is not PostingStatus.PUBLISHED:
        raise UnlawfulMove(f"{posting.status.value} -> answered")
    if not is_open(posting, name) or not set(values) <= set(asked_with(posting, name)):
        raise NotAsked(name)
    good = facts.checked(session, posting.fields(), values)
    if good.get(name) in (None, "", [], {}):
        raise facts.WrongValues({name: WrongValue(N_("还没有回答"))})
    before = {(problem.field, problem.message) for problem in posting.contradictions()}
    changed = facts.apply(posting, {field: value for field, value in good.items() if value is not None})
    wrong = [problem for problem in posting.contradictions() if (problem.field, problem.message) not in before]
    if wrong:
        session.rollback()
        raise facts.WrongValues(dict(_at_a_field(wrong, name, values)))
    number = max((version.version for version in posting.versions), default=0) + 1
    posting.versions.append(PostingVersion(version=number, published_at=now(), facts=posting.snapshot()))
    session.add(AuditEvent.of(actor, "posting.answered", "posting", posting.id, fields=changed))
    commit(session, posting)
    return posting


def _at_a_field(wrong: list[Problem], name: str, values: Mapping[str, Any]) -> Iterator[tuple[str, WrongValue]]:
    for problem in wrong:
        # What contradicts a fact that isn't on the page is said at the one that was asked.
        yield (problem.field if problem.field in values else name), WrongValue(problem.message, **problem.values)
