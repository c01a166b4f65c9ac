"""The operator's commands `flask match` and `flask evaluate parks`, as typed."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from matchmaker.services import reference
from models import Base, Posting

ROOT = Path(__file__).resolve().parents[3]
CASES = ROOT / "tests" / "data" / "relocations.csv"

pytestmark = [pytest.mark.sqlite_only, pytest.mark.model]


@pytest.fixture
def run(app, database, encoder, vectors):
    """Type a command at a portal that knows the reference and the model, and has no posting at all."""
    with database.writing() as session:
        reference.load(session, ROOT / "reference")
    app.extensions["portal"].encoder = encoder
    app.extensions["portal"].vectors = vectors

    def run(*words, text=None):
        return app.test_cli_runner().invoke(args=list(words), input=text)

    return run


def test_a_need_of_one_line_is_matched_with_real_parks(run):
    result = run("match", "-", "--format", "json", "--top", "5", text='{"description": "生产印制电路板"}')

    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert [match["rank"] for match in answer["results"]] == [1, 2, 3, 4, 5]
    assert answer["results"][0]["park_code"] == "HN09078"
    for match in answer["results"]:
        assert match["kind"] == "park"
        assert match["county_code"].startswith("43")
        assert len(match["reasons"]) >= 3
        assert 0 <= match["score"] <= 100


@pytest.mark.parametrize(
    "text", ["生产印制电路板和柔性线路板", "生產印製電路板和柔性線路板", "We make printed circuit boards and FPC"]
)
def test_the_same_need_in_three_languages_finds_the_same_park(run, text):
    result = run("match", "-", "--format", "json", text=json.dumps({"title": text}))
    assert "HN09078" in [match["park_code"] for match in json.loads(result.stdout)["results"]]


def test_a_list_is_answered_with_a_list_and_failing_candidates_apart(run):
    needs = [
        {"description": "电池材料", "industry_codes": ["3985"], "from_city_code": "东莞"},
        {"description": "玩具", "place_strictness": "must", "target_prefecture_codes": ["永州"]},
    ]
    result = run("match", "-", "--format", "json", "--kinds", "park", text=json.dumps(needs, ensure_ascii=False))

    first, second = json.loads(result.stdout)
    assert first["need"] == 1
    assert {match["county_code"][:4] for match in second["results"]} == {"4311"}
    assert second["failing"]
    failing = next(gate for gate in second["failing"][0]["gates"] if gate["verdict"] == "fails")
    assert (failing["id"], failing["need"]) == ("region", ["431100"])


def test_a_table_is_printed_for_people(run):
    result = run("match", "-", "--top", "2", text='{"title": "[bold]鞋厂[/bold]", "industry_codes": ["C195"]}')
    assert result.exit_code == 0
    assert "[bold]鞋厂[/bold]" in result.stdout
    assert "为什么" in result.stdout


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{"descripton": "x"}', "descripton：没有这个字段，是不是 description"),
        ('{"description": "x", "power_kva": "8000"}', "power_kva"),
        ('{"description": "x", "power_kva": 9}', "power_kva：9 不在 10–500,000 kVA 之间"),
        ('{"description": "x", "power_kva": NaN}', "power_kva"),
        ('{"description": "x", "power_kva": true}', "power_kva"),
        ('{"description": "x", "category": "whole"}', "category"),
        ('{"description": "x", "from_city_code": "深训"}', "深圳"),
        ('{"description": "x", "from_city_code": "430100"}', "from_city_code"),
        ('{"description": "x", "target_prefecture_codes": ["440300"]}', "target_prefecture_codes"),
        ('{"description": "x", "industry_codes": ["C9999"]}', "industry_codes"),
        ('{"description": "x", "industry_codes": "C3982"}', "industry_codes"),
        ('{"description": "x", "premises_needed_on": "明年"}', "premises_needed_on"),
        ('{"description": "x", "place_strictness": "must"}', "target_prefecture_codes"),
        ('{"description": "x", "sewage_m3_per_day": 9, "water_m3_per_day": 3}', "sewage_m3_per_day"),
        ('{"industry_codes": ["C3982"]}', "title、description"),
        ('{"title": "  "}', "title、description"),
        ('{"title": "x", "title": "y"}', "title：写了两遍"),
        ("[]", "没有需求"),
        ("[3]", "第 1 条"),
        ('"x"', "{字段: 值}"),
        ('{"description": "x", "地块面积": 3}', "没有这个字段"),
        ('{"description": "x", "总投资": 3}', "总投资：没有这个字段，是不是 investment_yi"),
        ('{"description": "x", "owner_id": 3}', "owner_id：没有这个字段。"),
        ('{"description": "x", "industry_codes": ["线路版"]}', "是不是 "),
        ('{"description": "x", "has_chemical_reaction": true}', "“yes”"),
        ('{"description": "x", "headcount_needed": 1' + "0" * 5000 + "}", "长得读不了"),
        ('{"description": "\\ud83c"}', "不能保存的字符"),
        ("{", "不是 JSON"),
        (" \n", "是空的"),
        ("", "是空的"),
    ],
)
def test_a_wrong_need_is_named_and_nothing_is_matched_or_saved(run, database, text, named):
    result = run("match", "-", "--format", "json", text=text)

    assert result.exit_code == 2
    assert named in result.stderr
    assert result.stdout == ""
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Posting)) == 0


def test_everything_that_is_wrong_is_named_at_once(run):
    text = json.dumps([{"description": "x"}, {"descripton": "x", "power_kva": 0}], ensure_ascii=False)
    result = run("match", "-", text=text)
    assert result.exit_code == 2
    assert "第 2 条：descripton" in result.stderr
    assert "第 2 条：power_kva" in result.stderr
    assert "第 2 条：title、description" in result.stderr


def test_bytes_that_are_no_text_are_refused(run, tmp_path):
    file = tmp_path / "need.json"
    file.write_bytes('{"description": "电路"}'.encode("gb18030"))
    assert run("match", str(file)).exit_code == 2
    file.write_bytes(b"\xef\xbb\xbf" + '{"description": "电路"}'.encode())
    assert run("match", str(file), "--top", "1").exit_code == 0
    assert run("match", str(tmp_path / "missing.json")).exit_code == 2
    assert run("match", "-", "--kinds", "planet", text="{}").exit_code == 2
    assert run("match").exit_code == 2


def test_a_portal_without_tables_says_what_to_do(app, database):
    Base.metadata.drop_all(database.engine)
    result = app.test_cli_runner().invoke(args=["match", "-"], input='{"title": "鞋厂"}')
    assert result.exit_code == 1
    assert "make serve" in result.stderr
    assert "Traceback" not in result.output


def test_the_fields_are_listed_with_unit_and_range(run):
    listed = run("match", "--fields").stdout
    assert "power_kva" in listed
    assert "10–500000" in listed
    assert "whole_relocation" in listed


def test_real_relocations_are_found_better_than_by_words_or_meaning_alone(run):
    result = run("evaluate", "parks", str(CASES), "--format", "json")

    rows = {row["order"]: row for row in json.loads(result.stdout)}
    assert {"ours", "popularity", "tfidf", "cosine"} <= set(rows)
    assert rows["ours"]["cases"] == 22
    assert rows["ours"]["county_top5"] >= 0.55
    assert rows["ours"]["county_top5"] > max(rows[name]["county_top5"] for name in ("popularity", "tfidf", "cosine"))
    assert rows["ours, told prefecture"]["county_top5"] >= 0.85


def test_a_table_without_cases_is_refused(run, tmp_path):
    file = tmp_path / "cases.csv"
    file.write_text("name,colour\na,b\n")
    assert run("evaluate", "parks", str(file)).exit_code == 2
    file.write_text("to_county_code,description\n,线路板\n")
    result = run("evaluate", "parks", str(file))
    assert result.exit_code == 2
    assert "没有写明" in result.stderr
