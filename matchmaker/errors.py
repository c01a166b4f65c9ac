"""What a visitor reads when something can't be done; nothing typed and nothing secret is shown back."""

import structlog
from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

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

    @app.errorhandler(CSRFError)
    def forged(error: CSRFError) -> ResponseReturnValue:
        return render_template("errors/400.html", expired=True), 400

    @app.errorhandler(OperationalError)
    def database_is_away(error: OperationalError) -> ResponseReturnValue:
        log.error("database unavailable", kind=type(error.orig).__name__)
        return render_template("errors/503.html"), 503, {"Retry-After": "10"}

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> ResponseReturnValue:
        log.exception("unforeseen error")
        return render_template("errors/500.html"), 500
