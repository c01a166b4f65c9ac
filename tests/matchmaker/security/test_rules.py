"""A1: every route declares who may ask for it, and nobody else is let in."""

from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from matchmaker.access import Rule, rule_of
from matchmaker.kinds import kinds_of
from models import User
from tests.client import PortalClient
from tests.matchmaker.security.conftest import Browser
from tests.matchmaker.security.world import ROLES, World, every_address

pytestmark = pytest.mark.sqlite_only

ALLOWED = {
    line
    for line in (Path(__file__).parent / "anonymous_routes.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
}


def test_every_route_declares_its_rule(app: Flask) -> None:
    assert [endpoint for endpoint in app.view_functions if rule_of(app, endpoint) is None] == []


def test_only_what_the_list_names_is_open_to_everybody(app: Flask) -> None:
    assert {endpoint for endpoint in app.view_functions if rule_of(app, endpoint) is Rule.PUBLIC} == ALLOWED


def test_a_view_without_a_rule_answers_nobody(app: Flask, world: World, browser_of: Browser) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "open")
    for user in world.people.values():
        assert browser_of(user).get("/forgotten").status_code == 403


@pytest.mark.parametrize("role", ROLES)
def test_every_route_admits_whom_its_rule_admits(app: Flask, world: World, browser_of: Browser, role: str) -> None:
    user = world.people[role]
    client = browser_of(user)
    wrong = [
        f"{endpoint} {url}: {verdict}, rule {rule_of(app, endpoint)}"
        for endpoint, url in every_address(app, world, user)
        if not _agree(verdict := _verdict(client.get(url)), _expected(app, endpoint, user))
    ]
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_every_act_admits_whom_its_rule_admits(app: Flask, world: World, browser_of: Browser, role: str) -> None:
    user = world.people[role]
    wrong = []
    for endpoint, url in every_address(app, world, user, "POST"):
        # Signing out, for one, ends the visit, so everybody comes anew.
        client = browser_of(user)
        verdict = _verdict(client.press(url, page="/help"))
        if not _agree(verdict, _expected(app, endpoint, user)):
            wrong.append(f"{endpoint} {url}: {verdict}, rule {rule_of(app, endpoint)}")
    assert wrong == []


def test_who_is_sent_to_sign_in_comes_back_to_where_he_wanted_to_go(world: World, client: PortalClient) -> None:
    answer = client.get("/account?from=mail")
    assert answer.location == "/sign-in?next=/account?from%3Dmail"


def _expected(app: Flask, endpoint: str, user: User | None) -> str:
    rule = rule_of(app, endpoint)
    assert rule is not None
    if not rule.admits(user):
        if user is None:
            return "sent to sign in"
        # Somebody of another side learns nothing about a thing, not even that it is there.
        return "not found" if names_a_thing(app, endpoint) else "refused"
    if endpoint == "postings.new" and user is not None and not kinds_of(user.side):
        # Staff may ask, and are told that their side publishes nothing.
        return "refused"
    return "admitted"


def names_a_thing(app: Flask, endpoint: str) -> bool:
    """Say whether the route's address names a row: by a number, or by a park's code."""
    (rule, *_others) = app.url_map.iter_rules(endpoint)
    return any(name == "code" or name.endswith("_id") for name in rule.arguments)


def _agree(verdict: str, expected: str) -> bool:
    """Say whether the answer is the one that the rule declares; who is admitted may still not find the thing."""
    return verdict == expected or (expected == "admitted" and verdict == "not found")


def _verdict(answer: TestResponse) -> str:
    answer.close()
    assert answer.status_code < 500, f"{answer.request.path} answers {answer.status_code}"
    if answer.status_code == 404:
        return "not found"
    if answer.status_code == 403:
        return "refused"
    if answer.status_code == 302 and answer.location.startswith("/sign-in"):
        return "sent to sign in"
    return "admitted"
