"""How well a talent suits a position or an enterprise's need, and why: parts from fields, each at least zero.

The parts of one pairing add up to at most 100. What isn't stated earns nothing. Age, sex, origin and papers are never
read, so exchanging them changes nothing.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from matchmaker.recommender import industry
from matchmaker.recommender.criteria import Criterion
from matchmaker.recommender.facts import Item
from matchmaker.recommender.gates import Gate
from matchmaker.recommender.gates.gate import measure
from matchmaker.recommender.gates.people import is_same
from matchmaker.recommender.reasons.likeness import shared_words, trade_words
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.score import Likenesses, Scored
from matchmaker.recommender.words import Sentence, Value, terms
from models.vocabulary import (
    N_,
    Education,
    EmployerType,
    Language,
    SkillLevel,
    Support,
    Term,
    TitleRank,
    Verdict,
    WayOfWorking,
)

HIGH, MEDIUM, HIGH_RANKS = 60.0, 35.0, 10

# Cosines of whole texts are crowded: half of the unrelated pairs lie below the first figure, the best near the second.
UNRELATED, RELATED = 0.90, 0.94
WORDS_IN_COMMON = 0.35  # a cosine of characters that two texts about one thing reach

FIELD, SKILLS, MEANING, WORDS = 28.0, 22.0, 12.0, 6.0
PLACE, WAY, SALARY, SUPPORTS = 6.0, 6.0, 5.0, 4.0
EDUCATION, TITLE, SKILL_LEVEL, LANGUAGES, EMPLOYER, START = 3.0, 2.0, 2.0, 2.0, 1.0, 1.0

SAME_FIELD = N_("专业领域相符：%(asked)s，%(own)s")
NEAR_FIELD = N_("专业领域相近：%(asked)s，%(own)s")
SAME_SKILLS = N_("技能都写了 %(skills)s")
MEANINGS = N_("两边的说明意思相近，都写了 %(words)s")
SAME_WORDS = N_("用词相近：都写了 %(words)s")
WANTED_PLACE = N_("想去的市州包括 %(place)s")
SAME_WAY = N_("工作方式都可以 %(ways)s")
PAID = N_("期望年薪 %(own)s，岗位最高 %(asked)s")
SAME_SUPPORTS = N_("希望的支持里，岗位能给 %(supports)s")
LEVEL = N_("%(what)s要求 %(asked)s，人才是 %(own)s")
SAME_LANGUAGES = N_("语言都有 %(languages)s")
SAME_EMPLOYER = N_("意向单位包括 %(employer)s")
IN_TIME = N_("%(own)s 可到岗，岗位最迟 %(asked)s")
IS_EDUCATED = N_("最高学历%(own)s")
HAS_TITLE = N_("职称%(own)s")
HAS_YEARS = N_("从业 %(own)s")
COMES = N_("来湘方式可以是 %(ways)s")

OTHER_FIELD = N_("专业领域不同：%(asked)s，%(own)s")
MISSING_SKILLS = N_("没有写的技能：%(skills)s")
MISSING_SUPPORTS = N_("希望的支持里，岗位没有写 %(supports)s")


@dataclasses.dataclass(frozen=True, slots=True)
class _Found:
    """One part with the sentence that says why."""

    criterion: Criterion
    sentence: Sentence | None


def band(score: float, rank: int) -> str:
    """Name the band of a pair of people and posts."""
    if score >= HIGH and rank <= HIGH_RANKS:
        return "high"
    return "medium" if score >= MEDIUM else "low"


def score(asking: Item, talent: Item, reference: Reference, cosine: float | None) -> tuple[Scored, list[Sentence]]:
    """Return the score of a talent for a position or need, and the reasons, the weightiest first."""
    found = [part for part in _parts(asking, talent, reference, cosine) if part.criterion.contribution > 0]
    found.sort(key=lambda part: -part.criterion.contribution)
    total = sum(part.criterion.contribution for part in found)
    sentences = [part.sentence for part in found if part.sentence is not None]
    for sentence in _plain_facts(talent, {field for known in sentences for field in known.fields}):
        if len(sentences) < 3:
            sentences.append(sentence)
    return Scored(total, min(100.0, total), tuple(part.criterion for part in found), Likenesses()), sentences


def gaps(asking: Item, talent: Item, reference: Reference, gates: Sequence[Gate]) -> list[Sentence]:
    """Return everything that is short or unknown between the two."""
    soft = list(_soft_gaps(asking, talent, reference))
    failing = [gate.sentence for gate in gates if gate.verdict is Verdict.FAILS]
    unknown = [gate.sentence for gate in gates if gate.verdict is Verdict.UNKNOWN]
    return [
        *failing,
        *(gap for gap in soft if gap.kind == "short"),
        *unknown,
        *(g for g in soft if g.kind == "unknown"),
    ]


def _parts(asking: Item, talent: Item, reference: Reference, cosine: float | None) -> Iterator[_Found]:
    yield from _field(asking, talent, reference)
    yield from _skills(asking, talent)
    yield from _texts(asking, talent, reference, cosine)
    yield from _place(asking, talent, reference)
    if asking.kind != "position":
        return
    yield from _way(asking, talent)
    yield from _salary(asking, talent)
    yield from _shares(asking, talent)
    yield from _levels(asking, talent)
    yield from _start(asking, talent)


def _field(asking: Item, talent: Item, reference: Reference) -> Iterator[_Found]:
    pairs = [
        (industry.nearness(code, own, reference.neighbours) * (1.0 if at == 0 else industry.SECOND_CODE), code, own)
        for at, code in enumerate(asking.codes)
        for own in talent.codes
    ]
    best, code, own = max(pairs, default=(0.0, "", ""))
    if best:
        yield _Found(
            Criterion("field", N_("专业领域"), best, FIELD),
            Sentence(
                SAME_FIELD if best >= industry.SAME_GROUP * industry.SECOND_CODE else NEAR_FIELD,
                {"asked": reference.industry_name(code), "own": reference.industry_name(own)},
                (_code_field(asking), "talent.field_codes"),
            ),
        )


def _code_field(asking: Item) -> str:
    return "position.field_codes" if asking.kind == "position" else "need.industry_codes"


def _wanted_skills(asking: Item) -> tuple[str, Sequence[str]]:
    if asking.kind == "position":
        return "skills", asking.get("skills") or ()
    name = "processes" if asking.get("processes") else "products"
    return name, asking.get(name) or ()


def _skills(asking: Item, talent: Item) -> Iterator[_Found]:
    name, wanted = _wanted_skills(asking)
    own = talent.get("skills") or ()
    shared = [skill for skill in wanted if any(is_same(skill, other) for other in own)]
    if shared:
        yield _Found(
            Criterion("skills", N_("技能"), len(shared) / len(wanted), SKILLS),
            Sentence(SAME_SKILLS, {"skills": "、".join(shared)}, (asking.field(name), "talent.skills")),
        )


def _texts(asking: Item, talent: Item, reference: Reference, cosine: float | None) -> Iterator[_Found]:
    words = shared_words(asking.words, talent.words, trade_words(reference, asking, talent))
    fields = (_text_field(asking), _text_field(talent))
    if cosine is not None:
        near = min(1.0, max(0.0, (cosine - UNRELATED) / (RELATED - UNRELATED)))
        sentence = Sentence(MEANINGS, {"words": "、".join(words)}, fields) if words else None
        yield _Found(Criterion("meaning", N_("意思相近"), near, MEANING), sentence)
    likeness = float(reference.likeness.by_words(asking.words, [talent.words])[0])
    sentence = Sentence(SAME_WORDS, {"words": "、".join(words)}, fields) if words and cosine is None else None
    yield _Found(Criterion("words", N_("用词相近"), min(1.0, likeness / WORDS_IN_COMMON), WORDS), sentence)


def _text_field(item: Item) -> str:
    return item.field("description" if item.get("description") else "title")


def _place(asking: Item, talent: Item, reference: Reference) -> Iterator[_Found]:
    targets = talent.get("target_prefecture_codes") or ()
    name = "region_code" if asking.kind == "position" else "target_prefecture_codes"
    stated = asking.get(name)
    places = [stated] if isinstance(stated, str) else list(stated or ())
    inside = [code for code in places if reference.is_within(code, targets)]
    if targets and inside:
        names = "、".join(reference.place_name(code) for code in inside)
        yield _Found(
            Criterion("place", N_("地点"), 1.0, PLACE),
            Sentence(WANTED_PLACE, {"place": names}, ("talent.target_prefecture_codes", asking.field(name))),
        )


def _way(position: Item, talent: Item) -> Iterator[_Found]:
    offered = position.get("ways_of_working") or ()
    common = [way for way in talent.get("ways_of_coming") or () if way in offered]
    if common:
        yield _Found(
            Criterion("way", N_("工作方式"), 1.0, WAY),
            Sentence(
                SAME_WAY,
                {"ways": terms(WayOfWorking, common)},
                ("position.ways_of_working", "talent.ways_of_coming"),
            ),
        )


def _salary(position: Item, talent: Item) -> Iterator[_Found]:
    expected, high = talent.get("salary_expected_wan"), position.get("salary_high_wan")
    if expected and high and high >= expected:
        values = {
            "own": measure("talent", "salary_expected_wan", expected),
            "asked": measure("position", "salary_high_wan", high),
        }
        yield _Found(
            Criterion("salary", N_("年薪"), min(1.0, 0.5 + (high - expected) / expected), SALARY),
            Sentence(PAID, values, ("talent.salary_expected_wan", "position.salary_high_wan")),
        )


def _shares(position: Item, talent: Item) -> Iterator[_Found]:
    offered = position.get("supports_offered") or ()
    wanted = talent.get("supports_wanted") or ()
    given = [support for support in wanted if support in offered]
    if given:
        yield _Found(
            Criterion("supports", N_("支持"), len(given) / len(wanted), SUPPORTS),
            Sentence(
                SAME_SUPPORTS,
                {"supports": terms(Support, given)},
                ("talent.supports_wanted", "position.supports_offered"),
            ),
        )
    asked = position.get("languages_required") or ()
    spoken = [language for language in asked if language in (talent.get("languages") or ())]
    if spoken:
        yield _Found(
            Criterion("languages", N_("语言"), len(spoken) / len(asked), LANGUAGES),
            Sentence(
                SAME_LANGUAGES,
                {"languages": terms(Language, spoken)},
                ("position.languages_required", "talent.languages"),
            ),
        )
    employer = position.get("employer_type")
    if employer is not None and employer in (talent.get("employer_types") or ()):
        yield _Found(
            Criterion("employer", N_("单位性质"), 1.0, EMPLOYER),
            Sentence(
                SAME_EMPLOYER,
                {"employer": terms(EmployerType, [employer])},
                ("position.employer_type", "talent.employer_types"),
            ),
        )


LEVELS: Mapping[str, tuple[str, str, type[Term], float]] = {
    "education": (N_("学历"), "education_required", Education, EDUCATION),
    "title_rank": (N_("职称"), "title_required", TitleRank, TITLE),
    "skill_level": (N_("技能等级"), "skill_level_required", SkillLevel, SKILL_LEVEL),
}


def _levels(position: Item, talent: Item) -> Iterator[_Found]:
    for name, (label, asked_name, vocabulary, weight) in LEVELS.items():
        order = [word for word in vocabulary if word.value not in ("other", "none")]
        asked, own = position.get(asked_name), talent.get(name)
        # The vocabularies run from the highest down.
        if asked in order and own in order and order.index(own) <= order.index(asked):
            values = {
                "what": Value(None, labels=(label,)),
                "asked": terms(vocabulary, [asked]),
                "own": terms(vocabulary, [own]),
            }
            yield _Found(
                Criterion(name, label, 1.0, weight),
                Sentence(LEVEL, values, (f"position.{asked_name}", f"talent.{name}")),
            )


def _start(position: Item, talent: Item) -> Iterator[_Found]:
    latest, ready = position.get("start_on"), talent.get("available_on")
    if latest and ready and ready <= latest:
        yield _Found(
            Criterion("start", N_("到岗时间"), 1.0, START),
            Sentence(
                IN_TIME,
                {"own": Value(ready), "asked": Value(latest)},
                ("talent.available_on", "position.start_on"),
            ),
        )


def _plain_facts(talent: Item, cited: set[str]) -> Iterator[Sentence]:
    """Say what is true of the talent where too few parts speak for the pair."""
    education, title = talent.get("education"), talent.get("title_rank")
    ways, years = talent.get("ways_of_coming"), talent.get("years_experience")
    if education and education != Education.OTHER:
        yield Sentence(IS_EDUCATED, {"own": terms(Education, [education])}, ("talent.education",))
    if ways and "talent.ways_of_coming" not in cited:
        yield Sentence(COMES, {"ways": terms(WayOfWorking, ways)}, ("talent.ways_of_coming",))
    if years:
        yield Sentence(HAS_YEARS, {"own": measure("talent", "years_experience", years)}, ("talent.years_experience",))
    if title and title != TitleRank.NONE:
        yield Sentence(HAS_TITLE, {"own": terms(TitleRank, [title])}, ("talent.title_rank",))


def _soft_gaps(asking: Item, talent: Item, reference: Reference) -> Iterator[Sentence]:
    if asking.codes and talent.codes and not any(True for _ in _field(asking, talent, reference)):
        values = {
            "asked": reference.industry_name(asking.codes[0]),
            "own": reference.industry_name(talent.codes[0]),
        }
        yield Sentence(OTHER_FIELD, values, (_code_field(asking), "talent.field_codes"), kind="short")
    if asking.kind != "position":
        return
    own = talent.get("skills") or ()
    lacking = [skill for skill in asking.get("skills") or () if not any(is_same(skill, other) for other in own)]
    if lacking:
        yield Sentence(
            MISSING_SKILLS, {"skills": "、".join(lacking)}, ("position.skills", "talent.skills"), kind="short"
        )
    offered = asking.get("supports_offered") or ()
    unanswered = [support for support in talent.get("supports_wanted") or () if support not in offered]
    if unanswered:
        yield Sentence(
            MISSING_SUPPORTS,
            {"supports": terms(Support, unanswered)},
            ("talent.supports_wanted", "position.supports_offered"),
            kind="unknown",
        )
