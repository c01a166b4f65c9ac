"""What the index knows of each posting, park and clause: one small function per kind.

A document holds nothing that its audience may not read: no name of a talent, no contact, no birth year, and the
organisation's name only where its owner made it public.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models import (
    Industry,
    IndustryTerm,
    Park,
    ParkOffer,
    PolicyClause,
    Position,
    Posting,
    Region,
    RelocationNeed,
    TalentProfile,
    ValueChain,
    Zone,
)
from models.vocabulary import Answer
from search.engine import Document

Terms = dict[str, tuple[str, ...]]
KN_PER_TONNE = 9.80665


@dataclass(frozen=True, slots=True)
class Names:
    """The names and trees that documents are written with, read once per batch."""

    regions: Mapping[str, Region]
    industries: Mapping[str, str]
    zones: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chains: Mapping[str, frozenset[str]] = field(default_factory=dict)
    # What the phrases that parks use stand for in GB/T 4754.
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def load(cls, session: Session) -> "Names":
        """Read the names from the database."""
        zones: dict[str, tuple[str, ...]] = {}
        for zone in session.scalars(select(Zone).options(selectinload(Zone.members))):
            for member in zone.members:
                zones[member.code] = (*zones.get(member.code, ()), zone.slug)
        return cls(
            regions={region.code: region for region in session.scalars(select(Region))},
            industries={row.code: row.name for row in session.execute(select(Industry.code, Industry.name))},
            zones=zones,
            chains={chain.slug: frozenset(chain.codes) for chain in session.scalars(select(ValueChain))},
            phrases={term.term: tuple(term.codes) for term in session.scalars(select(IndustryTerm))},
        )

    def region(self, code: str | None) -> str:
        """Return a region's full name, or nothing."""
        found = self.regions.get(code or "")
        return found.name if found else ""

    def prefecture_of(self, code: str | None) -> str | None:
        """Return the prefecture that a county belongs to, or the prefecture itself."""
        return None if not code else code[:4] + "00"

    def place(self, code: str | None) -> Terms:
        """Return the place facets of a Hunan division."""
        prefecture = self.prefecture_of(code)
        if prefecture is None or code is None:
            return {}
        county = () if code == prefecture else (code,)
        return {"prefecture": (prefecture,), "county": county, "zone": self.zones.get(prefecture, ())}

    def industry(self, codes: Iterable[str] | None) -> Terms:
        """Return industry codes with all their ancestors, and the value chains that hold one of them."""
        tree = tuple(dict.fromkeys(step for code in codes or () for step in ancestors(code)))
        chains = tuple(slug for slug, members in self.chains.items() if members & set(tree))
        return {"industry": tree, "value_chain": chains}

    def industry_names(self, codes: Iterable[str] | None) -> list[str]:
        """Return the names of some codes, where known."""
        return [self.industries[code] for code in codes or () if code in self.industries]


def ancestors(code: str) -> list[str]:
    """Return a code of GB/T 4754 with what stands above it: C3982 -> C, C39, C398, C3982."""
    return [code[:length] for length in (1, 3, 4, 5) if length <= len(code)]


def to_document(row: Posting | Park | PolicyClause, names: Names) -> Document | None:
    """Write the document of a row, or return None when the market may not see it now."""
    match row:
        case RelocationNeed() if row.is_live:
            return _need(row, names)
        case ParkOffer() if row.is_live:
            return _offer(row, names)
        case TalentProfile() if row.is_live:
            return _talent(row, names)
        case Position() if row.is_live:
            return _position(row, names)
        case Park():
            return _park(row, names)
        case PolicyClause():
            return _clause(row)
        case _:
            return None


def _posting(
    row: Posting, terms: Terms, numbers: dict[str, float | None], words: Iterable[str], name: str = ""
) -> Document:
    body = row.description or ""
    extra = " ".join(word for word in words if word)
    organisation = row.organisation.name if row.organisation and row.name_is_public else ""
    shared: Terms = {
        "kind": (row.kind,),
        "clause": tuple(clause.id for clause in row.clauses),
        "status": (row.status.value,),
        "sample": ("yes" if row.is_sample else "no",),
        "organisation": (str(row.organisation_id),) if organisation else (),
    }
    published = row.published_at or row.updated_at
    dated = {"expires_on": _ordinal(row.expires_on), "published_on": _ordinal(published.date())}
    return Document(
        id=row.search_id,
        kind=row.kind,
        version=row.version,
        audiences=(row.audience,),
        title=row.title,
        body=f"{body}\n{extra}",
        names=tuple(word for word in (name, organisation) if word),
        codes=(row.number, *terms.get("industry", ())[-1:]),
        terms={key: value for key, value in (shared | terms).items() if value},
        numbers={key: value for key, value in (numbers | dated).items() if value is not None},
        freshness=published.timestamp(),
        embed_text=f"{row.title}。{body} {extra}",
    )


def _need(row: RelocationNeed, names: Names) -> Document:
    terms: Terms = {
        **names.industry(row.industry_codes),
        "category": _values(row.category),
        "city": _values(row.from_city_code),
        "prefecture": tuple(row.target_prefecture_codes or ()),
        "zone": tuple(
            dict.fromkeys(slug for code in row.target_prefecture_codes or () for slug in names.zones.get(code, ()))
        ),
        "customs": tuple(port for port in row.ports_needed or () if port != "none"),
        "mode": tuple(row.cooperation_modes or ()),
    }
    numbers = {
        "area_mu": row.land_area_mu,
        "floor_area_sqm": row.floor_area_sqm,
        "investment_yi": row.investment_yi,
        "price": row.land_price_cap_wan_per_mu,
        "rent": row.rent_cap_yuan_per_sqm_month,
        "headcount": row.headcount_needed,
        "clear_height_m": row.clear_height_m,
        "floor_load_t_sqm": _tonnes(row.floor_load_kn_sqm),
        "starts_on": _ordinal(row.production_start_on),
    }
    words = [
        *(row.products or ()),
        *(row.processes or ()),
        *names.industry_names(row.industry_codes),
        names.region(row.from_city_code),
        *(names.region(code) for code in row.target_prefecture_codes or ()),
        row.category.label if row.category else "",
    ]
    return _posting(row, terms, numbers, words)


def _offer(row: ParkOffer, names: Names) -> Document:
    park = row.park
    customs = (
        row.customs_facilities if row.customs_facilities is not None else (park.customs_facilities if park else None)
    )
    terms: Terms = {
        **names.industry(row.welcomed_codes),
        **names.place(row.host_region_code),
        "category": _values(row.category),
        "park": _values(row.park_code),
        "park_level": _values(park.level if park else None),
        "customs": tuple(customs or ()),
        "mode": tuple(row.enclave_modes or ()),
        "city": _values(row.home_region_code),
        "chemical": _values(row.in_chemical_area),
    }
    numbers = {
        "area_mu": row.available_area_mu,
        "floor_area_sqm": row.floor_area_sqm,
        "price": row.land_price_wan_per_mu,
        "rent": row.rent_yuan_per_sqm_month,
        "clear_height_m": row.clear_height_m,
        "floor_load_t_sqm": _tonnes(row.floor_load_kn_sqm),
        "available_from": _ordinal(row.available_on),
        "headcount": row.workers_available,
    }
    words = [
        row.category.label if row.category else "",
        *(row.products or ()),
        *names.industry_names(row.welcomed_codes),
        park.name if park else "",
        names.region(park.prefecture_code) if park else "",
        names.region(park.county_code) if park else "",
        *(incentive.summary for incentive in row.incentives),
    ]
    return _posting(row, terms, numbers, words, park.name if park else "")


def _talent(row: TalentProfile, names: Names) -> Document:
    terms: Terms = {
        **names.industry(row.field_codes),
        "prefecture": tuple(row.target_prefecture_codes or ()),
        "city": _values(row.current_city_code),
        "way": tuple(row.ways_of_coming or ()),
        "furong": _values(row.furong_category),
        "tier": _values(row.education),
    }
    numbers = {"salary": row.salary_expected_wan, "available_from": _ordinal(row.available_on)}
    words = [
        *(row.skills or ()),
        *(row.licences or ()),
        *names.industry_names(row.field_codes),
        row.education.label if row.education else "",
        row.title_rank.label if row.title_rank and row.title_rank.value != "none" else "",
    ]
    return _posting(row, terms, numbers, words)


def _position(row: Position, names: Names) -> Document:
    terms: Terms = {
        **names.industry(row.field_codes),
        **names.place(row.region_code),
        "way": tuple(row.ways_of_working or ()),
        "tier": _values(row.education_required),
    }
    numbers = {"salary": row.salary_high_wan or row.salary_low_wan, "headcount": row.headcount}
    words = [
        *(row.skills or ()),
        *(row.licences_required or ()),
        *names.industry_names(row.field_codes),
        names.region(row.region_code),
        row.education_required.label if row.education_required else "",
    ]
    return _posting(row, terms, numbers | {"starts_on": _ordinal(row.start_on)}, words)


def _park(row: Park, names: Names) -> Document:
    place = names.place(row.county_code)
    words = [
        "、".join(row.leading_industries),
        names.region(row.prefecture_code),
        names.region(row.county_code),
        row.level.label,
        row.type.label,
        *(names.region(code) for code in row.home_region_codes),
    ]
    return Document(
        id=row.search_id,
        kind="park",
        version=row.version,
        title=row.name,
        body=" ".join(word for word in words if word),
        names=tuple(word for word in (row.alias, names.region(row.county_code)) if word),
        codes=(row.code,),
        terms={
            key: value
            for key, value in {
                "kind": ("park",),
                **place,
                **names.industry(code for phrase in row.leading_industries for code in names.phrases.get(phrase, ())),
                "park": (row.code,),
                "park_level": (row.level.value,),
                "customs": tuple(row.customs_facilities or ()),
                "city": tuple(row.home_region_codes),
                "chemical": () if row.chemical_status is Answer.UNSURE else (row.chemical_status.value,),
                "sample": ("yes" if row.is_sample else "no",),
            }.items()
            if value
        },
        freshness=row.updated_at.timestamp(),
        embed_text=f"{row.name} {'、'.join(row.leading_industries)}",
    )


def _clause(row: PolicyClause) -> Document:
    return Document(
        id=row.search_id,
        kind="clause",
        version=row.version,
        title=row.title,
        body=f"{row.summary}\n{' '.join(row.keywords)}",
        codes=(row.id,),
        terms={"kind": ("clause",), "clause": (row.id,)},
        embed_text=f"{row.title}。{row.summary}",
    )


def _values(term: str | None) -> tuple[str, ...]:
    return () if term is None else (str(term),)


def _ordinal(day: dt.date | None) -> float | None:
    return None if day is None else float(day.toordinal())


def _tonnes(load: float | None) -> float | None:
    return None if load is None else load / KN_PER_TONNE
