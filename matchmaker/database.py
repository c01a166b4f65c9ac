"""The database as web, worker and commands share it: one engine, short transactions, no surprises of SQLite."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

Done = TypeVar("Done")

# SQLite waits this long for another writer; PostgreSQL gives up on a statement after as long.
PATIENCE_MS = 5000
# A line of a log that nobody waits for is rather left out than a page held up.
HASTE_MS = 200
# What two processes may do to each other that write the same rows: the same key, a row gone or changed, a deadlock.
CLASHES = (IntegrityError, OperationalError, StaleDataError)
TRIES = 5


class Database:
    """An engine with a reading and a writing side."""

    def __init__(self, url: str) -> None:
        """Open the database at the address; nothing is read before the first session."""
        self.url = make_url(url)
        self.engine = _engine(url)
        # A unit that will write takes SQLite's write lock at its start: taken later, it may fail after the reading.
        self._writing = self.engine.execution_options(sqlite_begin="IMMEDIATE")
        self._noting = self.engine.execution_options(sqlite_begin="IMMEDIATE", sqlite_patience_ms=HASTE_MS)
        # Whoever only looks can't write by mistake: the database itself refuses.
        self._reading = self.engine.execution_options(sqlite_reads_only=True, postgresql_readonly=True)

    def session(self, write: bool) -> Session:
        """Open a session; the caller closes it."""
        return Session(self._writing if write else self._reading, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that will not write."""
        with self.session(write=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a session for one or more writing transactions."""
        with self.session(write=True) as session:
            yield session

    def insist(self, unit: Callable[[Session], Done]) -> Done:
        """Do a unit of work and commit it; where another process was in its way, do it again on what stands then."""
        for tries_left in reversed(range(TRIES)):
            try:
                with self.writing() as session:
                    done = unit(session)
                    session.commit()
                    return done
            except CLASHES:
                if not tries_left:
                    raise
        raise AssertionError("the last try returns or raises")

    @contextmanager
    def noting(self) -> Iterator[Session]:
        """Open a session for what is rather left out than waited for."""
        with Session(self._noting, expire_on_commit=False) as session:
            yield session


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(
            url,
            pool_pre_ping=True,
            pool_size=10,
            connect_args={
                "options": f"-c statement_timeout={PATIENCE_MS * 6} -c lock_timeout={PATIENCE_MS}"
                " -c idle_in_transaction_session_timeout=30000"
            },
        )
    engine = create_engine(url, pool_pre_ping=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, record: Any) -> None:
    # The driver's own transaction handling opens none for a SELECT and so loses updates; we say BEGIN ourselves.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", f"busy_timeout={PATIENCE_MS}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if options.get('sqlite_reads_only') else 'OFF'}")
    connection.exec_driver_sql(f"PRAGMA busy_timeout={options.get('sqlite_patience_ms', PATIENCE_MS)}")
    connection.exec_driver_sql(f"BEGIN {options.get('sqlite_begin', 'DEFERRED')}")
