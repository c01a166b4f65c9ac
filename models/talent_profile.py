"""What a talent of the Furong programme brings, and wants."""

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .field import Field, Shape, count, date, industries, number, region, regions, term, terms, texts, year
from .posting import Posting
from .vocabulary import (
    N_,
    Education,
    EmployerType,
    Identity,
    Language,
    SkillLevel,
    Strictness,
    Support,
    TitleRank,
    WayOfWorking,
)


class TalentProfile(Posting):
    """A talent's profile, not a CV: no name, no contact, birth year only."""

    __tablename__ = "talent_profile"
    __mapper_args__ = {"polymorphic_identity": "talent"}
    letter = "T"
    audience = "members"
    steps = (
        ("about", N_("专业方向")),
        ("level", N_("学历、职称与技能")),
        ("coming", N_("来湘方式")),
        ("support", N_("芙蓉人才与支持事项")),
    )

    id: Mapped[int] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"), primary_key=True)

    field_codes: Mapped[list[str] | None] = industries(N_("专业领域"), "about", required=True)
    skills: Mapped[list[str] | None] = texts(N_("技能与专长"), "about", N_("逗号或换行隔开"), required=True)
    languages: Mapped[list[str] | None] = terms(N_("语言"), "about", Language)
    years_experience: Mapped[int | None] = count(N_("从业年数"), "about", N_("年"), 0, 60)

    education: Mapped[Education | None] = term(N_("最高学历"), "level", Education, required=True)
    title_rank: Mapped[TitleRank | None] = term(N_("职称"), "level", TitleRank)
    skill_level: Mapped[SkillLevel | None] = term(N_("职业技能等级"), "level", SkillLevel)
    licences: Mapped[list[str] | None] = texts(N_("职业资格"), "level", N_("例如 注册建造师、执业药师"))
    licence_origin: Mapped[Identity | None] = term(N_("资格发证地"), "level", Identity)
    birth_year: Mapped[int | None] = year(
        N_("出生年份"), "level", 1940, 2010, N_("只用来判断年龄条件，不公开，不参与评分")
    )
    identity: Mapped[Identity | None] = term(N_("证件类别"), "level", Identity)

    current_city_code: Mapped[str | None] = region(N_("现在的城市"), "coming", "all", required=True)
    ways_of_coming: Mapped[list[str] | None] = terms(N_("来湘方式"), "coming", WayOfWorking, required=True)
    available_on: Mapped[dt.date | None] = date(N_("最早到岗"), "coming")
    place_strictness: Mapped[Strictness | None] = term(N_("对市州的要求"), "coming", Strictness)
    target_prefecture_codes: Mapped[list[str] | None] = regions(N_("想去的市州"), "coming", "hunan")
    employer_types: Mapped[list[str] | None] = terms(N_("意向单位"), "coming", EmployerType)
    salary_expected_wan: Mapped[float | None] = number(N_("期望年薪"), "coming", N_("万元"), 5, 500)
    months_per_year: Mapped[int | None] = count(N_("每年可在湘"), "coming", N_("个月"), 1, 12, N_("柔性来湘填写"))

    furong_category: Mapped[str | None] = mapped_column(
        ForeignKey("furong_category.code"),
        info={"field": Field(N_("申报的芙蓉人才类别"), Shape.FURONG, "support")},
    )
    supports_wanted: Mapped[list[str] | None] = terms(N_("希望的支持"), "support", Support)
    household_size: Mapped[int | None] = count(N_("随迁家属"), "support", N_("人"), 0, 10)
