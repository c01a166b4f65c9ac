"""What measurements of the matching found, kept for everybody to read."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import QualityReport

MARKET, RELOCATIONS = "market", "relocations"
# Years of nights are of no use to anybody; a quarter shows where things go.
KEPT = 100


def keep(session: Session, name: str, figures: Mapping[str, Any], engine_version: str) -> QualityReport:
    """Keep what a run found, and let the oldest go."""
    report = QualityReport(name=name, figures=dict(figures), engine_version=engine_version)
    session.add(report)
    session.flush()
    for old in history(session, name, KEPT + 10)[KEPT:]:
        session.delete(old)
    return report


def latest(session: Session, name: str) -> QualityReport | None:
    """Return the last report."""
    return next(iter(history(session, name, 1)), None)


def history(session: Session, name: str, most: int) -> Sequence[QualityReport]:
    """Return the last reports, the newest first."""
    query = select(QualityReport).where(QualityReport.name == name)
    return session.scalars(query.order_by(QualityReport.made_at.desc(), QualityReport.id.desc()).limit(most)).all()
