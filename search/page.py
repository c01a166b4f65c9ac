"""Filter, count and order what a query's text found, and make one page of hits of it."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.columns import Mask, Snapshot
from search.engine import NEWEST, RELEVANCE, Hit, Query
from search.highlight import fragments, words_pattern
from search.index_rows import titles_and_bodies
from search.words import HOW, WordMatches

Scores = NDArray[np.float32]
Conditions = dict[str, Mask]


@dataclass(frozen=True, slots=True)
class Found:
    """What a query's text found, before the filters."""

    mask: Mask
    score: Scores
    exact: Mask  # by a code
    near: Mask  # by meaning
    dense: Scores | None = None
    words: WordMatches | None = None


def conditions(now: Snapshot, query: Query) -> Conditions:
    """Return one mask for each filter and range."""
    facets = dict(query.filters)
    if query.kinds:
        facets["kind"] = query.kinds
    masks = {name: now.facet(name).having(values, now.length) for name, values in facets.items() if values}
    return masks | {f"range {name}": now.within(name, wanted) for name, wanted in query.ranges.items()}


def passing(mask: Mask, masks: Conditions, without: str = "") -> Mask:
    """Return what passes every condition but one."""
    passed = mask.copy()
    for name, condition in masks.items():
        if name != without:
            passed &= condition
    return passed


def facets(now: Snapshot, names: Sequence[str], mask: Mask, masks: Conditions) -> dict[str, dict[str, int]]:
    """Count each facet as if its own filter were lifted, so that its other values can be added."""
    return {name: now.facet(name).counts(passing(mask, masks, without=name)) for name in names}


def ordered(now: Snapshot, query: Query, found: Found, mask: Mask) -> NDArray[np.intp]:
    """Return the positions of one page."""
    members = np.flatnonzero(mask)
    end = query.offset + query.size
    return best(_keys(now, query, found, members), now.ids[members], members, end)[query.offset :]


def best(
    keys: Sequence[NDArray[np.floating]], ids: NDArray[np.str_], members: NDArray[np.intp], count: int
) -> NDArray[np.intp]:
    """Return the members with the highest keys, the first key first, and the lowest ids among equals."""
    first = keys[0]
    if count < len(members):
        # Only what can reach the page is sorted. Equals of its last place stay in, since the other keys decide there.
        border = np.partition(first, len(first) - count)[len(first) - count]
        chosen = np.flatnonzero(first >= border)
        keys, ids, members = [key[chosen] for key in keys], ids[chosen], members[chosen]
    return members[np.lexsort((ids, *(-key for key in reversed(keys))))][:count]


def _keys(now: Snapshot, query: Query, found: Found, members: NDArray[np.intp]) -> list[NDArray[np.floating]]:
    freshness = now.freshness[members]
    if query.sort == NEWEST or (query.sort == RELEVANCE and found.words is None):
        return [freshness]
    if query.sort == RELEVANCE:
        # A code that was typed exactly comes before everything else.
        return [found.score[members].astype(np.float64) + 1e6 * found.exact[members], freshness]
    name, way = query.sort.split(":")
    values = now.number(name)[members] * (1 if way == "desc" else -1)
    return [np.where(np.isnan(values), -np.inf, values), freshness]


def hits(connection: sqlite3.Connection, now: Snapshot, found: Found, page: NDArray[np.intp]) -> tuple[Hit, ...]:
    """Return the documents of a page with the reasons why each was found."""
    pattern = words_pattern(match.unit for match in found.words.units) if found.words else None
    texts = titles_and_bodies(connection, now.rows[page].tolist()) if pattern else {}
    kinds = now.facet("kind").values
    numbers = now.kinds()
    answer = []
    for at in page.tolist():
        ways = [(match.unit.text, match.at(at)) for match in found.words.units] if found.words else []
        by_word = {how for _, how in ways if how}
        found_by = [how for how in HOW if how in by_word]
        lexical = float(found.words.scores[at]) if found.words else 0.0
        answer.append(
            Hit(
                id=str(now.ids[at]),
                kind=kinds[numbers[at]],
                version=int(now.versions[at]),
                score=float(found.score[at]),
                lexical=lexical if found_by else None,
                dense=cosine(found.dense, at),
                found_by=(*(["code"] if found.exact[at] else []), *found_by, *(["meaning"] if found.near[at] else [])),
                words=tuple(text for text, how in ways if how),
                fragments=fragments(*texts[int(now.rows[at])], pattern) if pattern and "words" in by_word else (),
            )
        )
    return tuple(answer)


def cosine(dense: Scores | None, at: int) -> float | None:
    """Return a document's cosine, if it has one."""
    return None if dense is None or np.isnan(dense[at]) else float(dense[at])
