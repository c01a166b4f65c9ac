"""The rules' own pages: for everybody to read; staff also see what a version that hasn't begun will change."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.services import rules
from models import ChemicalArea, RestrictedEntry, SitingArea, SitingRule, User, today
from models.vocabulary import AreaType, ChemicalAreaStatus, Coverage, Evidence, Precision, RestrictedDecision
from tests import factories
from tests.cast import Cast
from tests.client import PortalClient

pytestmark = pytest.mark.sqlite_only

FILE = Path(__file__).parents[3] / "reference" / "rules.yaml"
SOURCE = {"document": "测试用文件", "confidence": "H", "evidence": Evidence.PAGE}

READ_ON = today() - dt.timedelta(days=60)


def words_of(page: str) -> str:
    """Return what a reader sees, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())


@pytest.fixture
def loaded(session: Session, cast: Cast) -> Cast:
    """Load the rules, and two entries of a list."""
    rules.load_file(session, FILE)
    for id_, words, codes, confidence in (
        ("RI901", ["含氰镀金线"], ["C3982"], "H"),
        ("RI902", ["溶剂型涂料"], ["C264"], "M"),
    ):
        session.add(
            RestrictedEntry(
                id=id_,
                rule="HC1",
                restriction_class="淘汰类",
                industry_codes=codes,
                words=words,
                condition="测试用条件",
                applies_to=["new", "existing"],
                decision=RestrictedDecision.FAILS,
                **SOURCE | {"confidence": confidence},
            )
        )
    session.commit()
    return cast


def test_everybody_reads_the_fifteen_conditions_with_source_dates_and_how_sure_they_are(
    client: PortalClient, loaded: Cast
) -> None:
    words = words_of(client.get("/rules").text)
    assert "15 条会拒绝 4 条只提示" in words
    for number in range(1, 16):
        assert f"HC{number} " in words
    assert "长江保护法 主席令第65号 · 2021-03-01 起 读到原文，可以拒绝" in words
    assert "凭记忆，把握不够，只提示" in words
    assert "清单 2025-11-10 已到期" in words
    # The catalogue is known by its year alone.
    assert "湘发改环资〔2021〕968号 · 2021 年 起" in words
    assert "2021-01-01" not in words
    assert words.index("HC15 ") < words.index("EIA1 ")


def test_a_rule_shows_its_versions_exceptions_questions_and_what_is_still_to_be_checked(
    client: PortalClient, loaded: Cast
) -> None:
    words = words_of(client.get("/rules/HC9").text)
    assert "第 2 版 · 现行" in words
    assert "第 1 版 · 已失效" in words
    assert "2013-03-01 至 2024-08-31" in words
    assert "長株潭生態綠心 · Chang-Zhu-Tan green heart" in words
    assert "需求方 行业、项目性质 园区 在长株潭绿心范围内吗" in words
    assert "融合发展区内符合规划和准入清单的低影响项目" in words
    assert "还要核对什么 只读到第一、二条" in words
    assert client.get("/rules/HC99").status_code == 404


def test_the_named_industries_are_found_by_code_and_by_word(client: PortalClient, loaded: Cast) -> None:
    everything = words_of(client.get("/rules/HC1").text)
    assert "含氰镀金线" in everything
    assert "溶剂型涂料" in everything
    for asked in ("C3982", "3982", "C39", "电子电路", "镀金"):
        words = words_of(client.get("/rules/HC1", query_string={"q": asked}).text)
        assert "1 / 2 项" in words, asked
        assert "含氰镀金线" in words
        assert "溶剂型涂料" not in words
    # C2641 lies under C264.
    assert "溶剂型涂料" in words_of(client.get("/rules/HC1?q=C2641").text)
    assert "没有列名“食品”" in words_of(client.get("/rules/HC1?q=食品").text)


def test_an_entry_of_little_confidence_is_shown_as_a_warning(client: PortalClient, loaded: Cast) -> None:
    page = client.get("/rules/HC1").text
    sure, doubtful = (re.search(rf'id="{id_}".*?</tr>', page, re.DOTALL).group() for id_ in ("RI901", "RI902"))
    assert "chip-fail" in sure
    assert "chip-fail" not in doubtful
    assert "只提示" in doubtful
    assert "新建、现有" in words_of("<main" + sure)


def test_counties_and_chemical_areas_stand_on_the_pages_of_their_rules(
    client: PortalClient, loaded: Cast, session: Session
) -> None:
    session.add_all(
        [
            SitingArea(
                id="g-1",
                type=AreaType.GREEN_HEART,
                county_code="430121",
                coverage=Coverage.PART,
                townships=["测试镇"],
                **SOURCE,
            ),
            SitingArea(
                id="s-1",
                type=AreaType.SHORELINE_XIANG,
                county_code="430408",
                coverage=Coverage.PART,
                role="trunk",
                **SOURCE | {"confidence": "M"},
            ),
            ChemicalArea(
                id="CP91",
                name="测试化工片区",
                county_code="431003",
                status=ChemicalAreaStatus.RECOGNISED,
                in_force_from=dt.date(2021, 5, 1),
                in_force_from_precision=Precision.MONTH,
                **SOURCE,
            ),
        ]
    )
    session.commit()
    assert "长株潭生态绿心 长沙县（测试镇）" in words_of(client.get("/rules/HC9").text)
    assert "湘江岸线 — 蒸湘" in words_of(client.get("/rules/HC4").text)
    assert "测试化工片区 苏仙区 已认定 2021-05 起" in words_of(client.get("/rules/HC3").text)


@pytest.fixture
def coming(session: Session, loaded: Cast) -> dt.date:
    """Have a stricter HC12 begin in a week, on a market with one need and one offer."""
    start = today() + dt.timedelta(days=7)
    now = session.scalars(select(SitingRule).where(SitingRule.rule == "HC12")).one()
    copied = {
        column.key: getattr(now, column.key)
        for column in SitingRule.__table__.columns
        if column.key not in ("id", "loaded_at")
    }
    session.add(SitingRule(**copied | {"version": 2, "in_force_from": start, "parameters": {"stale_after_months": 1}}))
    session.add_all(
        [
            factories.published(factories.need(loaded.owner, loaded.enterprise, pollutants=["vocs"])),
            factories.published(factories.offer(loaded.manager, loaded.park, loaded.authority, spare_as_of=READ_ON)),
        ]
    )
    session.commit()
    return start


def test_staff_see_what_a_version_will_change_before_it_acts_and_nobody_else_does(
    app: Flask,
    client: PortalClient,
    loaded: Cast,
    coming: dt.date,
    sign_in: Callable[[FlaskClient, User], FlaskClient],
) -> None:
    staff = words_of(sign_in(app.test_client(), loaded.reviewer).get("/rules/HC12").text)
    assert f"第 2 版会改变什么 {coming} 生效，按在架的最新 2 个需求和 4 处载体、园区算" in staff
    assert "符合 还不清楚 2 " in staff
    for page in (client.get("/rules/HC12"), sign_in(app.test_client(), loaded.owner).get("/rules/HC12")):
        assert "会改变什么" not in page.text
        assert "第 2 版 · 待生效" in words_of(page.text)
    assert "另有待生效的版本" in words_of(client.get("/rules").text)


def test_without_rules_the_page_says_so(client: PortalClient, cast: Cast) -> None:
    assert "还没有规则" in words_of(client.get("/rules").text)


def test_the_footer_and_the_help_lead_to_the_rules(client: PortalClient, cast: Cast) -> None:
    assert client.get("/help").text.count('href="/rules"') == 2
    assert 'href="/rules"' in client.get("/sitemap").text
