"""What a visitor reads when something can't be done; nothing typed and nothing secret is shown back."""

import secrets

import structlog
from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

log = structlog.get_logger()
PAGES = {400, 403, 404, 409, 413, 429, 500, 503}


def register_errors(app: Flask) -> None:
    """Give every error its page."""

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None:
            return error.response
        code = error.code or 500
        page = code if code in PAGES else (500 if code >= 500 else 400)
        return render_template(f"errors/{page}.html"), code

    @app.errorhandler(SecurityError)
    def wrong_host(error: SecurityError) -> ResponseReturnValue:
        # A request for another host's page has no addresses of ours, so a page with links can't be made.
        return "400 Bad Request", 400, {"Content-Type": "text/plain"}

    @app.errorhandler(CSRFError)
    def forged(error: CSRFError) -> ResponseReturnValue:
        return render_template("errors/400.html", expired=True), 400

    @app.errorhandler(OperationalError)
    def database_is_away(error: OperationalError) -> ResponseReturnValue:
        log.error("database unavailable", kind=type(error.orig).__name__)
        return _without_context(app, 503), 503, {"Retry-After": "10"}

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> ResponseReturnValue:
        # The visitor quotes the reference, the operator finds the line by it.
        reference = secrets.token_hex(4)
        log.exception("unforeseen error", reference=reference)
        return _without_context(app, 500, reference=reference), 500


def _without_context(app: Flask, code: int, **values: object) -> str:
    """Render a page without asking who is looking, which would ask the database that may be the trouble."""
    return app.jinja_env.get_template(f"errors/{code}.html").render(**values)
