"""R14: a form that is sent twenty times at once makes one thing."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models import Consent, Interest, Organisation, ParkClaim, Posting, User
from tests.client import PortalClient
from tests.matchmaker.security.conftest import Browser
from tests.matchmaker.security.world import World

TIMES = 20


def send_at_once(app: Flask, client: PortalClient, page: str, values: dict[str, Any]) -> list[tuple[int, str | None]]:
    """Fill in the page's form once, and send it from twenty threads at the same moment; return the answers."""
    form = client.form(page)
    data = form.values | values
    cookie = client.get_cookie("portal_session")
    assert cookie is not None
    gate = threading.Barrier(TIMES)

    def send(_: int) -> tuple[int, str | None]:
        hand = app.test_client()
        hand.set_cookie("portal_session", cookie.value)
        gate.wait()
        answer = hand.post(urlsplit(form.action).path, data=data)
        return answer.status_code, answer.location

    with ThreadPoolExecutor(TIMES) as hands:
        return list(hands.map(send, range(TIMES)))


def count(session: Session, model: type[Any], *conditions: Any) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def test_a_registration_makes_one_account_and_every_answer_says_welcome(
    app: Flask, world: World, session: Session, browser_of: Browser
) -> None:
    values = {
        "type": "enterprise",
        "organisation": "珠海示例机械有限公司",
        "registered_in": "hong_kong",
        "number": "12345678",
        "name": "周明",
        "email": "zhou@example.com",
        "password": "四十七只白鹭飞过洞庭湖面",
        "terms": "y",
    }
    answers = send_at_once(app, browser_of(None), "/register/enterprise", values)
    assert {status for status, _ in answers} == {302}
    (user,) = session.scalars(select(User).where(User.email == "zhou@example.com")).all()
    assert count(session, Organisation, Organisation.hong_kong_number == "12345678") == 1
    assert len(user.memberships) == 1
    assert count(session, Consent, Consent.user_id == user.id) == 1


def test_twenty_people_who_found_the_same_organisation_at_once_make_one(
    app: Flask, world: World, session: Session, browser_of: Browser
) -> None:
    gate = threading.Barrier(TIMES)

    def register(n: int) -> int:
        client = app.test_client()
        assert isinstance(client, PortalClient)
        form = client.form("/register/park")
        gate.wait()
        values = {
            "type": "park_authority",
            "organisation": "示例三号产业园管理委员会",
            "number": "91440300999900011A",
            "name": f"周{n}",
            "email": f"zhou{n}@example.com",
            "password": "四十七只白鹭飞过洞庭湖面",
            "terms": "y",
        }
        return client.post("/register/park", data=form.values | values).status_code

    with ThreadPoolExecutor(TIMES) as hands:
        assert set(hands.map(register, range(TIMES))) == {302}
    (organisation,) = session.scalars(select(Organisation).where(Organisation.uscc == "91440300999900011A")).all()
    assert len(organisation.memberships) == TIMES
    assert sum(membership.is_approved for membership in organisation.memberships) == 1


def test_a_new_posting_is_made_once(app: Flask, world: World, session: Session, browser_of: Browser) -> None:
    answers = send_at_once(app, browser_of(world.cast.owner), "/postings/new/need", {"title": "双击保存的一条"})
    assert len(set(answers)) == 1
    assert answers[0][0] == 302
    assert count(session, Posting, Posting.title == "双击保存的一条") == 1


def test_an_interest_is_sent_once(app: Flask, world: World, session: Session, browser_of: Browser) -> None:
    page = f"/postings/{world.offer.id}/interests/new"
    answers = send_at_once(app, browser_of(world.cast.outsider), page, {"message": "想约一次看厂，下周方便吗"})
    assert len(set(answers)) == 1
    assert answers[0][0] == 302
    assert (
        count(session, Interest, Interest.sender_id == world.cast.outsider.id, Interest.posting_id == world.offer.id)
        == 1
    )


def test_an_interest_in_a_park_is_sent_once(app: Flask, world: World, session: Session, browser_of: Browser) -> None:
    page = f"/parks/{world.cast.other_park.code}/interests/new"
    answers = send_at_once(app, browser_of(world.cast.outsider), page, {"message": "想了解园区的标准厂房"})
    assert {status for status, _ in answers} == {302}
    assert count(session, Interest, Interest.park_code == world.cast.other_park.code) == 1


def test_a_park_is_claimed_once(app: Flask, world: World, session: Session, browser_of: Browser) -> None:
    session.execute(delete(ParkClaim))
    session.commit()
    page = f"/parks/{world.cast.other_park.code}/claim"
    answers = send_at_once(app, browser_of(world.cast.other_manager), page, {"evidence": "省政府批复，机构代码证"})
    assert {status for status, _ in answers} == {302}
    assert count(session, ParkClaim, ParkClaim.park_code == world.cast.other_park.code) == 1
