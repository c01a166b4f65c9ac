"""A park's manager keeps its directory entry; staff vouch for what it says."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models import AuditEvent, Park, User, now
from models.vocabulary import ParkVerification, Term

# What a manager may state. Name, level, type and place are the directory's, and change only with its source.
EDITABLE = (
    "leading_industries",
    "customs_facilities",
    "chemical_status",
    "chemical_as_of",
    "chemical_source",
    "approved_area_ha",
    "area_basis",
    "note",
)
EDITED = "park.edited"
# Both acts vouch for the whole entry: a claim that staff accept, and a later look at what was changed.
VOUCHED = ("park.confirmed", "park.entry_confirmed")


class EntryChanged(ValueError):
    """Somebody saved the entry since this person opened it; nothing was overwritten."""


def edit(session: Session, park: Park, values: Mapping[str, Any], actor: User, expected_version: int) -> bool:
    """State the entry anew, unless it changed meanwhile; return whether anything is different now.

    What the manager states counts as the park's own word until staff confirm it again.
    """
    if park.version != expected_version:
        raise EntryChanged
    changes = {
        name: [_plain(getattr(park, name)), _plain(values[name])]
        for name in EDITABLE
        if name in values and getattr(park, name) != values[name]
    }
    if not changes:
        return False
    for name in changes:
        setattr(park, name, values[name])
    park.verification, park.verified_at = ParkVerification.CLAIMED, None
    session.add(AuditEvent.of(actor, EDITED, "park", park.code, changes=changes))
    _commit(session)
    return True


def confirm(session: Session, park: Park, actor: User, expected_version: int) -> None:
    """Vouch for the entry as the reviewer read it."""
    if park.version != expected_version:
        raise EntryChanged
    park.verification, park.verified_at = ParkVerification.CONFIRMED, now()
    session.add(AuditEvent.of(actor, VOUCHED[1], "park", park.code))
    _commit(session)


def unconfirmed_changes(session: Session, park: Park) -> dict[str, Any]:
    """Return what the manager has changed since staff last vouched for the entry: field name to the value before."""
    before: dict[str, Any] = {}
    events = session.scalars(
        select(AuditEvent)
        .where(
            AuditEvent.subject_kind == "park",
            AuditEvent.subject_id == park.code,
            AuditEvent.action.in_((EDITED, *VOUCHED)),
        )
        .order_by(AuditEvent.id.desc())
    )
    for event in events:
        if event.action in VOUCHED:
            break
        # Read backwards, so the oldest value is the one that stays.
        before |= {name: change[0] for name, change in event.detail["changes"].items()}
    return {name: value for name, value in before.items() if value != _plain(getattr(park, name))}


def _plain(value: Any) -> Any:
    if isinstance(value, Term):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else value


def _commit(session: Session) -> None:
    try:
        session.commit()
    except StaleDataError:
        # On PostgreSQL two editors may pass the check above at the same time; the row's version tells them apart.
        session.rollback()
        raise EntryChanged from None
