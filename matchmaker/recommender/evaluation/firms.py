"""The firms of the synthetic market as they truly are; what they write in a form is another file."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.evaluation.drawing import Dice
from matchmaker.recommender.evaluation.ground import STATIONS, Ground
from matchmaker.recommender.evaluation.trades import Product, Profile, trades
from models.vocabulary import IncentiveType, NeedCategory, PortType

FIRM = 1  # the kind of thing, in the key of its dice
SQM_PER_MU = 667.0
CITIES = tuple(STATIONS)
CITY_SHARES = (10, 8, 3, 2, 4, 6, 1, 20, 18, 7, 5)
FACTORY_CATEGORIES = (
    NeedCategory.WHOLE_RELOCATION,
    NeedCategory.NEW_BASE,
    NeedCategory.EXPANSION,
    NeedCategory.PART_OF_CAPACITY,
    NeedCategory.RD_IN_BAY,
)
ASKS = (
    IncentiveType.RENT,
    IncentiveType.RELOCATION,
    IncentiveType.EQUIPMENT,
    IncentiveType.DECORATION,
    IncentiveType.LOAN_INTEREST,
    IncentiveType.HIRING,
    IncentiveType.RESEARCH,
    IncentiveType.HOUSING,
    IncentiveType.SCHOOLING,
    IncentiveType.LOGISTICS,
    IncentiveType.APPROVAL,
)
PORTS = (PortType.BONDED_ZONE, PortType.BONDED_CENTRE, PortType.RAIL_PORT, PortType.RIVER_PORT, PortType.AIR_PORT)
# What firms care about, on average; each firm has weights of its own around these.
WEIGHTS = {
    "fit": 0.24,
    "chain": 0.09,
    "room": 0.1,
    "cost": 0.16,
    "travel": 0.1,
    "labour": 0.08,
    "utilities": 0.06,
    "early": 0.05,
    "support": 0.08,
    "taste": 0.1,
    "standing": 0.07,
}
WEIGHT_SPREAD = 0.45
# Real relocations follow a place that the firm named far more than chance would (see docs/decisions.md).
ATTACHED, ATTACHMENT = 0.35, 4.0


@dataclasses.dataclass(frozen=True)
class Firm:
    """What a firm is, needs and likes, whether or not anybody can read it."""

    at: int
    products: tuple[Product, ...]  # the main one first
    profile_name: str
    profile: Profile
    category: NeedCategory
    city: str
    upstream: tuple[str, ...]
    downstream: tuple[str, ...]
    by_land: bool  # it would buy land and build
    by_floor: bool  # it would rent or buy a building
    floor_sqm: float
    land_mu: float
    building_sqm: float
    height_m: float
    load: float
    splits: bool
    kva: float
    water: float
    sewage: float
    gas: float
    dual: bool
    hands: float
    beds: float
    invest_yi: float
    fixed_share: float
    tax_per_mu: float
    tce: float
    land_cap: float
    rent_cap: float
    power_cap: float
    insists_on_price: bool  # the cap is firm, and stated; for others it only counts in what they like
    insists_on_power_price: bool
    needed_on: dt.date
    starts_on: dt.date
    ports: frozenset[PortType]
    asks: frozenset[IncentiveType]
    taste: Mapping[str, float]  # prefecture -> how much the firm likes it
    is_attached: bool  # it cares much more about the place than others, and says so
    home: str | None  # the prefecture that its owner comes from
    must: tuple[str, ...]  # nowhere else
    patience_hours: float
    seriousness: float
    is_hazardous: bool
    reacts: bool
    plates: bool
    weights: Mapping[str, float]

    @property
    def main(self) -> Product:
        """Return what it mainly makes."""
        return self.products[0]

    @property
    def floor_mu(self) -> float:
        """Return the floor in mu."""
        return self.floor_sqm / SQM_PER_MU

    @property
    def invest_per_mu(self) -> float:
        """Return the fixed investment in 万元 per mu of land."""
        return self.invest_yi * self.fixed_share * 10_000 / self.land_mu

    @property
    def direction(self) -> NDArray[np.float64]:
        """Return where its products lie, the main one counting most."""
        total = np.sum([product.direction / (1 + at) for at, product in enumerate(self.products)], axis=0)
        direction: NDArray[np.float64] = total / np.linalg.norm(total)
        return direction


def draw_firm(seed: int, at: int, ground: Ground) -> Firm:
    """Draw one firm."""
    dice = Dice(seed, FIRM, at)
    trade = dice.one(list(trades().values()))
    profile = trade.profile
    products = tuple(dice.some(trade.products, 1, 2))
    floor = min(90_000.0, max(900.0, dice.about(7500, 0.75)))
    land = max(5.0, floor / SQM_PER_MU / dice.between(0.75, 1.3))
    by_land = dice.chance(profile.land * (1.3 if floor > 9000 else 0.6))
    is_open = dice.chance(0.2)
    water = floor / 1000 * dice.about(profile.water, 0.35)
    needed = ground.day + dt.timedelta(days=int(dice.between(150, 760)))
    home = dice.one(ground.prefectures) if dice.chance(0.22) else None
    taste = {prefecture: dice.normal() for prefecture in ground.prefectures}
    if home:
        taste[home] += 2.0
    ranking = sorted(taste, key=lambda prefecture: -taste[prefecture])
    weights = {name: dice.about(weight, WEIGHT_SPREAD) for name, weight in WEIGHTS.items()}
    attached = dice.chance(ATTACHED)
    weights["taste"] *= ATTACHMENT if attached else 1.0
    total = sum(weights.values())
    chemical = trade.profile_name == "chemical"
    return Firm(
        at=at,
        products=products,
        profile_name=trade.profile_name,
        profile=profile,
        category=_category(dice, trade.profile_name),
        city=dice.one(CITIES, CITY_SHARES),
        upstream=_linked(dice, products[0], ground),
        downstream=_linked(dice, products[0], ground),
        by_land=by_land or is_open,
        by_floor=not by_land or is_open,
        floor_sqm=floor,
        land_mu=land,
        building_sqm=floor * dice.between(0.15, 0.6),
        height_m=max(3.5, dice.about(profile.height, 0.12)),
        load=max(2.0, dice.about(profile.load, 0.2)),
        splits=dice.chance(0.3),
        kva=max(30.0, floor / 1000 * dice.about(profile.kva, 0.35)),
        water=water,
        sewage=water * profile.sewage * dice.between(0.85, 1.0),
        gas=floor / 1000 * dice.about(120, 0.4) if dice.chance(profile.gas) else 0.0,
        dual=dice.chance(0.1),
        hands=max(4.0, floor / 1000 * dice.about(profile.hands, 0.35)),
        beds=dice.between(0.2, 0.6),
        invest_yi=max(0.02, dice.about(profile.invest, 0.4) * land / 10_000),
        fixed_share=dice.between(0.6, 0.95),
        tax_per_mu=dice.about(profile.tax, 0.45),
        tce=dice.about(profile.tce, 0.4),
        land_cap=min(60.0, max(8.0, dice.about(25, 0.3))),
        rent_cap=min(45.0, max(7.0, dice.about(17, 0.28))),
        power_cap=dice.between(0.62, 0.9),
        insists_on_price=dice.chance(0.65),
        insists_on_power_price=dice.chance(0.5),
        needed_on=needed,
        starts_on=needed + dt.timedelta(days=int(dice.between(30, 400))),
        ports=frozenset({dice.one(PORTS, (8, 3, 2, 1, 3))}) if dice.chance(profile.port / 2) else frozenset(),
        asks=frozenset(dice.some(ASKS, 1, 4)),
        taste=taste,
        is_attached=attached,
        home=home,
        must=tuple(ranking[: int(dice.between(1, 4))]) if dice.chance(0.12) else (),
        patience_hours=dice.between(3.0, 9.0),
        seriousness=float(dice.rng.beta(4, 2)),
        is_hazardous=chemical and dice.chance(0.6),
        reacts=chemical and dice.chance(0.8),
        plates=trade.profile_name == "wet" and dice.chance(0.5),
        weights={name: weight / total for name, weight in weights.items()},
    )


def _category(dice: Dice, profile: str) -> NeedCategory:
    if profile == "store":
        return NeedCategory.LOGISTICS
    if profile == "study":
        return NeedCategory.HEADQUARTERS
    return dice.one(FACTORY_CATEGORIES, (4, 4, 2, 3, 2))


def _linked(dice: Dice, product: Product, ground: Ground) -> tuple[str, ...]:
    """Draw groups that the firm buys from or sells to, of those that commonly do so with its own."""
    return tuple(dice.some(sorted(ground.suppliers.get(product.group, ())), 0, 2))
