"""One desk for every side: what is to be done, one's own postings, and the interests in and out."""

import math
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker import visits
from matchmaker.access import Rule, allow, signed_in
from matchmaker.extensions import db
from matchmaker.kinds import kinds_of
from matchmaker.services import desk, interests, questions
from matchmaker.views.matching import matches_for, new_among, news_of
from models import Posting, User, today

blueprint = Blueprint("desk", __name__)

POSTINGS_ON_PAGE = 20
LETTERS_ON_DESK = 5
DRAFTS_ON_DESK = 5
MATCHED_POSTINGS = 3
TOLD_POSTINGS = 20
NEW_LISTS_ON_DESK = 4
MATCHES_EACH = 3


@blueprint.get("/desk")
@allow(Rule.SIGNED_IN)
def show() -> ResponseReturnValue:
    """Show what waits for this person, without asking the recommender: that follows in a piece of its own."""
    user = signed_in()
    page = _page()
    postings, total = desk.postings(db(), user, page, POSTINGS_ON_PAGE)
    if page > 1 and not postings:
        abort(404)
    papers = desk.Papers(
        received=interests.received(db(), user),
        sent=interests.sent(db(), user),
        drafts=desk.drafts(db(), user),
        claims=desk.claims(db(), user),
    )
    live = desk.newest_live(db(), user, today(), TOLD_POSTINGS)
    return render_template(
        "desk/show.html",
        user=user,
        today=today(),
        tasks=[*desk.tasks(db(), user, today(), papers), *_questions(user)],
        papers=papers,
        drafts=[(draft, *_filled(draft)) for draft in papers.drafts[:DRAFTS_ON_DESK]],
        news=desk.news(db(), user, visits.new_since(), papers),
        matched=news_of(live),
        told=NEW_LISTS_ON_DESK,
        since=visits.previous_visit(),
        postings=postings,
        total=total,
        page=page,
        pages=math.ceil(total / POSTINGS_ON_PAGE),
        page_url=lambda number: url_for("desk.show", page=number if number > 1 else None, _anchor="postings"),
        size=POSTINGS_ON_PAGE,
        letters=LETTERS_ON_DESK,
        kinds=kinds_of(user.side),
        parks=desk.parks(db(), user),
        waiting_for=_waiting_for(user),
        has_live=bool(live),
    )


@blueprint.get("/desk/matches")
@allow(Rule.SIGNED_IN)
def matches() -> ResponseReturnValue:
    """Show the first matches of one's newest live postings: a piece of the desk, or without script a page."""
    postings = desk.newest_live(db(), signed_in(), today(), MATCHED_POSTINGS)
    found = [(posting, matches_for(posting, MATCHES_EACH)) for posting in postings]
    is_piece = request.headers.get("HX-Request") == "true"
    page = "desk/_matches.html" if is_piece else "desk/matches.html"
    return render_template(page, found=found, new=new_among(postings))


@blueprint.get("/desk/interests")
@allow(Rule.SIGNED_IN)
def letters() -> ResponseReturnValue:
    """Show all interests, received and sent."""
    user = signed_in()
    return render_template(
        "desk/interests.html",
        received=interests.received(db(), user),
        sent=interests.sent(db(), user),
        today=today(),
    )


def _questions(user: User) -> list[desk.Task]:
    """Put all that hard conditions ask of this person into one thing to do, the most awaited by name.

    Whoever has said that they aren't sure isn't asked again here every day.
    """
    asked = [] if user.is_staff else questions.questions(db(), user)
    found = [question for question in asked if not question.was_unsure]
    if not found:
        return []
    first = found[0]
    return [desk.Task("questions", first.posting, count=len(found), names=(str(first.waiting), first.field.label))]


def _page() -> int:
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 and int(text) else abort(404)


def _filled(draft: Posting) -> tuple[int, int, list[str]]:
    """Return how many facts must be stated, how many of them are, and what the others are called."""
    fields = draft.fields()
    needed = sum(field.required for field in fields.values())
    missing = draft.missing()
    return needed - len(missing), needed, [_(fields[name].label) for name in missing]


def _waiting_for(user: User) -> Any:
    """Return the organisation whose manager has yet to let this person in, if that is all there is."""
    if user.organisation is not None:
        return None
    return next((membership.organisation for membership in user.memberships), None)
