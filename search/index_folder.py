"""Keep index files in a folder, one of them in use, for any number of threads and processes.

A pointer, CURRENT, names the file in use. A new index takes over by moving the pointer, and its name is never used
again, so that no process can take one file's write-ahead log for another's.
"""

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue

from search import index_rows
from search.engine import EngineBusy, EngineUnavailable

POINTER = "CURRENT"
BUSY_SECONDS = 10.0
ATTEMPTS = 5  # at opening the file in use while others move the pointer


class IndexFile:
    """One index file and its idle connections, which threads take and give back."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._is_closed = False

    @classmethod
    def create(cls, folder: Path, fingerprint: str) -> "IndexFile":
        """Make an empty index under a name that never was."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"index-{secrets.token_hex(8)}.sqlite3"
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            index_rows.prepare(connection, fingerprint)
        return cls(path)

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection."""
        try:
            connection = self._idle.get_nowait()
        except Empty:
            connection = self._open()
        try:
            yield connection
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if self._is_closed:
                connection.close()
            else:
                self._idle.put(connection)

    def _open(self) -> sqlite3.Connection:
        # "rw" and not "rwc": a file that was replaced in this moment must not come back empty.
        uri = f"{self.path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)
        connection.execute("PRAGMA synchronous = NORMAL")  # the index is a copy: a lost last second is reconciled
        connection.execute("PRAGMA secure_delete = ON")  # what was withdrawn does not stay in free pages
        connection.execute("PRAGMA cache_size = -16000")
        return connection

    def close(self) -> None:
        """Close the idle connections, and each lent one when it comes back."""
        self._is_closed = True
        with contextlib.suppress(Empty):
            while True:
                self._idle.get_nowait().close()

    def delete(self) -> None:
        """Remove the file from the disk."""
        self.close()
        for suffix in ("", "-wal", "-shm"):
            # Windows keeps a file that another process has open; the next rebuild sweeps it away.
            with contextlib.suppress(OSError):
                Path(f"{self.path}{suffix}").unlink()


class IndexFolder:
    """The folder of index files, and the pointer to the one in use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IndexFile | None = None

    def current(self) -> IndexFile | None:
        """Return the file in use, if there is one."""
        try:
            name = (self.path / POINTER).read_text().strip()
        except FileNotFoundError:
            return None
        file = self._file
        if file is None or file.path.name != name:
            if file is not None:
                file.close()
            file = self._file = IndexFile(self.path / name)
        return file

    def point_to(self, file: IndexFile) -> None:
        """Make a file the one in use, in one step that a crash cannot halve."""
        draft = self.path / f"{POINTER}-{secrets.token_hex(4)}"
        with draft.open("w") as stream:
            stream.write(file.path.name)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(self.path / POINTER)

    def sweep(self) -> None:
        """Remove what crashed rebuilds left behind; only whoever holds the rebuild lock may."""
        current = self.current()
        for path in self.path.glob("index-*.sqlite3"):
            if current is None or path.name != current.path.name:
                IndexFile(path).delete()

    @contextmanager
    def rebuild_lock(self) -> Iterator[None]:
        """Hold the lock that only one rebuild has at a time; a crash gives it back."""
        self.path.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(self.path / "rebuild.lock", timeout=0, isolation_level=None)) as lock:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                raise EngineBusy("The index is being made anew by another process.") from error
            yield

    def close(self) -> None:
        """Close all connections; the next use opens the file again."""
        file, self._file = self._file, None
        if file is not None:
            file.close()

    @contextmanager
    def reading(self) -> Iterator[tuple[sqlite3.Connection, IndexFile]]:
        """Lend a connection that sees one moment of the index in use."""
        with self._transaction("BEGIN") as lent:
            yield lent

    @contextmanager
    def writing(self, fingerprint: str) -> Iterator[sqlite3.Connection]:
        """Lend a connection that alone may write to the index in use, making one when there is none."""
        if self.current() is None:
            with self.rebuild_lock():
                if self.current() is None:
                    self.point_to(IndexFile.create(self.path, fingerprint))
        with self._transaction("BEGIN IMMEDIATE") as (connection, _):
            if index_rows.made_by(connection) != fingerprint:
                raise EngineUnavailable("The index was made with another language model: rebuild it.")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def locked(self) -> Iterator[tuple[sqlite3.Connection, IndexFile]]:
        """Keep everybody else from writing to the index in use, whichever model it was made with."""
        with self._transaction("BEGIN IMMEDIATE") as lent:
            yield lent

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[tuple[sqlite3.Connection, IndexFile]]:
        with contextlib.ExitStack() as stack:
            try:
                lent = self._begin(stack, begin)
            except sqlite3.Error as error:
                raise EngineUnavailable(f"The index cannot be opened: {error}.") from error
            try:
                yield lent
            except sqlite3.Error as error:
                raise EngineUnavailable(f"The index cannot be used: {error}.") from error

    def _begin(self, stack: contextlib.ExitStack, begin: str) -> tuple[sqlite3.Connection, IndexFile]:
        for attempt in range(ATTEMPTS):
            file = self.current()
            if file is None:
                raise EngineUnavailable("There is no index yet.")
            with contextlib.ExitStack() as trial:
                try:
                    connection = trial.enter_context(file.connection())
                    connection.execute(begin)
                    is_readable = index_rows.is_readable(connection)
                except sqlite3.OperationalError:
                    # The file may have been replaced and removed since the pointer was read.
                    if attempt == ATTEMPTS - 1 or self.current() is file:
                        raise
                    continue
                # Only when the pointer still says so was this file whole, and is a write to it not lost.
                if self.current() is file:
                    if not is_readable:
                        raise EngineUnavailable("The index was made by another version of the program: rebuild it.")
                    stack.push(trial.pop_all())
                    return connection, file
        raise EngineUnavailable("The index is being replaced over and over.")


class NewIndex(IndexFolder):
    """A file that nothing points to yet, in the place of a folder."""

    def __init__(self, file: IndexFile) -> None:
        super().__init__(file.path.parent)
        self._only = file

    def current(self) -> IndexFile:
        """Return the file."""
        return self._only

    def close(self) -> None:
        """Close all connections."""
        self._only.close()
