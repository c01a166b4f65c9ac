"""The web application: `create_app()` is its only door."""

import datetime as dt
import sys

import structlog
from flask import Flask
from structlog.tracebacks import ExceptionDictTransformer
from werkzeug.middleware.proxy_fix import ProxyFix

from matchmaker import access, config, extensions, printing, sample_guard, security
from matchmaker.cli import register_commands
from matchmaker.errors import register_errors
from matchmaker.views import BLUEPRINTS

MEBIBYTE = 1024 * 1024


def create_app(settings: config.Settings | None = None) -> Flask:
    """Build the application from its settings, or stop with a sentence about a wrong one."""
    settings = settings or config.read()
    app = Flask(__name__, template_folder=str(config.ROOT / "templates"))
    app.config.update(
        SECRET_KEY=config.secret_key(settings),
        TRUSTED_HOSTS=settings.hosts,
        MAX_CONTENT_LENGTH=2 * MEBIBYTE,
        MAX_FORM_MEMORY_SIZE=MEBIBYTE,
        MAX_FORM_PARTS=1000,
        SESSION_COOKIE_NAME="__Host-session" if settings.is_production else "portal_session",
        SESSION_COOKIE_SECURE=settings.is_production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=dt.timedelta(hours=12),
        # A long form must not die of age: the token lives as long as the cookie it is bound to.
        WTF_CSRF_TIME_LIMIT=None,
        PREFERRED_URL_SCHEME="https" if settings.is_production else "http",
        BABEL_TRANSLATION_DIRECTORIES=str(config.ROOT / "translations"),
    )
    app.url_map.converters["int"] = security.RowNumber
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies)  # type: ignore[method-assign]
    _log_as_json(settings)
    extensions.attach(app, settings)
    security.harden(app, settings.is_production)
    security.add_assets(app)
    sample_guard.refuse_to_serve(app)
    access.guard(app)
    printing.register(app)
    register_errors(app)
    register_commands(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _log_as_json(settings: config.Settings) -> None:
    # A traceback names files and lines, never the values of variables: a form's values are somebody's.
    tracebacks = ExceptionDictTransformer(show_locals=False)
    render: list[structlog.typing.Processor] = (
        [structlog.processors.ExceptionRenderer(tracebacks), structlog.processors.JSONRenderer(ensure_ascii=False)]
        if settings.is_production
        else [
            structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback)
        ]
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *render,
        ],
        cache_logger_on_first_use=True,
    )
