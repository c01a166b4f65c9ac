"""What is new since somebody's last visit: counted on the desk, marked in the lists, and nothing that has gone."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.database import Database
from matchmaker.match_keeper import MatchKeeper
from matchmaker.recommender import Market
from matchmaker.services import interests, postings
from models import ParkOffer, RelocationNeed, User, now, today
from tests import factories
from tests.cast import Cast
from tests.client import PortalClient
from tests.matchmaker.keeping import keep, new_keeper
from tests.matchmaker.views.conftest import Enter, words_of

pytestmark = pytest.mark.sqlite_only

Publish = Callable[..., ParkOffer]
Return = Callable[[User], PortalClient]


@pytest.fixture
def keeper(clock: time_machine.Traveller, database: Database, market: Market, session: Session) -> MatchKeeper:
    session.rollback()
    return new_keeper(database, market)


@pytest.fixture
def need(session: Session, cast: Cast, keeper: MatchKeeper) -> RelocationNeed:
    """Lin's need is on the shelf, and an offer stands beside it."""
    row = factories.published(factories.need(cast.owner, cast.enterprise))
    old = factories.published(factories.offer(cast.manager, cast.park, cast.authority, title="老厂房"))
    session.add_all([row, old])
    session.commit()
    keep(keeper)
    return row


@pytest.fixture
def publish(session: Session, cast: Cast, keeper: MatchKeeper) -> Publish:
    def publish(**facts: object) -> ParkOffer:
        row = factories.published(factories.offer(cast.manager, cast.park, cast.authority, title="新厂房", **facts))
        session.add(row)
        session.commit()
        keep(keeper)
        return row

    return publish


@pytest.fixture
def come_back(
    app: Flask,
    clock: time_machine.Traveller,
    session: Session,
    sign_in_by_form: Callable[[FlaskClient, User], FlaskClient],
) -> Return:
    """Sign somebody in who was here this very moment before, so that only what comes now is new."""

    def come_back(user: User) -> PortalClient:
        clock.shift(dt.timedelta(minutes=1))
        session.get_one(User, user.id).last_visit_at = now()
        session.commit()
        client = sign_in_by_form(app.test_client(), user)
        assert isinstance(client, PortalClient)
        return client

    return come_back


def test_lin_reads_how_many_are_new_and_is_led_to_the_list(need, cast: Cast, come_back: Return, publish, clock) -> None:
    lin = come_back(cast.owner)
    clock.shift(dt.timedelta(minutes=5))
    offer = publish()
    page = lin.get("/desk").text
    assert "新匹配 1 个：多层线路板新建生产基地 载体和园区" in words_of(page)
    assert f'<a href="/postings/{need.id}/matches">新匹配 1 个' in page
    matched = words_of(lin.get("/desk/matches").text)
    assert "新增 1 个可以谈的" in matched
    assert "新厂房 新" in matched
    assert "老厂房 新 " not in matched
    listed = words_of(lin.get(f"/postings/{need.id}/matches").text)
    assert "新厂房 新" in listed
    assert "老厂房 新 " not in listed
    assert f"/postings/{offer.id}" in lin.get(f"/postings/{need.id}/matches").text


def test_it_is_news_to_the_colleague_and_to_the_other_side_and_to_nobody_else(
    need, cast: Cast, come_back: Return, publish, clock
) -> None:
    people = [cast.colleague, cast.manager, cast.outsider, cast.other_manager, cast.reviewer]
    browsers = {user.id: come_back(user) for user in people}
    clock.shift(dt.timedelta(minutes=5))
    publish()
    desks = {user.id: words_of(browsers[user.id].get("/desk").text) for user in people}
    assert "新匹配 1 个：多层线路板新建生产基地" in desks[cast.colleague.id]
    # Two needs of the market wait for every offer: Lin's and that of the noise.
    assert "新匹配 2 个：新厂房 需求" in desks[cast.manager.id]
    for user in (cast.outsider, cast.other_manager, cast.reviewer):
        assert "新匹配" not in desks[user.id]


def test_each_list_of_a_need_has_its_own_line(session, need, cast: Cast, come_back: Return, keeper, clock) -> None:
    lin = come_back(cast.owner)
    clock.shift(dt.timedelta(minutes=5))
    session.add(factories.published(factories.talent(cast.talent, employer_types=["enterprise"])))
    session.commit()
    keep(keeper)
    page = lin.get("/desk").text
    assert "新匹配 1 个：多层线路板新建生产基地 人才" in words_of(page)
    assert f'<a href="/postings/{need.id}/matches?list=talents">新匹配 1 个' in page


def test_what_came_before_or_can_not_work_or_has_gone_again_is_no_news(
    session, need, cast: Cast, come_back: Return, publish, clock
) -> None:
    lin = come_back(cast.owner)
    assert "新匹配" not in words_of(lin.get("/desk").text), "the old factory was there before"
    clock.shift(dt.timedelta(minutes=5))
    publish(power_spare_kva=100)
    assert "新匹配" not in words_of(lin.get("/desk").text)
    offer = publish()
    assert "新匹配 1 个" in words_of(lin.get("/desk").text)
    # Chen withdraws, and the worker hasn't looked yet.
    postings.withdraw(session, session.get_one(ParkOffer, offer.id), cast.manager)
    assert "新匹配" not in words_of(lin.get("/desk").text)


def test_whom_they_have_met_is_no_news(session, need, cast: Cast, come_back: Return, publish, keeper, clock) -> None:
    lin = come_back(cast.owner)
    clock.shift(dt.timedelta(minutes=5))
    offer = publish()
    sent = interests.express(session, cast.manager, "请来看厂", today(), "k", posting=need, about=offer)
    interests.accept(session, sent, cast.owner)
    keep(keeper)
    assert "新匹配" not in words_of(lin.get("/desk").text)


def test_a_talent_reads_of_new_positions(session, cast: Cast, come_back: Return, keeper, clock) -> None:
    session.add(factories.published(factories.talent(cast.talent)))
    session.commit()
    wu = come_back(cast.talent)
    clock.shift(dt.timedelta(minutes=5))
    session.add(factories.published(factories.position(cast.owner, cast.enterprise)))
    session.commit()
    keep(keeper)
    assert "新匹配 1 个：线路板工艺工程师 岗位" in words_of(wu.get("/desk").text)


def test_who_never_came_before_is_told_of_the_last_week(need, cast: Cast, browse: Enter, clock) -> None:
    words = words_of(browse(cast.owner).get("/desk").text)
    assert "最近 7 天" in words
    assert "新匹配 4 个：多层线路板新建生产基地" in words
    clock.shift(dt.timedelta(days=8))
    assert "新匹配" not in words_of(browse(cast.owner).get("/desk").text)
