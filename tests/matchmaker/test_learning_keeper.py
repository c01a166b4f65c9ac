"""Learning from what people answered, from the rows of interests to the order of a list, and back."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import learning_keeper
from matchmaker.database import Database
from matchmaker.match_keeper import engine_version
from matchmaker.recommender import Market, criteria, people, recommend
from matchmaker.recommender.learning import LEAST_LABELS
from matchmaker.recommender.parts import Scores
from matchmaker.recommender.recommend import policy
from matchmaker.services import ranking_models
from models import AuditEvent, Interest, ParkOffer, RankingModel, RelocationNeed, now, today
from models.vocabulary import DeclineReason, InterestStatus
from tests import factories
from tests.cast import Cast
from tests.matchmaker.keeping import load_rules, new_market

RENTS = range(6, 16)
# Each answered interest says two things: that one side would like to talk, and what the other said.
ENOUGH = LEAST_LABELS // 2


@pytest.fixture
def offers(session: Session, cast: Cast) -> list[ParkOffer]:
    """Chen's ten factories: the cheaper one is, the less power it has to spare."""
    load_rules(session)
    rows = [
        factories.offer(
            cast.manager,
            cast.park,
            cast.authority,
            title=f"{rent} 元的厂房",
            rent_yuan_per_sqm_month=rent,
            power_spare_kva=6_000 + 1_500 * (rent - 6),
        )
        for rent in RENTS
    ]
    session.add_all(map(factories.published, rows))
    session.commit()
    return rows


@pytest.fixture
def needs(session: Session, cast: Cast) -> list[RelocationNeed]:
    """Forty needs of Lin's, all alike."""
    rows = [factories.need(cast.owner, cast.enterprise, title=f"第 {number} 条线") for number in range(40)]
    session.add_all(map(factories.published, rows))
    session.commit()
    return rows


@pytest.fixture
def market(offers: list[ParkOffer]) -> Market:
    return new_market()


Answer = Callable[[int], None]


@pytest.fixture
def answer(session: Session, cast: Cast, needs: list[RelocationNeed], offers: list[ParkOffer]) -> Answer:
    """Lin writes to one factory after the other, an hour apart; whoever is cheap accepts."""
    moments = _hours()

    def answer(count: int) -> None:
        for number in range(count):
            need, offer = needs[number % len(needs)], offers[(number // len(needs) + number) % len(offers)]
            session.add(_answered(need, offer, cast, next(moments), is_good=offer.rent_yuan_per_sqm_month < 10))
        session.commit()

    return answer


def _hours() -> Iterator[dt.datetime]:
    moment = now() - dt.timedelta(days=90)
    while True:
        moment += dt.timedelta(hours=1)
        yield moment


def _answered(need: RelocationNeed, offer: ParkOffer, cast: Cast, moment: dt.datetime, is_good: bool) -> Interest:
    return Interest(
        posting_id=offer.id,
        about_id=need.id,
        sender_id=cast.owner.id,
        organisation_id=cast.enterprise.id,
        message="想看厂",
        created_at=moment,
        status=InterestStatus.ACCEPTED if is_good else InterestStatus.DECLINED,
        decline_reason=None if is_good else DeclineReason.OTHER,
        answered_by_id=cast.manager.id,
        answered_at=moment + dt.timedelta(minutes=30),
        expires_on=today() + dt.timedelta(days=30),
    )


def order(session: Session, market: Market, need: RelocationNeed) -> list[str]:
    session.rollback()
    found = recommend(market, session, session.get_one(RelocationNeed, need.id), kinds=("offer",), top=len(RENTS))
    titles = [match.name for match in found.passing]
    session.rollback()
    return titles


def models_of(session: Session) -> Sequence[RankingModel]:
    session.rollback()
    session.expire_all()
    return session.scalars(select(RankingModel).order_by(RankingModel.id)).all()


def test_one_answer_short_of_enough_teaches_nothing(
    database: Database, session: Session, market: Market, answer: Answer
) -> None:
    answer(ENOUGH - 1)
    assert sum(ranking_models.answers(session).values()) == LEAST_LABELS - 2
    session.rollback()
    assert learning_keeper.learn(database, market) == []
    assert models_of(session) == []


def test_what_parks_accept_orders_the_list_until_staff_go_back(
    database: Database, session: Session, cast: Cast, market: Market, needs: list[RelocationNeed], answer: Answer
) -> None:
    """Parks accept where the rent is low, whatever the score says; Zhao presses, and the old order stands again."""
    unlearned = order(session, market, needs[0])
    made_by = engine_version(market)
    answer(ENOUGH * 2)
    session.rollback()

    (learned,) = learning_keeper.learn(database, market)
    assert (learned.pairing, learned.number, learned.labels, learned.is_active) == ("premises", 1, 600, True)
    assert learned.positive == 300 + 120
    assert learned.learned_auc > learned.unlearned_auc + 0.05
    assert min(learned.coefficients.values()) >= 0
    cheap_first = order(session, market, needs[0])
    assert cheap_first != unlearned
    assert cheap_first[0] == "6 元的厂房"
    assert policy(market, "need", "offer", {}, "match") == "learned 1"
    assert engine_version(market) != made_by, "so that the kept matches are made again"

    (model,) = models_of(session)
    ranking_models.switch_off(session, "premises", cast.reviewer)
    assert order(session, market, needs[0]) == unlearned
    assert policy(market, "need", "offer", {}, "match") == "match"
    ranking_models.activate(session, session.get_one(RankingModel, model.id), cast.reviewer)
    assert order(session, market, needs[0]) == cheap_first
    acts = session.scalars(select(AuditEvent.action).where(AuditEvent.action.startswith("ranking."))).all()
    assert acts == ["ranking.trained", "ranking.switched_off", "ranking.activated"]


def test_own_weights_and_the_plain_order_are_not_learned(
    database: Database, session: Session, market: Market, needs: list[RelocationNeed], answer: Answer
) -> None:
    def with_weights() -> list[str]:
        session.rollback()
        need = session.get_one(RelocationNeed, needs[0].id)
        found = recommend(market, session, need, kinds=("offer",), top=10, weights={"utilities": 2.0})
        plain = recommend(market, session, need, kinds=("offer",), top=10, order="plain")
        session.rollback()
        return [match.name for match in (*found.passing, *plain.passing)]

    before = with_weights()
    answer(ENOUGH)
    session.rollback()
    assert learning_keeper.learn(database, market)
    assert with_weights() == before
    assert policy(market, "need", "offer", {"utilities": 2.0}, "match") == "match, own weights"


def test_the_same_answers_are_not_learned_twice_and_a_better_order_takes_the_place_of_the_last(
    database: Database, session: Session, market: Market, answer: Answer
) -> None:
    answer(ENOUGH)
    session.rollback()
    assert len(learning_keeper.learn(database, market)) == 1
    assert learning_keeper.learn(database, market) == []
    answer(10)
    session.rollback()
    assert len(learning_keeper.learn(database, market)) == 1
    assert [(model.number, model.is_active) for model in models_of(session)] == [(1, False), (2, True)]


def test_what_staff_have_chosen_no_night_changes(
    database: Database, session: Session, cast: Cast, market: Market, needs: list[RelocationNeed], answer: Answer
) -> None:
    """Zhao has gone back to the order that nobody learned; the night learns on, and waits to be asked."""
    unlearned = order(session, market, needs[0])
    answer(ENOUGH)
    session.rollback()
    learning_keeper.learn(database, market)
    ranking_models.switch_off(session, "premises", cast.reviewer)
    answer(40)
    session.rollback()
    (second,) = learning_keeper.learn(database, market)
    assert (second.number, second.is_active) == (2, False)
    assert order(session, market, needs[0]) == unlearned
    ranking_models.activate(session, session.get_one(RankingModel, second.id), cast.second_reviewer)
    assert order(session, market, needs[0]) != unlearned
    answer(40)
    session.rollback()
    learning_keeper.learn(database, market)
    assert [(model.number, model.is_active) for model in models_of(session)] == [(1, False), (2, True), (3, False)]


def test_what_was_taken_back_is_no_answer(database: Database, session: Session, market: Market, answer: Answer) -> None:
    answer(ENOUGH)
    taken_back = session.scalars(select(Interest).limit(1)).one()
    taken_back.status, taken_back.answered_at = InterestStatus.WITHDRAWN, None
    session.commit()
    assert ranking_models.answers(session) == {("need", "offer"): LEAST_LABELS - 2}
    session.rollback()
    assert learning_keeper.learn(database, market) == []


def test_of_a_rule_less_market_of_people_nothing_is_learned_from_needs(
    database: Database, session: Session, cast: Cast, market: Market, answer: Answer
) -> None:
    """Three hundred answers about premises say nothing about talents."""
    talent = factories.published(factories.talent(cast.talent))
    post = factories.published(factories.position(cast.owner, cast.enterprise))
    session.add_all([talent, post])
    session.flush()
    session.add(_answered(post, talent, cast, now(), True))  # type: ignore[arg-type]
    answer(ENOUGH)
    assert ranking_models.answers(session) == {("need", "offer"): LEAST_LABELS, ("position", "talent"): 2}
    session.rollback()
    assert [model.pairing for model in learning_keeper.learn(database, market)] == ["premises"]


BARE = {"industry_codes": None, "products": None, "target_prefecture_codes": None, "description": None}


@pytest.mark.parametrize("facts", [{}, BARE, BARE | {"rent_cap_yuan_per_sqm_month": None, "rail_city_code": None}])
def test_an_order_that_weighs_everything_orders_every_list(
    session: Session, cast: Cast, market: Market, offers: list[ParkOffer], facts: dict[str, object]
) -> None:
    """Whatever a side leaves out, a part may hold one value for all rows; both sides' lists come all the same."""
    need = factories.published(factories.need(cast.owner, cast.enterprise, **facts))
    rows = [
        need,
        factories.published(factories.position(cast.owner, cast.enterprise, skills=None)),
        factories.published(factories.talent(cast.talent, licences=None)),
    ]
    session.add_all(rows)
    for pairing, specs in (("premises", criteria.specs), ("people", people.specs)):
        weights = {spec.name: 1.0 for spec in (*specs.ASKING, *specs.ANSWERING)}
        model = RankingModel(pairing=pairing, labels=300, positive=200, coefficients=weights, is_active=True)
        model.intercept, model.learned_auc, model.unlearned_auc, model.tested_on = 0.0, 0.7, 0.6, 20
        ranking_models.add(session, model)
    for posting in (*rows, offers[0]):
        found = recommend(market, session, posting, audiences=("public", "members"))
        assert found.considered > 0
        assert found.passing, posting.title


def test_two_who_press_at_once_leave_one_order_in_use(session: Session, cast: Cast) -> None:
    rows = [
        RankingModel(
            pairing="premises",
            labels=300,
            positive=200,
            coefficients={"industry": 1.0},
            intercept=0.0,
            learned_auc=0.7,
            unlearned_auc=0.6,
            tested_on=20,
            is_active=True,
        )
        for _ in range(2)
    ]
    for row in rows:
        ranking_models.add(session, row)
    assert [row.is_active for row in rows] == [False, True]
    ranking_models.activate(session, rows[0], cast.reviewer)
    assert [row.is_active for row in rows] == [True, False]
    assert ranking_models.decided(session)["premises"] is rows[0]
    ranking_models.switch_off(session, "people", cast.reviewer)
    assert ranking_models.active(session) == {"premises": rows[0]}


def test_answers_about_posts_and_about_plants_are_learned_from_each_by_its_own_parts(
    database: Database, session: Session, cast: Cast, market: Market
) -> None:
    """A need is judged as a need, whichever kind of interest came first."""
    session.add_all(
        map(
            factories.published,
            people := [
                factories.talent(cast.talent),
                factories.position(cast.owner, cast.enterprise),
                factories.need(cast.owner, cast.enterprise),
            ],
        )
    )
    session.flush()
    talent, position, need = people
    moments = _hours()
    for number in range(ENOUGH):
        about = (position, need)[number % 2]
        session.add(_answered(about, talent, cast, next(moments), is_good=number % 3 == 0))
    session.commit()
    market.refresh(session)
    rows = list(learning_keeper.labelled(session, market))
    seen: list[Scores] = []

    def look(answers: Sequence[object], scores: Scores) -> None:
        seen.append(scores)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learning_keeper, "train", look)
        learning_keeper._trained(rows, market)
    values = seen[0].by_name["salary"].by_row
    assert set(values[: len(rows) // 2]) == {values[0]}
    assert values[0] > 0, "a position states what it pays"
    assert not values[len(rows) // 2 :].any(), "a need doesn't"
    assert {"education", "own_field"} <= set(seen[0].by_name)
