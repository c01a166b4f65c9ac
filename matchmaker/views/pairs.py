"""The page of one pair: the whole working, for whoever owns one of its sides and for staff."""

from flask import Blueprint, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import and_, or_, select

from matchmaker.access import Rule, allow, may_answer, may_see, owns, refuse, sent, signed_in
from matchmaker.extensions import db, portal
from matchmaker.match_keeper import engine_version
from matchmaker.recommender import judge_pair, of_posting
from matchmaker.recommender.gates.requirements import requirements
from matchmaker.recommender.pairs import PAIRINGS, Pairing
from matchmaker.recommender.parts import SideName
from matchmaker.recommender.sliders import groups_between
from matchmaker.views.pair_words import Pair, written
from matchmaker.views.weighing import Weighing
from models import Interest, Match, Park, PolicyClause, Posting, User, today
from search import SearchError

blueprint = Blueprint("pairs", __name__)

# A number that no database could hold is no posting's.
GREATEST_ID = 2**31 - 1


@blueprint.get("/matches/<int:asking_id>/<answering>")
@allow(Rule.SIGNED_IN)
def show(asking_id: int, answering: str) -> ResponseReturnValue:
    """Show one pair with everything that was compared, so that both sides can read how it was judged."""
    user = signed_in()
    asking, other = _sides(user, asking_id, answering)
    own = _own(user, asking, other)
    weighing = _weighing(asking, other)
    try:
        pair = _judged(asking, other, own, weighing)
    except SearchError:
        return render_template("pairs/away.html", asking=asking, other=other)
    return render_template(
        "pairs/show.html",
        pair=written(pair, weighing.by_group),
        weighing=weighing,
        plain_url=url_for("pairs.show", asking_id=asking_id, answering=answering),
        data_url=url_for("pairs.data", asking_id=asking_id, answering=answering, **weighing.differing),
        interest=_interest(user, asking, other),
        interest_url=_interest_url(asking, other, own),
    )


@blueprint.get("/matches/<int:asking_id>/<answering>.json")
@allow(Rule.SIGNED_IN)
def data(asking_id: int, answering: str) -> ResponseReturnValue:
    """Return what the page of a pair shows as JSON, to whoever may open the page."""
    user = signed_in()
    asking, other = _sides(user, asking_id, answering)
    weighing = _weighing(asking, other)
    try:
        pair = _judged(asking, other, _own(user, asking, other), weighing)
    except SearchError:
        return jsonify({"error": "engine_away"}), 503
    return jsonify(written(pair, weighing.by_group))


def _sides(user: User, asking_id: int, answering: str) -> tuple[Posting, Posting | Park]:
    """Load both sides for somebody who owns one of them and may see the other, or answer 404."""
    asking, other = db().get(Posting, asking_id), _answering(answering)
    if asking is None or other is None or Pairing(asking.kind, _kind(other)) not in PAIRINGS:
        abort(404)
    if not (user.is_staff or _own(user, asking, other)) or not may_see(user, asking):
        refuse("posting", asking.id)
    if isinstance(other, Posting) and not may_see(user, other):
        refuse("posting", other.id)
    return asking, other


def _answering(text: str) -> Posting | Park | None:
    if not (text.isascii() and text.isdecimal()):
        return db().get(Park, text)
    # One address for each pair: "007" is none.
    if text != str(int(text[:10])) or int(text) > GREATEST_ID:
        return None
    return db().get(Posting, int(text))


def _kind(other: Posting | Park) -> str:
    return "park" if isinstance(other, Park) else other.kind


def _own(user: User, asking: Posting, other: Posting | Park) -> tuple[SideName, ...]:
    """Return which sides are the reader's own."""
    keeps = user.acts_for(other.manager_id) if isinstance(other, Park) else owns(user, other)
    return (*(("asking",) if owns(user, asking) else ()), *(("answering",) if keeps else ()))


def _weighing(asking: Posting, other: Posting | Park) -> Weighing:
    """Read the weights of both sides, so that whoever is sent the address reads the same working."""
    groups = groups_between(Pairing(asking.kind, _kind(other)))
    return Weighing.of((*groups["asking"], *groups["answering"]), request.args)


def _judged(asking: Posting, other: Posting | Park, own: tuple[SideName, ...], weighing: Weighing) -> Pair:
    market = portal().market
    found = judge_pair(market, db(), asking, other, weights=weighing.weights)
    kept = select(Match).where(Match.asking_id == asking.id, Match.answering_key == found.id)
    cited = {clause for sentence in (*found.reasons, *found.gaps) for clause in sentence.clauses}
    clauses = db().scalars(select(PolicyClause).where(PolicyClause.id.in_(cited)).order_by(PolicyClause.id))
    settles = found.kind != "talent"
    told = requirements(of_posting(asking, market.parks), market.reference, today()) if settles else []
    return Pair(asking, other, own, found, db().scalar(kept), tuple(told), tuple(clauses), engine_version(market))


def _interest(user: User, asking: Posting, other: Posting | Park) -> Interest | None:
    """Return the latest interest of one of the two sides in the other, to whoever wrote or answers it."""
    if isinstance(other, Park):
        between = and_(Interest.about_id == asking.id, Interest.park_code == other.code)
    else:
        between = or_(
            and_(Interest.about_id == asking.id, Interest.posting_id == other.id),
            and_(Interest.about_id == other.id, Interest.posting_id == asking.id),
        )
    found = db().scalar(select(Interest).where(between).order_by(Interest.id.desc()).limit(1))
    return found if found is not None and (may_answer(user, found) or sent(user, found)) else None


def _interest_url(asking: Posting, other: Posting | Park, own: tuple[SideName, ...]) -> str | None:
    """Return where the owner of one side writes to the other."""
    if own == ("asking",) and asking.is_live:
        if isinstance(other, Park):
            return url_for("interests.new_for_park", code=other.code, about=asking.id)
        return url_for("interests.new", posting_id=other.id, about=asking.id) if other.is_live else None
    if own == ("answering",) and asking.is_live and (isinstance(other, Park) or other.is_live):
        about = None if isinstance(other, Park) else other.id
        return url_for("interests.new", posting_id=asking.id, about=about)
    return None
