"""The operator loads rules, looks at their versions, and sees what a change would do before it is made."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.services import rules
from models import SitingRule, today
from tests import factories
from tests.cast import Cast

pytestmark = pytest.mark.sqlite_only

FILE = Path(__file__).parents[3] / "reference" / "rules.yaml"
HC12 = next(entry for entry in yaml.safe_load(FILE.read_text(encoding="utf-8")) if entry["id"] == "HC12")

READ_ON = today() - dt.timedelta(days=60)


@pytest.fixture
def run(app: Flask, session: Session, cast: Cast) -> Callable[..., Result]:
    """Run `flask rules …` on a market with a need, and an offer whose spare power was read two months ago."""
    rules.load_file(session, FILE)
    session.add_all(
        [
            factories.published(factories.need(cast.owner, cast.enterprise, pollutants=["vocs"])),
            factories.published(factories.offer(cast.manager, cast.park, cast.authority, spare_as_of=READ_ON)),
        ]
    )
    session.commit()
    return lambda *args: app.test_cli_runner().invoke(args=["rules", *map(str, args)], env={"COLUMNS": "200"})


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(**changes: object) -> Path:
        path = tmp_path / "change.yaml"
        path.write_text(yaml.safe_dump([HC12 | changes], allow_unicode=True), encoding="utf-8")
        return path

    return write


def versions(session: Session) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(SitingRule)) or 0


def test_loading_says_what_was_added_and_changed_and_again_that_nothing_was(run, write, session):
    before = versions(session)
    session.commit()
    said = run("load", write(version=2, in_force_from="2027-01-01")).output
    assert "added    HC12 version 2\n1 added, 0 changed, 0 as they were." in said
    assert "0 added, 0 changed, 1 as they were." in run("load", write(version=2, in_force_from="2027-01-01")).output
    said = run("load", write(version=2, in_force_from="2027-02-01", note="推迟")).output
    assert (
        "changed  HC12 version 2: in_force_from, note" in said or "changed  HC12 version 2: note, in_force_from" in said
    )
    assert versions(session) == before + 1


def test_a_wrong_file_loads_nothing_and_names_the_row_and_the_field(run, write, session):
    before = versions(session)
    session.commit()
    answer = run("load", write(version=2, confidence="certain"))
    assert answer.exit_code == 1
    assert "change.yaml: HC12 version 2: confidence: is none of H, M, L: certain" in answer.output
    assert versions(session) == before


def test_the_versions_of_a_rule_with_the_one_that_acts_on_a_day(run):
    said = run("show", "hc9", "--day", "2024-08-31").output
    rows = [line for line in said.splitlines() if "HC9" in line]
    assert ["yes" in line for line in rows] == [True, False]
    assert "not yet" in rows[1]
    said = run("show").output
    assert said.index("HC2 ") < said.index("HC10") < said.index("HC12")
    assert "2018" in said
    assert "2018-01-01" not in said
    assert run("show", "HC99").exit_code == 1


def test_a_change_is_tried_on_the_live_market_and_leaves_no_trace(run, write, session):
    before = versions(session)
    session.commit()
    stricter = write(
        version=2, parameters={"stale_after_months": 1}, in_force_from=(today() + dt.timedelta(3)).isoformat()
    )
    assert "No verdict of 8 live pairs changes" in run("diff", stricter).output
    said = run("diff", stricter, "--day", today() + dt.timedelta(days=3)).output
    row = next(line for line in said.splitlines() if "HC12" in line)
    assert [cell.strip() for cell in row.split("│")[1:5]] == ["HC12", "passes", "unknown", "2"]
    assert "offer:" in said
    assert "4 live pairs" in run("diff", stricter, "--needs", 1).output
    assert versions(session) == before


def test_a_wrong_file_is_not_tried(run, write):
    answer = run("diff", write(kind="odd"))
    assert answer.exit_code == 1
    assert "kind: is none of" in answer.output
