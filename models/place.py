"""Regions, parks, zones, and how long it takes to get from one to another."""

import datetime as dt

from sqlalchemy import JSON, BigInteger, Column, Date, Float, ForeignKey, Index, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .account import Organisation, User
from .base import Base, Instant, TermType, Timestamped, next_version, now
from .vocabulary import Answer, ClaimStatus, ParkLevel, ParkType, ParkVerification, RegionLevel, TravelMode

zone_member = Table(
    "zone_member",
    Base.metadata,
    Column("zone_slug", ForeignKey("zone.slug", ondelete="CASCADE"), primary_key=True),
    Column("region_code", ForeignKey("region.code"), primary_key=True),
)


class Region(Base):
    """An administrative division of Hunan or the Greater Bay Area, by its GB/T 2260 code."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    short_name: Mapped[str] = mapped_column(String(20))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    level: Mapped[RegionLevel] = mapped_column(TermType(RegionLevel))
    is_gba: Mapped[bool] = mapped_column(default=False)
    longitude: Mapped[float | None] = mapped_column(Float)
    latitude: Mapped[float | None] = mapped_column(Float)
    # Gross product, only as a measure of size, with the year and source it was read from.
    gdp_yi: Mapped[float | None] = mapped_column(Float)
    gdp_year: Mapped[int | None]
    gdp_source: Mapped[str | None] = mapped_column(String(300))


class Zone(Base):
    """A zone, belt or cluster of the plan, as a set of prefectures."""

    __tablename__ = "zone"

    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    summary: Mapped[str] = mapped_column(Text)
    industries: Mapped[list[str]] = mapped_column(JSON, default=list)
    clause_id: Mapped[str | None] = mapped_column(String(6))
    basis: Mapped[str] = mapped_column(String(300))

    members: Mapped[list[Region]] = relationship(secondary=zone_member, order_by=Region.code)


class TravelLink(Base):
    """How far a prefecture lies from a Bay city, by one mode, and how well that is known."""

    __tablename__ = "travel_link"
    __table_args__ = (UniqueConstraint("from_code", "to_code", "mode"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    from_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)
    to_code: Mapped[str] = mapped_column(ForeignKey("region.code"))
    mode: Mapped[TravelMode] = mapped_column(TermType(TravelMode))
    hours: Mapped[float | None] = mapped_column(Float)
    kilometres: Mapped[float | None] = mapped_column(Float)
    basis: Mapped[str] = mapped_column(String(200))
    is_approximate: Mapped[bool] = mapped_column(default=True)
    confidence: Mapped[str] = mapped_column(String(1))


class Park(Timestamped, Base):
    """A real development zone or enclave park: a directory entry until its manager claims it."""

    __tablename__ = "park"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), index=True)
    alias: Mapped[str | None] = mapped_column(String(120))
    level: Mapped[ParkLevel] = mapped_column(TermType(ParkLevel))
    type: Mapped[ParkType] = mapped_column(TermType(ParkType))
    prefecture_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)
    county_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)
    # The park's own phrases, in its own order: the first is what it lives by.
    leading_industries: Mapped[list[str]] = mapped_column(JSON, default=list)
    chemical_status: Mapped[Answer] = mapped_column(TermType(Answer), default=Answer.UNSURE)
    chemical_as_of: Mapped[dt.date | None] = mapped_column(Date)
    chemical_source: Mapped[str | None] = mapped_column(String(300))
    customs_facilities: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    approved_area_ha: Mapped[float | None] = mapped_column(Float)
    area_basis: Mapped[str | None] = mapped_column(String(200))
    is_enclave: Mapped[bool] = mapped_column(default=False)
    home_region_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    host_park_code: Mapped[str | None] = mapped_column(ForeignKey("park.code"))
    since: Mapped[str | None] = mapped_column(String(20))
    confidence: Mapped[str] = mapped_column(String(1))
    evidence: Mapped[str] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(Text)
    verification: Mapped[ParkVerification] = mapped_column(
        TermType(ParkVerification), default=ParkVerification.DIRECTORY
    )
    verified_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    is_sample: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(BigInteger)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": next_version}

    prefecture: Mapped[Region] = relationship(foreign_keys=[prefecture_code])
    county: Mapped[Region] = relationship(foreign_keys=[county_code])
    manager: Mapped[Organisation | None] = relationship()
    host_park: Mapped["Park | None"] = relationship(remote_side=[code])

    @property
    def search_id(self) -> str:
        """Return the id of this park in the index."""
        return f"park:{self.code}"


class ParkClaim(Timestamped, Base):
    """A park authority's claim that a directory entry is its own."""

    __tablename__ = "park_claim"
    __table_args__ = (Index("ix__park_claim__status", "status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    park_code: Mapped[str] = mapped_column(ForeignKey("park.code"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    claimant_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    evidence: Mapped[str] = mapped_column(Text)
    status: Mapped[ClaimStatus] = mapped_column(TermType(ClaimStatus), default=ClaimStatus.OPEN)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    words: Mapped[str | None] = mapped_column(Text)

    park: Mapped[Park] = relationship()
    organisation: Mapped[Organisation] = relationship()
    claimant: Mapped[User] = relationship(foreign_keys=[claimant_id])

    def confirm(self, by: User) -> None:
        """Give the park to its authority and vouch for the entry."""
        self._decide(ClaimStatus.CONFIRMED, by)
        self.park.manager_id = self.organisation_id
        self.park.verification = ParkVerification.CONFIRMED
        self.park.verified_at = now()

    def refuse(self, by: User, words: str) -> None:
        """Turn the claim down, with words for the claimant."""
        self._decide(ClaimStatus.REFUSED, by)
        self.words = words

    def _decide(self, status: ClaimStatus, by: User) -> None:
        if self.status is not ClaimStatus.OPEN:
            raise ValueError("the claim is decided already")
        self.status, self.decided_by_id, self.decided_at = status, by.id, now()
