"""A11: cookies and headers close a browser's doors, on every answer whatever its kind."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from matchmaker import create_app
from matchmaker.config import Settings
from matchmaker.security import HEADERS
from tests.cast import PASSWORD
from tests.client import PortalClient
from tests.matchmaker.security.conftest import Browser
from tests.matchmaker.security.world import World, every_address

pytestmark = pytest.mark.sqlite_only

ODD_ONES = ("/nowhere", "/static/nowhere.css", "/postings/0", "/postings/99999999999999999999", "/%00", "/parks/%ff")


def _open_doors(answer: TestResponse) -> list[str]:
    """List what an answer leaves open."""
    open_doors = [name for name, value in HEADERS.items() if answer.headers.get(name) != value]
    if "Cache-Control" not in answer.headers:
        open_doors.append("Cache-Control")
    if "Server" in answer.headers and "werkzeug" in answer.headers["Server"].lower():
        open_doors.append("Server")
    return open_doors


@pytest.mark.parametrize("role", ["anonymous", "owner", "administrator"])
def test_every_answer_carries_the_headers(app: Flask, world: World, browser_of: Browser, role: str) -> None:
    user = world.people[role]
    client = browser_of(user)
    urls = [url for _, url in every_address(app, world, user)] + list(ODD_ONES)
    wrong = {}
    for url in urls:
        for method in ("GET", "HEAD", "POST", "PUT", "OPTIONS"):
            with client.open(url, method=method) as answer:
                assert answer.status_code < 500, f"{method} {url} answers {answer.status_code}"
                if open_doors := _open_doors(answer):
                    wrong[f"{method} {url}"] = open_doors
                if user and method == "GET" and not url.startswith("/static/"):
                    assert answer.headers["Cache-Control"] == "no-store", url
    assert wrong == {}


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert policy.startswith("default-src 'none'")


def test_an_error_inside_carries_the_headers_and_no_traceback(app: Flask, client: PortalClient, world: World) -> None:
    app.view_functions["help.show"] = _break
    app.view_functions["help.show"].access_rule = _public(app)  # type: ignore[attr-defined]
    answer = client.get("/help")
    assert answer.status_code == 500
    assert _open_doors(answer) == []
    assert "secret inside" not in answer.text
    assert "Traceback" not in answer.text


def _break() -> str:
    raise RuntimeError("secret inside")


def _public(app: Flask) -> object:
    return app.view_functions["help.accessibility"].access_rule  # type: ignore[attr-defined]


def test_static_files_that_carry_their_hash_are_kept_for_a_year_and_no_page_is(
    client: PortalClient, world: World
) -> None:
    with client.get("/static/portal.css?v=abc") as answer:
        assert answer.cache_control.max_age == 31_536_000
        assert answer.cache_control.immutable
    assert client.get("/help").headers["Cache-Control"] == "no-cache"


@pytest.fixture
def production(portal_settings: Settings, world: World) -> Iterator[PortalClient]:
    """Open a browser of a production instance; only its database is the test's own."""
    settings = portal_settings.model_copy(update={"portal_env": "production", "public_url": "https://portal.example"})
    app = create_app(settings)
    app.test_client_class = PortalClient
    client = app.test_client()
    client.environ_base |= {
        "wsgi.url_scheme": "https",
        "HTTP_HOST": "portal.example",
        "HTTP_REFERER": "https://portal.example/",
    }
    assert isinstance(client, PortalClient)
    yield client
    app.extensions["portal"].database.engine.dispose()


def test_in_production_the_cookie_is_for_this_host_secure_hidden_from_scripts_and_stays_home(
    production: PortalClient, world: World
) -> None:
    page = production.get("/sign-in", base_url="https://portal.example")
    token = page.text.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    answer = production.post(
        "/sign-in",
        base_url="https://portal.example",
        data={"csrf_token": token, "email": world.cast.owner.email, "password": PASSWORD},
    )
    assert answer.status_code == 302
    cookies = [*page.headers.getlist("Set-Cookie"), *answer.headers.getlist("Set-Cookie")]
    assert cookies
    for cookie in cookies:
        name, _, rest = cookie.partition("=")
        flags = {part.strip().lower() for part in rest.split(";")[1:]}
        assert name == "__Host-session"
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= flags
        assert not any(flag.startswith("domain") for flag in flags)


def test_production_asks_browsers_to_stay_with_https(production: PortalClient) -> None:
    for path in ("/", "/nowhere", "/static/portal.css"):
        with production.get(path, base_url="https://portal.example") as answer:
            assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_an_act_that_comes_from_another_site_is_refused_even_with_a_token(production: PortalClient) -> None:
    page = production.get("/sign-in", base_url="https://portal.example")
    token = page.text.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    answer = production.post(
        "/sign-in",
        base_url="https://portal.example",
        headers={"Referer": "https://evil.example/"},
        data={"csrf_token": token, "email": "lin@example.com", "password": PASSWORD},
    )
    assert answer.status_code == 400
