"""Proposals as the macros of matches print them: bands, conditions, reasons, and what would make one work."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from matchmaker import printing
from matchmaker.kinds import KINDS
from matchmaker.recommender import Proposal, Recommendation
from matchmaker.recommender.changes import Change
from matchmaker.recommender.gates import Gate
from matchmaker.recommender.parts import CERTAIN_ENOUGH, SideName, side_band
from models import Posting, now
from models.vocabulary import N_, Verdict

# Whom a pair is good for, by the kind that stands on that side.
SIDES = {
    "need": N_("企业"),
    "offer": N_("园区"),
    "park": N_("园区"),
    "position": N_("用人单位"),
    "talent": N_("人才"),
}
# How much of what the score asks for both sides have stated, from this share on.
CERTAINTIES = ((0.7, N_("较全")), (CERTAIN_ENOUGH, N_("一部分")), (0.0, N_("很少")))
# Of the ways to make a failing pair work, a list shows the smallest and one that asks one side alone.
CHANGES_IN_LIST = 2
# Kinds by the column of a gate table that they stand in, and answers that say nothing.
ASKING, ANSWERING = ("need", "position"), ("offer", "park", "talent")
UNSTATED: tuple[Any, ...] = (None, "", [], (), {}, "unsure")

Pair = Callable[[Proposal], str]


def written(found: Recommendation, posting: Posting, is_own: bool, pair_url: Pair) -> dict[str, Any]:
    """Write what was found for a posting; to its owner, the own side is "you"."""
    at = printing.moment(now())
    return {
        "ranked": [_match(match, posting, is_own, at, pair_url(match)) for match in found.passing],
        "failing": [_failing(match, posting, is_own, pair_url(match)) for match in found.failing],
        "considered": found.considered,
        "is_away": False,
        "at": at,
    }


def away() -> dict[str, Any]:
    """Write that the engine is away."""
    return {"ranked": [], "failing": [], "considered": 0, "is_away": True, "at": printing.moment(now())}


def _match(match: Proposal, posting: Posting, is_own: bool, at: str, pair_url: str) -> dict[str, Any]:
    return {
        "rank": match.rank,
        "id": match.id,
        "kind": match.kind,
        "title": match.name,
        "url": _url(match),
        "pair_url": pair_url,
        # Staff look on; who writes an interest writes it for the posting that the list is of.
        "interest_url": _interest_url(match, posting) if is_own else None,
        "sample": match.is_sample,
        "place": place_of(match),
        "overall": match.band,
        "sides": sides_of(match, posting.kind),
        "certainty": certainty_word(match.certainty),
        "needs": needs_of(match.kind, posting.kind),
        "gates": [gate_row(gate, _stated(match, posting)) for gate in match.gates],
        "verdict": match.verdict.value,
        "reasons": [sentence.text(_) for sentence in match.reasons],
        "gaps": [{"kind": sentence.kind, "text": sentence.text(_)} for sentence in match.gaps],
        "next_step": None,
        "computed": _("算于 %(at)s", at=at),
    }


def _url(match: Proposal) -> str:
    _kind, _colon, key = match.id.partition(":")
    if match.kind == "park":
        return url_for("parks.show", code=key)
    return url_for("postings.show", posting_id=int(key))


def _interest_url(match: Proposal, about: Posting) -> str:
    _kind, _colon, key = match.id.partition(":")
    if match.kind == "park":
        return url_for("interests.new_for_park", code=key, about=about.id)
    return url_for("interests.new", posting_id=int(key), about=about.id)


def place_of(match: Proposal) -> str:
    """Name the kind and the place of a candidate."""
    kind = _("园区名录") if match.kind == "park" else _(KINDS[match.kind].label)
    places = (
        [printing.region_name(match.county_code[:4] + "00"), printing.region_name(match.county_code)]
        if match.county_code
        else []
    )
    return " · ".join([kind, *dict.fromkeys(place for place in places if place)])


def kinds_of(match: Proposal, subject_kind: str) -> dict[SideName, str]:
    """Return which kind stands on either side."""
    if match.subject_is == "asking":
        return {"asking": subject_kind, "answering": match.kind}
    return {"asking": match.kind, "answering": subject_kind}


def sides_of(match: Proposal, subject_kind: str) -> list[tuple[str, str]]:
    """Return what the pair is worth to either side, in bands: the two are shown apart, since they may differ."""
    kinds = kinds_of(match, subject_kind)
    return [
        (_("对%(side)s", side=_(SIDES[kinds["asking"]])), side_band(match.asking_side)),
        (_("对%(side)s", side=_(SIDES[kinds["answering"]])), side_band(match.answering_side)),
    ]


def certainty_word(certainty: float) -> str:
    """Say in a word how much of what the score asks for is stated."""
    return _(next(word for least, word in CERTAINTIES if certainty >= least))


def needs_of(*kinds: str) -> str:
    """Head the first column of a gate table: between people and posts, either side may be the one that asks."""
    return _("要求") if "talent" in kinds else _("需求")


def rule_of(gate: Gate) -> str:
    """Return the id of a siting rule; a condition that a side states itself has a name only."""
    return gate.id.partition("-")[0] if gate.id.startswith("HC") else ""


Stated = Callable[[str], bool]


def stated_of(getters: Mapping[str, Callable[[str], Any]]) -> Stated:
    """Return what tells whether a fact such as "need.power_kva" is stated, given how each kind's facts are read."""

    def is_stated(field: str) -> bool:
        kind, _dot, name = field.partition(".")
        # A park of the directory states nothing that an offer would.
        get = getters.get("park" if kind == "offer" and "park" in getters else kind)
        return get is None or kind == "park" or get(name) not in UNSTATED

    return is_stated


def _stated(match: Proposal, posting: Posting) -> Stated:
    return stated_of({match.kind: match.item.get, posting.kind: lambda name: getattr(posting, name, None)})


def gate_row(gate: Gate, is_stated: Stated) -> dict[str, Any]:
    """Write one condition as a row of a gate table."""
    rule = rule_of(gate)
    return {
        "rule": rule,
        "rule_url": url_for("rules.show", rule_id=rule) if rule else None,
        "name": _(gate.title),
        "need": gate.need.text(_) if gate.need else _instead(gate, ASKING, is_stated),
        "offer": gate.limit.text(_) if gate.limit else _instead(gate, ANSWERING, is_stated),
        "offer_owner": _(gate.other),
        "short_by": _("差 %(gap)s", gap=gate.gap.text(_)) if gate.gap else None,
        "verdict": gate.verdict.value,
        "source": gate.source,
        "date": printing.day(gate.as_of),
    }


def _instead(gate: Gate, kinds: Collection[str], is_stated: Stated) -> str | None:
    """Return what stands in a cell without a value: None where that side hasn't stated it, else what the rule says."""
    lacks = any(field.partition(".")[0] in kinds and not is_stated(field) for field in gate.fields)
    if lacks and gate.verdict is not Verdict.PASSES:
        return None
    if gate.verdict is Verdict.UNKNOWN:
        return _("按规则，不看这一方")
    return gate.sentence.text(_).removeprefix(_(gate.title)).lstrip("：: ")


def _failing(match: Proposal, posting: Posting, is_own: bool, pair_url: str) -> dict[str, Any]:
    own: Collection[SideName] = (match.subject_is,) if is_own else ()
    return {
        "title": match.name,
        "url": _url(match),
        "sample": match.is_sample,
        "place": place_of(match),
        "failures": [_failure(gate, match, posting) for gate in match.gates_of(Verdict.FAILS)],
        "remedies": [
            change_words(change, kinds_of(match, posting.kind), own) for change in match.changes[:CHANGES_IN_LIST]
        ],
        "obstacles": [sentence.text(_) for sentence in match.obstacles],
        "remedy_link": (_("看逐项对照"), pair_url),
    }


def _failure(gate: Gate, match: Proposal, posting: Posting) -> dict[str, Any]:
    row = gate_row(gate, _stated(match, posting))
    return row | {"limit": row["offer"]}


def change_words(change: Change, kinds: dict[SideName, str], own: Collection[SideName]) -> list[dict[str, str]]:
    """Say who would have to change what: a line for each side that would."""
    sides: Sequence[SideName] = ("asking", "answering")
    return [
        {
            "who": who(kinds[side], side in own),
            "text": _("；").join(edit.sentence.text(_) for edit in change.edits if edit.side == side),
        }
        for side in sides
        if side in change.sides
    ]


def who(kind: str, is_own: bool) -> str:
    """Name a side as its reader calls it."""
    return _("您") if is_own else _(SIDES[kind])
