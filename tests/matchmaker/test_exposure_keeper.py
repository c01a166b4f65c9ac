"""Being proposed too often costs a place and nothing else; one setting, and what is full stands in no list at all."""

import dataclasses
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import exposure_keeper
from matchmaker.database import Database
from matchmaker.match_keeper import engine_version
from matchmaker.recommender import Market, Proposal, recommend
from matchmaker.services import exposure, interests, postings, reviews
from models import ExposurePrice, Match, ParkOffer, Position, RelocationNeed, TalentProfile, today
from tests import factories
from tests.cast import Cast
from tests.matchmaker.keeping import keep, load_rules, new_keeper, new_market

FACTORIES = 12
NEEDS = 24


@pytest.fixture
def needs(session: Session, cast: Cast) -> list[RelocationNeed]:
    """Lin's two dozen needs that all want the same."""
    load_rules(session)
    rows = [factories.need(cast.owner, cast.enterprise, title=f"第 {number} 条线") for number in range(NEEDS)]
    session.add_all(map(factories.published, rows))
    session.commit()
    return rows


@pytest.fixture
def offers(session: Session, cast: Cast, needs: list[RelocationNeed]) -> list[ParkOffer]:
    """Chen's dozen factories, one a little better than the next; the best can take in two, the others many."""
    rows = [
        factories.offer(
            cast.manager,
            cast.park,
            cast.authority,
            title=f"第 {number} 栋",
            rent_yuan_per_sqm_month=9 + number / 4,
            slots=2 if number == 0 else 50,
        )
        for number in range(FACTORIES)
    ]
    session.add_all(map(factories.published, rows))
    session.commit()
    return rows


def listed(session: Session, market: Market, need: RelocationNeed, top: int = 50) -> list[Proposal]:
    session.rollback()
    found = recommend(market, session, session.get_one(RelocationNeed, need.id), kinds=("offer", "park"), top=top)
    session.rollback()
    return found.passing


def spread_out(database: Database, session: Session) -> exposure_keeper.Found:
    """Let a night pass."""
    session.rollback()
    with database.reading() as reading:
        found = exposure_keeper.find(reading, new_market())
    assert found is not None
    exposure_keeper.keep(database, found)
    return found


def all_but_place(match: Proposal) -> dict[str, Any]:
    """Return everything that is said of a match beside its place; "high" is for the first ten only."""
    return {field.name: getattr(match, field.name) for field in dataclasses.fields(match)} | {"rank": 0, "band": ""}


def introduce(session: Session, cast: Cast, need: RelocationNeed, offer: ParkOffer, key: str) -> None:
    sent = interests.express(session, cast.owner, "想看厂", today(), key, posting=offer, about=need)
    interests.accept(session, sent, cast.manager)


def test_prices_change_the_order_and_nothing_else(
    database: Database, session: Session, needs: list[RelocationNeed], offers: list[ParkOffer]
) -> None:
    before = listed(session, new_market(), needs[0])
    found = spread_out(database, session)
    assert found.exposure.gini_after < found.exposure.gini_before
    after = listed(session, new_market(), needs[0])
    assert [match.id for match in after] != [match.id for match in before]
    by_id = {match.id: match for match in after}
    assert by_id.keys() == {match.id for match in before}
    for match in before:
        assert all_but_place(by_id[match.id]) == all_but_place(match)
    assert [match.rank for match in after] == list(range(1, len(after) + 1))


def test_with_the_setting_off_prices_change_nothing(
    database: Database, session: Session, needs: list[RelocationNeed], offers: list[ParkOffer]
) -> None:
    off = new_market(spreads=False)
    before = listed(session, off, needs[0])
    made_by = engine_version(off)
    spread_out(database, session)
    assert listed(session, off, needs[0]) == before
    assert listed(session, new_market(spreads=False), needs[0]) == before
    assert engine_version(off) == made_by, "so that no match is made again either"


def test_prices_are_asked_for_by_a_market_that_runs_and_gone_when_they_are(
    database: Database, session: Session, needs: list[RelocationNeed], offers: list[ParkOffer]
) -> None:
    market = new_market()
    before = [match.id for match in listed(session, market, needs[0])]
    spread_out(database, session)
    assert [match.id for match in listed(session, market, needs[0])] != before
    exposure.replace(session, {})
    assert [match.id for match in listed(session, market, needs[0])] == before


def test_nobody_is_expected_to_receive_more_than_it_can_take_in(
    database: Database, session: Session, needs: list[RelocationNeed], offers: list[ParkOffer]
) -> None:
    found = spread_out(database, session)
    assert found.needs == NEEDS + 1, "and the one of the noise"
    assert found.exposure.over_before >= 1
    assert found.exposure.over_after == 0
    row = session.get_one(ExposurePrice, offers[0].search_id)
    assert row.capacity == 2
    assert row.before > 2 >= row.after
    assert row.price > 0


def test_every_prefecture_is_counted_once(
    database: Database, session: Session, needs: list[RelocationNeed], offers: list[ParkOffer]
) -> None:
    found = spread_out(database, session)
    kept = exposure.by_prefecture(session)
    assert set(kept) == {"431000", "430100"}
    for code, (before, after) in kept.items():
        assert before == pytest.approx(found.prefectures[code][0])
        assert after == pytest.approx(found.prefectures[code][1])
    # Every need gives out one decision.
    assert sum(before for before, _ in kept.values()) == pytest.approx(found.needs)
    assert sum(after for _, after in kept.values()) == pytest.approx(found.needs)


def test_one_who_runs_both_needs_and_premises_is_not_sent_to_himself(
    database: Database, session: Session, cast: Cast, needs: list[RelocationNeed]
) -> None:
    own = factories.published(factories.offer(cast.owner, cast.park, cast.enterprise, title="自家的厂房"))
    session.add(own)
    session.commit()
    spread_out(database, session)
    row = session.get(ExposurePrice, own.search_id)
    assert row is not None
    assert row.before < 1, "only the need of the noise may go there"


def test_what_is_full_stands_in_no_list_however_it_came_back_to_the_shelf(
    database: Database, session: Session, cast: Cast, needs: list[RelocationNeed], offers: list[ParkOffer]
) -> None:
    """Two were introduced to the best building, which takes in two; then Chen revises and publishes it again."""
    market, full = new_market(), offers[0]
    keeper = new_keeper(database, market)
    session.rollback()
    keep(keeper)
    introduce(session, cast, needs[0], full, "first")
    assert full.search_id in {match.id for match in listed(session, market, needs[5])}, "one place is left"
    introduce(session, cast, needs[1], full, "second")
    assert full.search_id not in {match.id for match in listed(session, market, needs[5])}
    keep(keeper)
    rows = session.scalars(select(Match).where(Match.answering_id == full.id)).all()
    assert [row.asking_rank for row in rows if row.asking_rank is not None] == [], "nor in the kept ones"

    postings.revise(session, full, cast.manager)
    assert listed(session, market, needs[5])
    postings.submit(session, full, cast.manager)
    reviews.publish(session, full, cast.reviewer)
    for another in (market, new_market()):
        assert full.search_id not in {match.id for match in listed(session, another, needs[5])}
    found = spread_out(database, session)
    assert found.exposure.before[found.ids.index(full.search_id)] == 0
    full.slots = 3
    session.commit()
    assert full.search_id in {match.id for match in listed(session, market, needs[5])}, "now there is room"


def test_a_post_that_is_filled_is_proposed_to_nobody(session: Session, cast: Cast) -> None:
    post = factories.published(factories.position(cast.owner, cast.enterprise, headcount=1))
    profiles = [factories.published(factories.talent(owner)) for owner in (cast.talent, cast.other_talent)]
    session.add_all([post, *profiles])
    session.commit()
    market = new_market()

    def posts_of(profile: TalentProfile) -> list[str]:
        session.rollback()
        found = recommend(market, session, session.get_one(TalentProfile, profile.id), kinds=("position",))
        session.rollback()
        return [match.id for match in (*found.passing, *found.failing)]

    assert posts_of(profiles[1]) == [post.search_id]
    sent = interests.express(session, cast.talent, "想应聘", today(), "k", posting=post, about=profiles[0])
    interests.accept(session, sent, cast.owner)
    assert posts_of(profiles[1]) == []
    session.get_one(Position, post.id).headcount = 2
    session.commit()
    assert posts_of(profiles[1]) == [post.search_id]


def test_a_night_that_is_stopped_keeps_the_prices_of_the_last(
    database: Database, session: Session, needs: list[RelocationNeed], offers: list[ParkOffer]
) -> None:
    spread_out(database, session)
    kept = {row.key: row.price for row in session.scalars(select(ExposurePrice))}
    session.rollback()
    turns = iter([True, True, False])
    with database.reading() as reading:
        assert exposure_keeper.find(reading, new_market(), lambda: next(turns)) is None
    assert {row.key: row.price for row in session.scalars(select(ExposurePrice))} == kept


def test_an_empty_market_has_no_prices(database: Database, session: Session, cast: Cast) -> None:
    for row in session.scalars(select(RelocationNeed)):
        session.delete(row)
    session.commit()
    found = spread_out(database, session)
    assert found.needs == 0
    assert session.scalars(select(ExposurePrice)).all() == []
