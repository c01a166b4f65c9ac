"""Finding by words and by meaning, in a list whose address says everything; the market has the last word."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from matchmaker.database import Database
from matchmaker.services import postings
from models import PolicyClause, Posting
from search import Encoder
from search.sync import drain
from tests import factories
from tests.cast import Cast
from tests.client import Forms, PortalClient
from tests.conftest import SignIn

pytestmark = [pytest.mark.sqlite_only, pytest.mark.model]

Index = Callable[[], None]


@pytest.fixture
def index(app: Flask, database: Database, encoder: Encoder) -> Index:
    """Bring the index up to date as the worker does."""
    handles = app.extensions["portal"]

    def bring_up_to_date() -> None:
        while drain(database.writing, handles.engine, handles.embed).taken:
            pass

    return bring_up_to_date


@pytest.fixture
def need(session: Session, cast: Cast, index: Index) -> Posting:
    """Put one need on the market and into the index."""
    made = factories.published(factories.need(cast.owner, cast.enterprise))
    made.clauses = [session.get_one(PolicyClause, "T6c")]
    session.add(made)
    session.commit()
    index()
    return made


def found(client: PortalClient, url: str) -> list[str]:
    """Return where the results lead."""
    page = client.get(url)
    assert page.status_code == 200
    return re.findall(r'<h2[^>]*><a href="(/[^"]+)"', page.text)


@pytest.mark.parametrize("words", ["多层线路板", "多層線路板", "ｐｃｂ", "xianluban", "N-"])
def test_words_find_it_in_either_script_in_pinyin_by_synonym_and_by_number(
    client: PortalClient, need: Posting, words: str
) -> None:
    assert f"/postings/{need.id}" in found(client, f"/search?q={need.number if words == 'N-' else words}")


def test_meaning_finds_what_shares_no_word(client: PortalClient, need: Posting) -> None:
    page = client.get("/search?q=circuit board factory in Hunan&kind=need")
    assert f'href="/postings/{need.id}"' in page.text
    assert "意思相近，没有相同的词" in page.text


@pytest.mark.parametrize(
    ("kind", "words"),
    [("park", "一号产业园"), ("clause", "九条产业链"), ("offer", "标准厂房"), ("position", "工艺主管")],
)
def test_everything_of_the_market_is_found(
    client: PortalClient, session: Session, cast: Cast, index: Index, kind: str, words: str
) -> None:
    session.add_all(
        [
            factories.published(factories.offer(cast.manager, cast.park, cast.authority)),
            factories.published(factories.position(cast.owner, cast.enterprise)),
        ]
    )
    session.commit()
    index()
    assert found(client, f"/search?kind={kind}&q={words}")


def test_what_was_withdrawn_is_gone_at_once_though_the_index_still_holds_it(
    client: PortalClient, session: Session, need: Posting, cast: Cast
) -> None:
    postings.withdraw(session, need, session.merge(cast.owner))
    assert f"/postings/{need.id}" not in found(client, "/search?q=多层线路板&kind=need")


def test_a_talent_is_shown_to_organisations_without_a_name_and_to_nobody_else(
    app: Flask, client: PortalClient, session: Session, cast: Cast, index: Index, sign_in: SignIn
) -> None:
    profile = factories.published(factories.talent(cast.talent))
    session.add(profile)
    session.commit()
    index()
    url = "/search?kind=talent&q=压合工艺"
    assert found(client, url) == []
    assert "只给已登录的企业、园区和省级工作人员看" in client.get(url).text
    reader = sign_in(app.test_client(), cast.manager)
    assert isinstance(reader, PortalClient)
    assert found(reader, url) == [f"/postings/{profile.id}"]
    page = reader.get(url).text
    assert not any(secret in page for secret in (cast.talent.name, cast.talent.email, "1986"))


def test_the_address_is_the_whole_search(client: PortalClient, need: Posting) -> None:
    """Whoever is sent the address sees the same boxes ticked, the same chips and the same list."""
    url = "/search?kind=need&q=线路板&city=440300&floor_area_sqm_min=10,000&floor_area_sqm_unknown=0&sort=newest"
    page = client.get(url).text
    assert f"/postings/{need.id}" in found(client, url)
    panel = next(form for form in Forms(page).found if "city" in form.values)
    assert panel.values["city"] == ["440300"]
    assert panel.values["floor_area_sqm_min"] == ["10000"]
    assert panel.values["floor_area_sqm_unknown"] == ["0"]
    assert panel.values["sort"] == ["newest"]
    assert "大湾区城市：深圳" in page


def test_a_condition_without_a_box_stays_when_another_box_is_ticked(client: PortalClient, need: Posting) -> None:
    page = client.get("/search?kind=need&clause=T6c").text
    panel = next(form for form in Forms(page).found if "floor_area_sqm_min" in form.values)
    assert panel.values["clause"] == ["T6c"]


def test_nothing_found_says_which_condition_to_drop(client: PortalClient, need: Posting) -> None:
    page = client.get("/search?kind=need&q=线路板&city=441900").text
    assert "没有找到" in page
    assert re.search(r"去掉“东莞”，有 \d+ 条", page)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("/search?page=101", "最多翻到第 100 页"),
        ("/search?page=0", "最多翻到第 100 页"),
        ("/search?page=x", "最多翻到第 100 页"),
        ("/search?q=" + "厂" * 101, "搜索词最多 100 个字，现在 101 个"),
        ("/search?sort=password", "这个网址里的条件认不出来"),
    ],
)
def test_an_address_that_asks_for_too_much_is_told_so(
    client: PortalClient, cast: Cast, url: str, sentence: str
) -> None:
    page = client.get(url)
    assert page.status_code == 400
    assert sentence in page.text


def test_without_an_index_the_rows_themselves_answer_and_the_page_says_so(
    client: PortalClient, session: Session, cast: Cast
) -> None:
    made = factories.published(factories.need(cast.owner, cast.enterprise))
    session.add(made)
    session.commit()
    assert f"/postings/{made.id}" in found(client, "/search?q=多层线路板")
    assert "简化检索" in client.get("/search?q=多层线路板").text
