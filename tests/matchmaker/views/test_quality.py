"""The page about quality: nothing before the first night, then figures in words, and the past for staff alone."""

import dataclasses
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from matchmaker.recommender.evaluate import TOLD, Figures
from matchmaker.recommender.evaluation.measure import Report, Size
from matchmaker.recommender.evaluation.metrics import NOTHING, Figure
from matchmaker.services import quality
from tests.cast import Cast
from tests.client import PortalClient
from tests.conftest import START, SignIn

pytestmark = pytest.mark.sqlite_only


def order(worth: float, violations: int = 0) -> dict[str, Figure | int]:
    figure = Figure(worth, worth - 0.02, worth + 0.02)
    names = ("reciprocal_ndcg_10", "reciprocal_ndcg_10_offers", "ndcg_10_needs", "ndcg_10_offers", "recall_20")
    return dict.fromkeys(names, figure) | {"violations_50": violations, "gini": figure, "congestion": figure}


def figures(gain: Figure, **changes: Any) -> dict[str, Any]:
    report = Report(
        size=Size(),
        day=START.date(),
        orders={
            "ours": order(0.45),
            "spread": order(0.44),
            "newest": order(0.05),
            "fields": order(0.4),
            "ceiling": order(0.87),
        },
        best_baseline="fields",
        gain=gain,
        gain_by_market=(gain, gain),
        robust={
            "paraphrase_mean": Figure(1.21, 1.0, 1.4),
            "paraphrase_p90": Figure(3.4, 3.0, 3.6),
            "translation_mean": Figure(2.6, 2.0, 3.0),
            "translation_p90": Figure(7.7, 7.0, 8.0),
            "thin_offers": Figure(0.0, 0.0, 0.001),
            "thin_needs": Figure(0.0, 0.0, 0.001),
            "deletion": Figure(0.998, 0.99, 1.0),
            "absent": 0,
        },
    )
    return report.as_json() | changes


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())


def test_before_the_first_night_the_page_says_when_there_will_be_figures(client: PortalClient) -> None:
    page = client.get("/quality")
    assert page.status_code == 200
    assert "还没有算过" in page.text
    assert "3:30" in page.text


def test_a_stranger_reads_what_was_found_and_how_sure_it_is(client: PortalClient, session: Session) -> None:
    quality.keep(session, quality.MARKET, figures(Figure(0.125, 0.06, 0.19)), "2026.11-abc")
    session.commit()
    page = client.get("/quality").text
    words = words_of(page)
    assert "比最好的对照“逐项对照打分”高 12.5%（九成把握在 6.0% 到 19.0% 之间），目标是高 10.0%。" in words
    assert "没有达到" not in words
    assert "违反硬条件的有 0 对" in words
    assert "2026.11-abc" in page
    assert "换个说法，分数平均移动 1.2 分" in words
    assert "家乡关系" in words
    assert "以前的晚上" not in words


def test_orders_stand_from_the_best_on_with_what_nobody_can_reach_at_the_end(
    client: PortalClient, session: Session
) -> None:
    quality.keep(session, quality.MARKET, figures(Figure(0.125, 0.06, 0.19)), "e")
    session.commit()
    words = words_of(client.get("/quality").text).partition("各种排法比一比")[2]
    places = [
        words.index(name) for name in ("本平台的排序", "分散关注", "逐项对照打分", "最新的在前", "除了偏好什么都知道")
    ]
    assert places == sorted(places)


def test_a_goal_that_is_missed_is_said_to_be_missed(client: PortalClient, session: Session) -> None:
    quality.keep(session, quality.MARKET, figures(Figure(-0.04, -0.1, 0.02)), "e")
    session.commit()
    words = words_of(client.get("/quality").text)
    assert "高 -4.0%" in words
    assert "没有达到" in words


def test_what_could_not_be_measured_is_no_zero(client: PortalClient, session: Session) -> None:
    found = figures(NOTHING)
    found["orders"]["ours"]["gini"] = NOTHING.as_json()
    quality.keep(session, quality.MARKET, found, "e")
    session.commit()
    words = words_of(client.get("/quality").text)
    assert "算不出" in words
    assert "比最好的对照“" not in words


def test_real_moves_are_shown_with_what_they_cannot_tell(client: PortalClient, session: Session) -> None:
    row = Figures("ours", 74, 0.58, 0.47, 0.69, 0.51, 60, 0.55, 0.75, 0.4)
    told = dataclasses.replace(row, order=TOLD, county_top5=0.89)
    quality.keep(session, quality.RELOCATIONS, {"orders": [row.as_json(), told.as_json()]}, "e")
    session.commit()
    words = words_of(client.get("/quality").text)
    assert "74 个公开的案例，有关联的企业算一组，共 60 组" in words
    assert "本平台，说明了市州 89.0%" in words
    assert "58.0% 47.0%–69.0%" in words
    assert "企业主的家乡" in words
    assert "还没有算过" in words


def test_staff_see_earlier_nights_and_others_do_not(app: Flask, session: Session, cast: Cast, sign_in: SignIn) -> None:
    for number in range(3):
        quality.keep(session, quality.MARKET, figures(Figure(0.1, 0.0, 0.2)), f"engine-{number}")
    session.commit()
    staff = words_of(sign_in(app.test_client(), cast.reviewer).get("/quality").text)
    assert "以前的晚上" in staff
    assert "engine-0" in staff
    owner = words_of(sign_in(app.test_client(), cast.owner).get("/quality").text)
    assert "以前的晚上" not in owner
    assert "engine-0" not in owner
    assert "engine-2" in owner
