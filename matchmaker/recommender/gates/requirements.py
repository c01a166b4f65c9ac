"""What a need has to go through wherever it settles: told on the page of a pair, and never a reason to refuse.

Energy review and carbon evaluation, who approves the impact assessment, and the indicators of land that is built on.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from matchmaker.recommender.facts import Item
from matchmaker.recommender.reference import Reference, Rule
from matchmaker.recommender.words import Sentence, Value
from models.vocabulary import N_, EiaClass

REVIEW = N_(
    "节能审查：年综合能耗 %(energy)s，年用电 %(power)s，达到 %(tonnes)s 或 %(hours)s，"
    "开工前须取得节能审查意见，审查机关一般是%(authority)s"
)
REVIEW_AND_CARBON = N_(
    "节能审查和碳排放评价：年综合能耗 %(energy)s，年用电 %(power)s，达到 %(tonnes)s 或 %(hours)s，"
    "开工前须取得节能审查意见，审查机关一般是%(authority)s"
)
NO_REVIEW = N_("节能审查：年综合能耗 %(energy)s，年用电 %(power)s，没有达到 %(tonnes)s 或 %(hours)s，不须单独审查")
REVIEW_UNKNOWN = N_("节能审查：年综合能耗 %(energy)s，年用电 %(power)s，是否达到 %(tonnes)s 或 %(hours)s 还不清楚")
EIA_REPORT = N_("环评：编制报告书，列入省目录的由省生态环境厅审批，其余由市州审批；省目录的行业还没有核对")
EIA_OTHER = N_("环评：编制%(class)s，审批机关按市州规定")
EIA_UNKNOWN = N_("环评：需求没有写环评类别，由哪一级审批还不清楚")
COEFFICIENT = N_("用地控制指标：建筑系数 %(value)s，一般不低于 %(least)s（待核）")
OFFICE_LAND = N_("用地控制指标：办公和生活设施用地占 %(value)s，一般不超过 %(most)s（待核）")

PROVINCE, PREFECTURE, COUNTY = N_("省发展改革委"), N_("市州发展改革部门"), N_("县级发展改革部门")
BY_ENERGY = N_("按年综合能耗确定的发展改革部门")
ENERGY = ("need.energy_use_tce", "need.power_use_kwh_per_year")
TCE, KWH = N_("吨标准煤"), N_("kWh")
NOT_WRITTEN = Value(None, labels=(N_("未写"),))


def requirements(need: Item, reference: Reference, day: dt.date) -> list[Sentence]:
    """Tell what a need has to go through on a day, as far as it says what that hangs on."""
    found: list[Sentence] = []
    if not any(code[0] in "BCD" for code in need.codes):
        return found
    if rule := reference.rule("ER1", day):
        found.append(_energy_review(need, rule))
    if rule := reference.rule("EIA1", day):
        found.append(_assessment(need, rule))
    if rule := reference.rule("LC1", day):
        found += _land(need, rule)
    return found


def _energy_review(need: Item, rule: Rule) -> Sentence:
    """Say whether the project is reviewed; power is part of the energy, so one number may tell of the other."""
    parameters = rule.parameters
    tonnes, hours = need.get("energy_use_tce"), need.get("power_use_kwh_per_year")
    least_tonnes, least_hours = parameters.get("review_tce", 1000), parameters.get("review_kwh", 5_000_000)
    values = {
        "energy": Value(tonnes, TCE) if tonnes is not None else NOT_WRITTEN,
        "power": Value(hours, KWH) if hours is not None else NOT_WRITTEN,
        "tonnes": Value(least_tonnes, TCE),
        "hours": Value(least_hours, KWH),
    }
    if (tonnes or 0) >= least_tonnes or (hours or 0) >= least_hours:
        message = REVIEW_AND_CARBON if parameters.get("carbon_evaluation") else REVIEW
        authority = Value(None, labels=(_authority(tonnes, parameters),))
        return Sentence(message, {**values, "authority": authority}, ENERGY, rule.source, "fact")
    per_hour = parameters.get("kwh_kgce", 0.1229) / 1000
    if tonnes is not None and (hours is not None or tonnes < least_hours * per_hour):
        return Sentence(NO_REVIEW, values, ENERGY, rule.source, "fact")
    return Sentence(REVIEW_UNKNOWN, values, ENERGY, rule.source, "unknown")


def _authority(tonnes: float | None, parameters: Mapping[str, Any]) -> str:
    if tonnes is None:
        return BY_ENERGY
    if tonnes >= parameters.get("provincial_tce", 10_000):
        return PROVINCE
    return PREFECTURE if tonnes >= parameters.get("prefecture_tce", 5_000) else COUNTY


def _assessment(need: Item, rule: Rule) -> Sentence:
    class_ = need.get("eia_class")
    fields = ("need.eia_class",)
    if class_ is None:
        return Sentence(EIA_UNKNOWN, {}, fields, rule.source, "unknown")
    if class_ == EiaClass.REPORT:
        return Sentence(EIA_REPORT, {}, fields, rule.source, "fact")
    label = EiaClass(class_).label
    return Sentence(EIA_OTHER, {"class": Value(str(class_), labels=(label,))}, fields, rule.source, "fact")


def _land(need: Item, rule: Rule) -> Iterator[Sentence]:
    """Hold the indicators of who builds on land of its own beside what is usual."""
    parameters = rule.parameters
    coefficient, office = need.get("building_coefficient_percent"), need.get("office_land_percent")
    if coefficient is not None:
        least = Value(parameters.get("building_coefficient_min_percent", 40), "%")
        values = {"value": Value(coefficient, "%"), "least": least}
        yield Sentence(COEFFICIENT, values, ("need.building_coefficient_percent",), rule.source, "fact")
    if office is not None:
        most = Value(parameters.get("office_land_max_percent", 7), "%")
        values = {"value": Value(office, "%"), "most": most}
        yield Sentence(OFFICE_LAND, values, ("need.office_land_percent",), rule.source, "fact")
