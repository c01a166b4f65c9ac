"""HC11: projects of high energy use and emissions bring what they substitute; the catalogue, from memory, warns."""

import datetime as dt

import pytest

P, U, F = "passes", "unknown", "fails"
CEMENT = {"industry_codes": ["C3011"], "project_type": "new"}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (CEMENT | {"substitution_source": "无"}, U),
        (CEMENT, U),
        (CEMENT | {"substitution_source": "关停某厂，腾出能耗 2 万吨标准煤"}, P),
        (CEMENT | {"project_type": "renovation", "adds_capacity": "no"}, P),
        (CEMENT | {"project_type": "rd"}, None),
        ({"industry_codes": ["C1811"], "fuels": ["gas", "power"]}, None),
        ({"industry_codes": ["C1811"], "fuels": ["coal"]}, U),
        ({"industry_codes": ["C1811"], "processes": ["燃煤锅炉供汽"]}, U),
        ({"industry_codes": ["C26"]}, U),
        ({"industry_codes": ["C26"], "processes": ["涂料混合"]}, None),
        ({"industry_codes": ["I6450"]}, U),
    ],
)
def test_who_is_asked_and_who_passes(verdict, asked, expected):
    assert verdict("HC11", asked) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (CEMENT | {"substitution_source": "无"}, F),
        (CEMENT | {"substitution_source": "无", "project_type": "relocation"}, F),
        (CEMENT | {"substitution_source": "无", "project_type": "part_capacity"}, U),
        (CEMENT | {"substitution_source": "无", "project_type": None}, U),
        (CEMENT | {"substitution_source": "待定"}, U),
        ({"fuels": ["oil"], "project_type": "new", "substitution_source": "none"}, F),
    ],
)
def test_once_the_catalogue_is_certain_having_no_source_refuses(gate, changed, asked, expected):
    found = gate("HC11", asked, reference=changed("HC11", confidence="H"))
    assert found.verdict.value == expected
    assert expected != F or (str(found.need) and str(found.limit))


def test_what_is_missing_is_asked_of_the_need(gate):
    assert "need.substitution_source" in gate("HC11", CEMENT).fields
    assert "need.processes" in gate("HC11", {"industry_codes": ["C26"]}).fields


def test_the_catalogue_acts_from_its_year_on_and_leaves_open_what_ran_out(verdict, changed):
    assert verdict("HC11", CEMENT, day=dt.date(2020, 12, 31)) is None
    assert verdict("HC11", CEMENT, day=dt.date(2021, 1, 1)) == U
    ran_out = changed("HC11", {"in_force_to": dt.date(2026, 1, 1)}, confidence="H")
    assert verdict("HC11", CEMENT | {"substitution_source": "无"}, reference=ran_out) == U
