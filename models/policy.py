"""Policy documents and their clauses, which postings link to."""

import datetime as dt

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, next_version


class PolicyDocument(Base):
    """A policy document with its period; it stays searchable after the period, marked so."""

    __tablename__ = "policy_document"

    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    issuer: Mapped[str | None] = mapped_column(String(80))
    number: Mapped[str | None] = mapped_column(String(60))
    valid_from: Mapped[dt.date | None] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    note: Mapped[str | None] = mapped_column(Text)


class PolicyClause(Base):
    """A task ("T9") or sub-clause ("T9b") of a document, summarised in our own words."""

    __tablename__ = "policy_clause"

    id: Mapped[str] = mapped_column(String(6), primary_key=True)
    document_slug: Mapped[str] = mapped_column(ForeignKey("policy_document.slug"))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("policy_clause.id"), index=True)
    task: Mapped[int]
    section: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(40))
    summary: Mapped[str] = mapped_column(Text)
    domain: Mapped[str] = mapped_column(String(20))
    keywords: Mapped[list[str]] = mapped_column(JSON, default=list)
    capability: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(BigInteger)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": next_version}

    document: Mapped[PolicyDocument] = relationship()
    parts: Mapped[list["PolicyClause"]] = relationship(order_by="PolicyClause.id")

    @property
    def search_id(self) -> str:
        """Return the id of this clause in the index."""
        return f"clause:{self.id}"


class FurongCategory(Base):
    """A category of the Furong Talent programme, as dated data; amounts that nobody has verified are not held."""

    __tablename__ = "furong_category"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    scheme: Mapped[str] = mapped_column(String(40))
    definition: Mapped[str | None] = mapped_column(Text)
    age_limit: Mapped[int | None]
    age_limit_verified: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None] = mapped_column(Text)
