"""I7: no database and no index takes what somebody types for a part of the question."""

import re
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from matchmaker.database import Database
from models import Base, Posting, User
from search.sync import drain
from tests.client import Forms, PortalClient
from tests.matchmaker.security.conftest import Browser
from tests.matchmaker.security.payloads import INJECTIONS
from tests.matchmaker.security.world import World, address, fingerprint, routes

pytestmark = pytest.mark.model

NONSENSE = "没有这样的值"
# Where a page of the market keeps its state; each is asked with every name that its own form and links use.
LISTS = ("/search", "/parks", "/clauses", "/rules", "/rules/HC12", "/desk", "/review")
ALWAYS = ("q", "kind", "sort", "view", "page", "size", "order", "id", "region", "filter")


@pytest.fixture
def indexed(app: Flask, world: World, database: Database) -> World:
    """Put the world into the index, as the worker would."""
    handles = app.extensions["portal"]
    while drain(database.writing, handles.engine, handles.embed).taken:
        pass
    return world


def names_on(client: PortalClient, page: str) -> set[str]:
    """Collect the names of everything that the page's own filters ask by."""
    text = client.get(page, follow_redirects=True).text
    return {name for form in Forms(text).found if form.method == "get" for name in form.values} | set(ALWAYS)


def rows_on(client: PortalClient, page: str, name: str, value: str) -> tuple[int, frozenset[str]]:
    """Ask a list with one parameter, and return its status and the things it shows."""
    with client.get(page, query_string={name: value}) as answer:
        assert answer.status_code < 500, f"{page}?{name}={value[:40]} answers {answer.status_code}"
        links = {piece.partition('"')[0] for piece in answer.text.split('href="')[1:]}
    return answer.status_code, frozenset(link for link in links if re.match(r"/(postings/\d|parks/HN)", link))


@pytest.mark.parametrize("role", ["anonymous", "owner", "reviewer"])
def test_a_filter_takes_no_orders(
    app: Flask, indexed: World, database: Database, browser_of: Browser, role: str
) -> None:
    """An injected value shows nothing that a nonsense value would not show: it neither widens nor breaks a list."""
    client = browser_of(indexed.people[role])
    before = fingerprint(database)
    wider = []
    for page in LISTS:
        everything = rows_on(client, page, "", "")[1]
        for name in sorted(names_on(client, page) - {"csrf_token"}):
            plain = rows_on(client, page, name, NONSENSE)[1]
            for payload in INJECTIONS[:: 1 if name == "q" else 3 if name in ("sort", "kind") else 12]:
                status, rows = rows_on(client, page, name, payload)
                if not rows <= everything | plain:
                    wider.append((page, name, payload[:40]))
                if status not in (200, 302, 400, 403, 404, 414):
                    wider.append((page, name, payload[:40], status))
    assert wider == []
    assert fingerprint(database) == before


def test_an_address_takes_no_orders(app: Flask, world: World, browser_of: Browser) -> None:
    wrong = []
    for route in routes(app, "GET"):
        user = world.admitted(app, route.endpoint)
        client, examples = browser_of(user), world.examples(user)
        for word in route.arguments - {"filename"} - set(route.defaults or {}):
            pattern = address(app, route, **examples)
            for payload in INJECTIONS:
                url = pattern.replace(f"/{examples[word]}", "/" + quote(payload, safe=""), 1)
                with client.get(url) as answer:
                    # A slash in the payload may make it another page's address, and an escaped one the same.
                    if answer.status_code not in (302, 308, 400, 404):
                        wrong.append((url[:80], answer.status_code))
    assert wrong == []


@pytest.mark.parametrize(
    "payload", [p for p in INJECTIONS if "\x00" not in p and 0 < len(p) <= 60 and p.strip()], ids=str
)
def test_what_is_typed_is_kept_as_it_was_typed(
    world: World, session: Session, browser_of: Browser, payload: str
) -> None:
    answer = browser_of(world.cast.owner).submit("/account/contact", {"name": payload})
    assert answer.status_code == 302
    assert session.scalar(select(User.name).where(User.id == world.cast.owner.id)) == payload


def test_every_form_survives_every_order(
    app: Flask, world: World, database: Database, session: Session, browser_of: Browser
) -> None:
    """Whoever puts an order into every field of every form gets an answer, and the tables stay."""
    for payload in INJECTIONS[::12]:
        for role in ("anonymous", "owner", "reviewer"):
            user = world.people[role]
            for route in routes(app, "POST"):
                client = browser_of(user)
                url = address(app, route, **world.examples(user))
                fields = _fields(client, url) if "GET" in (route.methods or ()) else {"words", "reason", "version"}
                data = dict.fromkeys(fields, payload) | {"csrf_token": client.token("/help")}
                with client.post(url, data=data) as answer:
                    assert answer.status_code < 500, f"{url} answers {answer.status_code} to {payload[:40]!r}"
    assert set(inspect(database.engine).get_table_names()) >= set(Base.metadata.tables)
    assert session.scalar(select(Posting.id).where(Posting.id == world.need.id)) == world.need.id


def _fields(client: PortalClient, url: str) -> set[str]:
    with client.get(url) as answer:
        return {name for form in Forms(answer.text).found for name in form.values}


@pytest.mark.parametrize("payload", ["' OR '1'='1' --", "lin@example.com' --", "%@example.com", "_in@example.com", "*"])
def test_nobody_signs_in_by_an_order(world: World, browser_of: Browser, payload: str) -> None:
    for values in ({"email": payload, "password": "x"}, {"email": "lin@example.com", "password": payload}):
        assert browser_of(None).submit("/sign-in", values).status_code in (422, 429)
