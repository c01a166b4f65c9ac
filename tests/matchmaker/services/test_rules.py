"""Loading siting rules and their lists: twice, with a wrong row, with a version for tomorrow, with a list run out."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from sqlalchemy import func, select

from matchmaker.recommender.reference import load_reference
from matchmaker.services import reference, rules
from matchmaker.services.rule_files import WrongRules, read
from models import ChemicalArea, RestrictedEntry, SitingArea, SitingRule, today
from models.vocabulary import Precision

FOLDER = Path(__file__).parents[3] / "reference"
ENTRIES = yaml.safe_load((FOLDER / "rules.yaml").read_text(encoding="utf-8"))
HC12 = next(entry for entry in ENTRIES if entry["id"] == "HC12")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write entries that are HC12 but for some fields."""

    def write(*changes: dict[str, object], name: str = "rules.yaml") -> Path:
        path = tmp_path / name
        path.write_text(yaml.safe_dump([HC12 | change for change in changes], allow_unicode=True), encoding="utf-8")
        return path

    return write


def test_the_fifteen_conditions_and_their_lists_are_loaded_once_and_again_without_a_change(session):
    reference.load(session, FOLDER)
    counts = [
        session.scalar(select(func.count()).select_from(table))
        for table in (SitingRule, RestrictedEntry, SitingArea, ChemicalArea)
    ]
    assert counts == [len(ENTRIES), 120, 371, 15]
    stamps = set(session.scalars(select(SitingRule.loaded_at)))
    for name in rules.FILES.values():
        changes = rules.load_file(session, FOLDER / name)
        assert (changes.added, changes.changed) == ((), ())
    assert set(session.scalars(select(SitingRule.loaded_at))) == stamps


def test_a_year_stays_a_year(session):
    reference.load(session, FOLDER)
    catalogue = session.scalars(select(SitingRule).where(SitingRule.rule == "HC11")).one()
    assert (catalogue.in_force_from, catalogue.in_force_from_precision) == (dt.date(2021, 1, 1), Precision.YEAR)
    linxiang = session.get_one(ChemicalArea, "CP02")
    assert (linxiang.in_force_from, linxiang.in_force_from_precision) == (dt.date(2021, 5, 1), Precision.MONTH)


def test_a_version_that_starts_tomorrow_acts_tomorrow_and_the_old_one_until_then(session, write):
    reference.load(session, FOLDER)
    tomorrow = today() + dt.timedelta(days=1)
    stricter = {"version": 2, "in_force_from": tomorrow.isoformat(), "parameters": {"stale_after_months": 6}}
    changes = rules.load_file(session, write(stricter))
    assert changes.added == ("HC12 version 2",)
    known = load_reference(session, None, None)
    assert known.rule("HC12", today()).parameters["stale_after_months"] == 12
    assert known.rule("HC12", tomorrow).parameters["stale_after_months"] == 6
    assert [version.version for version in known.rules["HC12"]] == [1, 2]


def test_a_corrected_row_says_which_field_it_changed(session, write):
    reference.load(session, FOLDER)
    changes = rules.load_file(session, write({"parameters": {"stale_after_months": 9}}))
    assert changes.added == ()
    assert changes.changed == (("HC12 version 1", ("parameters",)),)


def test_outside_its_dates_a_rule_does_not_act(session):
    reference.load(session, FOLDER)
    known = load_reference(session, None, None)
    assert known.rule("HC9", dt.date(2013, 2, 28)) is None
    assert known.rule("HC9", dt.date(2024, 8, 31)).version == 1
    assert known.rule("HC9", dt.date(2024, 9, 1)).version == 2


def test_the_access_list_of_2020_has_run_out_and_no_list_is_whole(session):
    reference.load(session, FOLDER)
    known = load_reference(session, None, None)
    rule = known.rule("HC7", dt.date(2025, 11, 11))
    assert rule.list_has_expired(dt.date(2025, 11, 11))
    assert not rule.list_has_expired(dt.date(2025, 11, 10))
    assert not rule.list_is_complete


def test_what_gates_read_is_what_the_files_say(session):
    reference.load(session, FOLDER)
    known = load_reference(session, None, None)
    coking = next(entry for entry in known.restricted if entry.id == "RI058")
    assert (coking.rule, coking.codes, coking.deciding_words) == ("HC1", ("C2521",), ("土法炼焦",))
    assert coking.applies_to == {"new", "expansion", "relocation", "part_capacity", "existing"}
    assert coking.acts_on(dt.date(2024, 2, 1))
    assert not coking.acts_on(dt.date(2024, 1, 31))
    assert {area.type for area in known.areas["430103"]} >= {"green_heart", "xiang_basin", "shoreline_xiang"}
    assert sum(area.is_recognised for area in known.chemical_areas) == 4


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": 0}, "HC12 version 0: version"),
        ({"kind": "moral"}, "kind: is none of legal"),
        ({"title": {"zh": "余量"}}, "title: must be said in zh, zh_hant, en"),
        ({"in_force_from": "2026-13"}, "in_force_from: is no year, month or day: 2026-13"),
        ({"in_force_from": "2026-02-01", "in_force_to": "2026-01-31"}, "in_force_to: lies before"),
        ({"in_force_to": "2026"}, "in_force_to: must be a day"),
        ({"confidence": "high"}, "confidence: is none of H, M, L: high"),
        ({"parameters": ["x"]}, "parameters: is no mapping"),
        ({"parameters": {"list_complete": "perhaps"}}, "parameters.list_complete"),
        ({"parameters": {"list_valid_to": "soon"}}, "list_valid_to: is no year, month or day: soon"),
        ({"reads": ["need.colour"]}, "reads: nobody states such a field: need.colour"),
        ({"colour": "red"}, "colour: no such field"),
        ({"document": ""}, "document: is empty"),
        ({"exceptions": "none"}, "exceptions: is no list of sentences"),
        ({"other_sources": [{"document": "条例"}]}, "other_sources: 条例: confidence"),
    ],
)
def test_a_wrong_row_is_named_with_its_field(write, change, said):
    with pytest.raises(WrongRules) as refused:
        read(write(change))
    assert len(refused.value.problems) == 1
    assert said in refused.value.problems[0]
    assert refused.value.problems[0].startswith("rules.yaml: HC12 version")


def test_all_wrong_rows_of_a_file_are_named_at_once_and_none_is_loaded(session, write):
    with pytest.raises(WrongRules) as refused:
        rules.load_file(session, write({"version": 2, "kind": "?"}, {"version": 3, "evidence": "?"}, {"version": 4}))
    assert [problem.split(": ")[1] for problem in refused.value.problems] == ["HC12 version 2", "HC12 version 3"]
    assert session.scalar(select(func.count()).select_from(SitingRule)) == 0


def test_versions_follow_each_other_in_time_and_none_stands_twice(write):
    with pytest.raises(WrongRules, match="HC12 version 1 stands twice"):
        read(write({}, {}))
    with pytest.raises(WrongRules, match="HC12 version 2: in_force_from: the version before it starts later"):
        read(write({"in_force_from": "2026"}, {"version": 2, "in_force_from": "2025"}))


def test_a_list_names_only_what_exists(session, tmp_path):
    reference.load(session, FOLDER)
    for name, right, wrong, said in (
        ("restricted_industries.csv", "C2022;C2023", "C9999", "RI001: codes: no such industry: C9999"),
        ("restricted_industries.csv", "RI001,HC1,", "RI001,HC99,", "RI001: rule: no such rule: HC99"),
        ("siting_areas.csv", "green_heart,430103", "green_heart,999999", "no such county: 999999"),
        ("chemical_areas.csv", "HN07066", "HN00000", "CP01: park_code: no such park: HN00000"),
    ):
        path = tmp_path / name
        path.write_text((FOLDER / name).read_text(encoding="utf-8").replace(right, wrong, 1), encoding="utf-8")
        with pytest.raises(WrongRules, match=said):
            rules.load_file(session, path)


def test_a_file_that_is_no_list_and_a_wrong_line_are_named(tmp_path):
    strange = tmp_path / "strange.csv"
    strange.write_text("# 2026\ncolour\nred\n", encoding="utf-8")
    with pytest.raises(WrongRules, match="none of the lists"):
        read(strange)
    path = tmp_path / "list.csv"
    text = (FOLDER / "restricted_industries.csv").read_text(encoding="utf-8")
    path.write_text(text.replace("new;expansion,fails", "new;holiday,fails", 1), encoding="utf-8")
    with pytest.raises(WrongRules, match=r"list.csv: line 5 \(RI001\): applies_to: is no kind of project"):
        read(path)
