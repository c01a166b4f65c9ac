"""HC7 and HC10: what the list that a park goes by, or its county's, closes to an industry."""

import datetime as dt

import pytest

P, U, F = "passes", "unknown", "fails"
DAY = dt.date(2026, 11, 24)
MAKER = {"industry_codes": ["C2614"], "project_type": "new"}
GARMENTS = {"industry_codes": ["C1811"]}
LIST = {"access_list_source": "某园准入清单〔2026〕1号", "access_list_valid_to": dt.date(2030, 12, 31)}
KEY_COUNTY, OTHER_COUNTY = "431022", "430121"  # 宜章县, 长沙县


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ({"access_banned_codes": ["C2614"]}, F),
        ({"access_banned_codes": ["C261"]}, F),
        ({"access_banned_codes": ["C3110"]}, P),
        ({"access_restricted_codes": ["C26"]}, U),
        ({"access_restricted_codes": ["C3110"]}, P),
        ({}, P),
    ],
)
def test_a_list_in_force_closes_what_it_bans(verdict, listed, expected):
    assert verdict("HC7", MAKER, LIST | listed) == expected


def test_a_broad_industry_may_hold_what_is_banned(gate):
    found = gate("HC7", {"industry_codes": ["C26"]}, LIST | {"access_banned_codes": ["C2614"]})
    assert found.verdict.value == U
    assert "need.industry_codes" in found.fields
    assert "C2614" in str(found.sentence)


def test_a_refusal_names_the_parks_own_list(gate):
    found = gate("HC7", MAKER, LIST | {"access_banned_codes": ["C3110", "C261"]})
    assert found.source == "某园准入清单〔2026〕1号"
    assert "基础化学原料制造 C261" in str(found.sentence)
    assert "C3110" not in str(found.sentence)


@pytest.mark.parametrize(
    ("until", "day", "expected"),
    [(DAY, DAY, F), (dt.date(2026, 11, 23), DAY, U), (dt.date(2026, 11, 23), dt.date(2026, 11, 23), F), (None, DAY, U)],
)
def test_a_list_counts_to_its_last_day(verdict, until, day, expected):
    facts = LIST | {"access_list_valid_to": until, "access_banned_codes": ["C2614"]}
    assert verdict("HC7", MAKER, facts, day=day) == expected


def test_without_a_list_only_who_weighs_on_the_environment_is_told(gate, verdict, directory):
    found = gate("HC7", MAKER)
    assert (found.verdict.value, found.fields) == (U, ("offer.access_list_source", "offer.access_list_valid_to"))
    assert "2025-11-10" in str(found.sentence)
    assert verdict("HC7", MAKER, directory()) == U
    assert verdict("HC7", GARMENTS) is None
    assert verdict("HC7", GARMENTS | {"pollutants": ["vocs", "dust"]}) is None
    for heavy in ({"eia_class": "report"}, {"heavy_metals": ["Cr"]}, {"electroplating_step": "yes"}):
        assert verdict("HC7", GARMENTS | heavy) == U
    assert verdict("HC7", GARMENTS, LIST | {"access_banned_codes": ["C18"]}) == F


def test_neither_offices_nor_warehouses_are_plants(verdict):
    assert verdict("HC7", MAKER | {"project_type": "rd"}) is None
    assert verdict("HC7", {"industry_codes": ["G5990"], "eia_class": "report"}) is None


def test_before_the_provinces_list_ran_out_it_is_only_missing(gate):
    found = gate("HC7", MAKER, day=dt.date(2025, 11, 10))
    assert found.verdict.value == U
    assert "到期" not in str(found.sentence)


@pytest.mark.parametrize(
    ("county", "facts", "expected"),
    [
        (KEY_COUNTY, {}, U),
        (OTHER_COUNTY, {}, None),
        (KEY_COUNTY, {"county_list_source": "县清单", "county_banned_codes": ["C3110"]}, P),
        (KEY_COUNTY, {"county_list_source": "县清单", "county_banned_codes": ["C26"]}, U),
        (KEY_COUNTY, {"county_list_source": "县清单", "county_restricted_codes": ["C26"]}, U),
    ],
)
def test_a_county_of_key_function_asks_for_its_list_and_the_rule_from_memory_warns(
    verdict, plot, county, facts, expected
):
    assert verdict("HC10", MAKER, plot(county, **facts)) == expected


def test_once_the_county_rule_is_certain_its_list_refuses(verdict, plot, changed):
    certain = changed("HC10", confidence="H")
    facts = {"county_list_source": "县清单", "county_banned_codes": ["C26"]}
    assert verdict("HC10", MAKER, plot(KEY_COUNTY, **facts), reference=certain) == F
    assert verdict("HC10", MAKER, plot(OTHER_COUNTY, **facts), reference=certain) == F
    assert verdict("HC10", {"industry_codes": ["C"]}, plot(KEY_COUNTY, **facts), reference=certain) == U


def test_the_county_is_named_and_the_park_is_asked(gate, plot, directory):
    found = gate("HC10", MAKER, plot(KEY_COUNTY))
    assert found.fields == ("offer.county_list_source",)
    assert "宜章县" in str(found.sentence)
    assert gate("HC10", MAKER, directory(county_code=KEY_COUNTY)).verdict.value == U
    assert gate("HC10", {"industry_codes": ["I6450"]}, plot(KEY_COUNTY)) is None
    assert gate("HC10", MAKER | {"project_type": "hq"}, plot(KEY_COUNTY)) is None
