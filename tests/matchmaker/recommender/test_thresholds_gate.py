"""HC14: the park's own thresholds of investment and tax per mu."""

import datetime as dt

import pytest

from models.vocabulary import Verdict

P, F, U = Verdict.PASSES, Verdict.FAILS, Verdict.UNKNOWN
ASKED = {"land_area_mu": 100.0, "fixed_investment_yi": 3.0}
TERMS = {
    "min_investment_per_mu_wan": 300.0,
    "thresholds_can_be_waived": "no",
    "thresholds_valid_from": dt.date(2026, 1, 1),
    "thresholds_valid_to": dt.date(2026, 12, 31),
    "thresholds_source": "园区填报",
}


@pytest.fixture
def gates(need, offer, check):
    def find(asked, **facts):
        found = check(need(**asked), offer(**facts))
        return {gate.id.removeprefix("HC14-"): gate for gate in found if gate.id.startswith("HC14")}

    return find


@pytest.mark.parametrize(
    ("asked", "terms", "verdict"),
    [
        ({}, {}, P),
        ({"fixed_investment_yi": 2.999}, {}, F),
        ({"fixed_investment_yi": 2.999}, {"thresholds_can_be_waived": "yes"}, U),
        ({"fixed_investment_yi": 2.999}, {"thresholds_can_be_waived": None}, U),
        ({"fixed_investment_yi": 2.999}, {"thresholds_valid_to": dt.date(2026, 11, 23)}, U),
        ({"fixed_investment_yi": 2.999}, {"thresholds_valid_from": dt.date(2026, 11, 25)}, U),
        ({"fixed_investment_yi": 2.999}, {"thresholds_valid_from": None, "thresholds_valid_to": None}, U),
        ({}, {"min_investment_per_mu_wan": None}, U),
        ({"fixed_investment_yi": None, "investment_yi": 2.9}, {}, F),
        ({"fixed_investment_yi": None, "investment_yi": 3.1}, {}, U),
        ({"fixed_investment_yi": None}, {}, U),
    ],
)
def test_investment_per_mu(gates, asked, terms, verdict):
    assert gates(ASKED | asked, **(TERMS | terms))["investment"].verdict is verdict


def test_a_failure_names_the_indicator_both_numbers_and_the_parks_own_source(gates):
    gate = gates(ASKED | {"fixed_investment_yi": 2.5}, **TERMS)["investment"]
    assert str(gate.sentence) == "投资强度：250 万元/亩，门槛 300 万元/亩，差 50 万元/亩"
    assert (gate.source, gate.as_of) == ("园区填报", dt.date(2026, 1, 1))


def test_tax_alone_never_refuses(gates):
    terms = {**TERMS, "min_tax_per_mu_wan": 20.0}
    assert gates(ASKED | {"tax_per_mu_wan": 19.0}, **terms)["tax"].verdict is U
    assert gates(ASKED | {"tax_per_mu_wan": 20.0}, **terms)["tax"].verdict is P
    assert gates(ASKED, **terms)["tax"].verdict is U


def test_rented_floor_is_not_measured_by_land(gates):
    asked = {"floor_area_sqm": 9000.0, "fixed_investment_yi": 0.1, "tenures": ["lease"]}
    assert gates(asked, **TERMS) == {}
