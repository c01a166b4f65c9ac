"""The matches that are kept: both directions, what changes them, and what a killed worker goes on with."""

import datetime as dt

import pytest
from sqlalchemy import select

from matchmaker.match_keeper import MatchKeeper
from matchmaker.services import matches
from models import Match, Park, now, today
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


# --- Killed, disturbed, overtaken ---------------------------------------------------------------------------------


def test_a_worker_that_starts_again_puts_a_weaker_offer_into_a_list_with_room(keeper, database, session, cast, need):
    """The first offer suits well; the second comes after the worker was killed, and suits less."""
    publish_offer(session, cast)
    keep(keeper)
    again = new_keeper(database)
    keep(again)
    weaker = publish_offer(session, cast, welcomed_codes=["A0111"])
    keep(again)

    kept = pair(session, need, weaker)
    assert kept is not None
    assert kept.asking_rank is not None


def test_a_worker_killed_between_two_lists_makes_the_others_after_it_starts_again(
    keeper, database, session, cast, need
) -> None:
    """A rule changes; the worker dies after each single list that it makes anew."""
    offers = [publish_offer(session, cast, slots=number) for number in (1, 2, 3)]
    keep(keeper)
    made_before = {row.engine_version for row in session.scalars(select(Match))}
    session.rollback()
    changed = rule("HC12", "余量")
    changed.version, changed.parameters = 2, {"stale_after_months": 0}
    changed.loaded_at = now() + dt.timedelta(seconds=5)
    session.add(changed)
    session.commit()

    done = 0
    while (mortal := new_keeper(database)).look():
        done += mortal.work(1)
        assert done <= 20
    session.rollback()
    session.expire_all()
    rows = session.scalars(select(Match)).all()
    assert not {row.engine_version for row in rows} & made_before
    assert {row.verdict for row in rows if row.answering_id in [offer.id for offer in offers]} == {Verdict.UNKNOWN}


def test_a_list_whose_posting_changed_is_made_anew_though_the_other_side_was_first(
    keeper, database, session, cast, need
):
    """Both sides change; the worker matches one of them and is killed."""
    offer = publish_offer(session, cast)
    keep(keeper)
    need.headcount_needed, offer.workers_available = 77, 88
    session.commit()
    keeper.look()
    keeper.work(1)

    again = new_keeper(database)
    assert again.look() >= 1
    keep(again)
    kept = pair(session, need, offer)
    assert kept is not None
    assert (kept.asking_version, kept.answering_version) == (need.version, offer.version)


def test_what_changes_again_while_it_waits_finds_whoever_was_listed_in_between(
    keeper, session, cast, need, monkeypatch
) -> None:
    """Lists hold one each; Chen mends his second offer twice, and Lin's list is made between the two."""
    monkeypatch.setattr("matchmaker.match_keeper.KEPT", 1)
    first = publish_offer(session, cast)
    second = publish_offer(session, cast, power_spare_kva=1_000)
    keep(keeper)
    assert pair(session, need, first).asking_rank == 1
    second.slots = 7
    session.commit()
    keeper.look()
    need.headcount_needed = 77
    session.commit()
    keeper.look()
    keeper._due.move_to_end(second.search_id)
    while next(iter(keeper._due)) != second.search_id:
        keeper.work(1)
    second.power_spare_kva, second.welcomed_codes, second.rent_yuan_per_sqm_month = 40_000, need.industry_codes, 1
    session.commit()
    keep(keeper)

    assert pair(session, need, second).asking_rank == 1
    assert pair(session, need, first).asking_rank is None


def test_one_that_cannot_be_matched_keeps_nobody_waiting(keeper, session, cast, need, monkeypatch) -> None:
    """Something is wrong with one offer; the others and later ones are matched, and it is tried again when mended."""
    bad, good = publish_offer(session, cast), publish_offer(session, cast)
    match = keeper._match

    def stumble(subject: str) -> None:
        if subject == bad.search_id:
            raise ValueError("no number")
        match(subject)

    monkeypatch.setattr(keeper, "_match", stumble)
    keep(keeper)
    assert pair(session, need, good).answering_rank == 1
    assert pair(session, need, bad).answering_rank is None
    assert keeper.look() == 0, "it isn't tried every second"

    late = publish_offer(session, cast)
    keep(keeper)
    assert pair(session, need, late).answering_rank == 1
    monkeypatch.undo()
    bad.slots = 9
    session.commit()
    keep(keeper)
    assert pair(session, need, bad).answering_rank == 1


def test_a_change_that_another_job_has_read_first_is_still_seen(keeper, session, cast, need) -> None:
    """The nightly job brings the same market up to date before the keeper looks."""
    keep(keeper)
    offer = publish_offer(session, cast)
    with keeper.database.reading() as reading:
        keeper.market.refresh(reading)
    keep(keeper)

    assert pair(session, need, offer) is not None


def test_a_worker_that_starts_on_another_day_matches_everything_again(keeper, database, session, cast, need, clock):
    """It was down over midnight, when the reading of the power grew too old."""
    reading = today() - dt.timedelta(days=364)
    offer = publish_offer(session, cast, power_spare_kva=1_000, spare_as_of=reading)
    keep(keeper)
    assert pair(session, need, offer).verdict is Verdict.FAILS
    session.rollback()
    clock.shift(dt.timedelta(days=3))
    keep(new_keeper(database))

    assert pair(session, need, offer).verdict is Verdict.UNKNOWN


def test_many_that_leave_at_once_are_forgotten_in_parts(keeper, session, cast, need, monkeypatch) -> None:
    monkeypatch.setattr(matches, "PART", 2)
    offers = [publish_offer(session, cast, slots=number) for number in range(1, 8)]
    keep(keeper)
    for offer in offers:
        offer.move(PostingStatus.WITHDRAWN)
    session.commit()
    keep(keeper)

    session.rollback()
    assert session.scalars(select(Match).where(Match.answering_id.in_([offer.id for offer in offers]))).all() == []


def test_whoever_listed_what_has_changed_looks_again_after_the_worker_was_killed(
    keeper, database, session, cast, need, monkeypatch
) -> None:
    """The offer has less power now; its own list is made anew, and the worker dies before Lin's is."""
    monkeypatch.setattr("matchmaker.match_keeper.KEPT_FAILING", 0)
    offer = publish_offer(session, cast)
    keep(keeper)
    offer.power_spare_kva = 1_000
    session.commit()
    keeper.look()
    keeper._due.move_to_end(offer.search_id, last=False)
    keeper.work(1)
    assert pair(session, need, offer).asking_rank == 1
    session.rollback()

    keep(new_keeper(database))
    assert pair(session, need, offer) is None


def test_a_park_that_changes_is_matched_again_with_whoever_asks(keeper, database, session, cast, need, clock) -> None:
    """Chen's authority takes over a park that Lin was proposed; once the worker runs, and once it was down."""
    keep(keeper)
    mine = select(Match.park_code).where(Match.asking_id == need.id, Match.asking_rank.is_not(None))

    def listed() -> set[str]:
        session.rollback()
        return set(session.scalars(mine.where(Match.park_code.is_not(None))))

    assert cast.other_park.code in listed()
    cast.other_park.manager_id = cast.enterprise.id
    session.commit()
    keep(keeper)
    assert cast.other_park.code not in listed()

    clock.shift(dt.timedelta(seconds=5))
    session.get(Park, cast.other_park.code).manager_id = None
    session.commit()
    keep(new_keeper(database))
    assert cast.other_park.code in listed()
