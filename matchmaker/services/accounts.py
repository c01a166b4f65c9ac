"""Accounts: who registers, who signs in, and what they agree to."""

import dataclasses

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.services import passwords, throttle
from models import AuditEvent, AuthSession, Consent, Membership, Organisation, TalentProfile, User, now
from models.vocabulary import N_, ConsentPurpose, MembershipRole, OrganisationType, PostingStatus, Side

# Withdrawing the terms would mean leaving, so only what is voluntary can be withdrawn.
VOLUNTARY = (ConsentPurpose.TALENT_MATCHING,)
SIDE_OF: dict[OrganisationType, Side] = {
    OrganisationType.ENTERPRISE: Side.ENTERPRISE,
    OrganisationType.CHAMBER: Side.ENTERPRISE,
    OrganisationType.INSTITUTION: Side.ENTERPRISE,
    OrganisationType.PARK_AUTHORITY: Side.PARK,
    OrganisationType.GOVERNMENT: Side.PARK,
}


class CannotRegister(ValueError):
    """What was typed can't become an account; its text is a translatable sentence, `field` is where to mend it."""

    field = "email"


class EmailTaken(CannotRegister):
    """Somebody has registered this mail address."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(N_("这个邮箱已经注册过。可以直接登录，或换一个邮箱"))


class OtherSide(CannotRegister):
    """The number belongs to an organisation of another side of the market."""

    field = "number"

    def __init__(self) -> None:
        """Say so."""
        super().__init__(N_("这个号码的单位在平台登记为另一类单位，从注册首页重新选择身份"))


class WrongPassword(ValueError):
    """Mail address and password don't belong together, or there is no such account."""


@dataclasses.dataclass(frozen=True)
class Person:
    """Who registers."""

    email: str
    name: str
    password: str
    phone: str | None = None


@dataclasses.dataclass(frozen=True)
class Body:
    """The organisation that somebody registers for; exactly one of the three numbers is given."""

    type: OrganisationType
    name: str
    uscc: str | None = None
    hong_kong_number: str | None = None
    macao_number: str | None = None
    region_code: str | None = None


def email_key(typed: str) -> str:
    """Return the one spelling under which a mail address is kept and looked for."""
    return typed.strip().lower()


def find(session: Session, email: str) -> User | None:
    """Find an account by its mail address."""
    return session.scalar(select(User).where(User.email == email_key(email)))


def authenticate(session: Session, email: str, password: str, address: str) -> User:
    """Return whose mail address and password these are; raise `WrongPassword` or `TooManyAttempts`.

    An unknown or disabled account takes the same path and the same time as a wrong password. The session
    holds no transaction while the password is compared, since that takes longer than everything else.
    """
    session.rollback()
    key = email_key(email)
    throttle.check(session, key, address)
    user = find(session, key)
    known = user.password_hash if user is not None and user.is_active else None
    session.rollback()
    fits = passwords.fits(known, password)
    throttle.settle(session, key, address, fits)
    if user is None or known is None or not fits:
        raise WrongPassword
    if passwords.is_outdated(known):
        user.password_hash = passwords.hash_password(password)
        session.commit()
    return user


def register_enterprise(session: Session, person: Person, body: Body) -> User:
    """Register somebody of an enterprise, chamber or institution."""
    return _register_for(session, person, body, Side.ENTERPRISE)


def register_park_authority(session: Session, person: Person, body: Body) -> User:
    """Register somebody of a park authority or a department."""
    return _register_for(session, person, body, Side.PARK)


def register_talent(session: Session, person: Person, agrees_to_matching: bool) -> User:
    """Register a talent of the Furong programme, who may agree to be matched now or later."""
    user = _enter(session, person, Side.TALENT)
    if agrees_to_matching:
        session.add(Consent.to(ConsentPurpose.TALENT_MATCHING, user))
    session.commit()
    return user


def create_staff(session: Session, person: Person, is_administrator: bool = False) -> User:
    """Create an account for provincial staff; only a command does this."""
    user = _enter(session, person, Side.STAFF)
    user.is_administrator = is_administrator
    session.commit()
    return user


def change_password(session: Session, user: User, password: str) -> None:
    """Set a new password, and end all visits: whoever knew the old one is out."""
    passwords.judge(password, _names_of(user))
    user.password_hash = passwords.hash_password(password)
    _end_visits(session, user)
    session.add(AuditEvent.of(user, "account.password_changed", "user", user.id))
    session.commit()


def describe(session: Session, user: User, name: str, phone: str | None) -> None:
    """Correct a person's name and phone."""
    user.name, user.phone = name, phone
    session.add(AuditEvent.of(user, "account.described", "user", user.id))
    session.commit()


def disable(session: Session, user: User, actor: User | None) -> None:
    """Close an account: all visits end, and what the person published alone leaves the market."""
    user.is_active = False
    _end_visits(session, user)
    _withdraw_profiles(session, user)
    session.add(AuditEvent.of(actor, "account.disabled", "user", user.id))
    session.commit()


def give_consent(session: Session, user: User, purpose: ConsentPurpose) -> None:
    """Record that a person agrees; agreeing twice changes nothing."""
    if not any(consent.purpose is purpose and consent.is_live for consent in consents_of(session, user)):
        session.add(Consent.to(purpose, user))
        session.add(AuditEvent.of(user, "consent.given", "user", user.id, purpose=purpose.value))
    session.commit()


def withdraw_consent(session: Session, user: User, purpose: ConsentPurpose) -> None:
    """Take a voluntary consent back; a profile that stood on it leaves the market in the same moment."""
    if purpose not in VOLUNTARY:
        raise ValueError(f"{purpose.value} can't be withdrawn")
    for consent in consents_of(session, user):
        if consent.purpose is purpose and consent.is_live:
            consent.withdrawn_at = now()
    _withdraw_profiles(session, user)
    session.add(AuditEvent.of(user, "consent.withdrawn", "user", user.id, purpose=purpose.value))
    session.commit()


def consents_of(session: Session, user: User) -> list[Consent]:
    """List what a person has agreed to, the newest first."""
    return list(session.scalars(select(Consent).where(Consent.user_id == user.id).order_by(Consent.id.desc())))


def _register_for(session: Session, person: Person, body: Body, side: Side) -> User:
    user = _enter(session, person, side, body.name)
    organisation, is_new = _found_or_find(session, body)
    if SIDE_OF[organisation.type] is not side:
        session.rollback()
        raise OtherSide
    # Who comes first administers the organisation; whoever comes later asks to join it.
    user.memberships.append(
        Membership(
            organisation=organisation,
            role=MembershipRole.MANAGER if is_new else MembershipRole.OFFICER,
            approved_at=now() if is_new else None,
        )
    )
    session.flush()
    deed = "organisation.registered" if is_new else "organisation.asked_to_join"
    session.add(AuditEvent.of(user, deed, "organisation", organisation.id))
    session.commit()
    return user


def _enter(session: Session, person: Person, side: Side, *words: str) -> User:
    """Add the person with a hashed password and the terms agreed to; the caller commits."""
    passwords.judge(person.password, (person.email, person.name, *words))
    password_hash = passwords.hash_password(person.password)
    if find(session, person.email) is not None:
        raise EmailTaken
    user = User(
        email=email_key(person.email), name=person.name, phone=person.phone, side=side, password_hash=password_hash
    )
    session.add(user)
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        raise EmailTaken from None
    session.add(Consent.to(ConsentPurpose.TERMS, user))
    session.add(AuditEvent.of(user, "account.registered", "user", user.id, side=side.value))
    return user


def _found_or_find(session: Session, body: Body) -> tuple[Organisation, bool]:
    """Return the organisation of this number, and whether it is new here."""
    if known := _existing(session, body):
        return known, False
    organisation = Organisation(**dataclasses.asdict(body))
    try:
        with session.begin_nested():
            session.add(organisation)
    except IntegrityError:
        # A colleague registered it between our look and our write.
        rival = _existing(session, body)
        assert rival is not None
        return rival, False
    return organisation, True


def _existing(session: Session, body: Body) -> Organisation | None:
    numbers = {name: getattr(body, name) for name in ("uscc", "hong_kong_number", "macao_number")}
    ((name, number),) = ((name, number) for name, number in numbers.items() if number)
    return session.scalar(select(Organisation).where(getattr(Organisation, name) == number))


def _withdraw_profiles(session: Session, user: User) -> None:
    for profile in session.scalars(select(TalentProfile).where(TalentProfile.owner_id == user.id)):
        if profile.status is PostingStatus.PUBLISHED:
            profile.move(PostingStatus.WITHDRAWN)
        elif profile.status is PostingStatus.IN_REVIEW:
            profile.move(PostingStatus.DRAFT)


def _end_visits(session: Session, user: User) -> None:
    session.execute(delete(AuthSession).where(AuthSession.user_id == user.id))


def _names_of(user: User) -> list[str]:
    return [user.email, user.name, *(membership.organisation.name for membership in user.memberships)]
