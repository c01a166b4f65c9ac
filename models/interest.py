"""Expressions of interest, and the introductions that their acceptance opens."""

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .account import Organisation, User
from .base import Base, Instant, TermType, Timestamped, now
from .place import Park
from .posting import Posting
from .vocabulary import DeclineReason, InterestStatus

S = InterestStatus

# An answered interest stays answered; only a waiting one moves.
LAWFUL_MOVES: dict[InterestStatus, tuple[InterestStatus, ...]] = {
    S.SENT: (S.ACCEPTED, S.DECLINED, S.WITHDRAWN, S.EXPIRED),
    S.ACCEPTED: (),
    S.DECLINED: (),
    S.WITHDRAWN: (),
    S.EXPIRED: (),
}


class AnsweredAlready(ValueError):
    """The interest no longer waits for an answer."""


class Interest(Timestamped, Base):
    """意向: one side says it wants to talk about a posting of another, or about a park without any."""

    __tablename__ = "interest"
    __table_args__ = (CheckConstraint("(posting_id IS NULL) <> (park_code IS NULL)", name="one_subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"), index=True)
    park_code: Mapped[str | None] = mapped_column(ForeignKey("park.code"), index=True)
    # The sender's own posting that the interest speaks for, such as the need behind a look at an offer.
    about_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id", ondelete="SET NULL"), index=True)
    sender_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    message: Mapped[str] = mapped_column(Text)
    status: Mapped[InterestStatus] = mapped_column(TermType(InterestStatus), default=S.SENT)
    decline_reason: Mapped[DeclineReason | None] = mapped_column(TermType(DeclineReason))
    decline_words: Mapped[str | None] = mapped_column(Text)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    expires_on: Mapped[dt.date] = mapped_column(Date, index=True)
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    posting: Mapped[Posting | None] = relationship(foreign_keys=[posting_id])
    park: Mapped[Park | None] = relationship()
    about: Mapped[Posting | None] = relationship(foreign_keys=[about_id])
    sender: Mapped[User] = relationship(foreign_keys=[sender_id])
    organisation: Mapped[Organisation | None] = relationship()
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id])
    introduction: Mapped["Introduction | None"] = relationship(back_populates="interest")

    @property
    def is_waiting(self) -> bool:
        """Say whether the other side still owes an answer."""
        return self.status is S.SENT

    def accept(self, by: User) -> "Introduction":
        """Accept, and open the introduction that shows both sides' contacts."""
        self._answer(S.ACCEPTED, by)
        self.introduction = Introduction(opened_at=now(), host_id=by.id)
        return self.introduction

    def decline(self, by: User, reason: DeclineReason, words: str | None) -> None:
        """Decline with a coded reason, which the sender sees."""
        self._answer(S.DECLINED, by)
        self.decline_reason, self.decline_words = reason, words

    def withdraw(self) -> None:
        """Take the interest back before it is answered."""
        self._move(S.WITHDRAWN)

    def expire(self) -> None:
        """End an interest that nobody answered in time."""
        self._move(S.EXPIRED)

    def _answer(self, status: InterestStatus, by: User) -> None:
        self._move(status)
        self.answered_by_id, self.answered_at = by.id, now()

    def _move(self, status: InterestStatus) -> None:
        if status not in LAWFUL_MOVES[self.status]:
            raise AnsweredAlready(self.status.value)
        self.status = status


class Introduction(Base):
    """对接: two sides brought together; from now on each sees the other's contact."""

    __tablename__ = "introduction"

    id: Mapped[int] = mapped_column(primary_key=True)
    interest_id: Mapped[int] = mapped_column(ForeignKey("interest.id", ondelete="CASCADE"), unique=True)
    # Who accepted, and so receives the sender.
    host_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    opened_at: Mapped[dt.datetime] = mapped_column(Instant)

    interest: Mapped[Interest] = relationship(back_populates="introduction")
    host: Mapped[User] = relationship()
