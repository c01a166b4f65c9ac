"""Every part of a score of people: its name, slider, weight, unit, and the curve in a sentence.

Half of what a talent is worth to a position, and a position to a talent, lies in field and skills; the rest is shared
out by what decides such talks first.
"""

import dataclasses
from collections.abc import Mapping
from functools import cache

from matchmaker.recommender.criteria.specs import Spec
from matchmaker.recommender.parts import Group
from models.vocabulary import N_

# The sliders of either side; those that a need has no parts of are left out there.
ASKING_GROUPS = (
    Group("field", N_("专业领域")),
    Group("skills", N_("技能")),
    Group("level", N_("学历、职称与年数")),
    Group("licence", N_("职业资格")),
    Group("languages", N_("语言")),
    Group("time", N_("到岗时间")),
    Group("text", N_("说明相近")),
)
ANSWERING_GROUPS = (
    Group("work", N_("专业对口")),
    Group("place", N_("地点")),
    Group("way", N_("来湘方式")),
    Group("salary", N_("年薪")),
    Group("supports", N_("支持与住房")),
    Group("employer", N_("单位性质")),
    Group("own_text", N_("说明与自己相近")),
)

SHARE = N_("0–1")
NEAR = N_("同小类 1，同中类 0.9，只写到大类 0.55，同大类或上下游 0.35；第二个领域乘 0.85")
LIKE = N_("0.75 × 意思（两份说明的余弦 0.88 及以下 0，0.95 及以上 1）+ 0.25 × 用词（共有的词越少见越高）")
RANK = N_("刚好达到 0.8，每高一级加 0.1，到 1 为止；没有达到 0")
ENOUGH = N_("刚好够 0.7，两倍及以上 1，不够 0")
IN_TIME = N_("最迟那天可到岗 0.5，提前 180 天及以上 1，晚了 0")
SHARE_OF_ASKED = N_("要求的里面有几成")
SHARE_OF_WANTED = N_("希望的里面能给几成")

ASKING = (
    Spec("field", N_("专业领域"), "asking", "field", 0.25, SHARE, NEAR, "field"),
    Spec("skills", N_("技能"), "asking", "skills", 0.25, SHARE, SHARE_OF_ASKED, "skills"),
    Spec("education", N_("学历"), "asking", "level", 0.06, N_("级"), RANK, "education"),
    Spec("title_rank", N_("职称"), "asking", "level", 0.05, N_("级"), RANK),
    Spec("skill_level", N_("技能等级"), "asking", "level", 0.05, N_("级"), RANK),
    Spec("years", N_("从业年数"), "asking", "level", 0.05, N_("年"), ENOUGH, "years"),
    Spec("licences", N_("职业资格"), "asking", "licence", 0.08, SHARE, SHARE_OF_ASKED),
    Spec("licence_origin", N_("资格发证地"), "asking", "licence", 0.03, "", N_("发证地是认可的 1，否则 0")),
    Spec("languages", N_("语言"), "asking", "languages", 0.04, SHARE, SHARE_OF_ASKED, "languages"),
    Spec("start", N_("到岗时间"), "asking", "time", 0.05, N_("天"), IN_TIME, "start"),
    Spec("text", N_("说明相近"), "asking", "text", 0.07, SHARE, LIKE, "text"),
)

ANSWERING = (
    Spec("own_field", N_("专业对口"), "answering", "work", 0.22, SHARE, NEAR, "field"),
    Spec(
        "own_skills", N_("技能用得上"), "answering", "work", 0.13, N_("项"),
        N_("自己的技能里用得上 1 项 0.33，2 项 0.67，3 项及以上 1"), "skills",
    ),
    Spec(
        "wanted_place", N_("地点"), "answering", "place", 0.12, "",
        N_("在想去的市州 1，哪里都可以的 0.8，否则 0"), "place",
    ),
    Spec(
        "travel", N_("离现在的城市"), "answering", "place", 0.06, N_("小时"),
        N_("铁路 0 小时 1，8 小时及以上 0，中间按直线"),
    ),
    Spec("same_city", N_("现在同城"), "answering", "place", 0.05, "", N_("需求方和人才现在在同一个城市 1，否则 0")),
    Spec("way", N_("工作方式"), "answering", "way", 0.12, "", N_("有都可以的工作方式 1，否则 0"), "way"),
    Spec(
        "months", N_("每年在湘"), "answering", "way", 0.04, N_("个月"),
        N_("刚好够 0.5，两倍及以上 1，不够 0；全职的不计"),
    ),
    Spec(
        "salary", N_("年薪"), "answering", "salary", 0.12, N_("万元"),
        N_("岗位上限等于期望 0.5，高出一半及以上 1，低于期望 0；只写了下限的乘 0.9"), "salary",
    ),
    Spec("supports", N_("支持"), "answering", "supports", 0.08, SHARE, SHARE_OF_WANTED, "supports"),
    Spec("housing", N_("住房"), "answering", "supports", 0.04, "", N_("希望安家落户的：岗位提供住房 1，不提供 0")),
    Spec("employer", N_("单位性质"), "answering", "employer", 0.06, "", N_("单位是想去的一类 1，否则 0"), "employer"),
    Spec("own_text", N_("说明相近"), "answering", "own_text", 0.07, SHARE, LIKE, "text"),
)  # fmt: skip

# An enterprise's need is no post: it names no degree and no salary. What it does name may count otherwise.
NEEDS = (
    "field", "skills", "start", "text", "own_field", "own_skills", "wanted_place", "travel", "same_city", "way",
    "employer", "own_text",
)  # fmt: skip
OF_A_NEED = (
    Spec(
        "skills", N_("工艺与产品"), "asking", "skills", 0.25, N_("项"),
        N_("工艺和产品里会 1 项 0.5，2 项及以上 1"), "skills",
    ),
    Spec("start", N_("投产前可到岗"), "asking", "time", 0.05, N_("天"), IN_TIME, "start"),
    Spec("way", N_("来湘方式"), "answering", "way", 0.12, "", N_("需求把研发留在大湾区，人才也愿意异地研发 1，否则 0")),
)  # fmt: skip

# What all parts of a side are worth together: the sum that the curve from sum to utility is made for.
FULL = 8.0


@cache
def specs_of(kind: str) -> Mapping[str, Spec]:
    """Return the parts between talents and those who ask, by name, weighed so that a side's sum is at most `FULL`."""
    known = {spec.name: spec for spec in (*ASKING, *ANSWERING)}
    if kind == "need":
        known = {
            name: spec for name, spec in (known | {spec.name: spec for spec in OF_A_NEED}).items() if name in NEEDS
        }
    else:
        del known["same_city"]
    sums = {side: sum(spec.weight for spec in known.values() if spec.side == side) for side in ("asking", "answering")}
    return {
        name: dataclasses.replace(spec, weight=spec.weight * FULL / sums[spec.side]) for name, spec in known.items()
    }
