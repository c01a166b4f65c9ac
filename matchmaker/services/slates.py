"""Keep what was shown, so that what people answer can be read against what they saw."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from models import Slate

# Longer than that nobody answers what was seen, and one page more or less is one row more or less.
KEPT = dt.timedelta(days=400)


def log(session: Session, posting_id: int, policy: str, entries: Sequence[tuple[str, float]]) -> None:
    """Note one list: the candidates' ids and scores in the order that they were shown in."""
    shown = [[position, id_, round(score, 2)] for position, (id_, score) in enumerate(entries, 1)]
    session.add(Slate(posting_id=posting_id, policy=policy, entries=shown))
    session.commit()


def forget(session: Session, moment: dt.datetime) -> int:
    """Drop what was shown too long ago for anybody to answer, and return how many lists that were."""
    gone = session.scalars(delete(Slate).where(Slate.shown_at < moment - KEPT).returning(Slate.id)).all()
    session.commit()
    return len(gone)
