"""HC12: sewage, power and gas against what is spare, or will be after a dated upgrade."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from matchmaker.recommender.gates.utilities import is_stale
from models.vocabulary import Verdict

RECENT = dt.date(2026, 9, 1)


@pytest.fixture
def power(need, offer, check):
    def find(asked, **facts):
        gates = check(need(**asked), offer(**facts))
        return next(gate for gate in gates if gate.id == "HC12-power")

    return find


def test_power_that_is_just_enough_passes(power):
    assert power({"power_kva": 8000.0}, power_spare_kva=8000.0, spare_as_of=RECENT).verdict is Verdict.PASSES


def test_power_that_is_short_names_both_numbers_and_the_difference(power):
    gate = power({"power_kva": 8000.0}, power_spare_kva=5000.0, spare_as_of=RECENT)

    assert gate.verdict is Verdict.FAILS
    assert (gate.need.raw, gate.limit.raw, gate.gap.raw, gate.unit) == (8000.0, 5000.0, 3000.0, "kVA")
    assert str(gate.sentence) == "用电容量：需 8,000 kVA，现有 5,000 kVA，差 3,000 kVA，交付前没有够用的扩容安排"
    assert {"need.power_kva", "offer.power_spare_kva"} <= set(gate.fields)
    assert (gate.as_of, gate.source) == (RECENT, "物理条件（园区自报）")


def test_power_that_the_park_never_stated_is_unknown(power):
    assert power({"power_kva": 8000.0}).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("as_of", "verdict"),
    [(dt.date(2025, 11, 24), Verdict.UNKNOWN), (dt.date(2025, 11, 25), Verdict.PASSES), (None, Verdict.UNKNOWN)],
)
def test_a_reading_counts_for_less_than_twelve_months(power, as_of, verdict):
    assert power({"power_kva": 100.0}, power_spare_kva=900.0, spare_as_of=as_of).verdict is verdict


def test_a_stale_reading_refuses_nobody(power):
    gate = power({"power_kva": 8000.0}, power_spare_kva=5000.0, spare_as_of=dt.date(2024, 1, 1))
    assert gate.verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("added", "day", "asked", "verdict"),
    [
        (3000.0, dt.date(2027, 6, 30), {"premises_needed_on": dt.date(2027, 6, 30)}, Verdict.PASSES),
        (3000.0, dt.date(2027, 7, 1), {"premises_needed_on": dt.date(2027, 6, 30)}, Verdict.FAILS),
        (2999.0, dt.date(2027, 6, 30), {"premises_needed_on": dt.date(2027, 6, 30)}, Verdict.FAILS),
        (3000.0, dt.date(2027, 6, 30), {"production_start_on": dt.date(2027, 12, 31)}, Verdict.PASSES),
        (3000.0, dt.date(2027, 6, 30), {}, Verdict.UNKNOWN),
        (2999.0, dt.date(2027, 6, 30), {}, Verdict.FAILS),
        (3000.0, None, {"premises_needed_on": dt.date(2027, 6, 30)}, Verdict.FAILS),
        (3000.0, RECENT, {"premises_needed_on": dt.date(2027, 6, 30)}, Verdict.FAILS),
    ],
)
def test_an_upgrade_counts_when_it_is_dated_large_enough_and_in_time(power, added, day, asked, verdict):
    gate = power(
        {"power_kva": 8000.0, **asked},
        power_spare_kva=5000.0,
        spare_as_of=RECENT,
        power_upgrade_kva=added,
        power_upgrade_on=day,
    )
    assert gate.verdict is verdict


def test_an_upgrade_that_is_not_enough_names_the_number_that_is_short(power):
    upgrade = {"power_spare_kva": 5000.0, "spare_as_of": RECENT, "power_upgrade_on": dt.date(2027, 6, 30)}
    asked = {"power_kva": 8000.0, "premises_needed_on": dt.date(2027, 6, 30)}

    short = power(asked, **upgrade, power_upgrade_kva=2500.0)
    assert (short.need.raw, short.limit.raw, short.gap.raw) == (8000.0, 7500.0, 500.0)
    assert str(short.sentence) == (
        "用电容量：需 8,000 kVA，现有 5,000 kVA，2027-06-30 前扩容到 7,500 kVA，还差 500 kVA"
    )
    assert "offer.power_upgrade_kva" in short.fields
    enough = power(asked, **upgrade, power_upgrade_kva=3000.0)
    assert (enough.need.raw, enough.limit.raw) == (8000.0, 8000.0)


def test_sewage_with_heavy_metals_needs_a_line_of_its_own(need, offer, check):
    wanted = need(sewage_m3_per_day=100.0, heavy_metals=["Cr"])
    spare = {"sewage_spare_m3_per_day": 500.0, "spare_as_of": RECENT}

    def verdict(**facts):
        gates = check(wanted, offer(**spare, **facts))
        return next(gate.verdict for gate in gates if gate.id == "HC12-sewage")

    assert verdict() is Verdict.UNKNOWN
    assert verdict(dedicated_sewage_line="yes") is Verdict.PASSES


def test_an_upgrade_brings_no_line_for_sewage_with_heavy_metals(need, offer, check):
    wanted = need(sewage_m3_per_day=600.0, heavy_metals=["Cr"], premises_needed_on=dt.date(2027, 6, 30))
    spare = {
        "sewage_spare_m3_per_day": 500.0,
        "spare_as_of": RECENT,
        "sewage_upgrade_m3_per_day": 200.0,
        "sewage_upgrade_on": dt.date(2027, 1, 1),
    }
    for line, verdict in (("unsure", Verdict.UNKNOWN), ("no", Verdict.UNKNOWN), ("yes", Verdict.PASSES)):
        gates = check(wanted, offer(**spare, dedicated_sewage_line=line))
        assert next(gate for gate in gates if gate.id == "HC12-sewage").verdict is verdict


def test_a_need_without_gas_is_not_asked_about_gas(need, offer, check):
    gates = check(need(power_kva=10.0, gas_m3_per_day=0.0), offer())
    assert [gate.id for gate in gates] == ["HC12-power"]


def test_a_rule_acts_only_inside_its_dates(need, offer, reference, check, rules):
    ended = {**rules, "HC12": (dataclasses.replace(rules["HC12"][0], in_force_to=dt.date(2026, 11, 23)),)}
    past = dataclasses.replace(reference, rules=ended)

    assert check(need(power_kva=10.0), offer(), past) == []
    assert check(need(power_kva=10.0), offer(), past, dt.date(2026, 11, 23)) != []


def test_the_29th_of_february_ages_like_any_day():
    leap_day = np.array([dt.date(2024, 2, 29).toordinal()], float)
    assert is_stale(leap_day, dt.date(2025, 2, 28), 12).tolist() == [True]
    assert is_stale(leap_day, dt.date(2025, 2, 27), 12).tolist() == [False]
