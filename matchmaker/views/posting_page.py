"""The page of one posting: its facts in groups, and for those who may ask, its matches beside them."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from matchmaker import printing
from matchmaker.access import Rule, actor, allow, may_see_name, owns, posting_for
from matchmaker.kinds import KINDS
from matchmaker.views.cards import card_of
from matchmaker.views.matching import matches_beside
from matchmaker.views.postings import blueprint as blueprint
from models import ParkOffer, Posting
from models.vocabulary import Side

# What only the owner reads on the page, since it serves a condition and not a comparison.
PRIVATE = frozenset({"birth_year", "identity", "household_size"})
APART = frozenset({"title", "description"})
Group = tuple[str, list[tuple[str, Any, str]], list[str]]


@blueprint.get("/postings/<int:posting_id>")
@allow(Rule.PUBLIC)
def show(posting_id: int) -> ResponseReturnValue:
    """Show a posting to whoever may see it."""
    posting = posting_for(actor(), posting_id)
    is_own = owns(actor(), posting)
    return render_template(
        "postings/show.html",
        posting=posting,
        card=card_of(posting),
        groups=groups_of(posting, is_own),
        kind=KINDS[posting.kind],
        is_own=is_own,
        name=posting.organisation.name if posting.organisation and may_see_name(actor(), posting) else None,
        may_express=_may_express(posting, is_own),
        incentives=posting.incentives if isinstance(posting, ParkOffer) else [],
        matches=matches_beside(posting),
    )


def groups_of(posting: Posting, is_own: bool) -> list[Group]:
    """Return the facts step by step: title, stated facts with their units, and the labels of what is not stated."""
    groups = []
    for slug, title in KINDS[posting.kind].steps:
        stated, unstated = [], []
        for name, field in posting.fields().items():
            if field.step != slug or name in APART or (name in PRIVATE and not is_own):
                continue
            value = printing.fact(field, getattr(posting, name))
            if value is None:
                unstated.append(_(field.label))
            else:
                stated.append((_(field.label), _as_link(posting, name, value), _(field.unit) if field.unit else ""))
            if name == "home_region_code" and value is not None and isinstance(posting, ParkOffer):
                # Where it lands follows from the park, so nobody is asked.
                stated.append((_("飞入地"), printing.region_name(posting.host_region_code), ""))
        if stated or unstated:
            groups.append((_(title), stated, unstated))
    return groups


def _as_link(posting: Posting, name: str, value: str) -> Any:
    if name == "park_code" and isinstance(posting, ParkOffer):
        return Markup('<a href="/parks/{}">{}</a>').format(posting.park_code, value)
    if getattr(posting, name) == "unsure":
        return Markup('<span class="missing">{}</span>').format(value)
    return value


def _may_express(posting: Posting, is_own: bool) -> bool:
    """Say whether to offer the button; a visitor who is not signed in is led through signing in."""
    user = actor()
    if is_own or not posting.is_live:
        return False
    return user is None or user.side is not Side.STAFF
