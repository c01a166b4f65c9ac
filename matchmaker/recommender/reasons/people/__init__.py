"""The words for every part of a score of people."""

from collections.abc import Mapping

from matchmaker.recommender.reasons.pair import Maker
from matchmaker.recommender.reasons.people import coming, gaps, profession

REASONS: Mapping[str, Maker] = {
    "field": profession.field(profession.SAME_FIELD, profession.NEAR_FIELD, is_own=False),
    "skills": profession.skills,
    "education": profession.education,
    "title_rank": profession.title,
    "skill_level": profession.skill_level,
    "years": profession.years,
    "licences": profession.licences,
    "licence_origin": profession.licence_origin,
    "languages": profession.languages,
    "start": coming.start,
    "text": profession.text,
    "own_field": profession.field(profession.USES_FIELD, profession.USES_NEAR_FIELD, is_own=True),
    "own_skills": profession.own_skills,
    "wanted_place": coming.wanted_place,
    "travel": coming.travel,
    "same_city": coming.same_city,
    "way": coming.way,
    "months": coming.months,
    "salary": coming.salary,
    "supports": coming.supports,
    "housing": coming.housing,
    "employer": coming.employer,
    "own_text": profession.text,
}

GAPS: Mapping[str, Maker] = {
    "field": gaps.field,
    "skills": gaps.skills,
    "start": gaps.start,
    "wanted_place": gaps.wanted_place,
    "supports": gaps.supports,
    "housing": gaps.housing,
    "employer": gaps.employer,
}
