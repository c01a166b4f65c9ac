"""GB/T 4754-2017 as a tree, the words people use for it, and the chains of the plan."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, TermType
from .vocabulary import IndustryLevel


class Industry(Base):
    """A section ("C"), division ("C39"), group ("C398") or class ("C3982") of GB/T 4754-2017."""

    __tablename__ = "industry"

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    level: Mapped[IndustryLevel] = mapped_column(TermType(IndustryLevel))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("industry.code"), index=True)


class IndustryTerm(Base):
    """A phrase of the plan, of a park or of the trade, and the codes it stands for."""

    __tablename__ = "industry_term"

    term: Mapped[str] = mapped_column(String(60), primary_key=True)
    codes: Mapped[list[str]] = mapped_column(JSON)
    origin: Mapped[str] = mapped_column(String(40))


class ValueChain(Base):
    """One of the plan's nine value chains or ten industries of the demonstration zone."""

    __tablename__ = "value_chain"

    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10))
    codes: Mapped[list[str]] = mapped_column(JSON)
    clause_id: Mapped[str] = mapped_column(String(6))


class IndustryNeighbour(Base):
    """Two groups that supply each other; stored once, read both ways."""

    __tablename__ = "industry_neighbour"

    code: Mapped[str] = mapped_column(ForeignKey("industry.code"), primary_key=True)
    neighbour_code: Mapped[str] = mapped_column(ForeignKey("industry.code"), primary_key=True)
