"""HC9: no plant in the core of the green heart."""

import datetime as dt

import pytest

P, U, F = "passes", "unknown", "fails"
MAKER = {"industry_codes": ["C3982"]}
TOUCHED, FAR = "430111", "431003"  # 雨花区, 苏仙区


@pytest.mark.parametrize(
    ("county", "facts", "expected"),
    [
        (TOUCHED, {}, U),
        (TOUCHED, {"in_green_heart": "unsure"}, U),
        (TOUCHED, {"in_green_heart": "no"}, P),
        (TOUCHED, {"in_green_heart": "yes"}, U),
        (TOUCHED, {"in_green_heart": "yes", "green_heart_zone": "core"}, F),
        (TOUCHED, {"in_green_heart": "yes", "green_heart_zone": "fusion"}, U),
        (FAR, {}, None),
        (FAR, {"in_green_heart": "no"}, None),
        (FAR, {"in_green_heart": "yes", "green_heart_zone": "core"}, F),
        (FAR, {"green_heart_zone": "core"}, F),
        (FAR, {"in_green_heart": "no", "green_heart_zone": "core"}, None),
    ],
)
def test_the_county_asks_and_the_plot_answers(verdict, plot, county, facts, expected):
    assert verdict("HC9", MAKER, plot(county, **facts)) == expected


def test_a_county_named_by_the_old_regulation_still_raises_the_question(verdict, plot, reference):
    old = [
        county
        for county, areas in reference.areas.items()
        if any(a.type == "green_heart" and a.in_force_to == dt.date(2024, 8, 31) for a in areas)
    ]
    assert old
    assert {verdict("HC9", MAKER, plot(county)) for county in old} == {U}


def test_what_is_no_industry_in_the_core_is_for_a_person(verdict, plot):
    core = plot(TOUCHED, in_green_heart="yes", green_heart_zone="core")
    assert verdict("HC9", {"industry_codes": ["R9053"]}, core) == U
    assert verdict("HC9", {}, core) == U


def test_before_the_present_zones_a_core_was_none(verdict, plot):
    core = plot(TOUCHED, in_green_heart="yes", green_heart_zone="core")
    assert verdict("HC9", MAKER, core, day=dt.date(2024, 8, 31)) == U
    assert verdict("HC9", MAKER, core, day=dt.date(2024, 9, 1)) == F


def test_a_doubtful_rule_warns_and_a_park_answers_for_no_plot(verdict, plot, directory, changed):
    core = plot(TOUCHED, in_green_heart="yes", green_heart_zone="core")
    assert verdict("HC9", MAKER, core, reference=changed("HC9", confidence="M")) == U
    assert verdict("HC9", MAKER, directory(county_code=TOUCHED)) == U
    assert verdict("HC9", MAKER, directory(county_code=FAR)) is None
