"""Managers let people in, staff verify, members look."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models import Membership, User
from models.vocabulary import MembershipRole, Side
from tests.cast import Cast
from tests.client import PortalClient
from tests.conftest import SignIn

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def asking(session: Session, cast: Cast) -> Membership:
    """Let somebody ask to join the enterprise."""
    user = User(email="zhou@example.com", password_hash="-", name="周明", side=Side.ENTERPRISE)
    membership = Membership(user=user, organisation=cast.enterprise, role=MembershipRole.OFFICER)
    session.add(membership)
    session.commit()
    return membership


def test_lin_lets_somebody_in(
    app: Flask, client: PortalClient, cast: Cast, session: Session, asking: Membership, sign_in: SignIn
) -> None:
    here, newcomer = f"/organisations/{cast.enterprise.id}", app.test_client()
    sign_in(newcomer, asking.user)
    assert newcomer.get(here).status_code == 404
    sign_in(client, cast.owner)
    assert "周明" in client.get(here).text
    assert client.press(f"{here}/members/{asking.id}/approve", page=here).location == here
    assert newcomer.get(here).status_code == 200


def test_a_colleague_sees_the_members_and_no_buttons(client: PortalClient, cast: Cast, sign_in: SignIn) -> None:
    sign_in(client, cast.colleague)
    page = client.get(f"/organisations/{cast.enterprise.id}").text
    assert cast.owner.name in page
    assert "移出" not in page
    assert cast.owner.email not in page


def test_the_last_manager_is_told_to_name_another_first(client: PortalClient, cast: Cast, sign_in: SignIn) -> None:
    (lin,) = cast.owner.memberships
    here = f"/organisations/{cast.enterprise.id}"
    sign_in(client, cast.owner)
    client.press(f"{here}/members/{lin.id}/remove", page=here)
    assert "这是唯一的管理员" in client.get(here).text


def test_staff_verify_an_organisation_and_it_leaves_the_list(
    client: PortalClient, cast: Cast, session: Session, sign_in: SignIn
) -> None:
    cast.other_enterprise.verified_at = None
    session.commit()
    sign_in(client, cast.reviewer)
    assert cast.other_enterprise.name in client.get("/organisations").text
    client.press(f"/organisations/{cast.other_enterprise.id}/verify", page="/organisations")
    client.get("/organisations")
    assert cast.other_enterprise.name not in client.get("/organisations").text
    session.refresh(cast.other_enterprise)
    assert cast.other_enterprise.verified_at is not None


@pytest.mark.parametrize(
    "website",
    ["javascript:alert(1)", "data:text/html,x", "example.com", "https://", "https://a b.example", "ftp://x.example"],
)
def test_only_an_address_of_the_web_becomes_a_link(
    client: PortalClient, cast: Cast, session: Session, sign_in: SignIn, website: str
) -> None:
    sign_in(client, cast.owner)
    page = f"/organisations/{cast.enterprise.id}/edit"
    answer = client.submit(page, {"website": website, "introduction": "做线路板"})
    assert answer.status_code == 422
    assert "做线路板" in answer.text
    session.refresh(cast.enterprise)
    assert cast.enterprise.website is None


def test_lin_describes_her_enterprise(client: PortalClient, cast: Cast, session: Session, sign_in: SignIn) -> None:
    sign_in(client, cast.owner)
    here = f"/organisations/{cast.enterprise.id}"
    values = {"website": "https://www.example.com/电路", "introduction": "做线路板", "region_code": "440300"}
    assert client.submit(f"{here}/edit", values).location == here
    page = client.get(here).text
    assert "做线路板" in page
    assert "https://www.example.com/电路" in page
