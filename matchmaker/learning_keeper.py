"""Learn every night from what people answered, and keep what was learned."""

import dataclasses
from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from matchmaker.database import Database
from matchmaker.recommender.facts import TABLES, Item, of_park, of_posting
from matchmaker.recommender.judging import judge_rows
from matchmaker.recommender.learning import Answer, Trained, stacked, train
from matchmaker.recommender.market import Market
from matchmaker.recommender.pairs import family, met_by, pairing
from matchmaker.services import ranking_models
from models import Interest, ParkOffer, Posting, RankingModel, today
from models.vocabulary import InterestStatus

S = InterestStatus
# A model that is hardly better than none isn't worth the change of every list.
WORTH_USING = 0.01


@dataclasses.dataclass(frozen=True, slots=True)
class Labelled:
    """One answer and the pair that it is about."""

    answer: Answer
    asking: Item
    answering: Item


def learn(database: Database, market: Market) -> list[RankingModel]:
    """Train one model for each family of pairs that has enough new answers, and keep it."""
    with database.reading() as session:
        market.refresh(session)
        by_family: dict[str, list[Labelled]] = {}
        for one in labelled(session, market):
            by_family.setdefault(family(one.asking.kind, one.answering.kind), []).append(one)
        known = _learned_from(session)
    trained = {name: _trained(rows, market) for name, rows in by_family.items() if len(rows) > known.get(name, 0)}
    with database.writing() as session:
        decided = ranking_models.decided(session)
        rows = [_row(name, found, name not in decided) for name, found in trained.items() if found is not None]
        return [ranking_models.add(session, row) for row in rows]


def _learned_from(session: Session) -> dict[str, int]:
    most = func.max(RankingModel.labels).label("most")
    rows = session.execute(select(RankingModel.pairing, most).group_by(RankingModel.pairing))
    return {row.pairing: row.most for row in rows}


def labelled(session: Session, market: Market) -> Iterator[Labelled]:
    """Yield what was said about pairs: that one side would like to talk, and what the other answered."""
    # What was taken back says nothing about the pair.
    spoken_for = select(Interest).where(Interest.about_id.is_not(None), Interest.status != S.WITHDRAWN)
    postings = _postings(session)
    for interest in session.scalars(spoken_for.order_by(Interest.created_at, Interest.id)):
        mine = of_posting(postings[interest.about_id or 0], market.parks)
        if interest.posting_id is not None:
            theirs = of_posting(postings[interest.posting_id], market.parks)
        else:
            theirs = of_park(market.parks[str(interest.park_code)])
        if theirs.kind not in met_by(mine.kind):
            continue
        asks = pairing(mine.kind, theirs.kind).asking == mine.kind
        asking, answering = (mine, theirs) if asks else (theirs, mine)
        yield Labelled(Answer(asking.id, True, interest.created_at), asking, answering)
        if interest.status in (S.ACCEPTED, S.DECLINED) and interest.answered_at is not None:
            answer = Answer(asking.id, interest.status is S.ACCEPTED, interest.answered_at)
            yield Labelled(answer, asking, answering)


def _postings(session: Session) -> dict[int, Posting]:
    """Load both sides of all interests with their facts, a kind at a time rather than one after the other."""
    ids = select(Interest.about_id).union(select(Interest.posting_id))
    found: dict[int, Posting] = {}
    for table in TABLES.values():
        whole = [selectinload(table.clauses), *([selectinload(ParkOffer.incentives)] if table is ParkOffer else [])]
        rows = session.scalars(select(table).where(table.id.in_(ids)).options(*whole))
        found |= {posting.id: posting for posting in rows}
    return found


def _trained(rows: list[Labelled], market: Market) -> Trained | None:
    # Needs ask talents for other things than positions do, so each kind is judged in columns of its own.
    kinds = dict.fromkeys(row.asking.kind for row in rows)
    groups = [[row for row in rows if row.asking.kind == kind] for kind in kinds]
    scores = [
        judge_rows(
            [row.asking for row in group], [row.answering for row in group], market.reference, market.parks, today()
        ).scores
        for group in groups
    ]
    return train([row.answer for group in groups for row in group], stacked(scores))


def _row(name: str, found: Trained, may_act: bool) -> RankingModel:
    """Make the row; it acts at once where it helps and nobody has taken the choice over."""
    return RankingModel(
        pairing=name,
        labels=found.labels,
        positive=found.positive,
        coefficients=dict(found.learned.coefficients),
        intercept=found.learned.intercept,
        learned_auc=found.learned_auc,
        unlearned_auc=found.unlearned_auc,
        tested_on=found.tested_on,
        is_active=may_act and found.learned_auc - found.unlearned_auc >= WORTH_USING,
    )
