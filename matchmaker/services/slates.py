"""Keep what was shown, so that what people answer can be read against what they saw."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from models import Slate


def log(session: Session, posting_id: int, policy: str, entries: Sequence[tuple[str, float]]) -> None:
    """Note one list: the candidates' ids and scores in the order that they were shown in."""
    shown = [[position, id_, round(score, 2)] for position, (id_, score) in enumerate(entries, 1)]
    session.add(Slate(posting_id=posting_id, policy=policy, entries=shown))
    session.commit()
