"""The directory of parks: by prefecture, narrowed by words, level and type."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import MultiDict

from matchmaker import printing
from matchmaker.access import Rule, allow
from matchmaker.extensions import db
from matchmaker.views.cards import PROVENANCE
from matchmaker.views.figures import figures
from models import Park, Region
from models.vocabulary import (
    ParkLevel,
    ParkType,
    RegionLevel,
)
from search.analysis import normalise

blueprint = Blueprint("parks", __name__)


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
