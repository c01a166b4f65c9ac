"""Whether the process lives, and whether it can serve."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from matchmaker.access import Rule, allow
from matchmaker.extensions import db, portal
from models import OutboxEntry
from search import SearchError

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@allow(Rule.PUBLIC)
def alive() -> ResponseReturnValue:
    """Answer that the process lives."""
    return jsonify(status="alive")


@blueprint.get("/readyz")
@allow(Rule.PUBLIC)
def ready() -> ResponseReturnValue:
    """Answer whether database and index serve; a missing index degrades, it does not fail."""
    waiting = db().scalar(select(func.count()).select_from(OutboxEntry))
    try:
        indexed = portal().engine.count()
    except SearchError:
        return jsonify(status="degraded", outbox=waiting, index=None)
    return jsonify(status="ready", outbox=waiting, index=indexed)
