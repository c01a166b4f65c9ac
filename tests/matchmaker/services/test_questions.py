"""What hard conditions ask of whoever can answer: how many wait, what an answer changes, and what it may not."""

import datetime as dt
import threading

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import Database
from matchmaker.match_keeper import MatchKeeper
from matchmaker.services import postings, questions
from matchmaker.services.questions import NotAsked
from matchmaker.services.values import WrongValues
from matchmaker.services.versions import Clash
from models import AuditEvent, Match, OutboxEntry, ParkOffer, RelocationNeed, UnlawfulMove, User, today
from models.vocabulary import Answer, PostingStatus, Verdict
from tests import factories
from tests.cast import Cast
from tests.matchmaker.keeping import keep, load_rules, new_keeper

READ_ON = today() - dt.timedelta(days=20)
POWER = "power_spare_kva"


@pytest.fixture
def keeper(database: Database, session: Session, cast: Cast) -> MatchKeeper:
    load_rules(session)
    return new_keeper(database)


@pytest.fixture
def needs(session: Session, cast: Cast) -> list[RelocationNeed]:
    """Lin's two needs, and one of Sun's, ask for power, as does the furniture among the noise; all are on the shelf."""
    rows = [
        factories.need(cast.owner, cast.enterprise, title="一期"),
        factories.need(cast.owner, cast.enterprise, title="二期"),
        factories.need(cast.outsider, cast.other_enterprise, title="孙家的"),
    ]
    session.add_all(map(factories.published, rows))
    session.commit()
    return rows


@pytest.fixture
def offer(session: Session, cast: Cast, needs: list[RelocationNeed], keeper: MatchKeeper) -> ParkOffer:
    """Chen's offer has never said how much power is spare, and whether the line for metals is there."""
    row = factories.published(
        factories.offer(cast.manager, cast.park, cast.authority, power_spare_kva=None, dedicated_sewage_line=None)
    )
    session.add(row)
    session.commit()
    match_again(session, keeper)
    return row


def asked(session: Session, user: User) -> dict[str, int]:
    session.rollback()
    session.expire_all()
    return {one.name: one.waiting for one in questions.questions(session, user)}


def match_again(session: Session, keeper: MatchKeeper) -> int:
    session.rollback()
    return keep(keeper)


def verdicts(session: Session, offer: ParkOffer) -> set[Verdict]:
    session.rollback()
    rows = session.scalars(select(Match).where(Match.answering_id == offer.id, Match.pairing == "need-offer"))
    return {row.verdict for row in rows}


def state(session: Session, offer: ParkOffer, user: User, name: str = POWER, **values: object) -> ParkOffer:
    return questions.answer(session, offer, name, values, user, offer.version)


def test_whoever_can_answer_reads_how_many_matches_wait_for_what(session, cast, offer) -> None:
    assert asked(session, cast.manager) == {POWER: 4, "dedicated_sewage_line": 4}
    for user in (cast.owner, cast.colleague, cast.outsider, cast.other_manager, cast.talent, cast.reviewer):
        assert POWER not in asked(session, user)


def test_colleagues_share_their_questions_as_they_share_their_postings(session, cast, keeper, offer) -> None:
    need = factories.published(factories.need(cast.owner, cast.enterprise, title="没写要不要专用供电"))
    need.accepts_split_plots, need.tenures, need.land_area_mu = None, ["buy_land"], 30
    session.add(need)
    offer.tenures, offer.available_area_mu, offer.largest_plot_mu = ["buy_land"], 60, 20
    session.commit()
    match_again(session, keeper)
    assert asked(session, cast.owner) == asked(session, cast.colleague)


def test_an_answer_keeps_the_posting_on_the_shelf_and_ranks_again_whoever_waited(session, cast, keeper, offer) -> None:
    before, published = offer.version, offer.published_at
    assert verdicts(session, offer) == {Verdict.UNKNOWN}
    state(session, offer, cast.manager, power_spare_kva=9_000)

    assert (offer.status, offer.published_at) == (PostingStatus.PUBLISHED, published)
    assert (offer.power_spare_kva, offer.version) == (9_000, before + 1)
    (event,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "posting.answered"))
    assert (event.actor_id, event.subject_id, event.detail) == (
        cast.manager.id,
        str(offer.id),
        {"fields": ["power_spare_kva"]},
    )
    (kept,) = offer.versions
    assert kept.facts["power_spare_kva"] == 9_000
    assert session.scalars(select(OutboxEntry).where(OutboxEntry.subject == offer.search_id)).first() is not None
    assert match_again(session, keeper) >= 5, "the offer and all four needs"
    assert asked(session, cast.manager) == {"dedicated_sewage_line": 4}
    state(session, offer, cast.manager, "dedicated_sewage_line", dedicated_sewage_line=Answer.YES)
    match_again(session, keeper)
    assert verdicts(session, offer) == {Verdict.PASSES}
    assert [version.version for version in offer.versions] == [1, 2]


def test_an_answer_that_rules_a_pair_out_is_an_answer_too(session, cast, keeper, offer) -> None:
    state(session, offer, cast.manager, power_spare_kva=0)
    match_again(session, keeper)
    assert verdicts(session, offer) == {Verdict.FAILS}
    assert asked(session, cast.manager) == {}, "nobody waits for the line of a place without power"


def test_a_reading_is_asked_with_its_day_and_says_at_the_day_what_is_missing(session, cast, offer) -> None:
    offer.spare_as_of = offer.sewage_spare_m3_per_day = None
    session.commit()
    assert questions.asked_with(offer, POWER) == (POWER, "spare_as_of")
    with pytest.raises(WrongValues) as refused:
        state(session, offer, cast.manager, power_spare_kva=9_000, spare_as_of=None)
    assert list(refused.value.errors) == ["spare_as_of"]
    assert offer.power_spare_kva is None
    state(session, offer, cast.manager, power_spare_kva=9_000, spare_as_of=READ_ON)
    assert offer.spare_as_of == READ_ON
    assert questions.goes_with(offer, "sewage_spare_m3_per_day") == ["spare_as_of"]


def test_the_day_of_a_reading_is_no_question_of_its_own_unless_it_alone_is_missing(
    session, cast, keeper, offer
) -> None:
    offer.spare_as_of = offer.sewage_spare_m3_per_day = None
    session.commit()
    match_again(session, keeper)
    assert asked(session, cast.manager) == {POWER: 4, "sewage_spare_m3_per_day": 4}
    offer.power_spare_kva = offer.sewage_spare_m3_per_day = 9_000
    session.commit()
    match_again(session, keeper)
    assert asked(session, cast.manager) == {"spare_as_of": 4}


def test_one_list_is_one_question(session, cast, offer) -> None:
    row = session.scalars(select(Match).where(Match.answering_id == offer.id)).first()
    row.unknown = ["offer.access_list_source", "offer.access_list_valid_to"]
    session.commit()
    assert len(set(asked(session, cast.manager)) & set(questions.ACCESS_LIST)) == 1


def test_what_contradicts_a_fact_that_is_not_on_the_page_is_said_at_the_one_that_was_asked(session, cast) -> None:
    offer = factories.published(
        factories.offer(cast.manager, cast.park, cast.authority, in_nature_reserve=Answer.NO, nature_reserve_zone=None)
    )
    session.add(offer)
    session.commit()
    with pytest.raises(WrongValues) as refused:
        state(session, offer, cast.manager, "nature_reserve_zone", nature_reserve_zone="general")
    assert list(refused.value.errors) == ["nature_reserve_zone"]


def test_a_list_is_asked_whole_since_half_of_it_would_close_nothing(session, cast, offer) -> None:
    assert set(questions.asked_with(offer, "access_list_valid_to")) == set(questions.ACCESS_LIST)
    assert questions.asked_with(offer, "access_list_valid_to")[0] == "access_list_valid_to"


def test_who_was_not_sure_may_say_so_and_know_later(session, cast, keeper, offer) -> None:
    state(session, offer, cast.manager, "dedicated_sewage_line", dedicated_sewage_line=Answer.UNSURE)
    match_again(session, keeper)
    assert asked(session, cast.manager) == {POWER: 4, "dedicated_sewage_line": 4}
    found = questions.questions(session, cast.manager)
    assert [one.was_unsure for one in found] == [False, True], "what nobody has looked at comes first"
    with pytest.raises(WrongValues) as refused:
        state(session, offer, cast.manager, "dedicated_sewage_line", dedicated_sewage_line=Answer.UNSURE)
    assert "没有改动" in str(refused.value)
    state(session, offer, cast.manager, "dedicated_sewage_line", dedicated_sewage_line=Answer.YES)
    match_again(session, keeper)
    assert asked(session, cast.manager) == {POWER: 4}


def test_free_words_are_asked_for_but_go_through_a_review(session, cast, keeper, offer) -> None:
    row = session.scalars(select(Match).where(Match.answering_id == offer.id)).first()
    row.unknown = [*row.unknown, "offer.products"]
    session.commit()
    (words,) = [one for one in questions.questions(session, cast.manager) if one.name == "products"]
    assert (words.is_open, words.waiting) == (False, 1)
    with pytest.raises(NotAsked):
        state(session, offer, cast.manager, "products", products=["线路板"])


@pytest.mark.parametrize("values", [{}, {POWER: None}, {"spare_as_of": READ_ON}])
def test_nothing_is_no_answer(session, cast, offer, values: dict[str, object]) -> None:
    offer.spare_as_of = offer.sewage_spare_m3_per_day = None
    session.commit()
    with pytest.raises(WrongValues) as refused:
        state(session, offer, cast.manager, **values)
    assert list(refused.value.errors) == [POWER]


@pytest.mark.parametrize("name", ["title", "description", "rent_yuan_per_sqm_month", "status", "no_such_fact", "owner"])
def test_what_is_stated_or_no_fact_can_not_be_changed_as_an_answer(session, cast, offer, name: str) -> None:
    with pytest.raises(NotAsked):
        state(session, offer, cast.manager, name, **{name: 1})


def test_other_facts_do_not_come_along(session, cast, offer) -> None:
    with pytest.raises(NotAsked):
        state(session, offer, cast.manager, power_spare_kva=9_000, rent_yuan_per_sqm_month=1)
    with pytest.raises(NotAsked):
        state(session, offer, cast.manager, power_spare_kva=9_000, is_sample=True)
    assert offer.rent_yuan_per_sqm_month == 10


@pytest.mark.parametrize("value", [-1, 1_000_001, "许多", float("nan"), True])
def test_an_answer_is_checked_like_any_fact(session, cast, offer, value: object) -> None:
    with pytest.raises(WrongValues) as refused:
        state(session, offer, cast.manager, power_spare_kva=value)
    assert list(refused.value.errors) == [POWER]


def test_a_promise_does_not_slip_in_as_an_answer(session, cast, offer) -> None:
    """A factory without rent waits for a reviewer's decision, so that it isn't published by the way."""
    offer.rent_yuan_per_sqm_month = None
    session.commit()
    with pytest.raises(WrongValues) as refused:
        state(session, offer, cast.manager, "rent_yuan_per_sqm_month", rent_yuan_per_sqm_month=0)
    assert list(refused.value.errors) == ["rent_yuan_per_sqm_month"]
    state(session, offer, cast.manager, "rent_yuan_per_sqm_month", rent_yuan_per_sqm_month=8)
    assert offer.rent_yuan_per_sqm_month == 8


def test_only_its_own_people_answer(session, cast, offer) -> None:
    for user in (cast.owner, cast.outsider, cast.other_manager, cast.reviewer, cast.administrator):
        with pytest.raises(PermissionError):
            state(session, offer, user, power_spare_kva=9_000)


def test_a_posting_that_is_not_on_the_shelf_asks_nothing(session, cast, keeper, offer) -> None:
    postings.withdraw(session, offer, cast.manager)
    assert asked(session, cast.manager) == {}
    with pytest.raises(UnlawfulMove):
        state(session, offer, cast.manager, power_spare_kva=9_000)


def test_a_posting_past_its_last_day_asks_nothing(session, cast, offer) -> None:
    offer.expires_on = today() - dt.timedelta(days=1)
    session.commit()
    assert asked(session, cast.manager) == {}
    with pytest.raises(UnlawfulMove):
        state(session, offer, cast.manager, power_spare_kva=9_000)


def test_a_second_answer_does_not_write_over_the_first(session, cast, offer) -> None:
    read = offer.version
    state(session, offer, cast.manager, power_spare_kva=9_000)
    with pytest.raises(Clash):
        questions.answer(session, offer, POWER, {POWER: 5_000}, cast.manager, read)
    with pytest.raises(NotAsked):
        state(session, offer, cast.manager, power_spare_kva=5_000)
    assert offer.power_spare_kva == 9_000


def test_of_two_who_answer_at_the_same_moment_one_is_told_of_the_other(database, session, cast, offer) -> None:
    read, gate, told = offer.version, threading.Barrier(2), []
    offer_id, user_id = offer.id, cast.manager.id
    session.rollback()

    def answer(value: int) -> None:
        with database.writing() as own:
            user = own.get_one(User, user_id)
            gate_passed = own.get_bind().dialect.name == "sqlite" or gate.wait(10) is not None
            posting = own.get_one(ParkOffer, offer_id)
            try:
                questions.answer(own, posting, POWER, {POWER: value}, user, read)
                told.append("written")
            except Clash:
                told.append("clash")
            assert gate_passed

    threads = [threading.Thread(target=answer, args=(value,)) for value in (5_000, 9_000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(told) == ["clash", "written"]
    session.expire_all()
    assert len(session.get_one(ParkOffer, offer_id).versions) == 1
