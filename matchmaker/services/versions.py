"""Whose change counts when two people hold one posting: what was read must still be what stands."""

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models import Posting


class Clash(Exception):
    """Somebody else was quicker; `current` is the posting as it stands now, None when it is gone."""

    def __init__(self, current: Posting | None) -> None:
        """Keep what stands now, so that a page can show it beside what was wanted."""
        super().__init__("the posting has changed since it was read")
        self.current = current


def expect(posting: Posting, version: int | None) -> None:
    """Raise `Clash` unless the posting still is the version that was read; None means that nobody has read it."""
    if version is not None and posting.version != version:
        raise Clash(posting)


def commit(session: Session, posting: Posting) -> None:
    """Commit, or raise `Clash` when another transaction has changed the posting in between."""
    kind, posting_id = type(posting), posting.id
    try:
        session.commit()
    except StaleDataError:
        session.rollback()
        raise Clash(session.get(kind, posting_id)) from None
