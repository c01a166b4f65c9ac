"""Find the documents that have the words of a query, in the full-text part of an index file.

What a visitor typed never becomes query syntax: only the tokens that `analysis` made of it, which are letters and
digits, are put between quotation marks.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from search.analysis import Phrase, Unit, code, tokens
from search.columns import Mask, Snapshot

WEIGHTS = "3.0, 3.0, 5.0, 1.0, 2.0, 1.0"  # of title, names, codes, body, pinyin, initials
COLUMNS = {"words": "title names codes body", "pinyin": "pinyin", "initials": "initials"}
HOW = tuple(COLUMNS)
ENOUGH = 0.6  # of the pairs of a long run: cutting it between words makes pairs that are no word's
HALF = 0.5  # of all units, when no document has every one
MOST_TOKENS = 48  # of a whole posting's text: the rare ones decide, and the frequent ones take the time
REMEMBERED_UNITS = 256


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """The documents that have one unit: their positions in rising order, scores, and how much of it they have."""

    unit: Unit
    positions: NDArray[np.intp]
    scores: NDArray[np.float32]
    share: NDArray[np.float32]
    how: NDArray[np.int8]  # index into HOW

    def at(self, position: int) -> str | None:
        """Tell how the unit was found in one document, if it was."""
        place = int(np.searchsorted(self.positions, position))
        if place < len(self.positions) and self.positions[place] == position and self.share[place] > 0:
            return str(HOW[self.how[place]])
        return None


@dataclass(frozen=True, slots=True)
class WordMatches:
    """The documents that have the words of a query."""

    units: tuple[UnitMatch, ...]
    scores: NDArray[np.float32]
    found: Mask
    loosened: bool


def match_words(connection: sqlite3.Connection, now: Snapshot, units: Sequence[Unit], visible: Mask) -> WordMatches:
    """Return the visible documents that have every unit, or else those that have half of them."""
    matches = tuple(_match_remembered(connection, now, unit) for unit in units)
    scores = np.zeros(now.length, np.float32)
    coverage = np.zeros(now.length, np.float32)
    complete = np.full(now.length, bool(matches))
    for match in matches:
        share = np.zeros(now.length, np.float32)
        share[match.positions] = match.share
        scores[match.positions] += match.scores
        coverage += share
        complete &= share >= ENOUGH
    found = complete & visible
    if found.any() or not matches:
        return WordMatches(matches, scores, found, loosened=False)
    found = (coverage >= HALF * len(matches)) & visible
    return WordMatches(matches, scores, found, loosened=bool(found.any()))


def match_code(connection: sqlite3.Connection, now: Snapshot, text: str) -> Mask:
    """Return the documents that have exactly this code."""
    found = np.zeros(now.length, bool)
    wanted = code(text)
    if wanted:
        rows = connection.execute("SELECT row FROM code WHERE code = ?", (wanted,)).fetchall()
        found[now.at_rows(np.array([row for (row,) in rows], np.int64))[0]] = True
    return found


def score_text(connection: sqlite3.Connection, now: Snapshot, text: str) -> NDArray[np.float32]:
    """Score all documents by the rarest words of a long text; any word will do."""
    scores = np.zeros(now.length, np.float32)
    rarest = _rarest(connection, tokens(text))
    if rarest:
        any_of_them = " OR ".join(f'"{token}"' for token in rarest)
        expression = f"{{{COLUMNS['words']}}} : ({any_of_them})"
        positions, found = _fetch(connection, now, expression, f"-bm25(words, {WEIGHTS})")
        scores[positions] = found
    return scores


def _rarest(connection: sqlite3.Connection, found: Iterable[str]) -> list[str]:
    distinct = list(dict.fromkeys(found))
    counted: list[tuple[int, str]] = []
    for start in range(0, len(distinct), 500):
        some = distinct[start : start + 500]
        marks = ",".join("?" * len(some))
        counted.extend(connection.execute(f"SELECT doc, term FROM vocabulary WHERE term IN ({marks})", some))
    return [term for _, term in sorted(counted)[:MOST_TOKENS]]


def _match_remembered(connection: sqlite3.Connection, now: Snapshot, unit: Unit) -> UnitMatch:
    key = ("unit", unit)
    found: UnitMatch | None = now.remembered.get(key)
    if found is None:
        found = _match(connection, now, unit)
        if len(now.remembered) < REMEMBERED_UNITS:
            now.remembered[key] = found
    return found


def _match(connection: sqlite3.Connection, now: Snapshot, unit: Unit) -> UnitMatch:
    if unit.parts:
        return _match_parts(connection, now, unit)
    match = _match_phrases(connection, now, unit, unit.phrases)
    if not len(match.positions) and unit.fallback:
        return _match_phrases(connection, now, unit, unit.fallback)
    return match


def _match_phrases(connection: sqlite3.Connection, now: Snapshot, unit: Unit, phrases: Sequence[Phrase]) -> UnitMatch:
    """Take of each document the phrase that scores best: synonyms are one thing said twice, not two things."""
    best = np.zeros(now.length, np.float32)
    how = np.full(now.length, -1, np.int8)
    for phrase in phrases:
        positions, scores = _run(connection, now, _expression(phrase))
        better = (how[positions] < 0) | (best[positions] < phrase.weight * scores)
        positions = positions[better]
        best[positions] = phrase.weight * scores[better]
        how[positions] = HOW.index(phrase.found_by)
    positions = np.flatnonzero(how >= 0)
    return UnitMatch(unit, positions, best[positions], np.ones(len(positions), np.float32), how[positions])


def _match_parts(connection: sqlite3.Connection, now: Snapshot, unit: Unit) -> UnitMatch:
    total = np.zeros(now.length, np.float32)
    count = np.zeros(now.length, np.float32)
    for part in unit.parts:
        positions, scores = _run(connection, now, _expression(part))
        total[positions] += scores
        count[positions] += 1
    positions = np.flatnonzero(count)
    share = (count[positions] / len(unit.parts)).astype(np.float32)
    return UnitMatch(unit, positions, total[positions], share, np.zeros(len(positions), np.int8))


def _expression(phrase: Phrase) -> str:
    words = " ".join(phrase.tokens)
    return f'{{{COLUMNS[phrase.found_by]}}} : "{words}"{" *" if phrase.is_prefix else ""}'


def _run(
    connection: sqlite3.Connection, now: Snapshot, expression: str
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return the positions and BM25 scores of the documents that have a phrase."""
    ((count,),) = connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (expression,))
    # BM25 gives nothing for what half of all documents have, and computing that nothing is what takes time.
    return _fetch(connection, now, expression, f"-bm25(words, {WEIGHTS})" if count <= now.count / 2 else "0.0")


def _fetch(
    connection: sqlite3.Connection, now: Snapshot, expression: str, score: str
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    found = connection.execute(f"SELECT rowid, {score} FROM words WHERE words MATCH ?", (expression,))
    table = np.fromiter(chain.from_iterable(found), np.float64).reshape(-1, 2)
    positions, known = now.at_rows(table[:, 0].astype(np.int64))
    return positions, table[known, 1].astype(np.float32)
