"""The operator asks how unequally all lists together show the premises, and what prices would change."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import ExposurePrice
from tests import factories
from tests.cast import Cast
from tests.matchmaker.keeping import load_rules, new_market

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def run(app: Flask, session: Session, cast: Cast) -> Callable[..., Result]:
    """Run `flask exposure` on a market whose needs all want the same."""
    load_rules(session)
    session.add_all(factories.published(factories.need(cast.owner, cast.enterprise)) for _ in range(12))
    session.add_all(
        factories.published(
            factories.offer(cast.manager, cast.park, cast.authority, rent_yuan_per_sqm_month=9 + number / 4, slots=3)
        )
        for number in range(14)
    )
    session.commit()
    app.extensions["portal"].market = new_market()
    return lambda *args: app.test_cli_runner().invoke(args=["exposure", *args], env={"COLUMNS": "120"})


def prices(session: Session) -> int:
    session.rollback()
    return len(session.scalars(select(ExposurePrice)).all())


def test_figures_and_prefectures_are_printed_and_nothing_is_kept(run, session: Session) -> None:
    answer = run()
    assert answer.exit_code == 0, answer.output
    assert "13 条需求，17 个载体和园区。" in answer.output
    for said in ("基尼系数", "名单的 nDCG@10 损失", "预期超过可接纳数的", "郴州", "长沙"):
        assert said in answer.output
    assert prices(session) == 0


def test_they_are_kept_when_asked_and_come_as_json(run, session: Session) -> None:
    answer = run("--keep", "--format", "json")
    figures = json.loads(answer.stdout)
    assert (figures["needs"], figures["premises"]) == (13, 17)
    assert figures["gini_after"] <= figures["gini_before"]
    assert figures["over_capacity_after"] == 0
    assert sum(before for before, _ in figures["prefectures"].values()) == pytest.approx(13, abs=0.05)
    assert prices(session) > 0
