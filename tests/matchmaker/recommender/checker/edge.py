"""The two seams of the checker: plain dictionaries into what the gates read, and the reference into a plain world."""

import dataclasses
from typing import Any

from matchmaker.recommender.facts import Item, ParkFacts
from matchmaker.recommender.reference import Reference
from models import Shape, fields_of

from .draw import TABLES
from .says import Facts


def as_item(kind: str, facts: Facts, number: int = 1) -> Item:
    """Write a side as the facts of a posting, or of a park that has stated nothing."""
    stated = {name: value for name, value in facts.items() if name != "park"}
    park = ParkFacts(**facts["park"]) if facts.get("park") else None
    if kind == "offer" and park is not None and not stated:
        return Item("park", f"park:{park.code}", park.name, {}, park=park)
    fields = fields_of(TABLES[kind])
    for name, value in stated.items():
        vocabulary = fields[name].vocabulary
        if fields[name].shape in (Shape.TERM, Shape.ANSWER) and vocabulary is not None:
            stated[name] = vocabulary(value)  # as the database hands it out
    return Item(kind, f"{kind}:{number}", str(stated.get("title", "")), stated, park=park, posting_id=number)


def as_world(reference: Reference) -> Facts:
    """Return the reference as lists and dictionaries."""
    levels = {code: place.level for code, place in reference.places.items()}
    return {
        "parent_of": {code: place.parent_code for code, place in reference.places.items()},
        "level_of": levels,
        "prefectures": [code for code, level in levels.items() if level == "prefecture"],
        "counties": [code for code, level in levels.items() if level == "county"],
        "cities": [code for code, level in levels.items() if level == "city"],
        "districts": [code for code, level in levels.items() if level == "district"],
        "classes": [code for code in reference.industries if len(code) == 5],
        "rail": {key: _plain(link) for key, link in reference.rail.items()},
        "rules": [_plain(rule) for versions in reference.rules.values() for rule in versions],
        "restricted": [_plain(row) for row in reference.restricted],
        "areas": {county: [_plain(area) for area in areas] for county, areas in reference.areas.items()},
    }


def _plain(row: Any) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}
