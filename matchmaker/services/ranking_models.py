"""Put a learned order to use, or go back to the one that nobody learned."""

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models import AuditEvent, RankingModel, User, now


def add(session: Session, model: RankingModel) -> RankingModel:
    """Keep a model under the next number of its pairing; one that is active takes the place of the last."""
    last = session.scalar(select(func.max(RankingModel.number)).where(RankingModel.pairing == model.pairing))
    model.number = (last or 0) + 1
    session.add(model)
    if model.is_active:
        session.flush()
        _retire(session, model)
    session.add(AuditEvent.of(None, "ranking.trained", "ranking_model", model.number, pairing=model.pairing))
    session.commit()
    return model


def activate(session: Session, model: RankingModel, actor: User) -> None:
    """Order by this model from now on."""
    model.is_active, model.changed_by_id, model.changed_at = True, actor.id, now()
    _retire(session, model)
    session.add(AuditEvent.of(actor, "ranking.activated", "ranking_model", model.id))
    session.commit()


def switch_off(session: Session, pairing: str, actor: User) -> None:
    """Go back to the order that nobody learned."""
    for model in session.scalars(select(RankingModel).where(RankingModel.pairing == pairing, RankingModel.is_active)):
        model.is_active, model.changed_by_id, model.changed_at = False, actor.id, now()
        session.add(AuditEvent.of(actor, "ranking.switched_off", "ranking_model", model.id))
    session.commit()


def _retire(session: Session, model: RankingModel) -> None:
    others = (RankingModel.pairing == model.pairing, RankingModel.id != model.id, RankingModel.is_active)
    session.execute(update(RankingModel).where(*others).values(is_active=False, changed_at=now()))
