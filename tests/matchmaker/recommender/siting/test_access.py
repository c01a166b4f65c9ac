"""HC2: what is closed to everybody, and to investors from outside."""

import dataclasses
import datetime as dt

import pytest

P, U, F = "passes", "unknown", "fails"
MINE = {"industry_codes": ["B0932"]}


@pytest.mark.parametrize("origin", ["foreign", "HK", "MO", "TW"])
def test_nobody_is_refused_in_manufacturing_for_where_the_money_comes_from(gate, origin):
    found = gate("HC2", {"industry_codes": ["C3982"], "investor_origin": origin})
    assert found.verdict.value == P
    assert "2024-11-01" in str(found.sentence)


@pytest.mark.parametrize(
    ("origin", "expected"), [("foreign", F), ("TW", F), ("HK", U), ("MO", U), (None, U), ("domestic", None)]
)
def test_rare_earth_mining_is_closed_to_foreign_investors_and_cepa_may_open_it(verdict, origin, expected):
    assert verdict("HC2", MINE | {"investor_origin": origin}) == expected


def test_a_maker_that_also_mines_is_for_a_person(verdict):
    assert verdict("HC2", {"industry_codes": ["C3985", "B0932"], "investor_origin": "foreign"}) == U


def test_a_maker_that_names_a_listed_word_is_still_a_maker(verdict):
    asked = {"industry_codes": ["C3511"], "products": ["稀土开采设备"], "investor_origin": "foreign"}
    assert verdict("HC2", asked) == P


def test_only_a_part_of_the_list_is_held_so_that_a_foreign_warehouse_stays_open(verdict, changed):
    asked = {"industry_codes": ["G5990"], "investor_origin": "HK"}
    assert verdict("HC2", asked) == U
    assert verdict("HC2", asked, reference=changed("HC2", parameters={"list_complete": True})) == P
    assert verdict("HC2", asked | {"investor_origin": "domestic"}) is None
    assert verdict("HC2", asked | {"category": "farm_produce"}) is None


def test_a_licence_is_told_and_refuses_nobody(gate):
    found = gate("HC2", {"industry_codes": ["C2672"], "investor_origin": "domestic"})
    assert found.verdict.value == U
    assert "许可" in str(found.sentence)


def test_what_is_closed_to_everybody_is_refused_to_everybody(verdict, reference):
    entries = tuple(
        dataclasses.replace(entry, restriction_class="禁止准入") if entry.id == "RI060" else entry
        for entry in reference.restricted
    )
    closed = dataclasses.replace(reference, restricted=entries)
    assert verdict("HC2", MINE | {"investor_origin": "domestic"}, reference=closed) == F
    assert verdict("HC2", {"industry_codes": ["B09"]}, reference=closed) == U


def test_the_foreign_list_acts_from_its_first_day_on(verdict):
    asked = MINE | {"investor_origin": "foreign"}
    assert verdict("HC2", asked, day=dt.date(2025, 4, 23)) is None
    assert verdict("HC2", asked, day=dt.date(2025, 4, 24)) == F


def test_an_entry_from_memory_that_is_not_sure_warns(verdict, changed):
    assert verdict("HC2", MINE | {"investor_origin": "foreign"}, reference=changed("HC2", {"confidence": "M"})) == U


def test_a_foreign_molybdenum_mine_is_not_taken_for_a_tungsten_mine(verdict):
    mine = {"industry_codes": ["B0931"], "investor_origin": "foreign"}
    assert verdict("HC2", mine | {"processes": ["钼矿开采"]}) == U
    assert verdict("HC2", mine | {"processes": ["钨矿开采"]}) == F
