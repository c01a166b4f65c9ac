"""What a search result shows of each kind: four facts, place, provenance; the frame never differs."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from matchmaker import printing
from matchmaker.access import actor, may_see_name
from matchmaker.kinds import KINDS
from models import Park, ParkOffer, PolicyClause, Position, Posting, RelocationNeed, TalentProfile
from models.vocabulary import Answer, OfferCategory, ParkVerification, PortType

Fact = tuple[str, str | None, str]
PROVENANCE = {
    ParkVerification.DIRECTORY: "directory",
    ParkVerification.CLAIMED: "declared",
    ParkVerification.CONFIRMED: "verified",
}


def card_of(row: Posting | Park | PolicyClause) -> dict[str, Any]:
    """Return what the macro `result_card` prints of a row that the visitor may see."""
    if isinstance(row, Park):
        return _park(row)
    if isinstance(row, PolicyClause):
        return _clause(row)
    return _posting(row)


def _posting(row: Posting) -> dict[str, Any]:
    return {
        "kind": _kind(row),
        "place": _place(row),
        "provenance": ("reviewed", printing.day(row.published_at)) if row.published_at else None,
        "title": row.title,
        "url": url_for("postings.show", posting_id=row.id),
        "sample": row.is_sample,
        "facts": facts_of(row),
        "number": row.number,
        "owner_missing": _("园区未填") if row.kind == "offer" else "",
        "organisation": row.organisation.name if row.organisation and may_see_name(actor(), row) else None,
    }


def _kind(row: Posting) -> str:
    if isinstance(row, ParkOffer) and row.category:
        return printing.term(row.category)
    return _(KINDS[row.kind].label)


def _place(row: Posting) -> str:
    match row:
        case RelocationNeed():
            targets = "、".join(printing.region_name(code) for code in row.target_prefecture_codes or ())
            return _(
                "%(city)s → %(places)s", city=printing.region_name(row.from_city_code), places=targets or _("湖南")
            )
        case ParkOffer() if row.park:
            return " · ".join((printing.region_name(row.park.prefecture_code), row.park.name))
        case TalentProfile():
            return printing.region_name(row.current_city_code)
        case Position():
            return printing.region_name(row.region_code)
        case _:
            return ""


def facts_of(row: Posting) -> list[Fact]:
    """Return the four facts that people compare first, with their units."""
    match row:
        case RelocationNeed():
            return [
                _fact(row, "investment_yi"),
                _fact(row, "land_area_mu") if row.land_area_mu is not None else _fact(row, "floor_area_sqm"),
                _fact(row, "power_kva"),
                _fact(row, "production_start_on"),
            ]
        case ParkOffer():
            return [_fact(row, name) for name in _offer_facts(row)]
        case TalentProfile():
            return [_fact(row, name) for name in ("education", "title_rank", "years_experience", "ways_of_coming")]
        case Position():
            salary = None
            if row.salary_low_wan or row.salary_high_wan:
                ends = [printing.number(value) for value in (row.salary_low_wan, row.salary_high_wan) if value]
                salary = "–".join(ends)
            return [
                (_("年薪"), salary, _("万元")),
                _fact(row, "headcount"),
                _fact(row, "education_required"),
                _fact(row, "ways_of_working"),
            ]
        case _:
            return []


def _offer_facts(row: ParkOffer) -> tuple[str, ...]:
    match row.category:
        case OfferCategory.LAND_PLOT:
            return ("available_area_mu", "land_price_wan_per_mu", "power_spare_kva", "dual_supply")
        case OfferCategory.ENCLAVE_SLOT:
            return ("available_area_mu", "enclave_term_years", "home_region_code", "power_spare_kva")
        case OfferCategory.FARM_BASE:
            return ("products", "annual_supply_t", "available_area_mu", "available_on")
        case OfferCategory.SERVICE:
            return ("service_type", "available_on", "products", "slots")
        case _:
            return ("floor_area_sqm", "rent_yuan_per_sqm_month", "floor_load_kn_sqm", "power_spare_kva")


def _fact(row: Posting, name: str) -> Fact:
    field = row.fields()[name]
    return _(field.label), printing.fact(field, getattr(row, name)), _(field.unit) if field.unit else ""


def _park(row: Park) -> dict[str, Any]:
    customs = None
    if row.customs_facilities:
        customs = "、".join(printing.term(port) for port in PortType if port.value in row.customs_facilities)
    return {
        "kind": _("园区"),
        "place": " · ".join((row.prefecture.short_name, row.county.short_name)),
        "provenance": (PROVENANCE[row.verification], printing.day(row.verified_at)),
        "title": row.name,
        "url": url_for("parks.show", code=row.code),
        "sample": row.is_sample,
        "facts": [
            (_("级别"), printing.term(row.level), ""),
            (_("主导产业"), "、".join(row.leading_industries) or None, ""),
            (_("化工园区"), _chemical(row), ""),
            (_("海关设施"), customs, ""),
        ],
        "number": row.code,
        "owner_missing": _("名录未载"),
        "organisation": None,
    }


def _chemical(row: Park) -> str | None:
    """Say what is known: unsure is not an answer that anybody gave."""
    return {Answer.YES: _("有认定片区"), Answer.NO: _("不是")}.get(row.chemical_status)


def _clause(row: PolicyClause) -> dict[str, Any]:
    return {
        "kind": _("政策条款"),
        "place": row.section,
        "provenance": None,
        "title": f"{row.id} {row.title}",
        "url": url_for("clauses.show", clause_id=row.id),
        "sample": False,
        "facts": [(_("平台能做什么"), row.capability, "")],
        "number": row.id,
        "owner_missing": "",
        "organisation": None,
    }
