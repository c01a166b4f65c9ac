"""What a talent has learnt: field, skills, degree, title, licences, years and languages, against what is asked."""

from collections.abc import Iterator, Sequence

import numpy as np

from matchmaker.recommender.frame import Array, Frame
from matchmaker.recommender.gates.qualifications import EDUCATIONS, SKILLS, TITLES, ranks
from matchmaker.recommender.nearness import fit
from matchmaker.recommender.people.pairs import Named, Pairs, rising, share, where
from matchmaker.recommender.sharing import Bits, asked_words, shared_words
from models.vocabulary import Identity, Term

# A need names many products and processes and nobody masters all, so a few are enough.
ENOUGH_OF_A_NEED = 2
ENOUGH_OF_ONES_OWN = 3
REACHED, PER_RANK = 0.8, 0.1
# By kind of who asks: where the field stands, and what names the skills.
CODES = {"need": "industry_codes", "position": "field_codes"}
SKILL_LISTS = {"need": ("processes", "products"), "position": ("skills",)}


def field_and_skills(pairs: Pairs) -> Iterator[Named]:
    """Compare the fields as industries of the tree, and the skills as words, from both sides."""
    asking, talent, near = pairs.asking, pairs.talent, pairs.reference.trades.nearness
    name = CODES[asking.kind]
    asked, own = asking[name], talent["field_codes"]
    known = asking.has(name) & talent.has("field_codes")
    yield "field", where(known, lambda: fit(near, asked, own))
    yield "own_field", where(known, lambda: fit(near.T, own, asked))
    lists = SKILL_LISTS[asking.kind]
    known = np.any([asking.has(name) for name in lists], axis=0) & talent.has("skills")
    if asking.kind == "need":
        yield "skills", where(known, lambda: _mastered(asking, talent, lists))
    else:
        yield (
            "skills",
            where(
                known, lambda: share(shared_words(asking, "skills", talent, "skills"), asked_words(asking, "skills"))
            ),
        )
    yield "own_skills", where(known, lambda: _used(asking, talent, lists))


def _mastered(need: Frame, talent: Frame, lists: Sequence[str]) -> Array:
    shared = [np.bitwise_count(shared_words(need, name, talent, "skills")) for name in lists]
    return np.minimum(1, np.sum(shared, axis=0) / np.float32(ENOUGH_OF_A_NEED))


def _used(asking: Frame, talent: Frame, lists: Sequence[str]) -> Array:
    used: Bits = np.zeros(1, np.uint32)
    for name in lists:
        used = used | shared_words(talent, "skills", asking, name)
    return np.minimum(1, np.bitwise_count(used) / np.float32(ENOUGH_OF_ONES_OWN))


def qualifications(pairs: Pairs) -> Iterator[Named]:
    """Compare degree, title, skill level, years, licences and languages with what a position asks."""
    position, talent = pairs.asking, pairs.talent
    yield _rank(position, talent, "education", "education_required", EDUCATIONS)
    yield _rank(position, talent, "title_rank", "title_required", TITLES)
    yield _rank(position, talent, "skill_level", "skill_level_required", SKILLS)
    asked, own = position.number("years_required"), talent.number("years_experience")
    yield "years", where((asked > 0) & ~np.isnan(own), lambda: rising(own, asked, 0.7, 2))
    yield from _licences(position, talent)
    wanted, spoken = position["languages_required"], talent["languages"]
    yield "languages", where((wanted != 0) & (spoken != 0), lambda: share(wanted & spoken, wanted))


def _rank(position: Frame, talent: Frame, name: str, asked_name: str, order: Sequence[Term]) -> Named:
    rank = ranks(order)
    asked, own = rank.take(position[asked_name]), rank.take(talent[name])
    # To ask for no title is to ask for nothing.
    is_asked = asked > (0 if order[0].value == "none" else -1)

    def values() -> Array:
        above = (own - asked).astype(np.float32)
        return np.where(above >= 0, np.minimum(1, REACHED + PER_RANK * above), 0)

    return name, where(is_asked & (own >= 0), values)


def _licences(position: Frame, talent: Frame) -> Iterator[Named]:
    asked = asked_words(position, "licences_required")
    yield (
        "licences",
        where(
            (asked != 0) & talent.has("licences"),
            lambda: share(shared_words(position, "licences_required", talent, "licences"), asked),
        ),
    )
    accepted, origin = position["licence_origins_accepted"], talent["licence_origin"]
    # One bit for each word; the last entry, for no answer, is none.
    bits = np.array([*(1 << place for place in range(len(Identity))), 0], np.uint32)
    known = (asked != 0) & (accepted != 0) & (origin >= 0)
    yield "licence_origin", where(known, lambda: (accepted & bits.take(origin)) != 0)
