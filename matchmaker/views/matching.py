"""Ranked matches on pages: the owner sees them beside the posting, the desk shows the first of each."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker import printing
from matchmaker.access import Rule, actor, allow, audiences, own_posting, owns, signed_in
from matchmaker.extensions import db, portal
from matchmaker.kinds import KINDS
from matchmaker.recommender.gates import Gate
from matchmaker.recommender import Proposal, Recommendation, recommend
from matchmaker.recommender.parts import side_band
from matchmaker.views.postings import blueprint
from models import Posting, now
from models.vocabulary import N_, Verdict
from search import SearchError

# Whom a pair is good for, by the kind that stands on that side.
SIDES = {
    "need": N_("企业"),
    "offer": N_("园区"),
    "park": N_("园区"),
    "position": N_("用人单位"),
    "talent": N_("人才"),
}
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
    tabs = [
        (_(title), url_for("postings.matches", posting_id=posting.id, list=other), None, other == slug)
        for other, title, _kinds in lists
    ]
    found = _recommend(posting, kinds, ON_PAGE, FAILING)
    return render_template("postings/matches.html", posting=posting, found=found, tabs=tabs)


def matches_beside(posting: Posting) -> dict[str, Any] | None:
    """Return the first matches of a live posting for its owner and for staff; nobody else is shown any."""
    user = actor()
    if not posting.is_live or user is None or not (owns(user, posting) or user.is_staff):
        return None
    return _recommend(posting, LISTS[posting.kind][0][2], BESIDE, BESIDE)


def matches_for(posting: Posting, top: int) -> dict[str, Any]:
    """Return the first matches of one's own live posting for the desk, or that the engine is away."""
    return _recommend(posting, LISTS[posting.kind][0][2], top, 0)


def _recommend(posting: Posting, kinds: tuple[str, ...], top: int, failing: int) -> dict[str, Any]:
    """Ask the recommender, and write what the macros print; with the engine away, say so instead."""
    try:
        found = recommend(
            portal().market,
            db(),
            posting,
            kinds=kinds,
            audiences=audiences(actor()),
            top=top,
            failing=failing,
        )
    except SearchError:
        return {"ranked": [], "failing": [], "considered": 0, "is_away": True, "at": printing.moment(now())}
    return _written(found, posting.kind)


def _written(found: Recommendation, subject_kind: str) -> dict[str, Any]:
    at = printing.moment(now())
    return {
        "ranked": [_match(match, subject_kind, at) for match in found.passing],
        "failing": [_failing(match) for match in found.failing],
        "considered": found.considered,
        "is_away": False,
        "at": at,
    }


def _url(match: Proposal) -> str:
    _kind, _colon, key = match.id.partition(":")
    if match.kind == "park":
        return url_for("parks.show", code=key)
    return url_for("postings.show", posting_id=int(key))


def _interest_url(match: Proposal) -> str:
    _kind, _colon, key = match.id.partition(":")
    if match.kind == "park":
        return url_for("interests.new_for_park", code=key)
    return url_for("interests.new", posting_id=int(key))


def _place(match: Proposal) -> str:
    kind = _("园区名录") if match.kind == "park" else _(KINDS[match.kind].label)
    places = (
        [printing.region_name(match.county_code[:4] + "00"), printing.region_name(match.county_code)]
        if match.county_code
        else []
    )
    return " · ".join([kind, *dict.fromkeys(place for place in places if place)])


def _match(match: Proposal, subject_kind: str, at: str) -> dict[str, Any]:
    return {
        "rank": match.rank,
        "id": match.id,
        "kind": match.kind,
        "title": match.name,
        "url": _url(match),
        "interest_url": _interest_url(match),
        "sample": match.is_sample,
        "place": _place(match),
        "overall": match.band,
        "sides": sides_of(match, subject_kind),
        "gates": [_gate(gate) for gate in match.gates],
        "verdict": match.verdict.value,
        "reasons": [sentence.text(_) for sentence in match.reasons],
        "gaps": [{"kind": sentence.kind, "text": sentence.text(_)} for sentence in match.gaps],
        "next_step": None,
        "computed": _("算于 %(at)s", at=at),
    }


def sides_of(match: Proposal, subject_kind: str) -> list[tuple[str, str]]:
    """Return what the pair is worth to either side, in bands: the two are shown apart, since they may differ."""
    asking, answering = (subject_kind, match.kind) if match.subject_is == "asking" else (match.kind, subject_kind)
    return [
        (_("对%(side)s", side=_(SIDES[asking])), side_band(match.asking_side)),
        (_("对%(side)s", side=_(SIDES[answering])), side_band(match.answering_side)),
    ]


def _rule(gate: Gate) -> str:
    """Return the id of a siting rule; a condition that a side states itself has a name only."""
    return gate.id.partition("-")[0] if gate.id.startswith("HC") else ""


def _gate(gate: Gate) -> dict[str, Any]:
    return {
        "rule": _rule(gate),
        "name": _(gate.title),
        "need": gate.need.text(_) if gate.need else None,
        "offer": gate.limit.text(_) if gate.limit else None,
        "offer_owner": _("对方"),
        "verdict": gate.verdict.value,
        "source": gate.source,
        "date": printing.day(gate.as_of),
    }


def _failing(match: Proposal) -> dict[str, Any]:
    failures = match.gates_of(Verdict.FAILS)
    return {
        "title": match.name,
        "url": _url(match),
        "sample": match.is_sample,
        "place": _place(match),
        "failures": [
            {
                "rule": _rule(gate),
                "name": _(gate.title),
                "need": gate.need.text(_) if gate.need else None,
                "limit": gate.limit.text(_) if gate.limit else None,
                "short_by": _("差 %(gap)s", gap=gate.gap.text(_)) if gate.gap else None,
                "source": gate.source,
                "date": printing.day(gate.as_of),
            }
            for gate in failures
        ],
        "remedy": failures[0].sentence.text(_) if failures else "",
        "remedy_link": None,
    }
