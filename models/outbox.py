"""The outbox: rows that say "look at this again", written by the one session hook below."""

import datetime as dt

from sqlalchemy import BigInteger, Index, String, Text, event, insert
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column

from .base import Base, Instant, now
from .place import Park
from .policy import PolicyClause
from .posting import Posting

SEARCHED = (Posting, Park, PolicyClause)


class OutboxEntry(Base):
    """A subject whose document may be out of date; it never carries the change, so it may repeat or be replayed."""

    __tablename__ = "outbox_entry"
    __table_args__ = (Index("ix__outbox_entry__due", "parked_at", "not_before"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # The id in the index, such as "need:12": enough to look the row up and to remove a document whose row is gone.
    subject: Mapped[str] = mapped_column(String(40), index=True)
    # The version a deleted row would have had next, so that its removal beats every older document.
    deleted_version: Mapped[int | None] = mapped_column(BigInteger)
    enqueued_at: Mapped[dt.datetime] = mapped_column(Instant, default=now)
    not_before: Mapped[dt.datetime] = mapped_column(Instant, default=now)
    lease: Mapped[str | None] = mapped_column(String(32))
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)
    parked_at: Mapped[dt.datetime | None] = mapped_column(Instant)


@event.listens_for(Session, "after_flush")
def enqueue_what_changed(session: Session, flush: UOWTransaction) -> None:
    """Write an outbox row for everything searchable that this flush touches, in the same transaction."""
    subjects: dict[str, int | None] = {}
    for row in [*session.new, *session.dirty]:
        if isinstance(row, SEARCHED):
            subjects[row.search_id] = None
    for row in session.deleted:
        if isinstance(row, SEARCHED):
            subjects[row.search_id] = getattr(row, "version", 0) + 1
    if subjects:
        moment = now()
        session.connection().execute(
            insert(OutboxEntry),
            [
                {
                    "subject": subject,
                    "deleted_version": version,
                    "enqueued_at": moment,
                    "not_before": moment,
                    "attempts": 0,
                }
                for subject, version in subjects.items()
            ],
        )
