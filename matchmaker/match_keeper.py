"""Keep the best matches of everything that is live, as the market, the rules and the order change.

A posting that comes or changes is matched first, then whoever has it among their best or now would. What has to be done
is worked out from the versions that the kept matches were made for, so a worker that was killed goes on where it was.
"""

import datetime as dt
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from matchmaker.database import Database
from matchmaker.recommender.facts import TABLES, Item, introduced
from matchmaker.recommender.gates import Gate
from matchmaker.recommender.judging import Judged, judge, side_of
from matchmaker.recommender.market import Market, fresh_items
from matchmaker.recommender.pairs import PAIRINGS, Pairing, family
from matchmaker.recommender.parts import SideName
from matchmaker.recommender.reasons import explain
from matchmaker.recommender.recommend import Ranked, keys_of, rank
from matchmaker.recommender.rules import acting_on
from matchmaker.services import kept_lists, matches
from matchmaker.services.matches import Kept
from matchmaker.working_time import HUNAN
from models import KEPT, KEPT_FAILING, Introduction, Park, now, today
from models.vocabulary import Answer, Verdict
from search import SearchError

log = structlog.get_logger()

# Matches are for whoever may see both sides, so a talent's are kept too; pages ask again who is reading.
AUDIENCES = ("public", "members")
REASONS = 3
NEVER: tuple[int | None, int] = (None, 0)
# How long one is left alone that can't be matched, unless it changes.
ASIDE_SECONDS = 600.0
# Counted up whenever the same facts would be judged or scored otherwise than before.
ENGINE = "2026.11"


def engine_version(market: Market) -> str:
    """Name the program, the rules that act today and the prices that matches are made by."""
    # A version that begins today changes verdicts though no row of it has changed.
    acts = acting_on(market.reference.rules, today())
    return f"{ENGINE}-{zlib.crc32(f'{market.stamp} {acts}'.encode()):08x}"


class MatchKeeper:
    """Works through the postings whose best matches are out of date, the newest first."""

    def __init__(self, database: Database, market: Market, engine_version: Callable[[], str]) -> None:
        """Take the market, and what names the rules, weights and program that matches are made by."""
        self.database, self.market, self._engine_version = database, market, engine_version
        self._made_by: str | None = None
        self._versions: dict[str, int] = {}
        self._floors: dict[tuple[str, str], float] = {}
        self._due: OrderedDict[str, None] = OrderedDict()
        # Which version of each posting was seen last and at which look first, and at which look each list was made.
        self._look = 0
        self._seen: dict[str, tuple[int | None, int]] = {}
        self._listed: dict[str, int] = {}
        # Those that can't be matched, and when they are tried again.
        self._aside: dict[str, float] = {}
        # The state of the market that was looked at last.
        self._revision = -1
        self._day: dt.date | None = None
        # The state of the directory that the kept matches know of.
        self._parks: int | None = None
        # The last introduction that the kept matches know of.
        self._introduced = 0

    def __len__(self) -> int:
        """Count the postings that wait."""
        return len(self._due)

    def look(self) -> int:
        """Find what is out of date, and return how many postings wait."""
        self._look += 1
        with self.database.reading() as session:
            self.market.refresh(session)
            self._try_again()
            version, revision = self._engine_version(), self.market.revision
            if revision == self._revision and version == self._made_by and self._day == today():
                return len(self._due)
            if self._made_by is None:
                self._recall(session, version)
            if version != self._made_by:
                # A rule or a weight has changed, so every pair is judged anew.
                self._versions, self._floors, self._seen = {}, {}, {}
                self._made_by = version
            self._find_changes(session)
            self._revision = revision
        return len(self._due)

    def work(self, most: int, goes_on: Callable[[], bool] = lambda: True) -> int:
        """Match some of those that wait, each in a transaction of its own, and return how many."""
        done = 0
        while self._due and done < most and goes_on():
            subject, _ = self._due.popitem(last=False)
            try:
                self._match(subject)
            except (OperationalError, SearchError):
                # Database or model is away, so that nobody can be matched now.
                self._due[subject] = None
                raise
            except Exception:
                # One that can't be matched keeps nobody else waiting.
                log.exception("not matched", posting=subject, again_in=ASIDE_SECONDS)
                self._aside[subject] = time.monotonic() + ASIDE_SECONDS
            done += 1
        return done

    # --- What is due --------------------------------------------------------------------------------------------

    def _recall(self, session: Session, version: str) -> None:
        """Read from the kept matches which version of each posting they were made for."""
        self._made_by, outdated = version, set()
        parks_at = session.scalar(select(func.max(Park.updated_at)))
        for made in kept_lists.made_lists(session):
            # Where some rows of a list were made otherwise, it was not made anew yet as a whole.
            is_of_now = made.made_at.astimezone(HUNAN).date() == today() and not (parks_at and made.made_at < parks_at)
            if made.engine_versions == {version} and made.is_current and is_of_now:
                self._versions[made.id] = min(made.version, self._versions.get(made.id, made.version))
                # Rows hold scores, so that what a learned order made of them is not known any more.
                learned = self.market.learned(family(*made.pairing.split("-")))
                self._floors[made.id, made.pairing] = made.floor if learned is None else 0.0
            else:
                outdated.add(made.id)
        for id_ in outdated:
            self._versions.pop(id_, None)

    def _try_again(self) -> None:
        moment = time.monotonic()
        for id_ in [id_ for id_, at in self._aside.items() if at <= moment]:
            del self._aside[id_]
            self._wait([id_])

    def _find_changes(self, session: Session) -> None:
        lost = [id_ for id_ in self._versions if self.market.row_of(id_) is None]
        gone = list(dict.fromkeys((*lost, *matches.orphans(session))))
        if gone:
            left = self.database.insist(lambda writing: matches.forget(writing, gone))
            for id_ in gone:
                self._versions.pop(id_, None)
                self._due.pop(id_, None)
            self._wait(left)
        self._find_introduced(session)
        if self._parks != self.market.parks_revision:
            # Premises are judged by what the directory knows of their park.
            if self._parks is not None:
                self._wait(id_ for kind in ("need", "offer") for id_ in self.market.ids(kind))
            self._parks = self.market.parks_revision
        changed = [id_ for id_ in self._live() if self._versions.get(id_) != self.market.version_of(id_)]
        new = [id_ for id_ in changed if self._seen.get(id_, NEVER)[0] != self.market.version_of(id_)]
        # Whoever had it among their best looks again; whoever now would is found when it is matched itself.
        known = [id_ for id_ in new if id_ in self._versions]
        if known:
            self._wait(matches.others_of(session, known))
        self._seen.update((id_, (self.market.version_of(id_), self._look)) for id_ in new)
        for id_ in sorted(new, key=lambda id_: self.market.version_of(id_) or 0):
            self._due[id_] = None
            self._due.move_to_end(id_, last=False)
        if self._day != today():
            # With the day, prices, readings and whole rules begin and end.
            if self._day is not None:
                self._wait(self._live())
            self._day = today()

    def _find_introduced(self, session: Session) -> None:
        """Have the lists made anew of all in which somebody stands whom they have met, or who can take in no more."""
        last = session.scalar(select(func.max(Introduction.id))) or 0
        if last == self._introduced:
            return
        self._wait(matches.met(session))
        full = self.market.full_ids()
        self._wait(matches.others_of(session, full) - set(full))
        self._introduced = last

    def _live(self) -> Iterator[str]:
        for kind in TABLES:
            yield from (id_ for id_ in self.market.ids(kind) if not id_.startswith("park:"))

    def _wait(self, ids: Iterable[str]) -> None:
        for id_ in ids:
            if id_.partition(":")[0] in TABLES and self.market.row_of(id_) is not None:
                self._due.setdefault(id_, None)

    # --- Matching one -------------------------------------------------------------------------------------------

    def _match(self, subject: str) -> None:
        made_by = self._made_by or ""
        with self.database.reading() as session:
            item = fresh_items(session, [subject], self.market.parks).get(subject)
            if item is None:
                return
            met = introduced(session, item)
            lists = [(pairing, *self._best(session, item, pairing, met)) for pairing in pairings_of(item.kind)]
        moment = now()

        def write(session: Session) -> None:
            for pairing, kept, _ in lists:
                matches.keep(session, subject, pairing.name, kept, made_by, moment)

        # A second worker may be writing the other side of one of these pairs.
        self.database.insist(write)
        for pairing, _, ranked in lists:
            best = ranked.passing(KEPT)
            self._floors[subject, pairing.name] = float(ranked.keys[best[-1]]) if len(best) >= KEPT else 0.0
            self._wait(self._whoever_would(subject, ranked, pairing))
        self._versions[subject], self._listed[subject] = item.version, self._look

    def _best(self, session: Session, item: Item, pairing: Pairing, met: frozenset[str]) -> tuple[list[Kept], Ranked]:
        other = pairing.answering if item.kind == pairing.asking else pairing.asking
        market, day = self.market, today()
        own = side_of([item], market.reference)
        shelf = "offer" if other == "park" else other
        ranked = rank(market, item, own, shelf, (other,), AUDIENCES, met, day, {})
        rows = [*ranked.passing(KEPT), *ranked.failing(KEPT_FAILING)]
        ids = [ranked.view.frame.id_of(row) for row in rows]
        fresh = fresh_items(session, ids, market.parks)
        items = [fresh[id_] for id_ in ids if id_ in fresh]
        if not items:
            return [], ranked
        judged = judge(own, side_of(items, market.reference), market.reference, market.parks, day, {})
        return list(self._kept(item, items, judged, day)), ranked

    def _kept(self, item: Item, items: list[Item], judged: Judged, day: dt.date) -> Iterator[Kept]:
        places = {Verdict.FAILS: 0, Verdict.PASSES: 0}
        market = self.market
        for row, other in enumerate(items):
            verdict = judged.verdict(row)
            list_ = Verdict.FAILS if verdict is Verdict.FAILS else Verdict.PASSES
            places[list_] += 1
            asking, answering = (item, other) if judged.subject_is == "asking" else (other, item)
            scored, gates = judged.scored(row), judged.gates(row)
            said = explain(asking, answering, scored, gates, market.reference, market.parks, day)
            assert asking.posting_id is not None
            yield Kept(
                asking.posting_id,
                asking.version,
                answering.id,
                answering.version,
                scored.asking_side,
                scored.answering_side,
                scored.score,
                scored.certainty,
                verdict,
                places[list_],
                [gate.id for gate in gates if gate.verdict is Verdict.FAILS],
                unanswered(gates, asking, answering),
                [sentence.packed() for sentence in said.reasons[:REASONS]],
            )

    def _whoever_would(self, subject: str, ranked: Ranked, pairing: Pairing) -> list[str]:
        """Return the ids of those among whose best this posting now stands, and whose list was made before it came."""
        came, frame = self._seen.get(subject, NEVER)[1], ranked.view.frame
        theirs: SideName = "answering" if ranked.judged.subject_is == "asking" else "asking"
        # As they would rank it, with their wishes; its price could only move it down, and to look in vain costs little.
        keys = keys_of(ranked.judged, theirs, self.market, pairing.asking, pairing.answering, {})
        keys = np.broadcast_to(keys, ranked.open.shape)
        found = []
        for row in np.flatnonzero(ranked.open & ~ranked.judged.failing):
            id_ = frame.id_of(int(row))
            is_newer = self._listed.get(id_, 0) < came
            if is_newer and keys[row] > self._floors.get((id_, pairing.name), 0.0):
                found.append(id_)
        return found


def pairings_of(kind: str) -> list[Pairing]:
    """Return the pairings that a kind takes part in."""
    return [pairing for pairing in PAIRINGS if kind in (pairing.asking, pairing.answering)]


def unanswered(gates: Iterable[Gate], asking: Item, answering: Item) -> list[str]:
    """Return the fields that hard conditions ask for and that their side has not answered."""
    sides = {asking.kind: asking, answering.kind: answering}
    fields = {field for gate in gates if gate.verdict is Verdict.UNKNOWN for field in gate.fields}
    found = []
    for field in sorted(fields):
        kind, _, name = field.partition(".")
        # A park of the directory has nobody yet who would answer; who wasn't sure may know by now.
        if kind in sides and kind != "park" and sides[kind].get(name) in (None, Answer.UNSURE):
            found.append(field)
    return found
