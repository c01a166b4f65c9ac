"""The queue as reviewers meet it, and as nobody else does."""

import datetime as dt

import pytest
import time_machine
from sqlalchemy.orm import Session

from matchmaker.services import postings, reviews
from matchmaker.working_time import HUNAN, working_hours
from models import Consent, ParkOffer, Posting, RelocationNeed, now
from models.vocabulary import ConsentPurpose, PostingStatus, ReviewDecision, ReviewReason
from tests import factories
from tests.cast import Cast
from tests.client import PortalClient
from tests.conftest import SignIn

S = PostingStatus

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def need(session: Session, cast: Cast) -> RelocationNeed:
    """Put Lin's need into the queue."""
    posting = factories.need(cast.owner, cast.enterprise)
    session.add(posting)
    session.commit()
    postings.submit(session, posting, cast.owner)
    return posting


@pytest.fixture
def zhao(client: PortalClient, cast: Cast, sign_in: SignIn) -> PortalClient:
    """Sit the reviewer Zhao down in front of a browser."""
    sign_in(client, cast.reviewer)
    return client


def fresh(session: Session, posting: Posting) -> Posting:
    """Read the posting as the pages have left it, and let go of the lock again."""
    found = session.get_one(type(posting), posting.id, populate_existing=True)
    session.refresh(found, ["reviews"])
    session.commit()
    return found


# --- the queue ---------------------------------------------------------------


def test_only_staff_see_the_queue(client: PortalClient, cast: Cast, sign_in: SignIn, need: RelocationNeed) -> None:
    pages = ("/review", f"/review/{need.id}", "/review/decisions")
    for page in pages:
        assert client.get(page).location.startswith("/sign-in")
    for user in (cast.owner, cast.manager, cast.talent):
        sign_in(client, user)
        assert [client.get(page).status_code for page in pages] == [403, 404, 403]
        for verb in ("publish", "send-back"):
            assert client.press(f"/review/{need.id}/{verb}", page="/postings/new").status_code == 404


def test_the_longest_waiting_comes_first_and_drafts_do_not_come(
    zhao: PortalClient, session: Session, cast: Cast, need: RelocationNeed
) -> None:
    older = factories.submitted(factories.offer(cast.manager, cast.park, cast.authority))
    older.submitted_at = now() - dt.timedelta(days=9)
    draft = factories.need(cast.owner, cast.enterprise, title="还没提交的草稿")
    session.add_all([older, draft])
    session.commit()
    page = zhao.get("/review").text

    assert page.index(older.title) < page.index(need.title)
    assert "还没提交的草稿" not in page
    assert "待审 2 件，1 件已超时" in page


def test_the_queue_is_narrowed_by_kind_and_to_appeals(
    zhao: PortalClient, session: Session, cast: Cast, need: RelocationNeed
) -> None:
    offer = factories.submitted(factories.offer(cast.manager, cast.park, cast.authority))
    session.add(offer)
    session.commit()
    reviews.send_back(session, need, cast.reviewer, ReviewReason.UNVERIFIABLE, "说明来源")
    reviews.appeal(session, need, cast.owner, "来源是供电合同")
    session.commit()

    offers = zhao.get("/review?kind=offer").text
    assert offer.title in offers
    assert need.title not in offers
    appeals = zhao.get("/review?appeals=yes").text
    assert need.title in appeals
    assert offer.title not in appeals
    assert "没有符合条件的待审内容" in zhao.get("/review?kind=talent").text
    assert zhao.get("/review?kind=teapot&page=-3").status_code == 200


def test_a_long_queue_has_pages(zhao: PortalClient, session: Session, cast: Cast) -> None:
    for number in range(23):
        session.add(factories.submitted(factories.need(cast.owner, cast.enterprise, title=f"第 {number:02d} 份需求")))
    session.commit()

    first, second = zhao.get("/review").text, zhao.get("/review?page=2").text
    assert "第 00 份需求" in first
    assert "第 22 份需求" not in first
    assert "第 22 份需求" in second
    assert "第 22 份需求" in zhao.get("/review?page=99").text


def test_an_empty_queue_says_so(zhao: PortalClient) -> None:
    assert "没有待审的内容" in zhao.get("/review").text


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-24 09:00", "2026-11-24 10:30", 1.5),
        ("2026-11-24 16:00", "2026-11-25 10:00", 2),
        ("2026-11-27 16:00", "2026-11-30 10:00", 2),
        ("2026-11-28 10:00", "2026-11-29 18:00", 0),
        ("2026-11-24 06:00", "2026-11-24 23:00", 8),
    ],
)
def test_waiting_is_counted_in_office_hours(start: str, end: str, hours: float) -> None:
    at = [dt.datetime.strptime(moment, "%Y-%m-%d %H:%M").replace(tzinfo=HUNAN) for moment in (start, end)]

    assert working_hours(at[0], at[1]) == hours


def test_the_limit_is_said_in_words(
    clock: time_machine.Traveller, client: PortalClient, session: Session, cast: Cast, sign_in: SignIn
) -> None:
    posting = factories.submitted(factories.need(cast.owner, cast.enterprise))
    session.add(posting)
    session.commit()
    for hours, words in (
        (0, "还剩 2 天"),
        (3, "还剩 1 天 5 小时"),
        (24, "还剩 1 天"),
        (31.5, "还剩不到 1 小时"),
        (72, "已超 1 天"),
    ):
        clock.move_to(dt.datetime(2026, 11, 24, 9, 0, tzinfo=HUNAN) + dt.timedelta(hours=hours))
        sign_in(client, cast.reviewer)
        assert words in client.get("/review").text, (hours, words)


# --- one posting -------------------------------------------------------------


def test_a_reviewer_sees_what_to_look_at_twice(
    zhao: PortalClient, session: Session, cast: Cast, need: RelocationNeed
) -> None:
    need.description = "联系 boss@example.com"
    cast.enterprise.verified_at = None
    need.sewage_m3_per_day = 5000
    twin = factories.published(factories.need(cast.outsider, cast.other_enterprise, title=need.title))
    offer = factories.submitted(factories.offer(cast.other_manager, cast.park, cast.other_authority))
    session.add_all([twin, offer])
    session.commit()
    page = zhao.get(f"/review/{need.id}").text

    for words in ("boss@example.com", "还没核实", "排污水量不能大于用水量", f"与 {twin.number} 标题相同"):
        assert words in page
    assert "发布单位不是“示例一号产业园”已确认的管理机构" in zhao.get(f"/review/{offer.id}").text


def test_a_reviewer_reads_the_facts_and_what_changed(
    zhao: PortalClient, session: Session, cast: Cast, need: RelocationNeed
) -> None:
    reviews.publish(session, need, cast.reviewer)
    postings.revise(session, need, cast.owner)
    postings.save_step(session, need, {"power_kva": 22_000}, cast.owner, need.version)
    postings.submit(session, need, cast.owner)
    session.commit()
    page = zhao.get(f"/review/{need.id}").text

    assert "与上次在架的不同" in page
    assert "6,000 kVA" in page
    assert "22,000 kVA" in page


def test_a_reviewer_does_not_see_a_draft_nor_edits_anything(
    zhao: PortalClient, session: Session, cast: Cast, need: RelocationNeed
) -> None:
    draft = factories.need(cast.owner, cast.enterprise, title="还没提交的草稿")
    session.add(draft)
    session.commit()

    assert zhao.get(f"/review/{draft.id}").status_code == 404
    assert zhao.get(f"/postings/{need.id}/edit/about").status_code == 404
    assert zhao.press(f"/postings/{need.id}/edit/about", {"title": "改了"}, page="/postings/new").status_code == 404


def test_a_reviewer_publishes(zhao: PortalClient, session: Session, need: RelocationNeed) -> None:
    answer = (
        zhao.submit(f"/review/{need.id}", action="publish_", follow_redirects=True)
        if False
        else zhao.submit(f"/review/{need.id}", action=f"/review/{need.id}/publish")
    )

    assert answer.location == "/review"
    assert fresh(session, need).status is S.PUBLISHED


def test_sending_back_needs_a_reason_and_words_and_keeps_what_was_typed(
    zhao: PortalClient, session: Session, need: RelocationNeed
) -> None:
    page, action = f"/review/{need.id}", f"/review/{need.id}/send-back"
    wordless = zhao.submit(page, {"reason": "unverifiable", "words": ""}, action=action)
    assert wordless.status_code == 422
    reasonless = zhao.submit(page, {"words": "用电容量说明来源"}, action=action)
    assert reasonless.status_code == 422
    assert "用电容量说明来源" in reasonless.text
    assert zhao.submit(page, {"reason": "mood", "words": "用电容量说明来源"}, action=action).status_code == 422
    assert fresh(session, need).status is S.IN_REVIEW

    zhao.submit(page, {"reason": "unverifiable", "words": "用电容量说明来源"}, action=action)
    after = fresh(session, need)
    assert after.status is S.DRAFT
    assert (after.reviews[-1].decision, after.reviews[-1].words) == (ReviewDecision.SENT_BACK, "用电容量说明来源")


def test_a_decision_about_an_older_reading_is_not_made(
    zhao: PortalClient, session: Session, cast: Cast, need: RelocationNeed
) -> None:
    form = zhao.form(f"/review/{need.id}", f"/review/{need.id}/publish")
    postings.recall(session, need, cast.owner)
    postings.save_step(session, need, {"power_kva": 22_000}, cast.owner, need.version)
    postings.submit(session, need, cast.owner)
    session.commit()
    answer = zhao.post(f"/review/{need.id}/publish", data=form.values, follow_redirects=True)

    assert "您看的时候发布人改过" in answer.text
    assert fresh(session, need).status is S.IN_REVIEW


def test_a_posting_that_left_the_queue_is_not_decided_again(
    zhao: PortalClient, session: Session, cast: Cast, need: RelocationNeed
) -> None:
    form = zhao.form(f"/review/{need.id}", f"/review/{need.id}/publish")
    zhao.post(f"/review/{need.id}/publish", data=form.values)
    form.values["version"] = [str(fresh(session, need).version)]
    answer = zhao.post(f"/review/{need.id}/publish", data=form.values, follow_redirects=True)

    assert "已经不在待审里" in answer.text
    assert len(fresh(session, need).reviews) == 1


def test_an_appeal_is_closed_to_the_one_it_objects_to_and_open_to_a_colleague(
    zhao: PortalClient, session: Session, cast: Cast, sign_in: SignIn, need: RelocationNeed
) -> None:
    reviews.send_back(session, need, cast.reviewer, ReviewReason.UNVERIFIABLE, "说明来源")
    reviews.appeal(session, need, cast.owner, "来源是供电合同")
    session.commit()
    page = zhao.get(f"/review/{need.id}").text
    assert "要由另一位工作人员决定" in page
    assert f"/review/{need.id}/publish" not in page
    answer = zhao.press(f"/review/{need.id}/publish", {"version": need.version}, page="/postings/new")
    assert answer.status_code == 302
    assert fresh(session, need).status is S.IN_REVIEW

    sign_in(zhao, cast.second_reviewer)
    page = zhao.get(f"/review/{need.id}").text
    assert "来源是供电合同" in page
    zhao.submit(f"/review/{need.id}", action=f"/review/{need.id}/publish")
    assert fresh(session, need).status is S.PUBLISHED


def test_the_record_names_who_decided_what_and_why(
    zhao: PortalClient, session: Session, cast: Cast, need: RelocationNeed
) -> None:
    reviews.send_back(session, need, cast.reviewer, ReviewReason.CONTRADICTORY, "面积前后不一")
    postings.submit(session, need, cast.owner)
    reviews.publish(session, need, cast.second_reviewer)
    session.commit()
    page = zhao.get("/review/decisions").text

    for words in (need.title, "前后矛盾", "面积前后不一", "赵芳", "钱勇"):
        assert words in page


def test_a_talents_name_is_not_shown_to_reviewers(zhao: PortalClient, session: Session, cast: Cast) -> None:
    profile = factories.submitted(factories.talent(cast.talent))
    session.add(profile)
    session.commit()

    for page in ("/review", f"/review/{profile.id}"):
        text = zhao.get(page).text
        assert cast.talent.name not in text
        assert cast.talent.email not in text


def test_a_talents_year_of_birth_is_for_the_talent_alone(
    zhao: PortalClient, session: Session, cast: Cast, sign_in: SignIn
) -> None:
    profile = factories.talent(cast.talent, birth_year=1971)
    consent = Consent(user_id=cast.talent.id, purpose=ConsentPurpose.TALENT_MATCHING, wording_version="1")
    session.add_all([profile, consent])
    session.commit()
    for year in (1972, 1973):
        postings.submit(session, profile, cast.talent)
        reviews.publish(session, profile, cast.reviewer)
        postings.revise(session, profile, cast.talent)
        postings.save_step(
            session, profile, {"birth_year": year, "skills": [f"技能{year}"]}, cast.talent, profile.version
        )
    postings.submit(session, profile, cast.talent)

    for page in (f"/review/{profile.id}", f"/postings/{profile.id}/history"):
        text = zhao.get(page).text
        assert "技能1972" in text
        assert not any(str(year) in text.replace(f"技能{year}", "") for year in (1971, 1972, 1973)), page
    sign_in(zhao, cast.talent)
    assert "1972" in zhao.get(f"/postings/{profile.id}/history").text.replace("技能1972", "")


def test_a_script_in_any_text_is_only_text(zhao: PortalClient, session: Session, cast: Cast) -> None:
    payload = "<script>alert(1)</script>"
    offer: ParkOffer = factories.submitted(
        factories.offer(
            cast.manager, cast.park, cast.authority, title=payload, description=payload, price_source=payload
        )
    )
    offer.incentives[0].summary = payload
    session.add(offer)
    session.commit()

    for page in ("/review", f"/review/{offer.id}"):
        text = zhao.get(page).text
        assert payload not in text
        assert "&lt;script&gt;" in text
