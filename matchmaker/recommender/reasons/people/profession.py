"""Reasons from what a talent has learnt."""

from collections.abc import Sequence

from matchmaker.recommender.gates.gate import measure
from matchmaker.recommender.industry import SECOND_CODE, nearness
from matchmaker.recommender.people.profession import ENOUGH_OF_A_NEED, ENOUGH_OF_ONES_OWN, SKILL_LISTS
from matchmaker.recommender.reasons.pair import Maker, Pair, named, word
from matchmaker.recommender.reasons.texts import shared_words, telling_words
from matchmaker.recommender.wordbook import is_same
from matchmaker.recommender.words import Sentence, terms
from models.vocabulary import N_, Education, Identity, Language, SkillLevel, Term, TitleRank

SAME_FIELD = N_("专业领域相符：%(asked)s，%(own)s")
NEAR_FIELD = N_("专业领域相近：%(asked)s，%(own)s")
USES_FIELD = N_("专业对口：人才做 %(own)s，这里做 %(asked)s")
USES_NEAR_FIELD = N_("专业相近：人才做 %(own)s，这里做 %(asked)s")
SAME_SKILLS = N_("要求的技能里，人才会 %(skills)s")
MASTERS = N_("需求的工艺和产品里，人才会 %(skills)s")
USES_SKILLS = N_("人才的技能里，这里用得上 %(skills)s")
MEANINGS = N_("两边的说明意思相近，都写了 %(words)s")
LEVEL = N_("%(what)s要求%(asked)s，人才是%(own)s")
YEARS = N_("从业年数要求 %(asked)s，人才有 %(own)s")
LICENCES = N_("要求的职业资格里，人才有 %(licences)s")
ORIGIN = N_("资格发证地是%(own)s，岗位认可%(asked)s")
LANGUAGES = N_("要求的语言里，人才会%(languages)s")

SAME = 0.76  # one group, or one class for a second field


def field(same: str, near: str, is_own: bool) -> Maker:
    """Make a sentence about the two fields that lie nearest, as either side orders its own."""

    def make(pair: Pair) -> Sentence:
        asked, own, neighbours = pair.asking.codes, pair.answering.codes, pair.reference.neighbours
        found = []
        for at, code in enumerate(asked):
            for place, other in enumerate(own):
                # Whoever reads has its own main field, and takes the other side's as they come.
                later = place if is_own else at
                value = nearness(other, code, neighbours) if is_own else nearness(code, other, neighbours)
                found.append((value * (SECOND_CODE if later else 1.0), code, other))
        best, code, other = max(found, key=lambda one: one[0])
        values = {"asked": pair.reference.industry_name(code), "own": pair.reference.industry_name(other)}
        return Sentence(same if best >= SAME else near, values, (code_field(pair), "talent.field_codes"))

    return make


def code_field(pair: Pair) -> str:
    """Name the field in which whoever asks states its industries."""
    return "need.industry_codes" if pair.asking.kind == "need" else "position.field_codes"


def skills(pair: Pair) -> Sentence | None:
    """Say which of the asked skills the talent has."""
    own = pair.answering.get("skills") or ()
    shared = {name: _shared(pair.asking.get(name), own) for name in SKILL_LISTS[pair.asking.kind]}
    values = {"skills": named(dict.fromkeys(skill for some in shared.values() for skill in some))}
    if not any(shared.values()):
        return None
    if pair.asking.kind == "position":
        return Sentence(SAME_SKILLS, values, ("position.skills", "talent.skills"))
    counts = {f"need.{name}": len(some) for name, some in shared.items()}
    return Sentence(MASTERS, values, (*_telling(counts, ENOUGH_OF_A_NEED), "talent.skills"))


def own_skills(pair: Pair) -> Sentence | None:
    """Say which of the talent's skills are of use."""
    own, lists = pair.answering.get("skills") or (), SKILL_LISTS[pair.asking.kind]
    asked = {name: pair.asking.get(name) or () for name in lists}
    used = [skill for skill in own if any(is_same(skill, other) for some in asked.values() for other in some)]
    if not used:
        return None
    counts = {
        # What a list adds to those before it: a skill that both ask for is lost with neither.
        f"{pair.asking.kind}.{name}": sum(
            any(is_same(skill, other) for other in asked[name])
            and not any(is_same(skill, other) for rest in lists if rest != name for other in asked[rest])
            for skill in used
        )
        for name in lists
    }
    total = min(len(used), ENOUGH_OF_ONES_OWN)
    fields = [field for field, alone in counts.items() if len(used) - alone < total]
    return Sentence(USES_SKILLS, {"skills": named(used)}, (*fields, "talent.skills"))


def _shared(asked: Sequence[str] | None, own: Sequence[str]) -> list[str]:
    return [skill for skill in asked or () if any(is_same(skill, other) for other in own)]


def _telling(counts: dict[str, int], enough: int) -> list[str]:
    """Name the lists without which less would be counted: more than enough is as much as enough."""
    total = sum(counts.values())
    return [field for field, count in counts.items() if min(enough, total - count) < min(enough, total)]


def text(pair: Pair) -> Sentence | None:
    """Say which words of the trade both descriptions hold."""
    words = telling_words(pair.reference, pair.asking, pair.answering)
    said = (pair.asking.get("description"), pair.answering.get("description"))
    shared = shared_words(*said, words) if all(said) else []
    fields = (f"{pair.asking.kind}.description", "talent.description")
    return Sentence(MEANINGS, {"words": named(shared)}, fields) if shared else None


def level(label: str, asked_name: str, name: str, vocabulary: type[Term]) -> Maker:
    """Make a sentence about a rank that is reached."""

    def make(pair: Pair) -> Sentence:
        values = {
            "what": word(label),
            "asked": terms(vocabulary, [pair.asking.get(asked_name)]),
            "own": terms(vocabulary, [pair.answering.get(name)]),
        }
        return Sentence(LEVEL, values, (f"position.{asked_name}", f"talent.{name}"))

    return make


education = level(N_("学历"), "education_required", "education", Education)
title = level(N_("职称"), "title_required", "title_rank", TitleRank)
skill_level = level(N_("技能等级"), "skill_level_required", "skill_level", SkillLevel)


def years(pair: Pair) -> Sentence:
    """Say that the talent has worked long enough."""
    values = {
        "asked": measure("position", "years_required", pair.asking.get("years_required")),
        "own": measure("talent", "years_experience", pair.answering.get("years_experience")),
    }
    return Sentence(YEARS, values, ("position.years_required", "talent.years_experience"))


def licences(pair: Pair) -> Sentence:
    """Say which of the asked licences the talent holds."""
    held = _shared(pair.asking.get("licences_required"), pair.answering.get("licences") or ())
    fields = ("position.licences_required", "talent.licences")
    return Sentence(LICENCES, {"licences": named(held)}, fields)


def licence_origin(pair: Pair) -> Sentence:
    """Say that the position accepts where the licence was issued."""
    values = {
        "asked": terms(Identity, pair.asking.get("licence_origins_accepted")),
        "own": terms(Identity, [pair.answering.get("licence_origin")]),
    }
    return Sentence(ORIGIN, values, ("position.licence_origins_accepted", "talent.licence_origin"))


def languages(pair: Pair) -> Sentence:
    """Say which of the asked languages the talent speaks."""
    own = pair.answering.get("languages") or ()
    spoken = [language for language in pair.asking.get("languages_required") or () if language in own]
    values = {"languages": terms(Language, spoken)}
    return Sentence(LANGUAGES, values, ("position.languages_required", "talent.languages"))
