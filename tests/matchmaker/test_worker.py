"""The worker's rounds: what is due is done, what fails comes again, and nothing ends it but a wish to stop."""

import datetime as dt
from threading import Event

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.extensions import Portal
from matchmaker.worker import Job, Stopping, Worker
from matchmaker.working_time import HUNAN
from models import OutboxEntry, Posting, now
from models.vocabulary import PostingStatus
from search import EmbeddedEngine, Encoder
from tests import factories
from tests.cast import Cast


@pytest.fixture
def stop() -> Event:
    """Make the event that ends the work."""
    return Event()


@pytest.fixture
def worker(app: Flask, stop: Event) -> Worker:
    """Make a worker over the application's handles."""
    portal: Portal = app.extensions["portal"]
    return Worker(portal, stop)


@pytest.mark.model
def test_a_published_need_is_searchable_after_one_round_and_a_withdrawn_one_is_gone_after_the_next(
    worker: Worker, session: Session, cast: Cast, engine: EmbeddedEngine, encoder: Encoder
) -> None:
    """Lin publishes, the worker looks once; she withdraws, it looks again."""
    need = factories.published(factories.need(cast.owner, cast.enterprise))
    session.add(need)
    session.commit()
    worker.round(now())
    assert need.search_id in engine.versions()
    assert not session.scalars(select(OutboxEntry)).all()

    session.rollback()
    need.move(PostingStatus.WITHDRAWN)
    session.commit()
    worker.round(now())
    assert need.search_id not in engine.versions()


@pytest.mark.model
def test_a_posting_past_its_day_is_ended_within_a_minute(
    worker: Worker, session: Session, cast: Cast, clock: time_machine.Traveller, encoder: Encoder
) -> None:
    """Nobody has to press a button for what has run out."""
    offer = factories.published(factories.offer(cast.manager, cast.park, cast.authority), days=1)
    session.add(offer)
    session.commit()
    offer_id = offer.id
    session.close()
    worker.round(now())
    clock.shift(dt.timedelta(days=2))
    worker.round(now())
    ended = session.get_one(Posting, offer_id)
    assert ended.status is PostingStatus.EXPIRED


def test_a_failing_job_waits_longer_each_time_and_is_forgiven_once_it_works() -> None:
    """A broken index must not fill the log, nor stop the other jobs."""
    is_broken = True

    def work() -> None:
        if is_broken:
            raise RuntimeError("the disk is full")

    moment = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    job = Job("work", work, lambda moment: moment, moment)
    waits = []
    for _ in range(8):
        job.attempt(moment)
        waits.append((job.due - moment).total_seconds())
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]
    is_broken = False
    job.attempt(moment)
    assert (job.failures, job.due) == (0, moment)


@pytest.mark.sqlite_only
def test_one_broken_job_leaves_the_others_alone(worker: Worker) -> None:
    """The outbox is drained although expiring fails."""
    done: list[str] = []

    def fail() -> None:
        raise RuntimeError("broken")

    start = now()
    worker.jobs = [
        Job("fails", fail, lambda moment: moment, start),
        Job("works", lambda: done.append("works"), lambda moment: moment, start),
    ]
    worker.round(start)
    assert done == ["works"]


@pytest.mark.sqlite_only
def test_the_index_is_compared_with_the_market_at_three_at_night(worker: Worker, clock: time_machine.Traveller) -> None:
    """Three o'clock in Hunan, wherever the server stands."""
    jobs = {job.name: job for job in Worker(worker.portal, worker.stop).jobs}
    compare = jobs["compare index and market"]
    assert compare.due.astimezone(HUNAN) == dt.datetime(2026, 11, 25, 3, 0, tzinfo=HUNAN)
    assert compare.next(compare.due) == compare.due + dt.timedelta(days=1)


@pytest.mark.model
@pytest.mark.sqlite_only
def test_a_worker_stops_when_what_started_it_has_gone(worker: Worker, encoder: Encoder) -> None:
    """A killed web server leaves no worker behind that writes for ever."""
    rounds = iter([True, False])
    worker.work(lambda: next(rounds))


@pytest.mark.model
@pytest.mark.sqlite_only
def test_a_worker_that_is_told_to_stop_leaves_a_half_made_index_and_keeps_the_old(
    worker: Worker, session: Session, cast: Cast, engine: EmbeddedEngine, encoder: Encoder, stop: Event
) -> None:
    """Making the index anew takes minutes; stopping must not, and must not harm what stands."""
    session.close()
    stop.set()
    with pytest.raises(Stopping):
        worker.renew()
    assert engine.is_outdated()
    stop.clear()
    worker.renew()
    assert not engine.is_outdated()
