"""What the market holds: the live needs and offers, added up and set against each other."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from models import Park, ParkOffer, Position, Posting, Region, RelocationNeed, now
from models.vocabulary import NeedCategory, OfferCategory, PostingStatus, RegionLevel

BUILDINGS = (OfferCategory.STANDARD_FACTORY, OfferCategory.BUILT_TO_SUIT, OfferCategory.INCUBATOR)
# What a factory can move into, and so what power, sewage and workers are asked of.
PREMISES = (OfferCategory.LAND_PLOT, *BUILDINGS, OfferCategory.ENCLAVE_SLOT, OfferCategory.LOGISTICS)


@dataclasses.dataclass(frozen=True, slots=True)
class Side:
    """One side of a balance: the sum of what is stated, by how many postings, and how many say nothing."""

    total: float
    stated: int
    silent: int


@dataclasses.dataclass(frozen=True, slots=True)
class Balance:
    """What is wanted beside what is offered, of one thing; who says nothing counts on neither side."""

    slug: str
    wanted: Side
    offered: Side


@dataclasses.dataclass(frozen=True, slots=True)
class Supply:
    """What the live offers of one park or prefecture come to."""

    offers: int = 0
    land_mu: float = 0
    floor_sqm: float = 0

    def __add__(self, other: "Supply") -> "Supply":
        """Add up two supplies."""
        return Supply(self.offers + other.offers, self.land_mu + other.land_mu, self.floor_sqm + other.floor_sqm)


@dataclasses.dataclass(frozen=True, slots=True)
class Market:
    """The market at one instant."""

    at: dt.datetime
    live: Counter[str]  # by kind of posting
    samples: int  # how many of those are samples
    park_count: int
    supply: dict[str, Supply]  # by park; a park without live offers is not in it
    balances: tuple[Balance, ...]
    prefectures: tuple[tuple[Region, Supply, int], ...]  # all of Hunan's with their parks, the fullest first
    cities: tuple[tuple[Region, int], ...]  # Bay cities, with the needs that come from there


def survey(session: Session, today: dt.date) -> Market:
    """Add up what is live today."""
    counted = session.execute(
        select(Posting.kind, Posting.is_sample, func.count())
        .where(*live(Posting, today))
        .group_by(Posting.kind, Posting.is_sample)
    ).all()
    kinds: Counter[str] = Counter()
    for kind, _is_sample, count in counted:
        kinds[kind] += count
    supply = _supply(session, today)
    return Market(
        at=now(),
        live=kinds,
        samples=sum(count for _kind, is_sample, count in counted if is_sample),
        park_count=session.scalar(select(func.count()).select_from(Park).where(~Park.is_sample)) or 0,
        balances=_balances(session, today, kinds["talent"]),
        supply=supply,
        prefectures=_prefectures(session, supply),
        cities=_cities(session, today),
    )


def live(table: type[Posting], today: dt.date) -> tuple[ColumnElement[bool], ...]:
    """Say in SQL what `Posting.is_live` says of one row."""
    return table.status == PostingStatus.PUBLISHED, or_(table.expires_on.is_(None), table.expires_on >= today)


def _supply(session: Session, today: dt.date) -> dict[str, Supply]:
    is_land = ParkOffer.category == OfferCategory.LAND_PLOT
    rows = session.execute(
        select(
            ParkOffer.park_code,
            func.count(),
            func.sum(case((is_land, ParkOffer.available_area_mu))),
            func.sum(case((ParkOffer.category.in_(BUILDINGS), ParkOffer.floor_area_sqm))),
        )
        .where(*live(ParkOffer, today), ParkOffer.park_code.is_not(None))
        .group_by(ParkOffer.park_code)
    )
    return {code: Supply(count, land or 0, floor or 0) for code, count, land, floor in rows}


def _balances(session: Session, today: dt.date, talents: int) -> tuple[Balance, ...]:
    need, offer = RelocationNeed, ParkOffer
    # A need for land names no floor and the other way round, so only who names neither is silent.
    no_space = and_(need.land_area_mu.is_(None), need.floor_area_sqm.is_(None))
    is_partner = need.category == NeedCategory.ENCLAVE_PARTNER
    wanted = _sides(
        session,
        live(need, today),
        land=(need.land_area_mu, no_space),
        floor=(need.floor_area_sqm, no_space),
        power=(need.power_kva, need.power_kva.is_(None)),
        sewage=(need.sewage_m3_per_day, need.sewage_m3_per_day.is_(None)),
        workers=(need.headcount_needed, need.headcount_needed.is_(None)),
        enclave=(case((is_partner, 1)), false()),
    )
    is_premises = offer.category.in_(PREMISES)
    offered = _sides(
        session,
        live(offer, today),
        land=_within(offer.category == OfferCategory.LAND_PLOT, offer.available_area_mu),
        floor=_within(offer.category.in_(BUILDINGS), offer.floor_area_sqm),
        power=_within(is_premises, offer.power_spare_kva),
        sewage=_within(is_premises, offer.sewage_spare_m3_per_day),
        workers=_within(is_premises, offer.workers_available),
        enclave=_within(offer.category == OfferCategory.ENCLAVE_SLOT, offer.slots),
    )
    posts = _sides(session, live(Position, today), people=(Position.headcount, Position.headcount.is_(None)))
    wanted["people"], offered["people"] = posts["people"], Side(talents, talents, 0)
    return tuple(Balance(slug, wanted[slug], offered[slug]) for slug in wanted)


def _within(condition: ColumnElement[bool], quantity: Any) -> tuple[Any, ColumnElement[bool]]:
    """Return the quantity where the condition holds, and who is silent about it there."""
    return case((condition, quantity)), and_(condition, quantity.is_(None))


def _sides(
    session: Session, where: Iterable[ColumnElement[bool]], **asked: tuple[Any, ColumnElement[bool]]
) -> dict[str, Side]:
    """Read the table once for all sums."""
    columns: list[Any] = []
    for quantity, is_silent in asked.values():
        columns += [func.sum(quantity), func.count(quantity), func.count(case((is_silent, 1)))]
    row = session.execute(select(*columns).where(*where)).one()
    return {slug: Side(row[3 * place] or 0, row[3 * place + 1], row[3 * place + 2]) for place, slug in enumerate(asked)}


def _prefectures(session: Session, supply: dict[str, Supply]) -> tuple[tuple[Region, Supply, int], ...]:
    sums: dict[str, Supply] = {}
    parks: Counter[str] = Counter()
    for code, prefecture, is_sample in session.execute(select(Park.code, Park.prefecture_code, Park.is_sample)):
        sums[prefecture] = sums.get(prefecture, Supply()) + supply.get(code, Supply())
        parks[prefecture] += not is_sample
    regions = session.scalars(select(Region).where(Region.level == RegionLevel.PREFECTURE).order_by(Region.code))
    rows = [(region, sums.get(region.code, Supply()), parks[region.code]) for region in regions]
    return tuple(sorted(rows, key=lambda row: (-row[1].offers, row[0].code)))


def _cities(session: Session, today: dt.date) -> tuple[tuple[Region, int], ...]:
    counted = session.execute(
        select(RelocationNeed.from_city_code, func.count())
        .where(*live(RelocationNeed, today))
        .group_by(RelocationNeed.from_city_code)
    )
    regions = {region.code: region for region in session.scalars(select(Region).where(Region.is_gba))}
    sums: Counter[str] = Counter()
    for code, count in counted:
        region = regions.get(code or "")
        if region is not None:
            # A district counts for its city.
            sums[region.code if region.level is RegionLevel.CITY else region.parent_code or ""] += count
    cities = [(region, sums[region.code]) for region in regions.values() if region.level is RegionLevel.CITY]
    return tuple(sorted(cities, key=lambda row: (-row[1], row[0].code)))
