"""What the list of everything may be filtered, narrowed and sorted by, and what each of these is called."""

from flask_babel import gettext as _

from matchmaker.extensions import db
from matchmaker.kinds import KINDS
from models import FurongCategory, Industry, Park, Region, ValueChain, Zone
from models.vocabulary import (
    N_,
    CooperationMode,
    Education,
    NeedCategory,
    OfferCategory,
    ParkLevel,
    PortType,
    Term,
    WayOfWorking,
)

# What stands in the panel for each kind; "" is the list of everything.
FACETS: dict[str, tuple[str, ...]] = {
    "": ("kind", "prefecture", "industry", "customs", "zone", "sample"),
    "need": ("category", "city", "prefecture", "industry", "customs", "mode", "sample"),
    "offer": ("category", "prefecture", "industry", "park_level", "customs", "zone", "mode", "sample"),
    "talent": ("tier", "way", "furong", "city", "prefecture", "industry", "sample"),
    "position": ("prefecture", "industry", "way", "tier", "sample"),
    "park": ("prefecture", "park_level", "industry", "customs", "zone", "chemical", "sample"),
    "clause": (),
}
RANGES: dict[str, tuple[str, ...]] = {
    "": (),
    "need": ("area_mu", "floor_area_sqm", "investment_yi", "headcount"),
    "offer": ("area_mu", "floor_area_sqm", "price", "rent", "clear_height_m"),
    "talent": ("salary",),
    "position": ("salary",),
    "park": (),
    "clause": (),
}
FACET_LABELS = {
    "kind": N_("类别"),
    "category": N_("细类"),
    "prefecture": N_("市州"),
    "county": N_("县市区"),
    "city": N_("大湾区城市"),
    "industry": N_("行业"),
    "value_chain": N_("产业链"),
    "customs": N_("口岸与海关"),
    "zone": N_("区域"),
    "mode": N_("合作方式"),
    "park_level": N_("园区级别"),
    "chemical": N_("化工园区"),
    "way": N_("工作方式"),
    "tier": N_("学历"),
    "furong": N_("芙蓉人才类别"),
    "clause": N_("政策条款"),
    "park": N_("园区"),
    "sample": N_("示例"),
}
RANGE_LABELS = {
    "area_mu": (N_("面积"), N_("亩")),
    "floor_area_sqm": (N_("建筑面积"), N_("㎡")),
    "investment_yi": (N_("投资"), N_("亿元")),
    "price": (N_("地价"), N_("万元/亩")),
    "rent": (N_("租金"), N_("元/㎡·月")),
    "salary": (N_("年薪"), N_("万元")),
    "headcount": (N_("用工"), N_("人")),
    "clear_height_m": (N_("净高"), N_("m")),
}
SORTS = {
    "relevance": N_("相关程度"),
    "newest": N_("最新"),
    "area_mu:desc": N_("面积从大到小"),
    "price:asc": N_("地价从低到高"),
    "rent:asc": N_("租金从低到高"),
    "investment_yi:desc": N_("投资从大到小"),
    "expires_on:asc": N_("快到期的在前"),
}
VOCABULARIES: dict[str, tuple[type[Term], ...]] = {
    "category": (OfferCategory, NeedCategory),
    "customs": (PortType,),
    "mode": (CooperationMode,),
    "park_level": (ParkLevel,),
    "way": (WayOfWorking,),
    "tier": (Education,),
}
KIND_LABELS = {"park": N_("园区"), "clause": N_("政策条款")}


def label(name: str, value: str) -> str:
    """Return the words for a facet's value."""
    for vocabulary in VOCABULARIES.get(name, ()):
        for term in vocabulary:
            if term.value == value:
                return _(term.label)
    match name:
        case "kind":
            return _(KINDS[value].label) if value in KINDS else _(KIND_LABELS.get(value, value))
        case "prefecture" | "county" | "city":
            region = db().get(Region, value) if len(value) <= 6 else None
            return region.short_name if region else value
        case "industry":
            industry = db().get(Industry, value)
            return f"{value} {industry.name}" if industry else value
        case "zone":
            zone = db().get(Zone, value)
            return zone.name if zone else value
        case "value_chain":
            chain = db().get(ValueChain, value)
            return chain.name if chain else value
        case "furong":
            category = db().get(FurongCategory, value)
            return category.name if category else value
        case "park":
            park = db().get(Park, value)
            return park.name if park else value
        case "sample":
            return _("示例") if value == "yes" else _("非示例")
        case "chemical":
            return {"yes": _("已认定"), "no": _("不是")}.get(value, value)
        case _:
            return value
