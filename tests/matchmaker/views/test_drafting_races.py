"""Twenty fingers on one button: on both databases, with real threads."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models import AuditEvent, RelocationNeed
from tests import factories
from tests.cast import Cast
from tests.client import Form, PortalClient
from tests.conftest import SignIn

AT_ONCE = 20


def press_at_once(app: Flask, client: PortalClient, form: Form) -> list[TestResponse]:
    """Send the same form from many threads, each with this visitor's cookie."""
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"], domain="127.0.0.1") or client.get_cookie(
        app.config["SESSION_COOKIE_NAME"]
    )
    assert cookie is not None
    headers = {"Cookie": f"{cookie.key}={cookie.value}"}

    def press(_number: int) -> TestResponse:
        return app.test_client(use_cookies=False).post(form.action, data=form.values, headers=headers)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(press, range(AT_ONCE)))


def test_one_form_sent_twenty_times_makes_one_posting(
    app: Flask, client: PortalClient, session: Session, cast: Cast, sign_in: SignIn
) -> None:
    sign_in(client, cast.owner)
    form = client.form("/postings/new/need")
    form.values["title"] = ["一式二十份"]
    answers = press_at_once(app, client, form)

    session.rollback()
    made = session.scalars(select(RelocationNeed).where(RelocationNeed.title == "一式二十份")).all()
    assert len(made) == 1
    assert Counter(answer.status_code for answer in answers) == {302: AT_ONCE}
    assert {answer.location for answer in answers} == {f"/postings/{made[0].id}/edit/place"}
    told = select(func.count()).select_from(AuditEvent).where(AuditEvent.action == "posting.created")
    assert session.scalar(told) == 1


def test_one_step_sent_twenty_times_is_saved_once(
    app: Flask, client: PortalClient, session: Session, cast: Cast, sign_in: SignIn
) -> None:
    need = factories.need(cast.owner, cast.enterprise)
    session.add(need)
    session.commit()
    version = need.version
    sign_in(client, cast.owner)
    form = client.form(f"/postings/{need.id}/edit/utilities")
    form.values["power_kva"] = ["9,000"]
    answers = press_at_once(app, client, form)

    session.rollback()
    session.expire_all()
    # Whoever came second clashed, or found the very same values there already; nobody saved a second time.
    assert {answer.status_code for answer in answers} <= {302, 409}
    assert (need.power_kva, need.version) == (9000, version + 1)
    told = select(func.count()).select_from(AuditEvent).where(AuditEvent.action == "posting.saved")
    assert session.scalar(told) == 1
