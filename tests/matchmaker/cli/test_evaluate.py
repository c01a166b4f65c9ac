"""The operator's command `flask evaluate`, as typed."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from matchmaker.config import ROOT
from matchmaker.database import Database
from matchmaker.services import reference
from models import Posting, QualityReport
from search import Encoder

pytestmark = [pytest.mark.sqlite_only, pytest.mark.model]

SMALL = ("evaluate", "--needs", "12", "--offers", "40", "--markets", "2", "--deletions", "50")
Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, database: Database, encoder: Encoder) -> Run:
    """Type a command at a portal that knows the reference and the model, and has no posting at all."""
    with database.writing() as session:
        reference.load(session, ROOT / "reference")
        session.commit()
    return lambda *words: app.test_cli_runner().invoke(args=list(words))


def test_every_order_is_measured_in_one_run_and_what_is_kept_is_what_was_printed(run: Run, database: Database) -> None:
    result = run(*SMALL, "--json", "--keep")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert list(report["orders"]) == ["ours", "spread", "newest", "bm25", "cosine", "rrf", "fields", "ceiling"]
    for figures in report["orders"].values():
        assert figures["violations_50"] == 0
        assert 0 <= figures["reciprocal_ndcg_10"]["low"] <= figures["reciprocal_ndcg_10"]["value"] <= 1
    assert len(report["gain_by_market"]) == 2
    assert report["best_baseline"] in report["orders"]
    assert report["robust"]["thin_offers"]["value"] == 0
    assert report["robust"]["absent"] == 0
    with database.reading() as session:
        kept = session.scalars(select(QualityReport)).one()
        assert kept.figures == report
        assert kept.name == "market"
        assert kept.engine_version
        assert session.scalar(select(func.count()).select_from(Posting)) == 0


def test_a_table_is_printed_for_people_and_nothing_is_kept(run: Run, database: Database) -> None:
    result = run(*SMALL)
    assert result.exit_code == 0, result.output
    assert "2 × 12 needs × 40 offers, seeds from 1" in result.stdout
    assert "one-way field" in result.stdout
    assert "the goal is 10%" in result.stdout
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(QualityReport)) == 0


def test_without_a_reference_the_command_says_what_is_missing(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=list(SMALL))
    assert result.exit_code == 1
    assert "reference data is not loaded" in result.output


@pytest.mark.parametrize("words", [("--needs", "1"), ("--offers", "many"), ("--seed", "-1")])
def test_a_size_that_makes_no_sense_is_refused(run: Run, words: tuple[str, ...]) -> None:
    assert run("evaluate", *words).exit_code == 2


def test_figures_of_real_moves_are_kept_beside_those_of_the_market(run: Run, database: Database) -> None:
    result = run("evaluate", "parks", str(ROOT / "tests" / "data" / "relocations.csv"), "--format", "json", "--keep")
    assert result.exit_code == 0, result.output
    with database.reading() as session:
        kept = session.scalars(select(QualityReport)).one()
        assert kept.name == "relocations"
        assert kept.figures["orders"] == json.loads(result.stdout)
