"""How values read on a page: numbers, money, days and terms as people in Hunan write them."""

import datetime as dt
from typing import Any

from flask import Flask
from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.access import actor, audiences, may_see_name, owns
from matchmaker.extensions import db
from matchmaker.kinds import KINDS
from models import Field, FurongCategory, Industry, Organisation, Park, Region, Shape
from models.vocabulary import Term

HUNAN = dt.timezone(dt.timedelta(hours=8))


def number(value: float | None) -> str:
    """Print a number with thousands commas and at most two decimals; None is for the template to call missing."""
    if value is None:
        return ""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def day(value: dt.date | dt.datetime | None) -> str:
    """Print a day as 2026-11-24, an instant in Hunan's time."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = value.astimezone(HUNAN).date()
    return value.isoformat()


def moment(value: dt.datetime | None) -> str:
    """Print an instant as 2026-11-24 18:05 in Hunan's time."""
    return "" if value is None else value.astimezone(HUNAN).strftime("%Y-%m-%d %H:%M")


def term(value: Term | None) -> str:
    """Print a term in the reader's language."""
    return "" if value is None else _(value.label)


def region_name(code: str | None) -> str:
    """Print a region by its short name, such as 郴州."""
    region = db().get(Region, code) if code else None
    return region.short_name if region else (code or "")


def industry_name(code: str) -> str:
    """Print an industry as code and name."""
    industry = db().get(Industry, code)
    return f"{industry.name} {code}" if industry else code


def fact(field: Field, value: Any) -> str | None:
    """Print a stated fact without its unit; None when nothing is stated."""
    if value is None or value == [] or value == {} or value == "":
        return None
    match field.shape:
        case Shape.NUMBER | Shape.COUNT:
            return number(value)
        case Shape.DATE:
            return day(value)
        case Shape.TERM | Shape.ANSWER:
            return term(value)
        case Shape.TERMS:
            assert field.vocabulary is not None
            return "、".join(_(field.vocabulary(word).label) for word in value)
        case Shape.TEXTS:
            return "、".join(value)
        case Shape.REGION:
            return region_name(value)
        case Shape.REGIONS:
            return "、".join(region_name(code) for code in value)
        case Shape.INDUSTRIES:
            return "；".join(industry_name(code) for code in value)
        case Shape.PARK:
            park = db().get(Park, value)
            return park.name if park else value
        case Shape.FURONG:
            category = db().get(FurongCategory, value)
            return category.name if category else value
        case Shape.COUNTS:
            assert field.vocabulary is not None
            return "、".join(f"{_(field.vocabulary(word).label)} {number(n)}" for word, n in value.items())
        case _:
            return str(value)


def register(app: Flask) -> None:
    """Give the templates these words, and who is looking."""
    for filter_ in (number, day, moment, term, region_name, industry_name):
        app.add_template_filter(filter_)
    app.add_template_global(fact)
    app.jinja_env.globals["KINDS"] = KINDS
    app.add_template_global(owns)
    app.add_template_global(may_see_name)

    @app.context_processor
    def who_is_looking() -> dict[str, Any]:
        return {"actor": actor(), "audiences": audiences, "sample_is_loaded": _sample_is_loaded()}


def _sample_is_loaded() -> bool:
    return db().scalar(select(Organisation.id).where(Organisation.is_sample).limit(1)) is not None
