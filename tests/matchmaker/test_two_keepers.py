"""Workers that get into each other's way, or are killed: what they leave is whole, and as one alone would leave it."""

import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.database import TRIES, Database
from models import Match, Organisation, now
from models.vocabulary import OrganisationType, Verdict
from tests import factories
from tests.cast import Cast
from tests.matchmaker.keeping import keep, load_rules, new_keeper

ROOT = Path(__file__).parents[2]
WORKER = """
import sys, time
from matchmaker.database import Database
from tests.matchmaker.keeping import keep, new_keeper
keeper = new_keeper(Database(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
print(keep(keeper))
"""
EACH = 25

Row = tuple[int, str, int | None, int | None, Verdict, float]


@pytest.fixture
def full_market(session: Session, cast: Cast) -> None:
    """Lin publishes needs and Chen offers, so that every pair is in two lists."""
    load_rules(session)
    for number in range(EACH):
        power = 4_000 + 300 * number
        session.add(factories.published(factories.need(cast.owner, cast.enterprise, power_kva=power)))
        offer = factories.offer(cast.manager, cast.park, cast.authority, power_spare_kva=power, floor_area_sqm=30_000)
        session.add(factories.published(offer))
    session.commit()


@pytest.fixture
def workers(database_url: str) -> Iterator[list[subprocess.Popen[str]]]:
    """Start two workers that are ready to go."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, database_url],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for worker in started:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    yield started
    for worker in started:
        worker.kill()
        worker.communicate()


def go(worker: subprocess.Popen[str]) -> None:
    assert worker.stdin is not None
    worker.stdin.write("go\n")
    worker.stdin.flush()


def rows_of(session: Session) -> list[Row]:
    session.rollback()
    columns = Match.asking_id, Match.answering_key, Match.asking_rank, Match.answering_rank, Match.verdict
    found = session.execute(select(*columns, Match.score).order_by(Match.asking_id, Match.answering_key))
    rows = [(*row[:5], round(row.score, 5)) for row in found]
    session.rollback()
    return rows


def as_one_alone_leaves_it(database: Database, session: Session) -> list[Row]:
    session.execute(delete(Match))
    session.commit()
    keep(new_keeper(database))
    return rows_of(session)


def are_whole(session: Session) -> None:
    """Every list that stands there is counted from one without a gap, and every row says why."""
    lists: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for row in session.scalars(select(Match)):
        fails = row.verdict is Verdict.FAILS
        if row.asking_rank is not None:
            lists["asking", row.asking_id, row.pairing, fails].append(row.asking_rank)
        if row.answering_rank is not None and row.answering_id is not None:
            lists["answering", row.answering_id, row.pairing, fails].append(row.answering_rank)
        assert row.asking_rank or row.answering_rank
        assert row.engine_version
        assert row.failed if fails else row.reasons
    session.rollback()
    assert lists
    for name, ranks in lists.items():
        assert sorted(ranks) == list(range(1, len(ranks) + 1)), name


def test_two_workers_at_once_leave_what_one_alone_would(
    database: Database, session: Session, full_market: None, workers: list[subprocess.Popen[str]]
) -> None:
    """Somebody has started a second worker by mistake; both go through the same market at the same moment."""
    for worker in workers:
        go(worker)
    for worker in workers:
        said, complaints = worker.communicate(timeout=120)
        assert worker.returncode == 0, complaints
        assert int(said) >= 2 * EACH
    are_whole(session)
    left = rows_of(session)
    assert left == as_one_alone_leaves_it(database, session)


def test_a_worker_that_is_killed_leaves_whole_lists_and_the_next_goes_on(
    database: Database, session: Session, full_market: None, workers: list[subprocess.Popen[str]]
) -> None:
    go(workers[0])
    started = time.monotonic()
    while not (kept := session.scalar(select(func.count(Match.id)))):
        session.rollback()
        assert time.monotonic() - started < 60
        time.sleep(0.01)
    session.rollback()
    workers[0].send_signal(signal.SIGKILL)
    workers[0].wait()
    assert kept
    are_whole(session)
    assert len({row[0] for row in rows_of(session)}) >= 1
    assert keep(new_keeper(database)) > 0, "it was killed on the way"
    are_whole(session)
    left = rows_of(session)
    assert left == as_one_alone_leaves_it(database, session)


def test_a_unit_that_clashes_is_done_again_on_what_stands_then(database: Database, session: Session) -> None:
    tries = []

    def found(own: Session) -> str:
        tries.append(1)
        # At the first look somebody else's row isn't there yet.
        known = own.scalar(select(Organisation).where(Organisation.uscc == "1" * 18)) if len(tries) > 1 else None
        row = known or _organisation("第二个")
        own.add(row)
        own.flush()
        return row.name

    session.add(_organisation("第一个"))
    session.commit()
    assert database.insist(found) == "第一个"
    assert len(tries) == 2


def test_a_clash_that_never_ends_is_told(database: Database, session: Session) -> None:
    tries = []

    def clash(own: Session) -> None:
        tries.append(1)
        own.add(_organisation("第二个"))

    session.add(_organisation("第一个"))
    session.commit()
    with pytest.raises(IntegrityError):
        database.insist(clash)
    assert len(tries) == TRIES


def _organisation(name: str) -> Organisation:
    return Organisation(name=name, type=OrganisationType.ENTERPRISE, uscc="1" * 18, verified_at=now())
