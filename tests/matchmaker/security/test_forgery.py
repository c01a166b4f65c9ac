"""A5: no other site can act in a visitor's name, and looking changes nothing."""

import pytest
from flask import Flask

from matchmaker.database import Database
from tests.matchmaker.security.conftest import Browser
from tests.matchmaker.security.world import ROLES, World, every_address, fingerprint

pytestmark = pytest.mark.sqlite_only


@pytest.mark.parametrize("forgery", ["no token", "a foreign token", "a token of nobody", "an empty token"])
def test_an_act_without_the_visitors_own_token_changes_nothing(
    app: Flask, world: World, database: Database, browser_of: Browser, forgery: str
) -> None:
    tokens = {
        "no token": {},
        "a foreign token": {"csrf_token": browser_of(world.cast.outsider).token("/help")},
        "a token of nobody": {"csrf_token": "IjEyMyI.Zx.abc"},
        "an empty token": {"csrf_token": ""},
    }
    before = fingerprint(database)
    wrong = []
    for endpoint, _ in every_address(app, world, None, "POST"):
        user = world.admitted(app, endpoint)
        url = next(url for name, url in every_address(app, world, user, "POST") if name == endpoint)
        client = browser_of(user)
        # The visitor has looked at a page, so that a token of her own exists.
        client.get("/help")
        answer = client.post(url, data=tokens[forgery])
        if answer.status_code != 400:
            wrong.append(f"{url}: {answer.status_code}")
    assert wrong == []
    assert fingerprint(database) == before


def test_the_token_is_taken_from_a_header_too_but_only_ones_own(world: World, browser_of: Browser) -> None:
    """htmx sends it so."""
    client, other = browser_of(world.cast.owner), browser_of(world.cast.outsider)
    stolen = other.token("/help")
    assert client.post("/sign-out", headers={"X-CSRFToken": stolen}).status_code == 400
    assert client.post("/sign-out", headers={"X-CSRFToken": client.token("/help")}).status_code == 302


@pytest.mark.parametrize("role", ROLES)
def test_looking_at_everything_changes_nothing(
    app: Flask, world: World, database: Database, browser_of: Browser, role: str
) -> None:
    user = world.people[role]
    client = browser_of(user)
    before = fingerprint(database)
    for _, url in every_address(app, world, user):
        client.get(url).close()
        client.head(url).close()
    assert fingerprint(database) == before
