"""The judge of the gates reads what both sides have written, and nothing else."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from matchmaker.recommender.evaluation.stated import violations
from matchmaker.recommender.facts import Item
from models.vocabulary import Answer, Strictness
from tests.matchmaker.recommender.evaluation.conftest import DAY

Side = dict[str, Any]
SOON = DAY + dt.timedelta(days=100)
LATE = DAY + dt.timedelta(days=300)
FRESH, OLD = DAY - dt.timedelta(days=100), DAY - dt.timedelta(days=500)
LAND: Side = {"tenures": ["buy_land"]}
RENTS: Side = {"tenures": ["lease"]}


def pair(need: Side, offer: Side, park: Callable[..., Any]) -> tuple[Item, Item]:
    facts: Side = {"industry_codes": ["C3982"], "investment_yi": 1.0, "production_start_on": LATE}
    return (
        Item("need", "need:1", "", facts | need),
        Item("offer", "offer:2", "", {"available_on": SOON} | offer, park=park("HN2")),
    )


@pytest.mark.parametrize(
    ("name", "need", "offer"),
    [
        ("place", {"place_strictness": Strictness.MUST, "target_prefecture_codes": ["430100"]}, {}),
        ("refused", {}, {"refused_codes": ["C39"]}),
        ("ports", {"ports_needed": ["rail_port"]}, {"customs_facilities": ["bonded_zone"]}),
        ("dual supply", {"dual_supply_needed": Answer.YES}, {"dual_supply": Answer.NO}),
        ("power_kva", {"power_kva": 801}, {"power_spare_kva": 800, "spare_as_of": FRESH}),
        ("date", {"premises_needed_on": DAY}, {}),
        ("date", {"production_start_on": DAY}, {}),
        ("power price", {"power_price_cap_yuan_per_kwh": 0.6}, {"power_price_yuan_per_kwh": 0.61}),
        (
            "chemical plot",
            {
                "industry_codes": ["C2641"],
                "has_chemical_reaction": Answer.YES,
                "product_is_hazardous_chemical": Answer.YES,
            },
            {"in_chemical_area": Answer.NO},
        ),
        ("land", LAND | {"land_area_mu": 60}, LAND | {"largest_plot_mu": 59, "available_area_mu": 200}),
        (
            "land",
            LAND | {"land_area_mu": 60, "accepts_split_plots": Answer.YES},
            LAND | {"largest_plot_mu": 30, "available_area_mu": 59},
        ),
        ("land price", LAND | {"land_price_cap_wan_per_mu": 20}, LAND | {"land_price_wan_per_mu": 21}),
        (
            "investment",
            LAND | {"land_area_mu": 60},
            LAND | {"min_investment_per_mu_wan": 200, "thresholds_can_be_waived": Answer.NO},
        ),
        ("floor_area_sqm", RENTS | {"floor_area_sqm": 9000}, RENTS | {"floor_area_sqm": 8000}),
        ("clear_height_m", RENTS | {"clear_height_m": 8}, RENTS | {"clear_height_m": 7.5}),
        ("rent", RENTS | {"rent_cap_yuan_per_sqm_month": 12}, RENTS | {"rent_yuan_per_sqm_month": 13}),
    ],
)
def test_a_condition_that_both_sides_state_is_broken(
    name: str, need: Side, offer: Side, park: Callable[..., Any]
) -> None:
    assert violations(*pair(need, offer, park), DAY) == [name]


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ({}, {}),
        ({"place_strictness": Strictness.PREFER, "target_prefecture_codes": ["430100"]}, {}),
        ({"place_strictness": Strictness.MUST, "target_prefecture_codes": ["431000"]}, {}),
        ({"industry_codes": ["C39"]}, {"refused_codes": ["C3985"]}),
        ({"ports_needed": ["rail_port"]}, {}),
        ({"dual_supply_needed": Answer.YES}, {"dual_supply": Answer.UNSURE}),
        ({"power_kva": 9000}, {"power_spare_kva": 800, "spare_as_of": OLD}),
        ({"power_kva": 9000}, {"power_spare_kva": 800}),
        ({"power_kva": 800}, {"power_spare_kva": 800, "spare_as_of": FRESH}),
        (LAND | {"land_area_mu": 60}, LAND | {"min_investment_per_mu_wan": 200}),
        (LAND | {"land_area_mu": 60}, RENTS | {"floor_area_sqm": 100}),
        (RENTS | {"floor_area_sqm": 9000}, RENTS),
    ],
)
def test_what_one_side_leaves_open_breaks_nothing(need: Side, offer: Side, park: Callable[..., Any]) -> None:
    assert violations(*pair(need, offer, park), DAY) == []
