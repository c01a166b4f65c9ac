"""The directory and the pages of parks: for everybody to read, for the manager to keep, for staff to vouch for."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import AuditEvent, Park, ParkClaim, TravelLink, User
from models.vocabulary import Answer, ParkLevel, ParkVerification, TravelMode
from tests import factories
from tests.cast import Cast
from tests.client import PortalClient

pytestmark = pytest.mark.sqlite_only

PARK = "/parks/HN99001"
EDIT = "/parks/HN99001/edit"
CONFIRM = "/parks/HN99001/confirm"
Enter = Callable[[User], PortalClient]


def words_of(page: str) -> str:
    """Return what a reader sees, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())


@pytest.fixture
def enter(app: Flask, sign_in: Callable[[FlaskClient, User], FlaskClient]) -> Enter:
    """Open a browser for somebody who is signed in."""

    def enter(user: User) -> PortalClient:
        client = sign_in(app.test_client(), user)
        assert isinstance(client, PortalClient)
        return client

    return enter


# --- the directory -----------------------------------------------------------


def test_the_directory_lists_parks_by_prefecture_with_their_live_offers(
    client: PortalClient, session: Session, cast: Cast
) -> None:
    session.add_all(
        [
            factories.published(factories.offer(cast.manager, cast.park, cast.authority)),
            factories.published(factories.offer(cast.manager, cast.park, cast.authority), days=-1),
            factories.offer(cast.manager, cast.park, cast.authority),
        ]
    )
    session.commit()
    page = client.get("/parks").text
    words = words_of(page)
    assert words.index("长沙市 1 个园区") < words.index("郴州市 1 个园区")
    assert re.search(r"示例一号产业园 省级 · 高新技术产业开发区 苏仙区 电子信息、新材料 1 宗", words)


@pytest.mark.parametrize(
    ("query", "found", "gone"),
    [
        ("q=食品", "示例二号产业园", "示例一号产业园"),
        ("q=苏仙", "示例一号产业园", "示例二号产业园"),
        ("q=電子信息", "示例一号产业园", "示例二号产业园"),
        ("q=HN99002", "示例二号产业园", "示例一号产业园"),
        ("prefecture=431000", "示例一号产业园", "示例二号产业园"),
        ("level=national", "示例二号产业园", "示例一号产业园"),
        ("type=high_tech_zone", "示例一号产业园", "示例二号产业园"),
        ("q=食品&level=national&prefecture=430100", "示例二号产业园", "示例一号产业园"),
    ],
)
def test_words_place_level_and_type_narrow_the_directory(
    client: PortalClient, cast: Cast, query: str, found: str, gone: str
) -> None:
    words = words_of(client.get(f"/parks?{query}").text)
    assert found in words
    assert gone not in words


def test_a_condition_that_cannot_be_read_narrows_nothing(client: PortalClient, cast: Cast) -> None:
    words = words_of(client.get("/parks?level=enormous&type=&prefecture=999999&unknown=1").text)
    assert "示例一号产业园" in words
    assert "示例二号产业园" in words


def test_nothing_found_says_which_condition_to_drop_and_what_that_brings(client: PortalClient, cast: Cast) -> None:
    page = client.get("/parks?q=食品&prefecture=431000").text
    assert "没有同时满足 2 个条件的园区" in page
    assert "去掉“食品”，有 1 个" in page
    assert 'href="/parks?prefecture=431000"' in page


def test_what_was_typed_comes_back_as_text_and_never_as_markup(client: PortalClient, cast: Cast) -> None:
    page = client.get('/parks?q="><script>alert(1)</script>').text
    assert "<script>alert" not in page


def test_sample_parks_are_marked_and_claimed_ones_say_so(client: PortalClient, session: Session, cast: Cast) -> None:
    cast.park.is_sample = True
    cast.park.verification = ParkVerification.CLAIMED
    session.commit()
    words = words_of(client.get("/parks?prefecture=431000").text)
    assert "示例一号产业园 示例 园区自报 · 未核实" in words


# --- a park's page -----------------------------------------------------------


def test_a_directory_entry_says_what_nobody_has_verified_or_filled_in(client: PortalClient, cast: Cast) -> None:
    page = client.get("/parks/HN99002").text
    words = words_of(page)
    assert "名录数据，园区尚未核实。" in words
    assert "化工片区 还不清楚" in words
    assert "批准面积 未填" in words
    assert 'href="/parks/HN99002/claim"' in page
    assert 'href="/parks/HN99002/interests/new"' in page
    assert 'href="/search?q=%E9%A3%9F%E5%93%81%E5%8A%A0%E5%B7%A5"' in page


def test_what_is_known_of_chemicals_comes_with_its_source_and_day(
    client: PortalClient, session: Session, cast: Cast
) -> None:
    cast.park.chemical_status = Answer.NO
    cast.park.chemical_source, cast.park.chemical_as_of = "示例公告", dt.date(2026, 6, 30)
    session.commit()
    assert "化工片区 没有 示例公告 · 2026-06-30" in words_of(client.get(PARK).text)


def test_travel_is_approximate_and_carries_its_basis(client: PortalClient, session: Session, cast: Cast) -> None:
    road = TravelLink(
        from_code="431000", to_code="440300", mode=TravelMode.ROAD, kilometres=420, basis="估算", confidence="M"
    )
    session.add(road)
    session.commit()
    words = words_of(client.get(PARK).text)
    assert "深圳 约 1.8 小时 约 420 km" in words
    assert "公路：估算" in words


def test_a_park_lies_in_zones_and_their_clauses_are_one_link_away(client: PortalClient, cast: Cast) -> None:
    page = client.get(PARK).text
    assert "湘南湘西承接产业转移示范区" in page
    assert 'href="/clauses/T24"' in page
    assert "不在方案列名的区域里" in client.get("/parks/HN99002").text


def test_live_offers_stand_in_a_table_and_others_do_not(client: PortalClient, session: Session, cast: Cast) -> None:
    session.add_all(
        [
            factories.published(
                factories.offer(cast.manager, cast.park, cast.authority, title="二号楼整栋", is_sample=True)
            ),
            factories.offer(cast.manager, cast.park, cast.authority, title="还没写完的一栋"),
            factories.published(factories.offer(cast.manager, cast.park, cast.authority, title="昨天到期的"), days=-1),
        ]
    )
    session.commit()
    words = words_of(client.get(PARK).text)
    assert re.search(r"二号楼整栋 示例 O-\d{4}-\d{4} 标准厂房 45,000 ㎡ 10 元/㎡·月 10,000 kVA", words)
    assert "租金优惠" in words
    assert "还没写完的一栋" not in words
    assert "昨天到期的" not in words


def test_host_and_guest_parks_link_to_each_other(client: PortalClient, session: Session, cast: Cast) -> None:
    cast.other_park.host_park_code, cast.other_park.level = cast.park.code, ParkLevel.COOPERATION
    session.commit()
    assert 'href="/parks/HN99002"' in client.get(PARK).text
    assert 'href="/parks/HN99001"' in client.get("/parks/HN99002").text


def test_a_park_that_does_not_exist_is_not_found(client: PortalClient, cast: Cast) -> None:
    assert client.get("/parks/HN00000").status_code == 404


def test_each_visitor_is_offered_what_is_theirs_to_do(
    session: Session, cast: Cast, client: PortalClient, enter: Enter
) -> None:
    session.add(factories.published(factories.offer(cast.manager, cast.park, cast.authority)))
    session.commit()
    keeps = enter(cast.manager).get(PARK).text
    assert EDIT in keeps
    assert "看合适的需求" in keeps
    assert "interests/new" not in keeps
    for visitor in (cast.owner, cast.other_manager, cast.talent):
        page = enter(visitor).get(PARK).text
        assert EDIT not in page
        assert f"{PARK}/interests/new" in page
        assert "看合适的需求" not in page
    staff = enter(cast.reviewer).get(PARK).text
    assert f"{PARK}/interests/new" not in staff
    assert "看合适的需求" in staff
    assert "/claim" not in client.get(PARK).text


def test_a_waiting_claim_is_shown_to_its_claimant_only(session: Session, cast: Cast, enter: Enter) -> None:
    claim = ParkClaim(
        park=cast.other_park, organisation=cast.other_authority, claimant=cast.other_manager, evidence="示例批文"
    )
    session.add(claim)
    session.commit()
    waiting = enter(cast.other_manager).get("/parks/HN99002").text
    assert "认领已提交" in waiting
    assert "/parks/HN99002/claim" not in waiting
    assert "认领已提交" not in enter(cast.manager).get("/parks/HN99002").text


# --- keeping the entry -------------------------------------------------------


def test_only_the_manager_reaches_the_form(cast: Cast, client: PortalClient, enter: Enter) -> None:
    assert enter(cast.manager).get(EDIT).status_code == 200
    assert enter(cast.other_manager).get(EDIT).status_code == 404
    assert enter(cast.owner).get(EDIT).status_code == 404
    assert enter(cast.reviewer).get(EDIT).status_code == 404
    assert client.get(EDIT).status_code == 302


def test_a_stranger_who_posts_the_form_changes_nothing(session: Session, cast: Cast, enter: Enter) -> None:
    refused = enter(cast.other_manager).press(EDIT, {"leading_industries": "食品", "chemical_status": "unsure"})
    assert refused.status_code == 404
    session.expire_all()
    assert session.get_one(Park, "HN99001").leading_industries == ["电子信息", "新材料"]
    assert session.scalars(select(AuditEvent).where(AuditEvent.action == "access.refused")).one()


def test_the_manager_states_facts_and_staff_vouch_for_them(session: Session, cast: Cast, enter: Enter) -> None:
    chen = enter(cast.manager)
    answer = chen.submit(
        EDIT, {"leading_industries": "电子信息、轻工", "approved_area_ha": "1,436.07", "area_basis": "示例批文"}
    )
    assert answer.status_code == 302
    words = words_of(chen.get(PARK).text)
    assert "园区自报 · 未核实" in words
    assert "批准面积 1,436.07 公顷 示例批文" in words
    zhao = enter(cast.reviewer)
    before = words_of(zhao.get(PARK).text)
    assert "园区自报的资料，等核对" in before
    assert "批准面积 不同 1,436.07 公顷 未填" in before
    assert zhao.submit(PARK, action=CONFIRM).status_code == 302
    assert "省级已核实" in words_of(zhao.get(PARK).text)
    session.expire_all()
    park = session.get_one(Park, "HN99001")
    assert park.verification is ParkVerification.CONFIRMED
    assert park.leading_industries == ["电子信息", "轻工"]


def test_staff_do_not_vouch_for_what_they_have_not_read(session: Session, cast: Cast, enter: Enter) -> None:
    chen, zhao = enter(cast.manager), enter(cast.reviewer)
    chen.submit(EDIT, {"note": "第一次改"})
    form = zhao.form(PARK, CONFIRM)
    chen.submit(EDIT, {"note": "第二次改"})
    assert zhao.post(CONFIRM, data=form.values).status_code == 302
    session.expire_all()
    assert session.get_one(Park, "HN99001").verification is ParkVerification.CLAIMED


def test_only_staff_vouch(cast: Cast, client: PortalClient, enter: Enter) -> None:
    assert enter(cast.manager).press(CONFIRM).status_code == 404
    assert enter(cast.owner).press(CONFIRM).status_code == 404
    assert client.press(CONFIRM).status_code == 302


def test_a_wrong_value_keeps_what_was_typed_and_points_at_the_field(session: Session, cast: Cast, enter: Enter) -> None:
    chen = enter(cast.manager)
    answer = chen.submit(EDIT, {"approved_area_ha": "300 公顷左右", "chemical_status": "yes", "note": "写了很久的说明"})
    assert answer.status_code == 422
    page = answer.text
    assert "有 3 处要改" in page
    assert 'href="#approved_area_ha"' in page
    assert "300 公顷左右" in page
    assert "写了很久的说明" in page
    assert "写了是或否，就要写资料的日期" in page
    assert "写了是或否，就要写资料的来源" in page
    session.expire_all()
    assert session.get_one(Park, "HN99001").note is None


def test_a_source_from_the_future_is_refused(cast: Cast, enter: Enter) -> None:
    typed = {"chemical_status": "no", "chemical_as_of": "2099-01-01", "chemical_source": "示例"}
    answer = enter(cast.manager).submit(EDIT, typed)
    assert answer.status_code == 422
    assert "日期不能晚于今天" in answer.text


def test_two_editors_see_both_versions_and_lose_nothing(session: Session, cast: Cast, enter: Enter) -> None:
    first, second = enter(cast.manager), enter(cast.manager)
    form = second.form(EDIT)
    first.submit(EDIT, {"note": "先保存的"})
    clash = second.post(EDIT, data=form.values | {"note": "后写的"})
    assert clash.status_code == 409
    words = words_of(clash.text)
    assert "后写的" in words
    assert "先保存的" in words
    session.expire_all()
    assert session.get_one(Park, "HN99001").note == "先保存的"
    session.rollback()
    again = re.search(r'name="version"[^>]*value="(\d+)"', clash.text)
    assert again is not None
    assert second.post(EDIT, data=form.values | {"note": "后写的", "version": again[1]}).status_code == 302
    session.expire_all()
    assert session.get_one(Park, "HN99001").note == "后写的"


def test_a_forged_version_saves_nothing(session: Session, cast: Cast, enter: Enter) -> None:
    for version in ("", "-1", "九", "9" * 40):
        answer = enter(cast.manager).submit(EDIT, {"note": "改了", "version": version})
        assert answer.status_code == 409
    session.expire_all()
    assert session.get_one(Park, "HN99001").note is None
