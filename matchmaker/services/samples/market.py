"""Loading the sample market, batch after batch."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from matchmaker.services.samples import meetings
from matchmaker.services.samples.needs import Needs
from matchmaker.services.samples.offers import Offers
from matchmaker.services.samples.organisations import Bodies, found
from matchmaker.services.samples.positions import Positions
from matchmaker.services.samples.removal import remove
from matchmaker.services.samples.shelf import shelve
from matchmaker.services.samples.talents import Talents
from matchmaker.services.samples.words import Draw
from models import AuditEvent, FurongCategory, PolicyClause, Posting, Region
from models.vocabulary import N_

Progress = Callable[[int, int], None]

SEED = 20261124
SIZES = {"needs": 120, "offers": 400, "talents": 200, "positions": 80}
# A transaction of this size stays below the seconds that another writer waits for SQLite.
BATCH = 500
LOADED = "samples.loaded"


class AlreadyLoaded(Exception):
    """The sample market stands already."""


class NoReference(Exception):
    """Regions, clauses and talent categories have to be loaded first."""


@dataclasses.dataclass(frozen=True)
class Account:
    """A sample account that a person may sign in with; all share one password."""

    email: str
    role: str


ACCOUNTS = (
    Account("enterprise@example.com", N_("企业管理员，有需求和岗位")),
    Account("colleague@example.com", N_("同一企业的经办人")),
    Account("outsider@example.com", N_("另一家企业")),
    Account("park@example.com", N_("园区管理机构，有载体和岗位")),
    Account("talent@example.com", N_("芙蓉人才")),
    Account("staff@example.com", N_("省级审核员")),
    Account("reviewer@example.com", N_("另一位省级审核员，处理申诉")),
    Account("admin@example.com", N_("管理员")),
)


def is_loaded(session: Session) -> bool:
    """Say whether the whole sample market stands; one that was interrupted does not."""
    return bool(session.scalar(select(exists().where(AuditEvent.action == LOADED))))


def load(session: Session, scale: int = 1, seed: int = SEED, progress: Progress | None = None) -> dict[str, int]:
    """Load the sample market, each batch in a transaction of its own, and return how many rows each part has.

    `progress` hears how many postings stand and how many there will be.
    """
    if is_loaded(session):
        raise AlreadyLoaded
    # What an interrupted load may have left.
    remove(session)
    regions = {region.code: region.short_name for region in session.scalars(select(Region))}
    clauses = {clause.id: clause for clause in session.scalars(select(PolicyClause))}
    if not (regions and clauses and session.scalar(select(exists(select(FurongCategory))))):
        raise NoReference
    bodies = found(session, regions)
    session.commit()
    counts = bodies.counts
    kinds = _makers(session, seed, bodies, regions)
    # The first batch of each kind, kept for the interests among them.
    kept: list[Posting] = []
    done = 0
    for part, make in kinds.items():
        counts[part] = SIZES[part] * scale
        for batch in _batches(counts[part]):
            postings = make(batch)
            for index, (posting, links) in zip(batch, postings, strict=True):
                shelve(Draw(seed, "shelf", part, index), posting, bodies.staff, index)
                posting.clauses = [clauses[name] for name in links if name in clauses]
            session.add_all(posting for posting, _ in postings)
            session.commit()
            done += len(batch)
            if batch.start == 0:
                kept += [posting for posting, _ in postings]
            if progress:
                progress(done, sum(SIZES.values()) * scale)
    interests = meetings.arrange(seed, kept)
    counts["interests"] = len(interests)
    counts["accounts"] = len(ACCOUNTS)
    session.add_all(interests)
    session.add(AuditEvent.of(None, LOADED, "market", "samples", scale=scale, seed=seed))
    session.commit()
    return counts


Made = Sequence[tuple[Posting, list[str]]]


def _makers(session: Session, seed: int, bodies: Bodies, regions: dict[str, str]) -> dict[str, Callable[[range], Made]]:
    needs = Needs(seed, bodies.enterprises, regions)
    offers = Offers(seed, bodies.estates, regions)
    talents = Talents(seed, bodies.password_hash, regions)
    positions = Positions(seed, bodies.enterprises, bodies.estates, regions)

    def make_talents(batch: range) -> Made:
        people = talents.people(session, batch)
        return [
            (talents.make(index, owner), talents.clauses(index)) for index, owner in zip(batch, people, strict=True)
        ]

    return {
        "needs": lambda batch: [(needs.make(index), needs.clauses(index)) for index in batch],
        "offers": lambda batch: [(offers.make(index), offers.clauses(index)) for index in batch],
        "talents": make_talents,
        "positions": lambda batch: [(positions.make(index), positions.clauses(index)) for index in batch],
    }


def _batches(count: int) -> Iterator[range]:
    for start in range(0, count, BATCH):
        yield range(start, min(count, start + BATCH))
