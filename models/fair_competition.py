"""What reviewers decided about promises to enterprises: who, about which words, how, why and when."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .account import User
from .base import Base, Instant, TermType, now
from .posting import Posting
from .vocabulary import ClearingGround, PromiseDecision, PromiseLabel

# Article 17 asks for a conclusion in writing; shorter than this says nothing.
LEAST_CONCLUSION = 10


class FairCompetitionDecision(Base):
    """One decision about one promise of a posting; of several about the same words the latest counts.

    It holds for the words of which `clause_key` is the fingerprint: unchanged words need no second decision.
    """

    __tablename__ = "fair_competition_decision"
    __table_args__ = (Index("ix__fair_competition_decision__clause", "posting_id", "clause_key", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"))
    posting_version: Mapped[int]  # which version of the posting the reviewer had read
    kind: Mapped[str] = mapped_column(String(40))  # a kind of reference/fair_competition.yaml
    label: Mapped[PromiseLabel] = mapped_column(TermType(PromiseLabel))
    field: Mapped[str] = mapped_column(String(40))
    clause: Mapped[str] = mapped_column(Text)
    clause_key: Mapped[str] = mapped_column(String(64))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    decision: Mapped[PromiseDecision] = mapped_column(TermType(PromiseDecision))
    ground: Mapped[ClearingGround | None] = mapped_column(TermType(ClearingGround))
    words: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[dt.datetime] = mapped_column(Instant, default=now)

    posting: Mapped[Posting] = relationship()
    reviewer: Mapped[User] = relationship()
