"""A park's page: what the directory knows, what is on offer there, and how far the Bay is."""

from collections.abc import Sequence
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from matchmaker import printing
from matchmaker.access import Rule, actor, allow, owns, park_for
from matchmaker.extensions import db
from matchmaker.forms.parks import STATED
from matchmaker.services import market, parks
from matchmaker.views.cards import PROVENANCE
from matchmaker.views.differences import said
from matchmaker.views.parks import blueprint as blueprint
from models import Incentive, Park, ParkClaim, ParkOffer, PolicyClause, Region, TravelLink, User, Zone, today
from models.vocabulary import (
    N_,
    Answer,
    ClaimStatus,
    OfferCategory,
    ParkVerification,
    PortType,
    Side,
    TravelMode,
)

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
        "bases": list(dict.fromkeys((_(link.mode.label), link.basis) for link in links)),
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
