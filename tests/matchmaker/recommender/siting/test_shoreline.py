"""HC4: chemical plants keep a kilometre from the shores that Hunan names."""

import datetime as dt

import pytest

P, U, F = "passes", "unknown", "fails"
PLANT = {
    "industry_codes": ["C2614"],
    "has_chemical_reaction": "yes",
    "product_is_hazardous_chemical": "no",
    "project_type": "relocation",
}
TRUNK = {"shoreline_class": "named_trunk"}
INLAND, BY_THE_RIVER = "431003", "430603"  # 苏仙区, 云溪区


@pytest.mark.parametrize(
    ("metres", "accuracy", "expected"),
    [
        (950.0, None, F),
        (951.0, None, U),
        (1050.0, None, U),
        (1051.0, None, P),
        (995.0, 5.0, F),
        (996.0, 5.0, U),
        (1005.0, 5.0, U),
        (1006.0, 5.0, P),
        (1000.0, 0.0, F),
        (0.0, None, F),
    ],
)
def test_a_plot_is_as_near_as_its_distance_is_known(verdict, metres, accuracy, expected):
    assert verdict("HC4", PLANT, TRUNK | {"shoreline_distance_m": metres, "shoreline_accuracy_m": accuracy}) == expected


def test_a_refusal_prints_distance_limit_and_gap_of_the_shore(gate):
    found = gate("HC4", PLANT, TRUNK | {"shoreline_distance_m": 700.0})
    assert (found.need.raw, found.limit.raw, found.gap.raw, found.unit) == (1000, 700, 300, "m")
    assert "长江或湘资沅澧干流" in str(found.sentence)
    assert found.source == "中华人民共和国长江保护法（主席令第65号）"


@pytest.mark.parametrize(
    ("shore", "metres", "expected"),
    [
        ("dongting", 500.0, F),
        ("other_tributary", 500.0, U),
        ("other_tributary", 1500.0, P),
        (None, 500.0, U),
        (None, 1500.0, P),
    ],
)
def test_hunan_names_its_shores_and_other_tributaries_are_for_a_person(verdict, shore, metres, expected):
    assert verdict("HC4", PLANT, {"shoreline_class": shore, "shoreline_distance_m": metres}) == expected


@pytest.mark.parametrize(
    ("project", "expected"),
    [
        ({"project_type": "new"}, F),
        ({"project_type": "part_capacity"}, F),
        ({"project_type": None}, U),
        ({"project_type": "renovation"}, U),
        ({"project_type": "renovation", "adds_capacity": "yes"}, U),
        ({"project_type": "renovation", "adds_capacity": "no"}, None),
        ({"project_type": "hq"}, None),
        ({"has_chemical_reaction": None}, U),
        ({"has_chemical_reaction": "no"}, None),
        ({"compounding_only": "yes", "has_chemical_reaction": None}, None),
        ({"industry_codes": ["C1811"], "has_chemical_reaction": None, "product_is_hazardous_chemical": None}, None),
    ],
)
def test_only_building_a_chemical_plant_near_the_shore_is_meant(verdict, project, expected):
    assert verdict("HC4", PLANT | project, TRUNK | {"shoreline_distance_m": 300.0}) == expected


def test_a_county_on_a_shore_raises_the_question_and_another_does_not(gate, plot, directory):
    by_river = gate("HC4", PLANT, plot(BY_THE_RIVER))
    assert by_river.verdict.value == U
    assert by_river.fields == ("offer.shoreline_class", "offer.shoreline_distance_m")
    assert "云溪区" in str(by_river.sentence)
    inland = gate("HC4", PLANT, plot(INLAND))
    assert inland.verdict.value == P
    assert "其他支流仍须核对" in str(inland.sentence)
    assert gate("HC4", PLANT, plot(INLAND, shoreline_class="named_trunk")).verdict.value == U
    assert gate("HC4", PLANT, directory(county_code=BY_THE_RIVER)).verdict.value == U


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (TRUNK | {"shoreline_distance_m": 600.0}, F),
        (TRUNK | {"shoreline_distance_m": 2000.0}, U),
        (TRUNK | {"shoreline_distance_m": 3100.0}, P),
        ({"shoreline_class": "other_tributary", "shoreline_distance_m": 2000.0}, P),
    ],
)
def test_a_tailings_pond_keeps_three_kilometres_from_what_may_be_the_yangtze(verdict, facts, expected):
    asked = {"industry_codes": ["B0912"], "processes": ["尾矿库"], "project_type": "new"}
    assert verdict("HC4", asked, facts) == expected


def test_a_mine_that_says_nothing_of_a_pond_is_asked_near_the_shore(verdict):
    asked = {"industry_codes": ["B0912"], "project_type": "new"}
    assert verdict("HC4", asked, TRUNK | {"shoreline_distance_m": 600.0}) == U


def test_the_law_acts_from_its_first_day_on_before_anybody_said_what_a_chemical_project_is(verdict):
    near = TRUNK | {"shoreline_distance_m": 300.0}
    assert verdict("HC4", PLANT, near, day=dt.date(2021, 2, 28)) is None
    assert verdict("HC4", PLANT, near, day=dt.date(2021, 3, 1)) == F


def test_a_doubtful_rule_warns(verdict, changed):
    near = TRUNK | {"shoreline_distance_m": 300.0}
    assert verdict("HC4", PLANT, near, reference=changed("HC4", confidence="M")) == U
