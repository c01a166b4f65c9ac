"""The only writers of the index: `drain` after every change, `reconcile` against the market, `rebuild` from nothing.

All three write documents by `search.documents`, so they cannot differ; and all re-read the row as it is now, so an
outbox row may come late, twice or out of order.
"""

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update
from sqlalchemy.orm import Session, selectin_polymorphic, selectinload

from models import (
    OutboxEntry,
    Park,
    ParkOffer,
    PolicyClause,
    Position,
    Posting,
    RelocationNeed,
    TalentProfile,
    now,
    today,
)
from models.vocabulary import PostingStatus
from search.documents import Names, to_document
from search.engine import BadDocument, Document, Engine, SearchError, Vector

OpenSession = Callable[[], AbstractContextManager[Session]]
Embed = Callable[[Sequence[str]], Sequence[Vector]]
Progress = Callable[[int, int], None]
Row = Posting | Park | PolicyClause

KINDS = (RelocationNeed, ParkOffer, TalentProfile, Position)
BATCH = 100
LEASE = dt.timedelta(minutes=3)
LONGEST_PAUSE = 60
MAX_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Drained:
    """What one round of `drain` did: entries taken, documents put, documents removed, entries that failed."""

    taken: int = 0
    put: int = 0
    removed: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Drift:
    """How the index differed from the market before `reconcile` mended it."""

    missing: int
    stale: int
    extra: int

    @property
    def total(self) -> int:
        """Return the number of documents that were wrong."""
        return self.missing + self.stale + self.extra


def drain(open_session: OpenSession, engine: Engine, embed: Embed, limit: int = BATCH) -> Drained:
    """Bring the index up to date with the next outbox entries, and drop the entries that are done.

    No lock of the database is held while texts are embedded or the engine writes. A crash at any point leaves the
    entries leased; they fall due again when the lease ends.
    """
    lease = secrets.token_hex(16)
    with open_session() as session:
        entries = _claim(session, lease, limit)
    if not entries:
        return Drained()
    subjects = {entry.subject: entry.deleted_version for entry in sorted(entries, key=lambda e: e.deleted_version or 0)}
    with open_session() as session:
        documents, removals = _read(session, subjects)
    try:
        failures = _put(engine, embed, documents)
        engine.remove(removals)
    except BadDocument:
        raise
    except SearchError:
        # The engine is away, which is no fault of these entries: give them back uncounted.
        with open_session() as session:
            _give_back(session, lease)
        raise
    with open_session() as session:
        _settle(session, lease, entries, failures)
    return Drained(len(entries), len(documents) - len(failures), len(removals), len(failures))


def reconcile(open_session: OpenSession, engine: Engine) -> Drift:
    """Compare ids and versions of market and index, and enqueue every difference."""
    indexed = engine.versions()
    with open_session() as session:
        wanted = _live_versions(session)
        missing = wanted.keys() - indexed.keys()
        extra = indexed.keys() - wanted.keys()
        stale = {key for key in wanted.keys() & indexed.keys() if wanted[key] != indexed[key]}
        # An index that knows newer versions than the market outlived a restored database: its memory is wrong.
        engine.forget([*(key for key in stale if indexed[key] > wanted[key]), *extra, *missing])
        session.add_all(OutboxEntry(subject=key) for key in sorted(missing | stale))
        session.commit()
    return Drift(len(missing), len(stale), len(extra))


def rebuild(open_session: OpenSession, engine: Engine, embed: Embed, progress: Progress | None = None) -> int:
    """Fill a new index from the market and let it take the old one's place in one step; return its size."""
    done = 0
    with open_session() as session, engine.replacement() as fresh:
        names = Names.load(session)
        total = len(_live_versions(session))
        for rows in _live_rows(session):
            documents = [document for row in rows if (document := to_document(row, names))]
            # Embedding takes long: no transaction, and with SQLite no lock of other writers, is held through it.
            session.expunge_all()
            session.rollback()
            fresh.put(documents, embed([document.embed_text for document in documents]))
            done += len(documents)
            if progress:
                progress(done, max(total, done))
    return done


def lag(session: Session) -> tuple[int, int]:
    """Return how many outbox entries wait, and how many are parked."""
    waiting = session.scalar(select(func.count()).where(OutboxEntry.parked_at.is_(None))) or 0
    parked = session.scalar(select(func.count()).where(OutboxEntry.parked_at.is_not(None))) or 0
    return waiting, parked


def _claim(session: Session, lease: str, limit: int) -> list[OutboxEntry]:
    moment = now()
    due = (
        select(OutboxEntry.id)
        .where(OutboxEntry.parked_at.is_(None), OutboxEntry.not_before <= moment)
        .order_by(OutboxEntry.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list(session.scalars(due))
    if ids:
        session.execute(
            update(OutboxEntry)
            .where(OutboxEntry.id.in_(ids))
            .values(lease=lease, not_before=moment + LEASE, attempts=OutboxEntry.attempts + 1)
        )
    session.commit()
    return list(session.scalars(select(OutboxEntry).where(OutboxEntry.lease == lease)))


def _read(session: Session, subjects: dict[str, int | None]) -> tuple[list[Document], dict[str, int]]:
    rows = {row.search_id: row for row in _rows(session, subjects)}
    names = Names.load(session)
    documents, removals = [], {}
    for subject, deleted_version in subjects.items():
        row = rows.get(subject)
        document = to_document(row, names) if row is not None else None
        if document is not None:
            documents.append(document)
        elif row is not None:
            removals[subject] = row.version
        elif deleted_version is not None:
            removals[subject] = deleted_version
    return documents, removals


def _rows(session: Session, subjects: dict[str, int | None]) -> Iterator[Row]:
    keys = defaultdict(list)
    for subject in subjects:
        kind, _, key = subject.partition(":")
        keys["posting" if kind not in ("park", "clause") else kind].append(key)
    if keys["park"]:
        yield from session.scalars(select(Park).where(Park.code.in_(keys["park"])))
    if keys["clause"]:
        yield from session.scalars(select(PolicyClause).where(PolicyClause.id.in_(keys["clause"])))
    if keys["posting"]:
        yield from session.scalars(_postings().where(Posting.id.in_([int(key) for key in keys["posting"]])))


def _postings() -> Select[Posting]:
    return select(Posting).options(
        selectin_polymorphic(Posting, KINDS),
        selectinload(Posting.clauses),
        selectinload(Posting.organisation),
        selectinload(ParkOffer.park),
        selectinload(ParkOffer.incentives),
    )


def _put(engine: Engine, embed: Embed, documents: list[Document]) -> dict[str, str]:
    """Put the documents and return a sentence for each that the engine refuses for what it holds."""
    if not documents:
        return {}
    vectors = embed([document.embed_text for document in documents])
    try:
        engine.put(documents, vectors)
    except BadDocument:
        return _put_one_by_one(engine, documents, vectors)
    return {}


def _put_one_by_one(engine: Engine, documents: list[Document], vectors: Sequence[Vector]) -> dict[str, str]:
    failures = {}
    for document, vector in zip(documents, vectors, strict=True):
        try:
            engine.put([document], [vector])
        except BadDocument as error:
            failures[document.id] = str(error)
    return failures


def _settle(session: Session, lease: str, entries: list[OutboxEntry], failures: dict[str, str]) -> None:
    for entry in entries:
        if entry.subject not in failures:
            continue
        pause = dt.timedelta(seconds=min(LONGEST_PAUSE, 2**entry.attempts))
        is_hopeless = entry.attempts >= MAX_ATTEMPTS
        session.execute(
            update(OutboxEntry)
            .where(OutboxEntry.id == entry.id, OutboxEntry.lease == lease)
            .values(
                lease=None,
                error=failures[entry.subject],
                not_before=now() + pause,
                parked_at=now() if is_hopeless else None,
            )
        )
    done = [entry.id for entry in entries if entry.subject not in failures]
    session.execute(delete(OutboxEntry).where(OutboxEntry.id.in_(done), OutboxEntry.lease == lease))
    session.commit()


def _give_back(session: Session, lease: str) -> None:
    session.execute(
        update(OutboxEntry)
        .where(OutboxEntry.lease == lease)
        .values(lease=None, not_before=now(), attempts=OutboxEntry.attempts - 1)
    )
    session.commit()


def _live(day: dt.date) -> ColumnElement[bool]:
    return (Posting.status == PostingStatus.PUBLISHED) & or_(Posting.expires_on.is_(None), Posting.expires_on >= day)


def _live_versions(session: Session) -> dict[str, int]:
    postings = session.execute(select(Posting.kind, Posting.id, Posting.version).where(_live(today())))
    versions = {f"{kind}:{key}": version for kind, key, version in postings}
    versions |= {f"park:{key}": version for key, version in session.execute(select(Park.code, Park.version))}
    versions |= {
        f"clause:{key}": version for key, version in session.execute(select(PolicyClause.id, PolicyClause.version))
    }
    return versions


def _live_rows(session: Session) -> Iterator[Sequence[Row]]:
    yield list(session.scalars(select(PolicyClause)))
    yield list(session.scalars(select(Park)))
    last = 0
    while rows := list(
        session.scalars(_postings().where(Posting.id > last, _live(today())).order_by(Posting.id).limit(BATCH))
    ):
        last = rows[-1].id
        yield rows
