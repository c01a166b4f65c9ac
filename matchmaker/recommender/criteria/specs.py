"""Every part of a score of need and premises: its name, slider, weight, unit, and the curve in a sentence.

The weights of industry, text, size, level, ties and places are those that predicted real relocations
(docs/decisions.md); one unit of weight moves a side as far as two deviations of the industry did there. The weights of
stated facts are set by hand, so that all of them together weigh about as much as the trade.
"""

import dataclasses

from matchmaker.recommender.criteria.curves import Values
from matchmaker.recommender.frame import Array
from matchmaker.recommender.parts import Part, SideName
from models.vocabulary import N_


@dataclasses.dataclass(frozen=True, slots=True)
class Spec:
    """What is the same of a part for all pairs."""

    name: str
    label: str
    side: SideName
    group: str
    weight: float
    unit: str
    curve: str
    # What certainty counts by: parts of one topic stand for each other, and those of none are no matter of knowing.
    topic: str = ""

    def part(self, values: Values, entry: Array | None = None) -> Part:
        """Return the part with its values, one for each row or for each entry that rows name."""
        return Part(
            self.name,
            self.label,
            self.side,
            self.group,
            self.weight,
            *values,
            self.unit,
            self.curve,
            self.topic,
            entry,
        )


SHARE = N_("0–1")
ENOUGH = N_("刚好够 0.5，两倍及以上 1，不够 0")
UNDER = N_("等于上限 0.5，低三成及以上 1，高于上限 0")
IN_TIME = N_("最后一天 0.5，提前 180 天及以上 1，晚了 0")
SHARE_OF_WANTED = N_("要的里面有几成")
YES_OR_NO = N_("是 1，否 0")
RAIL = N_("0 小时 1，8 小时及以上 0，中间按直线")
NAMED = N_("园区主导产业里写明 0.45–1，只是笼统相近 0")

ASKING = (
    Spec(
        "industry", N_("行业"), "asking", "industry", 2.4, SHARE,
        N_("同小类 1，同中类 0.9，只写到大类 0.55，同大类或上下游 0.35；第二个行业乘 0.85，写得靠后、写得宽的减少"),
        "industry",
    ),
    Spec(
        "text", N_("文字相近"), "asking", "industry", 3.0, SHARE,
        N_("0.8 × 意思（说明比全部行业名突出几个标准差，6 个为 1）+ 0.2 × 用词（共有的词越少见越高）"), "text",
    ),
    Spec(
        "cluster", N_("产业集群"), "asking", "industry", 0.8, SHARE,
        N_("需求行业与园区主导产业的相近程度，算法同行业"),
    ),
    Spec("upstream", N_("上游配套"), "asking", "industry", 0.3, SHARE, NAMED),
    Spec("downstream", N_("下游客户"), "asking", "industry", 0.3, SHARE, NAMED),
    Spec("supply", N_("供应量"), "asking", "industry", 0.4, N_("吨"), N_("年供应量占年采购量的几成")),
    Spec("purpose", N_("载体类别"), "asking", "space", 1.0, "", YES_OR_NO, "purpose"),
    Spec(
        "tenure", N_("取得方式"), "asking", "space", 0.6, "",
        N_("有相同的取得方式 1，只同是土地或同是厂房 0.6，否则 0"), "tenure",
    ),
    Spec("space", N_("面积余地"), "asking", "space", 0.4, N_("亩或㎡"), ENOUGH, "space"),
    Spec("date", N_("交付时间"), "asking", "space", 0.4, N_("天"), IN_TIME, "date"),
    Spec("start", N_("投产时间"), "asking", "space", 0.2, N_("天"), IN_TIME, "date"),
    Spec("land_price", N_("地价"), "asking", "price", 0.4, N_("万元/亩"), UNDER, "price"),
    Spec("rent", N_("租金"), "asking", "price", 0.4, N_("元/㎡·月"), UNDER, "price"),
    Spec("power_price", N_("电价"), "asking", "price", 0.3, N_("元/kWh"), UNDER),
    Spec("power", N_("用电余量"), "asking", "utilities", 0.15, N_("kVA"), ENOUGH, "power"),
    Spec("sewage", N_("污水余量"), "asking", "utilities", 0.15, N_("m³/d"), ENOUGH, "sewage"),
    Spec("water", N_("供水余量"), "asking", "utilities", 0.15, N_("m³/d"), ENOUGH, "water"),
    Spec("gas", N_("供气余量"), "asking", "utilities", 0.15, N_("m³/d"), ENOUGH),
    Spec("dual_supply", N_("双回路供电"), "asking", "utilities", 0.1, "", YES_OR_NO),
    Spec("place", N_("想去的市州"), "asking", "travel", 1.0, "", N_("在想去的市州 1，否则 0；“都可以”不计")),
    Spec("rail", N_("铁路时间"), "asking", "travel", 0.3, N_("小时"), RAIL),
    Spec("rail_home", N_("到现在的城市的铁路时间"), "asking", "travel", 0.2, N_("小时"), RAIL),
    Spec("rail_bay", N_("到大湾区最近城市的铁路时间"), "asking", "travel", 0.1, N_("小时"), RAIL),
    Spec("ports", N_("口岸或海关设施"), "asking", "travel", 0.3, "", SHARE_OF_WANTED),
    Spec("size", N_("市州规模"), "asking", "travel", 1.4, N_("亿元"), N_("地区生产总值按对数：全省最小 0，最大 1")),
    Spec("level", N_("国家级园区"), "asking", "travel", 0.5, "", N_("国家级且不是综合保税区 1，否则 0")),
    Spec("provincial", N_("省级园区"), "asking", "travel", 0.03, "", YES_OR_NO),
    Spec("capital", N_("省会，宜设总部和研发"), "asking", "travel", 0.5, "", N_("总部或研发在长沙 1，否则 0")),
    Spec("beyond_capital", N_("整厂迁入多在省会以外"), "asking", "travel", 0.3, "", N_("整体搬迁在长沙以外 1，否则 0")),
    Spec("customs", N_("海关设施"), "asking", "travel", 0.03, "", YES_OR_NO),
    Spec("zone", N_("所属片区"), "asking", "travel", 0.03, "", N_("规划片区为这个行业设的 1，否则 0")),
    Spec("workers", N_("招工"), "asking", "people", 0.25, N_("人"), N_("可招工人数占用工人数的几成"), "workers"),
    Spec(
        "labour", N_("用工多，离深圳近"), "asking", "people", 1.9, N_("公里"),
        N_("用工多的行业：到深圳公路 0 公里 1，1200 公里及以上 0，中间按直线；其他行业 0"),
    ),
    Spec("policy", N_("希望的支持"), "asking", "policy", 0.8, "", SHARE_OF_WANTED, "policy"),
    Spec("cooperation", N_("合作方式"), "asking", "policy", 0.2, "", SHARE_OF_WANTED),
    Spec(
        "partner", N_("飞地共建"), "asking", "policy", 2.4, "",
        N_("需求找飞地伙伴，载体是飞地席位或共建园 1，否则 0"),
    ),
    Spec(
        "home_tie", N_("家乡共建园"), "asking", "policy", 1.2, "",
        N_("园区与需求现在的城市共建，而且行业相近程度大于 0.15：1，否则 0"),
    ),
    Spec("enclave", N_("县里有共建园"), "asking", "policy", 0.3, "", YES_OR_NO),
)  # fmt: skip

ANSWERING = (
    Spec(
        "leading", N_("主导产业"), "answering", "fit", 1.6, SHARE,
        N_("需求行业与园区要的行业的相近程度，算法同行业"), "industry",
    ),
    Spec("likeness", N_("产品与园区相近"), "answering", "fit", 0.6, SHARE, N_("算法同文字相近"), "text"),
    Spec(
        "enclave_partner", N_("共建伙伴"), "answering", "fit", 1.6, "",
        N_("载体是飞地席位或共建园，需求找飞地伙伴 1，否则 0"),
    ),
    Spec(
        "chain_gap", N_("补链"), "answering", "chain", 0.25, "",
        N_("与园区主导产业是上下游，园区还没有这个行业 1；已有 0.6；不是上下游 0"),
    ),
    Spec(
        "chain_served", N_("延链"), "answering", "chain", 0.3, SHARE,
        N_("需求的上下游行业在园区主导产业里的相近程度"),
    ),
    Spec(
        "investment", N_("总投资"), "answering", "investment", 0.7, N_("亿元"),
        N_("按对数：0.1 亿元及以下 0，20 亿元及以上 1"), "investment",
    ),
    Spec(
        "investment_per_mu", N_("投资强度"), "answering", "investment", 0.25, N_("万元/亩"),
        N_("总投资 ÷ 用地：等于门槛 0.5，两倍及以上 1，低于门槛 0"),
    ),
    Spec(
        "tax", N_("亩均税收"), "answering", "tax", 0.4, N_("万元/亩·年"),
        N_("0 时 0，30 及以上 1，中间按直线"), "tax",
    ),
    Spec(
        "tax_per_mu", N_("亩均税收与门槛"), "answering", "tax", 0.2, N_("万元/亩·年"),
        N_("等于门槛 0.5，两倍及以上 1，低于门槛 0"),
    ),
    Spec(
        "jobs", N_("就业人数"), "answering", "jobs", 0.3, N_("人"),
        N_("按对数：10 人及以下 0，1000 人及以上 1"), "jobs",
    ),
    Spec(
        "energy", N_("单位投资能耗"), "answering", "energy", 0.3, N_("吨标准煤/亿元"),
        N_("1 ÷（1 + 年综合能耗 ÷ 总投资 ÷ 1000）"), "energy",
    ),
    Spec(
        "shared_home", N_("与需求的城市共建"), "answering", "fit", 0.8, "",
        N_("园区与需求现在的城市共建，而且行业相近程度大于 0.15：1，否则 0"),
    ),
    Spec("completeness", N_("需求资料"), "answering", "certainty", 0.4, "", N_("园区看重的十四项事实里填了几成")),
    Spec("wants_here", N_("意向本市州"), "answering", "certainty", 0.3, "", N_("需求点名要来这个市州 1，否则 0")),
)  # fmt: skip

SPECS = {spec.name: spec for spec in (*ASKING, *ANSWERING)}
