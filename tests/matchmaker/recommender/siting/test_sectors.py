"""HC15: sectors that need a park whose plan and assessment list them."""

import datetime as dt

import pytest

P, U, F = "passes", "unknown", "fails"
FIREWORKS = {"industry_codes": ["C2672"], "project_type": "relocation"}
PLATER = {"industry_codes": ["C3360"], "electroplating_step": "yes", "project_type": "new"}


@pytest.mark.parametrize(
    ("listed", "expected"), [(["fireworks"], P), (["dyeing"], F), (["none"], F), (None, U), ([], U)]
)
def test_what_a_park_lists_answers_for_all_sectors(verdict, listed, expected):
    assert verdict("HC15", FIREWORKS, {"listed_sectors": listed}) == expected


def test_a_park_of_the_directory_lists_nothing_yet(gate, directory):
    found = gate("HC15", FIREWORKS, directory())
    assert (found.verdict.value, found.fields) == (U, ("offer.listed_sectors",))


@pytest.mark.parametrize(
    ("asked", "listed", "expected"),
    [
        (PLATER, ["electroplating"], P),
        (PLATER, ["dyeing"], U),
        ({"industry_codes": ["C3982"], "electroplating_step": "yes"}, ["dyeing"], U),
        ({"industry_codes": ["C3982"], "electroplating_step": "yes"}, ["electroplating"], P),
        ({"industry_codes": ["C3360"]}, None, U),
        ({"industry_codes": ["C3360"], "electroplating_step": "no"}, None, None),
        ({"industry_codes": ["C3360"], "processes": ["电镀"], "electroplating_step": "no"}, ["dyeing"], None),
        ({"industry_codes": ["C1811"]}, None, None),
        ({"industry_codes": ["C17"]}, None, U),
        ({"industry_codes": ["C17"], "processes": ["织造"]}, None, None),
        ({"industry_codes": ["G5942"], "project_type": "new"}, ["fireworks"], F),
        ({"industry_codes": ["N7724"], "project_type": "new"}, ["none"], F),
        ({"industry_codes": ["N7724"], "project_type": "new"}, ["hazardous_waste"], U),
        ({"industry_codes": ["C3843"]}, ["lead_battery"], U),
        ({"industry_codes": ["C4210"]}, ["waste_battery"], U),
        ({"industry_codes": ["C2221"], "project_type": "new"}, None, None),
        ({"industry_codes": ["C2221"], "processes": ["小型造纸"], "project_type": "new"}, None, U),
    ],
)
def test_sectors_by_what_stands_behind_them(verdict, asked, listed, expected):
    """Plating and dyeing are from memory and warn; conditions beyond the listing are for a person."""
    assert verdict("HC15", asked, {"listed_sectors": listed}) == expected


@pytest.mark.parametrize(
    ("project", "expected"),
    [
        ({"project_type": "new"}, F),
        ({"project_type": "part_capacity"}, F),
        ({"project_type": None}, U),
        ({"project_type": "renovation"}, None),
        ({"project_type": "hq"}, None),
    ],
)
def test_only_projects_that_the_entry_means_are_refused(verdict, project, expected):
    assert verdict("HC15", FIREWORKS | project, {"listed_sectors": ["none"]}) == expected


def test_who_has_to_say_whether_there_is_plating_is_the_need(gate):
    found = gate("HC15", {"industry_codes": ["C3360"]}, {"listed_sectors": ["dyeing"]})
    assert "need.electroplating_step" in found.fields


def test_a_refusal_names_the_sector_what_is_listed_and_the_law(gate):
    found = gate("HC15", FIREWORKS, {"listed_sectors": ["electroplating", "dyeing"]})
    assert (found.need.raw, found.limit.raw) == (("fireworks",), ("electroplating", "dyeing"))
    assert found.source == "烟花爆竹安全管理条例（2016 修订）（国务院令第455号）"


def test_of_two_sectors_the_one_that_is_missing_is_named(gate):
    asked = {"industry_codes": ["C2672", "G5942"], "project_type": "new"}
    found = gate("HC15", asked, {"listed_sectors": ["fireworks"]})
    assert (found.verdict.value, found.need.raw) == (F, ("hazardous_storage",))
    assert "危险化学品" in found.source


def test_dates_and_doubts(verdict, changed):
    none = {"listed_sectors": ["none"]}
    assert verdict("HC15", FIREWORKS, none, day=dt.date(2006, 1, 20)) is None
    assert verdict("HC15", FIREWORKS, none, day=dt.date(2006, 1, 21)) == F
    assert verdict("HC15", FIREWORKS, none, reference=changed("HC15", {"confidence": "M"})) == U
    assert verdict("HC15", FIREWORKS, none, reference=changed("HC15", confidence="L")) == U
    assert verdict("HC15", FIREWORKS, none, reference=changed("HC15", {"in_force_to": dt.date(2026, 1, 1)})) == U
