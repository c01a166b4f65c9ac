"""The stage itself: the application answers, the fast way in is a real way in, and a browser's forms are read right."""

from flask import Flask

from matchmaker.access import actor
from tests.cast import Cast
from tests.client import Forms, PortalClient
from tests.conftest import SignIn


def test_the_process_says_that_it_lives(client: PortalClient) -> None:
    """Whoever watches the server gets an answer without the database."""
    assert client.get("/healthz").json == {"status": "alive"}


def test_lin_signs_in_the_fast_way_and_the_portal_knows_her(
    app: Flask, client: PortalClient, cast: Cast, sign_in: SignIn
) -> None:
    """The visit's row and the cookie are those that the sign-in form makes."""
    sign_in(client, cast.owner)
    assert _who_is_signed_in(client) == cast.owner.email
    assert _who_is_signed_in(app.test_client()) is None


def test_a_form_is_read_as_a_browser_reads_it() -> None:
    """Unticked boxes, unselected options and buttons are not sent; a text area loses its first line break."""
    page = """
    <form method="post" action="/x"><input name="a" value="1"><input type="checkbox" name="b">
    <input type="radio" name="c" value="yes"><input type="radio" name="c" value="no" checked>
    <select name="d"><option value="p">P</option><option value="q" selected>Q</option></select>
    <select name="e" multiple><option value="p" selected>P</option><option value="q" selected>Q</option></select>
    <textarea name="f">\nline</textarea><button name="g" value="1">go</button><input name="h" disabled value="2"></form>
    """
    (form,) = Forms(page).found
    assert form.values == {"a": ["1"], "c": ["no"], "d": ["q"], "e": ["p", "q"], "f": ["line"]}


def _who_is_signed_in(client: PortalClient) -> str | None:
    with client:
        client.get("/healthz")
        user = actor()
        return user.email if user else None
