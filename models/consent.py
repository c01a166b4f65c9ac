"""Who agreed to what, in which words, and until when."""

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .account import User
from .base import Base, Instant, TermType, now
from .vocabulary import ConsentPurpose


class Consent(Base):
    """One consent: purpose, version of the words, given, and perhaps withdrawn."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[ConsentPurpose] = mapped_column(TermType(ConsentPurpose))
    wording_version: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[dt.datetime] = mapped_column(Instant, default=now)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    user: Mapped[User] = relationship()
