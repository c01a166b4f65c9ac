"""Ranked matches on pages: the owner sees them beside the posting, the desk shows the first of each."""

from collections.abc import Sequence
from typing import Any

import structlog
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from matchmaker import visits
from matchmaker.access import Rule, actor, allow, audiences, own_posting, owns, signed_in
from matchmaker.extensions import db, note_session, portal
from matchmaker.kinds import KINDS
from matchmaker.recommender import Proposal, Recommendation, recommend
from matchmaker.recommender.recommend import policy
from matchmaker.services import matches as kept
from matchmaker.services import slates
from matchmaker.views.match_words import away, written
from matchmaker.views.pair_links import url_of_pair
from matchmaker.views.postings import blueprint
from matchmaker.views.weighing import ORDER_SAYS, Weighing
from models import Posting
from models.vocabulary import N_
from search import SearchError

log = structlog.get_logger()

BESIDE = 3
ON_PAGE = 20
FAILING = 10
# What is ranked in one list for each kind of posting: premises and people are never set against each other.
LISTS: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "need": (("premises", N_("载体和园区"), ("offer", "park")), ("talents", N_("人才"), ("talent",))),
    "offer": (("needs", N_("需求"), ("need",)),),
    "position": (("talents", N_("人才"), ("talent",)),),
    "talent": (("positions", N_("岗位"), ("position",)), ("needs", N_("需求"), ("need",))),
}


@blueprint.get("/postings/<int:posting_id>/matches")
@allow(Rule.SIGNED_IN)
def matches(posting_id: int) -> ResponseReturnValue:
    """Show the ranked matches of one's own posting, and apart those that fail a hard condition."""
    posting = own_posting(signed_in(), posting_id)
    lists = LISTS[posting.kind]
    slug, _title, kinds = next((one for one in lists if one[0] == request.args.get("list")), lists[0])
    weighing = Weighing.read(posting.kind, kinds[0], request.args)
    which: dict[str, Any] = {} if slug == lists[0][0] else {"list": slug}
    if weighing.says_more(request.args):
        return redirect(url_for("postings.matches", posting_id=posting.id, **which, **weighing.parameters))
    tabs = [
        (_(title), url_for("postings.matches", posting_id=posting.id, list=other), None, other == slug)
        for other, title, _kinds in lists
    ]
    page = render_template(
        "postings/matches.html",
        posting=posting,
        found=_recommend(posting, kinds, ON_PAGE, FAILING, weighing),
        new=new_among([posting])[posting.id],
        tabs=tabs,
        weighing=weighing,
        which=which,
        order_says=_(ORDER_SAYS[weighing.order]),
    )
    return page, 422 if weighing.form.errors else 200


def matches_beside(posting: Posting) -> dict[str, Any] | None:
    """Return the first matches of a live posting for its owner and for staff; nobody else is shown any."""
    user = actor()
    if not posting.is_live or user is None or not (owns(user, posting) or user.is_staff):
        return None
    return _recommend(posting, LISTS[posting.kind][0][2], BESIDE, BESIDE)


def matches_for(posting: Posting, top: int) -> dict[str, Any]:
    """Return the first matches of one's own live posting for the desk, or that the engine is away."""
    return _recommend(posting, LISTS[posting.kind][0][2], top, 0)


def new_among(postings: Sequence[Posting]) -> dict[int, set[str]]:
    """Return for each of somebody's postings which of its matches came since the last visit.

    What is listed was gated this moment; what was kept only tells which of it is new.
    """
    seen = audiences(actor())
    kinds = {slug for slug, kind in KINDS.items() if kind.model.audience in seen}
    return kept.new_since(db(), postings, visits.new_since(), kinds)


def news_of(postings: Sequence[Posting]) -> list[dict[str, Any]]:
    """Return how many matches are new for each list of somebody's postings, and where it stands; the fullest first."""
    found = [
        {"posting": posting, "list": _(title), "count": count, "url": url_of_list(posting, slug)}
        for posting, new in zip(postings, new_among(postings).values(), strict=True)
        for slug, title, kinds in LISTS[posting.kind]
        if (count := sum(id_.partition(":")[0] in kinds for id_ in new))
    ]
    return sorted(found, key=lambda line: -line["count"])


def url_of_list(posting: Posting, slug: str) -> str:
    """Return where one of the lists of a posting stands; the first needs no name."""
    first = LISTS[posting.kind][0][0]
    return url_for("postings.matches", posting_id=posting.id, list=None if slug == first else slug)


def _recommend(
    posting: Posting, kinds: tuple[str, ...], top: int, failing: int, weighing: Weighing | None = None
) -> dict[str, Any]:
    """Ask the recommender, and write what the macros print; with the engine away, say so instead."""
    try:
        found = recommend(
            portal().market,
            db(),
            posting,
            kinds=kinds,
            audiences=audiences(actor()),
            weights=weighing.weights if weighing else None,
            order=weighing.order if weighing else "match",
            top=top,
            failing=failing,
        )
    except SearchError:
        return away()
    _note(posting, kinds[0], found, weighing)

    def pair_url(match: Proposal) -> str:
        # The pair's page counts by the same weights as the list that leads there.
        return url_of_pair(posting, match.kind, match.id, **(weighing.differing if weighing else {}))

    return written(found, posting, owns(actor(), posting), pair_url)


def _note(posting: Posting, other: str, found: Recommendation, weighing: Weighing | None) -> None:
    """Log what is shown and what it is ordered by, not who looks; a log that fails costs nobody the page."""
    if request.method != "GET" or not found.passing:
        return
    weights, order = (weighing.weights, weighing.order) if weighing else ({}, "match")
    name = policy(portal().market, posting.kind, other, weights, order)
    try:
        with note_session() as session:
            slates.log(session, posting.id, name, [(match.id, match.score) for match in found.passing])
    except SQLAlchemyError:
        log.warning("list not logged", posting=posting.id, exc_info=True)
