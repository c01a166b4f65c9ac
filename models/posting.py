"""What every side publishes: the columns all kinds share, the lawful moves, versions, reviews and incentives."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    event,
    or_,
)
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from .account import Organisation, User
from .base import Base, Instant, TermType, Timestamped, now, today
from .field import Field, Shape, date, fields_of, number, term, text
from .policy import PolicyClause
from .vocabulary import N_, IncentiveType, PostingLanguage, PostingStatus, ReviewDecision, ReviewReason, Term

S = PostingStatus

# The lawful moves of a posting, in one table: from where, to where.
LAWFUL_MOVES: dict[PostingStatus, tuple[PostingStatus, ...]] = {
    S.DRAFT: (S.IN_REVIEW,),
    S.IN_REVIEW: (S.PUBLISHED, S.DRAFT),
    S.PUBLISHED: (S.WITHDRAWN, S.EXPIRED, S.CLOSED, S.DRAFT),
    S.WITHDRAWN: (S.DRAFT, S.IN_REVIEW),
    S.EXPIRED: (S.DRAFT, S.IN_REVIEW),
    S.CLOSED: (),
}

posting_clause = Table(
    "posting_clause",
    Base.metadata,
    Column("posting_id", ForeignKey("posting.id", ondelete="CASCADE"), primary_key=True),
    Column("clause_id", ForeignKey("policy_clause.id"), primary_key=True, index=True),
)


class UnlawfulMove(ValueError):
    """A move that the table of lawful moves does not hold."""


class Problem:
    """What stands between a posting and its review: a field and a sentence about it."""

    def __init__(self, field: str, message: str, **values: object) -> None:
        """Name the column and say in a translatable sentence what is wrong with it."""
        self.field, self.message, self.values = field, message, values


class Posting(Timestamped, Base):
    """Anything a side publishes; one table per kind joins this one."""

    __tablename__ = "posting"
    # An id is never given twice: the index remembers what was removed under it.
    __table_args__ = (
        Index("ix__posting__status_kind", "status", "kind"),
        Index("ix__posting__updated_at", "updated_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    status: Mapped[PostingStatus] = mapped_column(TermType(PostingStatus), default=S.DRAFT)
    title: Mapped[str] = mapped_column(
        String(80), info={"field": Field(N_("标题"), Shape.TEXT, "about", required=True, length=80)}
    )
    description: Mapped[str | None] = mapped_column(
        Text, info={"field": Field(N_("说明"), Shape.TEXT, "about", required=True, length=4000)}
    )
    language: Mapped[PostingLanguage] = mapped_column(TermType(PostingLanguage), default=PostingLanguage.ZH_HANS)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    name_is_public: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[dt.datetime | None] = mapped_column(Instant, index=True)
    submitted_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    expires_on: Mapped[dt.date | None] = mapped_column(Date, index=True)
    is_sample: Mapped[bool] = mapped_column(default=False)
    # The form that made this posting; a form sent twice finds the first one's posting.
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"polymorphic_on": "kind", "version_id_col": version}

    owner: Mapped[User] = relationship(foreign_keys=[owner_id])
    organisation: Mapped[Organisation | None] = relationship()
    clauses: Mapped[list[PolicyClause]] = relationship(secondary=posting_clause, order_by=PolicyClause.id)
    versions: Mapped[list["PostingVersion"]] = relationship(
        order_by="PostingVersion.version", cascade="all, delete-orphan"
    )
    reviews: Mapped[list["Review"]] = relationship(
        order_by="Review.id", cascade="all, delete-orphan", back_populates="posting"
    )

    letter = "P"
    # Who may find it: everybody, or only those who act for an organisation, and staff.
    audience = "public"

    @property
    def number(self) -> str:
        """Return the number people quote, such as N-2026-0418."""
        year = (self.created_at or now()).year
        return f"{self.letter}-{year}-{self.id:04d}"

    @property
    def search_id(self) -> str:
        """Return the id of this posting in the index."""
        return f"{self.kind}:{self.id}"

    @property
    def is_live(self) -> bool:
        """Say whether the market may see this posting now; a day past its expiry is enough to hide it."""
        return self.status is S.PUBLISHED and (self.expires_on is None or self.expires_on >= today())

    @property
    def is_editable(self) -> bool:
        """Say whether its owner may change its facts as it stands."""
        return self.status is S.DRAFT

    def may_become(self, status: PostingStatus) -> bool:
        """Say whether the move is lawful."""
        return status in LAWFUL_MOVES[self.status]

    def move(self, status: PostingStatus) -> None:
        """Make a lawful move, or raise `UnlawfulMove`."""
        if not self.may_become(status):
            raise UnlawfulMove(f"{self.status.value} -> {status.value}")
        self.status = status
        if status is S.IN_REVIEW:
            self.submitted_at = now()
        if status is S.PUBLISHED:
            self.published_at = now()

    def belongs_to(self, user: User | None) -> bool:
        """Say whether this person acts for the organisation that publishes, or is the owner where there is none.

        Whoever has left the organisation has left its postings behind.
        """
        if user is None or self.organisation_id is None:
            return user is not None and self.owner_id == user.id
        return user.acts_for(self.organisation_id)

    @classmethod
    def belonging_to(cls, user: User) -> ColumnElement[bool]:
        """Ask the same of all postings in a query."""
        alone = and_(cls.organisation_id.is_(None), cls.owner_id == user.id)
        return or_(alone, cls.organisation_id.in_([organisation.id for organisation in user.organisations]))

    @property
    def open_appeal(self) -> "Review | None":
        """Return the decision that the owner objects to, until another one is made."""
        last = self.reviews[-1] if self.reviews else None
        return last if last is not None and last.appeal else None

    def touch(self) -> None:
        """Count a version although no column of the posting itself changed, as when an incentive did."""
        self.updated_at = now()
        # Two changes within one second would else look like none.
        flag_modified(self, "updated_at")

    @classmethod
    def fields(cls) -> dict[str, Field]:
        """Return the described facts of this kind, by column name."""
        return fields_of(cls)

    def facts(self) -> dict[str, Any]:
        """Return the stated facts by field name; an unanswered field is None."""
        return {name: getattr(self, name) for name in self.fields()}

    def missing(self) -> list[str]:
        """List the required fields that are still empty."""
        return [name for name, field in self.fields().items() if field.required and not _is_filled(getattr(self, name))]

    def contradictions(self) -> Iterator[Problem]:
        """Yield what cannot be true together; each kind knows its own."""
        yield from ()

    def snapshot(self) -> dict[str, Any]:
        """Return the facts as JSON, as the history keeps them."""
        return {name: _plain(value) for name, value in self.facts().items()}

    def keep_version(self, moment: dt.datetime) -> None:
        """Keep what the market reads from now on, for whoever asks later."""
        number = max((version.version for version in self.versions), default=0) + 1
        self.versions.append(PostingVersion(version=number, published_at=moment, facts=self.snapshot()))


def _is_filled(value: Any) -> bool:
    return value is not None and value != "" and value != [] and value != {}


def _plain(value: Any) -> Any:
    if isinstance(value, Term):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


@event.listens_for(Session, "before_flush")
def date_what_changed(session: Session, flush: UOWTransaction, instances: object) -> None:
    """Date a posting that changes only in the columns of its kind, which leave the shared row's date as it was.

    Whoever keeps a copy of the market asks for what changed since.
    """
    for row in session.dirty:
        if isinstance(row, Posting) and session.is_modified(row):
            row.updated_at = now()


class PostingVersion(Base):
    """What the market has read of a posting since some moment: when it was published, or a fact was added to it."""

    __tablename__ = "posting_version"
    __table_args__ = (UniqueConstraint("posting_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"), index=True)
    version: Mapped[int] = mapped_column()
    published_at: Mapped[dt.datetime] = mapped_column(Instant)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class Review(Base):
    """One review of a posting: how it ended, why, in which words, and the owner's appeal if there is one."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id", ondelete="CASCADE"), index=True)
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[dt.datetime] = mapped_column(Instant, default=now)
    decision: Mapped[ReviewDecision] = mapped_column(TermType(ReviewDecision))
    reason: Mapped[ReviewReason | None] = mapped_column(TermType(ReviewReason))
    words: Mapped[str | None] = mapped_column(Text)
    appeal: Mapped[str | None] = mapped_column(Text)
    appealed_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    posting: Mapped[Posting] = relationship(back_populates="reviews")
    reviewer: Mapped[User] = relationship()


class Incentive(Base):
    """A structured promise of an offer: what, up to how much, on which condition, by whom, from where."""

    __tablename__ = "incentive"

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("park_offer.id", ondelete="CASCADE"), index=True)
    type: Mapped[IncentiveType] = term(N_("支持类别"), "policy", IncentiveType, required=True)
    summary: Mapped[str] = text(N_("给什么"), "policy", 200, N_("例如 设备投资额的 8%"), required=True)
    cap_wan: Mapped[float | None] = number(N_("最高"), "policy", N_("万元"), 0, 1_000_000)
    condition: Mapped[str | None] = text(N_("条件"), "policy", 200, N_("例如 投产后 12 个月内申报"))
    issuer: Mapped[str | None] = text(N_("发文机关"), "policy", 80)
    valid_from: Mapped[dt.date | None] = date(N_("生效"), "policy")
    valid_to: Mapped[dt.date | None] = date(N_("失效"), "policy")
    source: Mapped[str | None] = text(N_("来源"), "policy", 200, N_("文件名和文号，或网址"))
