"""The matches that are kept: both directions, what changes them, and what a killed worker goes on with."""

import datetime as dt

import pytest
from sqlalchemy import select

from matchmaker.match_keeper import MatchKeeper
from matchmaker.services import matches
from models import Match, now, today
from models.vocabulary import PostingStatus, Verdict
from tests import factories
from tests.matchmaker.keeping import keep, load_rules, new_keeper, rule


@pytest.fixture
def keeper(database, session, cast) -> MatchKeeper:
    """Make a keeper of a market that knows no meanings, only facts and words."""
    load_rules(session)
    return new_keeper(database)


@pytest.fixture
def need(session, cast):
    """Lin's need is on the shelf."""
    posting = factories.published(factories.need(cast.owner, cast.enterprise))
    session.add(posting)
    session.commit()
    return posting


def publish_offer(session, cast, **facts):
    """Chen publishes an offer."""
    posting = factories.published(factories.offer(cast.manager, cast.park, cast.authority, **facts))
    session.add(posting)
    session.commit()
    return posting


def pair(session, need, offer) -> Match | None:
    """Read what is kept of a pair."""
    session.rollback()
    session.expire_all()
    return session.scalars(
        select(Match).where(Match.asking_id == need.id, Match.answering_key == offer.search_id)
    ).one_or_none()


def test_a_new_offer_stands_in_both_lists_at_once(keeper, session, cast, need) -> None:
    """The need was matched before; the offer comes, and one look later each side has the other."""
    keep(keeper)
    offer = publish_offer(session, cast)
    keep(keeper)

    kept = pair(session, need, offer)
    assert kept is not None
    assert (kept.pairing, kept.asking_rank, kept.answering_rank) == ("need-offer", 1, 1)
    assert (kept.asking_version, kept.answering_version) == (need.version, offer.version)
    assert 0 < kept.score < 1
    assert min(kept.asking_side, kept.answering_side) <= kept.score <= max(kept.asking_side, kept.answering_side)
    assert len(kept.reasons) == 3


def test_what_changes_is_matched_again_and_says_what_fails(keeper, session, cast, need) -> None:
    """The park has less power than it thought."""
    offer = publish_offer(session, cast)
    keep(keeper)
    offer.power_spare_kva = 1_000
    session.commit()
    keep(keeper)

    kept = pair(session, need, offer)
    assert kept is not None
    assert kept.verdict is Verdict.FAILS
    assert kept.failed == ["HC12-power"]


def test_what_fails_no_longer_is_news(keeper, session, cast, need, clock) -> None:
    """A pair that failed counts as new on the day it works."""
    offer = publish_offer(session, cast, power_spare_kva=1_000)
    keep(keeper)
    clock.shift(dt.timedelta(days=1))
    yesterday = now() - dt.timedelta(hours=1)
    assert matches.new_since(session, [need], yesterday, {"offer"}) == {need.id: set()}
    session.rollback()
    offer.power_spare_kva = 20_000
    session.commit()
    keep(keeper)

    assert offer.search_id in matches.new_since(session, [need], yesterday, {"offer"})[need.id]


def test_what_is_withdrawn_leaves_no_match(keeper, session, cast, need) -> None:
    """Chen withdraws the offer, and nobody is told of it any more."""
    offer = publish_offer(session, cast)
    keep(keeper)
    offer.move(PostingStatus.WITHDRAWN)
    session.commit()
    keep(keeper)

    assert pair(session, need, offer) is None


def test_a_keeper_that_starts_again_does_nothing_twice(keeper, database, session, cast, need) -> None:
    """Versions stand in the rows, so another process knows what is up to date."""
    publish_offer(session, cast)
    assert keep(keeper) >= 2

    assert keep(new_keeper(database)) == 0


def test_a_new_version_of_a_rule_matches_everything_again(keeper, session, cast, need) -> None:
    """From tomorrow on readings of power count for six months only."""
    offer = publish_offer(session, cast)
    keep(keeper)
    changed = rule("HC12", "余量")
    changed.version, changed.parameters = 2, {"stale_after_months": 0}
    changed.loaded_at = now() + dt.timedelta(seconds=5)
    session.add(changed)
    session.commit()

    assert keep(keeper) >= 2
    kept = pair(session, need, offer)
    assert kept is not None
    assert kept.verdict is Verdict.UNKNOWN


def test_on_the_first_day_of_a_version_everything_is_matched_again(keeper, session, cast, need, clock) -> None:
    """The stricter rule was loaded long before; no row changes on the morning that it begins."""
    offer = publish_offer(session, cast, power_spare_kva=1_000)
    coming = rule("HC12", "余量")
    coming.version, coming.parameters = 2, {"stale_after_months": 0}
    coming.in_force_from = today() + dt.timedelta(days=1)
    session.add(coming)
    session.commit()
    keep(keeper)
    assert pair(session, need, offer).verdict is Verdict.FAILS
    session.commit()
    assert keep(keeper) == 0

    clock.shift(dt.timedelta(days=1))
    assert keep(keeper) >= 2
    assert pair(session, need, offer).verdict is Verdict.UNKNOWN


def test_only_the_best_fifty_of_a_pairing_are_kept_and_the_ten_nearest_of_those_that_fail(
    keeper, session, cast, need
) -> None:
    """Chen publishes sixty that may work and fifteen that can't."""
    for number in range(60):
        session.add(factories.published(factories.offer(cast.manager, cast.park, cast.authority, slots=number + 1)))
    for number in range(15):
        session.add(
            factories.published(factories.offer(cast.manager, cast.park, cast.authority, power_spare_kva=100 + number))
        )
    session.commit()
    keep(keeper)

    session.rollback()
    mine = select(Match).where(Match.asking_id == need.id, Match.pairing == "need-offer")
    rows = session.scalars(mine.where(Match.asking_rank.is_not(None))).all()
    passing = sorted(row.asking_rank for row in rows if row.verdict is not Verdict.FAILS)
    failing = sorted(row.asking_rank for row in rows if row.verdict is Verdict.FAILS)
    assert passing == list(range(1, 51))
    assert failing == list(range(1, 11))
