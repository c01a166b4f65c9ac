"""Turn rows, or a need that was never saved, into plain facts: the only place here that knows the tables."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from models import (
    Incentive,
    Interest,
    Introduction,
    Park,
    ParkOffer,
    Position,
    Posting,
    RelocationNeed,
    TalentProfile,
    posting_clause,
    today,
)
from models.vocabulary import PostingStatus

TABLES: dict[str, type[Posting]] = {
    "need": RelocationNeed,
    "offer": ParkOffer,
    "talent": TalentProfile,
    "position": Position,
}

# What may never move a match is not loaded at all. Papers count only as the place of issue of a licence.
NEVER_READ = frozenset({"birth_year", "identity", "household_size"})


@dataclasses.dataclass(frozen=True, slots=True)
class Promise:
    """One incentive of an offer."""

    type: str
    summary: str
    source: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class ParkFacts:
    """What the directory knows of a park, and who vouches for it."""

    code: str
    name: str
    alias: str | None
    level: str
    type: str
    prefecture_code: str
    county_code: str
    leading_industries: tuple[str, ...]
    chemical_status: str
    chemical_as_of: dt.date | None
    chemical_source: str | None
    customs_facilities: tuple[str, ...] | None
    is_enclave: bool
    home_region_codes: tuple[str, ...]
    host_park_code: str | None
    verification: str
    manager_id: int | None
    is_sample: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """One side of a pair as plain facts; an unanswered fact is None."""

    kind: str
    id: str
    name: str
    facts: Mapping[str, Any]
    park: ParkFacts | None = None
    promises: tuple[Promise, ...] = ()
    organisation_id: int | None = None
    owner_id: int | None = None
    posting_id: int | None = None
    is_sample: bool = False
    version: int = 0
    audience: str = "public"
    published_on: dt.date | None = None
    expires_on: dt.date | None = None
    clauses: tuple[str, ...] = ()  # ids of the clauses of the plan that it answers to

    def get(self, name: str) -> Any:
        """Return a stated fact, or None."""
        value = self.facts.get(name)
        # Zero is an answer; an empty text or list is none.
        return value if value or isinstance(value, int | float) else None

    def field(self, name: str) -> str:
        """Name one of its facts so that both sides of a pair are told apart."""
        return f"{self.kind}.{name}"

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the industries it states, the main one first."""
        names = {"need": "industry_codes", "offer": "welcomed_codes"}
        return tuple(self.get(names.get(self.kind, "field_codes")) or ())

    @property
    def words(self) -> str:
        """Return what it says in words, for comparing texts."""
        listed = [*(self.get("products") or ()), *(self.get("skills") or ()), *(self.get("processes") or ())]
        return "\n".join(part for part in (self.get("title"), self.get("description"), "、".join(listed)) if part)


def of_posting(
    posting: Posting, parks: Mapping[str, ParkFacts] | None = None, clauses: tuple[str, ...] | None = None
) -> Item:
    """Return the facts of a posting, saved or not; its clauses are read where the caller hasn't read them."""
    facts = {name: value for name, value in posting.facts().items() if name not in NEVER_READ}
    park_code = facts.get("park_code")
    saved = posting.id is not None
    kind = str(posting.__mapper__.polymorphic_identity)
    return Item(
        kind=kind,
        id=f"{kind}:{posting.id}" if saved else f"{kind}:-",
        name=posting.title or "",
        facts=facts,
        park=(parks or {}).get(park_code) if park_code else None,
        promises=_promises(posting),
        organisation_id=posting.organisation_id,
        owner_id=posting.owner_id,
        posting_id=posting.id,
        is_sample=bool(posting.is_sample),
        version=posting.version or 0,
        audience=posting.audience,
        published_on=posting.published_at.date() if posting.published_at else None,
        expires_on=posting.expires_on,
        clauses=tuple(clause.id for clause in posting.clauses) if clauses is None else clauses,
    )


def _promises(posting: Posting) -> tuple[Promise, ...]:
    if not isinstance(posting, ParkOffer):
        return ()
    day = today()
    return tuple(
        Promise(item.type.value, item.summary, item.source) for item in posting.incentives if _is_in_force(item, day)
    )


def _is_in_force(item: Incentive, day: dt.date) -> bool:
    return (item.valid_from is None or item.valid_from <= day) and (item.valid_to is None or item.valid_to >= day)


def park_facts(park: Park) -> ParkFacts:
    """Return the facts of one park."""
    return ParkFacts(
        code=park.code,
        name=park.name,
        alias=park.alias,
        level=park.level.value,
        type=park.type.value,
        prefecture_code=park.prefecture_code,
        county_code=park.county_code,
        leading_industries=tuple(park.leading_industries or ()),
        chemical_status=park.chemical_status.value,
        chemical_as_of=park.chemical_as_of,
        chemical_source=park.chemical_source,
        customs_facilities=None if park.customs_facilities is None else tuple(park.customs_facilities),
        is_enclave=park.is_enclave,
        home_region_codes=tuple(park.home_region_codes or ()),
        host_park_code=park.host_park_code,
        verification=park.verification.value,
        manager_id=park.manager_id,
        is_sample=bool(park.is_sample),
    )


def of_park(park: ParkFacts) -> Item:
    """Return a directory entry as a side of a pair."""
    return Item(
        "park",
        f"park:{park.code}",
        park.name,
        {},
        park=park,
        organisation_id=park.manager_id,
        is_sample=park.is_sample,
    )


def load_parks(session: Session) -> dict[str, ParkFacts]:
    """Load every park of the directory."""
    return {park.code: park_facts(park) for park in session.scalars(select(Park).order_by(Park.code))}


def load_postings(session: Session, kind: str, ids: Iterable[int], parks: Mapping[str, ParkFacts]) -> list[Item]:
    """Load those of the postings that the market may see now, in the order of the ids."""
    table = TABLES[kind]
    wanted = list(ids)
    rows: dict[int, Posting] = {}
    clauses: dict[int, list[str]] = {}
    # SQLite takes a limited number of values in one statement.
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        rows.update({row.id: row for row in session.scalars(_live(table).where(table.id.in_(some)))})
        links = select(posting_clause).where(posting_clause.c.posting_id.in_(some)).order_by(posting_clause.c.clause_id)
        for posting_id, clause_id in session.execute(links):
            clauses.setdefault(posting_id, []).append(clause_id)
    return [of_posting(rows[id_], parks, tuple(clauses.get(id_, ()))) for id_ in wanted if id_ in rows]


def newest_postings(
    session: Session, kind: str, limit: int, parks: Mapping[str, ParkFacts], audiences: Sequence[str]
) -> list[Item]:
    """Load the newest live postings of a kind that these audiences may see, for when no index answers."""
    if TABLES[kind].audience not in audiences:
        return []
    query = _live(TABLES[kind]).order_by(Posting.published_at.desc(), Posting.id.desc()).limit(limit)
    return [of_posting(row, parks) for row in session.scalars(query)]


def _live(table: type[Posting]) -> Any:
    query = select(table).where(
        Posting.status == PostingStatus.PUBLISHED,
        or_(Posting.expires_on.is_(None), Posting.expires_on >= today()),
    )
    return query.options(selectinload(ParkOffer.incentives)) if table is ParkOffer else query


def introduced(session: Session, subject: Item) -> frozenset[str]:
    """Return the ids of what the subject has already been introduced to."""
    if subject.posting_id is not None:
        mine = or_(Interest.about_id == subject.posting_id, Interest.posting_id == subject.posting_id)
    elif subject.kind == "park" and subject.park is not None:
        mine = Interest.park_code == subject.park.code
    else:
        return frozenset()
    rows = session.scalars(select(Interest).join(Introduction, Introduction.interest_id == Interest.id).where(mine))
    found: set[str] = set()
    for interest in rows:
        for posting_id in (interest.posting_id, interest.about_id):
            if posting_id is not None and posting_id != subject.posting_id:
                found.add(str(posting_id))
        if interest.park_code is not None:
            found.add(f"park:{interest.park_code}")
    return frozenset(found)


def full_codes(codes: Sequence[str], known: Mapping[str, str], by_digits: Mapping[str, str]) -> list[str]:
    """Give codes the letter of their section; a class that the table lacks becomes its group."""
    return list(dict.fromkeys(code for code in (_full_code(code, known, by_digits) for code in codes) if code))


def _full_code(code: str, known: Mapping[str, str], by_digits: Mapping[str, str]) -> str | None:
    written = code.strip().upper()
    while len(written) >= 2:
        if written in known:
            return written
        if written in by_digits:
            return by_digits[written]
        written = written[:-1]
    return None
