"""What a measurement of the matching found, night by night."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Instant, now


class QualityReport(Base):
    """The figures of one run, as the evaluation prints them, and the version of the engine that they speak of."""

    __tablename__ = "quality_report"
    __table_args__ = (Index("ix__quality_report__name_made_at", "name", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # What was measured: "market" for the synthetic markets, "relocations" for real moves.
    name: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[dt.datetime] = mapped_column(Instant, default=now)
    engine_version: Mapped[str] = mapped_column(String(40))
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
