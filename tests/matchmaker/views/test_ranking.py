"""The page of learned orders: for staff, with what was learned and gained, and one press to go back."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.services import exposure, ranking_models
from models import AuditEvent, Interest, ParkOffer, RankingModel, RelocationNeed, now, today
from models.vocabulary import InterestStatus
from tests import factories
from tests.cast import Cast
from tests.matchmaker.views.conftest import Enter, words_of

pytestmark = pytest.mark.sqlite_only

PAGE = "/ranking"


def model(session: Session, is_active: bool = False, pairing: str = "premises", **more: object) -> RankingModel:
    facts: dict[str, object] = {
        "labels": 412,
        "positive": 300,
        "coefficients": {"industry": 1.5, "land_price": 0.75, "gone_criterion": 0.25, "text": 0.0},
        "intercept": -1.0,
        "learned_auc": 0.713,
        "unlearned_auc": 0.652,
        "tested_on": 31,
    }
    row = RankingModel(pairing=pairing, is_active=is_active, **facts | more)
    return ranking_models.add(session, row)


def test_only_staff_see_how_lists_are_ordered(session: Session, cast: Cast, browse: Enter, client) -> None:
    learned = model(session)
    acts = (f"{PAGE}/{learned.id}/activate", f"{PAGE}/premises/off")
    for user in (cast.owner, cast.colleague, cast.outsider, cast.manager, cast.talent):
        here = browse(user)
        assert here.get(PAGE).status_code == 403
        for act in acts:
            assert here.press(act, page="/help").status_code in (403, 404)
    assert client.get(PAGE).location.startswith("/sign-in")
    for user in (cast.reviewer, cast.administrator):
        assert browse(user).get(PAGE).status_code == 200
    session.expire_all()
    assert not session.get_one(RankingModel, learned.id).is_active


def test_staff_find_the_way_there(cast: Cast, browse: Enter) -> None:
    zhao = browse(cast.reviewer)
    for page in ("/desk", "/review"):
        assert f'href="{PAGE}"' in zhao.get(page).text
    assert f'href="{PAGE}"' not in browse(cast.owner).get("/desk").text


def test_before_anything_is_learned_the_page_says_how_much_is_missing(
    session: Session, cast: Cast, browse: Enter
) -> None:
    need = factories.published(factories.need(cast.owner, cast.enterprise))
    offer = factories.published(factories.offer(cast.manager, cast.park, cast.authority))
    session.add_all([need, offer])
    session.flush()
    session.add(_accepted(need, offer, cast))
    session.commit()
    words = words_of(browse(cast.reviewer).get(PAGE).text)
    assert "需求和载体、园区 ：用没有学习的顺序 现在有 2 个答复，满 300 个才开始学习。" in words
    assert "岗位、需求和人才 ：用没有学习的顺序 现在有 0 个答复，满 300 个才开始学习。" in words
    assert "还没有学过" in words
    assert "还没有算过" in words


def _accepted(need: RelocationNeed, offer: ParkOffer, cast: Cast) -> Interest:
    return Interest(
        posting_id=offer.id,
        about_id=need.id,
        sender_id=cast.owner.id,
        organisation_id=cast.enterprise.id,
        message="想看厂",
        status=InterestStatus.ACCEPTED,
        answered_by_id=cast.manager.id,
        answered_at=now(),
        expires_on=today(),
    )


def test_what_was_learned_stands_beside_the_unlearned_with_its_weights(
    session: Session, cast: Cast, browse: Enter
) -> None:
    model(session, is_active=True)
    words = words_of(browse(cast.reviewer).get(PAGE).text)
    assert "需求和载体、园区 ：正在用第 1 版" in words
    assert "412 个，300 个愿意谈 留出 31 个来检验" in words
    assert "71.3% 没有学习 65.2%，+6.1 个百分点" in words
    assert "行业" in words
    assert "1.50" in words
    assert "gone_criterion 0.25" in words, "a criterion of an older version keeps its name"
    assert "0.00" not in words, "what doesn't count isn't listed"


def test_one_press_goes_back_and_one_returns_and_both_are_written_down(
    session: Session, cast: Cast, browse: Enter
) -> None:
    learned = model(session, is_active=True)
    zhao, qian = browse(cast.reviewer), browse(cast.second_reviewer)
    answer = zhao.submit(PAGE, action=f"{PAGE}/premises/off", follow_redirects=True)
    words = words_of(answer.text)
    assert "已回到没有学习的顺序，匹配正在重新排" in words
    assert "需求和载体、园区 ：用没有学习的顺序" in words
    assert "赵芳 在" in words
    assert "学到新的一版也不会自己启用" in words
    words = words_of(qian.submit(PAGE, action=f"{PAGE}/{learned.id}/activate", follow_redirects=True).text)
    assert "已改用第 1 版，匹配正在重新排" in words
    assert "钱勇 在" in words
    session.rollback()
    acts = select(AuditEvent.action, AuditEvent.actor_id).where(AuditEvent.action.startswith("ranking."))
    assert [tuple(row) for row in session.execute(acts.order_by(AuditEvent.id))] == [
        ("ranking.trained", None),
        ("ranking.switched_off", cast.reviewer.id),
        ("ranking.activated", cast.second_reviewer.id),
    ]


def test_an_old_version_in_use_is_still_there_to_be_switched_off(session: Session, cast: Cast, browse: Enter) -> None:
    old = model(session)
    ranking_models.activate(session, old, cast.reviewer)
    for _ in range(12):
        model(session)
    page = browse(cast.reviewer).get(PAGE).text
    assert "需求和载体、园区 ：正在用第 1 版" in words_of(page)
    assert f'action="{PAGE}/premises/off"' in page
    assert page.count("/activate") == 10


@pytest.mark.parametrize("act", ["/ranking/9999/activate", "/ranking/nobody/off", "/ranking/99999999999/activate"])
def test_what_is_not_there_is_not_there(cast: Cast, browse: Enter, act: str) -> None:
    assert browse(cast.reviewer).press(act, page="/help").status_code == 404


def test_the_shares_of_the_prefectures_stand_there_with_and_without_prices(
    app: Flask, session: Session, cast: Cast, browse: Enter
) -> None:
    offer = factories.published(factories.offer(cast.manager, cast.park, cast.authority))
    session.add(offer)
    session.commit()
    rows = {
        offer.search_id: (0.4, 8.25, 5.0, 5.0),
        f"park:{cast.other_park.code}": (0.0, 1.75, 5.0, None),
        "offer:987654": (0.1, 3.0, 3.0, None),
    }
    exposure.replace(session, rows)
    words = words_of(browse(cast.reviewer).get(PAGE).text)
    assert "市州 不调节 调节后 郴州 8.2 5.0 长沙 1.8 5.0" in words, "what has gone meanwhile is counted nowhere"
    assert "分散展示已按设置关闭" not in words
    portal = app.extensions["portal"]
    portal.settings = portal.settings.model_copy(update={"exposure": False})
    assert "分散展示已按设置关闭，名单不作调节。" in words_of(browse(cast.reviewer).get(PAGE).text)
