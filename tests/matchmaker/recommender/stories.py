"""A talent, a post and a plant that know each other's trade: tests change only what their story is about."""

import datetime as dt
from typing import Any

from matchmaker.recommender.facts import Item
from models.vocabulary import Education, Identity, SkillLevel, TitleRank

TALENT: dict[str, Any] = {
    "title": "线路板工艺工程师",
    "description": "十二年线路板的压合和电镀工艺",
    "field_codes": ["C3982"],
    "skills": ["压合工艺", "电镀工艺"],
    "education": Education.MASTER,
    "title_rank": TitleRank.ASSOCIATE_SENIOR,
    "skill_level": SkillLevel.TECHNICIAN,
    "licences": ["注册电气工程师"],
    "licence_origin": Identity.HONG_KONG,
    "years_experience": 12,
    "languages": ["mandarin", "cantonese"],
    "available_on": dt.date(2027, 1, 1),
    "current_city_code": "440306",
    "target_prefecture_codes": ["431000"],
    "place_strictness": "prefer",
    "ways_of_coming": ["flexible"],
    "months_per_year": 4,
    "employer_types": ["enterprise"],
    "salary_expected_wan": 35.0,
    "supports_wanted": ["settle", "child_edu"],
}
POSITION: dict[str, Any] = {
    "title": "线路板工艺主管",
    "description": "负责线路板的压合和电镀工艺",
    "field_codes": ["C398"],
    "skills": ["压合工艺", "良率"],
    "region_code": "431003",
    "employer_type": "enterprise",
    "education_required": Education.BACHELOR,
    "title_required": TitleRank.INTERMEDIATE,
    "skill_level_required": SkillLevel.TECHNICIAN,
    "licences_required": ["注册电气工程师", "安全工程师"],
    "licence_origins_accepted": ["mainland", "hong_kong"],
    "years_required": 6,
    "languages_required": ["mandarin", "english"],
    "ways_of_working": ["flexible", "project"],
    "months_per_year": 3,
    "salary_low_wan": 30.0,
    "salary_high_wan": 40.0,
    "start_on": dt.date(2027, 3, 1),
    "housing_offered": "yes",
    "supports_offered": ["settle"],
}
NEED: dict[str, Any] = {
    "title": "线路板工厂",
    "description": "生产多层线路板，压合和电镀",
    "category": "rd_in_bay",
    "industry_codes": ["C3982"],
    "products": ["多层线路板"],
    "processes": ["电镀工艺", "压合"],
    "from_city_code": "440300",
    "target_prefecture_codes": ["431003"],
    "production_start_on": dt.date(2027, 6, 1),
}


def talent(number: int = 7, **facts: Any) -> Item:
    """Make a profile of an engineer for circuit boards."""
    return Item("talent", f"talent:{number}", "人才", TALENT | facts)


def position(number: int = 8, **facts: Any) -> Item:
    """Make a post that the engineer could fill."""
    return Item("position", f"position:{number}", "岗位", POSITION | facts)


def demand(**facts: Any) -> Item:
    """Make the need of a plant that the engineer could work for."""
    return Item("need", "need:1", "需求", NEED | facts)
