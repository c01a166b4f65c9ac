"""A small made-up market whose right answers are known by construction."""

import numpy as np

from search.engine import Baseline, Document, Vector

DIMENSIONS = 384


def axis(number: int) -> Vector:
    """Return a vector that has nothing in common with any other axis."""
    vector = np.zeros(DIMENSIONS, np.float32)
    vector[number] = 1
    return vector


# All vectors of the market lean along axis 0, as those of a real model lean together; subjects have axes of their own.
CIRCUITS, COLD_STORAGE, POTTERY = 1, 2, 3
COMMON = 0
BASELINE = Baseline(query=0.9 * axis(COMMON), document=0.9 * axis(COMMON))


def about(subject: int, other: int, share: float = 0.43) -> Vector:
    """Return a document's vector: mostly what all share, some of its subject, a little of its own."""
    own = np.float32(np.sqrt(1 - 0.9**2 - share**2))
    return np.asarray(0.9 * axis(COMMON) + share * axis(subject) + own * axis(other), np.float32)


OFFER_FACTORY = Document(
    id="offer:1",
    kind="offer",
    version=1,
    title="郴州高新区标准厂房出租",
    body="层高6米,配套污水处理,适合线路板企业。",
    names=("郴州市", "郴州高新区"),
    codes=("HN01080", "offer-2026-0001"),
    terms={"prefecture": ("431000",), "industry": ("C", "C39", "C398"), "customs": ("bonded", "rail")},
    numbers={"area_mu": 50.0, "rent": 12.0},
    freshness=100,
)
OFFER_COLD = Document(
    id="offer:2",
    kind="offer",
    version=1,
    title="岳阳冷链仓储",
    body="冷藏库两万平方米,距城陵矶港8公里。",
    names=("岳阳市",),
    codes=("HN01070", "offer-2026-0002"),
    terms={"prefecture": ("430600",), "industry": ("G", "G59"), "customs": ("port",)},
    numbers={"area_mu": 120.0},
    freshness=200,
)
OFFER_UNKNOWN = Document(
    id="offer:3",
    kind="offer",
    version=1,
    title="永州工业用地",
    body="面积待定,可分期供地。",
    names=("永州市",),
    codes=("HN01110", "offer-2026-0003"),
    terms={"prefecture": ("431100",)},
    freshness=150,
)
NEED_CIRCUITS = Document(
    id="need:1",
    kind="need",
    version=1,
    title="Printed circuit board plant looks for a site",
    body="需要电镀污水指标,用地60亩,优先郴州。",
    codes=("need-2026-0001",),
    terms={"prefecture": ("431000",), "industry": ("C", "C39", "C398")},
    numbers={"area_mu": 60.0},
    freshness=120,
)
NEED_POTTERY = Document(
    id="need:2",
    kind="need",
    version=1,
    title="瓷器工坊寻找产业园",
    body="釉料与窑炉,天然气每日两千立方米。",
    codes=("need-2026-0002",),
    terms={"industry": ("C", "C30", "C307")},
    numbers={"area_mu": 10.0},
    freshness=90,
)
TALENT_MASKED = Document(
    id="talent:1",
    kind="talent",
    version=1,
    title="电镀工艺工程师",
    body="十年线路板电镀经验,愿意到郴州工作。",
    audiences=("members",),
    codes=("talent-2026-0001",),
    terms={"prefecture": ("431000",), "furong": ("B",)},
    numbers={"salary": 30.0},
    freshness=80,
)
STAFF_NOTE = Document(
    id="match:1",
    kind="match",
    version=1,
    title="郴州线路板匹配",
    body="只有园区与省级可见。",
    audiences=("staff", "organisation:7"),
    terms={"prefecture": ("431000",)},
    freshness=70,
)
MARKET: list[tuple[Document, Vector | None]] = [
    (OFFER_FACTORY, about(CIRCUITS, 11)),
    (OFFER_COLD, about(COLD_STORAGE, 12)),
    (OFFER_UNKNOWN, None),
    (NEED_CIRCUITS, about(CIRCUITS, 13)),
    (NEED_POTTERY, about(POTTERY, 14)),
    (TALENT_MASKED, about(CIRCUITS, 15)),
    (STAFF_NOTE, None),
]
EVERYONE = ("public", "members", "staff", "organisation:7")
