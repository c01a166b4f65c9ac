"""HC13: land, floor, height, load and delivery."""

import datetime as dt

import pytest

from models.vocabulary import Verdict

P, F, U = Verdict.PASSES, Verdict.FAILS, Verdict.UNKNOWN


@pytest.fixture
def verdicts(need, offer, check):
    def find(asked, **facts):
        gates = check(need(**asked), offer(**facts))
        return {gate.id.removeprefix("HC13-"): gate.verdict for gate in gates if gate.id.startswith("HC13")}

    return find


@pytest.mark.parametrize(
    ("asked", "facts", "verdict"),
    [
        ({"land_area_mu": 80.0}, {"largest_plot_mu": 80.0}, P),
        ({"land_area_mu": 80.1}, {"largest_plot_mu": 80.0}, F),
        ({"land_area_mu": 80.0}, {"available_area_mu": 200.0}, U),
        ({"land_area_mu": 80.0}, {"available_area_mu": 200.0, "largest_plot_mu": 60.0}, F),
        (
            {"land_area_mu": 80.0, "accepts_split_plots": "yes"},
            {"available_area_mu": 80.0, "largest_plot_mu": 60.0},
            P,
        ),
        (
            {"land_area_mu": 80.0, "accepts_split_plots": "yes"},
            {"available_area_mu": 79.0, "largest_plot_mu": 60.0},
            F,
        ),
    ],
)
def test_land_is_measured_by_the_largest_plot_unless_it_may_be_split(verdicts, asked, facts, verdict):
    assert verdicts(asked, **facts)["land_area_mu"] is verdict


@pytest.mark.parametrize(
    ("asked", "facts", "verdict"),
    [
        ({}, {"floor_area_sqm": 9000.0, "largest_building_sqm": 9000.0}, P),
        ({}, {"floor_area_sqm": 8999.0, "largest_building_sqm": 8999.0}, F),
        ({}, {"floor_area_sqm": 20000.0, "largest_building_sqm": 5000.0}, U),
        ({"accepts_split_plots": "yes"}, {"floor_area_sqm": 20000.0, "largest_building_sqm": 5000.0}, P),
        ({"accepts_split_plots": "no"}, {"floor_area_sqm": 20000.0, "largest_building_sqm": 5000.0}, F),
        ({}, {"largest_building_sqm": 9000.0}, P),
        ({}, {"floor_area_sqm": 20000.0}, U),
        ({}, {}, U),
    ],
)
def test_floor_is_measured_by_the_largest_building(verdicts, asked, facts, verdict):
    assert verdicts({"floor_area_sqm": 9000.0, **asked}, **facts)["floor_area_sqm"] is verdict


def test_a_single_building_must_be_large_enough(verdicts):
    asked = {"floor_area_sqm": 9000.0, "single_building_sqm": 6000.0}
    found = verdicts(asked, floor_area_sqm=20000.0, largest_building_sqm=5999.0)
    assert (found["single_building_sqm"], found["floor_area_sqm"]) == (F, P)


@pytest.mark.parametrize(("stated", "verdict"), [(6.0, P), (5.9, F), (None, U)])
def test_height_and_load_must_be_reached(verdicts, stated, verdict):
    asked = {"floor_area_sqm": 900.0, "clear_height_m": 6.0, "floor_load_kn_sqm": 6.0}
    found = verdicts(asked, clear_height_m=stated, floor_load_kn_sqm=stated)
    assert (found["clear_height_m"], found["floor_load_kn_sqm"]) == (verdict, verdict)


@pytest.mark.parametrize(("stated", "verdict"), [(dt.date(2027, 6, 30), P), (dt.date(2027, 7, 1), F), (None, U)])
def test_premises_must_be_ready_in_time(verdicts, stated, verdict):
    asked = {"premises_needed_on": dt.date(2027, 6, 30), "production_start_on": dt.date(2027, 12, 31)}
    assert verdicts(asked, available_on=stated)["premises_needed_on"] is verdict


def test_who_only_rents_a_factory_is_not_measured_by_land(verdicts):
    asked = {"land_area_mu": 50.0, "floor_area_sqm": 9000.0}
    found = verdicts(asked, category="standard_factory", tenures=["lease"], floor_area_sqm=9000.0)
    assert found == {"floor_area_sqm": U}


def test_a_park_of_the_directory_leaves_every_question_open(need, directory, check):
    asked = need(land_area_mu=50.0, power_kva=900.0, premises_needed_on=dt.date(2027, 6, 30))
    gates = check(asked, directory())
    assert {gate.verdict for gate in gates} == {U}
    assert {gate.id for gate in gates} == {
        "HC12-power",
        "HC13-land_area_mu",
        "HC13-premises_needed_on",
        "HC14-investment",
    }
