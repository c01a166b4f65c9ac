"""What forms offer to choose from: places, parks, industries and categories, read from the database."""

import re
import unicodedata
from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Field, FurongCategory, Industry, IndustryTerm, Park, Region
from models.vocabulary import IndustryLevel, RegionLevel

Groups = dict[str, list[tuple[str, str]]]

CODE_FIRST = re.compile(r"([A-Ta-t]?\d{2,4}|[A-Ta-t])(?:\s|$)")
CODE_LAST = re.compile(r"\s([A-Ta-t]?\d{2,4})$")
MOST_CANDIDATES = 8
CITIES = (RegionLevel.PREFECTURE, RegionLevel.CITY)


class Catalogue:
    """The choices of one request's forms."""

    def __init__(self, session: Session, organisation_id: int | None = None) -> None:
        """Remember whom to ask, and whose own parks come first."""
        self.session = session
        self.organisation_id = organisation_id

    # --- places ---

    def regions(self, name: str, field: Field) -> Groups:
        """Return the places of a region field: cities alone where a city is asked for, else with their parts."""
        found = self.session.scalars(select(Region).where(Region.level != RegionLevel.PROVINCE).order_by(Region.code))
        regions = [region for region in found if field.places == "all" or region.is_gba == (field.places == "gba")]
        cities = [region for region in regions if region.level in CITIES]
        if name.endswith("_city_code"):
            groups: Groups = {}
            for city in cities:
                groups.setdefault(_("粤港澳大湾区") if city.is_gba else _("湖南"), []).append((city.code, city.name))
            return groups
        return {
            city.name: [
                (city.code, city.name),
                *((part.code, part.name) for part in regions if part.parent_code == city.code),
            ]
            for city in cities
        }

    def prefectures(self, field: Field) -> list[tuple[str, str]]:
        """Return the prefectures or cities of a field that takes several."""
        found = self.session.scalars(select(Region).where(Region.level.in_(CITIES)).order_by(Region.code))
        return [
            (region.code, region.short_name)
            for region in found
            if field.places == "all" or region.is_gba == (field.places == "gba")
        ]

    def parks(self) -> Groups:
        """Return the directory by prefecture, after the parks that the organisation manages itself."""
        rows = self.session.execute(
            select(Park.code, Park.name, Park.manager_id, Region.name)
            .join(Region, Region.code == Park.prefecture_code)
            .order_by(Park.prefecture_code, Park.code)
        ).all()
        own = [(code, name) for code, name, manager, _prefecture in rows if manager and manager == self.organisation_id]
        groups: Groups = {_("本单位管理的园区"): own} if own else {}
        for code, name, _manager, prefecture in rows:
            if (code, name) not in own:
                groups.setdefault(prefecture, []).append((code, name))
        return groups

    def furong_categories(self) -> Groups:
        """Return the categories of the Furong programme by scheme."""
        groups: Groups = {}
        for category in self.session.scalars(select(FurongCategory).order_by(FurongCategory.code)):
            groups.setdefault(category.scheme, []).append((category.code, category.name))
        return groups

    # --- industries ---

    def industry_words(self) -> list[tuple[str, str]]:
        """Return what an industry input suggests: divisions and groups by code and name, then words of the trade."""
        levels = (IndustryLevel.DIVISION, IndustryLevel.GROUP)
        rows = self.session.execute(
            select(Industry.code, Industry.name).where(Industry.level.in_(levels)).order_by(Industry.code)
        )
        terms = self.session.execute(select(IndustryTerm.term, IndustryTerm.codes).order_by(IndustryTerm.term))
        return [(f"{code} {name}", "") for code, name in rows] + [(term, "、".join(codes)) for term, codes in terms]

    def find(self, typed: str) -> list[str]:
        """Return the codes that a typed code, name or trade word means; several when it is not clear."""
        text = unicodedata.normalize("NFKC", typed).strip()
        if not text:
            return []
        return self._by_code(text) or self._by_name(text) or self._by_term(text) or self._by_part_of_name(text)

    def is_sure(self, typed: str, codes: list[str]) -> bool:
        """Say whether the codes are what was meant, not only what it might mean."""
        text = unicodedata.normalize("NFKC", typed).strip()
        return len(codes) == 1 or codes == self._by_term(text)

    def names(self, codes: Iterable[str]) -> dict[str, str]:
        """Return what codes are called."""
        rows = self.session.execute(select(Industry.code, Industry.name).where(Industry.code.in_(list(codes))))
        return {row.code: row.name for row in rows}

    def _by_code(self, text: str) -> list[str]:
        written = CODE_FIRST.match(text) or CODE_LAST.search(text)
        if written is None:
            return []
        code = written[1].upper()
        same = Industry.code == code if code[0].isalpha() else func.substr(Industry.code, 2) == code
        return list(self.session.scalars(select(Industry.code).where(same)))

    def _by_name(self, text: str) -> list[str]:
        # A group and its only class may share a name: the shorter code says the same.
        named = select(Industry.code).where(Industry.name == text).order_by(func.length(Industry.code)).limit(1)
        return list(self.session.scalars(named))

    def _by_term(self, text: str) -> list[str]:
        term = self.session.get(IndustryTerm, text)
        return list(term.codes) if term else []

    def _by_part_of_name(self, text: str) -> list[str]:
        part = Industry.name.contains(text, autoescape=True)
        found = select(Industry.code).where(part, Industry.level != IndustryLevel.SECTION)
        return list(
            self.session.scalars(found.order_by(func.length(Industry.code), Industry.code).limit(MOST_CANDIDATES))
        )
