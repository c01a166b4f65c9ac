"""Plain facts for pure functions: no database, no model."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from matchmaker.recommender.facts import Item, ParkFacts
from matchmaker.recommender.gates import Gate, check_people, check_premises
from matchmaker.recommender.gates.marks import framed
from matchmaker.recommender.likeness import Likeness
from matchmaker.recommender.reference import Belt, Place, Reference, Rule, Travel

TODAY = dt.date(2026, 11, 24)

HC3 = Rule(
    "HC3",
    "化工项目入化工园区",
    "关于“十四五”推动石化化工行业高质量发展的指导意见",
    "工信部联原〔2022〕34号",
    dt.date(2022, 3, 28),
    None,
    {"list_complete": False, "strict": False, "chemical_codes": ["C251", "C261", "C264"], "chemical_words": ["前驱体"]},
    "H",
)
PHYSICAL = "物理条件（园区自报）"
RULES = {
    "HC3": (HC3,),
    "HC12": (Rule("HC12", "余量", PHYSICAL, None, None, None, {"stale_after_months": 12}, "H"),),
    "HC13": (Rule("HC13", "面积和时间", PHYSICAL, None, None, None, {}, "H"),),
    "HC14": (Rule("HC14", "投入产出门槛", "园区公布的入园条件", None, None, None, {}, "H"),),
}

PLACES = [
    ("430000", "湖南省", "湖南", None, "province", False, None),
    ("430100", "长沙市", "长沙", "430000", "prefecture", False, 13270.7),
    ("430121", "长沙县", "长沙县", "430100", "county", False, None),
    ("431000", "郴州市", "郴州", "430000", "prefecture", False, 2770.0),
    ("431003", "苏仙区", "苏仙", "431000", "county", False, None),
    ("431026", "汝城县", "汝城", "431000", "county", False, None),
    ("440000", "广东省", "广东", None, "province", False, None),
    ("440300", "深圳市", "深圳", "440000", "city", True, None),
    ("440306", "宝安区", "宝安", "440300", "district", True, None),
    ("441900", "东莞市", "东莞", "440000", "city", True, None),
]

INDUSTRIES = {
    "C": "制造业",
    "C14": "食品制造业",
    "C141": "焙烤食品制造",
    "C26": "化学原料和化学制品制造业",
    "C261": "基础化学原料制造",
    "C2614": "有机化学原料制造",
    "C38": "电气机械和器材制造业",
    "C384": "电池制造",
    "C39": "计算机、通信和其他电子设备制造业",
    "C397": "电子器件制造",
    "C3974": "显示器件制造",
    "C398": "电子元件及电子专用材料制造",
    "C3982": "电子电路制造",
    "C3985": "电子专用材料制造",
}
TERMS = {
    "电子信息": ("C39",),
    "电子元器件": ("C398", "C397"),
    "线路板": ("C3982",),
    "食品": ("C14",),
    "电池": ("C384",),
}

PARKS = {
    "HN1": ("长沙电子园", "national", "430100", "430121", ("电子信息", "食品"), (), None),
    "HN2": ("苏仙元器件园", "provincial", "431000", "431003", ("电子元器件",), (), None),
    "HN3": ("汝城食品园", "provincial", "431000", "431026", ("食品", "电子信息"), (), None),
    "EN1": ("汝城东莞园", "cooperation", "431000", "431026", (), ("441900",), "HN3"),
}


def make_park(code: str, **changes: Any) -> ParkFacts:
    name, level, prefecture, county, industries, homes, host = PARKS[code]
    facts = {
        "code": code,
        "name": name,
        "alias": None,
        "level": level,
        "type": "enclave_park" if homes else "high_tech_zone",
        "prefecture_code": prefecture,
        "county_code": county,
        "leading_industries": industries,
        "chemical_status": "unsure",
        "chemical_as_of": None,
        "chemical_source": None,
        "customs_facilities": None,
        "is_enclave": bool(homes),
        "home_region_codes": homes,
        "host_park_code": host,
        "verification": "directory",
        "manager_id": None,
    }
    return ParkFacts(**(facts | changes))


@pytest.fixture
def today() -> dt.date:
    return TODAY


@pytest.fixture
def parks() -> dict[str, ParkFacts]:
    return {code: make_park(code) for code in PARKS}


@pytest.fixture
def park() -> Callable[..., ParkFacts]:
    return make_park


@pytest.fixture(scope="session")
def reference() -> Reference:
    texts = ["\n".join((name, *industries)) for name, _, _, _, industries, _, _ in PARKS.values()]
    rail = {
        ("430100", "440300"): Travel("430100", "440300", 2.9, None, "2016 年 3 月时刻表", True, "H"),
        ("431000", "440300"): Travel("431000", "440300", 1.95, None, "2016 年 3 月时刻表", True, "H"),
    }
    road = {
        ("430100", "440300"): Travel("430100", "440300", None, 790.0, "估算", True, "M"),
        ("431000", "440300"): Travel("431000", "440300", None, 480.0, "估算", True, "M"),
    }
    neighbours = {"C398": frozenset({"C384"}), "C384": frozenset({"C398"})}
    likeness = Likeness(texts, list(INDUSTRIES.values()), [], [], None, None)
    return Reference(
        {row[0]: Place(*row) for row in PLACES},
        INDUSTRIES,
        TERMS,
        neighbours,
        rail,
        road,
        {"431000": (Belt("湘南湘西承接产业转移示范区", ()),)},
        RULES,
        likeness,
    )


@pytest.fixture
def need() -> Callable[..., Item]:
    def make(**facts: Any) -> Item:
        return Item("need", "need:1", facts.get("title", "需求"), facts, posting_id=1, organisation_id=1, owner_id=1)

    return make


@pytest.fixture
def offer() -> Callable[..., Item]:
    def make(park_code: str = "HN2", **facts: Any) -> Item:
        return Item("offer", "offer:2", facts.get("title", "载体"), facts, park=make_park(park_code), posting_id=2)

    return make


@pytest.fixture
def directory() -> Callable[..., Item]:
    def make(code: str = "HN2", **changes: Any) -> Item:
        park = make_park(code, **changes)
        return Item("park", f"park:{code}", park.name, {}, park=park)

    return make


@pytest.fixture
def rules() -> dict[str, Rule]:
    return dict(RULES)


@pytest.fixture
def check(reference: Reference) -> Callable[..., list[Gate]]:
    """Return all gates of one pair in words, as pages show them: premises against a need, a talent against others."""

    def run(asking: Item, answering: Item, reference: Reference = reference, day: dt.date = TODAY) -> list[Gate]:
        gates = check_people if answering.kind == "talent" else check_premises
        # A park of the directory stands among the offers.
        kind = "offer" if answering.kind == "park" else answering.kind
        sides = framed(asking.kind, [asking], reference), framed(kind, [answering], reference)
        return [gate for outcome in gates(*sides, reference, day) if (gate := outcome.at(0)) is not None]

    return run
