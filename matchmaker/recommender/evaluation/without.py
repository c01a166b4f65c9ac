"""A pair without one of its facts: of a posting, of the directory, or of the reference."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from matchmaker.recommender.facts import Item, ParkFacts
from matchmaker.recommender.memory import Memory
from matchmaker.recommender.reference import Reference
from models.vocabulary import Answer

Parks = Mapping[str, ParkFacts]
# What hangs on neither travel nor zones, so that it needn't be made again.
LASTING = ("industry_at", "place_at", "contained", "covering", "trades", "code_by_digits")
OF_THE_REFERENCE: Mapping[str, Mapping[str, Any]] = {
    "travel.hours": {"rail": {}},
    "travel.kilometres": {"road": {}},
    "zone.members": {"belts": {}},
}


def is_stated(field: str, asking: Item, answering: Item, parks: Parks) -> bool:
    """Say whether somebody states a fact, and knows it: whoever is unsure hasn't answered."""
    place, name = field.split(".", 1)
    if field in OF_THE_REFERENCE:
        return True
    if place == "park":
        return answering.park is not None and bool(getattr(answering.park, name))
    if place == "enclave":
        return any(getattr(park, name) for park in parks.values())
    if field == "offer.incentives":
        return bool(answering.promises)
    item = asking if place == asking.kind else answering
    value = item.get(name)
    return place == item.kind and value is not None and value != Answer.UNSURE


def without(
    field: str, asking: Item, answering: Item, reference: Reference, parks: Parks
) -> tuple[Item, Item, Reference, Parks]:
    """Return both sides, the reference and the directory without a fact."""
    place, name = field.split(".", 1)
    if field in OF_THE_REFERENCE:
        return asking, answering, _reference_without(reference, OF_THE_REFERENCE[field]), parks
    if place in ("park", "enclave"):
        return (asking, *_park_without(place, name, answering, reference, parks))
    if place == asking.kind:
        return _item_without(asking, name), answering, reference, parks
    return asking, _item_without(answering, name), reference, parks


def _item_without(item: Item, name: str) -> Item:
    if name == "incentives":
        return dataclasses.replace(item, promises=())
    changes: dict[str, Any] = {"name": ""} if name == "title" else {}
    return dataclasses.replace(item, facts={**item.facts, name: None}, **changes)


def _park_without(
    place: str, name: str, answering: Item, reference: Reference, parks: Parks
) -> tuple[Item, Reference, Parks]:
    here = answering.park
    assert here is not None
    near = [here.code] if place == "park" else [code for code, park in parks.items() if _is_near(park, here)]
    changed = {code: _emptied(parks[code], name) for code in near if code in parks}
    own = changed.get(here.code, _emptied(here, name) if place == "park" else here)
    return dataclasses.replace(answering, park=own), reference, {**parks, **changed}


def _is_near(park: ParkFacts, here: ParkFacts) -> bool:
    return park.host_park_code == here.code or park.county_code == here.county_code


def _emptied(park: ParkFacts, name: str) -> ParkFacts:
    value = getattr(park, name)
    empty: Any = False if isinstance(value, bool) else () if isinstance(value, tuple) else ""
    return dataclasses.replace(park, **{name: empty})


def _reference_without(reference: Reference, changes: Mapping[str, Any]) -> Reference:
    bare = dataclasses.replace(reference, **changes, memory=Memory(), _zones_named={})
    vars(bare).update({name: value for name, value in vars(reference).items() if name in LASTING})
    return bare
