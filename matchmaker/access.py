"""Who may do what: one rule per route, and permission as part of loading."""

import enum
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from matchmaker.extensions import db, write_session
from models import AuditEvent, Interest, Introduction, Organisation, Park, Posting, User
from models.vocabulary import Side

View = TypeVar("View", bound=Callable[..., Any])


class Rule(enum.Enum):
    """Who may ask for a route at all; what they then see is decided object by object."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    ENTERPRISE = "enterprise"
    PARK = "park"
    TALENT = "talent"
    STAFF = "staff"
    ADMINISTRATOR = "administrator"

    def admits(self, user: User | None) -> bool:
        """Say whether this visitor passes."""
        if self is Rule.PUBLIC:
            return True
        if user is None:
            return False
        if self is Rule.SIGNED_IN:
            return True
        if self is Rule.ADMINISTRATOR:
            return user.is_administrator
        return user.side == self.value


def allow(rule: Rule) -> Callable[[View], View]:
    """Declare a view's rule; a view without one answers nobody."""

    def declare(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]
        return view

    return declare


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """Return the declared rule of a route; static files are public."""
    if endpoint == "static":
        return Rule.PUBLIC
    return getattr(app.view_functions[endpoint], "access_rule", None)


def actor() -> User | None:
    """Return who is signed in, if anybody."""
    return current_user.user if current_user.is_authenticated else None


def signed_in() -> User:
    """Return who is signed in, where the route's rule has made sure that somebody is."""
    user = actor()
    assert user is not None
    return user


def guard(app: Flask) -> None:
    """Ask every request for its route's rule before the view runs."""

    @app.before_request
    def ask_the_rule() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None
        rule = rule_of(app, request.endpoint)
        if rule is None:
            abort(403)
        if rule.admits(actor()):
            return None
        if actor() is not None:
            _turn_away()
        here = request.full_path.rstrip("?") if request.method == "GET" else url_for("desk.show")
        return redirect(url_for("accounts.sign_in", next=here))


def _turn_away() -> NoReturn:
    """Turn away somebody of another side: from a thing as if it weren't there, from a whole area with a word."""
    for name, value in (request.view_args or {}).items():
        if isinstance(value, int) or name == "code":
            refuse(request.blueprint or "", value)
    abort(403)


def audiences(user: User | None) -> tuple[str, ...]:
    """Return which documents of the index this visitor may be shown."""
    if user is None or user.side is Side.TALENT:
        return ("public",)
    if user.is_staff or user.organisation is not None:
        return ("public", "members")
    return ("public",)


def owns(user: User | None, posting: Posting) -> bool:
    """Say whether this visitor is the posting's owner or acts for its organisation."""
    return posting.belongs_to(user)


def may_see(user: User | None, posting: Posting) -> bool:
    """Say whether this visitor may read the posting."""
    if owns(user, posting) or (user is not None and user.is_staff and posting.submitted_at is not None):
        return True
    return posting.is_live and posting.audience in audiences(user)


def may_see_name(user: User | None, posting: Posting) -> bool:
    """Say whether this visitor may read who stands behind the posting."""
    if owns(user, posting) or (user is not None and user.is_staff):
        return True
    return posting.kind != "talent" and posting.name_is_public


def posting_for(user: User | None, posting_id: int) -> Posting:
    """Load a posting that this visitor may see, or answer 404."""
    posting = db().get(Posting, posting_id)
    if posting is None or not may_see(user, posting):
        refuse("posting", posting_id if posting else None)
    return posting


def own_posting(user: User, posting_id: int) -> Posting:
    """Load a posting that this visitor may change, or answer 404."""
    posting = db().get(Posting, posting_id)
    if posting is None or not owns(user, posting):
        refuse("posting", posting_id if posting else None)
    return posting


def park_for(code: str) -> Park:
    """Load a park of the directory, or answer 404."""
    return db().get(Park, code) or abort(404)


def own_park(user: User, code: str) -> Park:
    """Load a park whose directory entry this visitor keeps, or answer 404."""
    park = park_for(code)
    if not user.acts_for(park.manager_id):
        refuse("park", park.code)
    return park


def may_answer(user: User, interest: Interest) -> bool:
    """Say whether this visitor answers for the side that the interest was sent to."""
    if interest.posting is not None:
        return owns(user, interest.posting)
    assert interest.park is not None
    if interest.park.manager_id is None:
        return user.is_staff
    return user.acts_for(interest.park.manager_id)


def sent(user: User, interest: Interest) -> bool:
    """Say whether this visitor, or a colleague, sent the interest; who left the organisation no longer did."""
    if interest.organisation_id is None:
        return interest.sender_id == user.id
    return user.acts_for(interest.organisation_id)


def interest_for(user: User, interest_id: int) -> Interest:
    """Load an interest that this visitor sent or answers, or answer 404."""
    interest = db().get(Interest, interest_id)
    if interest is None or not (may_answer(user, interest) or sent(user, interest)):
        refuse("interest", interest_id if interest else None)
    return interest


def introduction_for(user: User, introduction_id: int) -> Introduction:
    """Load an introduction that this visitor takes part in, or answer 404."""
    introduction = db().get(Introduction, introduction_id)
    if introduction is None or not (may_answer(user, introduction.interest) or sent(user, introduction.interest)):
        refuse("introduction", introduction_id if introduction else None)
    return introduction


def organisation_for(user: User, organisation_id: int) -> Organisation:
    """Load an organisation whose inside this visitor may see: its members do, and staff; or answer 404."""
    organisation = db().get(Organisation, organisation_id)
    if organisation is None or not (user.acts_for(organisation_id) or user.is_staff):
        refuse("organisation", organisation_id if organisation else None)
    return organisation


def managed_organisation(user: User, organisation_id: int) -> Organisation:
    """Load an organisation whose members this visitor administers, or answer 404.

    Staff may too: the first to register a number may not be the one whom the organisation would send.
    """
    organisation = db().get(Organisation, organisation_id)
    if organisation is None or not (user.manages(organisation_id) or user.is_staff):
        refuse("organisation", organisation_id if organisation else None)
    return organisation


def refuse(kind: str, subject_id: object | None) -> NoReturn:
    """Answer 404 to a stranger, and leave an audit line when the thing exists."""
    if subject_id is not None:
        user_id = current_user.user.id if current_user.is_authenticated else None
        # The request's own session may be a reading one, and is given up: the line has a transaction of its own.
        db().rollback()
        with write_session() as session:
            visitor = session.scalar(select(User).where(User.id == user_id)) if user_id else None
            session.add(AuditEvent.of(visitor, "access.refused", kind, subject_id, path=request.path[:200]))
            session.commit()
    abort(404)
