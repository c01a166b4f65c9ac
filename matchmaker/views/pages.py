"""Pages of words: what this is, the terms of use, what it does with what it is told, and where everything is."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from matchmaker.access import Rule, allow
from models import WORDING_VERSIONS
from models.vocabulary import ConsentPurpose

blueprint = Blueprint("pages", __name__)


@blueprint.get("/about")
@allow(Rule.PUBLIC)
def about() -> ResponseReturnValue:
    """Say what the portal is, and where its facts come from."""
    return render_template("pages/about.html")


@blueprint.get("/privacy")
@allow(Rule.PUBLIC)
def privacy() -> ResponseReturnValue:
    """State what personal information is kept, why, and who sees it."""
    return render_template("pages/privacy.html", version=WORDING_VERSIONS[ConsentPurpose.TERMS])


@blueprint.get("/terms")
@allow(Rule.PUBLIC)
def terms() -> ResponseReturnValue:
    """State the terms of use."""
    return render_template("pages/terms.html", version=WORDING_VERSIONS[ConsentPurpose.TERMS])


@blueprint.get("/sitemap")
@allow(Rule.PUBLIC)
def sitemap() -> ResponseReturnValue:
    """List the portal's pages."""
    return render_template("pages/sitemap.html")
