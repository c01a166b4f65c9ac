"""Search inside the process: words in SQLite's full-text index, vectors and filters in memory, nothing to install."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from time import perf_counter

import numpy as np

from search import fusion, index_rows, page
from search.analysis import parse
from search.columns import Columns, Mask, Snapshot
from search.engine import Baseline, Document, EngineUnavailable, Hit, Query, Range, Results, Vector, Written
from search.fusion import Scores
from search.index_folder import IndexFile, IndexFolder, NewIndex
from search.page import Found
from search.words import match_code, match_words, score_text


class EmbeddedEngine:
    """An index in a folder of its own, for any number of threads and processes of one machine.

    `fingerprint` names the model that the vectors come from. An index of another model is still searched by words,
    but not written to until it is made anew.
    """

    def __init__(self, folder: Path, fingerprint: str = "") -> None:
        self.fingerprint = fingerprint
        self._folder = IndexFolder(folder)
        self._lock = Lock()
        self._columns = Columns()
        self._now: Snapshot | None = None
        self._file: IndexFile | None = None
        self._has_our_vectors = False

    def put(self, documents: Sequence[Document], vectors: Iterable[Vector | None]) -> Written:
        """Store the documents, each with its vector or with none, all in one step."""
        if not documents:
            return Written()
        with self._folder.writing(self.fingerprint) as connection:
            pairs = zip(documents, vectors, strict=True)
            return _written([index_rows.put(connection, document, vector) for document, vector in pairs])

    def remove(self, versions: Mapping[str, int]) -> Written:
        """Take documents out, each at the version that it was withdrawn at, and remember that."""
        if not versions:
            return Written()
        with self._folder.writing(self.fingerprint) as connection:
            return _written([index_rows.remove(connection, key, version) for key, version in versions.items()])

    def forget(self, ids: Iterable[str]) -> None:
        """Drop documents and all memory of their versions."""
        wanted = list(ids)
        if wanted:
            with self._folder.writing(self.fingerprint) as connection:
                for key in wanted:
                    index_rows.forget(connection, key)

    def search(self, query: Query) -> Results:
        """Answer one page of what the query's audiences may see."""
        started = perf_counter()
        with self._moment() as (connection, now):
            visible = now.visible(query.audiences)
            if query.ids is not None:
                visible = visible & now.only(query.ids)
            found = self._find(connection, now, query, visible)
            masks = page.conditions(now, query)
            mask = page.passing(found.mask, masks)
            return Results(
                hits=page.hits(connection, now, found, page.ordered(now, query, found, mask)),
                total=int(np.count_nonzero(mask)),
                facets=page.facets(now, query.facets, found.mask, masks),
                loosened=bool(found.words and found.words.loosened),
                took=perf_counter() - started,
            )

    def candidates(
        self,
        vector: Vector | None,
        text: str = "",
        *,
        kinds: Sequence[str] = (),
        filters: Mapping[str, tuple[str, ...]] | None = None,
        ranges: Mapping[str, Range] | None = None,
        audiences: Sequence[str] = ("public",),
        limit: int = 200,
    ) -> list[Hit]:
        """Rank everything that passes the conditions by meaning and words, best first, for the recommender."""
        query = Query(kinds=tuple(kinds), filters=filters or {}, ranges=ranges or {}, audiences=tuple(audiences))
        with self._moment() as (connection, now):
            mask = page.passing(now.visible(query.audiences), page.conditions(now, query))
            dense = self._dense(now, vector)
            lexical = score_text(connection, now, text)
            score = fusion.fuse(dense, lexical, mask)
            members = np.flatnonzero(mask)
            keys = (score[members], now.freshness[members])
            kinds_of, names = now.kinds(), now.facet("kind").values
            return [
                Hit(
                    id=str(now.ids[at]),
                    kind=names[kinds_of[at]],
                    version=int(now.versions[at]),
                    score=float(score[at]),
                    lexical=float(lexical[at]) if lexical[at] > 0 else None,
                    dense=page.cosine(dense, at),
                )
                for at in page.best(keys, now.ids[members], members, limit).tolist()
            ]

    def vectors(self, ids: Iterable[str]) -> dict[str, Vector]:
        """Return the stored vectors of those documents that have one."""
        with self._moment() as (_, now):
            known = ((key, now.positions[key]) for key in ids if key in now.positions)
            return {key: now.vectors[at].copy() for key, at in known if now.has_vector[at]}

    def versions(self) -> dict[str, int]:
        """Return id and version of every document that can be found."""
        if self._folder.current() is None:
            return {}
        with self._folder.reading() as (connection, _):
            return index_rows.live_versions(connection)

    def count(self) -> int:
        """Tell how many documents can be found."""
        return len(self.versions())

    def is_outdated(self) -> bool:
        """Tell whether the index is missing or was made by another version of the program or of the model."""
        try:
            with self._folder.reading() as (connection, _):
                return index_rows.made_by(connection) != self.fingerprint
        except EngineUnavailable:
            return True

    @contextmanager
    def replacement(self) -> Iterator["EmbeddedEngine"]:
        """Open an empty index to fill; when the block ends well it takes the old one's place in one step."""
        with self._folder.rebuild_lock():
            self._folder.sweep()
            since = self._last_row()
            file = IndexFile.create(self._folder.path, self.fingerprint)
            fresh = EmbeddedEngine(self._folder.path, self.fingerprint)
            fresh._folder = NewIndex(file)
            try:
                yield fresh
                fresh._optimise()
                self._take_over(fresh, file, since)
            except BaseException:
                file.delete()
                raise
            finally:
                fresh.close()

    def check(self) -> list[str]:
        """Look for damage and return a sentence for each that is found."""
        with self._folder.locked() as (connection, _):
            return index_rows.damage(connection)

    def close(self) -> None:
        """Close all connections; the next use opens them again."""
        self._folder.close()

    def _optimise(self) -> None:
        with self._folder.writing(self.fingerprint) as connection:
            index_rows.optimise(connection)

    def _last_row(self) -> int | None:
        try:
            with self._folder.reading() as (connection, _):
                return index_rows.last_row(connection)
        except EngineUnavailable:
            return None

    def _take_over(self, fresh: "EmbeddedEngine", file: IndexFile, since: int | None) -> None:
        old = self._folder.current()
        if since is None:
            self._folder.point_to(file)
        else:
            # Nobody writes to the old file while its last changes are copied and the pointer moves.
            with self._folder.locked() as (connection, _):
                if index_rows.made_by(connection) == self.fingerprint:
                    written = list(index_rows.stored_documents(connection, since))
                    fresh.put([document for document, _ in written], [vector for _, vector in written])
                    fresh.remove(dict(index_rows.stored_removals(connection, since)))
                self._folder.point_to(file)
        if old is not None:
            old.delete()

    @contextmanager
    def _moment(self) -> Iterator[tuple[sqlite3.Connection, Snapshot]]:
        """Lend a connection and the columns, both as they were at the same moment."""
        with ExitStack() as stack:
            with self._lock:
                connection, file = stack.enter_context(self._folder.reading())
                now = self._refreshed(connection, file)
            yield connection, now

    def _refreshed(self, connection: sqlite3.Connection, file: IndexFile) -> Snapshot:
        if self._file is not file or self._columns.is_worn:
            self._columns, self._now, self._file = Columns(), None, file
            self._has_our_vectors = index_rows.made_by(connection) == self.fingerprint
        if self._now is None or self._now.last_row != index_rows.last_row(connection):
            self._now = self._columns.extend(index_rows.rows_after(connection, self._columns.last_row))
        return self._now

    def _find(self, connection: sqlite3.Connection, now: Snapshot, query: Query, visible: Mask) -> Found:
        nothing = np.zeros(now.length, bool)
        if not query.text.strip():
            return Found(visible, np.zeros(now.length, np.float32), nothing, nothing)
        units = parse(query.text)
        words = match_words(connection, now, units, visible)
        exact = match_code(connection, now, query.text) & visible
        dense = self._dense(now, query.vector) if units else None
        near = nothing
        if dense is not None and query.vector is not None and query.baseline is not None:
            near = fusion.near(_contrasts(now, dense, query.vector, query.baseline), now.kinds(), visible)
        return Found(words.found | exact | near, fusion.fuse(dense, words.scores, visible), exact, near, dense, words)

    def _dense(self, now: Snapshot, vector: Vector | None) -> Scores | None:
        if vector is None or not self._has_our_vectors or now.vectors.shape[1] != len(vector):
            return None
        return np.where(now.has_vector, now.vectors @ vector, np.float32(np.nan))


def _contrasts(now: Snapshot, cosines: Scores, vector: Vector, baseline: Baseline) -> Scores:
    on_query, on_document = (_projection(now, one) for one in (baseline.query, baseline.document))
    return np.nan_to_num(fusion.contrast(cosines, on_query, on_document, vector, baseline), nan=-1.0)


def _projection(now: Snapshot, vector: Vector) -> Scores:
    key = ("projection", vector.tobytes())
    if key not in now.remembered:
        now.remembered[key] = now.vectors @ vector
    found: Scores = now.remembered[key]
    return found


def _written(changes: list[bool]) -> Written:
    return Written(applied=sum(changes), refused=len(changes) - sum(changes))
