"""People register, prove who they are, agree and take it back."""

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.services import accounts as svc
from matchmaker.services import passwords, throttle
from models import AuditEvent, AuthSession, Consent, Organisation, OutboxEntry, TalentProfile, User, now
from models.vocabulary import ConsentPurpose, MembershipRole, OrganisationType, PostingStatus, Side
from tests import factories
from tests.cast import PASSWORD, Cast

S = PostingStatus
NEW = "四十七只白鹭飞过洞庭湖面"
ZHOU = svc.Person("Zhou@Example.com ", "周明", NEW, "+852 5550 0000")
BODY = svc.Body(OrganisationType.ENTERPRISE, "珠海示例机械有限公司", hong_kong_number="12345678")


def test_who_registers_an_organisation_first_manages_it(session: Session, cast: Cast) -> None:
    user = svc.register_enterprise(session, ZHOU, BODY)
    assert (user.email, user.side, user.is_administrator) == ("zhou@example.com", Side.ENTERPRISE, False)
    assert user.organisation is not None
    assert user.organisation.hong_kong_number == "12345678"
    assert user.organisation.verified_at is None
    assert user.manages(user.organisation.id)
    assert [consent.purpose for consent in svc.consents_of(session, user)] == [ConsentPurpose.TERMS]


def test_who_comes_with_a_number_that_is_known_asks_to_join(session: Session, cast: Cast) -> None:
    body = svc.Body(OrganisationType.ENTERPRISE, "随便写的名字", uscc=cast.enterprise.uscc)
    user = svc.register_enterprise(session, ZHOU, body)
    (membership,) = user.memberships
    assert membership.organisation.name == cast.enterprise.name
    assert (membership.role, membership.is_approved, user.organisation) == (MembershipRole.OFFICER, False, None)
    assert not user.acts_for(cast.enterprise.id)


def test_an_enterprise_does_not_join_a_park_authority(session: Session, cast: Cast) -> None:
    body = svc.Body(OrganisationType.ENTERPRISE, "随便写的名字", uscc=cast.authority.uscc)
    with pytest.raises(svc.OtherSide):
        svc.register_enterprise(session, ZHOU, body)
    assert svc.find(session, "zhou@example.com") is None


def test_a_mail_address_registers_once_however_it_is_typed(session: Session, cast: Cast) -> None:
    svc.register_talent(session, ZHOU, agrees_to_matching=False)
    with pytest.raises(svc.EmailTaken):
        svc.register_enterprise(session, svc.Person("ZHOU@example.com", "别人", NEW), BODY)
    assert session.scalar(select(func.count()).where(Organisation.hong_kong_number == "12345678")) == 0


def test_a_weak_password_makes_no_account(session: Session, cast: Cast) -> None:
    with pytest.raises(passwords.WeakPassword):
        svc.register_talent(session, svc.Person("zhou@example.com", "周明", "Hunan@2026"), agrees_to_matching=True)
    assert svc.find(session, "zhou@example.com") is None


@pytest.mark.parametrize("agrees", [True, False])
def test_a_talent_agrees_to_be_matched_or_does_not(session: Session, cast: Cast, agrees: bool) -> None:
    user = svc.register_talent(session, ZHOU, agrees_to_matching=agrees)
    purposes = {consent.purpose for consent in svc.consents_of(session, user)}
    assert (ConsentPurpose.TALENT_MATCHING in purposes) is agrees
    assert all(consent.wording_version for consent in svc.consents_of(session, user))


def test_lin_proves_who_she_is(session: Session, cast: Cast) -> None:
    assert svc.authenticate(session, " LIN@example.com", PASSWORD, "198.51.100.7").id == cast.owner.id


@pytest.mark.parametrize("email", ["lin@example.com", "nobody@example.com"])
def test_a_wrong_password_and_an_unknown_address_fail_alike(session: Session, cast: Cast, email: str) -> None:
    for _ in range(5):
        with pytest.raises(svc.WrongPassword):
            svc.authenticate(session, email, "wrong", "198.51.100.7")
    with pytest.raises(throttle.TooManyAttempts):
        svc.authenticate(session, email, PASSWORD, "198.51.100.7")


def test_an_outdated_hash_is_renewed_at_the_next_sign_in(session: Session, cast: Cast) -> None:
    cast.owner.password_hash = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    session.commit()
    user = svc.authenticate(session, "lin@example.com", PASSWORD, "198.51.100.7")
    session.refresh(user)
    assert not passwords.is_outdated(user.password_hash)
    assert passwords.fits(user.password_hash, PASSWORD)


def test_a_new_password_ends_all_visits_of_its_owner_and_nobody_elses(session: Session, cast: Cast) -> None:
    for n, user in enumerate((cast.owner, cast.owner, cast.colleague)):
        session.add(AuthSession(key_hash=f"key{n}", user_id=user.id, started_at=now(), seen_at=now()))
    session.commit()
    svc.change_password(session, cast.owner, NEW)
    assert session.scalars(select(AuthSession.user_id)).all() == [cast.colleague.id]
    assert passwords.fits(cast.owner.password_hash, NEW)


def test_a_disabled_account_proves_nothing_and_its_profile_is_gone(session: Session, cast: Cast) -> None:
    profile = factories.published(factories.talent(cast.talent))
    session.add(profile)
    session.commit()
    svc.disable(session, cast.talent, actor=cast.administrator)
    assert profile.status is S.WITHDRAWN
    with pytest.raises(svc.WrongPassword):
        svc.authenticate(session, cast.talent.email, PASSWORD, "198.51.100.7")


def test_taking_consent_back_takes_the_profile_off_the_market_in_the_same_moment(session: Session, cast: Cast) -> None:
    svc.give_consent(session, cast.talent, ConsentPurpose.TALENT_MATCHING)
    live = factories.published(factories.talent(cast.talent))
    waiting = factories.submitted(factories.talent(cast.talent, title="第二份"))
    others = factories.published(factories.talent(cast.other_talent))
    session.add_all([live, waiting, others])
    session.commit()
    before = session.scalar(select(func.max(OutboxEntry.id))) or 0
    svc.withdraw_consent(session, cast.talent, ConsentPurpose.TALENT_MATCHING)
    session.expire_all()
    assert [p.status for p in (live, waiting, others)] == [S.WITHDRAWN, S.DRAFT, S.PUBLISHED]
    assert all(consent.withdrawn_at for consent in svc.consents_of(session, cast.talent))
    assert session.scalar(select(func.max(OutboxEntry.id))) > before, "the index hears of it"


def test_agreeing_again_is_a_new_consent_and_agreeing_twice_is_one(session: Session, cast: Cast) -> None:
    for act in (svc.give_consent, svc.give_consent, svc.withdraw_consent, svc.give_consent):
        act(session, cast.talent, ConsentPurpose.TALENT_MATCHING)
    states = [consent.is_live for consent in svc.consents_of(session, cast.talent)]
    assert states == [True, False]


def test_the_terms_are_not_taken_back_while_the_account_stands(session: Session, cast: Cast) -> None:
    with pytest.raises(ValueError, match="terms"):
        svc.withdraw_consent(session, cast.talent, ConsentPurpose.TERMS)


def test_the_audit_names_deeds_and_never_a_mail_address_or_phone(session: Session, cast: Cast) -> None:
    user = svc.register_enterprise(session, ZHOU, BODY)
    svc.describe(session, user, "周明明", "+852 5550 1111")
    svc.change_password(session, user, NEW + "二")
    events = session.scalars(select(AuditEvent).where(AuditEvent.actor_id == user.id)).all()
    assert [event.action for event in events] == [
        "account.registered",
        "organisation.registered",
        "account.described",
        "account.password_changed",
    ]
    assert not any(secret in str(event.detail) for event in events for secret in ("zhou", "5550", NEW))


def test_staff_come_from_the_command_only(session: Session, cast: Cast) -> None:
    user = svc.create_staff(session, svc.Person("li@example.com", "李静", NEW), is_administrator=True)
    assert (user.side, user.is_administrator, user.organisation) == (Side.STAFF, True, None)
    assert session.scalar(select(func.count()).select_from(TalentProfile).where(TalentProfile.owner_id == user.id)) == 0
    assert session.scalar(select(Consent.purpose).where(Consent.user_id == user.id)) is ConsentPurpose.TERMS
    assert session.get(User, user.id) is user
