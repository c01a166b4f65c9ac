"""The page of a pair: both sides read the same working, staff look on, and for everybody else it isn't there."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.recommender import Market
from matchmaker.recommender.criteria import SPECS
from matchmaker.recommender.people.specs import specs_of
from matchmaker.services import interests
from matchmaker.views import pair_facts
from models import AuditEvent, Match, ParkOffer, Position, RelocationNeed, SitingRule, TalentProfile, today
from models.vocabulary import PostingStatus, RuleKind, Verdict
from search import Encoder
from tests import factories
from tests.cast import Cast
from tests.client import PortalClient
from tests.matchmaker.views.conftest import Enter, words_of

pytestmark = [pytest.mark.sqlite_only, pytest.mark.usefixtures("market")]


@pytest.fixture
def need(session: Session, cast: Cast) -> RelocationNeed:
    row = factories.published(factories.need(cast.owner, cast.enterprise))
    session.add(row)
    session.commit()
    return row


@pytest.fixture
def offer(session: Session, cast: Cast) -> ParkOffer:
    row = factories.published(factories.offer(cast.manager, cast.park, cast.authority, power_spare_kva=5_000))
    session.add(row)
    session.commit()
    return row


@pytest.fixture
def profile(session: Session, cast: Cast) -> TalentProfile:
    row = factories.published(factories.talent(cast.talent))
    session.add(row)
    session.commit()
    return row


# --- whose page it is --------------------------------------------------------


def test_both_sides_and_staff_read_the_pair_and_nobody_else_learns_of_it(
    session: Session, need, offer, cast: Cast, browse: Enter, client: PortalClient
) -> None:
    here = f"/matches/{need.id}/{offer.id}"
    for page in (here, f"{here}.json"):
        for user in (cast.owner, cast.colleague, cast.manager, cast.reviewer, cast.administrator):
            assert browse(user).get(page).status_code == 200
        for user in (cast.outsider, cast.other_manager, cast.talent):
            assert browse(user).get(page).status_code == 404
        assert client.get(page).location == f"/sign-in?next={page}"
    refused = select(AuditEvent.subject_id).where(AuditEvent.action == "access.refused")
    assert set(session.scalars(refused)) == {str(need.id)}


def test_a_side_that_the_market_may_not_see_has_no_pair_for_the_other(
    session: Session, need, offer, cast: Cast, browse: Enter
) -> None:
    here = f"/matches/{need.id}/{offer.id}"
    offer.status = PostingStatus.DRAFT
    session.commit()
    assert browse(cast.owner).get(here).status_code == 404
    answer = browse(cast.manager).get(here)
    assert answer.status_code == 200, "the owner may look how a draft would be judged"
    assert "不在架" in words_of(answer.text)
    offer.submitted_at = None
    session.commit()
    assert browse(cast.reviewer).get(here).status_code == 404


def test_a_park_of_the_directory_is_paired_for_its_manager_and_for_staff(need, cast: Cast, browse: Enter) -> None:
    here = f"/matches/{need.id}/{cast.park.code}"
    for user in (cast.owner, cast.manager, cast.reviewer):
        assert cast.park.name in words_of(browse(user).get(here).text)
    assert browse(cast.other_manager).get(here).status_code == 404
    assert browse(cast.other_manager).get(f"/matches/{need.id}/{cast.other_park.code}").status_code == 404


def test_only_what_meets_makes_a_pair_and_each_has_one_address(need, offer, profile, cast: Cast, browse: Enter) -> None:
    staff = browse(cast.reviewer)
    assert staff.get(f"/matches/{need.id}/{profile.id}").status_code == 200
    wrong = (
        f"{offer.id}/{need.id}", f"{need.id}/{need.id}", f"{profile.id}/{need.id}", f"{offer.id}/{profile.id}",
        f"{need.id}/0{offer.id}", f"{need.id}/99999999999999999999", f"{need.id}/999999", f"999999/{offer.id}",
        f"{need.id}/HN00000", f"{need.id}/²", f"{need.id}/-1", f"{need.id}/{offer.id}.xml",
    )  # fmt: skip
    for pair in wrong:
        assert staff.get(f"/matches/{pair}").status_code == 404, pair


def test_a_talent_stays_without_a_name(session: Session, profile, cast: Cast, browse: Enter) -> None:
    position = factories.published(factories.position(cast.owner, cast.enterprise))
    session.add(position)
    session.commit()
    here = f"/matches/{position.id}/{profile.id}"
    for answer in (browse(cast.owner).get(here), browse(cast.owner).get(f"{here}.json")):
        for secret in (cast.talent.name, cast.talent.email, "1986", "家属"):
            assert secret not in answer.get_data(as_text=True)
    assert "姓名未公开" in words_of(browse(cast.owner).get(here).text)
    theirs = words_of(browse(cast.talent).get(here).text)
    assert position.title in theirs
    assert "深圳示例电路有限公司" not in theirs, "nor has the enterprise, until both agree"


# --- what it says ------------------------------------------------------------


def test_a_failing_pair_says_what_would_make_it_work_and_links_to_ones_own_fields(
    need, offer, cast: Cast, browse: Enter
) -> None:
    mine, theirs = (browse(user).get(f"/matches/{need.id}/{offer.id}") for user in (cast.owner, cast.manager))
    for said in (
        "现在成不了：1 条硬条件不符合",
        "怎样能成",
        "6,000 kVA",
        "5,000 kVA",
        "差 1,000 kVA",
        "综合相符 未排序",
    ):
        assert said in words_of(mine.text)
    assert "只要您改 用电容量从 6,000 kVA 改为 5,000 kVA 去改这一项" in words_of(mine.text)
    assert f'href="/postings/{need.id}/edit/utilities#power_kva"' in mine.text
    assert f"/postings/{offer.id}/edit" not in mine.text
    assert re.search(r"只要您改 用电余量从 5,000 kVA \w+ 6,000 kVA 去改这一项", words_of(theirs.text))
    assert f'href="/postings/{offer.id}/edit/utilities#power_spare_kva"' in theirs.text


def test_a_condition_names_both_values_its_source_its_version_and_its_rule(
    need, offer, cast: Cast, browse: Enter
) -> None:
    page = browse(cast.owner).get(f"/matches/{need.id}/{offer.id}").text
    row = next(row for row in page.split("<tr")[1:] if "用电容量" in row)
    assert 'href="/rules/HC12"' in row
    for said in ("≥ 6,000 kVA", "5,000 kVA 差 1,000 kVA", "不符合", "园区自报", "第 2 版"):
        assert said in words_of(f"<main>{row}")


def test_what_nobody_stated_is_asked_of_whoever_can_answer(
    session: Session, need, offer, cast: Cast, browse: Enter
) -> None:
    offer.clear_height_m, need.dual_supply_needed = None, None
    offer.power_spare_kva = 9_000
    session.commit()
    here = f"/matches/{need.id}/{offer.id}"
    theirs = browse(cast.manager).get(here)
    assert "净高 您 去填 ：净高" in words_of(theirs.text)
    assert f'href="/questions/{offer.id}/clear_height_m"' in theirs.text
    mine = browse(cast.owner).get(here)
    assert "净高 园区" in words_of(mine.text)
    assert f"/questions/{offer.id}/" not in mine.text
    assert "没有不符合的" in words_of(mine.text)


def test_what_a_project_has_to_go_through_is_told_and_refuses_nobody(
    session: Session, market: Market, need, offer, cast: Cast, browse: Enter
) -> None:
    names = {"title": "节能审查", "title_hant": "節能審查", "title_en": "Energy review"}
    rule = SitingRule(
        rule="ER1", version=1, kind=RuleKind.REQUIREMENT, document="节能审查办法", confidence="H", **names
    )
    need.energy_use_tce, offer.power_spare_kva = 12_000, 20_000
    session.add(rule)
    session.commit()
    here = f"/matches/{need.id}/{offer.id}"
    lin = browse(cast.owner)
    words = words_of(lin.get(here).text)
    assert "落户要办的手续" in words
    assert "开工前须取得节能审查意见，审查机关一般是省发展改革委" in words
    assert "没有不符合的" in words
    need.energy_use_tce = None
    session.commit()
    assert "年综合能耗 您 去填 ：年综合能耗" in words_of(lin.get(here).text)


def test_both_directions_stand_in_the_ledger_with_weights_and_what_is_unknown(
    need, offer, cast: Cast, browse: Enter
) -> None:
    answer = browse(cast.owner).get(f"/matches/{need.id}/{offer.id}?w_price=8&w_tax=0")
    words = words_of(answer.text)
    for said in ("对企业的评分", "对园区的评分", "10 元/㎡·月", "15 元/㎡·月", "还不清楚、没有计分的"):
        assert said in words
    assert "重要程度 8（默认 5）" in words
    assert "重要程度 0（默认 5）" in words
    assert "按调整过的重要程度：价格 8、亩均税收 0，其余 5" in words
    assert f'href="/matches/{need.id}/{offer.id}">按默认的看' in answer.text
    wrong = browse(cast.owner).get(f"/matches/{need.id}/{offer.id}?w_price=99")
    assert (wrong.status_code, "读不懂的" in words_of(wrong.text)) == (200, True)


def test_one_pair_is_judged_the_same_for_everybody(need, offer, cast: Cast, browse: Enter) -> None:
    told = [browse(user).get(f"/matches/{need.id}/{offer.id}.json").json for user in (cast.owner, cast.manager)]
    for name in ("verdict", "overall", "bands", "certainty", "criteria", "reasons", "gaps"):
        assert told[0][name] == told[1][name]


def test_the_json_says_what_the_page_says(need, offer, cast: Cast, browse: Enter) -> None:
    lin, here = browse(cast.owner), f"/matches/{need.id}/{offer.id}"
    data: Any = lin.get(f"{here}.json").json
    page = html.unescape(words_of(lin.get(here).text))
    assert f"{here}.json" in lin.get(here).text
    unsaid = [text for text in _sentences(data) if text not in page]
    assert unsaid == []
    assert set(data) >= KEYS
    assert data["bands"].keys() == {"asking", "answering"}
    assert "score" not in data, "bands until the score is calibrated"


KEYS = {
    "number", "asking", "answering", "verdict", "overall", "bands", "rank", "certainty", "needs", "gates", "reasons",
    "gaps", "changes", "unanswered", "requirements", "criteria", "clauses", "weights", "computed_at", "engine_version",
}  # fmt: skip


def _sentences(data: dict[str, Any]) -> Iterator[str]:
    for gate in data["gates"]:
        yield from (gate["name"], *(gate[name] for name in ("need", "offer", "source", "short_by") if gate[name]))
    for group in (*data["criteria"]["asking"], *data["criteria"]["answering"]):
        for one in group["criteria"]:
            yield from (text for text in (one["label"], one["curve"], one["asking"], one["answering"]) if text)
            yield f"{one['weight']:.2f}"
            if one["known"]:
                yield f"{one['value']:.2f}"
    for sentence in (*data["reasons"], *data["gaps"], *data["requirements"]):
        yield sentence["text"]
    for change in data["changes"]:
        yield from (edit["text"] for edit in change["edits"])
    for row in data["unanswered"]:
        yield from (row["label"], row["who"], *row["waiting"])
    for side in (data["asking"], data["answering"]):
        yield from (side["title"], side["number"], side["kind_label"], side["changed_at"])
    yield from (data["number"], data["certainty"], data["computed_at"], data["engine_version"])


def test_the_rank_in_ones_own_list_stands_there_and_the_pair_is_worth_the_same_to_all(
    session: Session, need, offer, cast: Cast, browse: Enter
) -> None:
    offer.power_spare_kva = 20_000
    kept = Match(
        pairing="need-offer", asking_id=need.id, answering_key=offer.search_id, answering_id=offer.id,
        asking_side=0.9, answering_side=0.9, score=0.9, certainty=0.9, verdict=Verdict.PASSES,
        asking_rank=3, answering_rank=12, asking_version=1, answering_version=1, engine_version="x",
    )  # fmt: skip
    session.add(kept)
    session.commit()
    here = f"/matches/{need.id}/{offer.id}"
    mine, theirs = (words_of(browse(user).get(here).text) for user in (cast.owner, cast.manager))
    assert "在您的列表里排第 3" in mine
    assert "排第 12" not in mine, "how a side ranks in the other's list is the other's business"
    assert "在您的列表里排第 12" in theirs
    staff = words_of(browse(cast.reviewer).get(here).text)
    assert "在企业的列表里排第 3" in staff
    assert "在园区的列表里排第 12" in staff
    told = {browse(user).get(f"{here}.json").json["overall"] for user in (cast.owner, cast.manager, cast.reviewer)}
    assert len(told) == 1


# --- what leads there, and on ------------------------------------------------


def test_interests_and_introductions_lead_to_the_pair(session: Session, need, offer, cast: Cast, browse: Enter) -> None:
    here = f"/matches/{need.id}/{offer.id}"
    lin = browse(cast.owner)
    assert f"/postings/{offer.id}/interests/new?about={need.id}" in lin.get(here).text
    sent = interests.express(session, cast.owner, "想看这栋厂房", today(), "key-1", posting=offer, about=need)
    for user in (cast.owner, cast.manager):
        assert f'href="{here}"' in browse(user).get(f"/interests/{sent.id}").text
        assert f'href="/interests/{sent.id}"' in browse(user).get(here).text
    assert f"/interests/{sent.id}" not in browse(cast.reviewer).get(here).text
    introduction = interests.accept(session, sent, cast.manager)
    assert f'href="{here}"' in lin.get(f"/introductions/{introduction.id}").text
    offer.status = PostingStatus.WITHDRAWN
    session.commit()
    assert f'href="{here}"' not in lin.get(f"/introductions/{introduction.id}").text


def test_an_interest_between_kinds_that_never_meet_leads_nowhere(
    session: Session, offer, cast: Cast, browse: Enter
) -> None:
    position = factories.published(factories.position(cast.owner, cast.enterprise))
    session.add(position)
    session.commit()
    sent = interests.express(session, cast.owner, "想看这栋厂房", today(), "key-1", posting=offer, about=position)
    answer = browse(cast.owner).get(f"/interests/{sent.id}")
    assert (answer.status_code, "看双方逐项对照" in answer.text) == (200, False)


def test_staff_are_offered_no_interest(need, offer, cast: Cast, browse: Enter) -> None:
    page = browse(cast.reviewer).get(f"/matches/{need.id}/{offer.id}").text
    assert "interests/new" not in page


def test_with_the_engine_away_the_page_and_the_data_say_so(
    app: Flask, need, offer, cast: Cast, browse: Enter, tmp_path: Path
) -> None:
    portal = app.extensions["portal"]
    del portal.market
    portal.encoder = Encoder(str(tmp_path / "no-model"))
    lin, here = browse(cast.owner), f"/matches/{need.id}/{offer.id}"
    assert "匹配引擎暂时不可用" in words_of(lin.get(here).text)
    answer = lin.get(f"{here}.json")
    assert (answer.status_code, answer.json) == (503, {"error": "engine_away"})


def test_every_criterion_names_the_facts_that_it_compares() -> None:
    assert set(pair_facts.PREMISES) == set(SPECS)
    assert set(pair_facts.PEOPLE) >= {*specs_of("position"), *specs_of("need")}
    kinds = (RelocationNeed, ParkOffer, TalentProfile, Position)
    fields = {name for kind in kinds for name in kind.fields()}
    known = fields | set(pair_facts.PARK) | set(pair_facts.WORDS) | {"incentives"}
    assert set(pair_facts.names()) - known == set()
