"""Organisations: what they say of themselves, who acts for them, and that staff have verified them."""

import dataclasses

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import AuditEvent, Membership, Organisation, User, now
from models.vocabulary import N_, MembershipRole


class CannotChange(ValueError):
    """A change that would harm the organisation; its text is a translatable sentence."""


@dataclasses.dataclass(frozen=True)
class Profile:
    """What an organisation says of itself."""

    name: str
    region_code: str | None
    website: str | None
    introduction: str | None


def describe(session: Session, organisation: Organisation, actor: User, profile: Profile) -> None:
    """Change the profile; a new name has to be verified anew."""
    if profile.name != organisation.name:
        organisation.verified_at = None
    for name, value in dataclasses.asdict(profile).items():
        setattr(organisation, name, value)
    session.add(AuditEvent.of(actor, "organisation.described", "organisation", organisation.id))
    session.commit()


def approve(session: Session, membership: Membership, actor: User) -> None:
    """Let somebody act for the organisation; approving twice changes nothing."""
    if not membership.is_approved:
        membership.approved_at = now()
        _record(session, actor, "member.approved", membership)
    session.commit()


def make_manager(session: Session, membership: Membership, actor: User) -> None:
    """Let a member administer the organisation's members too."""
    if not membership.is_approved:
        raise CannotChange(N_("先批准加入，再设为管理员"))
    membership.role = MembershipRole.MANAGER
    _record(session, actor, "member.made_manager", membership)
    session.commit()


def remove(session: Session, membership: Membership, actor: User) -> None:
    """End somebody's membership, or turn down who asks to join; the last manager stays."""
    if _is_last_manager(session, membership):
        raise CannotChange(N_("这是唯一的管理员。先把另一位成员设为管理员"))
    _record(session, actor, "member.removed", membership)
    session.delete(membership)
    session.commit()


def verify(session: Session, organisation: Organisation, actor: User) -> None:
    """Record that staff have compared the organisation with its papers."""
    organisation.verified_at = now()
    session.add(AuditEvent.of(actor, "organisation.verified", "organisation", organisation.id))
    session.commit()


def waiting(session: Session) -> list[Organisation]:
    """List the organisations that nobody has verified, the oldest first."""
    unverified = select(Organisation).where(Organisation.verified_at.is_(None), Organisation.is_sample.is_(False))
    return list(session.scalars(unverified.order_by(Organisation.id)))


def _record(session: Session, actor: User, action: str, membership: Membership) -> None:
    subject = membership.organisation_id
    session.add(AuditEvent.of(actor, action, "organisation", subject, member=membership.user_id))


def _is_last_manager(session: Session, membership: Membership) -> bool:
    if membership.role is not MembershipRole.MANAGER or not membership.is_approved:
        return False
    another = select(Membership.id).where(
        Membership.organisation_id == membership.organisation_id,
        Membership.id != membership.id,
        Membership.role == MembershipRole.MANAGER,
        Membership.approved_at.is_not(None),
    )
    return session.scalar(another.limit(1)) is None
