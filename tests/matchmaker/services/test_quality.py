"""Figures of the matching are kept by their name, the newest first, and not for ever."""

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.services import quality
from models import QualityReport, now


def test_the_last_report_of_a_name_is_found_beside_those_of_another(session: Session) -> None:
    quality.keep(session, "market", {"gain": 1}, "a")
    quality.keep(session, "market", {"gain": 2}, "b")
    quality.keep(session, "parks", {"gain": 3}, "b")
    session.commit()
    found = quality.latest(session, "market")
    assert found is not None
    assert found.figures == {"gain": 2}
    assert found.engine_version == "b"
    assert quality.latest(session, "people") is None


def test_reports_are_listed_from_the_newest(session: Session) -> None:
    for days in (3, 1, 2):
        made = now() - dt.timedelta(days=days)
        session.add(QualityReport(name="market", figures={"days": days}, engine_version="a", made_at=made))
    session.commit()
    assert [report.figures["days"] for report in quality.history(session, "market", 2)] == [1, 2]


def test_the_oldest_reports_go(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "KEPT", 3)
    for number in range(5):
        quality.keep(session, "market", {"number": number}, "a")
    session.commit()
    assert session.scalar(select(func.count()).select_from(QualityReport)) == 3
    assert [report.figures["number"] for report in quality.history(session, "market", 9)] == [4, 3, 2]
