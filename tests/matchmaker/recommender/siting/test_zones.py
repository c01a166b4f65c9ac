"""HC6: red lines, farmland, water sources and reserves, by what the plot's papers say."""

import datetime as dt

import pytest

P, U, F = "passes", "unknown", "fails"
MAKER = {"industry_codes": ["C3982"], "project_type": "new"}
CLEAR = {
    "in_ecological_redline": "no",
    "in_permanent_farmland": "no",
    "in_water_protection_zone": "no",
    "in_nature_reserve": "no",
    "in_wetland": "no",
    "siting_as_of": dt.date(2026, 9, 1),
}


def test_papers_that_rule_everything_out_pass_with_their_day(gate):
    found = gate("HC6", MAKER, CLEAR)
    assert found.verdict.value == P
    assert found.as_of == dt.date(2026, 9, 1)
    assert "2026-09-01" in str(found.sentence)


@pytest.mark.parametrize("zone", [name for name in CLEAR if name.startswith("in_")])
def test_an_answer_that_is_missing_or_unsure_is_asked_of_the_park_and_named(gate, zone):
    for answer in (None, "unsure"):
        found = gate("HC6", MAKER, CLEAR | {zone: answer})
        assert found.verdict.value == U
        assert f"offer.{zone}" in found.fields
    assert str(found.sentence).endswith(f"园区没有写清是否涉及{found.values['missing']}")


def test_papers_without_a_day_leave_it_open(gate):
    found = gate("HC6", MAKER, CLEAR | {"siting_as_of": None})
    assert (found.verdict.value, found.fields) == (U, ("offer.siting_as_of",))


@pytest.mark.parametrize(
    ("facts", "asked", "expected"),
    [
        ({"in_ecological_redline": "yes"}, {}, F),
        ({"in_ecological_redline": "yes"}, {"industry_codes": ["I6450"]}, U),
        ({"in_permanent_farmland": "yes"}, {}, F),
        ({"in_permanent_farmland": "yes"}, {"industry_codes": ["G5990"]}, F),
        ({"in_water_protection_zone": "yes"}, {}, U),
        ({"in_water_protection_zone": "yes", "water_protection_zone": "l1"}, {}, F),
        ({"in_water_protection_zone": "yes", "water_protection_zone": "l2"}, {"discharges": ["waste_gas"]}, F),
        ({"in_water_protection_zone": "yes", "water_protection_zone": "l2"}, {"discharges": ["none"]}, U),
        ({"in_water_protection_zone": "yes", "water_protection_zone": "l2"}, {}, U),
        ({"in_water_protection_zone": "yes", "water_protection_zone": "quasi"}, {"discharges": ["waste_water"]}, U),
        ({"in_nature_reserve": "yes"}, {}, U),
        ({"in_nature_reserve": "yes", "nature_reserve_zone": "core"}, {}, U),
        ({"in_wetland": "yes"}, {}, U),
    ],
)
def test_where_a_plot_lies_decides_as_far_as_the_law_closes_it(verdict, facts, asked, expected):
    """The text on reserves was only heard of, so that it warns."""
    assert verdict("HC6", MAKER | asked, CLEAR | facts) == expected


def test_once_the_text_on_reserves_is_read_only_its_core_and_production_are_refused(verdict, changed):
    read = changed("HC6", parameters={"only_warn": []})
    for zone, asked, expected in (
        ("core", {}, F),
        ("general", {}, F),
        ("general", {"industry_codes": ["M7320"]}, U),
        (None, {}, U),
    ):
        facts = CLEAR | {"in_nature_reserve": "yes", "nature_reserve_zone": zone}
        assert verdict("HC6", MAKER | asked, facts, reference=read) == expected


def test_a_refusal_beats_what_is_still_open(gate):
    found = gate("HC6", MAKER, {"in_permanent_farmland": "yes", "in_nature_reserve": "yes"})
    assert (found.verdict.value, found.fields) == (F, ("offer.in_permanent_farmland",))
    assert (str(found.need), str(found.limit)) == ("否", "是")


def test_neither_farms_nor_parks_without_a_plot_nor_services_are_asked(verdict, directory):
    assert verdict("HC6", {"industry_codes": ["A0141"]}, {}) is None
    assert verdict("HC6", {"category": "farm_produce"}, {}) is None
    assert verdict("HC6", MAKER, {"category": "farm_base"}) is None
    assert verdict("HC6", MAKER, {"category": "service"}) is None
    assert verdict("HC6", MAKER, directory()) is None


def test_the_law_acts_from_its_first_day_on(verdict):
    facts = CLEAR | {"in_permanent_farmland": "yes"}
    assert verdict("HC6", MAKER, facts, day=dt.date(2019, 12, 31)) is None
    assert verdict("HC6", MAKER, facts, day=dt.date(2020, 1, 1)) == F


def test_a_doubtful_rule_warns(verdict, changed):
    facts = CLEAR | {"in_permanent_farmland": "yes"}
    assert verdict("HC6", MAKER, facts, reference=changed("HC6", confidence="L")) == U


@pytest.mark.parametrize("discharges", [["none"], ["waste_gas"], ["waste_water"]])
def test_a_plot_in_the_outer_zone_of_a_water_source_is_not_asked_again_where_it_lies(gate, discharges):
    plot = CLEAR | {"in_water_protection_zone": "yes", "water_protection_zone": "quasi"}
    found = gate("HC6", MAKER | {"discharges": discharges}, plot)

    assert found.verdict.value == U
    assert "准保护区" in str(found.sentence)
    assert "没有写清" not in str(found.sentence)


def test_a_plot_that_names_its_zone_lies_in_it(gate):
    found = gate("HC6", MAKER, {**CLEAR, "in_water_protection_zone": None, "water_protection_zone": "l1"})
    assert found.verdict.value == F
