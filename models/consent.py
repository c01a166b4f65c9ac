"""Who agreed to what, in which words, and until when."""

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .account import User
from .base import Base, Instant, TermType, now
from .vocabulary import ConsentPurpose

# The version of the words that a person agrees to today; an older consent stays what it was.
WORDING_VERSIONS: dict[ConsentPurpose, str] = {
    ConsentPurpose.TERMS: "2026-11-24",
    ConsentPurpose.TALENT_MATCHING: "2026-11-24",
}


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

    @classmethod
    def to(cls, purpose: ConsentPurpose, user: User) -> "Consent":
        """Record that a person agrees, in the words of today."""
        return cls(user=user, purpose=purpose, wording_version=WORDING_VERSIONS[purpose])

    @property
    def is_live(self) -> bool:
        """Say whether it still holds."""
        return self.withdrawn_at is None
