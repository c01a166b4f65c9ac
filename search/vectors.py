"""Keep the vectors of texts that were embedded before, so that an index is made anew without the model."""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.encoder import Encoder, Progress, prepared

SCHEMA = """
CREATE TABLE IF NOT EXISTS vector (
    text BLOB NOT NULL,
    fingerprint TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (text, fingerprint)
) WITHOUT ROWID
"""
SAVED_AT_ONCE = 256  # embedding these takes seconds, and no more is lost when the program is stopped


class VectorCache:
    """A file of vectors by the hash of their text and the fingerprint of their model.

    Half precision is kept: it moves no result and halves the file. Any number of processes may use one file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=10, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(SCHEMA)
            yield connection

    def get(self, fingerprint: str, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """Return the vectors that are known."""
        found: dict[bytes, NDArray[np.float32]] = {}
        with self._connection() as connection:
            for start in range(0, len(keys), 500):
                some = keys[start : start + 500]
                marks = ",".join("?" * len(some))
                rows = connection.execute(
                    f"SELECT text, value FROM vector WHERE fingerprint = ? AND text IN ({marks})", (fingerprint, *some)
                )
                for key, value in rows:
                    found[key] = np.frombuffer(value, np.float16).astype(np.float32)
        return found

    def put(self, fingerprint: str, vectors: dict[bytes, NDArray[np.float32]]) -> None:
        """Remember vectors."""
        rows = [(key, fingerprint, vector.astype(np.float16).tobytes()) for key, vector in vectors.items()]
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?, ?)", rows)
            connection.execute("COMMIT")


def embed(
    encoder: Encoder, cache: VectorCache, texts: Sequence[str], progress: Progress | None = None
) -> NDArray[np.float32]:
    """Return one vector for each text, encoding only those that were never seen; `progress` hears of all."""
    if not texts:
        return np.empty((0, 0), np.float32)
    keys = [hashlib.sha256(prepared(text).encode()).digest() for text in texts]
    known = cache.get(encoder.fingerprint, list(dict.fromkeys(keys)))
    if progress and known:
        progress(sum(key in known for key in keys))
    # Sorted by length before they are cut into portions, as the encoder would do with all of them.
    missing = sorted(
        {key: text for key, text in zip(keys, texts, strict=True) if key not in known}.items(), key=_length
    )
    for start in range(0, len(missing), SAVED_AT_ONCE):
        portion = missing[start : start + SAVED_AT_ONCE]
        made = dict(
            zip((key for key, _ in portion), encoder.encode_documents([text for _, text in portion]), strict=True)
        )
        cache.put(encoder.fingerprint, made)
        known.update({key: vector.astype(np.float16).astype(np.float32) for key, vector in made.items()})
        if progress:
            progress(sum(key in made for key in keys))
    return np.stack([known[key] for key in keys])


def _length(item: tuple[bytes, str]) -> int:
    return len(item[1])
