"""Run the migrations; of the program's own code only the tables are imported here."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, NullPool, create_engine
from sqlalchemy.types import TypeEngine

from models import Base, Instant
from models.base import TermType


def plain_type(kind: str, item: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """Write our own column types as the plain ones that the database sees, so that old migrations need no old code."""
    if kind != "type":
        return False
    if isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, TermType):
        return "sa.String(length=40)"
    return False


def has_other_type(
    context: Any, column: Any, metadata_column: Any, type_: TypeEngine[Any], metadata_type: TypeEngine[Any]
) -> bool | None:
    """Compare what the database stores for our own types, not the Python side of them."""
    if isinstance(metadata_type, TermType | Instant):
        plain: TypeEngine[Any] = metadata_type.load_dialect_impl(context.dialect)
        return bool(context.impl.compare_type(column, metadata_column._copy(type_=plain)))
    return None


def migrate(connection: Connection) -> None:
    """Run the migrations on an open connection, all of this run in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=has_other_type,
        compare_server_default=True,
        render_item=plain_type,
    )
    if connection.dialect.name == "sqlite":
        with without_foreign_keys(connection):
            context.run_migrations()
        return
    with context.begin_transaction():
        context.run_migrations()


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Let SQLite alter a table, which it does by a copy: dropping the old one would delete what refers to it.

    The switch does nothing inside a transaction, so it is thrown on the driver's connection before SQLAlchemy says
    BEGIN and after COMMIT.
    """
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield
            broken = driver.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"this migration leaves rows that refer to nothing: {broken[:5]}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def main() -> None:
    """Use the connection that the caller opened, or open one to DATABASE_URL."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        migrate(connection)
        return
    url = os.environ.get("DATABASE_URL") or context.config.get_main_option("sqlalchemy.url")
    if not url:
        raise SystemExit("DATABASE_URL names no database; `make migration` and `flask db` set one.")
    with create_engine(url, poolclass=NullPool).connect() as opened:
        migrate(opened)


main()
