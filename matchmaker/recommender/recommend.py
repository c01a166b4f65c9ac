"""Propose who fits: the whole market is ranked in columns, and what is shown is read, gated and scored again."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from matchmaker.recommender.changes import Change, changes, obstacles
from matchmaker.recommender.facts import Item, introduced, of_park, of_posting, park_facts
from matchmaker.recommender.gates import Gate
from matchmaker.recommender.judging import Judged, Weights, judge, side_of
from matchmaker.recommender.market import Market, fresh_items
from matchmaker.recommender.pairs import family, met_by
from matchmaker.recommender.parts import MEDIUM, Criterion, SideName, band
from matchmaker.recommender.reasons import explain
from matchmaker.recommender.shelf import View
from matchmaker.recommender.texts import Side
from matchmaker.recommender.words import Sentence
from models import Park, Posting, today
from models.vocabulary import Verdict

Order = Literal["match", "plain"]
# Some of those that are read again may have gone, or fail by now.
SPARE = 10


@dataclasses.dataclass(frozen=True, slots=True)
class Proposal:
    """One candidate: rank and scores, the verdict with its gates, what speaks for it and what stands between."""

    rank: int | None
    item: Item
    subject_is: SideName
    score: float  # 0–100, the harmonic mean of the two sides
    asking_side: float  # 0–1
    answering_side: float
    certainty: float
    band: str | None
    verdict: Verdict
    gates: tuple[Gate, ...]
    reasons: tuple[Sentence, ...]
    gaps: tuple[Sentence, ...]
    criteria: tuple[Criterion, ...]
    changes: tuple[Change, ...] = ()
    obstacles: tuple[Sentence, ...] = ()  # where no change makes a failing pair work: why

    @property
    def kind(self) -> str:
        """Return the kind of the candidate; "park" for an entry of the directory."""
        return self.item.kind

    @property
    def id(self) -> str:
        """Return the candidate's id in the index."""
        return self.item.id

    @property
    def name(self) -> str:
        """Return the candidate's title."""
        return self.item.name

    @property
    def is_sample(self) -> bool:
        """Say whether the candidate is made up for demonstration."""
        return self.item.is_sample

    @property
    def park_code(self) -> str | None:
        """Return the park that the candidate stands in."""
        return self.item.park.code if self.item.park else None

    @property
    def county_code(self) -> str | None:
        """Return the county of the candidate, or the region that a person or post names."""
        if self.item.park is not None:
            return self.item.park.county_code
        region = self.item.get("region_code")
        return region if isinstance(region, str) else None

    def gates_of(self, verdict: Verdict) -> list[Gate]:
        """Return the gates with that verdict."""
        return [gate for gate in self.gates if gate.verdict is verdict]

    def as_json(self) -> dict[str, Any]:
        """Return the proposal as JSON."""
        return {
            "rank": self.rank,
            "kind": self.kind,
            "id": self.id,
            "park_code": self.park_code,
            "county_code": self.county_code,
            "name": self.name,
            "score": round(self.score, 2),
            "asking_side": round(self.asking_side, 4),
            "answering_side": round(self.answering_side, 4),
            "certainty": round(self.certainty, 4),
            "band": self.band,
            "verdict": self.verdict.value,
            "is_sample": self.is_sample,
            "gates": [gate.as_json() for gate in self.gates],
            "reasons": [sentence.as_json() for sentence in self.reasons],
            "gaps": [sentence.as_json() for sentence in self.gaps],
            "changes": [change.as_json() for change in self.changes],
            "obstacles": [sentence.as_json() for sentence in self.obstacles],
            "criteria": [
                {
                    "name": part.name,
                    "side": part.side,
                    "group": part.group,
                    "value": round(part.value, 4),
                    "weight": round(part.weight, 4),
                    "known": part.known,
                }
                for part in self.criteria
            ],
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Recommendation:
    """What was found for one subject: what may work in order, and what can't with the nearest first."""

    passing: list[Proposal]
    failing: list[Proposal]
    considered: int


@dataclasses.dataclass(frozen=True, slots=True)
class Ranked:
    """The order of one side of the market for one subject, by row, before anybody is read or put into words."""

    view: View
    judged: Judged
    keys: NDArray[np.float64]
    open: NDArray[np.bool_]

    def passing(self, most: int) -> list[int]:
        """Return the best rows that no hard condition stands against."""
        return self._first(self.open & ~self.judged.failing, -self.keys, most)

    def failing(self, most: int) -> list[int]:
        """Return the rows nearest to passing, of those that would suit but for a hard condition first."""
        rows = self.open & self.judged.failing
        unsuitable = np.broadcast_to(self.judged.scores.score, rows.shape) < MEDIUM
        # A step is at most two for each condition, so whoever suits in nothing else comes after all who do.
        return self._first(rows, self.judged.distances + unsuitable * 1000.0, most)

    def _first(self, rows: NDArray[np.bool_], keys: NDArray[np.float64], most: int) -> list[int]:
        found = np.flatnonzero(rows) if most else np.empty(0, np.int64)
        if len(found) > most:
            # All that tie with the last are kept until the order of equals is settled.
            limit = np.partition(keys[found], most - 1)[most - 1]
            found = found[keys[found] <= limit]
        # Equals keep one order on every machine and every day.
        frame = self.view.frame
        order = np.lexsort((frame["posting_id"][found], keys[found]))
        return [int(row) for row in found[order][:most]]


def recommend(
    market: Market,
    session: Session,
    subject: Item | Posting | Park,
    kinds: Sequence[str] | None = None,
    audiences: Sequence[str] = ("public",),
    *,
    weights: Weights | None = None,
    order: Order = "match",
    top: int = 20,
    failing: int = 10,
    day: dt.date | None = None,
) -> Recommendation:
    """Propose the best of each wanted kind for a posting, an unsaved need or a park; nothing is written."""
    market.refresh(session)
    day = day or today()
    item = as_item(subject, market)
    asked = [kind for kind in met_by(item.kind) if kinds is None or kind in kinds]
    own = side_of([item], market.reference)
    met = introduced(session, item)
    # Offers and parks stand in one list.
    shelves = dict.fromkeys("offer" if kind == "park" else kind for kind in asked)
    found = [
        (shelf, rank(market, item, own, shelf, asked, audiences, met, day, weights or {}, order)) for shelf in shelves
    ]
    words = _Words(market, session, item, own, day, weights or {}, order)
    able = words.read([ranked.view.frame.id_of(row) for _, ranked in found for row in ranked.passing(top + SPARE)])
    unable = words.read([ranked.view.frame.id_of(row) for _, ranked in found for row in ranked.failing(failing)])
    passing = words.passing([one for one in able if one.verdict is not Verdict.FAILS][:top])
    # What fails since it was laid out in columns belongs to the other list.
    late = [one for one in able if one.verdict is Verdict.FAILS]
    fails = sorted((one for one in (*unable, *late) if one.verdict is Verdict.FAILS), key=_nearest)
    return Recommendation(passing, words.failing(fails[:failing]), sum(int(ranked.open.sum()) for _, ranked in found))


def rank(
    market: Market,
    item: Item,
    own: Side,
    shelf: str,
    kinds: Sequence[str],
    audiences: Sequence[str],
    met: frozenset[str],
    day: dt.date,
    weights: Weights,
    order: Order = "match",
) -> Ranked:
    """Judge and order everything on one shelf for one subject."""
    view = market.view(shelf)
    reference = view.frame.reference
    if own.frame.reference is not reference:
        # Rules were loaded a moment ago, and another thread has laid the market out anew.
        own = side_of([item], reference)
    judged = judge(own, view.side, reference, market.parks, day, weights)
    may = view.is_open_to(item, audiences, day, met)
    if shelf == "offer" and not {"offer", "park"} <= set(kinds):
        may &= view.frame["is_park"] == ("park" in kinds)
    if order == "plain":
        # Not by what suits this reader: the newest first, and entries of the directory, which have no date, after them.
        keys = np.nan_to_num(view.frame.number("published_on"), nan=0.0)
    else:
        keys = keys_of(judged, judged.subject_is, market, item.kind, shelf, weights)
        keys = np.broadcast_to(keys, may.shape) - view.price
    return Ranked(view, judged, keys, may)


def keys_of(
    judged: Judged, reader: SideName, market: Market, kind: str, other: str, weights: Weights
) -> NDArray[np.float64]:
    """Return what pairs are ranked by for one side: by what was learned if that is in use and it has no own weights."""
    learned = None if weights else market.learned(family(kind, other))
    if learned is not None:
        wished = judged.scores.preferred if reader == "asking" else np.zeros(1)
        return learned.order(judged.scores) + wished
    return judged.scores.order(reader).astype(np.float64)


def policy(market: Market, kind: str, other: str, weights: Weights, order: Order) -> str:
    """Name the order that a list is shown in."""
    if order == "plain":
        return "plain"
    number = None if weights else market.learned_number(family(kind, other))
    name = "match" if number is None else f"learned {number}"
    own = ", own weights" if weights else ""
    return f"{name}{own}, spread" if market.view(other).price.any() else f"{name}{own}"


def as_item(subject: Item | Posting | Park, market: Market) -> Item:
    """Return the facts of whatever somebody asks about."""
    if isinstance(subject, Posting):
        return of_posting(subject, market.parks)
    if isinstance(subject, Park):
        return of_park(park_facts(subject))
    return subject


def judge_pair(
    market: Market,
    session: Session,
    asking: Item | Posting,
    answering: Item | Posting | Park,
    *,
    weights: Weights | None = None,
    day: dt.date | None = None,
) -> Proposal:
    """Return the whole working of one pair; the answering side stands in it as the candidate."""
    market.refresh(session)
    first, second = as_item(asking, market), as_item(answering, market)
    words = _Words(market, session, first, side_of([first], market.reference), day or today(), weights or {}, "match")
    one = words.judged([second])[0]
    return words.proposal(one, None, with_changes=True)


@dataclasses.dataclass(frozen=True, slots=True)
class _Read:
    """A candidate as the tables have it now, judged anew."""

    item: Item
    judged: Judged
    row: int
    key: float

    @property
    def verdict(self) -> Verdict:
        return self.judged.verdict(self.row)


def _nearest(one: _Read) -> tuple[bool, float, str]:
    return (float(one.judged.scores.score[one.row]) < MEDIUM, float(one.judged.distances[one.row]), one.item.id)


class _Words:
    """Reads candidates again and puts the pairs into words; only for those that are shown."""

    def __init__(
        self, market: Market, session: Session, item: Item, own: Side, day: dt.date, weights: Weights, order: Order
    ) -> None:
        self.market, self.session, self.item, self.own = market, session, item, own
        # The one that the own side is laid out in, whatever is loaded meanwhile.
        self.reference = own.frame.reference
        self.day, self.weights, self.order = day, weights, order

    def read(self, ids: Iterable[str]) -> list[_Read]:
        """Read some candidates again and judge them as they are now, the best first."""
        wanted = list(ids)
        fresh = fresh_items(self.session, wanted, self.market.parks)
        by_shelf: dict[str, list[Item]] = {}
        for id_ in wanted:
            if id_ in fresh:
                kind = fresh[id_].kind
                by_shelf.setdefault("offer" if kind == "park" else kind, []).append(fresh[id_])
        found = [one for items in by_shelf.values() for one in self.judged(items)]
        return sorted(found, key=lambda one: (-one.key, one.item.posting_id or -1, one.item.id))

    def judged(self, items: Sequence[Item]) -> list[_Read]:
        """Judge some items of one shelf."""
        side = side_of(items, self.reference)
        judged = judge(self.own, side, self.reference, self.market.parks, self.day, self.weights)
        reader, kinds = judged.subject_is, (self.item.kind, side.frame.kind)
        keys = np.broadcast_to(keys_of(judged, reader, self.market, *kinds, self.weights), len(items))
        return [_Read(item, judged, row, self._key(item, float(keys[row]))) for row, item in enumerate(items)]

    def _key(self, item: Item, score: float) -> float:
        if self.order == "plain":
            return float(item.published_on.toordinal()) if item.published_on else 0.0
        return score - self.market.price_of(item.id)

    def passing(self, found: Sequence[_Read]) -> list[Proposal]:
        """Put those that may work into words, counted from one."""
        return [self.proposal(one, number) for number, one in enumerate(found, 1)]

    def failing(self, found: Sequence[_Read]) -> list[Proposal]:
        """Put those that can't work into words, with what would make them work."""
        return [self.proposal(one, None, with_changes=True) for one in found]

    def proposal(self, one: _Read, number: int | None, with_changes: bool = False) -> Proposal:
        """Put one pair into words."""
        judged, item = one.judged, one.item
        scored, gates = judged.scored(one.row), judged.gates(one.row)
        asking, answering = (self.item, item) if judged.subject_is == "asking" else (item, self.item)
        reference = self.reference
        said = explain(asking, answering, scored, gates, reference, self.market.parks, self.day)
        mended: list[Change] = []
        in_the_way: list[Sentence] = []
        if with_changes and one.verdict is Verdict.FAILS:
            mended = changes(asking, answering, gates, reference, self.day)
            in_the_way = [] if mended else obstacles(asking, answering, gates, reference, self.day)
        return Proposal(
            number,
            item,
            judged.subject_is,
            100 * scored.score,
            scored.asking_side,
            scored.answering_side,
            scored.certainty,
            None if number is None else band(scored.score, scored.certainty, number),
            one.verdict,
            tuple(gates),
            tuple(said.reasons),
            tuple(said.gaps),
            scored.criteria,
            tuple(mended),
            tuple(in_the_way),
        )
