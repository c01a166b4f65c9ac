"""Who did what, in the same transaction as the deed."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .account import User
from .base import Base, Instant, now


class AuditEvent(Base):
    """One deed: actor, action, subject, and what matters of it; never a password, phone or mail address."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix__audit_event__subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Instant, default=now, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    action: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(20))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    actor: Mapped[User | None] = relationship()

    @classmethod
    def of(cls, actor: User | None, action: str, kind: str, subject_id: object, **detail: Any) -> "AuditEvent":
        """Describe a deed; the caller adds it to the session that does it."""
        return cls(
            actor_id=actor.id if actor else None,
            action=action,
            subject_kind=kind,
            subject_id=str(subject_id),
            detail=detail,
        )
