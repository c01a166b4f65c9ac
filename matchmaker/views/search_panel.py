"""What stands beside and above the results: facets, ranges, chips, and what to drop when nothing is found."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from matchmaker.extensions import portal
from matchmaker.kinds import KINDS
from matchmaker.views.search_address import Asked, plain
from matchmaker.views.search_facets import FACET_LABELS, FACETS, KIND_LABELS, RANGE_LABELS, RANGES, SORTS, label
from search import Query, find

# Values that a facet shows; whatever was chosen stays beside, or nobody could untick it.
LONGEST = 40


def panel(asked: Asked, counted: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Return the facets as the macro wants them, the chips, and the tabs of kinds."""
    facets = [_facet(asked, name, counted.get(name, {})) for name in FACETS[asked.kind] if name != "kind"]
    ranges = [_range(asked, name) for name in RANGES[asked.kind]]
    chips = _chips(asked)
    return {
        "facets": [facet for facet in facets if facet["options"]] + ranges,
        "chips": chips,
        "kinds": [(slug, _(kind.label)) for slug, kind in KINDS.items()]
        + [(slug, _(words)) for slug, words in KIND_LABELS.items()],
        "sorts": [(value, _(words)) for value, words in SORTS.items()],
        "hidden": _kept(asked),
        "page_url": lambda page: asked.url(page=page if page > 1 else None),
    }


def _kept(asked: Asked) -> dict[str, Any]:
    """Return what the panel has no input for, and its form must send along, such as a clause one came from."""
    shown = {
        *FACETS[asked.kind],
        *(f"{name}_{end}" for name in RANGES[asked.kind] for end in ("min", "max", "unknown")),
    }
    return {name: value for name, value in asked.parameters().items() if name not in shown}


def _facet(asked: Asked, name: str, counts: Mapping[str, int]) -> dict[str, Any]:
    chosen = asked.filters.get(name, ())
    values = [value for value in counts if name != "industry" or len(value) in (1, 3)]
    values += [value for value in chosen if value not in values]
    labels = {value: label(name, value) for value in values}
    order = sorted(values, key=lambda value: (-counts.get(value, 0), value))
    return {
        "name": name,
        "title": _(FACET_LABELS[name]),
        "open": bool(chosen) or name in ("category", "prefecture"),
        "options": [
            {"value": value, "label": labels[value], "count": counts.get(value, 0), "checked": value in chosen}
            for value in [*order[:LONGEST], *(value for value in order[LONGEST:] if value in chosen)]
        ],
    }


def _range(asked: Asked, name: str) -> dict[str, Any]:
    title, unit = RANGE_LABELS[name]
    wanted = asked.ranges.get(name)
    return {
        "name": name,
        "title": _(title),
        "open": wanted is not None,
        "range": {
            "low_name": f"{name}_min",
            "low": plain(wanted.low) if wanted else "",
            "high_name": f"{name}_max",
            "high": plain(wanted.high) if wanted else "",
            "unit": _(unit),
            "unknown_name": f"{name}_unknown",
            "unknown_checked": wanted is None or wanted.include_unknown,
            "unknown_count": None,
        },
    }


def _chips(asked: Asked) -> list[tuple[str, str]]:
    chips = []
    for name, values in asked.filters.items():
        for value in values:
            rest = tuple(other for other in values if other != value)
            words = _("%(facet)s：%(value)s", facet=_(FACET_LABELS[name]), value=label(name, value))
            chips.append((words, asked.url(**{name: rest})))
    for name, wanted in asked.ranges.items():
        title, unit = RANGE_LABELS[name]
        ends = f"{plain(wanted.low) or '…'}–{plain(wanted.high) or '…'} {_(unit)}"
        chips.append(
            (f"{_(title)} {ends}", asked.url(**{f"{name}_min": None, f"{name}_max": None, f"{name}_unknown": None}))
        )
    return chips


def _count(query: Query) -> int:
    return find(portal().engine, portal().encoder, dataclasses.replace(query, facets=(), page=1, size=1)).total


def _without(name: str) -> dict[str, None]:
    return {f"{name}_min": None, f"{name}_max": None, f"{name}_unknown": None}


def lifts(asked: Asked) -> list[tuple[str, str, int]]:
    """Say which single condition to drop, and how many results that brings."""
    found = []
    query = asked.query()
    for name, values in asked.filters.items():
        rest = {key: value for key, value in asked.filters.items() if key != name}
        total = _count(dataclasses.replace(query, filters=rest))
        if total:
            words = "、".join(label(name, value) for value in values)
            found.append((words, asked.url(**{name: None}), total))
    for name in asked.ranges:
        left = {key: value for key, value in asked.ranges.items() if key != name}
        total = _count(dataclasses.replace(query, ranges=left))
        if total:
            found.append((_(RANGE_LABELS[name][0]), asked.url(**_without(name)), total))
    if asked.kind:
        total = _count(dataclasses.replace(query, kinds=()))
        if total:
            found.append((_("类别"), asked.url(kind=None), total))
    return sorted(found, key=lambda lift: -lift[2])
