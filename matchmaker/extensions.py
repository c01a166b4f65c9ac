"""What one running application holds: settings, database, search engine, encoder and reference, opened on first use."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property

from flask import Flask, current_app, g, request
from flask_babel import Babel
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Session

from matchmaker.config import Settings
from matchmaker.database import Database
from matchmaker.recommender.market import Market
from matchmaker.recommender.reference import Reference, load_reference
from search import EmbeddedEngine, Encoder, Engine, VectorCache, embed
from search.engine import Vector

login_manager = LoginManager()
csrf = CSRFProtect()
babel = Babel()


@dataclasses.dataclass
class Portal:
    """The handles of one application; each is opened when first asked for."""

    settings: Settings
    database: Database

    @cached_property
    def engine(self) -> Engine:
        """Open the search engine over an index in a folder of its own."""
        return EmbeddedEngine(self.settings.portal_var / "index", self.encoder.fingerprint)

    @cached_property
    def encoder(self) -> Encoder:
        """Make the encoder; the model itself is read at its first text."""
        return Encoder() if self.settings.encoder == "builtin" else Encoder(self.settings.encoder)

    @cached_property
    def vectors(self) -> VectorCache:
        """Open the cache of vectors, which outlives every index."""
        return VectorCache(self.settings.portal_var / "vectors.db")

    @cached_property
    def market(self) -> Market:
        """Make the market in memory; it reads the tables when it is first refreshed."""
        return Market(self._load_reference, spreads=self.settings.exposure)

    def _load_reference(self, session: Session) -> Reference:
        return load_reference(session, self.encoder, self.vectors)

    @property
    def reference(self) -> Reference:
        """Return the reference facts that the recommender reads, as they are in the tables now."""
        with self.database.reading() as session:
            return self.market.load_reference(session)

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Sequence[Vector]:
        """Return one vector for each text, from the cache where it was seen before."""
        return list(embed(self.encoder, self.vectors, texts, progress))


def portal() -> Portal:
    """Return the handles of the current application."""
    handles: Portal = current_app.extensions["portal"]
    return handles


def db() -> Session:
    """Return this request's session: reading for GET, writing for everything else, closed at its end."""
    if "session" not in g:
        g.session = portal().database.session(write=request.method not in ("GET", "HEAD", "OPTIONS"))
    session: Session = g.session
    return session


@contextmanager
def read_session() -> Iterator[Session]:
    """Open a reading session outside a request."""
    with portal().database.reading() as session:
        yield session


@contextmanager
def write_session() -> Iterator[Session]:
    """Open a writing session outside a request, or beside a request's reading one."""
    with portal().database.writing() as session:
        yield session


@contextmanager
def note_session() -> Iterator[Session]:
    """Open a writing session beside a request's reading one, for what is rather left out than waited for."""
    with portal().database.noting() as session:
        yield session


def close_session(error: BaseException | None) -> None:
    """Close the request's session; what was not committed is gone."""
    session = g.pop("session", None)
    if session is not None:
        session.close()


def attach(app: Flask, settings: Settings) -> None:
    """Give the application its handles."""
    app.extensions["portal"] = Portal(settings, Database(settings.url_of_database))
    app.teardown_appcontext(close_session)
    csrf.init_app(app)
    babel.init_app(app, default_locale="zh_Hans_CN", locale_selector=lambda: "zh_Hans_CN")
    login_manager.init_app(app)
