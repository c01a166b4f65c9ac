"""The market in memory: what a change of the tables changes in it, and what somebody who is reading sees of that."""

import datetime as dt
import threading

import numpy as np
import pytest

from matchmaker.recommender import Market, load_reference, recommend
from models import Interest, Introduction, SitingRule, now, today
from models.vocabulary import InterestStatus, PostingStatus, RuleKind
from search import SearchError
from tests import factories


@pytest.fixture
def market() -> Market:
    """Make a market that knows no meanings, only facts and words."""
    return Market(lambda session: load_reference(session, None, None))


@pytest.fixture
def need(session, cast):
    """Lin's need is on the shelf."""
    posting = factories.published(factories.need(cast.owner, cast.enterprise))
    session.add(posting)
    session.commit()
    return posting


def publish(session, cast, **facts):
    """Chen publishes an offer."""
    posting = factories.published(factories.offer(cast.manager, cast.park, cast.authority, **facts))
    session.add(posting)
    session.commit()
    return posting


def proposed(market, session, need) -> set[str]:
    found = recommend(market, session, need, ("offer", "park"), top=100, failing=100)
    return {one.id for one in (*found.passing, *found.failing)}


# --- What changes -------------------------------------------------------------------------------------------------


def test_what_comes_changes_and_goes_is_seen_by_the_next_question(market, session, cast, need) -> None:
    assert f"park:{cast.park.code}" in proposed(market, session, need)
    offer = publish(session, cast)
    assert offer.search_id in proposed(market, session, need)

    offer.move(PostingStatus.DRAFT)
    session.commit()
    assert offer.search_id not in proposed(market, session, need)
    offer.move(PostingStatus.IN_REVIEW)
    offer.move(PostingStatus.PUBLISHED)
    offer.title = "改过的厂房"
    session.commit()
    found = recommend(market, session, need, ("offer",), top=100)
    assert "改过的厂房" in [one.name for one in found.passing]

    session.delete(offer)
    session.commit()
    assert offer.search_id not in proposed(market, session, need)


def test_what_runs_out_at_midnight_is_gone_though_nobody_has_written_anything(
    market, session, cast, need, clock
) -> None:
    offer = publish(session, cast)
    offer.expires_on = today()
    session.commit()
    assert offer.search_id in proposed(market, session, need)
    clock.shift(dt.timedelta(days=1))
    assert offer.search_id not in proposed(market, session, need)


def test_one_that_has_taken_in_all_it_can_is_proposed_to_nobody(market, session, cast, need) -> None:
    offer = publish(session, cast, slots=1)
    other = factories.published(factories.need(cast.outsider, cast.other_enterprise))
    session.add(other)
    session.commit()
    assert offer.search_id in proposed(market, session, need)
    interest = Interest(
        posting_id=offer.id, about_id=other.id, sender_id=cast.outsider.id, message="想谈谈",
        status=InterestStatus.ACCEPTED, expires_on=today(),
    )  # fmt: skip
    interest.introduction = Introduction(opened_at=now(), host_id=cast.manager.id)
    session.add(interest)
    session.commit()
    assert offer.search_id not in proposed(market, session, need)


def test_a_park_that_comes_into_the_readers_own_hands_is_proposed_no_longer(market, session, cast, need) -> None:
    assert f"park:{cast.other_park.code}" in proposed(market, session, need)
    cast.other_park.manager_id = cast.enterprise.id
    session.commit()
    assert f"park:{cast.other_park.code}" not in proposed(market, session, need)


# --- Whoever reads meanwhile ----------------------------------------------------------------------------------------


def test_a_view_stays_as_it_was_taken(market, session, cast, need) -> None:
    """One thread ranks while another reads that one offer has changed, one has gone and another has come."""
    changes, goes = publish(session, cast, power_spare_kva=10_000), publish(session, cast)
    market.refresh(session)
    view = market.view("offer")
    rows = {view.frame.id_of(row): row for row in np.flatnonzero(view.alive)}
    changes.power_spare_kva = 7
    goes.move(PostingStatus.WITHDRAWN)
    comes = publish(session, cast, title="后来的")
    market.refresh(session)

    assert view.frame.number("power_spare_kva")[rows[changes.search_id]] == 10_000
    assert view.frame.id_of(rows[goes.search_id]) == goes.search_id
    later = market.view("offer")
    alive = {later.frame.id_of(row): row for row in np.flatnonzero(later.alive)}
    assert {changes.search_id, comes.search_id} <= set(alive)
    assert goes.search_id not in alive
    assert later.frame.number("power_spare_kva")[alive[changes.search_id]] == 7


def test_where_nobody_reads_a_change_takes_no_more_room(market, session, cast, need) -> None:
    offer = publish(session, cast)
    market.refresh(session)
    length = len(market.view("offer"))
    for slots in range(1, 6):
        offer.slots = slots
        session.commit()
        market.refresh(session)
    assert len(market.view("offer")) == length


def test_rules_that_are_read_elsewhere_empty_no_shelf(market, session, cast, need) -> None:
    """The page of the rules asks for the newest reference while a list is being ranked."""
    offer = publish(session, cast)
    market.refresh(session)
    titles = {"title": "余量", "title_hant": "餘量", "title_en": "Spare"}
    rule = SitingRule(rule="HC12", version=1, kind=RuleKind.PHYSICAL, document="园区自报", confidence="H", **titles)
    session.add(rule)
    session.commit()
    before = market.reference

    assert market.load_reference(session).rule("HC12", today())
    assert market.reference is before
    assert market.row_of(offer.search_id) is not None
    assert offer.search_id in proposed(market, session, need)
    assert market.reference.rule("HC12", today())


def test_two_requests_at_once_while_postings_change_see_neither_errors_nor_their_own(
    market, database, session, cast, need
) -> None:
    """Two readers ask again and again while a colleague's offers come and go beside those of the park."""
    own = [
        factories.published(factories.offer(cast.colleague, cast.park, cast.enterprise, title=str(number)))
        for number in range(4)
    ]
    others = [publish(session, cast, slots=number + 1) for number in range(4)]
    session.add_all(own)
    session.commit()
    number, wrong, is_over = need.id, [], threading.Event()

    def read() -> None:
        while not is_over.is_set():
            try:
                with database.reading() as reading:
                    asked = reading.get(type(need), number)
                    found = recommend(market, reading, asked, ("offer",), top=50)
                wrong.extend(one.id for one in found.passing if one.item.organisation_id == asked.organisation_id)
            except Exception as error:
                wrong.append(repr(error))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(12):
        for offer in (own[turn % 4], others[-1 - turn % 4]):
            is_there = offer.status is PostingStatus.PUBLISHED
            offer.status = PostingStatus.WITHDRAWN if is_there else PostingStatus.PUBLISHED
            offer.products = [f"{offer.id}-{turn}"]
        session.commit()
    is_over.set()
    for reader in readers:
        reader.join()
    assert wrong == []


# --- What can't be laid out -----------------------------------------------------------------------------------------


def test_one_posting_that_fits_into_no_column_takes_nobody_else_away(market, session, cast, need) -> None:
    """A trade that the vocabulary doesn't hold stands in one need; after one failure all others are proposed."""
    offer = publish(session, cast)
    bad = factories.published(factories.need(cast.outsider, cast.other_enterprise, workers_by_trade={"moon": 3}))
    session.add(bad)
    session.commit()
    with pytest.raises(KeyError):
        market.refresh(session)
    seen = {one.id for one in recommend(market, session, offer, top=100, failing=100).passing}
    assert need.search_id in seen
    assert bad.search_id not in seen
    bad.workers_by_trade = None
    session.commit()
    assert bad.search_id in {one.id for one in recommend(market, session, offer, top=100, failing=100).passing}


class Model:
    """A model that is away at first."""

    fingerprint = "test"
    is_away = True

    def encode_documents(self, texts: list[str]) -> np.ndarray:
        if self.is_away:
            raise SearchError("the model is away")
        return np.tile(np.float32([0.6, 0.8]), (len(texts), 1))

    encode_queries = encode_documents


def test_a_model_that_was_away_leaves_rows_and_texts_in_step(session, cast, need) -> None:
    model = Model()
    market = Market(lambda session: load_reference(session, model, None))  # type: ignore[arg-type]
    for _ in range(2):
        with pytest.raises(SearchError):
            market.refresh(session)
    model.is_away = False
    second = factories.published(factories.need(cast.outsider, cast.other_enterprise))
    session.add(second)
    session.commit()
    market.refresh(session)

    view = market.view("need")
    assert len(view.side.frame) == len(view.side.texts) == len(view.alive)
    assert not np.isnan(view.side.texts.vectors[view.alive]).any()
    assert {need.search_id, second.search_id} <= {view.frame.id_of(int(row)) for row in np.flatnonzero(view.alive)}
