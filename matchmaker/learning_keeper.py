"""Learn every night from what people answered, and keep what was learned."""

import dataclasses
from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from matchmaker.database import Database
from matchmaker.recommender.facts import Item, of_park, of_posting
from matchmaker.recommender.judging import judge_rows
from matchmaker.recommender.learning import Answer, Trained, train
from matchmaker.recommender.market import Market
from matchmaker.recommender.pairs import family, met_by, pairing
from matchmaker.services import ranking_models
from models import Interest, RankingModel, today
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
    kept = []
    with database.reading() as session:
        market.refresh(session)
        by_family: dict[str, list[Labelled]] = {}
        for one in labelled(session, market):
            by_family.setdefault(family(one.asking.kind, one.answering.kind), []).append(one)
        known = dict(
            session.execute(select(RankingModel.pairing, func.max(RankingModel.labels)).group_by(RankingModel.pairing))
            .tuples()
            .all()
        )
        trained = {name: _trained(rows, market) for name, rows in by_family.items() if len(rows) > known.get(name, 0)}
    with database.writing() as session:
        for name, found in trained.items():
            if found is not None:
                kept.append(ranking_models.add(session, _row(name, found)))
    return kept


def labelled(session: Session, market: Market) -> Iterator[Labelled]:
    """Yield what was said about pairs: that one side would like to talk, and what the other answered."""
    spoken_for = select(Interest).where(Interest.about_id.is_not(None)).order_by(Interest.created_at, Interest.id)
    for interest in session.scalars(spoken_for.options(joinedload(Interest.about), joinedload(Interest.posting))):
        if interest.about is None:
            continue
        mine = of_posting(interest.about, market.parks)
        if interest.posting is not None:
            theirs = of_posting(interest.posting, market.parks)
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


def _trained(rows: list[Labelled], market: Market) -> Trained | None:
    judged = judge_rows(
        [row.asking for row in rows], [row.answering for row in rows], market.reference, market.parks, today()
    )
    return train([row.answer for row in rows], judged.scores)


def _row(name: str, found: Trained) -> RankingModel:
    return RankingModel(
        pairing=name,
        labels=found.labels,
        positive=found.positive,
        coefficients=dict(found.learned.coefficients),
        intercept=found.learned.intercept,
        learned_auc=found.learned_auc,
        unlearned_auc=found.unlearned_auc,
        tested_on=found.tested_on,
        is_active=found.learned_auc - found.unlearned_auc >= WORTH_USING,
    )
