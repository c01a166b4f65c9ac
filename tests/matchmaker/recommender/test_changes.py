"""What would make a failing pair work: it works indeed, somebody could really do it, and nobody is told to lie."""

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pytest

from matchmaker.recommender.changes import Change, changes, obstacles
from matchmaker.recommender.edits import PAPERS, rounded
from matchmaker.recommender.facts import Item
from matchmaker.recommender.gates import Gate, check_people, check_premises, worst
from matchmaker.recommender.gates.marks import framed
from matchmaker.recommender.gates.outcome import FAILS
from matchmaker.recommender.remedies_siting import CLOSED
from models import Shape
from models.field import check as check_field
from models.field import fields_of
from models.vocabulary import Answer, Verdict
from tests.matchmaker.recommender.checker.draw import TABLES, Draw
from tests.matchmaker.recommender.checker.edge import as_item, as_world
from tests.matchmaker.recommender.checker.stage import KINDS, frames, mixed, outcomes, real_reference
from tests.matchmaker.recommender.stories import position, talent

DAY = dt.date(2026, 11, 24)
# The answers that may become others, and what they become: a wish is given up, another plot is offered.
TURNED = {
    "need.dual_supply_needed": Answer.NO,
    "need.accepts_split_plots": Answer.YES,
    "need.adds_capacity": Answer.NO,
    "offer.dual_supply": Answer.YES,
    "offer.thresholds_can_be_waived": Answer.YES,
    "offer.in_chemical_area": Answer.YES,
    "offer.in_park_boundary": Answer.YES,
    "offer.in_ecological_redline": Answer.NO,
    "offer.in_permanent_farmland": Answer.NO,
    "offer.in_water_protection_zone": Answer.NO,
    "offer.in_nature_reserve": Answer.NO,
    "offer.in_green_heart": Answer.NO,
}
SIDES = {
    "need–premises": ("need", "offer"),
    "position–talent": ("position", "talent"),
    "need–talent": ("need", "talent"),
}


def gates_of(asking: Item, answering: Item) -> list[Gate]:
    """Judge one pair by the rules as they stand."""
    reference = real_reference()
    kind = "offer" if answering.kind == "park" else answering.kind
    sides = framed(asking.kind, [asking], reference), framed(kind, [answering], reference)
    outcomes = (check_people if kind == "talent" else check_premises)(*sides, reference, DAY)
    return [gate for outcome in outcomes if (gate := outcome.at(0)) is not None]


def failing(asking: Item, answering: Item) -> list[str]:
    return [gate.id for gate in gates_of(asking, answering) if gate.verdict is Verdict.FAILS]


def after(change: Change, asking: Item, answering: Item) -> tuple[Item, Item]:
    """Do what the change says."""
    facts = {"asking": dict(asking.facts), "answering": dict(answering.facts)}
    for edit in change.edits:
        facts[edit.side] |= edit.facts
    return (
        Item(asking.kind, asking.id, asking.name, facts["asking"], asking.park),
        Item(answering.kind, answering.id, answering.name, facts["answering"], answering.park),
    )


def found(asking: Item, answering: Item) -> tuple[list[Change], list[str]]:
    gates, reference = gates_of(asking, answering), real_reference()
    return (
        changes(asking, answering, gates, reference, DAY),
        [str(sentence) for sentence in obstacles(asking, answering, gates, reference, DAY)],
    )


def said(asking: Item, answering: Item) -> list[list[str]]:
    return [[str(sentence) for sentence in change.sentences] for change in found(asking, answering)[0]]


def failing_pairs(kind: str, seed: int) -> Iterator[tuple[Item, Item]]:
    """Draw pairs without end that some condition stands against."""
    reference = real_reference()
    draw = Draw(seed, as_world(reference), DAY)
    left, right = SIDES[kind]
    while True:
        pairs = mixed(kind, draw, 100)
        sides = frames(kind, [one for one, _ in pairs], [other for _, other in pairs], reference)
        verdicts = worst(outcomes(kind, *sides, reference, DAY), len(pairs))
        for row in np.flatnonzero(verdicts == FAILS):
            yield as_item(left, pairs[row][0], 1), as_item(right, pairs[row][1], 2)


# --- Whatever the pair --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_hundred_of_a_hundred_pass_after_their_change(kind) -> None:
    """Only what a list closes has none, and there the reader is told so."""
    pairs = failing_pairs(kind, 20261124)
    for _ in range(100):
        asking, answering = next(pairs)
        against = failing(asking, answering)
        ways, in_the_way = found(asking, answering)
        assert ways or set(against) & set(CLOSED), against
        assert ways or in_the_way
        for way in ways:
            assert not failing(*after(way, asking, answering)), (against, way.sentences)


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_is_advised_what_no_form_would_take_or_what_would_be_a_lie(kind) -> None:
    pairs = failing_pairs(kind, 7)
    for _ in range(60):
        for way in found(*next(pairs))[0]:
            for edit in way.edits:
                field, text = fields_of(TABLES[edit.kind])[edit.name], str(edit.sentence)
                assert "None" not in text, text
                before, separator, rest = text.partition(" 改为 ")
                assert not separator or not before.endswith(f"从 {rest}"), text
                if edit.name in PAPERS:
                    assert edit.as_json()["after"] is None
                    assert text.startswith("先落实")
                    continue
                check_field(field, edit.after)
                if field.shape is Shape.ANSWER:
                    assert TURNED[f"{edit.kind}.{edit.name}"] is edit.after, text
                assert edit.name not in ("industry_codes", "project_type", "welcomed_codes", "heavy_metals")


def test_what_is_printed_is_enough() -> None:
    assert rounded(2.0, 0.5601, False) == 0.56
    assert rounded(0.1, 0.5601, False) == 0.57
    assert rounded(3, 4.2, True) == 5
    assert rounded(9.0, 8.07, False) == 8.07


# --- Stories ------------------------------------------------------------------------------------------------------


@pytest.fixture
def plant(need):
    return lambda **facts: need(project_type="new", production_start_on=dt.date(2027, 12, 1), **facts)


def test_the_plant_moves_in_later_or_the_park_is_ready_sooner(plant, offer) -> None:
    need = plant(premises_needed_on=dt.date(2027, 3, 1))
    hall = offer(available_on=dt.date(2028, 1, 1))
    assert said(need, hall) == [
        ["可交付日期从 2028-01-01 改为 2027-03-01"],
        ["场地最迟交付从 2027-03-01 改为 2028-01-01", "最迟投产从 2027-12-01 改为 2028-01-01"],
    ]


def test_a_park_is_never_told_to_be_ready_before_today(plant, offer) -> None:
    late = plant(premises_needed_on=dt.date(2026, 6, 1))
    assert said(late, offer(available_on=dt.date(2027, 1, 1))) == [["场地最迟交付从 2026-06-01 改为 2027-01-01"]]


def test_investment_is_raised_as_far_as_it_is_printed(plant, offer) -> None:
    terms = {"thresholds_can_be_waived": Answer.NO, "thresholds_valid_from": dt.date(2026, 1, 1)}
    need = plant(land_area_mu=3.0, investment_yi=0.05, tenures=["buy_land"])
    ways = said(need, offer(min_investment_per_mu_wan=171.1, tenures=["buy_land"], **terms))
    # Less land than three mu is no plot, so only more money helps.
    assert ways == [["总投资从 0.05 亿元 改为 0.06 亿元"], ["园区同意就门槛商量"]]
    larger = plant(land_area_mu=33.0, investment_yi=0.5, tenures=["buy_land"])
    assert ["用地面积从 33 亩 改为 29.22 亩"] in said(
        larger, offer(min_investment_per_mu_wan=171.1, tenures=["buy_land"], **terms)
    )


def test_power_is_expanded_asked_less_of_or_its_upgrade_comes_sooner(plant, offer) -> None:
    grid = {"power_spare_kva": 1000.0, "spare_as_of": DAY, "power_upgrade_kva": 9000.0}
    need = plant(power_kva=6000.0, premises_needed_on=dt.date(2027, 3, 1))
    late = offer(power_upgrade_on=dt.date(2027, 4, 1), **grid)
    assert said(need, late)[0] in (
        ["用电扩容投用从 2027-04-01 改为 2027-03-01"],
        ["场地最迟交付从 2027-03-01 改为 2027-04-01"],
    )
    assert len(said(need, late)) == 2


def test_land_that_is_too_small_is_another_plot_or_several(plant, offer) -> None:
    need = plant(land_area_mu=100.0, tenures=["buy_land"])
    plots = offer(largest_plot_mu=60.0, available_area_mu=80.0, tenures=["buy_land"])
    assert said(need, plots) == [
        ["用地面积从 100 亩 改为 60 亩"],
        ["换一块地：最大整块面积 100 亩 及以上", "换一块地：可供面积 100 亩 及以上"],
    ]


def test_a_hall_that_is_too_low_is_another_hall(plant, offer) -> None:
    ways = said(plant(clear_height_m=9.0), offer(clear_height_m=3.0))
    # No need may state less than 3.5 m, so only the park can do something.
    assert ways == [["换一处厂房：净高 9 m 及以上"]]


def test_a_plot_on_farmland_at_a_spring_is_another_plot_and_no_other_answer(plant, offer) -> None:
    bad = offer(in_permanent_farmland=Answer.YES, in_water_protection_zone=Answer.YES, water_protection_zone="l1")
    assert said(plant(industry_codes=["C3982"]), bad) == [
        ["换一块不涉及永久基本农田的地", "换一块不在饮用水源保护区内的地"]
    ]


def test_the_green_heart_is_left_with_its_zone(plant, offer) -> None:
    core = offer(in_green_heart=Answer.YES, green_heart_zone="core")
    (change,) = found(plant(industry_codes=["C3982"]), core)[0]
    assert [str(sentence) for sentence in change.sentences] == ["换一块不在长株潭绿心范围内的地"]
    assert change.edits[0].facts == {"in_green_heart": Answer.NO, "green_heart_zone": None}


def test_a_chemical_plant_is_told_of_another_plot_and_not_to_deny_its_product(plant, offer) -> None:
    need = plant(industry_codes=["C2614"], has_chemical_reaction=Answer.YES, product_is_hazardous_chemical=Answer.YES)
    assert said(need, offer(in_chemical_area=Answer.NO)) == [["换一块在已认定的化工片区内的地"]]


def test_a_quota_is_to_be_got_and_not_invented(plant, offer) -> None:
    need = plant(
        industry_codes=["C3360"],
        electroplating_step=Answer.YES,
        heavy_metals=["Cr"],
        heavy_metal_kg_per_year=12.0,
        heavy_metal_quota_source="无",
    )
    (change,) = found(need, offer())[0]
    assert [str(sentence) for sentence in change.sentences] == ["先落实重金属总量来源，写明腾出总量的装置或交易凭证"]
    assert change.as_json()["edits"][0]["after"] is None


def test_a_closed_process_is_replaced_and_said_to_be(plant, offer) -> None:
    row = next(
        row
        for row in real_reference().restricted
        if row.rule == "HC1" and row.restriction_class == "淘汰类" and row.codes and row.deciding_words
        and row.decision == "fails" and row.confidence == "H"
    )  # fmt: skip
    need = plant(industry_codes=[row.codes[0]], processes=[row.deciding_words[0], "包装"])
    assert "HC1" in failing(need, offer())
    assert said(need, offer()) == [[f"更换工艺：不再用 {row.deciding_words[0]}"]]


def test_fireworks_wait_until_the_plan_of_the_park_lists_them(plant, offer) -> None:
    (change,) = found(plant(industry_codes=["C2672"]), offer(listed_sectors=["none"]))[0]
    assert [str(sentence) for sentence in change.sentences] == ["先修编规划和规划环评，列明 烟花爆竹"]
    assert change.edits[0].after == ["fireworks"]


def test_a_shop_for_dangerous_goods_does_without_them_or_waits_for_the_plan(plant, offer) -> None:
    need = plant(industry_codes=["G5942"], processes=["危险化学品仓储", "配送"])
    ways = said(need, offer(listed_sectors=["slaughter"]))
    assert ways[0] == ["先修编规划和规划环评，列明 危险化学品仓储"]


def test_what_a_list_closes_stays_closed_and_the_reader_hears_it(plant, offer) -> None:
    need = plant(industry_codes=["C3982"], power_kva=6000.0)
    listed = offer(
        access_list_source="园区清单〔2026〕1号",
        access_list_valid_to=dt.date(2027, 12, 31),
        access_banned_codes=["C398"],
        power_spare_kva=10.0,
        spare_as_of=DAY,
    )
    ways, in_the_way = found(need, listed)
    assert ways == []
    assert in_the_way == [
        "园区生态环境准入清单：园区的清单禁止这个行业，改填写的内容没有用，只能换一个清单没有禁止它的园区"
    ]


def test_a_park_of_the_directory_can_change_nothing_but_who_asks_can(plant, directory) -> None:
    far = plant(place_strictness="must", target_prefecture_codes=["430100"])
    assert said(far, directory("HN2")) == [["想去的市州里加上 郴州"]]


def test_an_employer_and_an_engineer_meet_half_way(reference) -> None:
    post = position(ways_of_working=["full_time"], salary_high_wan=20.0, salary_low_wan=10.0)
    ways = said(post, talent())
    assert any("年薪上限从 20 万元 改为 35 万元" in way for way in ways)
    assert not any("语言" in text and "加上" in text for way in ways for text in way), "nobody learns a language for it"


def test_a_licence_is_dropped_only_where_the_law_asks_for_none() -> None:
    post = position(licences_required=["执业医师"], languages_required=["mandarin"])
    (way,) = said(post, talent())
    assert way == ["职业资格要求里去掉 执业医师，依法必须持证的岗位不能去掉"]


def test_a_licence_from_elsewhere_is_accepted_rather_than_reissued() -> None:
    post = position(
        licences_required=["注册电气工程师"], licence_origins_accepted=["mainland"], languages_required=["mandarin"]
    )
    assert said(post, talent()) == [["认可的资格发证地里加上 香港"]]
