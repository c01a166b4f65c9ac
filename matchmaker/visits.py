"""Being signed in: the cookie holds a random key, the database holds its hash, and both limits of a visit."""

import datetime as dt
import hashlib
import secrets

from flask import session as cookie
from flask_login import login_user, logout_user
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matchmaker.extensions import db, login_manager, write_session
from models import AuthSession, User, now

IDLE = dt.timedelta(minutes=30)
IDLE_STAFF = dt.timedelta(minutes=15)
ABSOLUTE = dt.timedelta(hours=12)
# A visit's last sign of life is written at most this often, so that reading stays reading.
TOUCH = dt.timedelta(minutes=1)
# What counts as new for somebody whose last visit is not known.
A_WEEK = dt.timedelta(days=7)


class Visitor:
    """A signed-in person, as Flask-Login wants to hold it; its id is the visit's key, never the account's."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, user: User, key: str) -> None:
        """Join the person and the visit's key."""
        self.user, self.key = user, key

    def get_id(self) -> str:
        """Return what the cookie keeps."""
        return self.key


def begin(session: Session, user: User) -> None:
    """Start a visit under a fresh key; whatever the cookie held before is gone."""
    key = secrets.token_urlsafe(32)
    moment, previous = now(), user.last_visit_at
    session.execute(delete(AuthSession).where(AuthSession.started_at < moment - ABSOLUTE))
    session.add(AuthSession(key_hash=_hash(key), user_id=user.id, started_at=moment, seen_at=moment))
    user.last_visit_at = moment
    session.commit()
    cookie.clear()
    login_user(Visitor(user, key))
    # The row holds when this visit began; what is new since the one before is asked all through this one.
    cookie["previous_visit"] = previous.isoformat() if previous else None


def previous_visit() -> dt.datetime | None:
    """Return when this person came before, as far as this visit knows."""
    text = cookie.get("previous_visit")
    return dt.datetime.fromisoformat(text) if text else None


def new_since() -> dt.datetime:
    """Return since when something is new to this person."""
    return previous_visit() or now() - A_WEEK


def end(session: Session, key: str) -> None:
    """End one visit: every copy of its cookie is worthless from now on."""
    session.execute(delete(AuthSession).where(AuthSession.key_hash == _hash(key)))
    session.commit()
    logout_user()
    cookie.clear()


@login_manager.user_loader
def load(key: str) -> Visitor | None:
    """Return the visitor of a living visit, or nobody."""
    visit = db().scalar(select(AuthSession).where(AuthSession.key_hash == _hash(key)))
    if visit is None or not visit.user.is_active or _is_over(visit):
        return None
    if now() - visit.seen_at >= TOUCH:
        _touch(visit.id)
    return Visitor(visit.user, key)


def _is_over(visit: AuthSession) -> bool:
    idle = IDLE_STAFF if visit.user.is_staff else IDLE
    return now() - visit.seen_at >= idle or now() - visit.started_at >= ABSOLUTE


def _touch(visit_id: int) -> None:
    if db().get_bind().dialect.name == "sqlite" and db().in_transaction() and _is_writing():
        # SQLite has one writer: this request already is it.
        visit = db().get(AuthSession, visit_id)
        if visit is not None:
            visit.seen_at = now()
        return
    with write_session() as session:
        visit = session.get(AuthSession, visit_id)
        if visit is not None:
            visit.seen_at = now()
            session.commit()


def _is_writing() -> bool:
    return db().connection().get_execution_options().get("sqlite_begin") == "IMMEDIATE"


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
