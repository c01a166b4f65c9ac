"""Guessing passwords: slow in every worker and after every restart, and it tells nobody who has an account."""

import re
import statistics
import time

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from matchmaker import create_app
from matchmaker.config import Settings
from models import SignInAttempt
from tests.cast import PASSWORD
from tests.client import PortalClient
from tests.matchmaker.security.world import World

pytestmark = pytest.mark.sqlite_only


def worker(settings: Settings) -> PortalClient:
    """Start one more process's worth of the application on the same database."""
    app = create_app(settings)
    app.test_client_class = PortalClient
    client = app.test_client()
    assert isinstance(client, PortalClient)
    return client


def guess(client: PortalClient, email: str, password: str = "wrong") -> int:
    return client.submit("/sign-in", {"email": email, "password": password}).status_code


def test_failures_count_across_workers_and_restarts(portal_settings: Settings, world: World) -> None:
    first, second = worker(portal_settings), worker(portal_settings)
    answers = [guess(client, "lin@example.com") for client in (first, second, first, second)]
    restarted = worker(portal_settings)
    answers += [guess(restarted, "lin@example.com"), guess(first, "lin@example.com", PASSWORD)]
    assert answers == [422] * 5 + [429]
    for client in (first, second, restarted):
        client.application.extensions["portal"].database.engine.dispose()


def test_a_disabled_an_unknown_and_a_known_account_are_answered_alike(
    client: PortalClient, world: World, session: Session
) -> None:
    world.cast.outsider.is_active = False
    session.commit()
    pages = set()
    for email in ("lin@example.com", "nobody@example.com", "sun@example.com"):
        form = client.form("/sign-in")
        answer = client.post("/sign-in", data=form.values | {"email": email, "password": PASSWORD + "x"})
        # The address itself is shown back, and every answer carries a token of its own.
        pages.add((answer.status_code, re.sub(r"[\w.-]{60,}", "", answer.text.replace(email, ""))))
    assert len(pages) == 1


def test_an_unknown_account_takes_as_long_as_a_known_one(client: PortalClient, world: World, session: Session) -> None:
    """The medians differ by less than 15 ms, as promise A9 measures it."""
    form = client.form("/sign-in")
    took: dict[str, list[float]] = {"lin@example.com": [], "nobody@example.com": []}
    for _ in range(30):
        for email, times in took.items():
            session.execute(delete(SignInAttempt))
            session.commit()
            before = time.perf_counter()
            answer = client.post("/sign-in", data=form.values | {"email": email, "password": "wrong"})
            times.append(time.perf_counter() - before)
            assert answer.status_code == 422
    known, unknown = (statistics.median(times) for times in took.values())
    assert abs(known - unknown) < 0.015
