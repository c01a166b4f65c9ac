"""Values that a posting may take: checked again whoever checked before, and codes asked of the database."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Field, FurongCategory, Industry, Park, Posting, Region, Shape, WrongValue, check, today
from models.vocabulary import N_, PostingLanguage

# Longer than this nobody keeps an offer true without looking at it again.
LONGEST = dt.timedelta(days=365)


class WrongValues(ValueError):
    """Values that were refused, by field name."""

    def __init__(self, errors: dict[str, WrongValue]) -> None:
        """Keep one refusal per field."""
        super().__init__("; ".join(f"{name}: {error}" for name, error in errors.items()))
        self.errors = errors


class UnknownNames(ValueError):
    """Names that are no facts of this kind: nobody types those, so nothing is saved."""


def checked(
    session: Session, fields: Mapping[str, Field], values: Mapping[str, Any], settings: bool = True
) -> dict[str, Any]:
    """Return the values as the columns store them, or raise `WrongValues` or `UnknownNames`."""
    unknown = set(values) - set(fields) - (set(SETTINGS) if settings else set())
    if unknown:
        raise UnknownNames(", ".join(sorted(unknown)))
    good: dict[str, Any] = {}
    errors: dict[str, WrongValue] = {}
    for name, value in values.items():
        try:
            good[name] = SETTINGS[name](value) if name in SETTINGS else _checked(session, fields[name], value)
        except WrongValue as error:
            errors[name] = error
    if "title" in good and good["title"] is None:
        errors["title"] = WrongValue(N_("先写标题，才能保存"))
    if errors:
        raise WrongValues(errors)
    return good


def apply(posting: Posting, values: Mapping[str, Any]) -> list[str]:
    """Put checked values into the posting, and return the names of those that differ from before."""
    if values.get("name_is_public") and posting.kind == "talent":
        raise WrongValues({"name_is_public": WrongValue(N_("人才的姓名不公开，接受对接后对方才能看到"))})
    changed = [name for name, value in values.items() if getattr(posting, name) != value]
    for name in changed:
        setattr(posting, name, values[name])
    return changed


def _checked(session: Session, field: Field, value: Any) -> Any:
    value = check(field, value.strip() if isinstance(value, str) else value)
    ask = _IN_DATABASE.get(field.shape)
    if ask is not None and value is not None:
        ask(session, field, value)
    return value


def _regions(session: Session, field: Field, value: Any) -> None:
    codes = value if isinstance(value, list) else [value]
    found = session.scalars(select(Region).where(Region.code.in_(codes)))
    known = {region.code for region in found if _lies_in(region, field.places)}
    _all_known(codes, known, N_("“%(code)s”不是可选的地区"))


def _lies_in(region: Region, places: str) -> bool:
    if places == "gba":
        return region.is_gba
    return places == "all" or not region.is_gba


def _industries(session: Session, field: Field, value: list[str]) -> None:
    known = set(session.scalars(select(Industry.code).where(Industry.code.in_(value))))
    _all_known(value, known, N_("“%(code)s”不是 GB/T 4754-2017 的行业代码"))


def _park(session: Session, field: Field, value: str) -> None:
    _all_known([value], {value} if session.get(Park, value) else set(), N_("“%(code)s”不在园区名录里"))


def _furong(session: Session, field: Field, value: str) -> None:
    known = {value} if session.get(FurongCategory, value) else set()
    _all_known([value], known, N_("“%(code)s”不是芙蓉人才类别"))


def _all_known(codes: list[str], known: set[str], message: str) -> None:
    for code in codes:
        if code not in known:
            raise WrongValue(message, code=code)


_IN_DATABASE: dict[Shape, Callable[[Session, Field, Any], None]] = {
    Shape.REGION: _regions,
    Shape.REGIONS: _regions,
    Shape.INDUSTRIES: _industries,
    Shape.PARK: _park,
    Shape.FURONG: _furong,
}


def _is_public(value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongValue(N_("选公开或不公开"))
    return value


def _language(value: Any) -> PostingLanguage:
    try:
        return next(language for language in PostingLanguage if language == value)
    except StopIteration:
        raise WrongValue(N_("选简体、繁体或英文")) from None


def expiry(value: Any) -> dt.date | None:
    """Return the day a posting leaves the market, or raise `WrongValue` when it is past or too far away."""
    if value is None:
        return None
    if not isinstance(value, dt.date):
        raise WrongValue(N_("日期写成 2027-06-30 这样"))
    if value <= today():
        raise WrongValue(N_("到期日要晚于今天"))
    if value > today() + LONGEST:
        raise WrongValue(N_("最长 12 个月，到期前可以再延"))
    return value


# What a posting says about itself beside its facts.
SETTINGS: dict[str, Callable[[Any], Any]] = {
    "name_is_public": _is_public,
    "language": _language,
    "expires_on": expiry,
}
