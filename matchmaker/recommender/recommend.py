"""Propose who fits: candidates from the index, facts from the tables, gates, score and words from pure functions."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from matchmaker.recommender import people
from matchmaker.recommender.criteria import Criterion
from matchmaker.recommender.facts import (
    Item,
    ParkFacts,
    introduced,
    load_parks,
    load_postings,
    newest_postings,
    of_park,
    of_posting,
    park_facts,
)
from matchmaker.recommender.gates import Gate, check_premises, worst
from matchmaker.recommender.gates.people import check_need, check_position
from matchmaker.recommender.pairs import met_by, pairing
from matchmaker.recommender.reasons import gaps, reasons
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.score import PremisesScorer, Scored, band, question
from matchmaker.recommender.words import Sentence
from models import Park, Posting, today
from models.vocabulary import Strictness, Verdict
from search.engine import Engine, SearchError, Vector

CANDIDATES = 400
# Looking for needs costs more for each, since every need measures the whole directory anew.
CANDIDATES_BACK = 150
LONGEST_TEXT = 4000


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """One proposal: rank and score, the verdict with its gates, what speaks for it and what stands between."""

    rank: int | None
    kind: str
    id: str
    name: str
    park_code: str | None
    county_code: str | None
    score: float
    band: str | None
    verdict: Verdict
    gates: tuple[Gate, ...]
    reasons: tuple[Sentence, ...]
    gaps: tuple[Sentence, ...]
    criteria: tuple[Criterion, ...]
    is_sample: bool = False
    posting_id: int | None = None

    def gates_of(self, verdict: Verdict) -> list[Gate]:
        """Return the gates with that verdict."""
        return [gate for gate in self.gates if gate.verdict is verdict]

    def as_json(self) -> dict[str, Any]:
        """Return the match as JSON."""
        return {
            "rank": self.rank,
            "kind": self.kind,
            "id": self.id,
            "park_code": self.park_code,
            "county_code": self.county_code,
            "name": self.name,
            "score": round(self.score, 2),
            "band": self.band,
            "verdict": self.verdict.value,
            "is_sample": self.is_sample,
            "gates": [gate.as_json() for gate in self.gates],
            "reasons": [sentence.as_json() for sentence in self.reasons],
            "gaps": [sentence.as_json() for sentence in self.gaps],
            "criteria": {part.name: round(part.contribution, 4) for part in self.criteria},
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Recommendation:
    """What was found for one subject: what may work in order, and what can't with the nearest first."""

    passing: list[Match]
    failing: list[Match]
    considered: int


@dataclasses.dataclass(frozen=True, slots=True)
class _Judged:
    item: Item
    gates: list[Gate]
    scored: Scored
    verdict: Verdict

    @property
    def distance(self) -> float:
        """Return how far a failing candidate is from passing; each condition that fails is a step of its own."""
        return sum(1 + min(gate.distance, 1.0) for gate in self.gates if gate.verdict is Verdict.FAILS)


def recommend(
    reference: Reference,
    engine: Engine | None,
    session: Session,
    subject: Item | Posting | Park,
    kinds: Sequence[str] | None = None,
    audiences: Sequence[str] = ("public",),
    *,
    top: int = 20,
    failing: int = 10,
    day: dt.date | None = None,
) -> Recommendation:
    """Propose the best of each wanted kind for a posting, an unsaved need or a park; nothing is written."""
    parks = load_parks(session)
    item = _item(subject, parks)
    wanted = [kind for kind in met_by(item.kind) if kinds is None or kind in kinds]
    known = introduced(session, item)
    judge = _Judge(reference, engine, parks, item, day or today())
    judged = [
        judge.judge(candidate)
        for kind in wanted
        for candidate in _allowed(_candidates(judge, session, kind, audiences), item, known)
    ]
    # Best first; equal scores keep one order on every machine and every day.
    judged.sort(key=lambda one: (-one.scored.total, one.item.id))
    able = [one for one in judged if one.verdict is not Verdict.FAILS]
    unable = [one for one in judged if one.verdict is Verdict.FAILS]
    # The nearest first of those that would suit but for this; what suits in nothing else may fail by ever so little.
    unable.sort(key=lambda one: (judge.band(one, 1) == "low", one.distance))
    return Recommendation(
        [judge.match(one, rank) for rank, one in enumerate(able[:top], 1)],
        [judge.match(one, None) for one in unable[:failing]],
        len(judged),
    )


class _Judge:
    """Judges pairs of one subject with candidates of any kind, from whichever side the pair is asked."""

    def __init__(
        self,
        reference: Reference,
        engine: Engine | None,
        parks: Mapping[str, ParkFacts],
        subject: Item,
        day: dt.date,
    ) -> None:
        self.reference, self.engine, self.parks, self.subject, self.day = reference, engine, parks, subject, day
        self.text = _text(subject, reference)
        self.vector = reference.likeness.vector(self.text)
        self.stored: dict[str, Vector] = {}
        self._scorers: dict[str, PremisesScorer] = {}
        self._parks_version = hash(tuple(parks.values()))

    def judge(self, candidate: Item) -> _Judged:
        """Check and score one pair."""
        asking, answering = self._sides(candidate)
        if answering.kind == "talent":
            check = check_position if asking.kind == "position" else check_need
            gates = check(asking, answering, self.reference)
            scored, _ = people.score(asking, answering, self.reference, self._cosine(candidate))
            return _Judged(candidate, gates, scored, worst(gates))
        gates = check_premises(asking, answering, self.reference, self.day)
        return _Judged(candidate, gates, self._scorer(asking).score(answering), worst(gates))

    def match(self, judged: _Judged, rank: int | None) -> Match:
        """Put a judged pair into words; only for those that are shown."""
        item, scored, gates = judged.item, judged.scored, judged.gates
        asking, answering = self._sides(item)
        if answering.kind == "talent":
            _, why = people.score(asking, answering, self.reference, self._cosine(item))
            between = people.gaps(asking, answering, self.reference, gates)
        else:
            scorer = self._scorer(asking)
            why = reasons(answering, scored, scorer)
            between = gaps(answering, scored, scorer, gates)
        return Match(
            rank,
            item.kind,
            item.id,
            item.name,
            item.park.code if item.park else None,
            self._county(item),
            scored.score,
            None if rank is None else self.band(judged, rank),
            judged.verdict,
            tuple(gates),
            tuple(why),
            tuple(between),
            scored.criteria,
            item.is_sample,
            item.posting_id,
        )

    def band(self, judged: _Judged, rank: int) -> str:
        """Name the band that a pair would stand in at a rank."""
        scored = judged.scored
        if self._sides(judged.item)[1].kind == "talent":
            return people.band(scored.score, rank)
        return band(scored.score, rank)

    def _sides(self, candidate: Item) -> tuple[Item, Item]:
        if pairing(self.subject.kind, candidate.kind).asking == self.subject.kind:
            return self.subject, candidate
        return candidate, self.subject

    def _scorer(self, need: Item) -> PremisesScorer:
        scorer = self._scorers.get(need.id)
        if scorer is None:
            vector = self.vector if need is self.subject else self._vector_of(need)
            scorer = self._scorers[need.id] = PremisesScorer(
                need, self.parks, self.reference, self.day, vector, self._parks_version
            )
        return scorer

    def _vector_of(self, need: Item) -> Vector | None:
        """Return the index's vector of another's need, which costs nothing, or make one."""
        stored = self.stored.get(need.id)
        return self.reference.likeness.vector(question(need, self.reference)) if stored is None else stored

    def _cosine(self, candidate: Item) -> float | None:
        other = self.stored.get(candidate.id)
        return None if other is None or self.vector is None else float(self.vector @ other)

    def _county(self, item: Item) -> str | None:
        if item.park is not None:
            return item.park.county_code
        region = item.get("region_code")
        return region if isinstance(region, str) else None


def _item(subject: Item | Posting | Park, parks: Mapping[str, ParkFacts]) -> Item:
    if isinstance(subject, Posting):
        return of_posting(subject, parks)
    if isinstance(subject, Park):
        return of_park(park_facts(subject))
    return subject


def _text(subject: Item, reference: Reference) -> str:
    if subject.kind == "need":
        return question(subject, reference)
    if subject.kind == "park" and subject.park is not None:
        return "\n".join((subject.name, *subject.park.leading_industries))
    names = [reference.industries[code] for code in subject.codes if code in reference.industries]
    return "\n".join((subject.words, "、".join(names)))


def _candidates(judge: _Judge, session: Session, kind: str, audiences: Sequence[str]) -> list[Item]:
    """Return who may be proposed: all parks, and the postings that the index finds nearest in words and meaning."""
    if kind == "park":
        return [of_park(park) for park in judge.parks.values()]
    limit = CANDIDATES if judge.subject.kind in ("need", "position") else CANDIDATES_BACK
    ids = _found_ids(judge, kind, audiences, limit)
    if ids is None:
        return newest_postings(session, kind, limit, judge.parks, audiences)
    if judge.engine is not None:
        judge.stored.update(judge.engine.vectors(ids))
    numbers = [int(key) for _, _, key in (id_.partition(":") for id_ in ids) if key.isdigit()]
    return load_postings(session, kind, numbers, judge.parks)


def _found_ids(judge: _Judge, kind: str, audiences: Sequence[str], limit: int) -> list[str] | None:
    """Ask the index; None where it can't answer, so that the newest postings stand in."""
    if judge.engine is None:
        return None
    try:
        found: list[str] = []
        targets = judge.subject.get("target_prefecture_codes")
        if targets and judge.subject.get("place_strictness") == Strictness.MUST and kind == "offer":
            # Of a large market, most of the nearest would stand where the need can't go.
            wanted = tuple(dict.fromkeys(judge.reference.prefecture(code) or code for code in targets))
            found += _ids(judge, kind, audiences, limit, {"prefecture": wanted})
        found += _ids(judge, kind, audiences, limit, None)
        return list(dict.fromkeys(found))
    except SearchError:
        return None


def _ids(
    judge: _Judge,
    kind: str,
    audiences: Sequence[str],
    limit: int,
    filters: Mapping[str, tuple[str, ...]] | None,
) -> list[str]:
    assert judge.engine is not None
    hits = judge.engine.candidates(
        judge.vector,
        judge.text[:LONGEST_TEXT],
        kinds=(kind,),
        filters=filters,
        audiences=audiences,
        limit=limit,
    )
    return [hit.id for hit in hits]


def _allowed(candidates: Iterable[Item], subject: Item, met: frozenset[str]) -> list[Item]:
    """Leave out the subject's own house, and whom it knows already."""
    return [
        item
        for item in candidates
        if not (item.organisation_id is not None and item.organisation_id == subject.organisation_id)
        and not (item.owner_id is not None and item.owner_id == subject.owner_id)
        and item.id not in met
        and str(item.posting_id) not in met
    ]
