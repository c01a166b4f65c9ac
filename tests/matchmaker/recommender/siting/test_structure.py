"""HC1: a process of the eliminated class anywhere, and new capacity of the restricted class."""

import datetime as dt

import pytest

P, U, F = "passes", "unknown", "fails"
LEAD = {"industry_codes": ["C3843"], "processes": ["开口式普通铅蓄电池"]}
RESIN = {"industry_codes": ["C2663"], "processes": ["松脂初加工"]}
COATING = {"industry_codes": ["C2641"], "processes": ["溶剂型涂料"], "project_type": "new"}


@pytest.mark.parametrize("kind", ["new", "expansion", "relocation", "part_capacity", "renovation", None])
def test_an_eliminated_process_is_refused_whatever_the_project(verdict, kind):
    assert verdict("HC1", LEAD | {"project_type": kind}) == F


@pytest.mark.parametrize(
    ("project", "expected"),
    [
        ({"project_type": "new"}, F),
        ({"project_type": "expansion"}, F),
        ({"project_type": "relocation", "adds_capacity": "yes"}, F),
        ({"project_type": "part_capacity", "adds_capacity": "yes"}, F),
        ({"project_type": "relocation", "adds_capacity": "no"}, U),
        ({"project_type": "relocation"}, U),
        ({"project_type": "renovation", "adds_capacity": "no"}, P),
        ({"project_type": "renovation"}, U),
        ({}, U),
        ({"project_type": "hq"}, P),
    ],
)
def test_a_restricted_process_may_move_but_not_grow(verdict, project, expected):
    assert verdict("HC1", RESIN | project) == expected


def test_a_condition_in_words_or_numbers_is_for_a_person_and_is_quoted(gate):
    found = gate("HC1", COATING)
    assert found.verdict.value == U
    assert "溶剂型涂料（鼓励类品种和工艺除外）" in str(found.sentence)
    assert found.limit.raw == "RI015"
    small = gate("HC1", {"industry_codes": ["C2022"], "products": ["高中密度纤维板"], "project_type": "new"})
    assert small.verdict.value == U
    assert "单线规模小于 5 万立方米/年" in str(small.sentence)


def test_an_industry_alone_refuses_nobody_and_asks_for_the_process(gate):
    found = gate("HC1", {"industry_codes": ["C3843"], "project_type": "new"})
    assert found.verdict.value == U
    assert "need.processes" in found.fields


def test_a_mould_maker_for_listed_tyres_is_asked_and_not_refused(verdict):
    asked = {"industry_codes": ["C3525"], "products": ["斜交轮胎模具"], "project_type": "new"}
    assert verdict("HC1", asked) == U


def test_what_is_named_only_to_deny_it_is_not_named(verdict):
    asked = {"industry_codes": ["C3720"], "processes": ["无石棉摩擦片压制"]}
    assert verdict("HC1", asked) == P
    assert verdict("HC1", asked | {"processes": ["石棉摩擦片压制"]}) == U


def test_who_plates_nothing_is_not_asked_about_cyanide(verdict):
    asked = {"industry_codes": ["C3360"], "processes": ["真空热处理"]}
    assert verdict("HC1", asked) == U
    assert verdict("HC1", asked | {"electroplating_step": "no"}) == P


def test_a_broad_industry_raises_the_question_only_while_nobody_has_said_what_is_done(verdict):
    assert verdict("HC1", {"industry_codes": ["C384"]}) == U
    assert verdict("HC1", {"industry_codes": ["C384"], "processes": ["锂电池卷绕"]}) == P


def test_a_comparison_that_finds_nothing_says_how_little_was_compared(gate, verdict):
    found = gate("HC1", {"industry_codes": ["C1811"], "processes": ["裁剪", "缝制"]})
    assert found.verdict.value == P
    assert "653" in str(found.sentence)
    assert "59" in str(found.sentence)
    assert verdict("HC1", {"industry_codes": ["C1811"]}) is None


@pytest.mark.parametrize("confidence", ["M", "L"])
def test_an_entry_from_memory_warns_and_refuses_nobody(verdict, changed, confidence):
    assert verdict("HC1", LEAD, reference=changed("HC1", {"confidence": confidence})) == U


def test_a_doubtful_rule_warns_and_refuses_nobody(verdict, changed):
    assert verdict("HC1", LEAD, reference=changed("HC1", confidence="M")) == U


def test_the_catalogue_refuses_from_its_first_day_on(verdict):
    assert verdict("HC1", LEAD, day=dt.date(2024, 1, 31)) is None
    assert verdict("HC1", LEAD, day=dt.date(2024, 2, 1)) == F


def test_a_catalogue_that_ran_out_leaves_everything_on_it_open(gate, changed):
    old = changed("HC1", {"in_force_to": dt.date(2026, 11, 23)})
    found = gate("HC1", LEAD, reference=old)
    assert found.verdict.value == U
    assert "已过期" in str(found.sentence)
    assert gate("HC1", LEAD, reference=old, day=dt.date(2026, 11, 23)).verdict.value == F


def test_a_refusal_names_the_word_the_item_and_the_order_it_rests_on(gate):
    found = gate("HC1", LEAD)
    assert "开口式普通铅蓄电池" in str(found.sentence)
    assert "干式荷电" not in str(found.sentence).split("（")[0]
    assert "淘汰类" in str(found.sentence)
    assert found.source == "产业结构调整指导目录（2024 年本）（国家发展改革委令第7号）"
