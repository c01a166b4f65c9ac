"""What cannot be true together is named at its field; what is complete and true is left alone."""

import datetime as dt
from typing import Any

import pytest

from models import Park, Posting, User, today
from models.vocabulary import Answer, Strictness
from tests import factories

OWNER = User(id=1)
PARK = Park(code="HN99001")
LATER = today() + dt.timedelta(days=900)

NEEDS: list[tuple[str, dict[str, Any]]] = [
    ("fixed_investment_yi", {"investment_yi": 2, "fixed_investment_yi": 3}),
    ("sewage_m3_per_day", {"water_m3_per_day": 100, "sewage_m3_per_day": 101}),
    ("single_building_sqm", {"floor_area_sqm": 5_000, "single_building_sqm": 6_000}),
    ("premises_needed_on", {"premises_needed_on": LATER}),
    ("compounding_only", {"compounding_only": Answer.YES, "has_chemical_reaction": Answer.YES}),
    ("target_prefecture_codes", {"place_strictness": Strictness.MUST, "target_prefecture_codes": None}),
    ("rail_city_code", {"max_rail_hours": 3, "rail_city_code": None}),
    ("pollutants", {"pollutants": ["none", "vocs"]}),
    ("discharges", {"discharges": ["none", "waste_gas"]}),
    ("heavy_metals", {"heavy_metals": ["none", "Pb"]}),
    ("fuels", {"fuels": ["none", "gas"]}),
    ("workers_by_trade", {"headcount_needed": 10, "workers_by_trade": {"welding": 11}}),
    ("heavy_metal_kg_per_year", {"heavy_metals": ["none"], "heavy_metal_kg_per_year": 3}),
]
OFFERS: list[tuple[str, dict[str, Any]]] = [
    ("largest_plot_mu", {"available_area_mu": 100, "largest_plot_mu": 101}),
    ("largest_building_sqm", {"floor_area_sqm": 100, "largest_building_sqm": 101}),
    ("price_source", {"price_source": None}),
    ("price_source", {"price_valid_from": None}),
    ("spare_as_of", {"spare_as_of": None}),
    ("power_upgrade_on", {"power_upgrade_kva": 5_000}),
    ("sewage_upgrade_on", {"sewage_upgrade_m3_per_day": 500}),
    ("gas_upgrade_on", {"gas_upgrade_m3_per_day": 500}),
    ("refused_codes", {"welcomed_codes": ["C39"], "refused_codes": ["C39"]}),
    ("water_protection_zone", {"in_water_protection_zone": Answer.NO, "water_protection_zone": "l2"}),
    ("nature_reserve_zone", {"in_nature_reserve": Answer.NO, "nature_reserve_zone": "core"}),
    ("green_heart_zone", {"in_green_heart": Answer.NO, "green_heart_zone": "fusion"}),
    ("shoreline_accuracy_m", {"shoreline_accuracy_m": 5, "shoreline_distance_m": None}),
    ("access_list_source", {"access_banned_codes": ["C3110"]}),
    ("access_list_valid_to", {"access_list_source": "某园准入清单"}),
    ("county_list_source", {"county_restricted_codes": ["C3110"]}),
    ("listed_sectors", {"listed_sectors": ["none", "dyeing"]}),
]


def named(posting: Posting) -> list[str]:
    return [problem.field for problem in posting.contradictions()]


def test_what_is_true_is_left_alone() -> None:
    whole = [factories.need(OWNER), factories.offer(OWNER, PARK), factories.talent(OWNER), factories.position(OWNER)]
    assert [named(posting) for posting in whole] == [[], [], [], []]


@pytest.mark.parametrize(("field", "facts"), NEEDS)
def test_a_need_names_the_field_that_cannot_be_so(field: str, facts: dict[str, Any]) -> None:
    assert named(factories.need(OWNER, **facts)) == [field]


@pytest.mark.parametrize(("field", "facts"), OFFERS)
def test_an_offer_names_the_field_that_cannot_be_so(field: str, facts: dict[str, Any]) -> None:
    assert named(factories.offer(OWNER, PARK, **facts)) == [field]


def test_each_kind_of_spare_capacity_asks_for_its_day() -> None:
    """Spare capacity without a day would never grow old."""
    nothing = dict.fromkeys(("power_spare_kva", "sewage_spare_m3_per_day", "spare_as_of"))
    assert named(factories.offer(OWNER, PARK, **nothing)) == []
    for name in ("power_spare_kva", "water_spare_m3_per_day", "sewage_spare_m3_per_day", "gas_spare_m3_per_day"):
        assert named(factories.offer(OWNER, PARK, **(nothing | {name: 10}))) == ["spare_as_of"]


def test_a_position_pays_no_more_at_least_than_at_most() -> None:
    assert named(factories.position(OWNER, salary_low_wan=50, salary_high_wan=30)) == ["salary_high_wan"]


def test_the_history_keeps_every_word_of_an_incentive() -> None:
    offer = factories.offer(OWNER, PARK)
    offer.incentives[0].valid_from = dt.date(2026, 1, 1)
    (kept,) = offer.snapshot()["incentives"]
    assert kept["valid_from"] == "2026-01-01"
    assert kept["summary"] == "前两年租金减半"
