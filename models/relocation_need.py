"""What an enterprise of the Bay needs in Hunan."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .field import answer, count, counts, date, industries, number, region, regions, term, terms, text, texts
from .posting import Posting, Problem
from .vocabulary import (
    N_,
    Answer,
    CooperationMode,
    Discharge,
    EiaClass,
    Fuel,
    HeavyMetal,
    IncentiveType,
    InvestorOrigin,
    NeedCategory,
    Pollutant,
    PortType,
    ProjectType,
    Strictness,
    Tenure,
    Trade,
)


class RelocationNeed(Posting):
    """A need: what is to be made, and the land, power, people, ports, money and time it takes."""

    __tablename__ = "relocation_need"
    __mapper_args__ = {"polymorphic_identity": "need"}
    letter = "N"
    steps = (
        ("about", N_("产业与产品")),
        ("place", N_("地点与时间")),
        ("space", N_("土地与厂房")),
        ("utilities", N_("电力、用水、排放")),
        ("siting", N_("工艺与环保")),
        ("people", N_("人员")),
        ("money", N_("投资与合作")),
    )

    id: Mapped[int] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"), primary_key=True)

    category: Mapped[NeedCategory | None] = term(N_("想做什么"), "about", NeedCategory, required=True)
    industry_codes: Mapped[list[str] | None] = industries(
        N_("行业"), "about", N_("国民经济行业分类代码，主业写在前面，例如 C3982 电子电路制造"), required=True
    )
    products: Mapped[list[str] | None] = texts(N_("主要产品"), "about", N_("逗号或换行隔开"))
    from_city_code: Mapped[str | None] = region(N_("现在的城市"), "about", "gba", required=True)
    investor_origin: Mapped[InvestorOrigin | None] = term(N_("投资者来源"), "about", InvestorOrigin)
    upstream_codes: Mapped[list[str] | None] = industries(N_("需要的上游行业"), "about", N_("想就近采购什么"))
    downstream_codes: Mapped[list[str] | None] = industries(N_("服务的下游行业"), "about", N_("卖给谁"))

    place_strictness: Mapped[Strictness | None] = term(
        N_("对市州的要求"), "place", Strictness, N_("“必须”会排除其他市州；“优先”只影响排序")
    )
    target_prefecture_codes: Mapped[list[str] | None] = regions(N_("想去的市州"), "place", "hunan")
    premises_needed_on: Mapped[dt.date | None] = date(N_("场地最迟交付"), "place")
    production_start_on: Mapped[dt.date | None] = date(N_("最迟投产"), "place", required=True)
    ports_needed: Mapped[list[str] | None] = terms(N_("需要的口岸或海关设施"), "place", PortType)
    rail_city_code: Mapped[str | None] = region(N_("常去的大湾区城市"), "place", "gba")
    max_rail_hours: Mapped[float | None] = number(N_("到该城市的铁路时间上限"), "place", N_("小时"), 1, 24)

    tenures: Mapped[list[str] | None] = terms(N_("取得方式"), "space", Tenure)
    land_area_mu: Mapped[float | None] = number(N_("用地面积"), "space", N_("亩"), 3, 3000, N_("1 公顷 = 15 亩"))
    accepts_split_plots: Mapped[Answer | None] = answer(N_("接受分期或分散地块吗"), "space")
    floor_area_sqm: Mapped[float | None] = number(N_("厂房面积"), "space", N_("㎡"), 200, 1_000_000)
    single_building_sqm: Mapped[float | None] = number(N_("单栋最小面积"), "space", N_("㎡"), 200, 1_000_000)
    clear_height_m: Mapped[float | None] = number(N_("净高"), "space", N_("m"), 3.5, 24)
    floor_load_kn_sqm: Mapped[float | None] = number(N_("楼面荷载"), "space", N_("kN/㎡"), 2, 50)
    plot_ratio: Mapped[float | None] = number(
        N_("容积率"), "space", N_("倍"), 0.1, 6, N_("自建的填写：总建筑面积是用地面积的几倍")
    )
    building_coefficient_percent: Mapped[float | None] = number(
        N_("建筑系数"), "space", N_("%"), 1, 100, N_("建筑物、构筑物和堆场占地的比例")
    )
    office_land_percent: Mapped[float | None] = number(N_("办公和生活设施用地占比"), "space", N_("%"), 0, 100)

    power_kva: Mapped[float | None] = number(
        N_("用电容量"), "utilities", N_("kVA"), 10, 500_000, N_("投产第一年的最大需用容量，不是年用电量")
    )
    dual_supply_needed: Mapped[Answer | None] = answer(N_("必须双回路供电吗"), "utilities")
    water_m3_per_day: Mapped[float | None] = number(N_("日用水量"), "utilities", N_("m³/d"), 0, 200_000)
    sewage_m3_per_day: Mapped[float | None] = number(
        N_("日排污水量"), "utilities", N_("m³/d"), 0, 200_000, N_("进园区管网前，不大于用水量")
    )
    gas_m3_per_day: Mapped[float | None] = number(N_("日用气量"), "utilities", N_("m³/d"), 0, 1_000_000)
    steam_t_per_hour: Mapped[float | None] = number(N_("蒸汽"), "utilities", N_("t/h"), 0, 1000)
    power_use_kwh_per_year: Mapped[float | None] = number(
        N_("年用电量"), "utilities", N_("kWh"), 0, 10_000_000_000, N_("5,000,000 kWh 及以上须做节能审查")
    )
    energy_use_tce: Mapped[float | None] = number(
        N_("年综合能耗"), "utilities", N_("吨标准煤"), 0, 2_000_000, N_("1,000 吨标准煤及以上须做节能审查")
    )

    project_type: Mapped[ProjectType | None] = term(N_("项目性质"), "siting", ProjectType)
    adds_capacity: Mapped[Answer | None] = answer(N_("比现在净增产能吗"), "siting")
    processes: Mapped[list[str] | None] = texts(N_("主要工艺"), "siting", N_("例如 电镀、压铸、喷涂、注塑"))
    eia_class: Mapped[EiaClass | None] = term(N_("环评类别"), "siting", EiaClass)
    pollutants: Mapped[list[str] | None] = terms(N_("特征污染物"), "siting", Pollutant)
    electroplating_step: Mapped[Answer | None] = answer(
        N_("有电镀、化学镀、阳极氧化或含铬钝化工序吗"), "siting", N_("外协不算")
    )
    discharges: Mapped[list[str] | None] = terms(N_("排放什么"), "siting", Discharge)
    heavy_metals: Mapped[list[str] | None] = terms(N_("外排的重金属"), "siting", HeavyMetal)
    heavy_metal_kg_per_year: Mapped[float | None] = number(
        N_("重金属年外排量"), "siting", N_("kg/年"), 0, 1_000_000, N_("各种重金属合计")
    )
    heavy_metal_quota_source: Mapped[str | None] = text(
        N_("重金属总量来源"), "siting", 200, N_("腾出总量的装置，或交易凭证；没有就写“无”")
    )
    heavy_metal_ratio: Mapped[float | None] = number(
        N_("重金属替代比例"), "siting", N_("倍"), 0, 100, N_("腾出的总量是新增外排量的几倍，例如减量替代 1.2:1 写 1.2")
    )
    substitution_source: Mapped[str | None] = text(
        N_("能耗和污染物替代来源"), "siting", 200, N_("“两高”项目填写；没有就写“无”")
    )
    has_chemical_reaction: Mapped[Answer | None] = answer(N_("生产中有化学反应吗"), "siting")
    compounding_only: Mapped[Answer | None] = answer(
        N_("只有混合、分装或复配吗"), "siting", N_("没有化学反应，只做物理混合")
    )
    product_is_hazardous_chemical: Mapped[Answer | None] = answer(N_("产品属于危险化学品吗"), "siting")
    serves_other_industry: Mapped[Answer | None] = answer(
        N_("是为其他行业生产装置配套的吗"), "siting", N_("例如气站、制氮、制氢")
    )
    major_hazard_source: Mapped[Answer | None] = answer(N_("构成重大危险源吗"), "siting")
    fuels: Mapped[list[str] | None] = terms(N_("使用的燃料"), "siting", Fuel)

    headcount_needed: Mapped[int | None] = count(N_("用工人数"), "people", N_("人"), 1, 100_000)
    workers_by_trade: Mapped[dict[str, int] | None] = counts(N_("各工种人数"), "people", Trade, N_("人"))
    dormitory_beds: Mapped[int | None] = count(N_("职工住宿"), "people", N_("床"), 0, 100_000)

    investment_yi: Mapped[float | None] = number(N_("总投资"), "money", N_("亿元"), 0.005, 500, required=True)
    fixed_investment_yi: Mapped[float | None] = number(N_("固定资产投资"), "money", N_("亿元"), 0.005, 500)
    tax_per_mu_wan: Mapped[float | None] = number(N_("预计亩均税收"), "money", N_("万元/亩·年"), 0, 1000)
    land_price_cap_wan_per_mu: Mapped[float | None] = number(N_("地价上限"), "money", N_("万元/亩"), 2.5, 80)
    rent_cap_yuan_per_sqm_month: Mapped[float | None] = number(N_("租金上限"), "money", N_("元/㎡·月"), 0, 60)
    power_price_cap_yuan_per_kwh: Mapped[float | None] = number(N_("电价上限"), "money", N_("元/kWh"), 0.35, 1.2)
    policy_asks: Mapped[list[str] | None] = terms(N_("希望的支持"), "money", IncentiveType)
    cooperation_modes: Mapped[list[str] | None] = terms(N_("合作方式"), "money", CooperationMode)
    annual_purchase_t: Mapped[float | None] = number(
        N_("年采购量"), "money", N_("吨"), 1, 10_000_000, N_("农产品需求填写")
    )

    def contradictions(self) -> Iterator[Problem]:
        """Yield what cannot be true together."""
        if _both(self.fixed_investment_yi, self.investment_yi) and self.fixed_investment_yi > self.investment_yi:  # type: ignore[operator]
            yield Problem("fixed_investment_yi", N_("固定资产投资不能大于总投资"))
        if _both(self.sewage_m3_per_day, self.water_m3_per_day) and self.sewage_m3_per_day > self.water_m3_per_day:  # type: ignore[operator]
            yield Problem("sewage_m3_per_day", N_("排污水量不能大于用水量"))
        if self.single_building_sqm and self.floor_area_sqm and self.single_building_sqm > self.floor_area_sqm:
            yield Problem("single_building_sqm", N_("单栋面积不能大于厂房总面积"))
        if self.premises_needed_on and self.production_start_on and self.premises_needed_on > self.production_start_on:
            yield Problem("premises_needed_on", N_("场地交付不能晚于投产"))
        if self.compounding_only is Answer.YES and self.has_chemical_reaction is Answer.YES:
            yield Problem("compounding_only", N_("有化学反应，就不是只做混合"))
        if self.place_strictness is Strictness.MUST and not self.target_prefecture_codes:
            yield Problem("target_prefecture_codes", N_("选了“必须”，就要写明市州"))
        if self.max_rail_hours is not None and not self.rail_city_code:
            yield Problem("rail_city_code", N_("写了铁路时间上限，就要写明到哪个城市"))
        for name in ("pollutants", "discharges", "heavy_metals", "fuels"):
            words = getattr(self, name) or []
            if "none" in words and len(words) > 1:
                yield Problem(name, N_("选了“无”，就不能再选其他项"))
        if self.heavy_metal_kg_per_year and self.heavy_metals == [HeavyMetal.NONE.value]:
            yield Problem("heavy_metal_kg_per_year", N_("选了“不外排重金属”，年外排量就不能大于 0"))
        if (
            self.workers_by_trade
            and self.headcount_needed
            and sum(self.workers_by_trade.values()) > self.headcount_needed
        ):
            yield Problem("workers_by_trade", N_("各工种之和不能大于用工人数"))


def _both(left: float | None, right: float | None) -> bool:
    return left is not None and right is not None
