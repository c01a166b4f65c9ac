"""Who acts for an organisation, and what it says of itself."""

import pytest
from sqlalchemy.orm import Session

from matchmaker.services import organisations as svc
from models import Membership, User
from models.vocabulary import MembershipRole, Side
from tests.cast import Cast


@pytest.fixture
def asking(session: Session, cast: Cast) -> Membership:
    """Let somebody ask to join the enterprise."""
    user = User(email="zhou@example.com", password_hash="-", name="周明", side=Side.ENTERPRISE)
    membership = Membership(user=user, organisation=cast.enterprise, role=MembershipRole.OFFICER)
    session.add(membership)
    session.commit()
    return membership


def test_who_asks_acts_for_nobody_until_the_manager_says_yes(session: Session, cast: Cast, asking: Membership) -> None:
    assert not asking.user.acts_for(cast.enterprise.id)
    svc.approve(session, asking, cast.owner)
    assert asking.user.acts_for(cast.enterprise.id)
    first = asking.approved_at
    svc.approve(session, asking, cast.owner)
    assert asking.approved_at == first


def test_who_is_turned_down_is_out(session: Session, cast: Cast, asking: Membership) -> None:
    user = asking.user
    svc.remove(session, asking, cast.owner)
    session.refresh(user)
    assert user.memberships == []


def test_the_last_manager_stays(session: Session, cast: Cast) -> None:
    (lin,), (he,) = cast.owner.memberships, cast.colleague.memberships
    with pytest.raises(svc.CannotChange):
        svc.remove(session, lin, cast.owner)
    svc.make_manager(session, he, cast.owner)
    svc.remove(session, lin, cast.owner)
    session.refresh(cast.owner)
    assert not cast.owner.acts_for(cast.enterprise.id)
    assert cast.colleague.manages(cast.enterprise.id)


def test_nobody_manages_who_is_not_in_yet(session: Session, cast: Cast, asking: Membership) -> None:
    with pytest.raises(svc.CannotChange):
        svc.make_manager(session, asking, cast.owner)


def test_a_new_name_has_to_be_verified_anew_and_nothing_else_has(session: Session, cast: Cast) -> None:
    assert cast.enterprise.verified_at is not None
    profile = svc.Profile(cast.enterprise.name, "440300", "https://example.com", "做线路板")
    svc.describe(session, cast.enterprise, cast.owner, profile)
    assert cast.enterprise.verified_at is not None
    svc.describe(session, cast.enterprise, cast.owner, svc.Profile("换了名字有限公司", None, None, None))
    assert cast.enterprise.verified_at is None
    assert cast.enterprise in svc.waiting(session)
    svc.verify(session, cast.enterprise, cast.reviewer)
    assert cast.enterprise not in svc.waiting(session)
