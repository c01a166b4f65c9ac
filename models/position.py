"""A position that an enterprise or a park wants to fill."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .field import answer, count, date, industries, number, region, term, terms, texts
from .posting import Posting, Problem
from .vocabulary import (
    N_,
    Answer,
    Education,
    EmployerType,
    Identity,
    Language,
    SkillLevel,
    Support,
    TitleRank,
    WayOfWorking,
)


class Position(Posting):
    """A post: what it asks, where it is, what it pays and how one may work."""

    __tablename__ = "position"
    __mapper_args__ = {"polymorphic_identity": "position"}
    letter = "J"
    steps = (
        ("about", N_("岗位与专业")),
        ("asks", N_("任职要求")),
        ("gives", N_("待遇与方式")),
    )

    id: Mapped[int] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"), primary_key=True)

    field_codes: Mapped[list[str] | None] = industries(N_("专业领域"), "about", required=True)
    skills: Mapped[list[str] | None] = texts(N_("需要的技能"), "about", N_("逗号或换行隔开"), required=True)
    region_code: Mapped[str | None] = region(N_("工作地点"), "about", "hunan", required=True)
    employer_type: Mapped[EmployerType | None] = term(N_("单位性质"), "about", EmployerType)
    headcount: Mapped[int | None] = count(N_("招聘人数"), "about", N_("人"), 1, 10_000, required=True)

    education_required: Mapped[Education | None] = term(N_("学历要求"), "asks", Education)
    title_required: Mapped[TitleRank | None] = term(N_("职称要求"), "asks", TitleRank)
    skill_level_required: Mapped[SkillLevel | None] = term(N_("技能等级要求"), "asks", SkillLevel)
    licences_required: Mapped[list[str] | None] = texts(N_("职业资格要求"), "asks")
    licence_origins_accepted: Mapped[list[str] | None] = terms(N_("认可的资格发证地"), "asks", Identity)
    years_required: Mapped[int | None] = count(N_("从业年数要求"), "asks", N_("年"), 0, 40)
    languages_required: Mapped[list[str] | None] = terms(N_("语言要求"), "asks", Language)

    ways_of_working: Mapped[list[str] | None] = terms(N_("工作方式"), "gives", WayOfWorking, required=True)
    months_per_year: Mapped[int | None] = count(N_("每年须在湘"), "gives", N_("个月"), 0, 12)
    salary_low_wan: Mapped[float | None] = number(N_("年薪下限"), "gives", N_("万元"), 1, 1000)
    salary_high_wan: Mapped[float | None] = number(N_("年薪上限"), "gives", N_("万元"), 1, 1000)
    start_on: Mapped[dt.date | None] = date(N_("最迟到岗"), "gives")
    housing_offered: Mapped[Answer | None] = answer(N_("提供住房吗"), "gives")
    supports_offered: Mapped[list[str] | None] = terms(N_("能给的支持"), "gives", Support)

    def contradictions(self) -> Iterator[Problem]:
        """Yield what cannot be true together."""
        if self.salary_low_wan and self.salary_high_wan and self.salary_low_wan > self.salary_high_wan:
            yield Problem("salary_high_wan", N_("年薪上限不能小于下限"))
