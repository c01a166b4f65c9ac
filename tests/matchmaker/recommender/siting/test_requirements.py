"""What a project has to go through is told, and never a reason to refuse."""

import datetime as dt

import pytest

from matchmaker.recommender.gates.requirements import requirements

DAY = dt.date(2026, 11, 24)
MAKER = {"industry_codes": ["C3982"]}


@pytest.fixture
def told(need, reference):
    def find(day=DAY, **facts):
        return [str(sentence) for sentence in requirements(need(**MAKER | facts), reference, day)]

    return find


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"energy_use_tce": 12_000.0}, "省发展改革委"),
        ({"energy_use_tce": 5_000.0}, "市州发展改革部门"),
        ({"energy_use_tce": 1_000.0}, "县级发展改革部门"),
        ({"power_use_kwh_per_year": 5_000_000.0}, "按年综合能耗确定"),
        ({"energy_use_tce": 999.0, "power_use_kwh_per_year": 4_999_999.0}, "不须单独审查"),
        ({"energy_use_tce": 600.0}, "不须单独审查"),
        ({"energy_use_tce": 700.0}, "还不清楚"),
        ({"power_use_kwh_per_year": 100.0}, "还不清楚"),
        ({}, "还不清楚"),
    ],
)
def test_energy_review_by_what_is_stated(told, facts, words):
    """600 tce can't hold 5 million kWh, 700 can."""
    assert words in told(**facts)[0]


def test_carbon_is_evaluated_with_it_since_september_2025(told):
    assert "碳排放评价" in told(energy_use_tce=2000.0)[0]
    assert "碳排放评价" not in told(dt.date(2025, 8, 31), energy_use_tce=2000.0)[0]


@pytest.mark.parametrize(("class_", "words"), [("report", "省生态环境厅"), ("form", "报告表"), (None, "还不清楚")])
def test_who_approves_the_assessment(told, class_, words):
    assert words in told(eia_class=class_)[1]


def test_land_is_told_of_only_where_it_is_stated(told):
    assert len(told()) == 2
    coefficient, office = told(building_coefficient_percent=35.0, office_land_percent=9.0)[2:]
    assert "35 %，一般不低于 40 %" in coefficient
    assert "9 %，一般不超过 7 %" in office


def test_each_is_told_with_its_source_and_warehouses_are_told_nothing(need, reference):
    assert all(sentence.source and sentence.fields for sentence in requirements(need(**MAKER), reference, DAY))
    assert requirements(need(industry_codes=["G5990"]), reference, DAY) == []
