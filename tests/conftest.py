"""The stage: real databases, a real application, the real model, a small cast, and no network."""

import datetime as dt
import ipaddress
import os
import secrets
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker import create_app, visits
from matchmaker.config import Settings
from matchmaker.database import Database
from models import AuthSession, User, now
from search import EmbeddedEngine, Encoder, VectorCache
from tests import needs
from tests.cast import PASSWORD, Cast, assemble
from tests.client import PortalClient
from tests.databases import Databases, PostgresDatabase, SqliteFiles

# One thread computes: two on two cores are slower than one.
os.environ.setdefault("OMP_NUM_THREADS", "1")

SignIn = Callable[[FlaskClient, User], FlaskClient]
START = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


# --- databases ---------------------------------------------------------------


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever touches the database on SQLite and on PostgreSQL, but pages and browsers on SQLite only."""
    if "dialect" in metafunc.fixturenames:
        only = {"sqlite_only", "browser"} & {mark.name for mark in metafunc.definition.iter_markers()}
        dialects = ["sqlite"] if only else ["sqlite", "postgresql"]
        metafunc.parametrize("dialect", dialects, indirect=True, scope="session")


@pytest.fixture(scope="session")
def dialect(request: pytest.FixtureRequest) -> str:
    """Name the database under test, or skip where this machine has none."""
    name: str = request.param
    if name == "postgresql" and not os.environ.get("TEST_POSTGRES_URL"):
        pytest.skip(needs.POSTGRESQL)
    return name


@pytest.fixture(scope="session")
def databases(dialect: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Prepare a migrated database to make clean ones from."""
    made: Databases = (
        SqliteFiles(tmp_path_factory.mktemp("template"))
        if dialect == "sqlite"
        else PostgresDatabase(os.environ["TEST_POSTGRES_URL"])
    )
    yield made
    made.close()


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> Iterator[str]:
    """Lend the address of a clean, migrated database."""
    yield databases.lend(tmp_path)
    databases.take_back()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Open a clean database."""
    opened = Database(database_url)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Open a writing session."""
    with database.writing() as opened:
        yield opened


# --- the application ---------------------------------------------------------


@pytest.fixture
def portal_settings(database_url: str, tmp_path: Path) -> Settings:
    """Set up a portal of its own, as in development; everything it writes lies in the test's folder."""
    return Settings(portal_var=tmp_path / "var", database_url=database_url, secret_key="k" * 40)


@pytest.fixture
def app(portal_settings: Settings, shared_encoder: Encoder, vectors: VectorCache) -> Iterator[Flask]:
    """Build the application as a server would; tokens against forgery are asked for as in production.

    Only the model and the vectors of texts seen before are shared between tests, since reading it takes seconds.
    """
    made = create_app(portal_settings)
    made.extensions["portal"].encoder, made.extensions["portal"].vectors = shared_encoder, vectors
    made.test_client_class = PortalClient
    yield made
    made.extensions["portal"].database.engine.dispose()


@pytest.fixture
def client(app: Flask) -> PortalClient:
    """Open a browser that nobody is signed in with; `app.test_client()` opens another."""
    made = app.test_client()
    assert isinstance(made, PortalClient)
    return made


@pytest.fixture
def sign_in(database: Database) -> SignIn:
    """Sign somebody in without the form: the visit's row is written, the browser gets the cookie."""

    def sign_in(client: FlaskClient, user: User) -> FlaskClient:
        key = secrets.token_urlsafe(32)
        moment = now()
        with database.writing() as session:
            session.add(AuthSession(key_hash=visits._hash(key), user_id=user.id, started_at=moment, seen_at=moment))
            session.commit()
        with client.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"] = key
            cookie["_fresh"] = True
        return client

    return sign_in


@pytest.fixture
def sign_in_by_form() -> SignIn:
    """Sign somebody in as people do: page, address, password, button."""

    def sign_in(client: FlaskClient, user: User) -> FlaskClient:
        assert isinstance(client, PortalClient)
        answer = client.submit("/sign-in", {"email": user.email, "password": PASSWORD})
        assert answer.status_code == 302, "the sign-in form sends a known user on"
        return client

    return sign_in


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at nine in the morning of the first day; `clock.shift(…)` moves it."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast(session: Session) -> Cast:
    """Put the cast and a little reference data into the database, with rows around them that nobody asks for."""
    return assemble(session)


# --- finding -----------------------------------------------------------------


@pytest.fixture
def engine(tmp_path: Path, shared_encoder: Encoder) -> EmbeddedEngine:
    """Open a search engine over the index that `app` reads, too."""
    return EmbeddedEngine(tmp_path / "var" / "index", shared_encoder.fingerprint)


@pytest.fixture(scope="session")
def shared_encoder() -> Encoder:
    """Make the one encoder of this run; it reads the model when the first text comes."""
    return Encoder()


@pytest.fixture(scope="session")
def encoder(shared_encoder: Encoder) -> Encoder:
    """Read the real model now."""
    shared_encoder.warm()
    return shared_encoder


@pytest.fixture(scope="session")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> VectorCache:
    """Keep the vectors of texts that several tests use, such as the noise rows."""
    return VectorCache(tmp_path_factory.mktemp("vectors") / "vectors.db")


# --- the network -------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def connect_nearby(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host and host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise AssertionError(f"a test wants to leave this machine: {host}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_nearby)
        yield


# --- what was left out -------------------------------------------------------


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one closing paragraph what this machine could not run, and which command brings it."""
    skipped = _reasons_of_skips(terminalreporter)
    if not skipped:
        return
    terminalreporter.section("left out on this machine")
    for reason, count in skipped.most_common():
        terminalreporter.write_line(f"{count} skipped, {reason}.")
        if reason in needs.BRINGS:
            terminalreporter.write_line(f"    To run them: {needs.BRINGS[reason]}")
    terminalreporter.write_line(f"On a fresh Debian machine {needs.EVERYTHING} brings everything.")
    if _is_ci():
        terminalreporter.write_line("With CI=true nothing may be skipped, so this run has failed.", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run of the continuous integration that left anything out."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and _is_ci() and _reasons_of_skips(reporter) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _reasons_of_skips(reporter: pytest.TerminalReporter) -> Counter[str]:
    reports = reporter.stats.get("skipped", [])
    return Counter(report.longrepr[2].removeprefix("Skipped: ") for report in reports)


def _is_ci() -> bool:
    return os.environ.get("CI", "").lower() == "true"
