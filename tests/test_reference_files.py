"""The reference files hold together: every code resolves, every word is of its vocabulary, nothing dangles."""

import csv
import datetime as dt
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from models.vocabulary import (
    AreaType,
    NeedCategory,
    OfferCategory,
    ParkLevel,
    ParkType,
    PortType,
    ProjectType,
    RegionLevel,
    Support,
)

FOLDER = Path(__file__).parent.parent / "reference"
DOMAINS = {"traffic", "industry", "science", "ecology", "people"}
KINDS = {"need", "offer", "position", "talent"}


def rows(name: str) -> list[dict[str, str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def tree(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def cell(value: str) -> list[str]:
    return [entry for entry in value.split(";") if entry]


REGIONS = {row["code"]: row for row in rows("regions.csv")}
PARKS = {row["code"]: row for row in rows("parks.csv")}
INDUSTRIES = {row["code"]: row for row in rows("industries.csv")}
CLAUSES = {
    clause["id"]: clause for task in tree("policy.yaml")["tasks"] for clause in [task, *task["parts"]]
}  # fmt: skip
CHAINS = {chain["slug"]: chain for chain in tree("value_chains.yaml")}
ZONES = {zone["slug"]: zone for zone in tree("zones.yaml")}
RULES = tree("rules.yaml")


def test_every_file_says_where_it_comes_from_and_when():
    for path in FOLDER.iterdir():
        opening = path.read_text(encoding="utf-8")[:900]
        assert path.suffix == ".md" or opening.startswith("# "), path.name
        assert re.search(r"20\d\d", opening), path.name


def test_hunan_and_the_bay_are_whole():
    levels = Counter((row["level"], row["code"][:2]) for row in REGIONS.values())
    assert levels["province", "43"] == 1
    assert levels["prefecture", "43"] == 14
    assert levels["county", "43"] == 122
    assert sum(count for (level, _), count in levels.items() if level == "city") == 11
    assert levels["district", "81"] == 18
    assert {row["level"] for row in REGIONS.values()} == {level.value for level in RegionLevel}


def test_every_region_stands_below_a_region_that_exists():
    for row in REGIONS.values():
        assert not row["parent_code"] or row["parent_code"] in REGIONS, row
        assert row["level"] in ("province", "city") or row["parent_code"], row
    assert all(row["is_gba"] == "yes" for row in REGIONS.values() if row["level"] in ("city", "district"))


def test_a_short_name_is_unambiguous_within_hunan():
    names = Counter(row["short_name"] for row in REGIONS.values() if row["code"].startswith("43"))
    assert [name for name, count in names.items() if count > 1] == []
    assert REGIONS["431000"]["short_name"] == "郴州"
    assert REGIONS["431003"]["short_name"] == "苏仙"


def test_the_directory_holds_138_zones_and_20_parks_within_or_beside_them():
    zones = [row for code, row in PARKS.items() if code.startswith("HN")]
    others = [row for code, row in PARKS.items() if code.startswith("EN")]
    assert (len(zones), len(others), len(PARKS)) == (138, 20, 158)
    assert {row["level"] for row in zones} == {"national", "provincial"}
    assert {row["level"] for row in others} == {"cooperation"}


@pytest.mark.parametrize("park", PARKS.values(), ids=lambda park: park["code"])
def test_a_park_names_only_what_exists(park):
    assert REGIONS[park["county_code"]]["level"] == "county"
    assert REGIONS[park["county_code"]]["parent_code"] == park["prefecture_code"]
    assert park["host_park_code"] == "" or park["host_park_code"] in PARKS
    assert set(cell(park["home_region_codes"])) <= REGIONS.keys()
    assert park["level"] in set(ParkLevel)
    assert park["park_type"] in set(ParkType)
    assert {entry.split(":")[0] for entry in cell(park["customs"])} <= set(PortType)
    assert park["confidence"] in {"H", "M"}


def test_only_a_recognition_that_was_read_makes_a_chemical_park():
    recognised = {code for code, row in PARKS.items() if row["chemical_status"] == "yes"}
    assert recognised == {"HN04034", "HN04039", "HN06062", "HN07066"}
    for code in recognised:
        assert PARKS[code]["chemical_confidence"] == "H"
        assert PARKS[code]["chemical_as_of"]
        assert PARKS[code]["chemical_source"]
    assert {row["chemical_status"] for row in PARKS.values()} == {"yes", "unknown"}


def test_the_classification_is_a_tree():
    assert Counter(row["level"] for row in INDUSTRIES.values()) == {
        "section": 20, "division": 97, "group": 473, "class": 1381,
    }  # fmt: skip
    for code, row in INDUSTRIES.items():
        if row["level"] == "section":
            assert row["parent_code"] == ""
        elif row["level"] == "division":
            assert row["parent_code"] == code[0]
        else:
            assert row["parent_code"] == code[:-1]
            assert row["parent_code"] in INDUSTRIES


def test_every_term_leads_to_codes_of_the_classification():
    terms = rows("industry_terms.csv")
    assert Counter(row["origin"] == "park_phrase" for row in terms) == {False: 121, True: 192}
    for row in terms:
        codes = cell(row["codes"])
        assert set(codes) <= INDUSTRIES.keys(), row
        assert codes or row["relation"] == "attribute", row
        assert {f"T{number}" for number in range(1, 31)} >= set(cell(row["tasks"])), row


def test_every_phrase_of_a_park_is_mapped():
    mapped = {row["term"] for row in rows("industry_terms.csv") if row["origin"] == "park_phrase"}
    used = {phrase for park in PARKS.values() for phrase in cell(park["leading_industries"])}
    assert used == mapped


def test_neighbours_are_groups_and_stand_once():
    pairs = [(row["group_a"], row["group_b"]) for row in rows("value_chain_neighbours.csv")]
    assert all(a < b for a, b in pairs)
    assert len(set(pairs)) == len(pairs)
    assert {INDUSTRIES[code]["level"] for pair in pairs for code in pair} == {"group"}


def test_the_plan_has_nine_chains_and_ten_industries():
    assert Counter(chain["kind"] for chain in CHAINS.values()) == {"chain": 9, "industry": 10}
    for chain in CHAINS.values():
        assert set(chain["codes"]) <= INDUSTRIES.keys()
        assert chain["clause"] in CLAUSES
        assert chain["codes"] or chain["relation"] == "attribute"


def test_the_plan_has_30_tasks_and_137_clauses():
    tasks = tree("policy.yaml")["tasks"]
    assert [task["id"] for task in tasks] == [f"T{number}" for number in range(1, 31)]
    assert sum(len(task["parts"]) for task in tasks) == 137
    for task in tasks:
        letters = "abcdefg"[: len(task["parts"])]
        assert [part["id"] for part in task["parts"]] == [task["id"] + letter for letter in letters]


@pytest.mark.parametrize("clause", CLAUSES.values(), ids=lambda clause: clause["id"])
def test_a_clause_is_complete(clause):
    assert 0 < len(clause["title"]) <= 16
    assert 8 <= len(clause["summary"]) <= 120
    assert clause["domain"] in DOMAINS
    assert clause["keywords"]
    assert 0 < len(clause["capability"]) <= 40
    assert set(clause.get("kinds", [])) <= KINDS
    assert set(clause.get("zones", [])) <= ZONES.keys()
    assert set(clause.get("categories", [])) <= set(NeedCategory) | set(OfferCategory)


def test_a_zone_is_a_set_of_prefectures_with_a_basis():
    for zone in ZONES.values():
        assert {REGIONS[code]["level"] for code in zone["members"]} == {"prefecture"}
        assert len(set(zone["members"])) == len(zone["members"])
        assert set(zone["industries"]) <= CHAINS.keys()
        assert {zone["clause"], *zone["clauses"]} <= CLAUSES.keys()
        assert zone["basis"]


def test_clauses_and_zones_agree_on_each_other():
    for zone in ZONES.values():
        for clause in zone["clauses"]:
            assert zone["slug"] in CLAUSES[clause]["zones"], (zone["slug"], clause)


def test_travel_is_known_from_every_prefecture_by_both_modes():
    links = rows("travel.csv")
    prefectures = {code for code, row in REGIONS.items() if row["level"] == "prefecture"}
    for mode, measure in (("rail", "hours"), ("road", "km")):
        found = [row for row in links if row["mode"] == mode]
        assert {(row["prefecture_code"], row["city_code"]) for row in found} == {
            (prefecture, city) for prefecture in prefectures for city in ("440100", "440300", "810000")
        }
        assert all(float(row[measure]) > 0 and row["basis"] and row["is_approximate"] == "yes" for row in found)


def test_gross_product_is_of_one_year_and_sourced():
    product = rows("gdp.csv")
    assert {row["region_code"] for row in product} == {
        code for code, row in REGIONS.items() if row["level"] == "prefecture"
    }
    assert len({row["year"] for row in product}) == 1
    assert all(row["source"] and (row["evidence"] == "page") == (row["confidence"] == "H") for row in product)


def test_the_furong_file_promises_no_amount():
    furong = tree("furong.yaml")
    assert [support["code"] for support in furong["supports"]] == [support.value for support in Support]
    for category in furong["categories"]:
        support = category.get("support", {})
        assert set(support) <= {"form", "verified"}
    assert all(entry["region_code"] in REGIONS for entry in furong["city_programmes"])


def acting(day: dt.date) -> dict[str, Any]:
    found = {}
    for rule in RULES:
        start = dt.date.fromisoformat((str(rule["in_force_from"] or "0001") + "-01-01")[:10])
        end = dt.date.fromisoformat(rule["in_force_to"] or "9999-12-31")
        if start <= day <= end:
            found[rule["id"]] = rule
    return found


def test_all_fifteen_conditions_act_today_and_four_rules_only_tell():
    today = acting(dt.date(2026, 11, 24))
    assert [id_ for id_ in today if id_.startswith("HC")] == [f"HC{number}" for number in range(1, 16)]
    tell = {id_ for id_, rule in today.items() if rule["kind"] in ("requirement", "information")}
    assert tell == {"ER1", "EIA1", "LC1", "FC1"}
    for rule in RULES:
        assert set(rule["title"]) == set(rule["says"]) == {"zh", "zh_hant", "en"}
        assert set(rule["parameters"].get("chemical_codes", ())) <= INDUSTRIES.keys()


def test_a_rule_follows_its_documents_through_time():
    old, new = acting(dt.date(2024, 8, 31))["HC9"], acting(dt.date(2024, 9, 1))["HC9"]
    assert (old["version"], new["version"]) == (1, 2)
    assert "核心保护区" in new["says"]["zh"]
    assert acting(dt.date(2025, 8, 31))["ER1"]["number"] == "国家发展改革委令2023年第2号"
    assert "HC9" not in acting(dt.date(2013, 2, 28))


def test_no_list_is_said_to_be_whole_and_what_is_from_memory_alone_only_warns():
    today = acting(dt.date(2026, 11, 24))
    lists = {"HC1", "HC2", "HC3", "HC7", "HC8", "HC10", "HC11"}
    assert {id_ for id_, rule in today.items() if "list_complete" in rule["parameters"]} >= lists
    assert not any(rule["parameters"].get("list_complete") for rule in RULES)
    assert today["HC7"]["parameters"]["list_valid_to"] == "2025-11-10"
    assert {id_ for id_, rule in today.items() if rule["confidence"] != "H"} == {"HC10", "HC11", "EIA1", "LC1"}


def test_every_restricted_industry_has_codes_that_exist_and_a_rule_that_names_it():
    entries = rows("restricted_industries.csv")
    by_rule = Counter(entry["rule"] for entry in entries)
    assert by_rule == {"HC1": 59, "HC11": 21, "HC15": 11, "HC8": 8, "HC3": 7, "HC5": 7, "HC2": 5, "HC4": 2}
    codes = {code for entry in entries for code in cell(entry["codes"])}
    assert codes <= INDUSTRIES.keys()
    assert len(codes) == 138
    kinds = {*ProjectType, "existing"}
    for entry in entries:
        assert set(cell(entry["applies_to"])) <= kinds
        assert set(cell(entry["deciding_words"])) <= set(cell(entry["words"]))
        # An industry alone is no reason to refuse: the condition has a word, a fuel, or the sector itself.
        assert cell(entry["words"]) or entry["decision"] == "passes"
    sure = {entry["id"] for entry in entries if entry["deciding_words"]}
    assert all(entry["confidence"] == "H" for entry in entries if entry["id"] in sure)


def test_the_counties_of_every_area_exist_and_agree_with_the_totals_of_their_documents():
    areas = rows("siting_areas.csv")
    assert len(areas) == 371
    assert len({area["id"] for area in areas}) == 371
    assert all(REGIONS[area["county_code"]]["level"] == "county" for area in areas)
    of = Counter(area["type"] for area in areas)
    assert set(of) == set(AreaType)
    assert (of["green_heart"], of["key_ecological_function"], of["xiang_basin"]) == (10, 43, 60)
    # No county lies in the green heart as a whole: the test belongs to the plot.
    assert {area["coverage"] for area in areas if area["type"] == "green_heart"} == {"part"}


def test_the_recognised_chemical_areas_are_those_of_the_directory():
    areas = rows("chemical_areas.csv")
    assert len(areas) == 15
    recognised = {area["park_code"] for area in areas if area["status"] == "recognised"}
    assert recognised == {code for code, park in PARKS.items() if park["chemical_status"] == "yes"}
    assert all(area["confidence"] == "H" for area in areas if area["status"] == "recognised")
    for area in areas:
        assert area["park_code"] == "" or PARKS[area["park_code"]]["county_code"] == area["county_code"]


def test_no_file_of_the_rules_leads_to_a_copy_of_a_document():
    for name in ("rules.yaml", "restricted_industries.csv", "siting_areas.csv", "chemical_areas.csv"):
        assert not re.search(r"https?:|www\.|\.(com|cn|net|org)\b", (FOLDER / name).read_text(encoding="utf-8")), name


def test_the_real_relocations_ended_in_counties_that_exist():
    path = Path(__file__).parent / "data" / "relocations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        moves = list(csv.DictReader(file))
    assert len(moves) == 22
    names = {park["name"] for park in PARKS.values()}
    for move in moves:
        assert REGIONS[move["to_county_code"]]["name"] == move["to_county"]
        assert REGIONS[move["to_county_code"]]["parent_code"] == move["to_prefecture_code"]
        assert set(cell(move["gb4754"])) <= INDUSTRIES.keys()
        assert move["to_park"] == "" or move["to_park"] in names
