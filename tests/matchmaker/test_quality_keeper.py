"""The nightly measurement gives way after every second, may be stopped anywhere, and leaves its figures behind."""

import datetime as dt
from threading import Event

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import quality_keeper
from matchmaker.config import ROOT
from matchmaker.quality_keeper import QualityKeeper
from matchmaker.recommender.evaluation.measure import Size
from matchmaker.services import reference
from matchmaker.worker import Worker
from matchmaker.working_time import HUNAN
from models import QualityReport
from search import Encoder

pytestmark = [pytest.mark.sqlite_only, pytest.mark.model]


@pytest.fixture
def keeper(app: Flask, session: Session, encoder: Encoder) -> QualityKeeper:
    """Make a keeper that measures on a tiny market; the portal knows the reference."""
    reference.load(session, ROOT / "reference")
    session.commit()
    return QualityKeeper(app.extensions["portal"], Size(needs=12, offers=40, markets=2, deletions=50))


def test_a_run_gives_way_again_and_again_and_is_kept_at_its_end(
    keeper: QualityKeeper, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality_keeper, "SLICE_SECONDS", 0.0)
    slices = 1
    while (report := keeper.work(lambda: True)) is None:
        slices += 1
        assert keeper.is_under_way
    assert slices > 50
    assert not keeper.is_under_way
    kept = session.scalars(select(QualityReport)).one()
    assert kept.figures == report.as_json()
    assert kept.figures["orders"]["ours"]["violations_50"] == 0


def test_a_run_that_is_stopped_writes_nothing_and_goes_on_later(keeper: QualityKeeper, session: Session) -> None:
    assert keeper.work(lambda: False) is None
    assert keeper.is_under_way
    assert session.scalars(select(QualityReport)).all() == []


def test_a_run_that_fails_is_begun_anew(keeper: QualityKeeper, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*sizes: object) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(quality_keeper, "evaluate_markets", broken)
        with pytest.raises(RuntimeError):
            keeper.work(lambda: True)
    assert not keeper.is_under_way
    keeper.work(lambda: False)
    assert keeper.is_under_way


def test_the_worker_measures_at_half_past_three_and_tries_a_failure_the_next_night(
    app: Flask, session: Session, keeper: QualityKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = dt.datetime(2026, 11, 24, 20, 0, tzinfo=HUNAN)
    with time_machine.travel(evening, tick=False):
        worker = Worker(app.extensions["portal"], Event())
    worker.quality = keeper
    job = next(job for job in worker.jobs if job.name == "measure the matching")
    night = dt.datetime(2026, 11, 25, 3, 30, tzinfo=HUNAN)
    assert job.due == night

    monkeypatch.setattr(keeper, "work", lambda goes_on: 1 / 0)
    job.attempt(night)
    assert job.due == night + dt.timedelta(days=1)
    assert job.failures == 0

    def begun(goes_on: object) -> None:
        keeper._steps = iter(())  # type: ignore[assignment]

    monkeypatch.setattr(keeper, "work", begun)
    job.attempt(night)
    assert job.due == night  # the rest follows in the next round
