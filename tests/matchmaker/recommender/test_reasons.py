"""What is said of a pair: reasons of both sides and every gap, each from facts that somebody states."""

import dataclasses
import datetime as dt

import pytest

from matchmaker.recommender.criteria import SPECS
from matchmaker.recommender.evaluation.deletion import deletion
from matchmaker.recommender.evaluation.without import is_stated
from matchmaker.recommender.facts import Item, Promise
from matchmaker.recommender.judging import judge, side_of
from matchmaker.recommender.people.specs import specs_of
from matchmaker.recommender.reasons import explain, people, premises
from matchmaker.recommender.words import Sentence
from tests.matchmaker.recommender.stories import demand, position, talent

LATER = dt.date(2027, 6, 30)
PLANT = {
    "title": "线路板工厂",
    "description": "生产多层线路板，用于手机",
    "category": "new_base",
    "industry_codes": ["C3982"],
    "products": ["多层线路板"],
    "upstream_codes": ["C3985"],
    "from_city_code": "440300",
    "place_strictness": "prefer",
    "target_prefecture_codes": ["431000"],
    "tenures": ["lease"],
    "land_area_mu": 50.0,
    "floor_area_sqm": 9000.0,
    "power_kva": 3000.0,
    "sewage_m3_per_day": 200.0,
    "premises_needed_on": LATER,
    "rent_cap_yuan_per_sqm_month": 15.0,
    "ports_needed": ["bonded_zone"],
    "policy_asks": ["rent", "hiring"],
    "headcount_needed": 300,
    "rail_city_code": "440300",
    "investment_yi": 3.0,
    "tax_per_mu_wan": 20.0,
    "energy_use_tce": 600.0,
}
PREMISES = {
    "title": "元器件标准厂房",
    "description": "适合线路板企业",
    "category": "standard_factory",
    "welcomed_codes": ["C398"],
    "tenures": ["lease"],
    "floor_area_sqm": 20000.0,
    "power_spare_kva": 6000.0,
    "sewage_spare_m3_per_day": 500.0,
    "spare_as_of": dt.date(2026, 9, 1),
    "available_on": dt.date(2027, 1, 1),
    "rent_yuan_per_sqm_month": 10.0,
    "price_source": "园区填报",
    "customs_facilities": ["bonded_zone"],
    "workers_available": 500,
    "min_investment_per_mu_wan": 280.0,
    "min_tax_per_mu_wan": 15.0,
    "thresholds_source": "园区准入办法",
}


@pytest.fixture
def said(reference, parks, today):
    def run(asking, answering):
        judged = judge(side_of([asking], reference), side_of([answering], reference), reference, parks, today, {})
        return explain(asking, answering, judged.scored(0), judged.gates(0), reference, parks, today)

    return run


@pytest.fixture
def plant(need):
    return lambda **facts: need(**(PLANT | facts))


@pytest.fixture
def hall(offer):
    return lambda **facts: dataclasses.replace(
        offer(**(PREMISES | facts)), promises=(Promise("rent", "租金减半，见 T23d", "园区〔2026〕1号"),)
    )


def texts(sentences):
    return [str(sentence) for sentence in sentences]


def by_criterion(sentences):
    return {sentence.criterion: sentence for sentence in sentences}


def test_lin_reads_why_the_hall_suits_her_plant_and_chen_why_the_plant_suits_his_park(said, plant, hall):
    reasons = by_criterion(said(plant(), hall()).reasons)
    assert str(reasons["industry"]).startswith("行业同一中类：需求 电子电路制造 C3982，载体欢迎的行业")
    assert str(reasons["tenure"]) == "取得方式一致：租赁厂房"
    assert str(reasons["investment_per_mu"]) == "总投资 3 亿元、用地 50 亩，合 600 万元/亩，门槛 280 万元/亩"
    assert reasons["investment_per_mu"].source == "园区准入办法"
    assert {reason.side for reason in reasons.values()} == {"asking", "answering"}
    assert all(reason.kind == "reason" and reason.fields for reason in reasons.values())


def test_six_reasons_at_most_for_each_side_and_none_told_twice_before_the_others(said, plant, hall):
    reasons = said(plant(), hall()).reasons
    assert [sum(reason.side == side for reason in reasons) for side in ("asking", "answering")] == [6, 6]
    new = [
        reason.fields
        for number, reason in enumerate(reasons)
        if reason.fields not in [r.fields for r in reasons[:number]]
    ]
    assert [reason.fields for reason in reasons][: len(new)] == new


def test_a_threshold_that_fixed_investment_misses_is_no_reason(said, plant, hall):
    found = by_criterion(said(plant(fixed_investment_yi=1.0), hall()).reasons)
    assert "investment_per_mu" not in found
    assert str(found["investment"]) == "总投资 3 亿元"


def test_a_clause_is_cited_where_both_sides_link_it_or_a_promise_names_it(said, plant, hall):
    few = {"industry_codes": ["C3982"], "policy_asks": ["rent", "hiring"]}
    mine = dataclasses.replace(Item("need", "need:2", "工厂", few), clauses=("T5a", "T9a", "T13c"))
    theirs = dataclasses.replace(hall(), clauses=("T5a", "T13c", "T24b"))
    found = by_criterion(said(mine, theirs).reasons)
    assert found["industry"].clauses == ("T5a",)
    assert str(found["policy"]) == "希望的支持里，载体写明了租金优惠"
    assert found["policy"].clauses == ("T13c", "T23d")
    assert found["policy"].source == "园区〔2026〕1号"
    assert by_criterion(said(plant(), theirs).reasons)["industry"].clauses == ()


def test_every_part_has_words_but_the_prior_that_advises_nothing():
    assert set(SPECS) - set(premises.REASONS) == {"size"}
    assert set(premises.REASONS) <= set(SPECS)
    assert set(people.REASONS) == set(specs_of("position")) | set(specs_of("need"))
    assert set(premises.GAPS) <= set(SPECS)
    assert set(people.GAPS) <= set(people.REASONS)


def test_a_park_of_the_directory_has_three_reasons_or_facts_that_say_so(said, need, directory):
    found = said(need(description="做线路板"), directory("HN2"))
    assert len(found.reasons) >= 3
    assert {sentence.kind for sentence in found.reasons} <= {"reason", "fact"}
    assert [sentence.criterion for sentence in found.reasons if sentence.kind == "fact"].count(None) == sum(
        sentence.kind == "fact" for sentence in found.reasons
    )
    assert "名录数据，园区尚未核实，面积、价格和余量都还没有填" in texts(found.gaps)


def test_gaps_name_what_is_short_and_then_what_nobody_knows(said, plant, hall):
    gaps = said(
        plant(category="farm_produce", water_m3_per_day=300.0, target_prefecture_codes=["430100"]),
        hall(workers_available=200),
    ).gaps
    assert "可招工 200 人，需用工 300 人，差 100 人" in texts(gaps)
    assert "想做的是农产品采购或基地，载体是标准厂房，用途不同" in texts(gaps)
    assert "不在想去的市州：想去长沙，载体在郴州苏仙" in texts(gaps)
    assert "日用水量：需 300 m³/d，园区未填" in texts(gaps)
    assert "希望的支持里，载体没有写招工、培训补助" in texts(gaps)
    kinds = [gap.kind for gap in gaps]
    assert kinds == sorted(kinds)
    assert {gap.side for gap in gaps if gap.criterion == "completeness"} == {"answering"}


def test_what_a_gate_says_is_not_said_again(said, plant, hall):
    gaps = said(plant(), hall(power_spare_kva=1000.0)).gaps
    assert sum("need.power_kva" in gap.fields for gap in gaps) == 1


def test_the_engineer_and_the_employer_each_read_why(said):
    found = said(position(), talent())
    reasons = by_criterion(found.reasons)
    assert str(reasons["skills"]) == "要求的技能里，人才会 压合工艺"
    assert str(reasons["education"]) == "学历要求本科，人才是硕士"
    assert str(reasons["salary"]) == "期望年薪 35 万元，岗位最高 40 万元"
    assert str(reasons["travel"]) == "现在住在深圳，坐火车到郴州约 1.9 小时"
    assert {reasons["skills"].side, reasons["salary"].side} == {"asking", "answering"}
    assert "没有写的技能：良率" in texts(found.gaps)
    assert "希望的支持里，岗位没有写子女教育" in texts(found.gaps)


def test_another_group_of_the_division_is_only_near_the_field(said):
    def start(code):
        found = by_criterion(said(position(), talent(field_codes=[code])).reasons)
        return str(found["field"]).split("：")[0]

    assert [start(code) for code in ("C3982", "C3985", "C3974")] == ["专业领域相符", "专业领域相符", "专业领域相近"]


def test_a_need_and_a_talent_read_why_as_well(said):
    found = said(demand(), talent(ways_of_coming=["remote_research"]))
    reasons = by_criterion(found.reasons)
    assert str(reasons["skills"]) == "需求的工艺和产品里，人才会 电镀工艺、压合"
    assert str(reasons["way"]) == "需求把研发留在大湾区，人才可以异地研发（人才飞地）"
    assert len(found.reasons) >= 3


def test_where_little_is_stated_facts_fill_up_and_are_called_facts(said):
    bare = Item("talent", "talent:9", "人才", {"education": "master", "years_experience": 9, "skills": ["焊接"]})
    found = said(position(), bare)
    assert len(found.reasons) >= 3
    assert {sentence.kind for sentence in found.reasons} == {"reason", "fact"}


@pytest.mark.parametrize("case", ["premises", "directory", "position", "need"])
def test_no_reason_cites_what_nobody_states(said, plant, hall, directory, parks, case):
    asking, answering = {
        "premises": (plant(rail_city_code=None, dual_supply_needed="unsure"), hall(dual_supply="unsure")),
        "directory": (plant(), directory("EN1")),
        "position": (position(years_required=None), talent(languages=None)),
        "need": (demand(processes=None), talent()),
    }[case]
    found = said(asking, answering)
    assert found.reasons
    for sentence in found.reasons:
        assert all(is_stated(field, asking, answering, parks) for field in sentence.fields)


def test_taking_a_cited_fact_away_moves_the_score_as_the_sentence_says(reference, parks, today, plant, hall):
    items = {
        "need": [dataclasses.replace(plant(), posting_id=None), demand(category="new_base")],
        "offer": [dataclasses.replace(hall(), posting_id=None)],
        "position": [position()],
        "talent": [talent()],
    }
    found = deletion(items, reference, parks, today, samples=150)
    assert len(found.samples) == 150
    assert found.share >= 0.95, found.as_json()
    assert not found.absent


def test_a_sentence_is_said_again_in_any_language_after_it_was_kept(said, plant, hall):
    english = {"面积够用：需 %(need)s，可供 %(offer)s": "Enough room: %(need)s needed, %(offer)s there", "㎡": "m²"}
    modest = plant(target_prefecture_codes=None, tenures=None), hall(tenures=None)
    for sentence in (*said(plant(), hall()).reasons, *said(plant(), hall()).gaps):
        again = Sentence.unpacked(sentence.packed())
        assert (again, str(again)) == (sentence, str(sentence))
    kept = by_criterion(said(*modest).reasons)["space"].packed()
    assert Sentence.unpacked(kept).text(lambda word: english.get(word, word)) == (
        "Enough room: 9,000 m² needed, 20,000 m² there"
    )
