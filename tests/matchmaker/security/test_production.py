"""A14: production does not start with what is only good for trying out."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from matchmaker import config, create_app, sample_guard
from matchmaker.config import ROOT, Settings, WrongSetting
from models import User
from models.vocabulary import Side
from tests.matchmaker.security.world import World

pytestmark = pytest.mark.sqlite_only

GOOD = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "0b3f9c1de8a74526af10c2d4e6b8795a",
    "DATABASE_URL": "postgresql://portal@db/portal",
    "PUBLIC_URL": "https://portal.example",
}
WRONG = {
    "debug": ({"DEBUG": "1"}, "DEBUG"),
    "no key": ({"SECRET_KEY": ""}, "SECRET_KEY"),
    "a short key": ({"SECRET_KEY": "0b3f9c1de8a74526"}, "SECRET_KEY"),
    "a key of one letter": ({"SECRET_KEY": "k" * 40}, "SECRET_KEY"),
    "a key out of a tutorial": ({"SECRET_KEY": "changeme" * 5}, "SECRET_KEY"),
    "a file as database": ({"DATABASE_URL": "sqlite:///market.db"}, "DATABASE_URL"),
    "no database": ({"DATABASE_URL": ""}, "DATABASE_URL"),
    "http": ({"PUBLIC_URL": "http://portal.example"}, "PUBLIC_URL"),
    "no address": ({"PUBLIC_URL": ""}, "PUBLIC_URL"),
    "an unknown environment": ({"PORTAL_ENV": "prod"}, "PORTAL_ENV"),
}


def test_what_is_right_is_taken() -> None:
    assert config.read(GOOD).is_production


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_in_one_sentence(case: str) -> None:
    change, name = WRONG[case]
    with pytest.raises(WrongSetting) as stopped:
        config.read(GOOD | change)
    assert name in str(stopped.value)
    assert "\n" not in str(stopped.value)
    assert GOOD["SECRET_KEY"] not in str(stopped.value)


def test_the_server_stops_with_that_sentence_and_no_traceback() -> None:
    environment = {"PATH": os.environ["PATH"], **GOOD, "DEBUG": "1"}
    ended = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode != 0
    assert "DEBUG must be off in production" in ended.stderr
    assert "Traceback" not in ended.stderr


# --- sample accounts ---


@pytest.fixture
def production(portal_settings: Settings, world: World) -> Iterator[Flask]:
    """Build a production instance; only its database is the test's own."""
    app = create_app(
        portal_settings.model_copy(update={"portal_env": "production", "public_url": "https://portal.example"})
    )
    yield app
    app.extensions["portal"].database.engine.dispose()


@pytest.fixture
def sample_account(session: Session, world: World) -> User:
    user = User(email="sample@example.com", password_hash="-", name="示例", side=Side.STAFF, is_sample=True)
    session.add(user)
    session.commit()
    return user


def _asks(app: Flask, path: str = "/healthz") -> int:
    return app.test_client().get(path, base_url="https://portal.example").status_code


def test_production_starts_and_serves_without_sample_accounts(production: Flask) -> None:
    sample_guard.refuse_to_start(production)
    assert _asks(production) == 200


def test_production_does_not_start_with_a_sample_account(production: Flask, sample_account: User) -> None:
    with pytest.raises(WrongSetting, match="sample accounts"):
        sample_guard.refuse_to_start(production)


def test_production_serves_nothing_while_there_is_a_sample_account(
    production: Flask, sample_account: User, session: Session
) -> None:
    assert {_asks(production, path) for path in ("/healthz", "/", "/sign-in", "/static/portal.css")} == {503}
    session.delete(sample_account)
    session.commit()
    assert _asks(production) == 200


def test_production_loads_no_sample_market(production: Flask) -> None:
    with production.app_context():
        run = production.test_cli_runner().invoke(args=["sample", "load"])
    assert (run.exit_code, run.output) == (
        1,
        "Error: Production holds no sample accounts: everybody can read their password.\n",
    )


def test_development_serves_its_sample_accounts(app: Flask, sample_account: User) -> None:
    sample_guard.refuse_to_start(app)
    assert app.test_client().get("/healthz").status_code == 200


def test_a_database_without_tables_stops_nobody(portal_settings: Settings, tmp_path: object) -> None:
    """The command that makes the tables starts the same application."""
    app = create_app(
        portal_settings.model_copy(
            update={
                "portal_env": "production",
                "public_url": "https://portal.example",
                "database_url": f"sqlite:///{tmp_path}/empty.db",
            }
        )
    )
    sample_guard.refuse_to_start(app)
    assert _asks(app) == 200
    app.extensions["portal"].database.engine.dispose()
