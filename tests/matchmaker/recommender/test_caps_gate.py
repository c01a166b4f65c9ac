"""What the need itself insists on, and whom an offer refuses."""

import dataclasses
import datetime as dt

import pytest

from models.vocabulary import Verdict

P, F, U = Verdict.PASSES, Verdict.FAILS, Verdict.UNKNOWN
DELIVERY = "HC13-premises_needed_on"


@pytest.fixture
def gate(need, check):
    def find(asked, premises, id_):
        return next((gate for gate in check(need(**asked), premises) if gate.id == id_), None)

    return find


@pytest.mark.parametrize(
    ("strictness", "targets", "verdict"),
    [("must", ["431000"], P), ("must", ["431003"], P), ("must", ["430100"], F), ("must", ["431026"], F)],
)
def test_a_must_keeps_to_its_prefectures_and_counties(gate, offer, strictness, targets, verdict):
    asked = {"place_strictness": strictness, "target_prefecture_codes": targets}
    assert gate(asked, offer("HN2"), "region").verdict is verdict


@pytest.mark.parametrize("strictness", ["prefer", "any", None])
def test_a_wish_about_the_place_refuses_nobody(gate, offer, strictness):
    asked = {"place_strictness": strictness, "target_prefecture_codes": ["430100"]}
    assert gate(asked, offer("HN2"), "region") is None


def test_ports_are_had_lacked_or_not_known(gate, offer, directory, park):
    asked = {"ports_needed": ["bonded_zone", "rail_port"]}
    assert gate(asked, offer(customs_facilities=["rail_port", "bonded_zone"]), "ports").verdict is P
    lacking = gate(asked, offer(customs_facilities=["rail_port"]), "ports")
    assert (lacking.verdict, str(lacking.gap)) == (F, "综合保税区")
    assert gate(asked, offer(), "ports").verdict is U
    assert gate(asked, directory(customs_facilities=("bonded_zone",)), "ports").verdict is U
    bonded = dataclasses.replace(
        offer(customs_facilities=["rail_port"]), park=park("HN2", customs_facilities=("bonded_zone",))
    )
    assert gate(asked, bonded, "ports").verdict is P


@pytest.mark.parametrize(
    ("cap", "price", "id_", "more"),
    [
        ("land_price_cap_wan_per_mu", "land_price_wan_per_mu", "land_price", {"land_area_mu": 50.0}),
        ("rent_cap_yuan_per_sqm_month", "rent_yuan_per_sqm_month", "rent", {"floor_area_sqm": 900.0}),
        ("power_price_cap_yuan_per_kwh", "power_price_yuan_per_kwh", "power_price", {}),
    ],
)
@pytest.mark.parametrize(("stated", "verdict"), [(12.0, P), (12.5, F), (None, U)])
def test_prices_keep_to_their_caps(gate, offer, cap, price, id_, more, stated, verdict):
    asked = {cap: 12.0, **more}
    assert gate(asked, offer(**{price: stated, "price_source": "园区填报"}), id_).verdict is verdict


def test_rail_time_is_approximate_and_a_doubtful_one_refuses_nobody(gate, need, offer, reference, check):
    asked = {"max_rail_hours": 2.5, "rail_city_code": "440306"}
    assert gate(asked, offer("HN2"), "rail").verdict is P
    failing = gate(asked, offer("HN1"), "rail")
    assert failing.verdict is F
    assert "约 2.9 小时" in str(failing.sentence)
    assert failing.source == "2016 年 3 月时刻表"
    assert gate(asked | {"rail_city_code": "441900"}, offer("HN2"), "rail").verdict is U

    doubtful = {key: dataclasses.replace(link, confidence="L") for key, link in reference.rail.items()}
    found = check(need(**asked), offer("HN1"), dataclasses.replace(reference, rail=doubtful))
    assert [gate.verdict for gate in found] == [U]


@pytest.mark.parametrize(("stated", "verdict"), [("yes", P), ("no", F), ("unsure", U), (None, U)])
def test_two_lines_of_power(gate, offer, stated, verdict):
    assert gate({"dual_supply_needed": "yes"}, offer(dual_supply=stated), "dual_supply").verdict is verdict


def test_what_is_missing_is_said_as_the_condition_that_it_is(gate, offer):
    asked = {
        "dual_supply_needed": "yes",
        "land_area_mu": 9.0,
        "land_price_cap_wan_per_mu": 14.0,
        "premises_needed_on": dt.date(2028, 1, 31),
    }
    said = {id_: str(gate(asked, offer(), id_).sentence) for id_ in ("dual_supply", "land_price", DELIVERY)}
    assert said["dual_supply"] == "双回路供电：需要，园区未填"
    assert said["land_price"] == "地价：上限 14 万元/亩，园区未填"
    assert said[DELIVERY].endswith("：要求 2028-01-31，园区未填")
    late = gate(asked, offer(available_on=dt.date(2028, 2, 29)), DELIVERY)
    assert str(late.sentence).endswith("：要求 2028-01-31，园区 2028-02-29，晚 29 天")


@pytest.mark.parametrize(
    ("codes", "refused", "verdict"),
    [
        (["C3982"], ["C398"], F),
        (["C3982"], ["C3982"], F),
        (["C3982"], ["C26"], P),
        (["C39"], ["C3982"], U),
        (None, ["C3982"], U),
        (["C14", "C3982"], ["C39"], F),
    ],
)
def test_an_offer_may_refuse_industries(gate, offer, codes, refused, verdict):
    assert gate({"industry_codes": codes}, offer(refused_codes=refused), "industry").verdict is verdict


def test_a_need_that_asks_for_nothing_is_not_gated(need, offer, check):
    assert check(need(description="印制电路板"), offer()) == []
