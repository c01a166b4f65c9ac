"""Complete, valid postings of each kind: a test changes only the facts that its story is about."""

import datetime as dt
from typing import Any, TypeVar

from models import (
    Incentive,
    Organisation,
    Park,
    ParkOffer,
    Position,
    Posting,
    RelocationNeed,
    TalentProfile,
    User,
    now,
    today,
)
from models.vocabulary import (
    Answer,
    Education,
    EiaClass,
    EmployerType,
    Identity,
    IncentiveType,
    InvestorOrigin,
    NeedCategory,
    OfferCategory,
    PostingStatus,
    ProjectType,
    SkillLevel,
    Strictness,
    TitleRank,
)

AnyPosting = TypeVar("AnyPosting", bound=Posting)


def need(owner: User, organisation: Organisation | None = None, **facts: Any) -> RelocationNeed:
    """Make a draft of a need: circuit boards from Shenzhen, new base, with nothing left to ask."""
    stated: dict[str, Any] = {
        "title": "多层线路板新建生产基地",
        "description": "拟在湖南新建多层线路板生产基地，配套表面贴装，需要标准厂房和稳定的双回路供电。",
        "category": NeedCategory.NEW_BASE,
        "industry_codes": ["C3982"],
        "products": ["多层线路板", "柔性线路板"],
        "from_city_code": "440300",
        "investor_origin": InvestorOrigin.DOMESTIC,
        "place_strictness": Strictness.PREFER,
        "target_prefecture_codes": ["431000"],
        "premises_needed_on": _later(200),
        "production_start_on": _later(400),
        "rail_city_code": "440300",
        "max_rail_hours": 3.0,
        "tenures": ["lease"],
        "floor_area_sqm": 20_000,
        "single_building_sqm": 6_000,
        "clear_height_m": 6,
        "floor_load_kn_sqm": 10,
        "power_kva": 6_000,
        "dual_supply_needed": Answer.YES,
        "water_m3_per_day": 1_200,
        "sewage_m3_per_day": 900,
        "project_type": ProjectType.NEW,
        "eia_class": EiaClass.REPORT,
        "pollutants": ["heavy_metals"],
        "electroplating_step": Answer.YES,
        "has_chemical_reaction": Answer.NO,
        "headcount_needed": 400,
        "workers_by_trade": {"assembly": 250, "quality": 40},
        "investment_yi": 3.5,
        "fixed_investment_yi": 2.8,
        "rent_cap_yuan_per_sqm_month": 15,
        "policy_asks": ["rent", "hiring"],
    }
    return RelocationNeed(owner_id=owner.id, organisation_id=_id(organisation), **(stated | facts))


def offer(owner: User, park: Park, organisation: Organisation | None = None, **facts: Any) -> ParkOffer:
    """Make a draft of an offer: a standard factory that the need above fits into."""
    stated: dict[str, Any] = {
        "title": "电子信息标准厂房",
        "description": "四层标准厂房，首层净高 7.2 m，已通双回路供电，园区污水处理厂有余量，适合线路板和元器件企业。",
        "category": OfferCategory.STANDARD_FACTORY,
        "park_code": park.code,
        "welcomed_codes": ["C39"],
        "refused_codes": ["C26"],
        "tenures": ["lease", "buy_factory"],
        "floor_area_sqm": 45_000,
        "largest_building_sqm": 9_000,
        "clear_height_m": 7.2,
        "floor_load_kn_sqm": 12,
        "available_on": _later(60),
        "slots": 5,
        "power_spare_kva": 10_000,
        "dual_supply": Answer.YES,
        "sewage_spare_m3_per_day": 3_000,
        "spare_as_of": _later(-30),
        "rent_yuan_per_sqm_month": 10,
        "price_valid_from": _later(-60),
        "price_source": "园区填报",
        "customs_facilities": ["bonded_zone"],
        "in_park_boundary": Answer.YES,
        "in_ecological_redline": Answer.NO,
        "listed_sectors": ["electroplating"],
        "incentives": [
            Incentive(
                type=IncentiveType.RENT,
                summary="前两年租金减半",
                condition="面向所有企业公开招租，按统一租金办法",
                issuer="示例园区",
                source="园区填报",
            )
        ],
    }
    return ParkOffer(owner_id=owner.id, organisation_id=_id(organisation), **(stated | facts))


def talent(owner: User, **facts: Any) -> TalentProfile:
    """Make a draft of a talent's profile: a process engineer for circuit boards."""
    stated: dict[str, Any] = {
        "title": "线路板工艺工程师",
        "description": "做过十二年高多层板的压合和电镀工艺，带过二十人的工艺团队。",
        "field_codes": ["C3982"],
        "skills": ["压合工艺", "电镀工艺", "良率提升"],
        "languages": ["mandarin", "cantonese"],
        "years_experience": 12,
        "education": Education.MASTER,
        "title_rank": TitleRank.ASSOCIATE_SENIOR,
        "skill_level": SkillLevel.NONE,
        "birth_year": 1986,
        "identity": Identity.MAINLAND,
        "current_city_code": "440300",
        "ways_of_coming": ["full_time", "flexible"],
        "available_on": _later(90),
        "place_strictness": Strictness.ANY,
        "employer_types": ["enterprise"],
        "salary_expected_wan": 35,
        "months_per_year": 12,
        "furong_category": "FR-LEAD",
        "supports_wanted": ["settle", "child_edu"],
        "household_size": 2,
    }
    return TalentProfile(owner_id=owner.id, **(stated | facts))


def position(owner: User, organisation: Organisation | None = None, **facts: Any) -> Position:
    """Make a draft of a position that the talent above could fill."""
    stated: dict[str, Any] = {
        "title": "线路板工艺主管",
        "description": "负责新工厂的压合和电镀工艺，建立良率改进体系。",
        "field_codes": ["C3982"],
        "skills": ["压合工艺", "电镀工艺"],
        "region_code": "431003",
        "employer_type": EmployerType.ENTERPRISE,
        "headcount": 2,
        "education_required": Education.BACHELOR,
        "title_required": TitleRank.INTERMEDIATE,
        "years_required": 8,
        "languages_required": ["mandarin"],
        "ways_of_working": ["full_time"],
        "months_per_year": 12,
        "salary_low_wan": 30,
        "salary_high_wan": 45,
        "start_on": _later(180),
        "housing_offered": Answer.YES,
        "supports_offered": ["settle"],
    }
    return Position(owner_id=owner.id, organisation_id=_id(organisation), **(stated | facts))


def submitted(posting: AnyPosting) -> AnyPosting:
    """Put a posting into the review queue."""
    posting.status, posting.submitted_at = PostingStatus.IN_REVIEW, now()
    return posting


def published(posting: AnyPosting, days: int = 180) -> AnyPosting:
    """Put a posting on the market, for so many days."""
    posting.status, posting.submitted_at, posting.published_at = PostingStatus.PUBLISHED, now(), now()
    posting.expires_on = _later(days)
    return posting


def _later(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def _id(organisation: Organisation | None) -> int | None:
    return organisation.id if organisation else None
