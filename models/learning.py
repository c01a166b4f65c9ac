"""What was shown in which order, and orders that were learned from what people answered."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .account import User
from .base import Base, Instant, now


class Slate(Base):
    """One list as it was shown: for which posting, in which order, and with which scores; not to whom."""

    __tablename__ = "slate"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"), index=True)
    shown_at: Mapped[dt.datetime] = mapped_column(Instant, default=now, index=True)
    # "match", "match, own weights", "plain", or "learned" with the model's number; ", spread" where prices counted.
    policy: Mapped[str] = mapped_column(String(40))
    # Position from 1, id in the index, score from 0 to 100.
    entries: Mapped[list[list[Any]]] = mapped_column(JSON)


class RankingModel(Base):
    """Weights of the criteria that a night learned from interests, refusals and acceptances."""

    __tablename__ = "ranking_model"
    __table_args__ = (UniqueConstraint("pairing", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # "premises" or "people": they have other criteria.
    pairing: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]  # counted within a pairing
    trained_at: Mapped[dt.datetime] = mapped_column(Instant, default=now)
    labels: Mapped[int]
    positive: Mapped[int]
    coefficients: Mapped[dict[str, float]] = mapped_column(JSON)
    intercept: Mapped[float] = mapped_column(Float)
    # Share of pairs of labels that each order puts right, on needs that it has not seen and on later days.
    learned_auc: Mapped[float] = mapped_column(Float)
    unlearned_auc: Mapped[float] = mapped_column(Float)
    tested_on: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=False)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[dt.datetime] = mapped_column(Instant, default=now, index=True)

    changed_by: Mapped[User | None] = relationship()

    @property
    def gain(self) -> float:
        """Return what learning adds on held-out answers."""
        return self.learned_auc - self.unlearned_auc
