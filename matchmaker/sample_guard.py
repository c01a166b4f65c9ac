"""No sample account in production: the sample market's password is printed for everybody to read."""

import time

import structlog
from flask import Flask, abort
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from matchmaker.config import WrongSetting
from matchmaker.extensions import Portal
from models import User

log = structlog.get_logger()
# Somebody may load the sample market while the portal serves; this is how long it may go unseen.
LOOK_AGAIN_SECONDS = 60.0


def refuse_to_start(app: Flask) -> None:
    """Stop a production server whose database holds sample accounts, with a sentence."""
    portal: Portal = app.extensions["portal"]
    if portal.settings.is_production and _holds_samples(portal):
        raise WrongSetting("The database holds sample accounts; run `flask --app wsgi sample remove` before you serve.")


def refuse_to_serve(app: Flask) -> None:
    """Answer 503 in production while the database holds sample accounts."""
    portal: Portal = app.extensions["portal"]
    if not portal.settings.is_production:
        return
    trusted_until = 0.0

    @app.before_request
    def look_for_samples() -> None:
        nonlocal trusted_until
        if time.monotonic() < trusted_until:
            return
        holds = _holds_samples(portal)
        if holds:
            log.error("sample accounts in production", remedy="flask --app wsgi sample remove")
            abort(503)
        if holds is not None:
            trusted_until = time.monotonic() + LOOK_AGAIN_SECONDS


def _holds_samples(portal: Portal) -> bool | None:
    """Look for a sample account; None when the database is away or has no tables yet, so that nobody can sign in."""
    try:
        with portal.database.reading() as session:
            return session.scalar(select(User.id).where(User.is_sample).limit(1)) is not None
    except SQLAlchemyError:
        return None
