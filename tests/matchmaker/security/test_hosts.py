"""A13: who asks under another host's name, or claims to come from elsewhere, changes nothing."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import create_app
from matchmaker.config import Settings
from models import SignInAttempt
from tests.client import PortalClient
from tests.matchmaker.security.world import World

pytestmark = pytest.mark.sqlite_only

EVIL_HOSTS = (
    "evil.example",
    "localhost.evil.example",
    "evil.example:80",
    "localhost@evil.example",
    "127.0.0.1.evil.example",
    "localhost:80@evil.example",
    "169.254.169.254",
)


@pytest.mark.parametrize("host", EVIL_HOSTS)
@pytest.mark.parametrize("path", ["/", "/sign-in", "/search", "/nowhere", "/static/portal.css"])
def test_another_hosts_name_is_refused(client: PortalClient, world: World, host: str, path: str) -> None:
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_forwarded_names_lead_no_link_away(client: PortalClient, world: World) -> None:
    forwarded = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "gopher",
        "X-Forwarded-Prefix": "/evil",
        "X-Forwarded-Port": "1",
        "Forwarded": "host=evil.example;proto=gopher",
        "X-Original-URL": "/desk",
        "X-Rewrite-URL": "/desk",
    }
    for path in ("/", "/sign-in", "/account"):
        plain, spoofed = client.get(path), client.get(path, headers=forwarded)
        assert (spoofed.status_code, spoofed.location) == (plain.status_code, plain.location)
        assert "evil" not in spoofed.text


def test_a_forwarded_address_does_not_start_the_count_anew(
    client: PortalClient, world: World, session: Session
) -> None:
    """Nobody gets five more guesses by claiming to be somebody else."""
    for n in range(3):
        _guess(client, f"203.0.113.{n}")
    assert set(session.scalars(select(SignInAttempt.address))) == {"127.0.0.1"}


@pytest.fixture
def behind_a_proxy(portal_settings: Settings, world: World) -> Iterator[Callable[[], PortalClient]]:
    app = create_app(portal_settings.model_copy(update={"trusted_proxies": 1}))
    app.test_client_class = PortalClient
    yield app.test_client  # type: ignore[misc]
    app.extensions["portal"].database.engine.dispose()


def test_the_one_proxy_that_is_configured_is_believed_and_nobody_before_it(
    behind_a_proxy: Callable[[], PortalClient], session: Session
) -> None:
    _guess(behind_a_proxy(), "203.0.113.66, 198.51.100.7")
    assert set(session.scalars(select(SignInAttempt.address))) == {"198.51.100.7"}


def _guess(client: PortalClient, claimed: str) -> None:
    token = client.token("/help")
    answer = client.post(
        "/sign-in",
        data={"csrf_token": token, "email": "lin@example.com", "password": "wrong"},
        headers={"X-Forwarded-For": claimed},
    )
    assert answer.status_code == 422
