"""What every answer carries: headers that close a browser's doors, and names of assets that never go stale."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, abort, request, url_for
from flask_login import current_user
from werkzeug.routing import IntegerConverter, Map

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
A_YEAR = 31_536_000


class RowNumber(IntegerConverter):
    """A row's number in an address: one that no database could hold is no address of ours."""

    def __init__(self, url_map: Map) -> None:
        """Accept what fits PostgreSQL's integer."""
        super().__init__(url_map, max=2**31 - 1)


def harden(app: Flask, is_production: bool) -> None:
    """Put the headers on every answer, errors and static files included."""

    @app.before_request
    def refuse_nul() -> None:
        # PostgreSQL holds no such character, and no browser sends one.
        typed = (*request.args.listvalues(), *request.form.listvalues(), [request.path])
        if any("\x00" in value for values in typed for value in values):
            abort(400)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if is_production:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}; includeSubDomains")
        if request.endpoint == "static":
            response.headers.setdefault("Cache-Control", "no-cache")
            if request.args.get("v") and response.status_code in (200, 304):
                response.cache_control.max_age = A_YEAR
                response.cache_control.immutable = True
                response.cache_control.public = True
                response.cache_control.no_cache = None
        elif current_user and current_user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        else:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response


def add_assets(app: Flask) -> None:
    """Let templates name a static file by its content, so that browsers may keep it for a year."""
    folder = Path(app.static_folder or "")

    @cache
    def digest(name: str) -> str:
        return hashlib.sha256((folder / name).read_bytes()).hexdigest()[:12]

    @app.template_global()
    def asset(name: str) -> str:
        """Return the address of a static file with its content's hash."""
        return url_for("static", filename=name, v=digest(name))


def local_path(target: str | None, otherwise: str) -> str:
    """Return a path of this portal to go on to; whatever a browser could read as another site's is not taken.

    Browsers take a backslash for a slash and drop tabs and line ends, so neither may occur.
    """
    if not target or not target.startswith("/") or target.startswith("//"):
        return otherwise
    if "\\" in target or any(ord(character) <= 0x20 or ord(character) == 0x7F for character in target):
        return otherwise
    return target
