"""The reference facts that matching reads, loaded once and kept by the caller."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from matchmaker.recommender.geography import Geography, Place, Travel
from matchmaker.recommender.industry import GROUP, Neighbours, covers
from matchmaker.recommender.likeness import Likeness
from matchmaker.recommender.memory import Memory
from matchmaker.recommender.rules import (
    Area,
    ChemicalArea,
    Restricted,
    Rule,
    acting,
    load_areas,
    load_chemical_areas,
    load_restricted,
    load_rules,
)
from matchmaker.recommender.trades import Trades
from models import Industry, IndustryNeighbour, IndustryTerm, Park, Region, TravelLink, ValueChain, Zone
from models.vocabulary import IndustryLevel, RegionLevel, TravelMode
from search.encoder import Encoder
from search.vectors import VectorCache

__all__ = [
    "Area",
    "Belt",
    "ChemicalArea",
    "Place",
    "Reference",
    "Restricted",
    "Rule",
    "Travel",
    "load_reference",
    "park_text",
]


@dataclasses.dataclass(frozen=True, slots=True)
class Belt:
    """A zone that a prefecture belongs to, and the industries that the plan gives it; none means all."""

    name: str
    codes: tuple[str, ...]

    def is_for(self, codes: Sequence[str]) -> bool:
        """Say whether the plan means one of these industries; a need without any is meant by the open zones."""
        return not self.codes or any(covers(own, code) or covers(code, own) for own in self.codes for code in codes)


@dataclasses.dataclass(frozen=True)
class Reference:
    """Regions, industries, travel, zones, rules, and the texts that likeness is measured with."""

    places: Mapping[str, Place]
    industries: Mapping[str, str]
    terms: Mapping[str, tuple[str, ...]]
    neighbours: Neighbours
    rail: Mapping[tuple[str, str], Travel]
    road: Mapping[tuple[str, str], Travel]
    belts: Mapping[str, tuple[Belt, ...]]  # by prefecture
    rules: Mapping[str, tuple[Rule, ...]]  # by rule, its versions in order
    likeness: Likeness
    restricted: tuple[Restricted, ...] = ()
    areas: Mapping[str, tuple[Area, ...]] = dataclasses.field(default_factory=dict)  # by county
    chemical_areas: tuple[ChemicalArea, ...] = ()
    memory: Memory = dataclasses.field(default_factory=Memory, compare=False)
    _zones_named: dict[tuple[str, ...], list[str]] = dataclasses.field(default_factory=dict, compare=False)

    def rule(self, id_: str, day: dt.date) -> Rule | None:
        """Return the version of a rule that acts that day."""
        return acting(self.rules.get(id_, ()), day)

    @cached_property
    def industry_at(self) -> dict[str, int]:
        """Number the industries, as columns and matrices count them."""
        return {code: at for at, code in enumerate(self.industries)}

    @cached_property
    def place_at(self) -> dict[str, int]:
        """Number the regions, as columns and matrices count them."""
        return {code: at for at, code in enumerate(self.places)}

    def place_code(self, at: int) -> str:
        """Return the code of a region by its number; -1 is none."""
        return self._place_codes[at] if at >= 0 else ""

    @cached_property
    def _place_codes(self) -> list[str]:
        return list(self.places)

    @cached_property
    def contained(self) -> NDArray[np.bool_]:
        """Say of every two regions, by their numbers, whether the first is the second or lies in it.

        The last row and column belong to no region, since columns are padded with -1.
        """
        found = np.zeros((len(self.places) + 1, len(self.places) + 1), bool)
        for code, at in self.place_at.items():
            inside: str | None = code
            while inside:
                place = self.places.get(inside)
                if place is None:
                    break
                found[at, self.place_at[inside]] = True
                inside = place.parent_code
        return found

    @cached_property
    def covering(self) -> NDArray[np.bool_]:
        """Say of every two industries, by their numbers, whether the first is the second or holds it."""
        found = np.zeros((len(self.industries) + 1, len(self.industries) + 1), bool)
        codes = list(self.industries)
        for at, code in enumerate(codes):
            # Codes are prefixes of the codes that they hold.
            found[at, :-1] = [other.startswith(code) for other in codes]
        return found

    @cached_property
    def geography(self) -> Geography:
        """Return what is known of places, as tables."""
        return Geography(self.places, self.place_at, self.rail, self.road)

    @cached_property
    def trades(self) -> Trades:
        """Return how near industries and phrases lie, as matrices."""
        return Trades(self.industries, self.terms, self.neighbours)

    @cached_property
    def zoned(self) -> NDArray[np.bool_]:
        """Say of every place and industry, by their numbers, whether a zone of the plan there means that industry.

        The last column tells of needs without an industry, which the open zones mean.
        """
        found = np.zeros((len(self.places) + 1, len(self.industries) + 1), bool)
        related = self.covering | self.covering.T
        for prefecture, belts in self.belts.items():
            for belt in belts:
                own = [self.industry_at[code] for code in belt.codes if code in self.industry_at]
                meant = related[own].any(axis=0) if belt.codes else np.ones(len(self.industries) + 1, bool)
                found[self.place_at[prefecture]] |= meant
        return found

    @cached_property
    def code_by_digits(self) -> dict[str, str]:
        """Map the digits of a code to the code with the letter of its section."""
        return {code[1:]: code for code in self.industries if len(code) > 1}

    def industry_name(self, code: str) -> str:
        """Print an industry as name and code, as pages do."""
        return f"{self.industries[code]} {code}" if code in self.industries else code

    def group_name(self, code: str) -> str | None:
        """Return the name of a code's group, or of its division if it names nothing narrower."""
        return self.industries.get(code[:GROUP])

    def place_name(self, code: str | None) -> str:
        """Return the short name of a region."""
        place = self.places.get(code or "")
        return place.short_name if place else (code or "")

    def city(self, code: str | None) -> str | None:
        """Return the Bay city that a code names or lies in."""
        place = self.places.get(code or "")
        if place is None:
            return None
        return place.parent_code if place.level == RegionLevel.DISTRICT.value else place.code

    def prefecture(self, code: str | None) -> str | None:
        """Return the prefecture of Hunan that a code names or lies in."""
        place = self.places.get(code or "")
        if place is None:
            return None
        return place.parent_code if place.level == RegionLevel.COUNTY.value else place.code

    def zones_for(self, prefecture: str, codes: Sequence[str]) -> list[str]:
        """Name the zones of a prefecture that the plan means for these industries, the pointed ones first."""
        key = (prefecture, *codes)
        if key not in self._zones_named:
            meant = [belt for belt in self.belts.get(prefecture, ()) if belt.is_for(codes)]
            self._zones_named[key] = [belt.name for belt in sorted(meant, key=lambda belt: not belt.codes)]
        return self._zones_named[key]

    def is_within(self, code: str | None, targets: list[str] | tuple[str, ...]) -> bool:
        """Say whether a region is one of the wanted ones, or lies in one."""
        while code:
            if code in targets:
                return True
            place = self.places.get(code)
            code = place.parent_code if place else None
        return False


def load_reference(session: Session, encoder: Encoder | None, cache: VectorCache | None) -> Reference:
    """Load the reference; without an encoder meanings are not compared, only words and facts."""
    industries = {row.code: row.name for row in session.scalars(select(Industry))}
    groups = session.scalars(
        select(Industry.name).where(Industry.level == IndustryLevel.GROUP).order_by(Industry.code)
    ).all()
    phrases = _terms(session)
    parks = session.scalars(select(Park).order_by(Park.code)).all()
    # A sample market may come and go without moving the figures of real parks.
    real = [park for park in parks if not park.is_sample]
    texts = [park_text(park.name, tuple(park.leading_industries or ())) for park in real]
    phrase_texts = sorted({phrase for park in parks for phrase in park.leading_industries or ()})
    return Reference(
        places=_places(session),
        industries=industries,
        terms=phrases,
        neighbours=_neighbours(session),
        rail=_travel(session, TravelMode.RAIL),
        road=_travel(session, TravelMode.ROAD),
        belts=_belts(session),
        rules=load_rules(session),
        likeness=Likeness(texts, list(industries.values()), list(groups), phrase_texts, encoder, cache),
        restricted=load_restricted(session),
        areas=load_areas(session),
        chemical_areas=load_chemical_areas(session),
    )


def park_text(name: str, leading_industries: tuple[str, ...]) -> str:
    """Return the words that a park is compared by."""
    return "\n".join((name, *leading_industries))


def _places(session: Session) -> dict[str, Place]:
    return {
        row.code: Place(row.code, row.name, row.short_name, row.parent_code, row.level.value, row.is_gba, row.gdp_yi)
        for row in session.scalars(select(Region))
    }


def _terms(session: Session) -> dict[str, tuple[str, ...]]:
    return {row.term: tuple(row.codes) for row in session.scalars(select(IndustryTerm))}


def _neighbours(session: Session) -> dict[str, frozenset[str]]:
    pairs: dict[str, set[str]] = {}
    for row in session.scalars(select(IndustryNeighbour)):
        pairs.setdefault(row.code, set()).add(row.neighbour_code)
        pairs.setdefault(row.neighbour_code, set()).add(row.code)
    return {code: frozenset(others) for code, others in pairs.items()}


def _travel(session: Session, mode: TravelMode) -> dict[tuple[str, str], Travel]:
    rows = session.scalars(select(TravelLink).where(TravelLink.mode == mode))
    return {
        (row.from_code, row.to_code): Travel(
            row.from_code,
            row.to_code,
            row.hours,
            row.kilometres,
            row.basis,
            row.is_approximate,
            row.confidence,
        )
        for row in rows
    }


def _belts(session: Session) -> dict[str, tuple[Belt, ...]]:
    chains = {chain.slug: tuple(chain.codes) for chain in session.scalars(select(ValueChain))}
    found: dict[str, list[Belt]] = {}
    for zone in session.scalars(select(Zone).options(selectinload(Zone.members)).order_by(Zone.slug)):
        codes = dict.fromkeys(code for slug in zone.industries or () for code in chains.get(slug, ()))
        for member in zone.members:
            found.setdefault(member.code, []).append(Belt(zone.name, tuple(codes)))
    return {code: tuple(belts) for code, belts in found.items()}
