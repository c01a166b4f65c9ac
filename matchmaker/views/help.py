"""How to use the portal, where its data come from, and what it does for everyone's access."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from matchmaker.access import Rule, allow

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
@allow(Rule.PUBLIC)
def show() -> ResponseReturnValue:
    """Explain posting, matching, privacy and sources on one page."""
    return render_template("help/show.html")


@blueprint.get("/accessibility")
@allow(Rule.PUBLIC)
def accessibility() -> ResponseReturnValue:
    """State what works for whom, and what does not yet."""
    return render_template("help/accessibility.html")
