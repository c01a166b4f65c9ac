"""What an owner does with a posting: write it, send it to review, take it back, end it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.services import values as facts
from matchmaker.services.readiness import NotReady, problems, publisher_of
from matchmaker.services.versions import commit, expect
from models import (
    AuditEvent,
    Incentive,
    ParkOffer,
    PolicyClause,
    Posting,
    UnlawfulMove,
    User,
    WrongValue,
    fields_of,
)
from models.vocabulary import N_, PostingLanguage, PostingStatus

S = PostingStatus
MOST_INCENTIVES = 20
MOST_CLAUSES = 12


class NotYours(PermissionError):
    """Somebody who neither owns the posting nor acts for its organisation wants to change it."""


def create(
    session: Session, kind_model: type[Posting], owner: User, values: Mapping[str, Any], form_key: str
) -> Posting:
    """Begin a draft; a form that is sent twice finds the draft of the first time."""
    key = _key_of(owner, form_key)
    twin = _twin(session, key)
    if twin is not None:
        return twin
    good = facts.checked(session, kind_model.fields(), {"title": None, **values})
    posting = kind_model(owner_id=owner.id, status=S.DRAFT, language=PostingLanguage.ZH_HANS, form_key=key)
    posting.organisation_id = publisher_of(posting, owner)
    facts.apply(posting, good)
    return _begin(session, posting, owner, "posting.created")


def copy(session: Session, posting: Posting, actor: User, form_key: str) -> Posting:
    """Begin a draft with the facts, incentives and clauses of an earlier posting."""
    _only_owners(posting, actor)
    key = _key_of(actor, form_key)
    twin = _twin(session, key)
    if twin is not None:
        return twin
    new = type(posting)(
        owner_id=actor.id,
        organisation_id=posting.organisation_id,
        status=S.DRAFT,
        language=posting.language,
        name_is_public=posting.name_is_public,
        form_key=key,
        clauses=list(posting.clauses),
        is_sample=posting.is_sample,
        **posting.facts(),
    )
    if isinstance(posting, ParkOffer) and isinstance(new, ParkOffer):
        new.incentives = [_incentive_like(incentive) for incentive in posting.incentives]
    return _begin(session, new, actor, "posting.copied", source=posting.id)


def save_step(
    session: Session, posting: Posting, values: Mapping[str, Any], actor: User, expected_version: int
) -> Posting:
    """Save some facts and settings of a draft, unless somebody else has changed it since it was read."""
    _open_for_writing(posting, actor, expected_version)
    changed = facts.apply(posting, facts.checked(session, posting.fields(), values))
    if changed:
        session.add(AuditEvent.of(actor, "posting.saved", "posting", posting.id, fields=changed))
    commit(session, posting)
    return posting


def set_incentives(
    session: Session, offer: ParkOffer, rows: Iterable[Mapping[str, Any]], actor: User, expected_version: int
) -> ParkOffer:
    """Put these incentives in the place of the offer's present ones."""
    _open_for_writing(offer, actor, expected_version)
    rows = list(rows)
    if len(rows) > MOST_INCENTIVES:
        raise facts.WrongValues({"incentives": WrongValue(N_("最多 %(length)s 项"), length=MOST_INCENTIVES)})
    offer.incentives = _incentives(session, rows)
    offer.touch()
    session.add(AuditEvent.of(actor, "posting.incentives_set", "posting", offer.id, count=len(rows)))
    commit(session, offer)
    return offer


def set_clauses(
    session: Session, posting: Posting, clause_ids: Iterable[str], actor: User, expected_version: int
) -> Posting:
    """Link the draft to these clauses, and to no others."""
    _open_for_writing(posting, actor, expected_version)
    wanted = set(clause_ids)
    clauses = list(session.scalars(select(PolicyClause).where(PolicyClause.id.in_(wanted)).order_by(PolicyClause.id)))
    if len(clauses) < len(wanted):
        raise facts.WrongValues({"clauses": WrongValue(N_("有一条不在政策条款里"))})
    if len(clauses) > MOST_CLAUSES:
        raise facts.WrongValues({"clauses": WrongValue(N_("最多选 %(length)s 条"), length=MOST_CLAUSES)})
    posting.clauses = clauses
    posting.touch()
    session.add(AuditEvent.of(actor, "posting.clauses_set", "posting", posting.id, clauses=sorted(wanted)))
    commit(session, posting)
    return posting


def submit(session: Session, posting: Posting, actor: User, expected_version: int | None = None) -> Posting:
    """Send a posting to review, from the draft or again after it was withdrawn or had expired."""
    _only_owners(posting, actor)
    expect(posting, expected_version)
    if not posting.may_become(S.IN_REVIEW):
        raise UnlawfulMove(f"{posting.status.value} -> in_review")
    in_the_way = problems(session, posting, actor)
    if in_the_way:
        raise NotReady(in_the_way)
    posting.organisation_id = publisher_of(posting, actor)
    return _move(session, posting, S.IN_REVIEW, actor, "posting.submitted")


def recall(session: Session, posting: Posting, actor: User) -> Posting:
    """Take a posting back from review, to change it."""
    return _move(session, posting, S.DRAFT, actor, "posting.recalled", S.IN_REVIEW)


def withdraw(session: Session, posting: Posting, actor: User) -> Posting:
    """Take a published posting off the shelf."""
    return _move(session, posting, S.WITHDRAWN, actor, "posting.withdrawn", S.PUBLISHED)


def revise(session: Session, posting: Posting, actor: User) -> Posting:
    """Open a posting for changes; a published one leaves the shelf until it is reviewed again."""
    return _move(session, posting, S.DRAFT, actor, "posting.revised", S.PUBLISHED, S.WITHDRAWN, S.EXPIRED)


def close(session: Session, posting: Posting, actor: User) -> Posting:
    """End a posting for good, since it found what it was for."""
    return _move(session, posting, S.CLOSED, actor, "posting.closed", S.PUBLISHED)


def extend(session: Session, posting: Posting, actor: User, expires_on: dt.date) -> Posting:
    """Keep a published posting on the shelf until a later day, at most twelve months ahead."""
    _only_owners(posting, actor)
    if posting.status is not S.PUBLISHED:
        raise UnlawfulMove(f"{posting.status.value} -> extended")
    try:
        posting.expires_on = facts.expiry(expires_on)
    except WrongValue as error:
        raise facts.WrongValues({"expires_on": error}) from None
    session.add(
        AuditEvent.of(actor, "posting.extended", "posting", posting.id, expires_on=posting.expires_on.isoformat())  # type: ignore[union-attr]
    )
    commit(session, posting)
    return posting


def delete_draft(session: Session, posting: Posting, actor: User) -> None:
    """Delete a draft that the market has never seen."""
    _only_owners(posting, actor)
    if posting.status is not S.DRAFT or posting.published_at is not None:
        raise UnlawfulMove(f"{posting.status.value} -> deleted")
    session.add(AuditEvent.of(actor, "posting.deleted", "posting", posting.id, posting_kind=posting.kind))
    session.delete(posting)
    commit(session, posting)


def expire_due(session: Session, today: dt.date) -> int:
    """Take off the shelf what is past its last day, and return how many postings that were."""
    due = select(Posting).where(Posting.status == S.PUBLISHED, Posting.expires_on < today)
    # Two workers must not trip over each other; an owner who is writing at this moment is left for the next round.
    postings = session.scalars(due.with_for_update(skip_locked=True, of=Posting)).all()
    for posting in postings:
        posting.move(S.EXPIRED)
        session.add(AuditEvent.of(None, "posting.expired", "posting", posting.id))
    session.commit()
    return len(postings)


def _begin(session: Session, posting: Posting, owner: User, action: str, **detail: Any) -> Posting:
    key = posting.form_key
    session.add(posting)
    try:
        session.flush()
    except IntegrityError:
        # The same form arrived a moment earlier on another thread: its draft is this one.
        session.rollback()
        twin = _twin(session, key)
        if twin is None:
            raise
        return twin
    session.add(AuditEvent.of(owner, action, "posting", posting.id, posting_kind=posting.kind, **detail))
    session.commit()
    return posting


def _key_of(owner: User, form_key: str) -> str:
    # The owner stands in the key, so that nobody finds another's draft by sending another's form.
    return f"{owner.id}:{form_key}"[:64]


def _twin(session: Session, key: str | None) -> Posting | None:
    return session.scalar(select(Posting).where(Posting.form_key == key))


def _only_owners(posting: Posting, actor: User) -> None:
    if not posting.belongs_to(actor):
        raise NotYours(f"{posting.number} does not belong to user {actor.id}")


def _open_for_writing(posting: Posting, actor: User, expected_version: int) -> None:
    _only_owners(posting, actor)
    expect(posting, expected_version)
    if not posting.is_editable:
        raise UnlawfulMove(f"{posting.status.value} -> changed")


def _move(session: Session, posting: Posting, to: S, actor: User, action: str, *starts: S) -> Posting:
    _only_owners(posting, actor)
    if starts and posting.status not in starts:
        raise UnlawfulMove(f"{posting.status.value} -> {to.value} by {action}")
    posting.move(to)
    session.add(AuditEvent.of(actor, action, "posting", posting.id))
    commit(session, posting)
    return posting


def _incentives(session: Session, rows: list[Mapping[str, Any]]) -> list[Incentive]:
    made, errors = [], {}
    for index, row in enumerate(rows):
        try:
            made.append(_incentive(session, row))
        except facts.WrongValues as wrong:
            errors.update({f"rows-{index}-{name}": error for name, error in wrong.errors.items()})
    if errors:
        raise facts.WrongValues(errors)
    return made


def _incentive(session: Session, row: Mapping[str, Any]) -> Incentive:
    fields = fields_of(Incentive)
    good = facts.checked(session, fields, row, settings=False)
    missing = [name for name, field in fields.items() if field.required and not good.get(name)]
    if missing:
        raise facts.WrongValues({name: WrongValue(N_("必填，还没填")) for name in missing})
    if good.get("valid_from") and good.get("valid_to") and good["valid_from"] > good["valid_to"]:
        raise facts.WrongValues({"valid_to": WrongValue(N_("失效不能早于生效"))})
    return Incentive(**good)


def _incentive_like(incentive: Incentive) -> Incentive:
    return Incentive(**{name: getattr(incentive, name) for name in fields_of(Incentive)})
