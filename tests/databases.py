"""Clean databases for tests, quickly: migrated once, then copied (SQLite) or swept (PostgreSQL)."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from matchmaker import schema
from matchmaker.database import Database


class Databases(Protocol):
    """A place that lends clean, migrated databases, one at a time."""

    def lend(self, folder: Path) -> str:
        """Return the address of a clean database."""
        ...

    def take_back(self) -> None:
        """Make the database clean for the next borrower."""
        ...

    def close(self) -> None:
        """Remove what was made."""
        ...


class SqliteFiles:
    """A migrated file, copied for every test."""

    def __init__(self, folder: Path) -> None:
        """Migrate the file that is copied."""
        self.template = folder / "template.db"
        _migrate(f"sqlite:///{self.template}")
        with closing(sqlite3.connect(self.template)) as connection:
            # What still stands in the write-ahead log would not be copied.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def lend(self, folder: Path) -> str:
        """Copy the template into the test's own folder."""
        path = folder / "market.db"
        shutil.copyfile(self.template, path)
        return f"sqlite:///{path}"

    def take_back(self) -> None:
        """Leave the file to pytest, which removes old folders itself."""

    def close(self) -> None:
        """Leave the template to pytest as well."""


class PostgresDatabase:
    """One migrated database of this process, swept after every test: fifty times quicker than a new one."""

    def __init__(self, server: str) -> None:
        """Create and migrate the database on the server."""
        self.server = _driver_url(server)
        self.name = f"market_test_{os.getpid()}"
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name)))
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(self.name)))
        self.url = make_url(server).set(database=self.name).render_as_string(hide_password=False)
        _migrate(self.url)
        self.broom = psycopg.connect(_driver_url(self.url), autocommit=True)
        self.broom.execute("SET session_replication_role = replica")
        self.tables = self._names(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        self.tables.remove("alembic_version")
        self.sequences = self._names("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")

    def _names(self, query: str) -> list[str]:
        return [name for (name,) in self.broom.execute(query).fetchall()]  # type: ignore[call-overload]

    def lend(self, folder: Path) -> str:
        """Return the one address there is."""
        return self.url

    def take_back(self) -> None:
        """Close what a test left open, empty the tables and let ids start at 1 again."""
        self.broom.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        emptied = (sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in self.tables)
        restarted = (sql.SQL("SELECT setval({}, 1, false)").format(sql.Literal(name)) for name in self.sequences)
        self.broom.execute(sql.SQL("; ").join([*emptied, *restarted]))

    def close(self) -> None:
        """Drop the database."""
        self.broom.close()
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name)))


def _migrate(url: str) -> None:
    database = Database(url)
    schema.upgrade(database)
    database.engine.dispose()


def _driver_url(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
