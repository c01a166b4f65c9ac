"""Questions on pages: who finds them, how one is answered, and what somebody reads who was overtaken."""

import datetime as dt

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from matchmaker.database import Database
from matchmaker.match_keeper import MatchKeeper
from matchmaker.services import postings, questions
from models import AuditEvent, Match, ParkOffer, RelocationNeed, User, today
from models.vocabulary import Answer
from tests import factories
from tests.cast import Cast
from tests.client import Forms
from tests.matchmaker.keeping import keep, new_keeper
from tests.matchmaker.views.conftest import Enter, words_of

pytestmark = [pytest.mark.sqlite_only, pytest.mark.usefixtures("market")]

POWER = "power_spare_kva"
READ_ON = today() - dt.timedelta(days=20)


@pytest.fixture
def keeper(database: Database, session: Session, cast: Cast) -> MatchKeeper:
    session.rollback()
    return new_keeper(database)


@pytest.fixture
def need(session: Session, cast: Cast) -> RelocationNeed:
    row = factories.published(factories.need(cast.owner, cast.enterprise))
    session.add(row)
    session.commit()
    return row


@pytest.fixture
def offer(session: Session, cast: Cast, need: RelocationNeed, keeper: MatchKeeper) -> ParkOffer:
    """Chen's offer has read no meter yet."""
    facts = {"power_spare_kva": None, "sewage_spare_m3_per_day": None, "spare_as_of": None}
    row = factories.published(factories.offer(cast.manager, cast.park, cast.authority, **facts))
    session.add(row)
    session.commit()
    keep(keeper)
    return row


def page_of(offer: ParkOffer, name: str = POWER) -> str:
    return f"/questions/{offer.id}/{name}"


def now_in(database: Database, offer: ParkOffer) -> ParkOffer:
    """Read what the market holds now, through eyes of their own."""
    with database.reading() as session:
        return session.get_one(ParkOffer, inspect(offer).identity)


def colleague_of(manager: User, session: Session, cast: Cast) -> User:
    """Let Ma work for Chen's authority, too."""
    (membership,) = cast.other_manager.memberships
    membership.organisation_id = cast.authority.id
    session.commit()
    return cast.other_manager


def test_chen_finds_on_the_desk_what_most_matches_wait_for(offer, cast: Cast, browse: Enter) -> None:
    chen = browse(cast.manager)
    words = words_of(chen.get("/desk").text)
    assert "2 个匹配在等“电子信息标准厂房”的用电余量 共 2 个问题，答了就重新排序 去回答" in words
    assert 'href="/questions"' in chen.get("/desk").text
    words = words_of(chen.get("/questions").text)
    assert "等您回答的 2 个问题" in words
    assert "2 个匹配在等 用电余量（kVA）" in words
    assert "2 个匹配在等 污水处理余量（m³/d）" in words


def test_nobody_else_is_asked(offer, cast: Cast, browse: Enter) -> None:
    for user in (cast.owner, cast.outsider, cast.other_manager, cast.talent, cast.reviewer):
        here = browse(user)
        assert "用电余量" not in words_of(here.get("/desk").text)
        words = words_of(here.get("/questions").text)
        assert "电子信息标准厂房" not in words
        # Ma is asked about the cold store of her own.
        assert ("现在没有等您回答的问题" in words) == (user is not cast.other_manager)
        assert here.get(page_of(offer)).status_code == 404
        assert here.press(page_of(offer), {POWER: "9000"}, page="/help").status_code == 404
    assert browse(cast.reviewer).get(page_of(offer)).status_code == 404, "staff review, and answer for nobody"


def test_who_is_not_signed_in_signs_in_first(offer, client) -> None:
    for page in ("/questions", page_of(offer)):
        assert client.get(page).location == f"/sign-in?next={page}"


def test_an_answer_with_its_day_stands_on_the_page_at_once_and_in_the_history(
    database, session, offer, cast: Cast, browse: Enter, keeper
) -> None:
    chen = browse(cast.manager)
    page = words_of(chen.get(page_of(offer)).text)
    assert "2 个匹配在等这一项" in page
    assert "余量截至" in page
    answer = chen.submit(page_of(offer), {POWER: "9,000", "spare_as_of": READ_ON.isoformat()}, follow_redirects=True)
    words = words_of(answer.text)
    assert "已写进“电子信息标准厂房”，等着这一项的匹配正在重新排" in words
    assert "污水处理余量" in words
    assert "用电余量" not in words
    row = now_in(database, offer)
    assert (row.power_spare_kva, row.spare_as_of, row.is_live) == (9_000, READ_ON, True)
    assert "9,000" in words_of(browse(cast.owner).get(f"/postings/{offer.id}").text), "everybody reads it"
    assert "第 1 版" in words_of(chen.get(f"/postings/{offer.id}/history").text)
    assert f"和已经写着的一起看：余量截至 {READ_ON.isoformat()}" in words_of(
        chen.get(page_of(offer, "sewage_spare_m3_per_day")).text
    )
    keep(keeper)
    assert "等您回答的 1 个问题" in words_of(chen.get("/questions").text)


def test_a_contradiction_is_said_at_its_field_and_nothing_typed_is_lost(
    database, session, offer, cast: Cast, browse: Enter
) -> None:
    chen = browse(cast.manager)
    answer = chen.submit(page_of(offer), {POWER: "９，０００", "spare_as_of": ""})
    assert answer.status_code == 422
    assert "写了余量，就要写截至哪一天" in words_of(answer.text)
    assert 'value="９，０００"' in answer.text
    assert 'href="#spare_as_of"' in answer.text
    assert now_in(database, offer).power_spare_kva is None
    wrong = chen.submit(page_of(offer), {POWER: "很多", "spare_as_of": "2026-13-45"})
    assert wrong.status_code == 422
    for typed in ('value="很多"', 'value="2026-13-45"'):
        assert typed in wrong.text
    assert "有 2 处要改" in words_of(wrong.text)


def test_an_empty_answer_is_none(offer, cast: Cast, browse: Enter) -> None:
    answer = browse(cast.manager).submit(page_of(offer), {POWER: " ", "spare_as_of": READ_ON.isoformat()})
    assert answer.status_code == 422
    assert "还没有回答" in words_of(answer.text)
    assert f'value="{READ_ON.isoformat()}"' in answer.text


def test_fields_that_nobody_asked_for_are_left_alone(database, session, offer, cast: Cast, browse: Enter) -> None:
    more = {"rent_yuan_per_sqm_month": "1", "title": "改过的", "status": "draft", "owner_id": "1", "is_sample": "y"}
    browse(cast.manager).submit(page_of(offer), {POWER: "9000", "spare_as_of": READ_ON.isoformat(), **more})
    row = now_in(database, offer)
    assert (row.power_spare_kva, row.rent_yuan_per_sqm_month, row.title) == (9_000, 10, "电子信息标准厂房")


@pytest.mark.parametrize("name", ["title", "description", "products", "park_code", "nothing", "owner_id", "__class__"])
def test_what_is_no_question_is_not_there(offer, cast: Cast, browse: Enter, name: str) -> None:
    chen = browse(cast.manager)
    assert chen.get(page_of(offer, name)).status_code == 404
    assert chen.press(page_of(offer, name), {name: "改过的"}, page="/help").status_code == 404


def test_who_comes_second_reads_what_the_first_wrote(database, session, offer, cast: Cast, browse: Enter) -> None:
    ma = browse(colleague_of(cast.manager, session, cast))
    form = ma.form(page_of(offer))
    browse(cast.manager).submit(page_of(offer), {POWER: "9000", "spare_as_of": READ_ON.isoformat()})
    answer = ma.post(page_of(offer), data=form.values | {POWER: "5000"}, follow_redirects=True)
    assert "“用电余量”已经写着 9,000 kVA，没有再改" in words_of(answer.text)
    assert now_in(database, offer).power_spare_kva == 9_000


def test_who_is_overtaken_elsewhere_keeps_what_was_typed_and_may_send_it_again(
    database, session, offer, cast: Cast, browse: Enter
) -> None:
    ma = browse(colleague_of(cast.manager, session, cast))
    form = ma.form(page_of(offer))
    chen = browse(cast.manager)
    chen.submit(
        page_of(offer, "sewage_spare_m3_per_day"), {"sewage_spare_m3_per_day": "3000", "spare_as_of": str(READ_ON)}
    )
    answer = ma.post(page_of(offer), data=form.values | {POWER: "5000", "spare_as_of": "2026-11-01"})
    assert answer.status_code == 409
    assert "同事刚改过这条内容。您填的还在，看一眼再写进去" in words_of(answer.text)
    assert 'value="5000"' in answer.text
    assert f"余量截至 {READ_ON.isoformat()}" in words_of(answer.text)
    (again,) = [form.values for form in Forms(answer.text).found if POWER in form.values]
    assert ma.post(page_of(offer), data=again).status_code == 302
    row = now_in(database, offer)
    assert (row.power_spare_kva, row.sewage_spare_m3_per_day, row.spare_as_of) == (5_000, 3_000, READ_ON)


def test_a_withdrawn_posting_asks_nothing_and_says_why(database, session, offer, cast: Cast, browse: Enter) -> None:
    chen = browse(cast.manager)
    form = chen.form(page_of(offer))
    postings.withdraw(session, session.get_one(ParkOffer, offer.id), cast.manager)
    answer = chen.post(page_of(offer), data=form.values | {POWER: "9000"}, follow_redirects=True)
    assert "“电子信息标准厂房”不在架，这一项没有写进去；上架以后再回答" in words_of(answer.text)
    assert "现在没有等您回答的问题" in words_of(chen.get("/questions").text)
    assert now_in(database, offer).power_spare_kva is None


def test_who_is_not_sure_is_left_in_peace_but_may_come_back(
    database, session, offer, cast: Cast, browse: Enter, keeper
) -> None:
    offer.power_spare_kva, offer.sewage_spare_m3_per_day, offer.spare_as_of = 9_000, 3_000, READ_ON
    offer.dedicated_sewage_line = None
    session.commit()
    keep(keeper)
    chen, line = browse(cast.manager), page_of(offer, "dedicated_sewage_line")
    assert "重金属" in words_of(chen.get("/desk").text)
    assert chen.submit(line, {"dedicated_sewage_line": "unsure"}).status_code == 302
    keep(keeper)
    assert "有重金属或高盐废水专管吗" not in words_of(chen.get("/desk").text)
    assert "上次答的是“不确定”，弄清楚了再改" in words_of(chen.get("/questions").text)
    page = chen.get(line).text
    assert "撤掉这个回答" not in page
    assert chen.submit(line, {"dedicated_sewage_line": "yes"}).status_code == 302
    assert now_in(database, offer).dedicated_sewage_line is Answer.YES
    assert len(session.scalars(select(AuditEvent).where(AuditEvent.action == "posting.answered")).all()) == 2


def test_words_are_asked_for_with_the_way_to_a_review(session, offer, cast: Cast, browse: Enter) -> None:
    row = session.scalars(select(Match).where(Match.answering_id == offer.id)).first()
    row.unknown = ["offer.products"]
    session.commit()
    page = browse(cast.manager).get("/questions").text
    assert "这一项是文字，改了要重新审核" in words_of(page)
    assert f'href="/postings/{offer.id}/revise"' in page


def test_every_fact_that_may_be_asked_has_its_input(session, cast: Cast, browse: Enter) -> None:
    """Whatever a condition may ask of any kind of posting, its page opens and takes nothing for an answer."""
    rows = [
        (cast.owner, factories.need(cast.owner, cast.enterprise)),
        (cast.manager, factories.offer(cast.manager, cast.park, cast.authority)),
        (cast.talent, factories.talent(cast.talent)),
        (cast.owner, factories.position(cast.owner, cast.enterprise)),
    ]
    opened = 0
    for user, posting in rows:
        session.add(factories.published(posting))
        session.commit()
        here = browse(user)
        names = [name for name in posting.fields() if questions.is_open(posting, name)]
        session.rollback()
        for name in names:
            assert here.submit(page_of(posting, name)).status_code == 422, name
            opened += 1
    assert opened > 40
