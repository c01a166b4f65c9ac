"""Matches as things: pairs that the worker keeps, so that they can be counted, searched, and told as news."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, BigInteger, Float, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Instant, TermType, next_version, now
from .place import Park
from .posting import Posting
from .vocabulary import Verdict

KEPT = 50  # passing pairs for each live posting and pairing
KEPT_FAILING = 10  # and the nearest of those that a hard condition stands against


class Match(Base):
    """A pair that stands among the best of one side or of both: an asking posting with a posting or a park.

    It is a copy of what the recommender found at `made_at`, for those versions of the two sides. Whoever shows it to
    somebody gates the pair again first; whoever is asked for the truth asks the recommender.
    """

    __tablename__ = "match"
    __table_args__ = (
        UniqueConstraint("asking_id", "answering_key"),
        Index("ix__match__asking_rank", "asking_id", "asking_rank"),
        Index("ix__match__answering_rank", "answering_id", "answering_rank"),
        Index("ix__match__park_rank", "park_code", "answering_rank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The kinds that meet, the asking one first: "need-offer", "need-park", "need-talent", "position-talent".
    pairing: Mapped[str] = mapped_column(String(20))
    asking_id: Mapped[int] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"))
    # The id of the answering side in the index, such as "offer:12" or "park:HN01001"; one of the next two is set.
    answering_key: Mapped[str] = mapped_column(String(40))
    answering_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"))
    park_code: Mapped[str | None] = mapped_column(ForeignKey("park.code", ondelete="CASCADE"))
    # Utilities of the two sides and their harmonic mean, each from 0 to 1, and how much of the weight rests on facts.
    asking_side: Mapped[float] = mapped_column(Float)
    answering_side: Mapped[float] = mapped_column(Float)
    score: Mapped[float] = mapped_column(Float)
    certainty: Mapped[float] = mapped_column(Float)
    verdict: Mapped[Verdict] = mapped_column(TermType(Verdict))
    # The place among the best of each side, counted from 1; failing pairs count on their own, the nearest first.
    asking_rank: Mapped[int | None]
    answering_rank: Mapped[int | None]
    failed: Mapped[list[str]] = mapped_column(JSON, default=list)  # ids of gates
    unknown: Mapped[list[str]] = mapped_column(JSON, default=list)  # fields that nobody has answered
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # packed sentences, the weightiest first
    asking_version: Mapped[int] = mapped_column(BigInteger)
    answering_version: Mapped[int] = mapped_column(BigInteger)
    engine_version: Mapped[str] = mapped_column(String(40))
    first_seen_at: Mapped[dt.datetime] = mapped_column(Instant, default=now, index=True)
    made_at: Mapped[dt.datetime] = mapped_column(Instant, default=now)
    version: Mapped[int] = mapped_column(BigInteger)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": next_version}

    asking: Mapped[Posting] = relationship(foreign_keys=[asking_id])
    answering: Mapped[Posting | None] = relationship(foreign_keys=[answering_id])
    park: Mapped[Park | None] = relationship()

    @property
    def search_id(self) -> str:
        """Return the id of this match in the index."""
        return f"match:{self.id}"

    @property
    def address(self) -> str:
        """Return how the answering side stands in the address of the pair's page: a posting's id or a park's code."""
        return self.answering_key.partition(":")[2]
