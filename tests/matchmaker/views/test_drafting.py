"""Writing a posting as its owner, a colleague and an outsider meet it in the browser."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.services import postings, reviews
from models import Consent, ParkOffer, Posting, RelocationNeed, TalentProfile
from models.vocabulary import Answer, ConsentPurpose, PostingStatus, ReviewReason
from tests import factories
from tests.cast import Cast
from tests.client import Forms, PortalClient
from tests.conftest import SignIn

S = PostingStatus

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def need(session: Session, cast: Cast) -> RelocationNeed:
    """Put a complete draft of Lin's into the database."""
    posting = factories.need(cast.owner, cast.enterprise)
    session.add(posting)
    session.commit()
    return posting


@pytest.fixture
def lin(client: PortalClient, cast: Cast, sign_in: SignIn) -> PortalClient:
    """Sit Lin down in front of a browser."""
    sign_in(client, cast.owner)
    return client


def step(posting: Posting, slug: str) -> str:
    return f"/postings/{posting.id}/edit/{slug}"


def fresh(session: Session, posting: Posting) -> Any:
    """Read the posting as the pages have left it, whole, and let go of the lock again."""
    session.commit()
    found = session.get_one(type(posting), posting.id, populate_existing=True)
    session.refresh(found, ["reviews", "clauses", "versions"])
    if isinstance(found, ParkOffer):
        session.refresh(found, ["incentives"])
    session.commit()
    return found


def only_need(session: Session, title: str) -> RelocationNeed:
    session.commit()
    found = session.scalars(select(RelocationNeed).where(RelocationNeed.title == title)).one()
    session.commit()
    return found


# --- choosing and beginning --------------------------------------------------


def test_each_side_is_offered_what_it_may_publish(client: PortalClient, cast: Cast, sign_in: SignIn) -> None:
    for user, offered, not_offered in (
        (cast.owner, ["发布需求", "发布岗位"], "登记芙蓉人才"),
        (cast.manager, ["发布载体", "发布岗位"], "发布需求</h2>"),
        (cast.talent, ["登记芙蓉人才"], "发布岗位"),
    ):
        page = sign_in(client, user).get("/postings/new").text
        assert all(words in page for words in offered)
        assert not_offered not in page


def test_nobody_publishes_for_another_side(client: PortalClient, cast: Cast, sign_in: SignIn) -> None:
    for user, kind in (
        (cast.owner, "offer"),
        (cast.manager, "need"),
        (cast.talent, "position"),
        (cast.reviewer, "need"),
    ):
        answer = sign_in(client, user).get(f"/postings/new/{kind}")
        assert answer.status_code == 403
    assert sign_in(client, cast.owner).get("/postings/new/teapot").status_code == 404


def test_a_title_is_enough_for_a_draft(lin: PortalClient, session: Session, cast: Cast) -> None:
    answer = lin.submit("/postings/new/need", {"title": "铜箔车间外迁", "go": "next"})

    need = only_need(session, "铜箔车间外迁")
    assert (need.status, need.owner_id, need.organisation_id) == (S.DRAFT, cast.owner.id, cast.enterprise.id)
    assert answer.location == step(need, "place")


def test_a_first_step_without_a_title_keeps_everything_typed(lin: PortalClient, session: Session, cast: Cast) -> None:
    typed = {"title": " ", "description": "三层厂房，<b>自用</b>", "industry_codes-more": "线路板", "go": "next"}
    answer = lin.submit("/postings/new/need", typed)

    assert answer.status_code == 422
    assert "1 处要改" in answer.text
    assert '<a href="#title">标题：先写标题，才能保存</a>' in answer.text
    assert "三层厂房，&lt;b&gt;自用&lt;/b&gt;" in answer.text
    assert 'value="C3982"' in answer.text
    session.commit()
    assert session.scalars(select(Posting).where(Posting.owner_id == cast.owner.id)).all() == []


def test_what_a_request_carries_beside_the_form_is_ignored(
    lin: PortalClient, session: Session, cast: Cast, need: RelocationNeed
) -> None:
    forged = {
        "owner_id": cast.outsider.id,
        "status": "published",
        "is_sample": "yes",
        "organisation_id": "",
        "id": "999",
    }
    lin.submit(step(need, "utilities"), {"power_kva": "7,000", **forged})

    after = fresh(session, need)
    assert (after.power_kva, after.owner_id, after.status, after.is_sample) == (7000, cast.owner.id, S.DRAFT, False)


# --- one step after the other ------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "slugs"),
    [
        ("need", ["about", "place", "space", "utilities", "siting", "people", "money", "clauses", "publication"]),
        ("offer", ["about", "space", "utilities", "money", "siting", "policy", "incentives", "clauses", "publication"]),
        ("talent", ["about", "level", "coming", "support", "clauses", "publication"]),
        ("position", ["about", "asks", "gives", "clauses", "publication"]),
    ],
)
def test_all_steps_of_all_kinds_lead_on_to_the_summary_and_change_nothing(
    client: PortalClient, session: Session, cast: Cast, sign_in: SignIn, kind: str, slugs: list[str]
) -> None:
    owner, posting = {
        "need": (cast.owner, factories.need(cast.owner, cast.enterprise)),
        "offer": (cast.manager, factories.offer(cast.manager, cast.park, cast.authority)),
        "talent": (cast.talent, factories.talent(cast.talent)),
        "position": (cast.owner, factories.position(cast.owner, cast.enterprise)),
    }[kind]
    session.add(posting)
    session.commit()
    before = posting.snapshot()
    sign_in(client, owner)

    for slug, after in zip(slugs, [*slugs[1:], None], strict=True):
        answer = client.submit(step(posting, slug), {"go": "next"})
        assert answer.status_code == 302, slug
        assert answer.location == (step(posting, after) if after else f"/postings/{posting.id}/submit")
    assert fresh(session, posting).snapshot() == before
    summary = client.get(f"/postings/{posting.id}/submit")
    assert summary.status_code == 200
    assert posting.title in summary.text


def test_buttons_lead_back_or_to_the_desk(lin: PortalClient, need: RelocationNeed) -> None:
    assert lin.submit(step(need, "space"), {"go": "previous"}).location == step(need, "place")
    assert lin.submit(step(need, "space"), {"go": "leave"}).location == "/desk"


def test_a_wrong_value_is_named_and_nothing_of_the_step_is_saved(
    lin: PortalClient, session: Session, need: RelocationNeed
) -> None:
    answer = lin.submit(step(need, "utilities"), {"power_kva": "8000千瓦", "water_m3_per_day": "2，400", "go": "next"})

    assert answer.status_code == 422
    assert "<title>1 处要改" in answer.text
    assert "请只填数字。“8000千瓦”里有单位，这里按 kVA 填" in answer.text
    assert 'value="8000千瓦"' in answer.text
    assert 'value="2，400"' in answer.text
    after = fresh(session, need)
    assert (after.power_kva, after.water_m3_per_day) == (6000, 1200)


def test_a_code_that_no_longer_exists_is_refused_at_its_field(
    lin: PortalClient, session: Session, need: RelocationNeed
) -> None:
    answer = lin.submit(step(need, "about"), {"from_city_code": "999999", "industry_codes": "Z9999"})

    assert answer.status_code == 422
    assert "“999999”不是可选的地区" in answer.text
    assert "“Z9999”不是 GB/T 4754-2017 的行业代码" in answer.text


def test_an_answer_is_stored_kept_apart_and_taken_back(
    lin: PortalClient, session: Session, need: RelocationNeed
) -> None:
    page = lin.get(step(need, "siting")).text
    assert 'name="adds_capacity-clear"' not in page
    lin.submit(step(need, "siting"), {"adds_capacity": "unsure"})
    assert fresh(session, need).adds_capacity is Answer.UNSURE

    lin.submit(step(need, "siting"), {"adds_capacity-clear": "yes"})
    assert fresh(session, need).adds_capacity is None


def test_the_steps_say_what_they_lack_and_link_to_the_very_field(
    lin: PortalClient, session: Session, need: RelocationNeed
) -> None:
    need.investment_yi, need.sewage_m3_per_day = None, 5000
    session.commit()
    page = lin.get(step(need, "about")).text

    assert f'href="{step(need, "money")}#investment_yi"' in page
    assert f'href="{step(need, "utilities")}#sewage_m3_per_day"' in page
    assert "还缺 1 项必填" in page
    assert "1 处前后矛盾" in page


def test_an_unknown_step_is_not_found(lin: PortalClient, need: RelocationNeed) -> None:
    assert lin.get(step(need, "incentives")).status_code == 404
    assert lin.get(step(need, "status")).status_code == 404


# --- whose draft it is -------------------------------------------------------

PAGES = (
    "edit/about",
    "edit/clauses",
    "edit/publication",
    "manage",
    "submit",
    "history",
    "withdraw",
    "revise",
    "close",
    "delete",
    "extend",
    "appeal",
)
VERBS = ("submit", "recall", "withdraw", "revise", "close", "delete", "extend", "copy", "appeal")


def test_a_draft_is_for_its_owner_and_colleagues_and_not_found_for_all_others(
    client: PortalClient, session: Session, cast: Cast, sign_in: SignIn, need: RelocationNeed
) -> None:
    for user in (cast.outsider, cast.manager, cast.talent, cast.reviewer):
        sign_in(client, user)
        for page in PAGES:
            assert client.get(f"/postings/{need.id}/{page}").status_code == 404, (user.name, page)
        for verb in VERBS:
            assert client.press(f"/postings/{need.id}/{verb}", page="/postings/new").status_code == 404, (
                user.name,
                verb,
            )
    assert fresh(session, need).status is S.DRAFT

    sign_in(client, cast.colleague)
    client.submit(step(need, "utilities"), {"power_kva": "7000"})
    assert fresh(session, need).power_kva == 7000


def test_opening_a_page_changes_nothing(lin: PortalClient, session: Session, need: RelocationNeed) -> None:
    version = need.version
    for page in PAGES:
        lin.get(f"/postings/{need.id}/{page}")

    after = fresh(session, need)
    assert (after.version, after.status) == (version, S.DRAFT)


# --- a clash -----------------------------------------------------------------


def test_a_clash_shows_both_and_loses_nothing(
    lin: PortalClient, session: Session, cast: Cast, need: RelocationNeed
) -> None:
    form = lin.form(step(need, "utilities"))
    postings.save_step(session, need, {"power_kva": 7500, "dual_supply_needed": "no"}, cast.colleague, need.version)
    session.commit()
    mine = form.values | {"power_kva": ["9,000"], "steam_t_per_hour": ["4"]}
    answer = lin.post(step(need, "utilities"), data=mine)

    assert answer.status_code == 409
    for words in ("9,000 kVA", "7,500 kVA", "4 t/h", "有 3 项不一样"):
        assert words in answer.text
    assert fresh(session, need).power_kva == 7500

    resent = _resend(answer.text)
    assert resent["steam_t_per_hour"] == ["4"]
    overwritten = lin.post(step(need, "utilities"), data=resent)
    assert overwritten.status_code == 302
    after = fresh(session, need)
    assert (after.power_kva, after.steam_t_per_hour, after.dual_supply_needed) == (9000, 4, Answer.YES)


def _resend(page: str) -> dict[str, list[str]]:
    return next(form.values for form in Forms(page).found if "version" in form.values)


def test_a_draft_sent_to_review_meanwhile_is_not_overwritten(
    lin: PortalClient, session: Session, cast: Cast, need: RelocationNeed
) -> None:
    form = lin.form(step(need, "utilities"))
    postings.submit(session, need, cast.colleague)
    session.commit()
    answer = lin.post(step(need, "utilities"), data=form.values | {"power_kva": ["9000"]})

    assert answer.status_code == 409
    assert "同事已把它变成“审核中”" in answer.text
    assert "9,000 kVA" in answer.text
    assert "整步覆盖" not in answer.text
    assert fresh(session, need).power_kva == 6000


@pytest.mark.parametrize(
    ("slug", "values", "words"),
    [("clauses", {"clauses": ["T6c"]}, "T6c 九条产业链"), ("publication", {"name_is_public": "yes"}, "公开")],
)
def test_the_other_steps_clash_in_the_same_way(
    lin: PortalClient, session: Session, cast: Cast, need: RelocationNeed, slug: str, values: dict[str, Any], words: str
) -> None:
    form = lin.form(step(need, slug))
    postings.save_step(session, need, {"power_kva": 7500}, cast.colleague, need.version)
    session.commit()
    answer = lin.post(step(need, slug), data=form.values | values)

    assert answer.status_code == 409
    assert words in answer.text
    assert lin.post(step(need, slug), data=_resend(answer.text)).status_code == 302


# --- incentives, clauses, publication ----------------------------------------


@pytest.fixture
def offer(session: Session, cast: Cast) -> ParkOffer:
    """Put a complete draft of Chen's into the database."""
    posting = factories.offer(cast.manager, cast.park, cast.authority)
    session.add(posting)
    session.commit()
    return posting


def test_a_manager_adds_a_row_without_script_and_saves_two_incentives(
    client: PortalClient, session: Session, cast: Cast, sign_in: SignIn, offer: ParkOffer
) -> None:
    sign_in(client, cast.manager)
    typed = {"rows-1-type": "hiring", "rows-1-summary": "每招一人 1,000 元"}
    more = client.submit(step(offer, "incentives"), {**typed, "go": "add"})
    assert more.status_code == 200
    assert "每招一人 1,000 元" in more.text
    assert 'name="rows-2-type"' in more.text
    assert len(fresh(session, offer).incentives) == 1

    client.submit(step(offer, "incentives"), {**typed, "go": "next"})
    assert [i.summary for i in fresh(session, offer).incentives] == ["前两年租金减半", "每招一人 1,000 元"]


def test_a_wrong_incentive_keeps_its_row(
    client: PortalClient, session: Session, cast: Cast, sign_in: SignIn, offer: ParkOffer
) -> None:
    sign_in(client, cast.manager)
    typed = {"rows-1-type": "hiring", "rows-1-cap_wan": "三百万", "rows-1-valid_to": "年底"}
    answer = client.submit(step(offer, "incentives"), {**typed, "go": "next"})

    assert answer.status_code == 422
    assert "3 处要改" in answer.text
    assert 'value="三百万"' in answer.text
    assert 'value="年底"' in answer.text
    assert len(fresh(session, offer).incentives) == 1


def test_an_owner_links_clauses_and_takes_one_off(lin: PortalClient, session: Session, need: RelocationNeed) -> None:
    lin.submit(step(need, "clauses"), {"clauses": ["T6c", "T24"]})
    assert [clause.id for clause in fresh(session, need).clauses] == ["T24", "T6c"]

    lin.submit(step(need, "clauses"), {"clauses": ["T24"]})
    assert [clause.id for clause in fresh(session, need).clauses] == ["T24"]
    assert lin.submit(step(need, "clauses"), {"clauses": ["T99"]}).status_code == 422


def test_a_posting_is_private_until_its_owner_says_otherwise(
    lin: PortalClient, session: Session, need: RelocationNeed
) -> None:
    lin.submit(step(need, "publication"), {})
    assert fresh(session, need).name_is_public is False

    lin.submit(step(need, "publication"), {"name_is_public": "yes", "language": "zh-Hant"})
    after = fresh(session, need)
    assert (after.name_is_public, after.language.value) == (True, "zh-Hant")
    far = lin.submit(step(need, "publication"), {"expires_on": "2099年1月1日"})
    assert far.status_code == 422
    assert "最长 12 个月" in far.text
    assert 'value="2099年1月1日"' in far.text


def test_a_talent_is_not_asked_about_a_public_name(
    client: PortalClient, session: Session, cast: Cast, sign_in: SignIn
) -> None:
    profile = factories.talent(cast.talent)
    session.add(profile)
    session.commit()
    sign_in(client, cast.talent)

    assert 'name="name_is_public"' not in client.get(step(profile, "publication")).text
    client.submit(step(profile, "publication"), {"name_is_public": "yes"})
    assert fresh(session, profile).name_is_public is False


# --- to review, on the shelf, off it -----------------------------------------


def test_an_owner_submits_and_takes_back(lin: PortalClient, session: Session, need: RelocationNeed) -> None:
    answer = lin.submit(f"/postings/{need.id}/submit", follow_redirects=True)
    assert "已提交。工作人员在 2 个工作日内审核" in answer.text
    assert fresh(session, need).status is S.IN_REVIEW
    assert "审核中，不能修改" in lin.get(step(need, "about")).text

    lin.press(f"/postings/{need.id}/recall", page="/postings/new")
    assert fresh(session, need).status is S.DRAFT


def test_what_is_missing_keeps_a_draft_and_names_the_fields(
    lin: PortalClient, session: Session, need: RelocationNeed
) -> None:
    need.investment_yi = None
    session.commit()
    answer = lin.submit(f"/postings/{need.id}/submit")

    assert answer.status_code == 422
    assert "还有 1 处，填好才能提交" in answer.text
    assert fresh(session, need).status is S.DRAFT


def test_a_phone_number_in_public_words_is_pointed_out(
    lin: PortalClient, session: Session, need: RelocationNeed
) -> None:
    need.description = "有意请致电 13812345678 王经理"
    session.commit()

    assert "公开文字里有联系方式“13812345678”" in lin.get(f"/postings/{need.id}/submit").text


def test_a_talent_without_consent_is_led_to_it(
    client: PortalClient, session: Session, cast: Cast, sign_in: SignIn
) -> None:
    profile = factories.talent(cast.talent)
    session.add(profile)
    session.commit()
    sign_in(client, cast.talent)
    assert client.submit(f"/postings/{profile.id}/submit").status_code == 422

    session.add(Consent(user_id=cast.talent.id, purpose=ConsentPurpose.TALENT_MATCHING, wording_version="1"))
    session.commit()
    client.submit(f"/postings/{profile.id}/submit")
    assert fresh(session, profile).status is S.IN_REVIEW
    assert isinstance(fresh(session, profile), TalentProfile)


@pytest.fixture
def live(session: Session, cast: Cast, need: RelocationNeed) -> RelocationNeed:
    """Put Lin's need on the shelf."""
    postings.submit(session, need, cast.owner)
    reviews.publish(session, need, cast.reviewer)
    return need


@pytest.mark.parametrize(("verb", "status"), [("withdraw", S.WITHDRAWN), ("revise", S.DRAFT), ("close", S.CLOSED)])
def test_taking_off_the_shelf_is_asked_before_it_is_done(
    lin: PortalClient, session: Session, live: RelocationNeed, verb: str, status: PostingStatus
) -> None:
    page = lin.get(f"/postings/{live.id}/{verb}")
    assert page.status_code == 200
    assert fresh(session, live).status is S.PUBLISHED

    lin.submit(f"/postings/{live.id}/{verb}")
    assert fresh(session, live).status is status


def test_an_unlawful_move_is_explained_and_not_made(lin: PortalClient, session: Session, need: RelocationNeed) -> None:
    for verb in ("recall", "withdraw", "revise", "close", "extend"):
        answer = lin.post(
            f"/postings/{need.id}/{verb}",
            data={"csrf_token": lin.token("/postings/new"), "expires_on": "2027-01-31"},
            follow_redirects=True,
        )
        assert "这一条现在是“草稿”，不能这样做" in answer.text, verb
        assert fresh(session, need).status is S.DRAFT


def test_an_owner_extends_a_posting(lin: PortalClient, session: Session, live: RelocationNeed) -> None:
    wrong = lin.submit(f"/postings/{live.id}/extend", {"expires_on": "昨天"})
    assert wrong.status_code == 422
    assert 'value="昨天"' in wrong.text
    assert lin.submit(f"/postings/{live.id}/extend", {"expires_on": "2020-01-01"}).status_code == 422
    assert "写上新的到期日" in lin.submit(f"/postings/{live.id}/extend", {"expires_on": ""}).text

    before = fresh(session, live).expires_on
    day = before.replace(day=1)
    lin.submit(f"/postings/{live.id}/extend", {"expires_on": day.isoformat()})
    assert fresh(session, live).expires_on == day


def test_a_draft_is_deleted_only_after_a_question(lin: PortalClient, session: Session, need: RelocationNeed) -> None:
    assert "找不回来" in lin.get(f"/postings/{need.id}/delete").text
    posting_id = need.id
    lin.submit(f"/postings/{need.id}/delete")

    session.commit()
    session.expunge_all()
    assert session.get(Posting, posting_id) is None


def test_a_copy_is_a_new_draft_however_often_the_button_is_pressed(
    lin: PortalClient, session: Session, live: RelocationNeed
) -> None:
    form = lin.form(f"/postings/{live.id}/manage", f"/postings/{live.id}/copy")
    first = lin.post(form.action, data=form.values)
    second = lin.post(form.action, data=form.values)

    assert first.location == second.location
    session.commit()
    copies = session.scalars(select(RelocationNeed).where(RelocationNeed.title == live.title)).all()
    assert sorted(copy.status for copy in copies) == [S.DRAFT, S.PUBLISHED]


def test_the_history_shows_what_changed_between_publications(
    lin: PortalClient, session: Session, cast: Cast, live: RelocationNeed
) -> None:
    postings.revise(session, live, cast.owner)
    changed = {"power_kva": 9000, "pollutants": None, "dual_supply_needed": "unsure"}
    postings.save_step(session, live, changed, cast.owner, live.version)
    postings.submit(session, live, cast.owner)
    reviews.publish(session, live, cast.reviewer)
    session.commit()
    page = lin.get(f"/postings/{live.id}/history").text

    for words in ("第 2 版", "第 1 版", "6,000 kVA", "9,000 kVA", "重金属", "不确定"):
        assert words in page


def test_a_stranger_sees_a_live_posting_but_not_its_history(
    client: PortalClient, cast: Cast, sign_in: SignIn, live: RelocationNeed
) -> None:
    sign_in(client, cast.outsider)

    assert client.get(f"/postings/{live.id}/history").status_code == 404


# --- sent back ---------------------------------------------------------------


def test_an_owner_reads_why_and_objects(lin: PortalClient, session: Session, cast: Cast, need: RelocationNeed) -> None:
    postings.submit(session, need, cast.owner)
    reviews.send_back(session, need, cast.reviewer, ReviewReason.UNVERIFIABLE, "用电容量说明来源")
    session.commit()
    for page in (f"/postings/{need.id}/manage", step(need, "about")):
        text = lin.get(page).text
        assert "来源无法核实" in text
        assert "用电容量说明来源" in text

    assert lin.submit(f"/postings/{need.id}/appeal", {"words": "不"}).status_code == 422
    lin.submit(f"/postings/{need.id}/appeal", {"words": "来源是供电合同，已写在说明里"})
    after = fresh(session, need)
    assert after.status is S.IN_REVIEW
    assert after.open_appeal.appeal == "来源是供电合同，已写在说明里"
