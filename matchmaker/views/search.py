"""Finding anything: one list, its facets with counts, all of it in the URL."""

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

import structlog
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import selectin_polymorphic
from werkzeug.datastructures import MultiDict

from matchmaker import printing
from matchmaker.access import Rule, actor, allow, audiences, may_see
from matchmaker.extensions import db, portal
from matchmaker.kinds import KINDS
from matchmaker.views.cards import card_of
from models import (
    FurongCategory,
    Industry,
    Park,
    ParkOffer,
    PolicyClause,
    Position,
    Posting,
    Region,
    RelocationNeed,
    TalentProfile,
    ValueChain,
    Zone,
)
from models.vocabulary import (
    N_,
    CooperationMode,
    Education,
    NeedCategory,
    OfferCategory,
    ParkLevel,
    PortType,
    PostingStatus,
    Term,
    WayOfWorking,
)
from search import BadQuery, Hit, Query, Range, Results, SearchError
from search.finding import find

blueprint = Blueprint("search", __name__)
log = structlog.get_logger()

SIZE = 20
# What stands in the panel for each kind; "" is the list of everything.
FACETS: dict[str, tuple[str, ...]] = {
    "": ("kind", "prefecture", "industry", "customs", "zone", "sample"),
    "need": ("category", "city", "prefecture", "industry", "customs", "mode", "sample"),
    "offer": ("category", "prefecture", "industry", "park_level", "customs", "zone", "mode", "sample"),
    "talent": ("tier", "way", "furong", "city", "prefecture", "industry", "sample"),
    "position": ("prefecture", "industry", "way", "tier", "sample"),
    "park": ("prefecture", "park_level", "industry", "customs", "zone", "chemical", "sample"),
    "clause": (),
}
RANGES: dict[str, tuple[str, ...]] = {
    "": (),
    "need": ("area_mu", "floor_area_sqm", "investment_yi", "headcount"),
    "offer": ("area_mu", "floor_area_sqm", "price", "rent", "clear_height_m"),
    "talent": ("salary",),
    "position": ("salary",),
    "park": (),
    "clause": (),
}
FACET_LABELS = {
    "kind": N_("类别"),
    "category": N_("细类"),
    "prefecture": N_("市州"),
    "county": N_("县市区"),
    "city": N_("大湾区城市"),
    "industry": N_("行业"),
    "value_chain": N_("产业链"),
    "customs": N_("口岸与海关"),
    "zone": N_("区域"),
    "mode": N_("合作方式"),
    "park_level": N_("园区级别"),
    "chemical": N_("化工园区"),
    "way": N_("工作方式"),
    "tier": N_("学历"),
    "furong": N_("芙蓉人才类别"),
    "clause": N_("政策条款"),
    "park": N_("园区"),
    "sample": N_("示例"),
}
RANGE_LABELS = {
    "area_mu": (N_("面积"), N_("亩")),
    "floor_area_sqm": (N_("建筑面积"), N_("㎡")),
    "investment_yi": (N_("投资"), N_("亿元")),
    "price": (N_("地价"), N_("万元/亩")),
    "rent": (N_("租金"), N_("元/㎡·月")),
    "salary": (N_("年薪"), N_("万元")),
    "headcount": (N_("用工"), N_("人")),
    "clear_height_m": (N_("净高"), N_("m")),
}
SORTS = {
    "relevance": N_("相关程度"),
    "newest": N_("最新"),
    "area_mu:desc": N_("面积从大到小"),
    "price:asc": N_("地价从低到高"),
    "rent:asc": N_("租金从低到高"),
    "investment_yi:desc": N_("投资从大到小"),
    "expires_on:asc": N_("快到期的在前"),
}
VOCABULARIES: dict[str, tuple[type[Term], ...]] = {
    "category": (OfferCategory, NeedCategory),
    "customs": (PortType,),
    "mode": (CooperationMode,),
    "park_level": (ParkLevel,),
    "way": (WayOfWorking,),
    "tier": (Education,),
}
KIND_LABELS = {"park": N_("园区"), "clause": N_("政策条款")}


@dataclasses.dataclass(frozen=True)
class Asked:
    """One search as the URL states it; what can't be read is left out and named in `wrong`."""

    text: str
    kind: str
    filters: Mapping[str, tuple[str, ...]]
    ranges: Mapping[str, Range]
    sort: str
    page: int
    view: str
    wrong: tuple[str, ...] = ()

    @classmethod
    def read(cls, arguments: MultiDict[str, str]) -> "Asked":
        """Read the URL."""
        kind = arguments.get("kind", "")
        wrong = []
        ranges = {}
        for name in RANGE_LABELS:
            low, low_ok = _number(arguments.get(f"{name}_min"))
            high, high_ok = _number(arguments.get(f"{name}_max"))
            if not (low_ok and high_ok):
                wrong.append(_("%(label)s只能填数字", label=_(RANGE_LABELS[name][0])))
            if low is not None or high is not None:
                # The panel sends 0 before the box's 1, so the last value tells; a URL that says nothing keeps them.
                keeps = (arguments.getlist(f"{name}_unknown") or ["1"])[-1] != "0"
                ranges[name] = Range(low, high, include_unknown=keeps)
        page = arguments.get("page", "1")
        return cls(
            text=arguments.get("q", "").strip(),
            kind=kind if kind in FACETS else "",
            filters={
                name: tuple(dict.fromkeys(values))
                for name in FACET_LABELS
                if (values := [value for value in arguments.getlist(name) if value]) and name != "kind"
            },
            ranges=ranges,
            sort=arguments.get("sort", "relevance"),
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 0,
            view="table" if arguments.get("view") == "table" else "card",
            wrong=tuple(wrong),
        )

    def query(self) -> Query:
        """Return the bounded query, or raise `BadQuery`."""
        return Query(
            text=self.text,
            kinds=(self.kind,) if self.kind else (),
            filters=self.filters,
            ranges=self.ranges,
            audiences=audiences(actor()),
            sort=self.sort,
            page=self.page,
            size=SIZE,
            facets=FACETS[self.kind],
        )

    def parameters(self) -> dict[str, Any]:
        """Return what the URL must keep, without the page."""
        kept: dict[str, Any] = {"q": self.text or None, "kind": self.kind or None, **self.filters}
        for name, wanted in self.ranges.items():
            kept[f"{name}_min"] = _plain(wanted.low)
            kept[f"{name}_max"] = _plain(wanted.high)
            if not wanted.include_unknown:
                kept[f"{name}_unknown"] = "0"
        kept["sort"] = self.sort if self.sort != "relevance" else None
        kept["view"] = self.view if self.view != "card" else None
        return {name: value for name, value in kept.items() if value}

    def url(self, **changes: Any) -> str:
        """Return the address of this search with some parameters changed."""
        kept = self.parameters() | changes
        return url_for("search.show", **{name: value for name, value in kept.items() if value})


@blueprint.get("/search")
@allow(Rule.PUBLIC)
def show() -> ResponseReturnValue:
    """Show one page of what the visitor may see."""
    asked = Asked.read(request.args)
    try:
        query = asked.query()
    except BadQuery as refusal:
        return render_template(
            "search/show.html", asked=asked, refusal=_words(refusal, asked), **_panel(asked, {})
        ), 400
    try:
        results = portal().engine.search(query)
    except BadQuery as refusal:
        return render_template(
            "search/show.html", asked=asked, refusal=_words(refusal, asked), **_panel(asked, {})
        ), 400
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
        lifts=_lifts(asked) if not results.total else [],
        **_panel(asked, results.facets),
    )


def _refuse(asked: Asked, refusal: BadQuery) -> ResponseReturnValue:
    """Say what is wrong with the address, and keep the words in the box."""
    words = _words(refusal, asked)
    return render_template("search/show.html", asked=asked, refusal=words, **_panel(asked, {})), 400


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
        **_panel(asked, {}),
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


def _panel(asked: Asked, counted: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Return the facets as the macro wants them, the chips, and the tabs of kinds."""
    facets = [_facet(asked, name, counted.get(name, {})) for name in FACETS[asked.kind] if name != "kind"]
    ranges = [_range(asked, name) for name in RANGES[asked.kind]]
    chips = _chips(asked)
    return {
        "facets": [facet for facet in facets if facet["options"]] + ranges,
        "chips": chips,
        "kinds": [(slug, _(kind.label)) for slug, kind in KINDS.items()]
        + [(slug, _(words)) for slug, words in KIND_LABELS.items()],
        "kind_counts": counted.get("kind", {}),
        "sorts": [(value, _(words)) for value, words in SORTS.items()],
        "page_url": lambda page: asked.url(page=page if page > 1 else None),
    }


def _facet(asked: Asked, name: str, counts: Mapping[str, int]) -> dict[str, Any]:
    chosen = asked.filters.get(name, ())
    values = [value for value in counts if name != "industry" or len(value) in (1, 3)]
    values += [value for value in chosen if value not in values]
    labels = {value: label(name, value) for value in values}
    order = sorted(values, key=lambda value: (-counts.get(value, 0), value))
    return {
        "name": name,
        "title": _(FACET_LABELS[name]),
        "open": bool(chosen) or name in ("category", "prefecture"),
        "options": [
            {"value": value, "label": labels[value], "count": counts.get(value, 0), "checked": value in chosen}
            for value in order[:40]
        ],
    }


def _range(asked: Asked, name: str) -> dict[str, Any]:
    title, unit = RANGE_LABELS[name]
    wanted = asked.ranges.get(name)
    return {
        "name": name,
        "title": _(title),
        "open": wanted is not None,
        "range": {
            "low_name": f"{name}_min",
            "low": _plain(wanted.low) if wanted else "",
            "high_name": f"{name}_max",
            "high": _plain(wanted.high) if wanted else "",
            "unit": _(unit),
            "unknown_name": f"{name}_unknown",
            "unknown_checked": wanted is None or wanted.include_unknown,
            "unknown_count": None,
        },
    }


def _chips(asked: Asked) -> list[tuple[str, str]]:
    chips = []
    for name, values in asked.filters.items():
        for value in values:
            rest = tuple(other for other in values if other != value)
            words = _("%(facet)s：%(value)s", facet=_(FACET_LABELS[name]), value=label(name, value))
            chips.append((words, asked.url(**{name: rest})))
    for name, wanted in asked.ranges.items():
        title, unit = RANGE_LABELS[name]
        ends = f"{_plain(wanted.low) or '…'}–{_plain(wanted.high) or '…'} {_(unit)}"
        chips.append(
            (f"{_(title)} {ends}", asked.url(**{f"{name}_min": None, f"{name}_max": None, f"{name}_unknown": None}))
        )
    return chips


def _count(query: Query) -> int:
    return find(portal().engine, portal().encoder, dataclasses.replace(query, facets=(), page=1, size=1)).total


def _without(name: str) -> dict[str, None]:
    return {f"{name}_min": None, f"{name}_max": None, f"{name}_unknown": None}


def _lifts(asked: Asked) -> list[tuple[str, str, int]]:
    """Say which single condition to drop, and how many results that brings."""
    lifts = []
    query = asked.query()
    for name, values in asked.filters.items():
        rest = {key: value for key, value in asked.filters.items() if key != name}
        total = _count(dataclasses.replace(query, filters=rest))
        if total:
            words = "、".join(label(name, value) for value in values)
            lifts.append((words, asked.url(**{name: None}), total))
    for name in asked.ranges:
        left = {key: value for key, value in asked.ranges.items() if key != name}
        total = _count(dataclasses.replace(query, ranges=left))
        if total:
            lifts.append((_(RANGE_LABELS[name][0]), asked.url(**_without(name)), total))
    if asked.kind:
        total = _count(dataclasses.replace(query, kinds=()))
        if total:
            lifts.append((_("类别"), asked.url(kind=None), total))
    return sorted(lifts, key=lambda lift: -lift[2])


def label(name: str, value: str) -> str:
    """Return the words for a facet's value."""
    for vocabulary in VOCABULARIES.get(name, ()):
        for term in vocabulary:
            if term.value == value:
                return _(term.label)
    match name:
        case "kind":
            return _(KINDS[value].label) if value in KINDS else _(KIND_LABELS.get(value, value))
        case "prefecture" | "county" | "city":
            region = db().get(Region, value) if len(value) <= 6 else None
            return region.short_name if region else value
        case "industry":
            industry = db().get(Industry, value)
            return f"{value} {industry.name}" if industry else value
        case "zone":
            zone = db().get(Zone, value)
            return zone.name if zone else value
        case "value_chain":
            chain = db().get(ValueChain, value)
            return chain.name if chain else value
        case "furong":
            category = db().get(FurongCategory, value)
            return category.name if category else value
        case "park":
            park = db().get(Park, value)
            return park.name if park else value
        case "sample":
            return _("示例") if value == "yes" else _("非示例")
        case "chemical":
            return {"yes": _("已认定"), "no": _("不是")}.get(value, value)
        case _:
            return value


def _words(refusal: BadQuery, asked: Asked) -> str:
    if len(asked.text) > 100:
        return _("搜索词最多 100 个字，现在 %(now)s 个", now=len(asked.text))
    if asked.page < 1 or asked.page * SIZE > 2000:
        return _("最多翻到第 %(last)s 页。加一个条件，或换一种排序", last=2000 // SIZE)
    return _("这个网址里的条件认不出来")


def _number(text: str | None) -> tuple[float | None, bool]:
    """Read a typed number; the second value says whether it could be read."""
    if text is None or not text.strip():
        return None, True
    try:
        value = float(text.strip().replace(",", "").replace("，", ""))
    except ValueError:
        return None, False
    return (value, True) if math.isfinite(value) else (None, False)


def _plain(value: float | None) -> str:
    return "" if value is None else printing.number(value).replace(",", "")
