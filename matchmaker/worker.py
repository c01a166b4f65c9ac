"""The worker: what must happen outside a request, again and again, until somebody says stop."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from threading import Event

import structlog

from matchmaker import exposure_keeper, learning_keeper
from matchmaker.extensions import Portal
from matchmaker.match_keeper import MatchKeeper, engine_version
from matchmaker.quality_keeper import QualityKeeper
from matchmaker.services import interests, postings, slates
from matchmaker.working_time import HUNAN
from models import now, today
from search import EngineBusy, sync
from search.engine import Vector

log = structlog.get_logger()

PAUSE_SECONDS = 0.5
MATCHED_AT_ONCE = 20
LONGEST_BACK_OFF = dt.timedelta(minutes=1)
MINUTE = dt.timedelta(minutes=1)
# The hour, in Hunan and the Bay, when few people search and the index is compared with the market.
NIGHT = dt.time(3, 0)
# And when the matching is measured, after what the night changes.
MEASURING = dt.time(3, 30)

Next = Callable[[dt.datetime], dt.datetime]


class Stopping(Exception):
    """Somebody said stop while a long job was under way; it will be done again."""


@dataclasses.dataclass
class Job:
    """Something that is done again and again; `next` says when, after it went well."""

    name: str
    run: Callable[[], None]
    next: Next
    due: dt.datetime
    failures: int = 0

    def attempt(self, moment: dt.datetime) -> None:
        """Do it; a failure is logged and tried again, each time a little later, and never ends the worker."""
        try:
            self.run()
        except Stopping:
            raise
        except Exception:
            self.failures += 1
            pause = min(LONGEST_BACK_OFF, dt.timedelta(seconds=2**self.failures))
            log.exception("job failed", job=self.name, failures=self.failures, again_in=pause.total_seconds())
            self.due = moment + pause
        else:
            self.failures = 0
            self.due = self.next(moment)


class Worker:
    """Keeps the index true and lets what is over end."""

    def __init__(self, portal: Portal, stop: Event) -> None:
        """Take the application's handles, and the event that ends the work."""
        self.portal, self.stop = portal, stop
        self.keeper = MatchKeeper(portal.database, portal.market, lambda: engine_version(portal.market))
        self.quality = QualityKeeper(portal)
        start = now()
        self.jobs = [
            Job("renew the index", self.renew, _every(MINUTE), start),
            Job("drain the outbox", self.drain, _every(dt.timedelta()), start),
            Job("keep the matches", self.keep_matches, _every(dt.timedelta()), start),
            Job("end what is over", self.expire, _every(MINUTE), start),
            Job("compare index and market", self.reconcile, _tomorrow_night, _tomorrow_night(start)),
            Job("spread what lists show", self.spread, _tomorrow_night, _tomorrow_night(start)),
            Job("learn from answers", self.learn, _tomorrow_night, _tomorrow_night(start)),
            Job("forget old lists", self.forget, _tomorrow_night, _tomorrow_night(start)),
            Job("measure the matching", self.measure, self._next_measuring, _tomorrow_night(start, MEASURING)),
        ]

    def work(self, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Do what is due until somebody says stop, or what the work is for has gone."""
        log.info("worker started", database=self.portal.database.engine.dialect.name)
        try:
            # A model that is read only for the first posting would make that posting wait.
            self.portal.encoder.warm()
            while not self.stop.is_set() and goes_on():
                self.round(now())
                self.stop.wait(PAUSE_SECONDS)
        except Stopping:
            pass
        log.info("worker stopped")

    def round(self, moment: dt.datetime) -> None:
        """Do once whatever is due at a moment."""
        for job in self.jobs:
            if job.due <= moment and not self.stop.is_set():
                job.attempt(moment)

    def renew(self) -> None:
        """Make the index anew when there is none, or one of another model or version of the program."""
        if not self.portal.engine.is_outdated():
            return
        try:
            size = sync.rebuild(self.portal.database.writing, self.portal.engine, self._embed_until_stopped)
        except EngineBusy:
            return
        log.info("index renewed", documents=size)

    def drain(self) -> None:
        """Bring the index up to date with what was written since the last round."""
        while not self.stop.is_set():
            done = sync.drain(self.portal.database.writing, self.portal.engine, self.portal.embed)
            if done.taken:
                log.info("outbox drained", **dataclasses.asdict(done))
            if done.taken < sync.BATCH:
                return

    def keep_matches(self) -> None:
        """Match what came or changed; a few at a time, so that the outbox never waits long."""
        if self.keeper.look():
            done = self.keeper.work(MATCHED_AT_ONCE, lambda: not self.stop.is_set())
            log.info("matches kept", postings=done, waiting=len(self.keeper))

    def expire(self) -> None:
        """Take what has run out from the market, and end interests that nobody answered."""
        with self.portal.database.writing() as session:
            ended = postings.expire_due(session, today()), interests.expire_due(session, today())
        if any(ended):
            log.info("ended", postings=ended[0], interests=ended[1])

    def reconcile(self) -> None:
        """Compare index and market, and have every difference looked at again."""
        drift = sync.reconcile(self.portal.database.writing, self.portal.engine)
        log.info("index compared", **dataclasses.asdict(drift))

    def spread(self) -> None:
        """Find what being proposed too often costs, for all needs together."""
        if not self.portal.settings.exposure:
            return
        with self.portal.database.reading() as session:
            found = exposure_keeper.find(session, self.portal.market, lambda: not self.stop.is_set())
        if found is None:
            raise Stopping
        exposure_keeper.keep(self.portal.database, found)
        log.info("exposure spread", before=found.exposure.gini_before, after=found.exposure.gini_after)

    def learn(self) -> None:
        """Learn the weights of the criteria, once people have answered often enough."""
        for model in learning_keeper.learn(self.portal.database, self.portal.market):
            log.info("order learned", pairing=model.pairing, number=model.number, in_use=model.is_active)

    def measure(self) -> None:
        """Measure the matching for a second; the rest waits for the next rounds, so that nothing waits for it."""
        try:
            report = self.quality.work(lambda: not self.stop.is_set())
        except Exception:
            # Minutes of work that fail at their end would be done again all night.
            log.exception("measuring failed, next try tomorrow night")
            return
        if report is not None:
            log.info("matching measured", gain=report.gain.value, over=report.best_baseline)

    def _next_measuring(self, moment: dt.datetime) -> dt.datetime:
        return moment if self.quality.is_under_way else _tomorrow_night(moment, MEASURING)

    def forget(self) -> None:
        """Drop the lists that were shown too long ago to be answered."""
        with self.portal.database.writing() as session:
            log.info("old lists forgotten", lists=slates.forget(session, now()))

    def _embed_until_stopped(self, texts: Sequence[str]) -> Sequence[Vector]:
        if self.stop.is_set():
            raise Stopping
        return self.portal.embed(texts)


def _every(interval: dt.timedelta) -> Next:
    return lambda moment: moment + interval


def _tomorrow_night(moment: dt.datetime, time: dt.time = NIGHT) -> dt.datetime:
    local = moment.astimezone(HUNAN)
    night = dt.datetime.combine(local.date(), time, HUNAN)
    return night if night > local else night + dt.timedelta(days=1)
