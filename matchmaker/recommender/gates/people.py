"""Hard conditions between a talent and a position, or a talent and the need of an enterprise.

Nothing here reads age, sex, origin or papers: a licence counts by where it was issued, and by nothing else.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from matchmaker.recommender.facts import Item
from matchmaker.recommender.gates.gate import NEED, POSITION, TALENT, Condition, Gate, capacity, deadline, field_of
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.words import Value, terms
from models.vocabulary import (
    N_,
    Education,
    Identity,
    Language,
    SkillLevel,
    Strictness,
    Term,
    TitleRank,
    WayOfWorking,
)
from search.analysis import normalise

INSIDE = N_("%(what)s：在 %(need)s 范围内")
OUTSIDE = N_("%(what)s：只去 %(need)s，%(other)s在 %(limit)s")
PLACE_OPEN = N_("%(what)s：只去 %(need)s，%(other)s还没有定地点")
IN_COMMON = N_("%(what)s：都可以 %(limit)s")
NOTHING_IN_COMMON = N_("%(what)s：要 %(need)s，%(other)s是 %(limit)s")
NOT_SAID = N_("%(what)s：要 %(need)s，%(other)s未填")
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


def check_position(position: Item, talent: Item, reference: Reference) -> list[Gate]:
    """Check what a position asks of a talent, and what the talent insists on."""
    return [
        *_place(position, talent, reference),
        *_way(position, talent),
        *_months(position, talent),
        *_salary(position, talent),
        *_rank(position, talent, "education_required", "education", EDUCATIONS),
        *_rank(position, talent, "title_required", "title_rank", TITLES),
        *_rank(position, talent, "skill_level_required", "skill_level", SKILLS),
        *_licences(position, talent),
        *_licence_origin(position, talent),
        *_years(position, talent),
        *_languages(position, talent),
        *_start(position, talent),
    ]


def check_need(need: Item, talent: Item, reference: Reference) -> list[Gate]:
    """Check the one thing that keeps a talent from an enterprise's project: where it may stand."""
    targets = talent.get("target_prefecture_codes") or []
    if talent.get("place_strictness") != Strictness.MUST or not targets:
        return []
    condition = Condition(
        "place", N_("市州"), ("talent.target_prefecture_codes", "need.target_prefecture_codes"), other=NEED
    )
    wanted = _places(targets, reference)
    there = need.get("target_prefecture_codes") or []
    is_open = need.get("place_strictness") != Strictness.MUST
    meets = any(reference.is_within(code, targets) for code in there)
    meets = meets or any(reference.is_within(code, there) for code in targets)
    if meets and not is_open:
        return [condition.passes(wanted, _places(there, reference), INSIDE)]
    if is_open:
        return [condition.unknown(wanted, _places(there, reference) if there else None, PLACE_OPEN)]
    return [condition.fails(wanted, _places(there, reference), OUTSIDE)]


def _places(codes: Sequence[str], reference: Reference) -> Value:
    return Value(tuple(codes), labels=tuple(reference.place_name(code) for code in codes))


def _place(position: Item, talent: Item, reference: Reference) -> Iterator[Gate]:
    targets = talent.get("target_prefecture_codes") or []
    if talent.get("place_strictness") != Strictness.MUST or not targets:
        return
    if set(_common_ways(position, talent)) == {WayOfWorking.REMOTE_RESEARCH.value}:
        return
    condition = Condition(
        "place", N_("工作地点"), ("talent.target_prefecture_codes", "position.region_code"), other=POSITION
    )
    wanted, code = _places(targets, reference), position.get("region_code")
    if code is None:
        yield condition.unknown(wanted, None, NOT_SAID)
    elif reference.is_within(code, targets):
        yield condition.passes(wanted, _places([code], reference), INSIDE)
    else:
        yield condition.fails(wanted, _places([code], reference), OUTSIDE)


def _common_ways(position: Item, talent: Item) -> list[str]:
    offered = position.get("ways_of_working") or ()
    return [way for way in talent.get("ways_of_coming") or () if way in offered]


def _way(position: Item, talent: Item) -> Iterator[Gate]:
    offered, wanted = position.get("ways_of_working"), talent.get("ways_of_coming")
    if not offered:
        return
    condition = Condition("way", N_("工作方式"), ("position.ways_of_working", "talent.ways_of_coming"), other=TALENT)
    need = terms(WayOfWorking, offered)
    if not wanted:
        yield condition.unknown(need, None, NOT_SAID)
        return
    common = _common_ways(position, talent)
    if common:
        yield condition.passes(need, terms(WayOfWorking, common), IN_COMMON)
    else:
        yield condition.fails(need, terms(WayOfWorking, wanted), NOTHING_IN_COMMON)


def _months(position: Item, talent: Item) -> Iterator[Gate]:
    asked = position.get("months_per_year")
    # Who comes for good is there all year.
    if not asked or WayOfWorking.FULL_TIME.value in _common_ways(position, talent):
        return
    condition = Condition(
        "months", N_("每年在湘"), ("position.months_per_year", "talent.months_per_year"), other=TALENT
    )
    yield capacity(condition, asked, talent.get("months_per_year"), N_("个月"))


def _salary(position: Item, talent: Item) -> Iterator[Gate]:
    expected = talent.get("salary_expected_wan")
    if expected is None:
        return
    low, high = position.get("salary_low_wan"), position.get("salary_high_wan")
    name = "salary_high_wan" if high is not None else "salary_low_wan"
    condition = Condition("salary", N_("年薪"), ("talent.salary_expected_wan", f"position.{name}"), other=POSITION)
    if high is None and low is not None and low < expected:
        # Only the lower end is stated, so more may be paid.
        low = None
    yield capacity(condition, expected, high if high is not None else low, N_("万元"))


def _rank(position: Item, talent: Item, asked_name: str, name: str, order: Sequence[Term]) -> Iterator[Gate]:
    asked, own = position.get(asked_name), talent.get(name)
    if asked is None or asked not in order or (order.index(asked) == 0 and asked.value == "none"):
        return
    condition = Condition(
        name, field_of("talent", name).label, (f"position.{asked_name}", f"talent.{name}"), other=TALENT
    )
    need = Value(asked.value, labels=(asked.label,), comparator="≥")
    if own is None or own not in order:
        yield condition.unknown(need, None, NOT_SAID)
        return
    limit = Value(own.value, labels=(own.label,))
    if order.index(own) >= order.index(asked):
        yield condition.passes(need, limit, REACHED)
    else:
        yield condition.fails(need, limit, BELOW, distance=(order.index(asked) - order.index(own)) / len(order))


def _licences(position: Item, talent: Item) -> Iterator[Gate]:
    asked, own = position.get("licences_required") or [], talent.get("licences")
    if not asked:
        return
    condition = Condition("licences", N_("职业资格"), ("position.licences_required", "talent.licences"), other=TALENT)
    need = _listed(asked)
    if not own:
        yield condition.unknown(need, None, NOT_SAID)
        return
    lacking = [licence for licence in asked if not any(is_same(licence, other) for other in own)]
    if lacking:
        yield condition.fails(need, _listed(own), LACKS, _listed(lacking), len(lacking) / len(asked))
    else:
        yield condition.passes(need, _listed(own), HAS)


def is_same(asked: str, own: str) -> bool:
    """Say whether two licences or skills, written by two people, are the same: one contains the other."""
    left, right = normalise(asked).strip(), normalise(own).strip()
    return bool(left and right) and (left in right or right in left)


def _listed(words: Sequence[str]) -> Value:
    return Value(tuple(words), labels=tuple(words))


def _licence_origin(position: Item, talent: Item) -> Iterator[Gate]:
    accepted, own = position.get("licence_origins_accepted") or [], talent.get("licence_origin")
    if not accepted or not position.get("licences_required"):
        return
    condition = Condition(
        "licence_origin", N_("资格发证地"), ("position.licence_origins_accepted", "talent.licence_origin"), other=TALENT
    )
    need = terms(Identity, accepted)
    if own is None:
        yield condition.unknown(need, None, NOT_SAID)
    elif own in accepted:
        yield condition.passes(need, terms(Identity, [own]), REACHED)
    else:
        yield condition.fails(need, terms(Identity, [own]), NOTHING_IN_COMMON)


def _years(position: Item, talent: Item) -> Iterator[Gate]:
    asked = position.get("years_required")
    if asked:
        condition = Condition(
            "years", N_("从业年数"), ("position.years_required", "talent.years_experience"), other=TALENT
        )
        yield capacity(condition, asked, talent.get("years_experience"), N_("年"))


def _languages(position: Item, talent: Item) -> Iterator[Gate]:
    asked, own = position.get("languages_required") or [], talent.get("languages")
    if not asked:
        return
    condition = Condition("languages", N_("语言"), ("position.languages_required", "talent.languages"), other=TALENT)
    need = terms(Language, asked)
    if not own:
        yield condition.unknown(need, None, NOT_SAID)
        return
    lacking = [language for language in asked if language not in own]
    if lacking:
        gap: Any = terms(Language, lacking)
        yield condition.fails(need, terms(Language, own), LACKS, gap, len(lacking) / len(asked))
    else:
        yield condition.passes(need, terms(Language, own), HAS)


def _start(position: Item, talent: Item) -> Iterator[Gate]:
    latest = position.get("start_on")
    if latest is not None:
        condition = Condition("start", N_("到岗时间"), ("position.start_on", "talent.available_on"), other=TALENT)
        yield deadline(condition, latest, talent.get("available_on"))
