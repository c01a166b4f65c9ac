"""HC8: a plant of the key sectors brings the quota for the heavy metals that it discharges."""

import datetime as dt

import pytest

P, U, F = "passes", "unknown", "fails"
LEAD = {"industry_codes": ["C3843"], "heavy_metals": ["Pb"], "heavy_metal_kg_per_year": 12.0}
BOARDS = {"industry_codes": ["C3982"]}
NAMED = {"heavy_metal_quota_source": "某公司关停的电镀线"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [("无", F), (" None ", F), ("没有。", F), ("待定", U), ("正在落实", U), ("暂无", U), ("", U), (None, U)],
)
def test_having_no_source_is_an_answer_and_looking_for_one_is_none(verdict, source, expected):
    assert verdict("HC8", LEAD | {"heavy_metal_quota_source": source}) == expected


@pytest.mark.parametrize(("ratio", "expected"), [(1.2, P), (1.5, P), (1.19, U), (1.0, U), (0.5, U), (None, U)])
def test_the_ratio_of_key_areas_passes_anywhere_as_nobody_knows_which_those_are(verdict, ratio, expected):
    assert verdict("HC8", LEAD | NAMED | {"heavy_metal_ratio": ratio}) == expected


def test_while_the_list_of_key_areas_held_the_county_told_which_ratio_was_due(verdict, plot, changed):
    held = changed("HC8", parameters={"key_areas_valid_to": "2030-12-31"})
    asked = LEAD | NAMED | {"heavy_metal_ratio": 1.0}
    assert verdict("HC8", asked, plot("431003"), reference=held) == P
    assert verdict("HC8", asked, plot("430482"), reference=held) == U  # 常宁市（水口山）


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"industry_codes": ["C1811"]}, None),
        (BOARDS, U),
        (BOARDS | {"electroplating_step": "no"}, None),
        (BOARDS | {"electroplating_step": "no", "heavy_metals": ["none"]}, None),
        (BOARDS | {"electroplating_step": "yes", "heavy_metals": ["none"]}, U),
        ({"industry_codes": ["C1811"], "electroplating_step": "unsure"}, U),
        ({"industry_codes": ["C39"]}, U),
        ({"industry_codes": ["C39"], "processes": ["SMT 贴片"]}, None),
        ({"industry_codes": ["C3360"], "processes": ["电镀"], "electroplating_step": "no"}, None),
        (LEAD | {"project_type": "hq", "heavy_metal_quota_source": "无"}, None),
    ],
)
def test_who_is_asked(verdict, asked, expected):
    assert verdict("HC8", asked) == expected


def test_plating_is_asked_and_never_taken_from_the_industry(gate, verdict):
    found = gate("HC8", BOARDS)
    assert found.fields == ("need.electroplating_step",)
    without = {"heavy_metals": ["Cr"], "heavy_metal_kg_per_year": 3.0, "heavy_metal_quota_source": "无"}
    assert verdict("HC8", {"industry_codes": ["C3360"]} | without) == U
    assert verdict("HC8", {"industry_codes": ["C3360"], "electroplating_step": "yes"} | without) == F
    assert verdict("HC8", {"industry_codes": ["C1811"], "electroplating_step": "yes"} | without) == F


def test_only_metals_under_quota_refuse_and_other_sectors_are_for_a_person(verdict):
    asked = LEAD | {"heavy_metal_quota_source": "无"}
    assert verdict("HC8", asked | {"heavy_metals": ["Tl", "Sb"]}) == U
    assert verdict("HC8", asked | {"industry_codes": ["C2641"]}) == U
    assert verdict("HC8", asked | {"heavy_metal_kg_per_year": 0.0}) == U


def test_a_refusal_prints_metal_amount_and_source(gate):
    found = gate("HC8", LEAD | {"heavy_metal_quota_source": "无"})
    assert (found.need.raw, found.unit, found.limit.raw) == (12, "kg/年", "无")
    assert "外排铅 12 kg/年" in str(found.sentence)
    assert "环固体〔2022〕17号" in found.source


@pytest.mark.parametrize("confidence", ["M", "L"])
def test_uncertain_entries_and_rules_warn(verdict, changed, confidence):
    asked = LEAD | {"heavy_metal_quota_source": "无"}
    assert verdict("HC8", asked, reference=changed("HC8", {"confidence": confidence})) == U
    assert verdict("HC8", asked, reference=changed("HC8", confidence=confidence)) == U


def test_the_opinion_acts_from_its_first_day_and_a_list_that_ran_out_leaves_it_open(verdict, changed):
    asked = LEAD | {"heavy_metal_quota_source": "无"}
    assert verdict("HC8", asked, day=dt.date(2022, 3, 6)) is None
    assert verdict("HC8", asked, day=dt.date(2022, 3, 7)) == F
    assert verdict("HC8", asked, reference=changed("HC8", {"in_force_to": dt.date(2026, 1, 1)})) == U
