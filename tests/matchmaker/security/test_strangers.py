"""A2: whose business a thing is not does not even learn that it exists, and the attempt is written down."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import Database
from models import AuditEvent, Posting, User
from tests.matchmaker.security.conftest import Browser
from tests.matchmaker.security.world import World, address, routes

pytestmark = pytest.mark.sqlite_only

# What anybody whom the rule admits may do with a posting that is on the market.
OPEN_FOR_LIVE = {"postings.show", "interests.new"}
# What anybody whom the rule admits may do with a park of the directory.
OPEN_FOR_PARKS = {"parks.show", "interests.new_for_park", "claims.new"}
# Staff decide on claims and vouch for parks: their rule is all there is to ask.
FOR_ALL_STAFF = {"claims.confirm", "claims.refuse", "parks.confirm"}
METHODS = ("GET", "POST")


def circle(world: World, word: str) -> set[int]:
    """Return whose business an example is, beside whom an endpoint is open to."""
    cast = world.cast
    enterprise, staff = (
        {cast.owner.id, cast.colleague.id},
        {cast.reviewer.id, cast.second_reviewer.id, cast.administrator.id},
    )
    return {
        "posting_id": enterprise,
        # A pair is its two owners' business, and staff may look on.
        "asking_id": enterprise | staff | {cast.manager.id},
        "interest_id": enterprise | {cast.manager.id},
        "introduction_id": enterprise | {cast.outsider.id},
        "organisation_id": enterprise | staff,
        "membership_id": enterprise | staff,
        "code": {cast.manager.id},
    }[word]


def strangers(world: World, word: str) -> list[User]:
    everybody = [*world.cast.everybody.values(), world.applicant]
    return [user for user in everybody if user.id not in circle(world, word)]


class Refusals:
    """Counts the lines that refused looks leave."""

    def __init__(self, database: Database) -> None:
        self.database, self.seen = database, 0

    def new(self) -> list[AuditEvent]:
        """Return what was refused since the last call."""
        with self.database.reading() as session:
            refused = select(AuditEvent).where(AuditEvent.action == "access.refused").order_by(AuditEvent.id)
            fresh = session.scalars(refused.offset(self.seen)).all()
        self.seen += len(fresh)
        return list(fresh)


@pytest.fixture
def refusals(database: Database) -> Refusals:
    return Refusals(database)


def _walk(
    app: Flask,
    world: World,
    browser_of: Browser,
    refusals: Refusals,
    word: str,
    value: object,
    open_endpoints: set[str],
    whom: list[User],
) -> tuple[int, list[str]]:
    """Ask for everything that names the word, as each stranger; return how much was asked, and what was wrong."""
    asked, wrong = 0, []
    for method in METHODS:
        for route in routes(app, method):
            if word not in route.arguments or route.endpoint in open_endpoints | FOR_ALL_STAFF:
                continue
            for user in whom:
                url = address(app, route, **(world.examples(user) | {word: value}))
                client = browser_of(user)
                answer = client.get(url) if method == "GET" else client.press(url, page="/help")
                lines = refusals.new()
                asked += 1
                if answer.status_code != 404:
                    wrong.append(f"{user.name} {method} {url}: {answer.status_code}")
                elif [(line.actor_id, line.detail.get("path")) for line in lines] != [(user.id, url)]:
                    wrong.append(f"{user.name} {method} {url}: {len(lines)} audit lines")
    return asked, wrong


def test_a_draft_exists_for_nobody_but_its_organisation(
    app: Flask, world: World, browser_of: Browser, refusals: Refusals
) -> None:
    asked, wrong = _walk(
        app, world, browser_of, refusals, "posting_id", world.draft.id, set(), strangers(world, "posting_id")
    )
    assert (wrong, asked > 50) == ([], True)


def test_a_live_posting_is_changed_by_nobody_but_its_organisation(
    app: Flask, world: World, browser_of: Browser, refusals: Refusals
) -> None:
    staff = {user.id for user in world.cast.everybody.values() if user.is_staff}
    whom = [user for user in strangers(world, "posting_id") if user.id not in staff]
    asked, wrong = _walk(app, world, browser_of, refusals, "posting_id", world.need.id, OPEN_FOR_LIVE, whom)
    assert (wrong, asked > 30) == ([], True)


def test_a_pair_with_a_draft_exists_for_nobody_but_the_drafts_organisation(
    app: Flask, world: World, browser_of: Browser, refusals: Refusals
) -> None:
    whom = strangers(world, "posting_id")
    asked, wrong = _walk(app, world, browser_of, refusals, "asking_id", world.draft.id, set(), whom)
    assert (wrong, asked > 5) == ([], True)


@pytest.mark.parametrize("word", ["asking_id", "interest_id", "introduction_id", "organisation_id"])
def test_what_two_sides_have_between_them_exists_for_nobody_else(
    app: Flask, world: World, browser_of: Browser, refusals: Refusals, word: str
) -> None:
    value = world.examples(None)[word]
    asked, wrong = _walk(app, world, browser_of, refusals, word, value, set(), strangers(world, word))
    assert (wrong, asked > 5) == ([], True)


def test_a_park_is_kept_by_nobody_but_its_manager(
    app: Flask, world: World, browser_of: Browser, refusals: Refusals
) -> None:
    asked, wrong = _walk(
        app, world, browser_of, refusals, "code", world.cast.park.code, OPEN_FOR_PARKS, [world.cast.other_manager]
    )
    assert (wrong, asked > 0) == ([], True)


def test_a_colleague_who_is_no_manager_changes_no_members(
    app: Flask, world: World, browser_of: Browser, refusals: Refusals
) -> None:
    """He acts for the enterprise, but lets nobody in, nor himself up."""
    url = f"/organisations/{world.cast.enterprise.id}/members/{world.membership.id}/make-manager"
    assert browser_of(world.cast.colleague).press(url, page="/help").status_code == 404
    assert [line.subject_kind for line in refusals.new()] == ["organisation"]


def test_a_membership_of_another_organisation_does_not_exist_below_mine(
    world: World, browser_of: Browser, refusals: Refusals
) -> None:
    """Sun manages her own enterprise, and tries to throw He out of Lin's through it."""
    url = f"/organisations/{world.cast.other_enterprise.id}/members/{world.membership.id}/remove"
    assert browser_of(world.cast.outsider).press(url, page="/help").status_code == 404
    assert [line.subject_kind for line in refusals.new()] == ["membership"]


def test_who_has_left_an_organisation_has_left_its_postings_and_letters(
    session: Session, world: World, browser_of: Browser
) -> None:
    posting = session.get_one(Posting, world.draft.id)
    assert posting.owner_id == world.cast.owner.id
    session.delete(session.get_one(User, world.cast.owner.id).memberships[0])
    session.commit()
    client = browser_of(world.cast.owner)
    assert client.get(f"/postings/{posting.id}").status_code == 404
    assert client.get(f"/interests/{world.interest.id}").status_code == 404
    assert browser_of(world.cast.colleague).get(f"/postings/{posting.id}").status_code == 200


def test_what_does_not_exist_answers_the_same_and_leaves_no_line(
    world: World, browser_of: Browser, refusals: Refusals
) -> None:
    client = browser_of(world.cast.talent)
    hidden = client.get(f"/interests/{world.interest.id}")
    assert len(refusals.new()) == 1
    absent = client.get("/interests/999999")
    assert (absent.status_code, absent.data) == (hidden.status_code, hidden.data)
    assert refusals.new() == []
