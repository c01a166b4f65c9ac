"""The list of matches: a reader weighs the own side, and the address alone says how the list is ordered."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models import ParkOffer, RelocationNeed
from search import Encoder
from tests import factories
from tests.cast import Cast
from tests.client import PortalClient
from tests.matchmaker.views.conftest import Enter, words_of

pytestmark = [pytest.mark.sqlite_only, pytest.mark.usefixtures("market")]

GROUPS = ("industry", "space", "price", "utilities", "travel", "people", "policy")


@pytest.fixture
def need(session: Session, cast: Cast) -> RelocationNeed:
    row = factories.published(factories.need(cast.owner, cast.enterprise))
    session.add(row)
    session.commit()
    return row


@pytest.fixture
def offers(session: Session, cast: Cast) -> tuple[ParkOffer, ParkOffer]:
    """Publish a cheap place whose power just reaches, and then a dear one with twice as much."""
    cheap, dear = (
        factories.published(factories.offer(cast.manager, cast.park, cast.authority, **facts))
        for facts in (
            {
                "title": "便宜的厂房",
                "rent_yuan_per_sqm_month": 12,
                "power_spare_kva": 6_100,
                "sewage_spare_m3_per_day": 910,
            },
            {"title": "电足的厂房", "rent_yuan_per_sqm_month": 15, "power_spare_kva": 12_000},
        )
    )
    session.add(cheap)
    session.flush()
    session.add(dear)
    session.commit()
    return cheap, dear


def titles(page: str) -> list[str]:
    """Return the titles of the ranked matches, the best first."""
    cards = page.split('<article class="sheet match">')[1:]
    return [re.sub(r"<[^>]+>", "", card.partition("<h3>")[2].partition("</h3>")[0]).strip() for card in cards]


def test_lin_finds_seven_sliders_at_five_and_both_sides_in_bands(need, offers, cast: Cast, browse: Enter) -> None:
    page = browse(cast.owner).get(f"/postings/{need.id}/matches").text
    for group in GROUPS:
        (box,) = re.findall(rf'<input[^>]* name="w_{group}"[^>]*>', page)
        assert 'value="5"' in box
        assert f'<label for="w_{group}">' in page
    words = words_of(page)
    for said in ("什么对您更重要", "对企业", "对园区", "资料完整", "不按我的情况排序", "先看硬条件"):
        assert said in words
    assert titles(page)[0] == "电足的厂房"
    assert not re.search(r"\d\s*%", words_of(page.partition('id="ranked"')[2])), "bands, no percentages"


def test_her_weights_stand_in_the_address_and_order_the_list(need, offers, cast: Cast, browse: Enter) -> None:
    address = f"/postings/{need.id}/matches?w_price=10&w_utilities=0"
    mine = browse(cast.owner).get(address)
    assert (mine.status_code, titles(mine.text)[0]) == (200, "便宜的厂房")
    assert "按您调整的重要程度：价格 10、水电气与排放 0，其余 5" in words_of(mine.text)
    assert titles(browse(cast.colleague).get(address).text) == titles(mine.text), "whoever is sent it sees the same"
    assert f'href="/postings/{need.id}/matches">恢复默认' in mine.text
    # The page of a pair counts as the list does that leads there.
    assert f"/matches/{need.id}/{offers[0].id}?w_price=10&amp;w_utilities=0" in mine.text


def test_the_address_says_only_what_differs(need, offers, cast: Cast, browse: Enter) -> None:
    """Without script the form sends all seven numbers, and somebody may type an eight of a Chinese keyboard."""
    lin, here = browse(cast.owner), f"/postings/{need.id}/matches"
    sent = {f"w_{group}": "5" for group in GROUPS} | {"w_price": "８", "w_space": ""}
    assert lin.get(here, query_string=sent).location == f"{here}?w_price=8"
    assert lin.get(f"{here}?w_price=05").location == here
    assert lin.get(f"{here}?order=match").location == here
    assert lin.get(f"{here}?w_price=8&w_tax=3").location == f"{here}?w_price=8", "another side's slider is none of hers"
    assert lin.get(f"{here}?list=talents&w_field=5").location == f"{here}?list=talents"


@pytest.mark.parametrize("typed", ["abc", "11", "-1", "2.5", "1e1", "5" * 500, "<b>"])
def test_a_wrong_weight_is_said_at_its_field_and_nothing_is_lost(
    need, offers, cast: Cast, browse: Enter, typed: str
) -> None:
    answer = browse(cast.owner).get(
        f"/postings/{need.id}/matches", query_string={"w_price": typed, "w_space": 3, "order": "plain"}
    )
    assert answer.status_code == 422
    page, shown = answer.text, typed.replace("<", "&lt;").replace(">", "&gt;")
    assert "有 1 处要改" in words_of(page)
    assert '<a href="#w_price">价格：填 0 到 10 的整数</a>' in page
    (box,) = re.findall(r'<input[^>]* id="w_price"[^>]*>', page)
    assert f'value="{shown}"' in box
    assert 'aria-invalid="true"' in box
    assert 'aria-describedby="w_price-error"' in box
    assert 'value="3"' in re.findall(r'<input[^>]* id="w_space"[^>]*>', page)[0]
    assert re.search(r'name="order" value="plain"[^>]* checked', page)
    assert titles(page), "the list stands there as if the wrong number were five"


def test_without_her_situation_the_newest_comes_first(
    session: Session, need, offers, cast: Cast, browse: Enter
) -> None:
    cheap, dear = offers
    cheap.published_at = dear.published_at.replace(year=dear.published_at.year + 1)
    dark = factories.published(
        factories.offer(cast.manager, cast.park, cast.authority, title="没有电的厂房", power_spare_kva=100)
    )
    session.add(dark)
    session.commit()
    page = browse(cast.owner).get(f"/postings/{need.id}/matches?order=plain").text
    ranked, failing = page.split("差一两条硬条件的", 1)
    order = titles(ranked)
    assert order[0] == "便宜的厂房"
    # An entry of the directory has no day of publication.
    assert order.index("电足的厂房") < order.index("示例一号产业园")
    assert "只看硬条件，不看别的；最新发布的排在前面" in words_of(ranked)
    assert "没有电的厂房" in failing
    assert "没有电的厂房" not in titles(ranked), "a hard condition refuses in any order"


def test_what_fails_says_who_would_have_to_change_what(session: Session, need, cast: Cast, browse: Enter) -> None:
    weak = factories.published(
        factories.offer(cast.manager, cast.park, cast.authority, title="差一点电的厂房", power_spare_kva=5_000)
    )
    session.add(weak)
    session.commit()
    mine = browse(cast.owner).get(f"/postings/{need.id}/matches")
    words = words_of(mine.text)
    assert "您 ：用电容量从 6,000 kVA 改为 5,000 kVA" in words
    assert re.search(r"园区 ：用电余量从 5,000 kVA \w+ 6,000 kVA", words)
    assert f'href="/matches/{need.id}/{weak.id}"' in mine.text
    theirs = words_of(browse(cast.manager).get(f"/postings/{weak.id}/matches").text)
    assert re.search(r"您 ：用电余量从 5,000 kVA \w+ 6,000 kVA", theirs)
    assert "企业 ：用电容量从 6,000 kVA 改为 5,000 kVA" in theirs


def test_a_park_weighs_what_parks_weigh(offers, need, cast: Cast, browse: Enter) -> None:
    page = browse(cast.manager).get(f"/postings/{offers[1].id}/matches?w_tax=9").text
    for group in ("fit", "chain", "investment", "tax", "jobs", "energy", "certainty"):
        assert f'name="w_{group}"' in page
    assert 'name="w_price"' not in page
    assert need.title in titles(page)


def test_people_are_weighed_by_what_both_kinds_have(session: Session, need, cast: Cast, browse: Enter) -> None:
    profile = factories.published(factories.talent(cast.talent))
    session.add(profile)
    session.commit()
    wu = browse(cast.talent)
    page = wu.get(f"/postings/{profile.id}/matches").text
    assert 'name="w_salary"' in page
    page = wu.get(f"/postings/{profile.id}/matches?list=needs").text
    assert 'name="w_salary"' not in page, "an enterprise's need names no salary"
    assert 'name="w_place"' in page


def test_an_interest_is_written_for_the_posting_whose_list_it_was(
    session: Session, need, offers, cast: Cast, browse: Enter
) -> None:
    session.add(factories.published(factories.need(cast.owner, cast.enterprise, title="更新的需求")))
    session.commit()
    lin = browse(cast.owner)
    page = lin.get(f"/postings/{need.id}/matches").text
    link = f"/postings/{offers[1].id}/interests/new?about={need.id}"
    assert link in page
    assert lin.form(link).values["about"] == [str(need.id)]
    assert lin.form(link.replace(f"={need.id}", "=999999")).values["about"] != [str(need.id)]


def test_nobody_else_reads_the_list(need, offers, cast: Cast, browse: Enter, client: PortalClient) -> None:
    here = f"/postings/{need.id}/matches?w_price=8"
    assert client.get(here).location == f"/sign-in?next=/postings/{need.id}/matches?w_price%3D8"
    for user in (cast.outsider, cast.manager, cast.talent, cast.reviewer):
        assert browse(user).get(here).status_code == 404


def test_with_the_engine_away_the_page_says_so_and_keeps_the_weights(
    app: Flask, need, cast: Cast, browse: Enter, tmp_path: Path
) -> None:
    portal = app.extensions["portal"]
    del portal.market
    portal.encoder = Encoder(str(tmp_path / "no-model"))
    answer = browse(cast.owner).get(f"/postings/{need.id}/matches?w_price=8")
    assert answer.status_code == 200
    assert "匹配引擎暂时不可用" in words_of(answer.text)
    assert 'value="8"' in re.findall(r'<input[^>]* id="w_price"[^>]*>', answer.text)[0]
