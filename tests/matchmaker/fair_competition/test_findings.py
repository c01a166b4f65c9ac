"""Which words of a posting are read, and where a finding says it stands."""

from typing import Any

import pytest

from matchmaker.fair_competition import Finding, findings_in, findings_of
from models import Incentive, Organisation, ParkOffer
from models.vocabulary import IncentiveType, OrganisationType, PromiseLabel
from tests import factories
from tests.cast import Cast

L = PromiseLabel


def found(incentives: list[dict[str, Any]] | None = None, **facts: Any) -> list[Finding]:
    return findings_in(ParkOffer, facts, incentives or [])


def test_title_description_and_products_are_read_clause_by_clause() -> None:
    told = found(
        title="入驻即享税收返还",
        description="厂房已验收。按企业纳税额的 5% 奖励。企业须承诺十年不外迁。",
        products=["代办报建", "零地价供地"],
    )
    assert [(one.field, one.kind.id, one.clause) for one in told] == [
        ("title", "tax_reward", "入驻即享税收返还"),
        ("description", "tax_reward", "按企业纳税额的 5% 奖励。"),
        ("description", "restriction", "企业须承诺十年不外迁。"),
        ("products", "land_price", "代办报建；零地价供地"[5:]),
    ]


def test_the_condition_of_an_incentive_belongs_to_its_reward() -> None:
    (one,) = found([{"type": "equipment", "summary": "奖励 100 万元", "condition": "年纳税超过 500 万元"}])
    assert (one.kind.id, one.label, one.row, one.part) == ("tax_reward", L.UNLAWFUL, 0, "condition")
    assert one.clause == "奖励 100 万元；年纳税超过 500 万元"


def test_the_type_of_an_incentive_tells_what_is_given() -> None:
    assert [one.kind.id for one in found([{"type": "equipment", "summary": "投资额的 8%"}])] == ["aid"]
    assert found([{"type": "equipment", "summary": "投资额的 8%", "condition": "面向所有企业公开申报"}]) == []
    assert found([{"type": "approval", "summary": "3 天内办结"}]) == []


@pytest.mark.parametrize(
    ("facts", "kind", "label"),
    [
        ({"land_price_wan_per_mu": 0.0}, "land_price", L.UNLAWFUL),
        ({"land_price_wan_per_mu": 2.0}, "land_price", L.NEEDS_REVIEW),
        ({"rent_yuan_per_sqm_month": 0.0}, "rent", L.NEEDS_REVIEW),
    ],
)
def test_a_price_of_nothing_speaks_for_itself(facts: dict[str, Any], kind: str, label: PromiseLabel) -> None:
    assert [(one.kind.id, one.label) for one in found(**facts)] == [(kind, label)]


def test_usual_prices_say_nothing() -> None:
    assert found(land_price_wan_per_mu=12.0, rent_yuan_per_sqm_month=9.0, power_price_yuan_per_kwh=0.62) == []


def test_enterprises_promise_nothing_and_an_authority_pays_its_own_people(cast: Cast) -> None:
    words = "夜班有补贴，另按上年纳税额给企业返还。"
    wanted = factories.need(cast.owner, cast.enterprise, description=words)
    wanted.organisation = cast.enterprise
    assert findings_of(wanted) == []
    position = factories.position(cast.manager, cast.authority, description="夜班有补贴。住房补贴每月 800 元。")
    position.organisation = cast.authority
    assert findings_of(position) == []
    position.description = words
    assert [one.kind.id for one in findings_of(position)] == ["tax_reward"]


def test_an_offer_is_read_whoever_publishes_it(cast: Cast) -> None:
    offer = factories.offer(cast.manager, cast.park, cast.authority)
    offer.organisation = Organisation(name="示例运营公司", type=OrganisationType.ENTERPRISE)
    assert findings_of(offer) == []
    offer.incentives = [Incentive(type=IncentiveType.RENT, summary="厂房前三年免租")]
    assert [one.label for one in findings_of(offer)] == [L.NEEDS_REVIEW]
