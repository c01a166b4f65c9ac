"""Regions as a list to choose from."""

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Region
from models.vocabulary import RegionLevel


def towns(session: Session, *levels: RegionLevel) -> list[tuple[str, str]]:
    """List the regions of some levels by code, a county after its prefecture, with an empty choice first."""
    regions = session.scalars(select(Region).where(Region.level.in_(levels)).order_by(Region.code)).all()
    names = {region.code: region.short_name for region in regions}
    return [("", _("先不填")), *((region.code, _name(region, names)) for region in regions)]


def _name(region: Region, names: dict[str, str]) -> str:
    above = names.get(region.parent_code or "")
    return f"{above} {region.name}" if above else region.name
