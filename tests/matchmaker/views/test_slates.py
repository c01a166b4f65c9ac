"""Every list of matches that is shown leaves a line: what, in which order, by which policy; and never who looked."""

import datetime as dt

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from matchmaker.database import Database
from matchmaker.services import slates
from models import Base, ExposurePrice, RankingModel, RelocationNeed, Slate, now
from tests import factories
from tests.cast import Cast
from tests.matchmaker.views.conftest import Enter, words_of

pytestmark = [pytest.mark.sqlite_only, pytest.mark.usefixtures("market")]


@pytest.fixture
def need(session: Session, cast: Cast) -> RelocationNeed:
    row = factories.published(factories.need(cast.owner, cast.enterprise))
    offers = [
        factories.published(factories.offer(cast.manager, cast.park, cast.authority, power_spare_kva=power))
        for power in (7_000, 20_000)
    ]
    session.add_all([row, *offers])
    session.commit()
    return row


def shown(database: Database) -> list[Slate]:
    with database.reading() as session:
        return list(session.scalars(select(Slate).order_by(Slate.id)))


def test_the_list_is_kept_as_it_was_read(database, need, cast: Cast, browse: Enter) -> None:
    before = now()
    page = browse(cast.owner).get(f"/postings/{need.id}/matches").text
    (slate,) = shown(database)
    assert (slate.posting_id, slate.policy) == (need.id, "match")
    assert slate.shown_at >= before
    assert [position for position, _, _ in slate.entries] == list(range(1, len(slate.entries) + 1))
    assert len(slate.entries) == page.count('<article class="sheet match">')
    for _, id_, score in slate.entries:
        kind, _, key = id_.partition(":")
        assert (f'href="/parks/{key}"' if kind == "park" else f'href="/postings/{key}"') in page
        assert 0 <= score <= 100


def test_the_page_of_a_posting_and_the_desk_show_lists_too(database, need, cast: Cast, browse: Enter) -> None:
    lin = browse(cast.owner)
    lin.get(f"/postings/{need.id}")
    lin.get("/desk")
    assert len(shown(database)) == 1, "the desk itself asks for no matches"
    lin.get("/desk/matches", headers={"HX-Request": "true"})
    assert [slate.posting_id for slate in shown(database)] == [need.id, need.id]
    lin.get(f"/postings/{need.id}/matches?list=talents")
    assert len(shown(database)) == 2, "a list without anybody in it was no list"
    browse(cast.outsider).get(f"/postings/{need.id}")
    lin.head(f"/postings/{need.id}/matches")
    assert len(shown(database)) == 2, "strangers are shown none, and robots read none"


@pytest.mark.parametrize(
    ("address", "policy"),
    [("", "match"), ("?w_price=9", "match, own weights"), ("?order=plain", "plain"), ("?w_price=abc", "match")],
)
def test_the_policy_is_the_one_of_the_list(
    database, need, cast: Cast, browse: Enter, address: str, policy: str
) -> None:
    browse(cast.owner).get(f"/postings/{need.id}/matches{address}")
    assert shown(database)[-1].policy == policy


def test_a_learned_order_and_prices_are_named(database, session: Session, need, cast: Cast, browse: Enter) -> None:
    facts = {"labels": 300, "positive": 200, "intercept": 0.0, "learned_auc": 0.8, "unlearned_auc": 0.6, "tested_on": 9}
    coefficients = {"coefficients": {"industry": 1.0}}
    session.add(RankingModel(pairing="premises", number=7, is_active=True, **facts, **coefficients))
    session.add(ExposurePrice(key=f"park:{cast.park.code}", price=0.1, before=3, after=1, capacity=None, made_at=now()))
    session.commit()
    lin = browse(cast.owner)
    lin.get(f"/postings/{need.id}/matches")
    lin.get(f"/postings/{need.id}/matches?w_price=9")
    lin.get(f"/postings/{need.id}/matches?order=plain")
    assert [slate.policy for slate in shown(database)] == ["learned 7, spread", "match, own weights, spread", "plain"]


def test_nothing_is_kept_of_who_looked(database, need, cast: Cast, browse: Enter) -> None:
    assert set(Base.metadata.tables["slate"].columns.keys()) == {"id", "posting_id", "shown_at", "policy", "entries"}
    for user in (cast.owner, cast.colleague, cast.reviewer):
        browse(user).get(f"/postings/{need.id}")
    mine, his, hers = (
        {name: value for name, value in vars(slate).items() if name not in ("id", "shown_at", "_sa_instance_state")}
        for slate in shown(database)
    )
    assert mine == his == hers


def test_a_log_that_can_not_be_written_costs_nobody_the_page(
    database, session: Session, need, cast: Cast, browse: Enter
) -> None:
    """Somebody else holds the only pen of SQLite; the page comes at once all the same."""
    lin = browse(cast.owner)
    session.add(factories.need(cast.owner, cast.enterprise))
    session.flush()
    answer = lin.get(f"/postings/{need.id}/matches")
    session.rollback()
    assert (answer.status_code, "可以谈的" in words_of(answer.text)) == (200, True)
    assert shown(database) == []


def test_a_table_that_is_gone_costs_nobody_the_page(session: Session, need, cast: Cast, browse: Enter) -> None:
    lin = browse(cast.owner)
    session.execute(text("DROP TABLE slate"))
    session.commit()
    for page in (f"/postings/{need.id}/matches", f"/postings/{need.id}", "/desk/matches"):
        answer = lin.get(page)
        assert (answer.status_code, "标准厂房" in words_of(answer.text)) == (200, True)


def test_lists_go_with_their_posting(session: Session, need: RelocationNeed, cast: Cast) -> None:
    slates.log(session, need.id, "match", [("offer:2", 61.236), ("park:HN99001", 50.0)])
    (slate,) = session.scalars(select(Slate))
    assert slate.entries == [[1, "offer:2", 61.24], [2, "park:HN99001", 50.0]]
    session.delete(session.get_one(RelocationNeed, need.id))
    session.commit()
    assert session.scalars(select(Slate)).all() == []


def test_what_was_shown_long_ago_is_forgotten(session: Session, need: RelocationNeed, clock) -> None:
    slates.log(session, need.id, "match", [("offer:2", 61.0)])
    clock.shift(slates.KEPT - dt.timedelta(hours=1))
    slates.log(session, need.id, "match", [("offer:2", 61.0)])
    assert slates.forget(session, now()) == 0
    clock.shift(dt.timedelta(hours=2))
    assert slates.forget(session, now()) == 1
    assert len(session.scalars(select(Slate)).all()) == 1
