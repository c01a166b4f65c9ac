"""The directory of parks, each park's page, and the edits of whoever keeps an entry."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.datastructures import MultiDict

from matchmaker import printing
from matchmaker.access import Rule, actor, allow, own_park, owns, park_for, signed_in
from matchmaker.extensions import db
from matchmaker.forms.parks import STATED, ParkForm
from matchmaker.services import market, parks
from matchmaker.views.cards import PROVENANCE
from matchmaker.views.differences import said
from matchmaker.views.figures import figures
from models import Incentive, Park, ParkClaim, ParkOffer, PolicyClause, Region, TravelLink, User, Zone, today
from models.vocabulary import (
    N_,
    Answer,
    ClaimStatus,
    OfferCategory,
    ParkLevel,
    ParkType,
    ParkVerification,
    PortType,
    RegionLevel,
    Side,
    TravelMode,
)
from search.analysis import normalise

blueprint = Blueprint("parks", __name__)

OFFERS_ON_PAGE = 20
# What these categories do not have is not missing.
WITHOUT = {
    OfferCategory.SERVICE: ("size", "price", "power"),
    OfferCategory.FARM_BASE: ("price", "power"),
}
CONFIDENCE = {
    "H": N_("已读到公开来源"),
    "M": N_("大致可信，引用前先核对"),
    "L": N_("依据不足，按不清楚对待"),
}


@dataclasses.dataclass(frozen=True)
class Asked:
    """What the directory is narrowed to, as the URL states it; what can't be read narrows nothing."""

    words: str
    prefecture: str
    level: str
    type: str

    @classmethod
    def read(cls, arguments: MultiDict[str, str]) -> "Asked":
        """Read the URL."""
        return cls(
            words=arguments.get("q", "").strip()[:100],
            prefecture=arguments.get("prefecture", "")[:6],
            level=next((term.value for term in ParkLevel if term.value == arguments.get("level")), ""),
            type=next((term.value for term in ParkType if term.value == arguments.get("type")), ""),
        )

    @property
    def conditions(self) -> dict[str, str]:
        """Return the conditions that are set, by the name they have in the URL."""
        given = {"q": self.words, "prefecture": self.prefecture, "level": self.level, "type": self.type}
        return {name: value for name, value in given.items() if value}

    def holds(self, park: Park) -> bool:
        """Say whether a park is among what was asked for."""
        return (
            self.prefecture in ("", park.prefecture_code)
            and self.level in ("", park.level.value)
            and self.type in ("", park.type.value)
            and all(word in _text_of(park) for word in normalise(self.words).split())
        )


def _text_of(park: Park) -> str:
    parts = (park.code, park.name, park.alias or "", park.county.name, *park.leading_industries)
    return normalise(" ".join(parts))


@blueprint.get("/parks")
@allow(Rule.PUBLIC)
def index() -> ResponseReturnValue:
    """List the directory by prefecture, narrowed to what was asked for."""
    asked = Asked.read(request.args)
    # The directory has some two hundred rows, so it is narrowed here and not by four kinds of SQL.
    order = (Park.prefecture_code, Park.level != ParkLevel.NATIONAL, Park.level == ParkLevel.COOPERATION, Park.code)
    directory = db().scalars(select(Park).options(joinedload(Park.county)).order_by(*order)).all()
    prefectures = db().scalars(select(Region).where(Region.level == RegionLevel.PREFECTURE).order_by(Region.code)).all()
    if asked.prefecture not in {region.code for region in prefectures}:
        asked = dataclasses.replace(asked, prefecture="")
    found = [park for park in directory if asked.holds(park)]
    groups = [(region, [park for park in found if park.prefecture_code == region.code]) for region in prefectures]
    return render_template(
        "parks/index.html",
        asked=asked,
        groups=[group for group in groups if group[1]],
        found=found,
        total=len(directory),
        samples=sum(park.is_sample for park in directory),
        supply=figures().supply,
        prefectures=[(region.code, region.name) for region in prefectures],
        levels=[(level.value, printing.term(level)) for level in ParkLevel],
        types=[(type_.value, printing.term(type_)) for type_ in ParkType],
        provenances=PROVENANCE,
        chips=_chips(asked),
        lifts=_lifts(asked, directory) if not found else [],
    )


def _chips(asked: Asked) -> list[tuple[str, str]]:
    return [(_condition(name, value), _without(asked, name)) for name, value in asked.conditions.items()]


def _lifts(asked: Asked, directory: Sequence[Park]) -> list[tuple[str, str, int]]:
    """Say which single condition to drop, and how many parks that brings."""
    lifts = []
    for name, value in asked.conditions.items():
        field = "words" if name == "q" else name
        count = sum(dataclasses.replace(asked, **{field: ""}).holds(park) for park in directory)
        if count:
            lifts.append((_condition(name, value), _without(asked, name), count))
    return lifts


def _without(asked: Asked, name: str) -> str:
    kept: dict[str, Any] = {key: value for key, value in asked.conditions.items() if key != name}
    return url_for("parks.index", **kept)


def _condition(name: str, value: str) -> str:
    match name:
        case "prefecture":
            return printing.region_name(value)
        case "level":
            return printing.term(ParkLevel(value))
        case "type":
            return printing.term(ParkType(value))
        case _:
            return value


@blueprint.get("/parks/<code>")
@allow(Rule.PUBLIC)
def show(code: str) -> ResponseReturnValue:
    """Show a park: what the directory knows, what is on offer there, and how far the Bay is."""
    park = park_for(code)
    user = actor()
    live = (*market.live(ParkOffer, today()), ParkOffer.park_code == park.code)
    offers = (
        db()
        .scalars(
            select(ParkOffer)
            .where(*live)
            .options(selectinload(ParkOffer.incentives))
            .order_by(ParkOffer.published_at.desc(), ParkOffer.id.desc())
            .limit(OFFERS_ON_PAGE)
        )
        .all()
    )
    zones = _zones(park)
    return render_template(
        "parks/show.html",
        park=park,
        provenance=(PROVENANCE[park.verification], printing.day(park.verified_at or _stated_on(park))),
        facts=_facts(park),
        evidence=_evidence(park),
        offers=[_line(offer) for offer in offers],
        offer_count=db().scalar(select(func.count()).select_from(ParkOffer).where(*live)),
        incentives=_incentives(offers),
        travel=_travel(park),
        zones=zones,
        clauses=_clauses(zones),
        guests=db().scalars(select(Park).where(Park.host_park_code == park.code).order_by(Park.code)).all(),
        keeps=user is not None and user.acts_for(park.manager_id),
        own_offers=[offer for offer in offers if owns(user, offer)],
        may_express=user is None or not (user.is_staff or user.acts_for(park.manager_id)),
        may_claim=park.manager_id is None and (user is None or user.side is Side.PARK),
        open_claim=_open_claim(park, user),
        changes=_changes(park) if user is not None and user.is_staff else [],
    )


def _line(offer: ParkOffer) -> dict[str, Any]:
    """Return an offer's row: how large, at what price, with how much power to spare."""
    is_floor = offer.floor_area_sqm is not None and offer.category is not OfferCategory.LAND_PLOT
    return {
        "row": offer,
        "size": _with_unit(offer, "floor_area_sqm" if is_floor else "available_area_mu"),
        "price": _with_unit(offer, "rent_yuan_per_sqm_month") or _with_unit(offer, "land_price_wan_per_mu"),
        "power": _with_unit(offer, "power_spare_kva"),
        "without": WITHOUT.get(offer.category, ()) if offer.category else (),
    }


def _incentives(offers: Sequence[ParkOffer]) -> list[tuple[Incentive, list[ParkOffer]]]:
    """Return each promise once, with the offers that make it."""
    made: dict[tuple[Any, ...], tuple[Incentive, list[ParkOffer]]] = {}
    for offer in offers:
        for item in offer.incentives:
            words = (item.type, item.summary, item.cap_wan, item.condition, item.source, item.valid_to)
            made.setdefault(words, (item, []))[1].append(offer)
    return list(made.values())


def _with_unit(offer: ParkOffer, name: str) -> str | None:
    field = offer.fields()[name]
    value = printing.fact(field, getattr(offer, name))
    return None if value is None else f"{value} {_(field.unit)}"


def _facts(park: Park) -> list[tuple[Any, ...]]:
    """Return the entry's short facts; the leading industries stand apart, since each is a link."""
    homes = "、".join(printing.region_name(code) for code in park.home_region_codes)
    facts: list[tuple[Any, ...]] = [
        (_("级别"), printing.term(park.level)),
        (_("类型"), printing.term(park.type)),
        (_("所在"), f"{park.prefecture.name}{park.county.name}"),
        (_("批准面积"), printing.number(park.approved_area_ha) or None, _("公顷"), park.area_basis),
        (_("化工片区"), _chemical(park), "", _dated(park)),
        (_("口岸与海关"), _ports(park.customs_facilities)),
    ]
    if park.since:
        facts.append((_("始于"), park.since))
    if homes:
        facts.append((_("飞出地或共建方"), homes))
    return facts


def _chemical(park: Park) -> str:
    match park.chemical_status:
        case Answer.YES:
            return _("有认定的片区，地块是否在片区里要逐宗核对")
        case Answer.NO:
            return _("没有")
        case _:
            # Nobody has answered, which is neither a yes nor a no.
            return Markup('<span class="missing">{}</span>').format(_("还不清楚"))


def _dated(park: Park) -> str:
    return " · ".join(part for part in (park.chemical_source, printing.day(park.chemical_as_of)) if part)


def _ports(values: list[str] | None) -> str | None:
    return "、".join(printing.term(port) for port in PortType if port.value in (values or ())) or None


def _evidence(park: Park) -> str:
    """Say what the directory's row stands on; what a manager stated stands on the manager's word."""
    if park.is_sample or park.verification is not ParkVerification.DIRECTORY:
        return ""
    return _(CONFIDENCE.get(park.confidence, CONFIDENCE["L"]))


def _stated_on(park: Park) -> Any:
    return park.updated_at if park.verification is ParkVerification.CLAIMED else None


def _travel(park: Park) -> dict[str, Any]:
    """Return one row per Bay city, and each basis once."""
    links = db().scalars(select(TravelLink).where(TravelLink.from_code == park.prefecture_code)).all()
    cities: dict[str, dict[str, Any]] = {}
    for link in links:
        row = cities.setdefault(link.to_code, {"city": printing.region_name(link.to_code), "rail": None, "road": None})
        row["rail" if link.mode is TravelMode.RAIL else "road"] = link
    hours = [link.hours for link in links if link.hours is not None]
    return {
        "rows": sorted(
            cities.values(), key=lambda row: (row["rail"] is None, (row["rail"] and row["rail"].hours) or 0)
        ),
        "longest": max(hours, default=0),
        "bases": list(dict.fromkeys((link.mode.label, link.basis) for link in links)),
    }


def _zones(park: Park) -> list[Zone]:
    lies_in = select(Zone).where(Zone.members.any(Region.code == park.prefecture_code))
    return list(db().scalars(lies_in.options(selectinload(Zone.members)).order_by(Zone.slug)))


def _clauses(zones: list[Zone]) -> dict[str, PolicyClause]:
    ids = {zone.clause_id for zone in zones if zone.clause_id}
    return {clause.id: clause for clause in db().scalars(select(PolicyClause).where(PolicyClause.id.in_(ids)))}


def _open_claim(park: Park, user: User | None) -> ParkClaim | None:
    organisations = [organisation.id for organisation in user.organisations] if user else []
    claim = select(ParkClaim).where(
        ParkClaim.park_code == park.code,
        ParkClaim.organisation_id.in_(organisations),
        ParkClaim.status == ClaimStatus.OPEN,
    )
    return db().scalar(claim.limit(1)) if organisations else None


def _changes(park: Park) -> list[dict[str, str | None]]:
    """Show staff what the manager has changed since they last vouched for the entry."""
    before = parks.unconfirmed_changes(db(), park)
    return [
        {
            "label": _(STATED[name].label),
            "mine": said(STATED[name], getattr(park, name)),
            "theirs": said(STATED[name], value),
        }
        for name, value in before.items()
    ]


@blueprint.route("/parks/<code>/edit", methods=["GET", "POST"])
@allow(Rule.PARK)
def edit(code: str) -> ResponseReturnValue:
    """Let whoever keeps the entry state its facts."""
    park = own_park(signed_in(), code)
    form = ParkForm.of(park)
    if not form.is_submitted():
        return render_template("parks/edit.html", park=park, form=form)
    if not form.validate():
        return render_template("parks/edit.html", park=park, form=form), 422
    try:
        changed = parks.edit(db(), park, form.values(), signed_in(), form.read_version)
    except parks.EntryChanged:
        return _show_both(code, form)
    if changed:
        flash(_("已保存，页面标为“园区自报 · 未核实”，省级工作人员核对后改标"), "success")
    else:
        flash(_("没有改动"), "info")
    return redirect(url_for("parks.show", code=code))


def _show_both(code: str, form: ParkForm) -> ResponseReturnValue:
    """Set what was typed beside what a colleague has saved; saving again is then a choice."""
    db().expire_all()
    park = park_for(code)
    typed = form.values()
    clash = [
        {"label": _(field.label), "mine": said(field, typed[name]), "theirs": said(field, getattr(park, name))}
        for name, field in STATED.items()
    ]
    form.version.data = str(park.version)
    return render_template("parks/edit.html", park=park, form=form, clash=clash), 409


@blueprint.post("/parks/<code>/confirm")
@allow(Rule.STAFF)
def confirm(code: str) -> ResponseReturnValue:
    """Vouch for what the manager has stated."""
    park = park_for(code)
    try:
        parks.confirm(db(), park, signed_in(), _version(request.form.get("version")))
    except parks.EntryChanged:
        flash(_("园区刚刚又改了资料，看过新的内容再确认"), "warning")
    else:
        flash(_("已确认，页面标为“省级已核实”"), "success")
    return redirect(url_for("parks.show", code=code))


def _version(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else -1
