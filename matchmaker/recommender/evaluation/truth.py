"""What firms and parks of the synthetic market truly want: utilities of both sides, and what truly can't work.

Everything here reads the latent firms and parks, never a form, and shares no code with the scorer. A utility is a
chance from 0 to 1 that the side would say yes; a pair is worth the chance that both do, their product, and nothing
where it can't work.
"""

import dataclasses
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.evaluation.drawing import Dice
from matchmaker.recommender.evaluation.firms import Firm
from matchmaker.recommender.evaluation.ground import Ground
from matchmaker.recommender.evaluation.hosts import Host, Premises
from matchmaker.recommender.evaluation.supply import Numbers, Supply
from matchmaker.recommender.evaluation.trades import DIVISION, GROUP
from models.vocabulary import OfferCategory

Bools = NDArray[np.bool_]

CHANCE = 5  # the kind of thing, in the key of its dice
# People manage with a little less than they ask for, wait a little, and pay a little more.
TOLERANCE, PATIENCE_DAYS, STRETCH = 0.95, 30, 1.05
# The weighted sums at which one says yes in one case of two, and how sharply.
FIRMS_YES_AT, PARKS_YES_AT, SHARPNESS = 0.58, 0.53, 0.075
# What nobody can know: chemistry of persons, politics, luck.
PRIVATE = 0.045
SUITS = {
    "store": (OfferCategory.LOGISTICS, OfferCategory.LAND_PLOT, OfferCategory.BUILT_TO_SUIT),
    "study": (
        OfferCategory.INCUBATOR,
        OfferCategory.STANDARD_FACTORY,
        OfferCategory.BUILT_TO_SUIT,
        OfferCategory.LAND_PLOT,
    ),
}
FOR_FACTORIES = (OfferCategory.LAND_PLOT, OfferCategory.STANDARD_FACTORY, OfferCategory.BUILT_TO_SUIT)


@dataclasses.dataclass(frozen=True)
class Truth:
    """The truth of all pairs, firms as rows and premises as columns."""

    firm: Numbers  # the chance that the firm says yes
    park: Numbers
    works: Bools
    # The same without what is private: what an order that knew everything else would go by.
    knowable: Numbers

    @cached_property
    def worth(self) -> Numbers:
        """Return what pairs are worth: the chance that both say yes, nothing where it can't work."""
        worth: Numbers = self.firm * self.park * self.works
        return worth


def truth_of(firms: Sequence[Firm], premises: Sequence[Premises], ground: Ground, seed: int) -> Truth:
    """Work out the truth of every pair."""
    supply = Supply(premises, ground)
    firm_sums = np.stack([_firm_sum(firm, supply) for firm in firms])
    park_sums = np.stack([_park_sum(firm, supply) for firm in firms])
    works = np.stack([_works(firm, supply) for firm in firms])
    # Drawn for each firm apart, so that a larger market holds the smaller one.
    private = np.stack(
        [Dice(seed, CHANCE, firm.at).rng.normal(0, PRIVATE, (len(supply.premises), 2)) for firm in firms]
    )
    return Truth(
        _yes(firm_sums + private[:, :, 0], FIRMS_YES_AT),
        _yes(park_sums + private[:, :, 1], PARKS_YES_AT),
        works,
        _yes(firm_sums, FIRMS_YES_AT) * _yes(park_sums, PARKS_YES_AT) * works,
    )


def _yes(sums: Numbers, middle: float) -> Numbers:
    return _rise((sums - middle) / SHARPNESS)


def _rise(values: Numbers) -> Numbers:
    risen: Numbers = 1 / (1 + np.exp(-values))
    return risen


# --- What a firm makes of premises ------------------------------------------------------------------------------------


def _firm_sum(firm: Firm, supply: Supply) -> Numbers:
    parts = {
        "fit": _fit(firm, supply),
        "chain": _chain(firm, supply),
        "room": _room(firm, supply),
        "cost": _cost(firm, supply),
        "travel": _travel(firm, supply),
        "labour": 1 - np.exp(-1.2 * supply.column("workers") / firm.hands),
        "utilities": _utilities(firm, supply),
        "early": 1 - np.exp(-np.maximum(_days_left(firm, supply) + PATIENCE_DAYS, 0) / 150),
        "support": _support(firm, supply),
        "taste": _rise(supply.by_host([firm.taste[host.prefecture] for host in supply.each_host()])),
        "standing": _rise(supply.of_host("standing")),
    }
    return np.sum([firm.weights[name] * part for name, part in parts.items()], axis=0)


def _fit(firm: Firm, supply: Supply) -> Numbers:
    """Say how much of what the park lives by is the firm's trade; the strongest trades of a park count fully."""
    near = supply.clusters.nearest(firm.direction)
    return _rise((supply.by_host(near) - 0.5) / 0.11)


def _chain(firm: Firm, supply: Supply) -> Numbers:
    wanted = {*firm.upstream, *firm.downstream}
    if not wanted:
        return np.full(len(supply.premises), 0.5)
    values = []
    for host in supply.each_host():
        own = {trade.code[:GROUP] for trade in host.cluster}
        near = supply.groups_nearby[host.prefecture]
        values.append(sum(1.0 if group in own else 0.5 if group in near else 0.0 for group in wanted) / len(wanted))
    return supply.by_host(values)


def _room(firm: Firm, supply: Supply) -> Numbers:
    """Say how well the size suits: a little room to grow is best, a hall for ten is a burden."""
    times = np.log(_times(firm, supply))
    return np.exp(-(((times - 0.4) / 1.1) ** 2))


def _times(firm: Firm, supply: Supply) -> Numbers:
    """Return how many times the land or floor that it needs the firm could have."""
    land = supply.column("land_mu") if firm.splits else supply.column("plot_mu")
    times = np.where(supply.is_land, land / firm.land_mu, supply.column("floor_sqm") / firm.floor_sqm)
    return np.maximum(times, 1e-6)


def _price(firm: Firm, supply: Supply) -> Numbers:
    """Return the price of land or floor, in what the firm would pay at most."""
    price = np.where(
        supply.is_land, supply.of_host("land_price") / firm.land_cap, supply.of_host("rent") / firm.rent_cap
    )
    return price * supply.column("price_factor")


def _cost(firm: Firm, supply: Supply) -> Numbers:
    all_in = 0.65 * _price(firm, supply) + 0.35 * supply.of_host("power_price") / firm.power_cap
    return _rise((0.88 - all_in) / 0.1)


def _travel(firm: Firm, supply: Supply) -> Numbers:
    hours = [supply.ground.travel(host.prefecture, firm.city) + _last_leg(host) for host in supply.each_host()]
    return np.exp(-supply.by_host(hours) / firm.patience_hours)


def _last_leg(host: Host) -> float:
    """Return the hours from the station to the county; seats are near, the rest is scattered."""
    return 0.2 if int(host.county[-2:]) < 20 else 0.4 + (int(host.county[-2:]) % 7) * 0.15


def _utilities(firm: Firm, supply: Supply) -> Numbers:
    pairs = [(firm.kva, "kva"), (firm.sewage, "sewage"), (firm.water, "water")]
    spare = [np.log(np.maximum(supply.column(name), 1e-6) / need) for need, name in pairs if need > 0]
    return _rise(np.min(spare, axis=0) / 0.5)


def _days_left(firm: Firm, supply: Supply) -> Numbers:
    return firm.needed_on.toordinal() - supply.ready


def _support(firm: Firm, supply: Supply) -> Numbers:
    return supply.by_host([len(firm.asks & host.grants) / len(firm.asks) for host in supply.each_host()])


# --- What a park makes of a firm --------------------------------------------------------------------------------------


def _park_sum(firm: Firm, supply: Supply) -> Numbers:
    hosts = supply.each_host()
    threshold = supply.of_host("threshold")
    parts = {
        "match": _sought(firm, supply),
        "gap": supply.by_host([_fills_gap(firm, host) for host in hosts]),
        "invest": _rise(np.log(firm.invest_per_mu / threshold) / 0.45),
        "tax": _rise(np.log(firm.tax_per_mu / supply.of_host("tax_threshold")) / 0.6),
        "jobs": np.full(len(supply.premises), 1 - np.exp(-firm.hands / 120)),
        "energy": np.full(len(supply.premises), float(_rise(np.array(-np.log(firm.tce / 1400) / 0.8)))),
        "serious": np.full(len(supply.premises), firm.seriousness),
        "filling": np.minimum(1 / _times(firm, supply), 1.0),
        "liking": _rise(supply.by_host([host.liking[firm.main.division] for host in hosts])),
    }
    appetites = {name: supply.by_host([host.appetites[name] for host in hosts]) for name in parts}
    return np.sum([appetites[name] * part for name, part in parts.items()], axis=0)


def _sought(firm: Firm, supply: Supply) -> Numbers:
    near = supply.sought.nearest(firm.direction)
    return _rise((near - 0.5) / 0.13)


def _fills_gap(firm: Firm, host: Host) -> float:
    if firm.main.group in host.gaps:
        return 1.0
    return 0.35 if any(gap[:DIVISION] == firm.main.division for gap in host.gaps) else 0.0


# --- What can't work --------------------------------------------------------------------------------------------------


def _works(firm: Firm, supply: Supply) -> Bools:
    """Say where nothing that truly holds stands between them."""
    suits = np.array([one.category in SUITS.get(firm.profile_name, FOR_FACTORIES) for one in supply.premises])
    fine = suits & np.where(supply.is_land, firm.by_land, firm.by_floor) & (_times(firm, supply) >= TOLERANCE)
    fine &= supply.is_land | (supply.column("height_m") >= TOLERANCE * firm.height_m)
    fine &= supply.is_land | (supply.column("load") >= TOLERANCE * firm.load)
    fine &= supply.is_land | firm.splits | (supply.column("building_sqm") >= TOLERANCE * firm.building_sqm)
    for name in ("kva", "sewage", "gas"):
        fine &= supply.column(name) >= TOLERANCE * getattr(firm, name)
    fine &= _days_left(firm, supply) >= -PATIENCE_DAYS
    if firm.insists_on_price:
        fine &= _price(firm, supply) <= STRETCH
    if firm.insists_on_power_price:
        fine &= supply.of_host("power_price") <= STRETCH * firm.power_cap
    if firm.dual:
        fine &= np.array([one.dual for one in supply.premises])
    waived = supply.by_host([host.waives or not host.insists_on_threshold for host in supply.each_host()]) > 0
    # Whoever rents floor isn't measured by land.
    fine &= ~supply.is_land | waived | (firm.invest_per_mu >= TOLERANCE * supply.of_host("threshold"))
    if firm.is_hazardous:
        fine &= np.array([one.on_chemical_plot for one in supply.premises])
    return fine & (supply.by_host([_takes(firm, host) for host in supply.each_host()]) > 0)


def _takes(firm: Firm, host: Host) -> bool:
    """Say whether firm and park are possible for each other at all."""
    refused = any(firm.main.code.startswith(code) for code in host.refused)
    elsewhere = bool(firm.must) and host.prefecture not in firm.must
    return not (refused or elsewhere or firm.ports - host.ports or (firm.plates and not host.takes_plating))
