"""Users, organisations, who belongs to which, and the server's side of being signed in."""

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Instant, TermType, Timestamped
from .vocabulary import MembershipRole, OrganisationType, Side


class Organisation(Timestamped, Base):
    """An enterprise, park authority, department, chamber or institution."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[OrganisationType] = mapped_column(TermType(OrganisationType))
    name: Mapped[str] = mapped_column(String(120))
    # One of the three registrations; staff hold the others to be unverifiable.
    uscc: Mapped[str | None] = mapped_column(String(18), unique=True)
    hong_kong_number: Mapped[str | None] = mapped_column(String(20), unique=True)
    macao_number: Mapped[str | None] = mapped_column(String(20), unique=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    website: Mapped[str | None] = mapped_column(String(200))
    introduction: Mapped[str | None] = mapped_column(String(400))
    verified_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    is_sample: Mapped[bool] = mapped_column(default=False)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="organisation")


class User(Timestamped, Base):
    """A person with an account, on one side of the market."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(200), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str | None] = mapped_column(String(30))
    side: Mapped[Side] = mapped_column(TermType(Side))
    is_administrator: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_sample: Mapped[bool] = mapped_column(default=False)
    last_visit_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="user")

    @property
    def organisations(self) -> list[Organisation]:
        """List the organisations this person may act for."""
        return [membership.organisation for membership in self.memberships if membership.is_approved]

    @property
    def organisation(self) -> Organisation | None:
        """Return the organisation this person acts for, if any."""
        return next(iter(self.organisations), None)

    @property
    def is_staff(self) -> bool:
        """Say whether this is provincial staff."""
        return self.side is Side.STAFF

    def acts_for(self, organisation_id: int | None) -> bool:
        """Say whether this person may act for the organisation."""
        return organisation_id is not None and any(o.id == organisation_id for o in self.organisations)

    def manages(self, organisation_id: int | None) -> bool:
        """Say whether this person administers the organisation's members."""
        return any(
            m.organisation_id == organisation_id and m.is_approved and m.role is MembershipRole.MANAGER
            for m in self.memberships
        )


class Membership(Timestamped, Base):
    """That a user acts for an organisation, once a manager of it has approved."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[MembershipRole] = mapped_column(TermType(MembershipRole), default=MembershipRole.OFFICER)
    approved_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    user: Mapped[User] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship(back_populates="memberships")

    @property
    def is_approved(self) -> bool:
        """Say whether a manager has let this person in."""
        return self.approved_at is not None


class AuthSession(Base):
    """One signed-in browser: the cookie holds a random key, this row holds its hash, so deleting it ends the visit."""

    __tablename__ = "auth_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[dt.datetime] = mapped_column(Instant)
    seen_at: Mapped[dt.datetime] = mapped_column(Instant)

    user: Mapped[User] = relationship()


class SignInAttempt(Base):
    """A failed sign-in, counted per account and address across all workers."""

    __tablename__ = "sign_in_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_hash: Mapped[str] = mapped_column(String(64), index=True)
    address: Mapped[str] = mapped_column(String(45), index=True)
    at: Mapped[dt.datetime] = mapped_column(Instant, index=True)
