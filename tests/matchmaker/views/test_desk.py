"""The desk: what waits for whom, what is new, and nothing of anybody else's."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.services import claims, interests, parks, postings, reviews
from models import Consent, Interest, Membership, Organisation, ParkOffer, Posting, RelocationNeed, User, now, today
from models.vocabulary import (
    ConsentPurpose,
    DeclineReason,
    MembershipRole,
    OrganisationType,
    ReviewReason,
    Side,
)
from search import Encoder
from tests import factories
from tests.cast import Cast
from tests.client import PortalClient

pytestmark = pytest.mark.sqlite_only

DESK = "/desk"
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


@pytest.fixture
def need(session: Session, cast: Cast) -> RelocationNeed:
    row = factories.published(factories.need(cast.owner, cast.enterprise))
    session.add(row)
    session.commit()
    return row


@pytest.fixture
def offer(session: Session, cast: Cast) -> ParkOffer:
    row = factories.published(factories.offer(cast.manager, cast.park, cast.authority))
    session.add(row)
    session.commit()
    return row


@pytest.fixture
def interest(session: Session, cast: Cast, need: RelocationNeed, offer: ParkOffer) -> Interest:
    return interests.express(session, cast.owner, "想看这栋厂房", today(), "key-1", posting=offer, about=need)


# --- who comes to which desk -------------------------------------------------


def test_a_stranger_signs_in_first_and_comes_back(client: PortalClient, cast: Cast) -> None:
    for page in (DESK, "/desk/matches", "/desk/interests"):
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer.location.startswith("/sign-in?next=")


@pytest.mark.parametrize(
    ("who", "first", "link"),
    [
        ("owner", "从第一条需求开始", "/postings/new/need"),
        ("other_manager", "先认领您的园区", "/parks"),
        ("manager", "发布第一宗载体", "/postings/new/offer"),
        ("reviewer", "队列都空了", "/review"),
    ],
)
def test_a_newcomer_reads_the_next_act(
    cast: Cast, session: Session, enter: Enter, who: str, first: str, link: str
) -> None:
    # The other authority's only offer belongs to the noise of the stage.
    session.query(Posting).filter(Posting.owner_id == cast.other_manager.id).delete()
    session.query(Organisation).update({"verified_at": now()})
    session.commit()
    page = enter(cast.everybody[who]).get(DESK)
    assert page.status_code == 200
    words = words_of(page.text)
    assert "今天没有要办的事" in words
    assert first in words
    assert f'href="{link}"' in page.text


def test_a_talent_is_asked_for_consent_until_it_is_given(session: Session, cast: Cast, enter: Enter) -> None:
    wu = enter(cast.talent)
    assert "还没同意公开人才画像并参与匹配" in words_of(wu.get(DESK).text)
    session.add(Consent.to(ConsentPurpose.TALENT_MATCHING, cast.talent))
    session.commit()
    words = words_of(wu.get(DESK).text)
    assert "还没同意" not in words
    assert "登记您的专业和意向" in words


def test_whoever_waits_to_be_let_in_reads_for_whom(session: Session, cast: Cast, enter: Enter) -> None:
    person = User(email="tan@example.com", password_hash="x", name="谭新", side=Side.ENTERPRISE)
    person.memberships.append(Membership(organisation=cast.enterprise, role=MembershipRole.OFFICER))
    session.add(person)
    session.commit()
    assert "等深圳示例电路有限公司的管理员批准" in words_of(enter(person).get(DESK).text)
    assert "谭新 申请加入深圳示例电路有限公司" in words_of(enter(cast.owner).get(DESK).text)
    assert "谭新" not in words_of(enter(cast.colleague).get(DESK).text)


# --- what waits --------------------------------------------------------------


def test_a_waiting_interest_names_its_last_day_and_its_answer(interest: Interest, cast: Cast, enter: Enter) -> None:
    page = enter(cast.manager).get(DESK).text
    words = words_of(page)
    assert "今天有 1 件事要办" in words
    assert f"还剩 30 天 {interest.expires_on.isoformat()} 24:00 到期" in words
    assert "名称未公开的单位 的意向等您答复：电子信息标准厂房" in words
    assert f'href="/interests/{interest.id}"' in page
    assert "深圳示例电路有限公司" not in words


def test_a_public_name_is_named(
    session: Session, interest: Interest, need: RelocationNeed, cast: Cast, enter: Enter
) -> None:
    session.get_one(RelocationNeed, need.id).name_is_public = True
    session.commit()
    assert "深圳示例电路有限公司 的意向等您答复" in words_of(enter(cast.manager).get(DESK).text)


def test_the_last_day_is_marked_and_comes_first(
    session: Session, interest: Interest, offer: ParkOffer, cast: Cast, enter: Enter
) -> None:
    interest.expires_on = today()
    session.get_one(ParkOffer, offer.id).expires_on = today() + dt.timedelta(days=3)
    session.commit()
    page = enter(cast.manager).get(DESK).text
    words = words_of(page)
    assert '<span class="todo-late">今天到期</span>' in page
    assert words.index("今天到期") < words.index("“电子信息标准厂房”快到期")
    assert f'href="/postings/{offer.id}/extend"' in page


def test_more_interests_than_fit_are_counted(session: Session, cast: Cast, offer: ParkOffer, enter: Enter) -> None:
    for number in range(13):
        interest = Interest(
            posting_id=offer.id,
            sender_id=cast.outsider.id,
            organisation_id=cast.other_enterprise.id,
            message=f"第 {number} 条",
            expires_on=today() + dt.timedelta(days=number),
        )
        session.add(interest)
    session.commit()
    words = words_of(enter(cast.manager).get(DESK).text)
    assert "今天有 11 件事要办" in words
    assert "另有 3 条意向等您答复" in words


def test_a_posting_sent_back_stands_there_with_the_reason(session: Session, cast: Cast, enter: Enter) -> None:
    posting = factories.submitted(factories.need(cast.owner, cast.enterprise, title="柔性线路板二期"))
    session.add(posting)
    session.commit()
    reviews.send_back(session, posting, cast.reviewer, ReviewReason.UNVERIFIABLE, "写明用电容量的依据")
    for user in (cast.owner, cast.colleague):
        words = words_of(enter(user).get(DESK).text)
        assert "审核退回：柔性线路板二期 来源无法核实：写明用电容量的依据" in words
    assert "柔性线路板二期" not in words_of(enter(cast.outsider).get(DESK).text)


def test_a_draft_says_what_is_missing_and_a_whole_one_that_it_may_be_sent(
    session: Session, cast: Cast, enter: Enter
) -> None:
    draft = factories.need(cast.owner, cast.enterprise, investment_yi=None, description=None)
    session.add(draft)
    session.commit()
    lin = enter(cast.owner)
    words = words_of(lin.get(DESK).text)
    assert "草稿没写完：多层线路板新建生产基地 还缺 2 项必填" in words
    assert "必填项已填 5/7，还缺说明、总投资" in words
    draft.investment_yi, draft.description = 3.5, "写好了"
    session.commit()
    page = lin.get(DESK).text
    assert "草稿填好了，还没提交：多层线路板新建生产基地" in words_of(page)
    assert f'href="/postings/{draft.id}/submit"' in page


def test_a_refused_claim_returns_with_its_words_and_a_confirmed_one_is_news(
    session: Session, cast: Cast, enter: Enter
) -> None:
    claim = claims.claim(session, cast.other_park, cast.other_manager, "示例批文第 1 号")
    assert "认领待确认" in words_of(enter(cast.other_manager).get(DESK).text)
    claims.refuse(session, claim, cast.reviewer, "批文上的名称不同")
    words = words_of(enter(cast.other_manager).get(DESK).text)
    assert "认领没有通过：示例二号产业园 批文上的名称不同" in words
    claims.confirm(
        session, claims.claim(session, cast.other_park, cast.other_manager, "示例批文第 2 号"), cast.reviewer
    )
    words = words_of(enter(cast.other_manager).get(DESK).text)
    assert "认领没有通过" not in words
    assert "认领已确认：示例二号产业园" in words


def test_staff_see_how_much_waits_and_for_how_long(session: Session, cast: Cast, enter: Enter) -> None:
    old, young = (factories.submitted(factories.need(cast.owner, cast.enterprise)) for _ in range(2))
    old.submitted_at = now() - dt.timedelta(days=3)
    stranger = Organisation(type=OrganisationType.ENTERPRISE, name="示例新单位")
    session.add_all([old, young, stranger])
    session.commit()
    claims.claim(session, cast.other_park, cast.other_manager, "示例批文第 1 号")
    parks.edit(session, cast.park, {"note": "两个片区"}, cast.manager, cast.park.version)
    page = enter(cast.reviewer).get(DESK).text
    words = words_of(page)
    assert "最早的已等 3 天" in words
    assert "2 条内容等审核" in words
    assert "1 条园区认领等确认" in words
    # The chamber among the noise is not verified either.
    assert "2 个单位还没有核实" in words
    assert "1 个园区自报的资料等核对，最早的是示例一号产业园" in words
    assert "我的发布" not in words


def test_an_interest_in_an_unclaimed_park_comes_to_staff(
    session: Session, cast: Cast, need: RelocationNeed, enter: Enter
) -> None:
    interests.express(session, cast.owner, "想看这个园区", today(), "key-2", park=cast.other_park, about=need)
    words = words_of(enter(cast.reviewer).get(DESK).text)
    assert "1 条意向发给了还没有人认领的园区，由您先接收" in words
    assert "还没有人认领" not in words_of(enter(cast.other_manager).get(DESK).text)


# --- postings, interests, news -----------------------------------------------


def test_colleagues_share_their_postings_and_nobody_else_sees_them(session: Session, cast: Cast, enter: Enter) -> None:
    session.add(factories.need(cast.owner, cast.enterprise, title="只有同事看得到的草稿"))
    session.commit()
    for user in (cast.owner, cast.colleague):
        assert "只有同事看得到的草稿" in words_of(enter(user).get(DESK).text)
    for user in (cast.outsider, cast.manager, cast.reviewer, cast.talent):
        assert "只有同事看得到的草稿" not in words_of(enter(user).get(DESK).text)


def test_each_state_offers_its_own_acts(session: Session, cast: Cast, need: RelocationNeed, enter: Enter) -> None:
    page = enter(cast.owner).get(DESK).text
    assert f'href="/postings/{need.id}/matches"' in page
    assert f'href="/postings/{need.id}/withdraw"' in page
    postings.withdraw(session, session.get_one(RelocationNeed, need.id), cast.owner)
    page = enter(cast.owner).get(DESK).text
    assert "已撤回" in words_of(page)
    assert f'href="/postings/{need.id}/revise"' in page
    assert f'href="/postings/{need.id}/withdraw"' not in page


def test_a_posting_past_its_last_day_is_not_called_live(session: Session, cast: Cast, enter: Enter) -> None:
    session.add(factories.published(factories.need(cast.owner, cast.enterprise, title="昨天到期的需求"), days=-1))
    session.commit()
    assert re.search(r"昨天到期的需求 N-\d{4}-\d{4} 需求 已到期", words_of(enter(cast.owner).get(DESK).text))


def test_samples_are_marked(session: Session, cast: Cast, enter: Enter) -> None:
    session.add(factories.published(factories.need(cast.owner, cast.enterprise, title="有标记的", is_sample=True)))
    session.commit()
    assert "有标记的 示例 N-" in words_of(enter(cast.owner).get(DESK).text)


def test_many_postings_come_in_pages(session: Session, cast: Cast, enter: Enter) -> None:
    session.add_all(
        factories.published(factories.need(cast.owner, cast.enterprise, title=f"第 {number:02d} 条"))
        for number in range(23)
    )
    session.commit()
    lin = enter(cast.owner)
    assert "第 02 条" not in words_of(lin.get(DESK).text)
    assert "第 02 条" in words_of(lin.get(f"{DESK}?page=2").text)
    for page in ("3", "0", "-1", "x", "99999999"):
        assert lin.get(f"{DESK}?page={page}").status_code == 404


def test_an_answer_is_news_for_the_sender(session: Session, interest: Interest, cast: Cast, enter: Enter) -> None:
    assert "等对方答复" in words_of(enter(cast.owner).get(DESK).text)
    interests.decline(session, interest, cast.manager, DeclineReason.SPACE, "已租出")
    words = words_of(enter(cast.owner).get(DESK).text)
    assert "对方婉拒了您的意向：电子信息标准厂房" in words
    assert "已婉拒：场地不合适" in words
    assert "对方婉拒" not in words_of(enter(cast.outsider).get(DESK).text)


def test_what_happened_before_the_last_visit_is_no_news(
    session: Session,
    interest: Interest,
    cast: Cast,
    app: Flask,
    sign_in_by_form: Callable[[FlaskClient, User], FlaskClient],
) -> None:
    interests.accept(session, interest, cast.manager)
    interest.answered_at = now() - dt.timedelta(days=2)
    user = session.get_one(User, cast.owner.id)
    user.last_visit_at = now() - dt.timedelta(days=3)
    session.commit()
    page = words_of(sign_in_by_form(app.test_client(), cast.owner).get(DESK).text)
    assert "上次来访之后" in page
    assert "对方接受了您的意向" in page
    # The next visit starts from this one.
    page = words_of(sign_in_by_form(app.test_client(), cast.owner).get(DESK).text)
    assert "对方接受了您的意向" not in page


def test_all_interests_stand_on_a_page_of_their_own(interest: Interest, cast: Cast, enter: Enter) -> None:
    letters = "/desk/interests"
    assert "收到 1 条 发出 0 条" in words_of(enter(cast.manager).get(letters).text)
    assert "收到 0 条 发出 1 条" in words_of(enter(cast.owner).get(letters).text)
    assert "收到 0 条 发出 0 条" in words_of(enter(cast.outsider).get(letters).text)


# --- matches -----------------------------------------------------------------


def test_the_desk_asks_for_matches_later_and_links_to_them_without_script(
    need: RelocationNeed, cast: Cast, enter: Enter
) -> None:
    page = enter(cast.owner).get(DESK).text
    assert 'hx-get="/desk/matches"' in page
    assert '<a href="/desk/matches">看最新几条内容的匹配</a>' in page
    assert "/desk/matches" not in enter(cast.outsider).get(DESK).text


def test_matches_are_a_page_and_for_htmx_a_piece(cast: Cast, enter: Enter) -> None:
    sun = enter(cast.outsider)
    page = sun.get("/desk/matches").text
    piece = sun.get("/desk/matches", headers={"HX-Request": "true"}).text
    assert "<html" in page
    assert "<html" not in piece
    for text in (page, piece):
        assert "还没有在架内容" in text


def test_without_the_model_the_desk_says_that_matching_is_away_and_not_that_nothing_fits(
    app: Flask, need: RelocationNeed, cast: Cast, enter: Enter, tmp_path: Path
) -> None:
    app.extensions["portal"].encoder = Encoder(str(tmp_path / "no-model"))
    words = words_of(enter(cast.owner).get("/desk/matches").text)
    assert need.title in words
    assert "匹配引擎暂时不可用" in words
    assert "没有通过全部硬条件的" not in words
