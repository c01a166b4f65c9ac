"""What a position asks that a talent has: degree, title, skill level, licences, years and languages."""

from collections.abc import Iterator, Sequence

import numpy as np

from matchmaker.recommender.frame import Array, Frame, positions
from matchmaker.recommender.gates.compare import capacity
from matchmaker.recommender.gates.gate import TALENT, field_of
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Ending,
    Outcome,
    amounts,
    at,
    decide,
    ratio,
    word,
    words,
)
from matchmaker.recommender.gates.printers import Printer
from matchmaker.recommender.sharing import asked_words, shared_words
from matchmaker.recommender.words import Value
from models.vocabulary import N_, Education, Identity, Language, SkillLevel, Term, TitleRank

NOT_SAID = N_("%(what)s：要 %(need)s，%(other)s未填")
NOTHING_IN_COMMON = N_("%(what)s：要 %(need)s，%(other)s是 %(limit)s")
REACHED = N_("%(what)s：要求 %(need)s，%(other)s是 %(limit)s")
BELOW = N_("%(what)s：要求 %(need)s，%(other)s是 %(limit)s")
HAS = N_("%(what)s：要求 %(need)s，都有")
LACKS = N_("%(what)s：要求 %(need)s，%(other)s没有写 %(gap)s")

# From the lowest to the highest; "other" may be anything, so it decides nothing.
EDUCATIONS = (Education.COLLEGE, Education.BACHELOR, Education.MASTER, Education.DOCTOR)
TITLES = (TitleRank.NONE, TitleRank.JUNIOR, TitleRank.INTERMEDIATE, TitleRank.ASSOCIATE_SENIOR, TitleRank.SENIOR)
SKILLS = (
    SkillLevel.NONE,
    SkillLevel.APPRENTICE,
    SkillLevel.JUNIOR_WORKER,
    SkillLevel.INTERMEDIATE_WORKER,
    SkillLevel.SENIOR_WORKER,
    SkillLevel.TECHNICIAN,
    SkillLevel.SENIOR_TECHNICIAN,
    SkillLevel.SPECIAL,
    SkillLevel.CHIEF,
)


def qualifications(position: Frame, talent: Frame) -> Iterator[Outcome]:
    """Compare what the position asks with what the talent has."""
    yield from _rank(position, talent, "education_required", "education", EDUCATIONS)
    yield from _rank(position, talent, "title_required", "title_rank", TITLES)
    yield from _rank(position, talent, "skill_level_required", "skill_level", SKILLS)
    yield from _licences(position, talent)
    yield from _licence_origin(position, talent)
    if (position.number("years_required") > 0).any():
        yield capacity(
            ("years", N_("从业年数"), ("position.years_required", "talent.years_experience")),
            position.number("years_required"),
            talent.number("years_experience"),
            N_("年"),
            position.number("years_required") > 0,
            other=TALENT,
        )
    yield from _languages(position, talent)


def _rank(position: Frame, talent: Frame, asked_name: str, name: str, order: Sequence[Term]) -> Iterator[Outcome]:
    rank = ranks(order)
    asked, own = rank.take(position[asked_name]), rank.take(talent[name])
    # To ask for no title is to ask for nothing.
    is_asked = asked > (0 if order[0].value == "none" else -1)
    if not is_asked.any():
        return
    endings, ended = decide(
        (
            (~is_asked, SKIP),
            (own < 0, Ending(UNKNOWN, NOT_SAID)),
            (own >= asked, Ending(PASSES, REACHED)),
        ),
        otherwise=Ending(FAILS, BELOW),
    )
    yield Outcome(
        name,
        field_of("talent", name).label,
        (f"position.{asked_name}", f"talent.{name}"),
        endings,
        ended,
        _level(order, asked, "≥"),
        _level(order, own),
        amounts(lambda row: float(at(asked, row)) - float(at(own, row)), N_("级")),
        lambda: (asked - own) / len(order),
        other=TALENT,
    )


def _level(order: Sequence[Term], column: Array, comparator: str = "") -> Printer:
    """Print a rank by its word."""

    def printed(row: int) -> Value | None:
        rank = int(at(column, row))
        return None if rank < 0 else Value(order[rank].value, labels=(order[rank].label,), comparator=comparator)

    return printed


def ranks(order: Sequence[Term]) -> Array:
    """Return the rank of each word of a vocabulary by its place; -1 for what has none, and for no answer."""
    places = positions(type(order[0]))
    found = np.full(len(places) + 1, -1, np.int8)
    for rank, term in enumerate(order):
        found[places[term]] = rank
    return found


def _licences(position: Frame, talent: Frame) -> Iterator[Outcome]:
    asked = asked_words(position, "licences_required")
    if not asked.any():
        return
    lacking = asked & ~shared_words(position, "licences_required", talent, "licences")
    endings, ended = decide(
        (
            (asked == 0, SKIP),
            (~talent.has("licences"), Ending(UNKNOWN, NOT_SAID)),
            (lacking == 0, Ending(PASSES, HAS)),
        ),
        otherwise=Ending(FAILS, LACKS),
    )
    yield Outcome(
        "licences",
        N_("职业资格"),
        ("position.licences_required", "talent.licences"),
        endings,
        ended,
        _listed(position, "licences_required", asked),
        _listed(talent, "licences", asked_words(talent, "licences")),
        _listed(position, "licences_required", lacking),
        lambda: _share(lacking, asked),
        other=TALENT,
    )


def _listed(frame: Frame, name: str, bits: Array) -> Printer:
    """Print those of a row's words whose bits are set."""
    numbers, known = frame.spoken(name), frame.wordbook.words

    def printed(row: int) -> Value | None:
        chosen = int(at(bits, row))
        found = tuple(known[number] for place, number in enumerate(at(numbers, row)) if chosen >> place & 1)
        return Value(found, labels=found) if found else None

    return printed


def _licence_origin(position: Frame, talent: Frame) -> Iterator[Outcome]:
    """Ask where a licence was issued, where the position accepts only some places."""
    accepted, own = position["licence_origins_accepted"], talent["licence_origin"]
    is_asked = (accepted != 0) & position.has("licences_required")
    if not is_asked.any():
        return
    # A table of bits, the last of which, for no answer, is none.
    bits = np.array([*(1 << place for place in range(len(Identity))), 0], np.uint32)
    endings, ended = decide(
        (
            (~is_asked, SKIP),
            (own < 0, Ending(UNKNOWN, NOT_SAID)),
            ((accepted & bits.take(own)) != 0, Ending(PASSES, REACHED)),
        ),
        otherwise=Ending(FAILS, NOTHING_IN_COMMON),
    )
    yield Outcome(
        "licence_origin",
        N_("资格发证地"),
        ("position.licence_origins_accepted", "talent.licence_origin"),
        endings,
        ended,
        words(Identity, accepted),
        word(Identity, own),
        other=TALENT,
    )


def _languages(position: Frame, talent: Frame) -> Iterator[Outcome]:
    asked, own = position["languages_required"], talent["languages"]
    if not asked.any():
        return
    lacking = asked & ~own
    endings, ended = decide(
        (
            (asked == 0, SKIP),
            (own == 0, Ending(UNKNOWN, NOT_SAID)),
            (lacking == 0, Ending(PASSES, HAS)),
        ),
        otherwise=Ending(FAILS, LACKS),
    )
    yield Outcome(
        "languages",
        N_("语言"),
        ("position.languages_required", "talent.languages"),
        endings,
        ended,
        words(Language, asked),
        words(Language, own),
        words(Language, lacking),
        lambda: _share(lacking, asked),
        other=TALENT,
    )


def _share(part: Array, whole: Array) -> Array:
    return ratio(np.bitwise_count(part).astype(float), np.bitwise_count(whole).astype(float))
