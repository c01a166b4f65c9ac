"""What hard conditions would like to know of somebody's postings, and how many matches wait for each answer."""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectin_polymorphic

from matchmaker.services import fair_competition
from matchmaker.services import values as facts
from matchmaker.services.versions import commit, expect
from models import (
    AuditEvent,
    Field,
    Match,
    ParkOffer,
    Position,
    Posting,
    Problem,
    RelocationNeed,
    Shape,
    TalentProfile,
    UnlawfulMove,
    User,
    WrongValue,
    now,
)
from models.vocabulary import N_, Answer, PostingStatus, Verdict

KINDS = (RelocationNeed, ParkOffer, TalentProfile, Position)
MOST_POSTINGS = 200
PRICED = ("price_valid_from", "price_source")
TERMS = ("thresholds_valid_from", "thresholds_valid_to", "thresholds_source")
ACCESS_LIST = ("access_list_source", "access_list_valid_to", "access_banned_codes", "access_restricted_codes")
COUNTY_LIST = ("county_list_source", "county_banned_codes", "county_restricted_codes")
# A fact that is worth nothing without others: since when, from where, or what a list closes.
TOGETHER: Mapping[str, tuple[str, ...]] = {
    "power_spare_kva": ("spare_as_of",),
    "water_spare_m3_per_day": ("spare_as_of",),
    "sewage_spare_m3_per_day": ("spare_as_of",),
    "gas_spare_m3_per_day": ("spare_as_of",),
    "land_price_wan_per_mu": PRICED,
    "rent_yuan_per_sqm_month": PRICED,
    "power_price_yuan_per_kwh": PRICED,
    "min_investment_per_mu_wan": TERMS,
    "min_tax_per_mu_wan": TERMS,
    "shoreline_distance_m": ("shoreline_accuracy_m",),
    "shoreline_accuracy_m": ("shoreline_distance_m",),
    **dict.fromkeys(ACCESS_LIST, ACCESS_LIST),
    **dict.fromkeys(COUNTY_LIST, COUNTY_LIST),
}
# Free words are read by a reviewer first; what names a paper is none, and asks for nothing else.
WORDS = (Shape.TEXT, Shape.TEXTS, Shape.PARK)
PAPER = "_source"


class NotAsked(ValueError):
    """The fact has an answer already, or is none that can be answered without a review."""


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """One fact that a posting hasn't stated, and the matches that wait for it."""

    posting: Posting
    name: str
    field: Field
    waiting: int

    @property
    def is_open(self) -> bool:
        """Say whether it may be answered at once; free words go through a review."""
        return is_open(self.posting, self.name)

    @property
    def was_unsure(self) -> bool:
        """Say whether the owner has been asked before and didn't know yet."""
        return getattr(self.posting, self.name) == Answer.UNSURE


def questions(session: Session, user: User) -> list[Question]:
    """List what this person and the colleagues are asked: what nobody has looked at first, then by who waits."""
    live = (
        select(Posting)
        .where(Posting.belonging_to(user), Posting.status == PostingStatus.PUBLISHED)
        .options(selectin_polymorphic(Posting, KINDS))
        .order_by(Posting.published_at.desc(), Posting.id.desc())
        .limit(MOST_POSTINGS)
    )
    postings = {posting.id: posting for posting in session.scalars(live) if posting.is_live}
    found = [
        Question(postings[number], name, postings[number].fields()[name], waiting)
        for (number, name), waiting in _waiting(session, postings).items()
        if name in postings[number].fields() and is_unanswered(postings[number], name)
    ]
    found.sort(key=lambda one: (one.was_unsure, not one.is_open, -one.waiting, -one.posting.id, one.name))
    return list(_once(found))


def _once(found: list[Question]) -> Iterator[Question]:
    """Leave out what is asked on the page of another question anyway, such as the day of a reading."""
    asked = {(one.posting.id, one.name) for one in found}
    taken: set[tuple[int, str]] = set()
    for one in found:
        leads = [name for name, others in TOGETHER.items() if one.name in others and name not in _with(one.name)]
        if (one.posting.id, one.name) not in taken and not any((one.posting.id, name) in asked for name in leads):
            taken |= {(one.posting.id, name) for name in asked_with(one.posting, one.name)}
            yield one


def _with(name: str) -> tuple[str, ...]:
    return TOGETHER.get(name, ())


def waiting_for(session: Session, posting: Posting, name: str) -> int:
    """Count the matches that wait for one fact of a posting."""
    return _waiting(session, {posting.id: posting})[posting.id, name]


def _waiting(session: Session, postings: Mapping[int, Posting]) -> Counter[tuple[int, str]]:
    ids = list(postings)
    rows = session.execute(
        select(Match.asking_id, Match.answering_id, Match.unknown).where(
            or_(Match.asking_id.in_(ids), Match.answering_id.in_(ids)), Match.verdict == Verdict.UNKNOWN
        )
    )
    counted: Counter[tuple[int, str]] = Counter()
    for asking, answering, unknown in rows:
        for posting in (postings.get(asking), postings.get(answering or 0)):
            if posting is not None:
                prefix = f"{posting.kind}."
                counted.update((posting.id, name.removeprefix(prefix)) for name in unknown if name.startswith(prefix))
    return counted


def is_unanswered(posting: Posting, name: str) -> bool:
    """Say whether a fact isn't stated; who wasn't sure may know by now."""
    return getattr(posting, name) in (None, "", [], {}, Answer.UNSURE)


def is_open(posting: Posting, name: str) -> bool:
    """Say whether a fact may be answered as the posting stands: it is live, and the fact is no free text."""
    return posting.is_live and may_be_asked(posting, name) and is_unanswered(posting, name)


def may_be_asked(posting: Posting, name: str) -> bool:
    """Say whether a fact of this kind of posting is ever answered without a review."""
    field = posting.fields().get(name)
    return field is not None and (field.shape not in WORDS or name.endswith(PAPER))


def asked_with(posting: Posting, name: str) -> tuple[str, ...]:
    """Return the facts that are asked on one page: the one in question, and those that it is worth nothing without."""
    return (name, *(other for other in _with(name) if other != name and is_unanswered(posting, other)))


def goes_with(posting: Posting, name: str) -> list[str]:
    """Return the facts that an answer will be read with, and that stand already."""
    return [other for other in _with(name) if other != name and not is_unanswered(posting, other)]


def answer(
    session: Session, posting: Posting, name: str, values: Mapping[str, Any], actor: User, expected_version: int
) -> Posting:
    """State a missing fact of a live posting; it stays on the shelf, since nothing that was reviewed has changed."""
    if not posting.belongs_to(actor):
        raise PermissionError(f"{posting.number} does not belong to user {actor.id}")
    expect(posting, expected_version)
    if not posting.is_live:
        raise UnlawfulMove(f"{posting.status.value} -> answered")
    if not is_open(posting, name) or not set(values) <= set(asked_with(posting, name)):
        raise NotAsked(name)
    good = _stated(facts.checked(session, posting.fields(), values, settings=False))
    if name not in good:
        raise facts.WrongValues({name: WrongValue(N_("还没有回答"))})
    # Whatever asks the database meanwhile would write the posting too early, and only the commit tells of a clash.
    with session.no_autoflush:
        before = {_key(problem) for problem in _objections(session, posting)}
        changed = facts.apply(posting, good)
        wrong = [problem for problem in _objections(session, posting) if _key(problem) not in before]
        if wrong or not changed:
            session.rollback()
            raise facts.WrongValues(dict(_at_a_field(wrong, name, values)))
        posting.keep_version(now())
    session.add(AuditEvent.of(actor, "posting.answered", "posting", posting.id, fields=changed))
    commit(session, posting)
    return posting


def _stated(good: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in good.items() if value not in (None, "", [], {})}


def _objections(session: Session, posting: Posting) -> list[Problem]:
    """List what speaks against publishing the posting as it stands; a rent of nothing is a promise, too."""
    return [*posting.contradictions(), *fair_competition.in_the_way(session, posting)]


def _key(problem: Problem) -> tuple[str, str]:
    return problem.field, problem.message


def _at_a_field(wrong: Sequence[Problem], name: str, values: Mapping[str, Any]) -> Iterator[tuple[str, WrongValue]]:
    """Say what contradicts a fact that isn't on the page at the one that was asked."""
    if not wrong:
        yield name, WrongValue(N_("和现在的回答一样，没有改动"))
    for problem in wrong:
        yield problem.field if problem.field in values else name, WrongValue(problem.message, **problem.values)
