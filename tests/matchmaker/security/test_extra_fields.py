"""A4: what a form does not ask for can't be set through it."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from matchmaker.database import Database
from models import Base, Interest, Membership, Organisation, Posting, User
from models.vocabulary import MembershipRole, PostingStatus, Side
from tests.client import Forms
from tests.matchmaker.security.conftest import Browser
from tests.matchmaker.security.world import World, every_address

pytestmark = pytest.mark.sqlite_only

PASSWORD = "四十七只白鹭飞过洞庭湖面"


def poison(world: World) -> dict[str, str]:
    """Return every column name that a person must not set, with a value that would show."""
    return {
        "id": "987654",
        "role": "manager",
        "side": "staff",
        "is_administrator": "1",
        "is_active": "0",
        "is_sample": "1",
        "is_staff": "1",
        "user_id": str(world.cast.administrator.id),
        "owner_id": str(world.cast.outsider.id),
        "owner": str(world.cast.outsider.id),
        "sender_id": str(world.cast.outsider.id),
        "claimant_id": str(world.cast.outsider.id),
        "organisation_id": str(world.cast.other_enterprise.id),
        "manager_id": str(world.cast.other_enterprise.id),
        "status": "published",
        "verification": "confirmed",
        "published_at": "2001-02-03",
        "submitted_at": "2001-02-03",
        "created_at": "2001-02-03",
        "updated_at": "2001-02-03",
        "verified_at": "2001-02-03",
        "approved_at": "2001-02-03",
        "password_hash": "poison",
        "uscc": "91430000MA4L16JQ9C",
        "memberships-0-role": "manager",
        "user.is_administrator": "1",
        "__class__": "poison",
    }


def traces_of_poison(database: Database, world: World) -> list[str]:
    """List what can only stand in the database if some form took more than it asked for."""
    traces = []
    with database.reading() as session:
        for mapper in Base.registry.mappers:
            for row in session.execute(select(mapper.local_table)).mappings():
                if row.get("id") == 987654 or row.get("is_sample") or row.get("password_hash") == "poison":
                    traces.append(f"{mapper.local_table.name}: {dict(row)}")
                traces += [f"{mapper.local_table.name}: {v}" for v in row.values() if "2001-02-03" in str(v)]
        staff = {user.id for user in world.cast.everybody.values() if user.is_staff}
        traces += [
            f"staff: {user.email}" for user in session.scalars(select(User)) if user.is_staff and user.id not in staff
        ]
        traces += [
            f"administrator: {user.email}"
            for user in session.scalars(select(User).where(User.is_administrator))
            if user.id != world.cast.administrator.id
        ]
        mine = select(Posting).where(Posting.owner_id == world.cast.outsider.id)
        traces += [f"given away: {posting.title}" for posting in session.scalars(mine)]
        theirs = select(Posting).where(Posting.organisation_id == world.cast.other_enterprise.id)
        traces += [f"given away: {posting.title}" for posting in session.scalars(theirs)]
    return traces


@pytest.mark.parametrize("role", ["owner", "manager", "talent", "reviewer"])
def test_no_form_of_any_page_takes_more_than_it_asks_for(
    app: Flask, world: World, database: Database, browser_of: Browser, role: str
) -> None:
    """Every form that stands on any page is sent as it stands, with all the poison beside."""
    user = world.people[role]
    sent = 0
    for _, page in every_address(app, world, user):
        with browser_of(user).get(page) as answer:
            forms = Forms(answer.text).found if answer.mimetype == "text/html" else []
        for form in forms:
            if form.method != "post" or form.action == "/sign-out":
                continue
            client = browser_of(user)
            # What the form asks for is its own affair.
            extra = {name: value for name, value in poison(world).items() if name not in form.values}
            data = {**form.values, **extra, "csrf_token": client.token("/help")}
            assert client.post(form.action or page, data=data).status_code < 500
            sent += 1
    assert sent > 5
    assert traces_of_poison(database, world) == []


REGISTRATIONS: dict[str, dict[str, Any]] = {
    "enterprise": {
        "type": "enterprise",
        "organisation": "珠海示例机械有限公司",
        "registered_in": "mainland",
        "number": "91440300999900011A",
    },
    "park": {"type": "park_authority", "organisation": "示例三号产业园管理委员会", "number": "91440300999900011A"},
    "talent": {},
}


@pytest.mark.parametrize("side", REGISTRATIONS)
def test_nobody_registers_as_more_than_the_form_says(
    app: Flask, world: World, database: Database, session: Session, browser_of: Browser, side: str
) -> None:
    person = {"name": "周明", "email": "zhou@example.com", "password": PASSWORD, "terms": "y"}
    answer = browser_of(None).submit(f"/register/{side}", poison(world) | person | REGISTRATIONS[side])
    assert answer.status_code == 302
    user = session.scalars(select(User).where(User.email == "zhou@example.com")).one()
    assert (user.side.value, user.is_administrator, user.is_sample, user.is_active) == (side, False, False, True)
    assert user.organisation is None or user.organisation.verified_at is None
    assert traces_of_poison(database, world) == []


def test_who_joins_an_organisation_does_not_make_himself_its_manager(
    world: World, session: Session, browser_of: Browser
) -> None:
    form = REGISTRATIONS["enterprise"] | {"number": world.cast.enterprise.uscc, "approved": "1", "is_new": "1"}
    person = {"name": "周明", "email": "zhou@example.com", "password": PASSWORD, "terms": "y"}
    browser_of(None).submit("/register/enterprise", poison(world) | person | form)
    user = session.scalars(select(User).where(User.email == "zhou@example.com")).one()
    (membership,) = user.memberships
    assert (membership.organisation_id, membership.role, membership.approved_at) == (
        world.cast.enterprise.id,
        MembershipRole.OFFICER,
        None,
    )
    assert session.get_one(Organisation, world.cast.enterprise.id).name == world.cast.enterprise.name


def test_a_new_posting_is_a_draft_of_ones_own(world: World, session: Session, browser_of: Browser) -> None:
    client = browser_of(world.cast.owner)
    client.submit("/postings/new/need", poison(world) | {"title": "新的一条线"})
    posting = session.scalars(select(Posting).where(Posting.title == "新的一条线")).one()
    assert (posting.owner_id, posting.organisation_id, posting.status, posting.is_sample) == (
        world.cast.owner.id,
        world.cast.enterprise.id,
        PostingStatus.DRAFT,
        False,
    )


def test_an_interest_is_ones_own_and_waits(world: World, session: Session, browser_of: Browser) -> None:
    client = browser_of(world.cast.outsider)
    page = f"/postings/{world.offer.id}/interests/new"
    client.submit(page, poison(world) | {"message": "想约一次看厂", "status": "accepted", "answered_by_id": "1"})
    interest = session.scalars(select(Interest).order_by(Interest.id.desc())).first()
    assert interest is not None
    assert (interest.sender_id, interest.organisation_id, interest.is_waiting) == (
        world.cast.outsider.id,
        world.cast.other_enterprise.id,
        True,
    )


def test_every_protected_column_is_known_by_a_name_that_is_tried(world: World) -> None:
    """A new flag or state of an account or a membership has to be added to the poison."""
    names = {column.key for model in (User, Membership) for column in inspect(model).columns}
    harmless = {"email", "name", "phone", "last_visit_at"}
    assert names - harmless <= set(poison(world))
    assert Side.STAFF.value == poison(world)["side"]
