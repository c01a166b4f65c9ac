"""The first page: real figures with their lists, three doors, and an honest empty market."""

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models import Region
from models.vocabulary import RegionLevel
from tests import factories
from tests.cast import Cast
from tests.client import PortalClient

pytestmark = pytest.mark.sqlite_only


def words_of(page: str) -> str:
    """Return what a reader sees, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())


def test_a_stranger_reads_in_one_sentence_what_this_is_and_where_to_start(client: PortalClient, cast: Cast) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "湾区企业要落地的条件， 和湖南园区能给的条件， 在这里逐项对上" in words_of(page.text)
    for door in ("/postings/new/need", "/postings/new/offer", "/postings/new/talent", "/parks", "/search?kind=offer"):
        assert f'href="{door}"' in page.text
    assert '<form class="search-bar" role="search" action="/search" method="get">' in page.text


def test_a_market_without_postings_says_so_and_names_what_can_be_read(client: PortalClient, session: Session) -> None:
    session.add(Region(code="430100", name="长沙市", short_name="长沙", level=RegionLevel.PREFECTURE))
    session.commit()
    page = client.get("/").text
    assert "还没有在架的供需" in page
    assert "长沙" in page
    assert "倍" not in words_of(page)


def test_figures_are_sums_of_what_is_stated_and_lead_to_their_lists(app: Flask, session: Session, cast: Cast) -> None:
    session.add_all(
        [
            factories.published(factories.need(cast.owner, cast.enterprise, headcount_needed=1_234, power_kva=None)),
            factories.published(factories.offer(cast.manager, cast.park, cast.authority, workers_available=100)),
        ]
    )
    session.commit()
    page = app.test_client().get("/").text
    words = words_of(page)
    # Another need of 400 workers stands among the noise.
    assert "用工 1,634 人 2 项需求写明" in words
    assert "缺 1,534 人" in words
    assert "另有 1 项未填" in words
    assert 'href="/search?kind=offer&amp;prefecture=431000"' in page
    assert 'href="/parks?prefecture=431000"' in page
    assert 'href="/search?kind=need&amp;city=440300"' in page


def test_samples_are_counted_as_samples(client: PortalClient, session: Session, cast: Cast) -> None:
    session.add(factories.published(factories.need(cast.owner, cast.enterprise, is_sample=True)))
    session.commit()
    assert "其中示例 1 条" in words_of(client.get("/").text)


def test_the_page_asks_the_market_once_and_then_remembers(client: PortalClient, session: Session, cast: Cast) -> None:
    first = words_of(client.get("/").text)
    session.add(factories.published(factories.need(cast.owner, cast.enterprise)))
    session.commit()
    assert words_of(client.get("/").text) == first


def test_everybody_reads_the_same_figures(app: Flask, client: PortalClient, cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
    strangers = words_of(client.get("/").text)
    for user in (cast.owner, cast.talent, cast.reviewer):
        assert words_of(sign_in(app.test_client(), user).get("/").text) == strangers
