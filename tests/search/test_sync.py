"""The index follows the market: late, doubled and shuffled outbox rows, withdrawals, deletions, rebuilds and loss."""

import dataclasses
import datetime as dt
import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from matchmaker.database import Database
from models import OutboxEntry, Posting, now
from models.vocabulary import PostingStatus
from search import BadDocument, EmbeddedEngine, Encoder, EngineUnavailable, Query, VectorCache, embed
from search.engine import Document, Vector, Written
from search.sync import drain, lag, rebuild, reconcile
from tests import factories
from tests.cast import Cast

pytestmark = pytest.mark.model
Embed = Callable[[Sequence[str]], Sequence[Vector]]


@pytest.fixture
def embedded(encoder: Encoder, vectors: VectorCache) -> Embed:
    return lambda texts: list(embed(encoder, vectors, texts))


def drained(database: Database, engine: EmbeddedEngine, embedded: Embed) -> None:
    while drain(database.writing, engine, embedded).taken:
        pass


def ids(engine: EmbeddedEngine, **query: object) -> set[str]:
    return {hit.id for hit in engine.search(Query(audiences=("public", "members"), size=100, **query)).hits}  # type: ignore[arg-type]


@pytest.fixture
def published_need(session: Session, cast: Cast) -> Posting:
    need = factories.published(factories.need(cast.owner, cast.enterprise, title="柔性线路板扩产"))
    session.add(need)
    session.commit()
    return need


def test_a_published_need_is_found_after_one_round(
    database: Database, engine: EmbeddedEngine, embedded: Embed, published_need: Posting
) -> None:
    drained(database, engine, embedded)
    assert published_need.search_id in ids(engine, text="柔性线路板")


def test_drafts_and_postings_in_review_are_never_indexed(
    database: Database, engine: EmbeddedEngine, embedded: Embed, session: Session, cast: Cast
) -> None:
    draft = factories.need(cast.owner, cast.enterprise, title="还没写完的线路板")
    waiting = factories.need(cast.owner, cast.enterprise, title="等审核的线路板")
    session.add_all([draft, waiting])
    session.flush()
    waiting.move(PostingStatus.IN_REVIEW)
    session.commit()
    drained(database, engine, embedded)
    assert not {draft.search_id, waiting.search_id} & engine.versions().keys()


def test_a_withdrawn_need_leaves_the_index(
    database: Database, engine: EmbeddedEngine, embedded: Embed, session: Session, published_need: Posting
) -> None:
    drained(database, engine, embedded)
    published_need.move(PostingStatus.WITHDRAWN)
    session.commit()
    drained(database, engine, embedded)
    assert published_need.search_id not in engine.versions()


def test_a_need_that_was_withdrawn_and_published_again_comes_back(
    database: Database, engine: EmbeddedEngine, embedded: Embed, session: Session, published_need: Posting
) -> None:
    for status in (PostingStatus.WITHDRAWN, PostingStatus.IN_REVIEW, PostingStatus.PUBLISHED):
        published_need.move(status)
        session.commit()
        drained(database, engine, embedded)
    assert engine.versions()[published_need.search_id] == published_need.version


def test_a_deleted_posting_leaves_the_index_though_its_row_is_gone(
    database: Database, engine: EmbeddedEngine, embedded: Embed, session: Session, published_need: Posting
) -> None:
    drained(database, engine, embedded)
    session.delete(published_need)
    session.commit()
    drained(database, engine, embedded)
    assert published_need.search_id not in engine.versions()


def test_a_rolled_back_change_leaves_no_outbox_row(session: Session, cast: Cast) -> None:
    session.execute(delete(OutboxEntry))
    session.commit()
    session.add(factories.published(factories.need(cast.owner, cast.enterprise)))
    session.flush()
    session.rollback()
    assert lag(session) == (0, 0)


def test_changing_only_a_childs_column_enqueues_the_posting(session: Session, published_need: Posting) -> None:
    session.execute(delete(OutboxEntry))
    session.commit()
    before = published_need.version
    published_need.power_kva = 7_000  # type: ignore[attr-defined]
    session.commit()
    assert session.scalars(select(OutboxEntry.subject)).all() == [published_need.search_id]
    assert published_need.version == before + 1


def test_a_posting_past_its_last_day_is_not_written(
    database: Database, engine: EmbeddedEngine, embedded: Embed, session: Session, published_need: Posting
) -> None:
    published_need.expires_on = now().date() - dt.timedelta(days=2)
    session.commit()
    drained(database, engine, embedded)
    assert published_need.search_id not in engine.versions()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_the_outbox_replayed_shuffled_and_doubled_gives_the_same_index(
    seed: int, database: Database, engine: EmbeddedEngine, embedded: Embed, session: Session, cast: Cast
) -> None:
    """Promise R6: rows say only "look again", so any order and any number of them ends the same."""
    chance = random.Random(seed)
    need = factories.published(factories.need(cast.owner, cast.enterprise, title=f"打样 {seed}"))
    session.add(need)
    session.commit()
    subjects = list(session.scalars(select(OutboxEntry.subject)))
    # A writing session holds SQLite's one write lock until it ends its transaction.
    session.commit()
    if chance.random() < 0.5:
        drained(database, engine, embedded)
        need.move(PostingStatus.WITHDRAWN)
        session.commit()
    wanted = need.version if need.is_live else None
    replay = subjects * 2 + [need.search_id] * 3
    chance.shuffle(replay)
    session.add_all(OutboxEntry(subject=subject) for subject in replay)
    session.commit()
    drained(database, engine, embedded)
    assert engine.versions().get(need.search_id) == wanted


def test_reconcile_finds_nothing_in_a_true_index(
    database: Database, engine: EmbeddedEngine, embedded: Embed, published_need: Posting
) -> None:
    drained(database, engine, embedded)
    assert reconcile(database.writing, engine).total == 0


def test_reconcile_heals_an_index_that_lost_changed_and_kept_what_it_should_not(
    database: Database, engine: EmbeddedEngine, embedded: Embed, session: Session, cast: Cast
) -> None:
    """Promise R7: missing, stale and extra documents are all mended by one run."""
    lost, changed, gone = (
        factories.published(factories.need(cast.owner, cast.enterprise, title=title)) for title in ("甲", "乙", "丙")
    )
    session.add_all([lost, changed, gone])
    session.commit()
    drained(database, engine, embedded)
    engine.forget([lost.search_id])
    # Bulk statements pass the hook by, as an operator's repair would.
    session.execute(update(Posting).where(Posting.id == changed.id).values(version=Posting.version + 5))
    session.execute(update(Posting).where(Posting.id == gone.id).values(status=PostingStatus.CLOSED))
    session.commit()
    drift = reconcile(database.writing, engine)
    assert dataclasses.astuple(drift) == (1, 1, 1)
    drained(database, engine, embedded)
    assert reconcile(database.writing, engine).total == 0
    assert {lost.search_id, changed.search_id} <= engine.versions().keys()
    assert gone.search_id not in engine.versions()


def test_reconcile_believes_a_restored_database_more_than_a_newer_index(
    database: Database, engine: EmbeddedEngine, embedded: Embed, session: Session, published_need: Posting
) -> None:
    drained(database, engine, embedded)
    session.execute(update(Posting).where(Posting.id == published_need.id).values(version=1))
    session.commit()
    reconcile(database.writing, engine)
    drained(database, engine, embedded)
    assert engine.versions()[published_need.search_id] == 1


def test_rebuild_makes_the_same_index_from_nothing(
    database: Database, engine: EmbeddedEngine, embedded: Embed, published_need: Posting
) -> None:
    drained(database, engine, embedded)
    before = engine.versions()
    seen: list[tuple[int, int]] = []
    assert rebuild(database.writing, engine, embedded, lambda done, total: seen.append((done, total))) == len(before)
    assert engine.versions() == before
    assert seen[-1] == (len(before), len(before))


class Picky(EmbeddedEngine):
    """A real engine that refuses one document, as a strict mapping would."""

    poison = ""

    def put(self, documents: Sequence[Document], vectors: Sequence[Vector | None]) -> Written:  # type: ignore[override]
        if any(document.id == self.poison for document in documents):
            raise BadDocument(f"{self.poison} does not fit")
        return super().put(documents, vectors)


def test_a_poison_row_parks_after_twenty_tries_while_others_flow(
    database: Database, tmp_path: object, embedded: Embed, session: Session, cast: Cast
) -> None:
    """Promise R17."""
    good, bad = (
        factories.published(factories.need(cast.owner, cast.enterprise, title=title)) for title in ("好的", "坏的")
    )
    session.add_all([good, bad])
    session.commit()
    engine = Picky(tmp_path / "index")  # type: ignore[operator]
    engine.poison = bad.search_id
    for _attempt in range(20):
        drain(database.writing, engine, embedded)
        session.execute(update(OutboxEntry).values(not_before=now()))
        session.commit()
    assert good.search_id in engine.versions()
    assert lag(session) == (0, 1)
    session.commit()
    assert drain(database.writing, engine, embedded).taken == 0


class Away(EmbeddedEngine):
    """An engine that cannot be written to now."""

    def put(self, documents: Sequence[Document], vectors: Sequence[Vector | None]) -> Written:  # type: ignore[override]
        raise EngineUnavailable("away")


def test_while_the_engine_is_away_no_entry_is_lost_or_counted(
    database: Database,
    tmp_path: object,
    engine: EmbeddedEngine,
    embedded: Embed,
    session: Session,
    published_need: Posting,
) -> None:
    away = Away(tmp_path / "away")  # type: ignore[operator]
    for _attempt in range(25):
        with pytest.raises(EngineUnavailable):
            drain(database.writing, away, embedded)
    assert session.scalar(select(func.max(OutboxEntry.attempts))) == 0
    session.commit()
    drained(database, engine, embedded)
    assert published_need.search_id in engine.versions()


def test_entries_of_a_crashed_worker_fall_due_again_when_their_lease_ends(
    database: Database, engine: EmbeddedEngine, embedded: Embed, session: Session, published_need: Posting
) -> None:
    """A crash between claiming and settling leaves a lease behind, nothing else."""

    def crash(texts: Sequence[str]) -> Sequence[Vector]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        drain(database.writing, engine, crash)
    assert drain(database.writing, engine, embedded).taken == 0
    session.execute(update(OutboxEntry).values(not_before=now()))
    session.commit()
    drained(database, engine, embedded)
    assert published_need.search_id in engine.versions()


def test_a_document_holds_no_name_contact_or_birth_year_of_a_talent(
    database: Database, engine: EmbeddedEngine, embedded: Embed, session: Session, cast: Cast
) -> None:
    """Promise A3, at the index: what is masked never enters a document."""
    profile = factories.published(factories.talent(cast.talent, birth_year=1983))
    session.add(profile)
    session.commit()
    drained(database, engine, embedded)
    for canary in (cast.talent.name, cast.talent.email, "13800000000", "1983"):
        assert profile.search_id not in ids(engine, text=canary)
    assert profile.search_id in ids(engine, kinds=("talent",))
    assert not engine.search(Query(kinds=("talent",), audiences=("public",))).hits


def test_an_organisations_name_is_found_only_when_it_is_public(
    database: Database, engine: EmbeddedEngine, embedded: Embed, session: Session, cast: Cast
) -> None:
    hidden = factories.published(factories.need(cast.owner, cast.enterprise, title="甲产线"))
    shown = factories.published(factories.need(cast.owner, cast.enterprise, title="乙产线", name_is_public=True))
    session.add_all([hidden, shown])
    session.commit()
    drained(database, engine, embedded)
    found = ids(engine, text=cast.enterprise.name)
    assert shown.search_id in found
    assert hidden.search_id not in found
