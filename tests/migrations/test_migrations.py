"""Migrations go up, down and up again with rows in the tables, end at one head, and make what the models say."""

import re

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from matchmaker import schema
from matchmaker.config import ROOT
from matchmaker.database import Database
from models import AuditEvent, Base, Interest, OutboxEntry, Posting, RelocationNeed
from tests import factories
from tests.cast import Cast, assemble

VERSIONS = sorted((ROOT / "migrations" / "versions").glob("*.py"))


def test_the_history_has_one_head_and_one_beginning() -> None:
    """Two heads would leave it open what a database is to become."""
    history = ScriptDirectory(str(ROOT / "migrations"))
    assert len(history.get_heads()) == 1
    assert len(history.get_bases()) == 1


def test_every_migration_is_named_by_its_day_and_what_it_does() -> None:
    """A folder of migrations reads like a diary."""
    assert VERSIONS
    for path in VERSIONS:
        assert re.fullmatch(r"20\d{6}_[a-z0-9_]+\.py", path.name), path.name


def test_no_migration_imports_the_models() -> None:
    """An old migration must run when the models have moved on."""
    for path in VERSIONS:
        assert not re.search(r"^\s*(from|import) (models|search|matchmaker)\b", path.read_text(), re.MULTILINE), (
            path.name
        )


def test_the_tables_are_what_the_models_say(database: Database) -> None:
    """`alembic check` finds nothing to do."""
    assert schema.current(database) == schema.head()
    assert schema.differences(database) == []


@pytest.mark.sqlite_only
def test_a_table_that_strayed_is_named(database: Database) -> None:
    """The comparison sees a column too many, one too few, and one of another type."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE zone ADD COLUMN stray INTEGER")
        connection.exec_driver_sql("ALTER TABLE zone DROP COLUMN basis")
        connection.exec_driver_sql("ALTER TABLE user_account DROP COLUMN last_visit_at")
        connection.exec_driver_sql("ALTER TABLE user_account ADD COLUMN last_visit_at VARCHAR(3)")
    said = "\n".join(schema.differences(database))
    assert all(name in said for name in ("stray", "basis", "last_visit_at"))


def test_a_market_with_rows_goes_down_and_up_again(database: Database, session: Session, cast: Cast) -> None:
    """Every step back and forth passes with rows in every table that a story fills."""
    need = factories.published(factories.need(cast.owner, cast.enterprise))
    offer = factories.published(factories.offer(cast.manager, cast.park, cast.authority))
    session.add_all([need, offer, factories.talent(cast.talent), factories.position(cast.owner, cast.enterprise)])
    session.flush()
    session.add(
        Interest(
            posting_id=offer.id,
            about_id=need.id,
            sender_id=cast.owner.id,
            organisation_id=cast.enterprise.id,
            message="想看厂房",
            expires_on=need.expires_on,
        )
    )
    session.add(AuditEvent.of(cast.owner, "posting.published", "posting", need.id))
    session.commit()
    session.close()

    for revision in reversed(_revisions()):
        schema.downgrade(database, revision)
    schema.downgrade(database, "base")
    left = set(inspect(database.engine).get_table_names()) - {"alembic_version"}
    assert left == set()

    for revision in _revisions():
        schema.upgrade(database, revision)
    assert schema.differences(database) == []
    with database.writing() as again:
        assemble(again)
        assert again.scalar(select(func.count()).select_from(Posting)) == 3


def test_going_down_and_up_by_the_newest_step_keeps_the_rows_of_the_others(
    database: Database, session: Session, cast: Cast
) -> None:
    """Who only takes back the newest migration loses nothing that stood before it."""
    session.add(factories.need(cast.owner, cast.enterprise))
    session.commit()
    before = session.scalar(select(func.count()).select_from(RelocationNeed))
    session.close()
    revisions = _revisions()
    if len(revisions) > 1:
        schema.downgrade(database, revisions[-2])
        schema.upgrade(database)
    with database.reading() as again:
        assert again.scalar(select(func.count()).select_from(RelocationNeed)) == before


def test_foreign_keys_are_kept_again_after_a_migration(database: Database) -> None:
    """SQLite's switch, off while tables are copied, is on again for whoever gets the connection next."""
    schema.upgrade(database)
    if database.engine.dialect.name == "sqlite":
        with database.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_upgrading_twice_changes_nothing(database: Database, session: Session, cast: Cast) -> None:
    """The server migrates at every start, so that must be safe."""
    rows = session.scalar(select(func.count()).select_from(OutboxEntry))
    session.close()
    schema.upgrade(database)
    with database.reading() as again:
        assert again.scalar(select(func.count()).select_from(OutboxEntry)) == rows
    assert set(Base.metadata.tables) <= set(inspect(database.engine).get_table_names())


def _revisions() -> list[str]:
    history = ScriptDirectory(str(ROOT / "migrations"))
    return [script.revision for script in reversed(list(history.walk_revisions()))]
