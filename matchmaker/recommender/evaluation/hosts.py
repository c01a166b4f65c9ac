"""The parks of the synthetic market and their premises as they truly are; what is written of them is another file."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np

from matchmaker.recommender.evaluation.drawing import Dice
from matchmaker.recommender.evaluation.firms import ASKS, PORTS, SQM_PER_MU
from matchmaker.recommender.evaluation.ground import Ground
from matchmaker.recommender.evaluation.trades import DIVISION, GROUP, Product, Trade, trades
from models.vocabulary import IncentiveType, OfferCategory, PortType

PREFECTURE, PARK, PREMISES = 2, 3, 4  # the kinds of things, in the keys of their dice
FAVOURED = 9  # trades that a prefecture is known for
FOR_LAND = (OfferCategory.LAND_PLOT,)
CATEGORIES = (
    OfferCategory.LAND_PLOT,
    OfferCategory.STANDARD_FACTORY,
    OfferCategory.BUILT_TO_SUIT,
    OfferCategory.INCUBATOR,
    OfferCategory.LOGISTICS,
)
REFUSED = ("C26", "C1762", "C222", "C3360", "C191", "C421", "C39", "C18")
# What parks care about, on average; each has weights of its own around these.
APPETITES = {
    "match": 0.27,
    "gap": 0.13,
    "invest": 0.15,
    "tax": 0.12,
    "jobs": 0.08,
    "energy": 0.07,
    "serious": 0.08,
    "filling": 0.05,
    "liking": 0.05,
}
APPETITE_SPREAD = 0.45


@dataclasses.dataclass(frozen=True)
class Host:
    """A park: where it is, what it lives by and lacks, and what it likes."""

    at: int
    county: str
    prefecture: str
    is_national: bool
    cluster: tuple[Trade, ...]  # the strongest first
    gaps: tuple[str, ...]  # groups that it wants to attract
    refused: tuple[str, ...]
    standing: float
    pool: float  # workers that it can find
    land_price: float
    rent: float
    power_price: float
    ports: frozenset[PortType]
    grants: frozenset[IncentiveType]
    takes_chemicals: bool
    takes_plating: bool
    threshold: float  # 万元 per mu
    tax_threshold: float
    insists_on_threshold: bool  # and states it
    waives: bool
    liking: Mapping[str, float]  # division -> a taste that nobody can read
    diligence: float  # how completely it fills its forms in
    appetites: Mapping[str, float]


@dataclasses.dataclass(frozen=True)
class Premises:
    """A plot, a factory or a floor of a park."""

    at: int
    host: Host
    category: OfferCategory
    welcomed: tuple[Trade, ...]
    sought: tuple[Product, ...]  # what it would like best
    land_mu: float  # zero where only floor is to be had
    plot_mu: float
    floor_sqm: float  # zero where only land is to be had
    building_sqm: float
    height_m: float
    load: float
    price_factor: float
    kva: float
    dual: bool
    water: float
    sewage: float
    gas: float
    workers: float
    ready_on: dt.date
    read_on: dt.date
    slots: int
    on_chemical_plot: bool
    published_days_ago: int

    @property
    def is_land(self) -> bool:
        """Say whether it is land to build on."""
        return self.category in FOR_LAND


def draw_host(seed: int, at: int, ground: Ground) -> Host:
    """Draw one park; those of a prefecture often live by the same trades."""
    dice = Dice(seed, PARK, at)
    counties = sorted(ground.counties)
    county = dice.one(counties, [ground.size.get(ground.counties[one], 1000.0) ** 0.5 for one in counties])
    prefecture = ground.counties[county]
    local = Dice(seed, PREFECTURE, int(prefecture))
    known_for = local.some(list(trades().values()), FAVOURED, FAVOURED)
    number = int(dice.between(2, 6))
    cluster = {
        trade.code: trade
        for trade in (dice.one(known_for if dice.chance(0.6) else list(trades().values())) for _ in range(number))
    }
    national = dice.chance(0.2)
    standing = dice.normal() * 0.8 + (0.9 if national else 0.0)
    wealth = float(np.log(ground.size.get(prefecture, 2500.0) / 2500.0))
    appetites = {name: dice.about(weight, APPETITE_SPREAD) for name, weight in APPETITES.items()}
    total = sum(appetites.values())
    own = {trade.code[:GROUP] for trade in cluster.values()}
    lacking = sorted({group for code in own for group in ground.suppliers.get(code, ())} - own)
    threshold = max(60.0, dice.about(190, 0.3) * (1.25 if national else 1.0))
    return Host(
        at=at,
        county=county,
        prefecture=prefecture,
        is_national=national,
        cluster=tuple(cluster.values()),
        gaps=tuple(dice.some(lacking, 1, 4)),
        refused=_refused(dice, list(cluster.values())),
        standing=standing,
        pool=dice.about(900, 0.7) * float(np.exp(0.25 * wealth)),
        land_price=max(5.0, dice.about(17, 0.22) * float(np.exp(0.3 * wealth))),
        rent=max(4.0, dice.about(11.5, 0.2) * float(np.exp(0.25 * wealth))),
        power_price=dice.between(0.56, 0.74),
        ports=frozenset(dice.some(PORTS, 1, 3)) if dice.chance(0.5 if national else 0.2) else frozenset(),
        grants=frozenset(dice.some(ASKS, 2, 7)),
        takes_chemicals=dice.chance(0.25),
        takes_plating=dice.chance(0.45),
        threshold=threshold,
        tax_threshold=max(2.0, dice.about(8, 0.35)),
        insists_on_threshold=dice.chance(0.8),
        waives=dice.chance(0.3),
        liking={division: dice.normal() for division in sorted({code[:DIVISION] for code in trades()})},
        diligence=float(dice.rng.beta(4, 2)),
        appetites={name: weight / total for name, weight in appetites.items()},
    )


def _refused(dice: Dice, cluster: Sequence[Trade]) -> tuple[str, ...]:
    own = [trade.code for trade in cluster]
    # Nobody refuses what it lives by.
    free = [code for code in REFUSED if not any(one.startswith(code) or code.startswith(one) for one in own)]
    return tuple(dice.some(free, 0, 2)) if dice.chance(0.45) else ()


def draw_premises(seed: int, at: int, host: Host, ground: Ground) -> Premises:
    """Draw premises of a park."""
    dice = Dice(seed, PREMISES, at)
    category = dice.one(CATEGORIES, (34, 40, 12, 5, 9))
    land = category in FOR_LAND
    floor = 0.0 if land else min(300_000.0, dice.about(3000 if category == OfferCategory.INCUBATOR else 16_000, 0.8))
    plot = dice.about(42, 0.8) if land else 0.0
    size = plot if land else floor / SQM_PER_MU
    welcomed = dice.some(host.cluster, 1, 4)
    heavy = category in (OfferCategory.BUILT_TO_SUIT, OfferCategory.LOGISTICS)
    return Premises(
        at=at,
        host=host,
        category=category,
        welcomed=tuple(welcomed),
        sought=tuple(product for trade in welcomed for product in dice.some(trade.products, 1, 2)),
        land_mu=plot * dice.between(1.0, 2.2),
        plot_mu=plot,
        floor_sqm=floor,
        building_sqm=floor * dice.between(0.25, 1.0),
        height_m=30.0 if land else dice.about(9.5 if heavy else 7.2, 0.22),
        load=60.0 if land else dice.about(16 if heavy else 12, 0.3),
        price_factor=dice.about(1.0, 0.1),
        kva=size * dice.about(170, 0.6),
        dual=dice.chance(0.4),
        water=size * dice.about(14, 0.7),
        sewage=size * dice.about(11, 0.8),
        gas=size * dice.about(150, 0.7) if dice.chance(0.7) else 0.0,
        workers=host.pool * dice.between(0.5, 1.0),
        ready_on=ground.day + dt.timedelta(days=int(dice.between(-60, 480))),
        read_on=ground.day - dt.timedelta(days=int(dice.between(5, 420))),
        slots=max(1, round(dice.about(2.2, 0.6))),
        on_chemical_plot=host.takes_chemicals and (land or dice.chance(0.4)),
        published_days_ago=int(dice.between(0, 300)),
    )
