"""How often somebody may try a password: counted in the database, so across workers and restarts."""

import dataclasses
import datetime as dt
import hashlib
import ipaddress

from sqlalchemy import ColumnElement, delete, select, text
from sqlalchemy.orm import Session

from models import SignInAttempt, now


@dataclasses.dataclass(frozen=True)
class Limit:
    """So many failures within so long."""

    failures: int
    window: dt.timedelta


# Only the pair of account and address is held off: a stranger elsewhere can't lock the owner out.
PER_PAIR = Limit(5, dt.timedelta(minutes=15))
PER_ADDRESS = Limit(10, dt.timedelta(minutes=5))


class TooManyAttempts(Exception):
    """The next try must wait until an instant."""

    def __init__(self, until: dt.datetime) -> None:
        """Say until when."""
        super().__init__(until.isoformat())
        self.until = until


def check(session: Session, email: str, address: str) -> None:
    """Raise `TooManyAttempts` while this pair, or this address, has failed too often."""
    moment = now()
    waits = [
        _until(session, SignInAttempt.account_hash == _hash(email), address, PER_PAIR, moment),
        _until(session, None, address, PER_ADDRESS, moment),
    ]
    if until := max(filter(None, waits), default=None):
        raise TooManyAttempts(until)


def settle(session: Session, email: str, address: str, succeeded: bool) -> None:
    """Count the outcome of a try in a transaction of its own; a try beyond the limit learns nothing of its outcome.

    Tries that were compared at the same time are counted here one after the other, so that no burst
    gets more answers than the limit.
    """
    if session.get_bind().dialect.name == "postgresql":
        # SQLite has one writer at a time anyway.
        session.execute(text("LOCK TABLE sign_in_attempt IN SHARE ROW EXCLUSIVE MODE"))
    check(session, email, address)
    pair = (SignInAttempt.account_hash == _hash(email), SignInAttempt.address == _network(address))
    session.execute(delete(SignInAttempt).where(SignInAttempt.at <= now() - PER_PAIR.window))
    if succeeded:
        session.execute(delete(SignInAttempt).where(*pair))
    else:
        session.add(SignInAttempt(account_hash=_hash(email), address=_network(address), at=now()))
    session.commit()


def _until(
    session: Session, whose: ColumnElement[bool] | None, address: str, limit: Limit, moment: dt.datetime
) -> dt.datetime | None:
    failures = select(SignInAttempt.at).where(
        SignInAttempt.address == _network(address), SignInAttempt.at > moment - limit.window
    )
    if whose is not None:
        failures = failures.where(whose)
    latest = session.scalars(failures.order_by(SignInAttempt.at.desc()).limit(limit.failures)).all()
    return latest[-1] + limit.window if len(latest) == limit.failures else None


def _hash(email: str) -> str:
    return hashlib.sha256(email.encode()).hexdigest()


def _network(address: str) -> str:
    """Return the address that is counted: whoever has one IPv6 address has the whole /64."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:45]
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)
