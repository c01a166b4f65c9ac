"""What a park of Hunan has to give."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .field import Field, Shape, answer, count, date, industries, number, region, term, terms, text, texts
from .place import Park
from .posting import Incentive, Posting, Problem
from .vocabulary import (
    N_,
    Answer,
    CooperationMode,
    GreenHeartZone,
    NatureReserveZone,
    OfferCategory,
    PortType,
    ServiceType,
    ShorelineClass,
    SpecialSector,
    Tenure,
    WaterProtectionZone,
)

# Which zone of an area the plot lies in, and whether it lies in the area at all.
ZONES = {
    "water_protection_zone": "in_water_protection_zone",
    "nature_reserve_zone": "in_nature_reserve",
    "green_heart_zone": "in_green_heart",
}
LISTS = {
    "access_list_source": ("access_banned_codes", "access_restricted_codes"),
    "county_list_source": ("county_banned_codes", "county_restricted_codes"),
}


class ParkOffer(Posting):
    """An offer: land, floor, an enclave slot, a base or a service, with what it can carry and what it asks."""

    __tablename__ = "park_offer"
    __mapper_args__ = {"polymorphic_identity": "offer"}
    letter = "O"
    steps = (
        ("about", N_("载体与产业")),
        ("space", N_("面积与交付")),
        ("utilities", N_("水电气余量")),
        ("money", N_("价格与门槛")),
        ("siting", N_("选址条件")),
        ("policy", N_("政策与合作")),
    )

    id: Mapped[int] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"), primary_key=True)

    category: Mapped[OfferCategory | None] = term(N_("载体类别"), "about", OfferCategory, required=True)
    park_code: Mapped[str | None] = mapped_column(
        ForeignKey("park.code"), index=True, info={"field": Field(N_("所在园区"), Shape.PARK, "about", required=True)}
    )
    welcomed_codes: Mapped[list[str] | None] = industries(N_("欢迎的行业"), "about", required=True)
    refused_codes: Mapped[list[str] | None] = industries(N_("不接受的行业"), "about")
    products: Mapped[list[str] | None] = texts(N_("产品或服务内容"), "about", N_("农产品基地、物流和服务填写"))
    service_type: Mapped[ServiceType | None] = term(N_("服务类别"), "about", ServiceType)

    tenures: Mapped[list[str] | None] = terms(N_("供给方式"), "space", Tenure)
    available_area_mu: Mapped[float | None] = number(N_("可供面积"), "space", N_("亩"), 1, 30_000)
    largest_plot_mu: Mapped[float | None] = number(N_("最大整块面积"), "space", N_("亩"), 1, 30_000)
    floor_area_sqm: Mapped[float | None] = number(N_("可供建筑面积"), "space", N_("㎡"), 50, 3_000_000)
    largest_building_sqm: Mapped[float | None] = number(N_("最大单栋面积"), "space", N_("㎡"), 50, 1_000_000)
    clear_height_m: Mapped[float | None] = number(N_("净高"), "space", N_("m"), 2.5, 40)
    floor_load_kn_sqm: Mapped[float | None] = number(N_("楼面荷载"), "space", N_("kN/㎡"), 1, 100)
    available_on: Mapped[dt.date | None] = date(N_("可交付日期"), "space", required=True)
    slots: Mapped[int | None] = count(
        N_("可接纳项目数"), "space", N_("个"), 1, 10_000, N_("地块、楼层、席位或工位一共能接多少个项目")
    )

    power_spare_kva: Mapped[float | None] = number(N_("用电余量"), "utilities", N_("kVA"), 0, 1_000_000)
    dual_supply: Mapped[Answer | None] = answer(N_("有双回路供电吗"), "utilities")
    water_spare_m3_per_day: Mapped[float | None] = number(N_("供水余量"), "utilities", N_("m³/d"), 0, 500_000)
    sewage_spare_m3_per_day: Mapped[float | None] = number(N_("污水处理余量"), "utilities", N_("m³/d"), 0, 500_000)
    gas_spare_m3_per_day: Mapped[float | None] = number(N_("供气余量"), "utilities", N_("m³/d"), 0, 5_000_000)
    spare_as_of: Mapped[dt.date | None] = date(N_("余量截至"), "utilities", N_("满 12 个月的余量按“还不清楚”处理"))
    power_upgrade_kva: Mapped[float | None] = number(N_("用电扩容"), "utilities", N_("kVA"), 0, 1_000_000)
    power_upgrade_on: Mapped[dt.date | None] = date(N_("用电扩容投用"), "utilities")
    sewage_upgrade_m3_per_day: Mapped[float | None] = number(N_("污水扩容"), "utilities", N_("m³/d"), 0, 500_000)
    sewage_upgrade_on: Mapped[dt.date | None] = date(N_("污水扩容投用"), "utilities")
    gas_upgrade_m3_per_day: Mapped[float | None] = number(N_("供气扩容"), "utilities", N_("m³/d"), 0, 5_000_000)
    gas_upgrade_on: Mapped[dt.date | None] = date(N_("供气扩容投用"), "utilities")
    dedicated_sewage_line: Mapped[Answer | None] = answer(N_("有重金属或高盐废水专管吗"), "utilities")
    workers_available: Mapped[int | None] = count(N_("可招工人数"), "utilities", N_("人"), 0, 1_000_000)

    land_price_wan_per_mu: Mapped[float | None] = number(N_("地价"), "money", N_("万元/亩"), 0, 200)
    rent_yuan_per_sqm_month: Mapped[float | None] = number(N_("租金"), "money", N_("元/㎡·月"), 0, 100)
    power_price_yuan_per_kwh: Mapped[float | None] = number(N_("电价"), "money", N_("元/kWh"), 0.2, 2)
    price_valid_from: Mapped[dt.date | None] = date(N_("价格生效"), "money")
    price_source: Mapped[str | None] = text(N_("价格来源"), "money", 200, N_("文件名、网址或“园区填报”"))
    min_investment_per_mu_wan: Mapped[float | None] = number(N_("投资强度门槛"), "money", N_("万元/亩"), 0, 3000)
    min_tax_per_mu_wan: Mapped[float | None] = number(N_("亩均税收门槛"), "money", N_("万元/亩·年"), 0, 500)
    thresholds_can_be_waived: Mapped[Answer | None] = answer(N_("门槛可以商量吗"), "money")
    thresholds_valid_from: Mapped[dt.date | None] = date(N_("门槛生效"), "money")
    thresholds_valid_to: Mapped[dt.date | None] = date(N_("门槛失效"), "money")
    thresholds_source: Mapped[str | None] = text(N_("门槛来源"), "money", 200)

    customs_facilities: Mapped[list[str] | None] = terms(N_("可用的口岸或海关设施"), "siting", PortType)
    in_park_boundary: Mapped[Answer | None] = answer(N_("在园区批准的四至范围内吗"), "siting")
    in_chemical_area: Mapped[Answer | None] = answer(
        N_("地块在已认定的化工片区内吗"), "siting", N_("看地块，不看园区：认定的是片区")
    )
    shoreline_class: Mapped[ShorelineClass | None] = term(N_("最近的岸线"), "siting", ShorelineClass)
    shoreline_distance_m: Mapped[float | None] = number(N_("到岸线的距离"), "siting", N_("m"), 0, 100_000)
    shoreline_accuracy_m: Mapped[float | None] = number(
        N_("距离的误差"), "siting", N_("m"), 0, 1000, N_("量得准到多少米，例如实测 ±5 m 写 5")
    )
    in_ecological_redline: Mapped[Answer | None] = answer(N_("涉及生态保护红线吗"), "siting")
    in_permanent_farmland: Mapped[Answer | None] = answer(N_("涉及永久基本农田吗"), "siting")
    in_water_protection_zone: Mapped[Answer | None] = answer(N_("在饮用水源保护区内吗"), "siting")
    water_protection_zone: Mapped[WaterProtectionZone | None] = term(
        N_("饮用水源保护区的哪一级"), "siting", WaterProtectionZone
    )
    in_nature_reserve: Mapped[Answer | None] = answer(N_("在自然保护区内吗"), "siting")
    nature_reserve_zone: Mapped[NatureReserveZone | None] = term(N_("自然保护区的哪个区"), "siting", NatureReserveZone)
    in_wetland: Mapped[Answer | None] = answer(N_("在重要湿地或湿地公园内吗"), "siting")
    in_green_heart: Mapped[Answer | None] = answer(N_("在长株潭绿心范围内吗"), "siting")
    green_heart_zone: Mapped[GreenHeartZone | None] = term(N_("绿心的哪个区"), "siting", GreenHeartZone)
    listed_sectors: Mapped[list[str] | None] = terms(
        N_("规划和环评列明可做的特殊行业"), "siting", SpecialSector, N_("只勾列明的；一个都没有，勾“都没有列明”")
    )
    access_list_source: Mapped[str | None] = text(
        N_("现行生态环境准入清单"), "siting", 200, N_("清单的名称和文号；2020 年的清单已于 2025-11-10 到期")
    )
    access_list_valid_to: Mapped[dt.date | None] = date(N_("准入清单有效期至"), "siting")
    access_banned_codes: Mapped[list[str] | None] = industries(N_("准入清单禁止的行业"), "siting")
    access_restricted_codes: Mapped[list[str] | None] = industries(N_("准入清单限制的行业"), "siting")
    county_list_source: Mapped[str | None] = text(
        N_("县产业准入负面清单"), "siting", 200, N_("国家重点生态功能区的县填写：清单的名称和文号")
    )
    county_banned_codes: Mapped[list[str] | None] = industries(N_("县清单禁止的行业"), "siting")
    county_restricted_codes: Mapped[list[str] | None] = industries(N_("县清单限制的行业"), "siting")
    siting_as_of: Mapped[dt.date | None] = date(N_("选址资料截至"), "siting")

    enclave_modes: Mapped[list[str] | None] = terms(N_("合作方式"), "policy", CooperationMode)
    home_region_code: Mapped[str | None] = region(N_("飞出地"), "policy", "gba")
    enclave_term_years: Mapped[int | None] = count(N_("共建年限"), "policy", N_("年"), 1, 50)
    annual_supply_t: Mapped[float | None] = number(N_("年供应量"), "policy", N_("吨"), 1, 10_000_000)

    park: Mapped[Park | None] = relationship()
    incentives: Mapped[list[Incentive]] = relationship(cascade="all, delete-orphan", order_by=Incentive.id)

    @property
    def host_region_code(self) -> str | None:
        """Return the county that hosts the premises."""
        return self.park.county_code if self.park else None

    def contradictions(self) -> Iterator[Problem]:
        """Yield what cannot be true together."""
        if self.largest_plot_mu and self.available_area_mu and self.largest_plot_mu > self.available_area_mu:
            yield Problem("largest_plot_mu", N_("最大整块面积不能大于可供面积"))
        if self.largest_building_sqm and self.floor_area_sqm and self.largest_building_sqm > self.floor_area_sqm:
            yield Problem("largest_building_sqm", N_("最大单栋面积不能大于可供建筑面积"))
        has_price = self.land_price_wan_per_mu is not None or self.rent_yuan_per_sqm_month is not None
        if has_price and not (self.price_valid_from and self.price_source):
            yield Problem("price_source", N_("写了价格，就要写生效日期和来源"))
        has_spare = any(
            value is not None
            for value in (
                self.power_spare_kva,
                self.water_spare_m3_per_day,
                self.sewage_spare_m3_per_day,
                self.gas_spare_m3_per_day,
            )
        )
        if has_spare and not self.spare_as_of:
            yield Problem("spare_as_of", N_("写了余量，就要写截至哪一天"))
        for name in ("power_upgrade_kva", "sewage_upgrade_m3_per_day", "gas_upgrade_m3_per_day"):
            day = name.split("_")[0] + "_upgrade_on"
            if getattr(self, name) and not getattr(self, day):
                yield Problem(day, N_("写了扩容，就要写哪一天投用"))
        shared = set(self.welcomed_codes or ()) & set(self.refused_codes or ())
        if shared:
            yield Problem("refused_codes", N_("%(codes)s 同时写在欢迎和不接受里"), codes="、".join(sorted(shared)))
        yield from self._siting_contradictions()

    def _siting_contradictions(self) -> Iterator[Problem]:
        for zone, answered in ZONES.items():
            if getattr(self, zone) is not None and getattr(self, answered) is Answer.NO:
                yield Problem(zone, N_("答了不在范围内，就不能写在哪个区"))
        if self.shoreline_accuracy_m is not None and self.shoreline_distance_m is None:
            yield Problem("shoreline_accuracy_m", N_("写了误差，就要写距离"))
        for source, lists in LISTS.items():
            if any(getattr(self, name) for name in lists) and not getattr(self, source):
                yield Problem(source, N_("写了清单里的行业，就要写是哪份清单"))
        if self.access_list_source and not self.access_list_valid_to:
            yield Problem("access_list_valid_to", N_("写了准入清单，就要写有效期至哪一天"))
        if self.listed_sectors and SpecialSector.NONE.value in self.listed_sectors and len(self.listed_sectors) > 1:
            yield Problem("listed_sectors", N_("选了“都没有列明”，就不能再选其他项"))

    def snapshot(self) -> dict[str, Any]:
        """Return the facts and the incentives as JSON."""
        return super().snapshot() | {
            "incentives": [
                {
                    "type": item.type.value,
                    "summary": item.summary,
                    "cap_wan": item.cap_wan,
                    "condition": item.condition,
                    "issuer": item.issuer,
                    "valid_from": item.valid_from and item.valid_from.isoformat(),
                    "valid_to": item.valid_to and item.valid_to.isoformat(),
                    "source": item.source,
                }
                for item in self.incentives
            ]
        }
