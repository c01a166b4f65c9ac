"""Read of which versions, by which program and when each list of kept matches was made, so that a worker can go on."""

import dataclasses
import datetime as dt
from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import KEPT, Match, Posting
from models.vocabulary import Verdict


@dataclasses.dataclass(frozen=True, slots=True)
class Made:
    """The list of one posting in one pairing; where its rows differ, what is oldest in it counts."""

    id: str
    pairing: str
    version: int
    engine_versions: frozenset[str]
    made_at: dt.datetime
    floor: float  # the least score of those that pass, or nothing as long as there is room
    is_current: bool  # whether every other side is still as it was when its row was written


def made_lists(session: Session) -> Iterator[Made]:
    """Yield every list that is kept."""
    passes = Match.verdict != Verdict.FAILS
    engine, made_at = Match.engine_version, func.min(Match.made_at)
    floor = func.count().filter(passes), func.min(Match.score).filter(passes)
    asking = Match.asking_id, Match.asking_id, Match.asking_version, Match.asking_rank
    answering = Match.answering_key, Match.answering_id, Match.answering_version, Match.answering_rank
    for (key, _, version, rank), (_, other, other_version, _) in ((asking, answering), (answering, asking)):
        oldest = func.min(version), func.min(engine), func.max(engine), made_at
        changed = func.count().filter(Posting.version != other_version)
        lists = select(Match.pairing, key, *oldest, *floor, changed).outerjoin(Posting, Posting.id == other)
        rows = session.execute(lists.where(rank.is_not(None)).group_by(Match.pairing, key))
        for pairing, known, least, first, last, moment, passing, score, others in rows:
            id_ = str(known) if key is Match.answering_key else f"{pairing.partition('-')[0]}:{known}"
            room = score if passing >= KEPT else 0.0
            yield Made(str(id_), pairing, least, frozenset((first, last)), moment, room, not others)
