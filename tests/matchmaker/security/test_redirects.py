"""A6: after signing in, nobody is sent to another site."""

from urllib.parse import quote, urljoin, urlsplit

import pytest

from matchmaker.security import local_path
from tests.cast import PASSWORD
from tests.client import PortalClient
from tests.matchmaker.security.conftest import Browser
from tests.matchmaker.security.world import World

pytestmark = pytest.mark.sqlite_only

HOME = "http://localhost"
PAYLOADS = (
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "https://evil.example",
    "http://evil.example/",
    "https:evil.example",
    "https:/evil.example",
    "HTTPS://evil.example",
    "ftp://evil.example",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\x00//evil.example",
    "/%09/evil.example\t",
    "//evil.example@localhost/",
    "https://localhost@evil.example/",
    "https://localhost.evil.example/",
    "evil.example",
    "?next=//evil.example",
    "#//evil.example",
    "//[::1]/",
    "//①②⑦.0.0.1/",
    "/desk\r\nLocation: https://evil.example",
)


def _as_a_browser_reads(location: str) -> str:
    """Resolve an address the way browsers do: backslashes are slashes, tabs and line ends are nothing."""
    seen = location.strip().replace("\\", "/")
    return urljoin(HOME, "".join(character for character in seen if character not in "\t\r\n"))


@pytest.mark.parametrize("payload", PAYLOADS, ids=quote)
def test_signing_in_leads_to_a_page_of_the_portal(client: PortalClient, world: World, payload: str) -> None:
    page = client.get("/sign-in", query_string={"next": payload})
    if page.status_code == 400:
        # A character that no browser sends is not even read.
        assert "\x00" in payload
        return
    answer = client.submit(f"/sign-in?next={quote(payload)}", {"email": world.cast.owner.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert urlsplit(_as_a_browser_reads(answer.location))[:2] == ("http", "localhost")


@pytest.mark.parametrize("payload", PAYLOADS, ids=quote)
def test_who_is_signed_in_already_is_sent_to_a_page_of_the_portal(
    world: World, browser_of: Browser, payload: str
) -> None:
    answer = browser_of(world.cast.owner).get("/sign-in", query_string={"next": payload})
    if answer.status_code != 400:
        assert urlsplit(_as_a_browser_reads(answer.location))[:2] == ("http", "localhost")


@pytest.mark.parametrize("path", ["/desk", "/search?kind=offer&q=厂房", "/postings/12#facts", "/a//b", "/a?next=//b"])
def test_a_path_of_the_portal_is_taken(path: str) -> None:
    assert local_path(path, otherwise="/desk-instead") == path
