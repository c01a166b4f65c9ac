"""HC5: polluting sectors only inside the approved boundary of a park."""

import datetime as dt

import pytest

P, U, F = "passes", "unknown", "fails"
PULP = {"industry_codes": ["C2211"], "project_type": "new"}
OUT, IN = {"in_park_boundary": "no"}, {"in_park_boundary": "yes"}


@pytest.mark.parametrize(("answer", "expected"), [("no", F), ("yes", P), ("unsure", U), (None, U)])
def test_the_plot_answers(verdict, answer, expected):
    assert verdict("HC5", PULP, {"in_park_boundary": answer}) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (PULP | {"project_type": "relocation"}, F),
        (PULP | {"project_type": "expansion"}, F),
        (PULP | {"project_type": "part_capacity"}, U),
        (PULP | {"project_type": None}, U),
        (PULP | {"project_type": "renovation", "adds_capacity": "no"}, P),
        (PULP | {"project_type": "hq"}, None),
        ({"industry_codes": ["C3110"], "project_type": "new"}, U),
        ({"industry_codes": ["C32"], "project_type": "new"}, U),
        ({"industry_codes": ["C26"], "processes": ["化工合成"], "project_type": "new"}, F),
        ({"industry_codes": ["C3441"], "products": ["化工泵"], "project_type": "new"}, U),
        ({"industry_codes": ["C1811"], "project_type": "new"}, None),
    ],
)
def test_outside_the_boundary(verdict, asked, expected):
    """Steel is from memory and warns; a division, or a word in another trade, is for a person."""
    assert verdict("HC5", asked, OUT) == expected


def test_a_park_of_the_directory_answers_for_no_plot(verdict, directory):
    assert verdict("HC5", PULP, directory()) == U


def test_the_list_acts_in_its_dates(verdict):
    assert verdict("HC5", PULP, OUT, day=dt.date(2018, 12, 31)) is None
    # The first version is known from memory alone, and its entries began with the second.
    assert verdict("HC5", PULP, OUT, day=dt.date(2022, 1, 18)) is None
    assert verdict("HC5", PULP, OUT, day=dt.date(2022, 1, 19)) == F


def test_a_refusal_names_sector_and_source(gate):
    found = gate("HC5", PULP, OUT)
    assert "制浆" in str(found.sentence)
    assert (str(found.need), str(found.limit)) == ("是", "否")
    assert "长江办〔2022〕7号" in found.source


def test_a_list_that_ran_out_leaves_it_open(gate, changed):
    old = changed("HC5", {"in_force_to": dt.date(2026, 1, 1)})
    assert gate("HC5", PULP, OUT, reference=old).verdict.value == U
    assert gate("HC5", {"industry_codes": ["C1811"]}, OUT, reference=old) is None
