"""Read and write the rows of an index file: documents, their words and their vectors.

Every write gives its document a new, higher row number, removals included, so a process that has read up to some
row reads only the later ones to be up to date.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from search import analysis
from search.engine import Document, Vector

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE document (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    facts TEXT NOT NULL,
    texts TEXT NOT NULL,
    vector BLOB
);
CREATE TABLE code (code TEXT NOT NULL, row INTEGER NOT NULL);
CREATE INDEX code_code ON code (code);
CREATE INDEX code_row ON code (row);
CREATE VIRTUAL TABLE words USING fts5(title, names, codes, body, pinyin, initials, tokenize = "ascii tokenchars '.'");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
"""
FORGOTTEN = -1  # the version of a document that nothing is remembered of: any put is newer
FORMAT = hashlib.sha256(f"{SCHEMA}{analysis.VERSION}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Row:
    """What one row of the file says of a document; `vector` and `facts` are empty for a removal."""

    row: int
    id: str
    kind: str
    version: int
    is_removed: bool
    facts: dict[str, Any]
    vector: Vector | None


def prepare(connection: sqlite3.Connection, fingerprint: str) -> None:
    """Lay out an empty index for the vectors of one model."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(SCHEMA)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [("format", FORMAT), ("fingerprint", fingerprint)])


def is_readable(connection: sqlite3.Connection) -> bool:
    """Tell whether this version of the program laid the index out."""
    found: tuple[str] | None = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    return found == (FORMAT,)


def made_by(connection: sqlite3.Connection) -> str:
    """Return the fingerprint of the model that the index's vectors come from."""
    (value,) = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
    return str(value)


def last_row(connection: sqlite3.Connection) -> int:
    """Return the highest row number that was ever given."""
    found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'document'").fetchone()
    return int(found[0]) if found else 0


def rows_after(connection: sqlite3.Connection, row: int) -> Iterator[Row]:
    """Yield what was written after a row, in order."""
    query = "SELECT row, id, kind, version, removed, facts, vector FROM document WHERE row > ? ORDER BY row"
    for number, key, kind, version, removed, facts, vector in connection.execute(query, (row,)):
        yield Row(number, key, kind, version, bool(removed), json.loads(facts), _vector(vector))


def known_version(connection: sqlite3.Connection, key: str) -> tuple[int, bool] | None:
    """Return the version that is known of a document, and whether it was removed at that version."""
    found = connection.execute("SELECT version, removed FROM document WHERE id = ?", (key,)).fetchone()
    return (found[0], bool(found[1])) if found else None


def put(connection: sqlite3.Connection, document: Document, vector: Vector | None) -> bool:
    """Write a document unless something newer is known of it, and tell whether it was written."""
    known = known_version(connection, document.id)
    if known is not None and (document.version < known[0] or (known[1] and document.version == known[0])):
        return False
    facts = {
        "audiences": document.audiences,
        "terms": {"kind": (document.kind,)} | dict(document.terms),
        "numbers": dict(document.numbers),
        "freshness": document.freshness,
    }
    texts = {"title": document.title, "body": document.body, "names": document.names, "codes": document.codes}
    row = _replace(connection, document.id, document.kind, document.version, facts, texts, vector)
    connection.execute(
        "INSERT INTO words (rowid, title, names, codes, body, pinyin, initials) VALUES (?,?,?,?,?,?,?)",
        (
            row,
            _tokens((document.title,)),
            _tokens(document.names),
            _tokens(document.codes),
            _tokens((document.body,)),
            " ".join(syllable for name in (document.title, *document.names) for syllable in analysis.pinyin(name)),
            " ".join(letters for name in document.names for letters in analysis.initials(name)),
        ),
    )
    codes = {analysis.code(one) for one in document.codes} - {""}
    connection.executemany("INSERT INTO code VALUES (?, ?)", [(one, row) for one in codes])
    return True


def remove(connection: sqlite3.Connection, key: str, version: int) -> bool:
    """Take a document out unless something newer is known of it, and tell whether anything changed."""
    known = known_version(connection, key)
    if known is not None and (version < known[0] or (known[1] and version == known[0])):
        return False
    _replace(connection, key, "", version, None, {}, None)
    return True


def forget(connection: sqlite3.Connection, key: str) -> None:
    """Take a document out together with the memory of its version."""
    _replace(connection, key, "", FORGOTTEN, None, {}, None)


def stored_documents(connection: sqlite3.Connection, row: int) -> Iterator[tuple[Document, Vector | None]]:
    """Yield the documents that were written after a row, as they were put."""
    query = "SELECT id, kind, version, facts, texts, vector FROM document WHERE row > ? AND NOT removed ORDER BY row"
    for key, kind, version, facts_json, texts_json, vector in connection.execute(query, (row,)).fetchall():
        facts, texts = json.loads(facts_json), json.loads(texts_json)
        document = Document(
            id=key,
            kind=kind,
            version=version,
            title=texts["title"],
            body=texts["body"],
            audiences=tuple(facts["audiences"]),
            names=tuple(texts["names"]),
            codes=tuple(texts["codes"]),
            terms={name: tuple(values) for name, values in facts["terms"].items()},
            numbers=facts["numbers"],
            freshness=facts["freshness"],
        )
        yield document, _vector(vector)


def stored_removals(connection: sqlite3.Connection, row: int) -> list[tuple[str, int]]:
    """Return the removals that were written after a row."""
    return connection.execute(
        "SELECT id, version FROM document WHERE row > ? AND removed ORDER BY row", (row,)
    ).fetchall()


def titles_and_bodies(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return the texts of some rows."""
    wanted = list(rows)
    marks = ",".join("?" * len(wanted))
    found = connection.execute(f"SELECT row, texts FROM document WHERE row IN ({marks})", wanted)
    return {row: (texts["title"], texts["body"]) for row, text in found if (texts := json.loads(text))}


def _replace(
    connection: sqlite3.Connection,
    key: str,
    kind: str,
    version: int,
    facts: Mapping[str, Any] | None,
    texts: Mapping[str, Any],
    vector: Vector | None,
) -> int:
    old = connection.execute("DELETE FROM document WHERE id = ? RETURNING row", (key,)).fetchall()
    for table, column in (("words", "rowid"), ("code", "row")):
        connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", old)
    blob = None if vector is None else vector.astype(np.float16).tobytes()
    values = (key, kind, version, facts is None, _json(facts or {}), _json(texts), blob)
    written = connection.execute(
        "INSERT INTO document (id, kind, version, removed, facts, texts, vector) VALUES (?, ?, ?, ?, ?, ?, ?)", values
    )
    return int(written.lastrowid or 0)


def _tokens(texts: Iterable[str]) -> str:
    # The word stands between texts so that no phrase reaches from one name into the next; nobody can type it.
    return " \u241e ".join(" ".join(analysis.tokens(text)) for text in texts)


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _vector(blob: bytes | None) -> Vector | None:
    return None if blob is None else np.frombuffer(blob, np.float16).astype(np.float32)


def live_versions(connection: sqlite3.Connection) -> dict[str, int]:
    """Return id and version of every document that is not removed."""
    return dict(connection.execute("SELECT id, version FROM document WHERE NOT removed").fetchall())


def optimise(connection: sqlite3.Connection) -> None:
    """Merge the word index into one piece, which halves the time of a search."""
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")


def damage(connection: sqlite3.Connection) -> list[str]:
    """Return a sentence for each thing that is wrong with the file."""
    found = [
        f"The file is damaged: {line}." for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"
    ]
    try:
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        found.append(f"The word index is damaged: {error}.")
    ((documents, words),) = connection.execute(
        "SELECT (SELECT count(*) FROM document WHERE NOT removed), (SELECT count(*) FROM words)"
    )
    if documents != words:
        found.append(f"There are {documents} documents, but words of {words}.")
    return found
