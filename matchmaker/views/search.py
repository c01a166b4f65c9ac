"""Finding anything: one list, its facets with counts, all of it in the URL."""

import math
from typing import Any

import structlog
from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import selectin_polymorphic

from matchmaker.access import Rule, actor, allow, may_see
from matchmaker.extensions import db, portal
from matchmaker.kinds import KINDS
from matchmaker.views.cards import card_of
from matchmaker.views.search_address import SIZE, Asked
from matchmaker.views.search_panel import lifts, panel
from models import Park, ParkOffer, PolicyClause, Position, Posting, RelocationNeed, TalentProfile
from models.vocabulary import PostingStatus
from search import BadQuery, Hit, Results, SearchError, find

blueprint = Blueprint("search", __name__)
log = structlog.get_logger()


@blueprint.get("/search")
@allow(Rule.PUBLIC)
def show() -> ResponseReturnValue:
    """Show one page of what the visitor may see."""
    asked = Asked.read(request.args)
    try:
        results = find(portal().engine, portal().encoder, asked.query())
    except BadQuery:
        return _refuse(asked)
    except SearchError as error:
        log.warning("search engine unavailable, answering from the database", error=str(error))
        return _answer_from_database(asked)
    rows = _rows(results.hits)
    found = [_found(hit, rows[hit.id]) for hit in results.hits if hit.id in rows]
    return render_template(
        "search/show.html",
        asked=asked,
        refusal=None,
        found=found,
        results=results,
        pages=math.ceil(min(results.total, 2000) / SIZE),
        lifts=lifts(asked) if not results.total else [],
        **panel(asked, results.facets),
    )


def _refuse(asked: Asked) -> ResponseReturnValue:
    """Say what is wrong with the address, and keep the words in the box."""
    return render_template("search/show.html", asked=asked, refusal=_words(asked), **panel(asked, {})), 400


def _answer_from_database(asked: Asked) -> ResponseReturnValue:
    """Answer with plain words from the rows themselves, and say so."""
    pattern = "%" + asked.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")[:100] + "%"
    query = select(Posting).where(
        Posting.status == PostingStatus.PUBLISHED,
        Posting.kind.in_([asked.kind] if asked.kind in KINDS else list(KINDS)),
        or_(Posting.title.ilike(pattern, escape="\\"), Posting.description.ilike(pattern, escape="\\")),
    )
    newest = query.order_by(Posting.published_at.desc(), Posting.id.desc()).limit(SIZE * 3)
    rows = [row for row in db().scalars(newest) if may_see(actor(), row)][:SIZE]
    hits = tuple(Hit(id=row.search_id, kind=row.kind, version=row.version, score=0) for row in rows)
    return render_template(
        "search/show.html",
        asked=asked,
        refusal=None,
        found=[_found(hit, row) for hit, row in zip(hits, rows, strict=True)],
        results=Results(hits=hits, total=len(hits)),
        pages=1,
        lifts=[],
        is_simple=True,
        **panel(asked, {}),
    )


def _rows(hits: tuple[Hit, ...]) -> dict[str, Posting | Park | PolicyClause]:
    """Load the rows behind the hits, and drop what the visitor may not see by now."""
    keys: dict[str, list[str]] = {}
    for hit in hits:
        kind, _colon, key = hit.id.partition(":")
        keys.setdefault("posting" if kind in KINDS else kind, []).append(key)
    found: list[Posting | Park | PolicyClause] = []
    if "posting" in keys:
        kinds = (RelocationNeed, ParkOffer, TalentProfile, Position)
        query = select(Posting).options(selectin_polymorphic(Posting, kinds))
        ids = [int(key) for key in keys["posting"]]
        found += [row for row in db().scalars(query.where(Posting.id.in_(ids))) if may_see(actor(), row)]
    if "park" in keys:
        found += db().scalars(select(Park).where(Park.code.in_(keys["park"])))
    if "clause" in keys:
        found += db().scalars(select(PolicyClause).where(PolicyClause.id.in_(keys["clause"])))
    return {row.search_id: row for row in found}


def _found(hit: Hit, row: Posting | Park | PolicyClause) -> dict[str, Any]:
    card = card_of(row)
    card["fragments"] = hit.fragments
    card["by_meaning"] = "meaning" in hit.found_by and hit.lexical is None
    return card


def _words(asked: Asked) -> str:
    if len(asked.text) > 100:
        return _("搜索词最多 100 个字，现在 %(now)s 个", now=len(asked.text))
    if asked.page < 1 or asked.page * SIZE > 2000:
        return _("最多翻到第 %(last)s 页。加一个条件，或换一种排序", last=2000 // SIZE)
    return _("这个网址里的条件认不出来")
