"""Put a learned order to use, or go back to the one that nobody learned."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from models import AuditEvent, Interest, Posting, RankingModel, User, now
from models.vocabulary import InterestStatus

# What the directory is called beside the kinds of postings.
PARK = "park"


def add(session: Session, model: RankingModel) -> RankingModel:
    """Keep a model under the next number of its pairing; one that is active takes the place of the last."""
    others = _of(session, model.pairing)
    model.number = max((other.number for other in others), default=0) + 1
    session.add(model)
    if model.is_active:
        _retire(others, None)
    session.flush()
    session.add(AuditEvent.of(None, "ranking.trained", "ranking_model", model.id, pairing=model.pairing))
    session.commit()
    return model


def activate(session: Session, model: RankingModel, actor: User) -> None:
    """Order by this model from now on."""
    others = _of(session, model.pairing)
    _retire([other for other in others if other is not model], actor)
    model.is_active, model.changed_by_id, model.changed_at = True, actor.id, now()
    session.add(AuditEvent.of(actor, "ranking.activated", "ranking_model", model.id))
    session.commit()


def switch_off(session: Session, pairing: str, actor: User) -> None:
    """Go back to the order that nobody learned."""
    for model in _retire(_of(session, pairing), actor):
        session.add(AuditEvent.of(actor, "ranking.switched_off", "ranking_model", model.id))
    session.commit()


def active(session: Session) -> dict[str, RankingModel]:
    """Return the model in use for each pairing that has one."""
    return {model.pairing: model for model in session.scalars(select(RankingModel).where(RankingModel.is_active))}


def newest(session: Session, most: int) -> list[RankingModel]:
    """List the newest models, and whichever is in use however old it is."""
    found = list(session.scalars(select(RankingModel).order_by(RankingModel.id.desc()).limit(most)))
    return [*found, *(model for model in active(session).values() if model not in found)]


def decided(session: Session) -> dict[str, RankingModel]:
    """Return for each pairing the model that somebody last put to use or out of it; from then on people decide."""
    touched = select(RankingModel).where(RankingModel.changed_by_id.is_not(None))
    # What is in use comes last of what was changed by one press.
    rows = session.scalars(touched.order_by(RankingModel.changed_at, RankingModel.is_active, RankingModel.id))
    return {model.pairing: model for model in rows}


def answers(session: Session) -> Counter[tuple[str, str]]:
    """Count what there is to learn from, by the two kinds: every interest, and every answer to one."""
    about, posting = aliased(Posting), aliased(Posting)
    is_answered = Interest.status.in_((InterestStatus.ACCEPTED, InterestStatus.DECLINED))
    rows = session.execute(
        select(about.kind, posting.kind, is_answered, func.count())
        .select_from(Interest)
        .join(about, about.id == Interest.about_id)
        .outerjoin(posting, posting.id == Interest.posting_id)
        .where(Interest.status != InterestStatus.WITHDRAWN)
        .group_by(about.kind, posting.kind, is_answered)
    )
    counted: Counter[tuple[str, str]] = Counter()
    for mine, theirs, answered, count in rows:
        counted[mine, theirs or PARK] += count * (2 if answered else 1)
    return counted


def _of(session: Session, pairing: str) -> list[RankingModel]:
    # Two who press at once come one after the other, so that never two models are in use.
    rows = select(RankingModel).where(RankingModel.pairing == pairing).order_by(RankingModel.id).with_for_update()
    return list(session.scalars(rows))


def _retire(models: list[RankingModel], actor: User | None) -> list[RankingModel]:
    retired = [model for model in models if model.is_active]
    for model in retired:
        model.is_active, model.changed_by_id, model.changed_at = False, actor.id if actor else None, now()
    return retired
