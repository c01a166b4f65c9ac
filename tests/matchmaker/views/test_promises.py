"""A promise that may not stand, as its owner meets it while writing and as a reviewer decides about it."""

import re
from html import unescape

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.fair_competition import findings_of
from matchmaker.services import postings
from models import FairCompetitionDecision, Incentive, ParkOffer, Review
from models.vocabulary import IncentiveType, PostingStatus, PromiseDecision
from tests import factories
from tests.cast import Cast
from tests.client import Forms, PortalClient
from tests.conftest import SignIn

S, D = PostingStatus, PromiseDecision
TIED = "按企业年纳税额的 5% 奖励"
RENT_FREE = "标准厂房前三年免租"
CONCLUSION = "全园统一办法，期限两年，没有影响更小的办法。"
CLEARED = {"decision": "cleared", "ground": "innovation", "words": CONCLUSION}

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def offer(session: Session, cast: Cast) -> ParkOffer:
    """Put a draft of Chen's with a tax-tied reward into the database."""
    posting = factories.offer(cast.manager, cast.park, cast.authority)
    posting.incentives = [
        Incentive(type=IncentiveType.EQUIPMENT, summary=TIED, condition="投产后申报", issuer="示例园区")
    ]
    session.add(posting)
    session.commit()
    return posting


@pytest.fixture
def chen(client: PortalClient, cast: Cast, sign_in: SignIn) -> PortalClient:
    """Sit the park's manager Chen down in front of a browser."""
    sign_in(client, cast.manager)
    return client


def finding(offer: ParkOffer) -> str:
    (one,) = findings_of(offer)
    return one.id


def whole(session: Session, offer: ParkOffer) -> ParkOffer:
    session.commit()
    found = session.get_one(ParkOffer, offer.id, populate_existing=True)
    session.refresh(found, ["incentives", "reviews"])
    session.commit()
    return found


def to_review(session: Session, cast: Cast, offer: ParkOffer) -> None:
    postings.submit(session, offer, cast.manager)


def decide(client: PortalClient, offer: ParkOffer, **typed: str) -> int:
    one = finding(offer)
    path = f"/review/{offer.id}/promises/{one}"
    answers = {f"{one}-{name}": value for name, value in typed.items()}
    return client.submit(f"/review/{offer.id}", answers, action=path).status_code


# --- the owner ---------------------------------------------------------------


def test_the_incentives_step_shows_what_was_found_why_by_which_article_and_how_to_say_it(
    chen: PortalClient, offer: ParkOffer
) -> None:
    page = unescape(chen.get(f"/postings/{offer.id}/edit/incentives").text)
    for words in (
        "不能承诺",
        "奖励、补贴与纳税挂钩",
        "《公平竞争审查条例》第 10 条（一）（二）",
        "只核对过标题",
        "可以这样写",
    ):
        assert words in page


def test_the_lawful_words_are_taken_over_and_nothing_typed_is_lost(
    chen: PortalClient, session: Session, offer: ParkOffer
) -> None:
    typed = {"rows-0-issuer": "改过的发文机关", "rows-1-type": "hiring", "rows-1-summary": "组织专场招聘"}
    answer = chen.submit(f"/postings/{offer.id}/edit/incentives", {**typed, "go": f"reword:{finding(offer)}"})

    assert answer.status_code == 200
    form = next(form for form in Forms(answer.text).found if "rows-0-summary" in form.values)
    assert form.values["rows-0-summary"][0].startswith("面向全市符合公开条件的企业")
    assert form.values["rows-0-issuer"] == ["改过的发文机关"]
    assert form.values["rows-1-summary"] == ["组织专场招聘"]
    assert f"原来写的：{TIED}；投产后申报" in answer.text
    assert [one.summary for one in whole(session, offer).incentives] == [TIED], "nothing is saved yet"


def test_the_summary_leads_to_the_step_with_the_lawful_words_in_place(
    chen: PortalClient, session: Session, offer: ParkOffer
) -> None:
    page = chen.get(f"/postings/{offer.id}/submit").text
    assert "公平竞争：1 处承诺" in page
    (link,) = re.findall(r'href="([^"]+reword=[^"]+)"', page)
    answer = chen.submit(unescape(link), {"go": "next"})
    assert answer.status_code == 302
    assert whole(session, offer).incentives[0].summary.startswith("面向全市符合公开条件的企业")
    summary = chen.get(f"/postings/{offer.id}/submit").text
    assert "公平竞争：" not in summary
    assert "“×”还没换成实际的数" in summary


def test_a_clause_of_the_description_is_replaced_and_the_rest_stands(
    chen: PortalClient, session: Session, offer: ParkOffer
) -> None:
    offer.incentives = []
    offer.description = "四层标准厂房。企业须承诺十年不外迁。已通双回路。"
    session.commit()
    path = f"/postings/{offer.id}/edit/about"
    assert "禁止迁出、强设法人、限定采购" in chen.get(path).text

    answer = chen.submit(path, {"title": "改过的标题", "go": f"reword:{finding(offer)}"})
    form = next(form for form in Forms(answer.text).found if "description" in form.values)
    written = form.values["description"][0].strip()
    assert written.startswith("四层标准厂房。企业可自主迁移")
    assert written.endswith("已通双回路。")
    assert form.values["title"] == ["改过的标题"]


def test_a_price_of_nothing_is_told_at_its_field(chen: PortalClient, session: Session, offer: ParkOffer) -> None:
    offer.incentives, offer.land_price_wan_per_mu = [], 0
    session.commit()
    page = unescape(chen.get(f"/postings/{offer.id}/edit/money").text)
    assert "零地价、低价供地或返还土地款" in page
    assert "“地价 0 万元/亩”" in page
    assert "换成这句" not in page


def test_the_owner_may_submit_all_the_same(chen: PortalClient, session: Session, offer: ParkOffer) -> None:
    assert chen.submit(f"/postings/{offer.id}/submit").status_code == 302
    assert whole(session, offer).status is S.IN_REVIEW


def test_other_kinds_hear_nothing_of_it(client: PortalClient, session: Session, cast: Cast, sign_in: SignIn) -> None:
    need = factories.need(cast.owner, cast.enterprise, description="希望享受税收返还和三年免租。")
    session.add(need)
    session.commit()
    sign_in(client, cast.owner)
    for path in ("edit/about", "submit"):
        assert "公平竞争" not in client.get(f"/postings/{need.id}/{path}").text.split("<footer")[0]


# --- the reviewer ------------------------------------------------------------


@pytest.fixture
def zhao(client: PortalClient, session: Session, cast: Cast, sign_in: SignIn, offer: ParkOffer) -> PortalClient:
    """Sit the reviewer Zhao down before the offer, which waits."""
    to_review(session, cast, offer)
    sign_in(client, cast.reviewer)
    return client


def test_the_queue_and_the_page_say_what_waits_for_a_decision(zhao: PortalClient, offer: ParkOffer) -> None:
    assert "1 处承诺涉及公平竞争，等您决定" in zhao.get("/review").text
    page = zhao.get(f"/review/{offer.id}").text
    assert "现在不能通过：1 处承诺还没有决定" in page
    assert "通过，上架" not in page


def test_no_forged_publication_gets_past_it(zhao: PortalClient, session: Session, offer: ParkOffer) -> None:
    answer = zhao.press(f"/review/{offer.id}/publish", {"version": str(offer.version)}, page=f"/review/{offer.id}")
    assert "还有承诺没有公平竞争审查的决定" in zhao.get(answer.location).text
    assert whole(session, offer).status is S.IN_REVIEW


def test_what_must_be_rewritten_is_written_to_the_owner_already(
    zhao: PortalClient, session: Session, cast: Cast, offer: ParkOffer, sign_in: SignIn
) -> None:
    assert decide(zhao, offer, decision="upheld", words="请按设备投资额写") == 302
    page = unescape(zhao.get(f"/review/{offer.id}").text)
    assert "1 处承诺已认定须改写" in page
    assert f"须改写 · {cast.reviewer.name}" in page
    form = next(form for form in Forms(page).found if form.action.endswith("/send-back"))
    assert form.values["reason"] == ["policy"]
    for words in (TIED, "第 10 条（一）（二）", "可以这样写", "请按设备投资额写"):
        assert words in form.values["words"][0]

    assert zhao.submit(f"/review/{offer.id}", {}, action=f"/review/{offer.id}/send-back").status_code == 302
    assert whole(session, offer).status is S.DRAFT
    assert TIED in (session.scalars(select(Review)).one().words or "")
    session.commit()
    sign_in(zhao, cast.manager)
    assert "请按设备投资额写" in zhao.get(f"/postings/{offer.id}/edit/incentives").text


def test_a_cleared_promise_may_be_published(zhao: PortalClient, session: Session, offer: ParkOffer) -> None:
    assert decide(zhao, offer, **CLEARED) == 302
    page = zhao.get(f"/review/{offer.id}").text
    assert CONCLUSION in page
    assert zhao.submit(f"/review/{offer.id}", {}, action=f"/review/{offer.id}/publish").status_code == 302
    assert whole(session, offer).is_live


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "选一个决定"),
        ({"decision": "cleared", "words": CONCLUSION}, "选一项依据"),
        ({"decision": "cleared", "ground": "innovation", "words": "可以"}, "写明审查结论，至少 10 个字"),
    ],
)
def test_half_a_decision_is_refused_and_what_was_written_stays(
    zhao: PortalClient, session: Session, offer: ParkOffer, typed: dict[str, str], said: str
) -> None:
    one = finding(offer)
    answers = {f"{one}-{name}": value for name, value in typed.items()}
    answer = zhao.submit(f"/review/{offer.id}", answers, action=f"/review/{offer.id}/promises/{one}")
    assert answer.status_code == 422
    assert said in answer.text
    assert typed.get("words", "") in answer.text
    assert session.scalars(select(FairCompetitionDecision)).all() == []


def test_open_terms_clear_no_tax_reward(zhao: PortalClient, session: Session, offer: ParkOffer) -> None:
    assert decide(zhao, offer, decision="cleared", ground="open_terms", words=CONCLUSION) == 422
    assert session.scalars(select(FairCompetitionDecision)).all() == []


def test_a_decision_about_words_that_are_gone_is_none(zhao: PortalClient, offer: ParkOffer) -> None:
    answer = zhao.press(f"/review/{offer.id}/promises/rent-0123456789abcdef", page=f"/review/{offer.id}")
    assert "这句话已经不在内容里" in zhao.get(answer.location).text


def test_a_decision_about_an_older_version_is_refused(
    zhao: PortalClient, session: Session, cast: Cast, offer: ParkOffer
) -> None:
    page = zhao.get(f"/review/{offer.id}").text
    one = finding(offer)
    form = next(form for form in Forms(page).found if form.action.endswith(one))
    postings.recall(session, offer, cast.manager)
    postings.submit(session, offer, cast.manager)
    session.commit()
    sent = {name: values[0] for name, values in form.values.items()} | {f"{one}-decision": "upheld"}
    answer = zhao.post(form.action, data=sent)
    assert "发布人改过" in zhao.get(answer.location).text
    assert session.scalars(select(FairCompetitionDecision)).all() == []
