"""Write the matches that the worker keeps: one row for a pair, with the rank that it has for either side."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from models import Interest, Introduction, Match, Posting, today
from models.vocabulary import PostingStatus, Verdict

# SQLite takes a limited number of values in one statement.
PART = 500


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """One pair as the recommender found it, ready to be written."""

    asking_id: int
    asking_version: int
    answering_key: str
    answering_version: int
    asking_side: float
    answering_side: float
    score: float
    certainty: float
    verdict: Verdict
    rank: int
    failed: list[str]
    unknown: list[str]
    reasons: list[dict[str, Any]]

    @property
    def pair(self) -> tuple[int, str]:
        """Return what tells the pair from all others."""
        return self.asking_id, self.answering_key


def keep(
    session: Session, subject: str, pairing: str, found: Sequence[Kept], engine_version: str, moment: dt.datetime
) -> None:
    """Make these the best of one posting in one pairing; whatever was among them before and isn't now goes.

    `subject` is the posting's id in the index, such as "need:12"; `moment` is when its list was worked out.
    """
    side = _side_of(subject, pairing)
    own = _rows_of(subject, side, pairing)
    known = {(row.asking_id, row.answering_key): row for row in session.scalars(select(Match).where(own))}
    missing = [kept.pair for kept in found if kept.pair not in known]
    known |= {(row.asking_id, row.answering_key): row for row in _rows(session, missing)}
    names = {kept.pair for kept in found}
    for pair, row in known.items():
        if pair not in names and getattr(row, f"{side}_rank") is not None:
            _leave(session, row, side)
    for kept in found:
        row = known.get(kept.pair) or _begun(kept, pairing, moment)
        if row not in session:
            session.add(row)
        elif row.verdict is Verdict.FAILS and kept.verdict is not Verdict.FAILS:
            # What stood against the pair is gone, which is news to both sides.
            row.first_seen_at = moment
        _write(row, kept, side, engine_version, moment)


def _begun(kept: Kept, pairing: str, moment: dt.datetime) -> Match:
    row = Match(pairing=pairing, asking_id=kept.asking_id, answering_key=kept.answering_key, first_seen_at=moment)
    kind, _, key = kept.answering_key.partition(":")
    row.answering_id, row.park_code = (None, key) if kind == "park" else (int(key), None)
    return row


def _write(row: Match, kept: Kept, side: str, engine_version: str, moment: dt.datetime) -> None:
    row.asking_side, row.answering_side = kept.asking_side, kept.answering_side
    row.score, row.certainty, row.verdict = kept.score, kept.certainty, kept.verdict
    row.failed, row.unknown, row.reasons = kept.failed, kept.unknown, kept.reasons
    for name, version in (("asking", kept.asking_version), ("answering", kept.answering_version)):
        # A side whose own list waits to be made for its new version goes on saying so: a worker may die before that.
        if name == side or getattr(row, f"{name}_rank") is None:
            setattr(row, f"{name}_version", version)
    row.engine_version, row.made_at = engine_version, moment
    setattr(row, f"{side}_rank", kept.rank)


def _side_of(subject: str, pairing: str) -> str:
    return "asking" if pairing.startswith(subject.partition(":")[0] + "-") else "answering"


def _rows_of(subject: str, side: str, pairing: str) -> ColumnElement[bool]:
    number = int(subject.partition(":")[2])
    mine = Match.asking_id == number if side == "asking" else Match.answering_id == number
    return and_(mine, Match.pairing == pairing)


def _rows(session: Session, pairs: Sequence[tuple[int, str]]) -> Iterable[Match]:
    if not pairs:
        return ()
    wanted = [and_(Match.asking_id == asking, Match.answering_key == key) for asking, key in pairs]
    return session.scalars(select(Match).where(or_(*wanted)))


def _leave(session: Session, row: Match, side: str) -> None:
    setattr(row, f"{side}_rank", None)
    if row.asking_rank is None and row.answering_rank is None:
        session.delete(row)


def forget(session: Session, subjects: Iterable[str]) -> list[str]:
    """Delete every match of postings that are no longer live, and return the ids of those they were matched with."""
    gone = set(subjects)
    numbers = [int(subject.partition(":")[2]) for subject in gone]
    left: set[str] = set()
    for start in range(0, len(numbers), PART):
        part = numbers[start : start + PART]
        rows = select(Match).where(or_(Match.asking_id.in_(part), Match.answering_id.in_(part)))
        for row in session.scalars(rows):
            left |= {f"{row.pairing.partition('-')[0]}:{row.asking_id}", row.answering_key}
            session.delete(row)
        session.flush()
    return sorted(left - gone)


def others_of(session: Session, subjects: Iterable[str]) -> set[str]:
    """Return the ids of all that have one of these among their best."""
    numbers = [int(subject.partition(":")[2]) for subject in subjects]
    found: set[str] = set()
    for start in range(0, len(numbers), PART):
        part = numbers[start : start + PART]
        rows = session.execute(
            select(Match.pairing, Match.asking_id, Match.answering_key, Match.asking_rank, Match.answering_rank).where(
                or_(Match.asking_id.in_(part), Match.answering_id.in_(part))
            )
        )
        for row in rows:
            if row.asking_rank is not None:
                found.add(f"{row.pairing.partition('-')[0]}:{row.asking_id}")
            if row.answering_rank is not None and not row.answering_key.startswith("park:"):
                found.add(row.answering_key)
    return found


def met(session: Session) -> set[str]:
    """Return both sides of all kept pairs that have been introduced to each other meanwhile."""
    there = and_(
        Interest.about_id == Match.asking_id,
        or_(Interest.posting_id == Match.answering_id, Interest.park_code == Match.park_code),
    )
    back = and_(Interest.posting_id == Match.asking_id, Interest.about_id == Match.answering_id)
    rows = session.execute(
        select(Match.pairing, Match.asking_id, Match.answering_key)
        .join(Interest, or_(there, back))
        .join(Introduction, Introduction.interest_id == Interest.id)
    )
    return {id_ for pairing, asking, key in rows for id_ in (f"{pairing.partition('-')[0]}:{asking}", key)}


def orphans(session: Session) -> list[str]:
    """Return the ids of postings that have matches and are no longer on the shelf."""
    # Kept matches are many more than the postings that are off the shelf.
    has_any = or_(exists().where(Match.asking_id == Posting.id), exists().where(Match.answering_id == Posting.id))
    query = select(Posting.kind, Posting.id).where(Posting.status != PostingStatus.PUBLISHED, has_any)
    return [f"{kind}:{number}" for kind, number in session.execute(query)]


def new_since(
    session: Session, postings: Sequence[Posting], since: dt.datetime, kinds: Collection[str]
) -> dict[int, set[str]]:
    """Return for each of somebody's live postings the other sides of the good matches that weren't there before.

    What has left the shelf a moment ago is left out; `kinds` are those that this reader may see.
    """
    found: dict[int, set[str]] = {posting.id: set() for posting in postings}
    ids = list(found)
    asking, answering = aliased(Posting), aliased(Posting)
    rows = session.execute(
        select(
            Match.asking_id,
            Match.answering_id,
            Match.answering_key,
            Match.asking_rank,
            Match.answering_rank,
            asking.kind,
            answering.kind,
        )
        .join(asking, asking.id == Match.asking_id)
        .outerjoin(answering, answering.id == Match.answering_id)
        .where(or_(Match.asking_id.in_(ids), Match.answering_id.in_(ids)))
        .where(Match.first_seen_at >= since, Match.verdict != Verdict.FAILS)
        .where(_is_live(asking), or_(Match.answering_id.is_(None), _is_live(answering)))
    )
    for asking_id, answering_id, key, asking_rank, answering_rank, kind, other in rows:
        if asking_id in found and asking_rank is not None and (other is None or other in kinds):
            found[asking_id].add(key)
        if answering_id in found and answering_rank is not None and kind in kinds:
            found[answering_id].add(f"{kind}:{asking_id}")
    return found


def _is_live(side: type[Posting]) -> ColumnElement[bool]:
    return and_(side.status == PostingStatus.PUBLISHED, or_(side.expires_on.is_(None), side.expires_on >= today()))
