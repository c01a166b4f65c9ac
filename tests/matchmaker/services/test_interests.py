"""Lin looks at Chen's factory, Chen answers, and Sun learns nothing of it."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.services import interests
from models import AnsweredAlready, AuditEvent, Interest, ParkOffer, RelocationNeed, today
from models.vocabulary import DeclineReason, InterestStatus, PostingStatus
from tests import factories
from tests.cast import Cast


@pytest.fixture
def need(session: Session, cast: Cast) -> RelocationNeed:
    row = factories.published(factories.need(cast.owner, cast.enterprise))
    session.add(row)
    session.commit()
    return row


@pytest.fixture
def offer(session: Session, cast: Cast) -> ParkOffer:
    row = factories.published(factories.offer(cast.manager, cast.park, cast.authority))
    session.add(row)
    session.commit()
    return row


@pytest.fixture
def interest(session: Session, cast: Cast, need: RelocationNeed, offer: ParkOffer) -> Interest:
    return interests.express(session, cast.owner, "想看 3 号厂房", today(), "key-1", posting=offer, about=need)


def test_an_interest_waits_thirty_days_for_its_answer(interest: Interest) -> None:
    assert interest.status is InterestStatus.SENT
    assert interest.expires_on == today() + dt.timedelta(days=30)


def test_the_same_form_sent_twice_sends_one_interest(
    session: Session, cast: Cast, interest: Interest, need: RelocationNeed, offer: ParkOffer
) -> None:
    again = interests.express(session, cast.owner, "想看 3 号厂房", today(), "key-1", posting=offer, about=need)
    assert again.id == interest.id


def test_a_colleague_does_not_ask_again_while_an_answer_is_owed(
    session: Session, cast: Cast, interest: Interest, offer: ParkOffer
) -> None:
    with pytest.raises(interests.CannotExpress):
        interests.express(session, cast.colleague, "我也想看", today(), "key-2", posting=offer)


def test_nobody_asks_for_what_is_their_own(session: Session, cast: Cast, offer: ParkOffer) -> None:
    with pytest.raises(interests.CannotExpress):
        interests.express(session, cast.manager, "自己看自己", today(), "key-3", posting=offer)


def test_nobody_asks_for_what_is_no_longer_there(session: Session, cast: Cast, offer: ParkOffer) -> None:
    offer.move(PostingStatus.WITHDRAWN)
    session.commit()
    with pytest.raises(interests.CannotExpress):
        interests.express(session, cast.owner, "想看厂房", today(), "key-4", posting=offer)


def test_staff_speak_for_nobody(session: Session, cast: Cast, offer: ParkOffer) -> None:
    with pytest.raises(interests.CannotExpress):
        interests.express(session, cast.reviewer, "代看", today(), "key-5", posting=offer)


def test_acceptance_opens_an_introduction_and_is_audited(session: Session, cast: Cast, interest: Interest) -> None:
    introduction = interests.accept(session, interest, cast.manager)
    assert introduction.host_id == cast.manager.id
    assert interest.status is InterestStatus.ACCEPTED
    actions = session.scalars(select(AuditEvent.action).where(AuditEvent.subject_kind == "interest")).all()
    assert actions == ["interest.sent", "interest.accepted"]


def test_declining_tells_the_reason(session: Session, cast: Cast, interest: Interest) -> None:
    interests.decline(session, interest, cast.manager, DeclineReason.UTILITIES, "污水指标用完了")
    assert (interest.status, interest.decline_reason) == (InterestStatus.DECLINED, DeclineReason.UTILITIES)


@pytest.mark.parametrize("second", ["accept", "decline", "withdraw"])
def test_an_answered_interest_stays_answered(session: Session, cast: Cast, interest: Interest, second: str) -> None:
    interests.accept(session, interest, cast.manager)
    with pytest.raises(AnsweredAlready):
        match second:
            case "accept":
                interests.accept(session, interest, cast.manager)
            case "decline":
                interests.decline(session, interest, cast.manager, DeclineReason.OTHER, None)
            case _:
                interests.withdraw(session, interest, cast.owner)


def test_an_interest_nobody_answered_ends_by_itself(session: Session, interest: Interest) -> None:
    assert interests.expire_due(session, today() + dt.timedelta(days=30)) == 0
    assert interests.expire_due(session, today() + dt.timedelta(days=31)) == 1
    assert interest.status is InterestStatus.EXPIRED


def test_each_side_finds_the_interest_on_its_desk_and_the_outsider_does_not(
    session: Session, cast: Cast, interest: Interest
) -> None:
    assert interests.received(session, cast.manager) == [interest]
    assert interests.sent(session, cast.colleague) == [interest]
    assert interests.received(session, cast.outsider) == interests.sent(session, cast.outsider) == []


def test_an_interest_in_an_unclaimed_park_goes_to_staff(session: Session, cast: Cast, need: RelocationNeed) -> None:
    cast.other_park.manager_id = None
    session.commit()
    asked = interests.express(session, cast.owner, "想了解园区", today(), "key-6", park=cast.other_park, about=need)
    assert asked in interests.received(session, cast.reviewer)
    assert asked not in interests.received(session, cast.manager)
