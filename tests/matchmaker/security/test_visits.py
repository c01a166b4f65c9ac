"""A10: a visit has its own key, ends everywhere at once, and ends by itself."""

import datetime as dt

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.services import accounts
from models import AuthSession, User
from tests.cast import PASSWORD, Cast
from tests.client import PortalClient
from tests.conftest import SignIn

pytestmark = pytest.mark.sqlite_only

NEW_PASSWORD = "四十七只白鹭飞过洞庭湖面"


@pytest.fixture
def signed_in(client: PortalClient, cast: Cast, session: Session, sign_in_by_form: SignIn) -> PortalClient:
    """Sign Lin in by the form."""
    sign_in_by_form(client, cast.owner)
    return client


def cookie_of(client: PortalClient) -> str:
    cookie = client.get_cookie("portal_session")
    assert cookie is not None
    return cookie.value


def copy_of(app: Flask, cookie: str) -> PortalClient:
    """Open another browser that has got hold of a cookie."""
    thief = app.test_client()
    assert isinstance(thief, PortalClient)
    thief.set_cookie("portal_session", cookie)
    return thief


def is_in(client: PortalClient) -> bool:
    return client.get("/account").status_code == 200


def test_the_key_changes_at_sign_in(
    app: Flask, client: PortalClient, cast: Cast, session: Session, sign_in_by_form: SignIn
) -> None:
    """A cookie that somebody planted before is worth nothing after."""
    client.get("/sign-in")
    planted = cookie_of(client)
    sign_in_by_form(client, cast.owner)
    assert cookie_of(client) != planted
    assert is_in(client)
    assert not is_in(copy_of(app, planted))


def test_every_sign_in_gets_a_key_of_its_own(
    app: Flask, signed_in: PortalClient, cast: Cast, session: Session, sign_in_by_form: SignIn
) -> None:
    sign_in_by_form(app.test_client(), cast.owner)
    keys = session.scalars(select(AuthSession.key_hash)).all()
    assert len(set(keys)) == len(keys) == 2


def test_the_database_does_not_hold_what_the_cookie_holds(signed_in: PortalClient, session: Session) -> None:
    with signed_in.session_transaction() as cookie:
        key = cookie["_user_id"]
    (visit,) = session.scalars(select(AuthSession)).all()
    assert key not in (visit.key_hash, str(visit.id))
    assert len(key) >= 43


def test_signing_out_kills_all_copies_of_the_cookie(app: Flask, signed_in: PortalClient) -> None:
    copy = copy_of(app, cookie_of(signed_in))
    assert is_in(copy)
    assert signed_in.press("/sign-out").status_code == 302
    assert not is_in(signed_in)
    assert not is_in(copy)


def test_a_new_password_kills_all_other_visits_and_all_copies_of_this_one(
    app: Flask, signed_in: PortalClient, cast: Cast, sign_in_by_form: SignIn
) -> None:
    elsewhere = app.test_client()
    sign_in_by_form(elsewhere, cast.owner)
    copy = copy_of(app, cookie_of(signed_in))
    answer = signed_in.submit("/account/password", {"current": PASSWORD, "password": NEW_PASSWORD})
    assert answer.status_code == 302
    assert [is_in(elsewhere), is_in(copy), is_in(signed_in)] == [False, False, True]


def test_disabling_an_account_kills_all_its_visits_and_its_password(
    app: Flask, signed_in: PortalClient, cast: Cast, session: Session
) -> None:
    copy = copy_of(app, cookie_of(signed_in))
    user = session.get_one(User, cast.owner.id)
    accounts.disable(session, user, actor=None)
    session.commit()
    assert [is_in(signed_in), is_in(copy)] == [False, False]
    answer = app.test_client().submit("/sign-in", {"email": cast.owner.email, "password": PASSWORD})
    assert answer.status_code == 422


def test_disabling_by_a_flag_alone_is_enough(signed_in: PortalClient, cast: Cast, session: Session) -> None:
    session.get_one(User, cast.owner.id).is_active = False
    session.commit()
    assert not is_in(signed_in)


@pytest.mark.parametrize(("part", "idle"), [("owner", 30), ("manager", 30), ("talent", 30), ("reviewer", 15)])
def test_a_visit_ends_when_nobody_does_anything(
    client: PortalClient,
    cast: Cast,
    session: Session,
    clock: time_machine.Traveller,
    sign_in_by_form: SignIn,
    part: str,
    idle: int,
) -> None:
    sign_in_by_form(client, getattr(cast, part))
    clock.shift(dt.timedelta(minutes=idle - 1))
    assert is_in(client)
    clock.shift(dt.timedelta(minutes=idle - 1))
    assert is_in(client), "looking kept it alive"
    clock.shift(dt.timedelta(minutes=idle))
    assert not is_in(client)


def test_a_visit_ends_after_twelve_hours_whatever_one_does(
    client: PortalClient, cast: Cast, session: Session, clock: time_machine.Traveller, sign_in_by_form: SignIn
) -> None:
    sign_in_by_form(client, cast.owner)
    for _ in range(12 * 4 - 1):
        clock.shift(dt.timedelta(minutes=15))
        assert is_in(client)
    clock.shift(dt.timedelta(minutes=15))
    assert not is_in(client)


def test_a_cookie_that_was_tampered_with_is_nobody(app: Flask, signed_in: PortalClient) -> None:
    cookie = cookie_of(signed_in)
    for forged in (cookie[:-3] + "abc", cookie.split(".")[0], "", "." + cookie, cookie + "."):
        assert not is_in(copy_of(app, forged))
