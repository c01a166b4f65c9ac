"""What may lift a condition that fails: edits of the facts it rests on, each of which somebody could really make.

Whether an edit helps is found out by gating the pair again. Only facts that are named here are ever changed. A person's
learning is no term of an offer, and no answer about chemistry, plating or a plot is turned round.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from matchmaker.recommender.edits import Edit, SideName, edit, is_possible, rounded
from matchmaker.recommender.facts import TABLES, Item
from matchmaker.recommender.gates.gate import Gate
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.remedies_people import licence_origins, talents_place, ways
from matchmaker.recommender.remedies_siting import SITING
from matchmaker.recommender.remedy import Asked, Remedy
from matchmaker.recommender.words import Value
from models import Shape
from models.vocabulary import Answer, Strictness

NUMBERS = (Shape.NUMBER, Shape.COUNT)
# Facts that may be moved to what the other side states.
MOVABLE: Mapping[str, frozenset[str]] = {
    "need": frozenset(
        (
            "land_area_mu",
            "floor_area_sqm",
            "single_building_sqm",
            "clear_height_m",
            "floor_load_kn_sqm",
            "power_kva",
            "sewage_m3_per_day",
            "gas_m3_per_day",
            "land_price_cap_wan_per_mu",
            "rent_cap_yuan_per_sqm_month",
            "power_price_cap_yuan_per_kwh",
            "max_rail_hours",
            "premises_needed_on",
            "production_start_on",
            "ports_needed",
        )
    ),
    "offer": frozenset(
        (
            "largest_plot_mu",
            "available_area_mu",
            "floor_area_sqm",
            "largest_building_sqm",
            "clear_height_m",
            "floor_load_kn_sqm",
            "power_spare_kva",
            "sewage_spare_m3_per_day",
            "gas_spare_m3_per_day",
            "land_price_wan_per_mu",
            "rent_yuan_per_sqm_month",
            "power_price_yuan_per_kwh",
            "available_on",
            "customs_facilities",
        )
    ),
    "position": frozenset(
        (
            "education_required",
            "title_required",
            "skill_level_required",
            "licences_required",
            "years_required",
            "languages_required",
            "months_per_year",
            "salary_high_wan",
            "start_on",
        )
    ),
    "talent": frozenset(("months_per_year", "salary_expected_wan", "available_on")),
}
# What is ready on a day can't be ready before today.
READY = frozenset(("available_on",))
# A part of what is there, and the whole that can't be smaller.
WHOLE = {"largest_plot_mu": "available_area_mu", "largest_building_sqm": "floor_area_sqm"}
PART_ASKED = {"floor_area_sqm": "single_building_sqm"}


def suggestions(gate: Gate, pair: tuple[Item, Item], reference: Reference, day: dt.date) -> Iterator[tuple[Edit, ...]]:
    """Yield what may lift one failing condition, each a few edits that belong together."""
    asked = Asked(gate, *pair, reference, day)
    for edits in REMEDIES.get(gate.id, by_fields)(asked):
        # A park of the directory states nothing of its own, so there is nothing to change.
        if all(one.kind in TABLES for one in edits):
            possible = tuple(one for one in edits if one.after != one.before or one.also)
            if possible and all(map(is_possible, possible)):
                yield possible


def by_fields(asked: Asked) -> Iterator[tuple[Edit, ...]]:
    """Move each of the facts that the condition rests on to what the other side states."""
    gate = asked.gate
    sides: tuple[tuple[SideName, Item], ...] = (("asking", asked.asking), ("answering", asked.answering))
    for side, item in sides:
        movable = MOVABLE.get(item.kind, frozenset())
        for field in gate.fields:
            kind, _, name = field.partition(".")
            if kind == item.kind and name in movable:
                # Which of the two values is this side's own depends on who asks; a fact that stays helps nobody.
                for other in (gate.limit, gate.need):
                    if other is not None and (after := _moved(side, item, name, other, asked)) is not None:
                        yield (edit(side, item, name, after, asked.reference), *_with(side, item, name, after, asked))


def _moved(side: SideName, item: Item, name: str, other: Value, asked: Asked) -> Any:
    """Return what a fact becomes so that it meets a value of the other side."""
    field, before, raw = TABLES[item.kind].fields()[name], item.get(name), other.raw
    if field.shape in NUMBERS and isinstance(raw, int | float) and before is not None and raw != before:
        return _number(item, name, float(before), float(raw), field.shape is Shape.COUNT)
    if field.shape is Shape.DATE and isinstance(raw, dt.date):
        if name in READY:
            return raw if raw >= asked.day else None
        return max(raw, asked.day)
    if field.shape in (Shape.TERMS, Shape.TEXTS):
        lacking = asked.gate.gap.raw if asked.gate.gap is not None else None
        if not isinstance(lacking, tuple):
            return None
        kept = [one for one in before or () if side == "answering" or one not in lacking]
        return [*kept, *(lacking if side == "answering" else ())]
    if field.shape is Shape.TERM and isinstance(raw, str) and field.vocabulary and raw in list(field.vocabulary):
        return field.vocabulary(raw)
    return None


def _number(item: Item, name: str, before: float, raw: float, is_whole: bool) -> float | None:
    field, printed = TABLES[item.kind].fields()[name], rounded(before, raw, is_whole)
    is_in_range = (field.low is None or printed >= field.low) and (field.high is None or printed <= field.high)
    after = printed if is_in_range else raw
    # Who asks for power can't do with none, and rent of nothing is a promise of another kind.
    return after if after > 0 or item.kind == "position" else None


def _with(side: SideName, item: Item, name: str, after: Any, asked: Asked) -> Iterator[Edit]:
    """Move what would else contradict the fact: a whole that its part outgrows, a part that its whole can't hold."""
    whole, part = WHOLE.get(name), PART_ASKED.get(name)
    if item.kind == "offer" and whole and (stated := item.get(whole)) is not None and stated < after:
        yield edit(side, item, whole, after, asked.reference)
    if item.kind == "need" and part and (stated := item.get(part)) is not None and stated > after:
        yield edit(side, item, part, after, asked.reference)


# --- Conditions that take more than that ------------------------------------------------------------------------


def _investment(asked: Asked) -> Iterator[tuple[Edit, ...]]:
    """Invest more on the same land, take less land, or have the park agree to talk about its threshold."""
    need, offer, reference = asked.asking, asked.answering, asked.reference
    least, land = float(offer.get("min_investment_per_mu_wan") or 0), float(need.get("land_area_mu") or 0)
    total, fixed = need.get("investment_yi"), need.get("fixed_investment_yi")
    stated = fixed if fixed is not None else total
    if least and land:
        yi = math.ceil(round(least * land / 100, 4)) / 100
        more = [edit("asking", need, "fixed_investment_yi", yi, reference)] if fixed is not None else []
        if total is not None and total < yi:
            more.append(edit("asking", need, "investment_yi", yi, reference))
        yield tuple(more)
    if least and stated:
        mu = math.floor(round(float(stated) * 1_000_000 / least, 4)) / 100
        yield (edit("asking", need, "land_area_mu", mu, reference),)
    yield (edit("answering", offer, "thresholds_can_be_waived", Answer.YES, reference),)


def _later(asked: Asked) -> Iterator[tuple[Edit, ...]]:
    """Take the premises when they are ready, and start production no earlier."""
    ready = asked.answering.get("available_on")
    if ready is not None:
        yield _from_day(asked, max(ready, asked.day))
    for edits in by_fields(asked):
        if edits[0].side == "answering":
            yield edits


def _from_day(asked: Asked, ready: dt.date) -> tuple[Edit, ...]:
    need = asked.asking
    needed, start = need.get("premises_needed_on"), need.get("production_start_on")
    names = ("premises_needed_on", "production_start_on")
    stated = zip(names, (needed, start), strict=True)
    return tuple(
        edit("asking", need, name, ready, asked.reference) for name, day in stated if day is not None and day < ready
    )


def _split(asked: Asked) -> Iterator[tuple[Edit, ...]]:
    """Take several plots or buildings where none alone is large enough."""
    yield (edit("asking", asked.asking, "accepts_split_plots", Answer.YES, asked.reference),)
    yield from by_fields(asked)


def _utility(name: str, upgrade: str) -> Remedy:
    def remedy(asked: Asked) -> Iterator[tuple[Edit, ...]]:
        """Ask for less, expand at once, or enlarge an upgrade or bring it forward."""
        yield from by_fields(asked)
        need, offer, reference = asked.asking, asked.answering, asked.reference
        added, ready = offer.get(upgrade), offer.get(f"{name}_upgrade_on")
        latest = need.get("premises_needed_on") or need.get("production_start_on")
        if not added or ready is None:
            return
        if latest is not None and ready > latest:
            yield _from_day(asked, ready)
            if latest > asked.day:
                yield (edit("answering", offer, f"{name}_upgrade_on", latest, reference),)
        elif asked.gate.gap is not None:
            more = rounded(float(added), float(added) + float(asked.gate.gap.raw), False)
            yield (edit("answering", offer, upgrade, more, reference),)

    return remedy


def _region(asked: Asked) -> Iterator[tuple[Edit, ...]]:
    """Go there too, or prefer the places rather than insist on them."""
    need, reference = asked.asking, asked.reference
    place = reference.prefecture(asked.gate.limit.raw) if asked.gate.limit is not None else None
    if place:
        targets = [*(need.get("target_prefecture_codes") or ()), place]
        yield (edit("asking", need, "target_prefecture_codes", targets, reference),)
    yield (edit("asking", need, "place_strictness", Strictness.PREFER, reference),)


def _refused(asked: Asked) -> Iterator[tuple[Edit, ...]]:
    """Have the park take the need's industries in."""
    refused, own = list(asked.answering.get("refused_codes") or ()), asked.asking.codes
    kept = [code for code in refused if not any(one.startswith(code) for one in own)]
    yield (edit("answering", asked.answering, "refused_codes", kept, asked.reference),)


def _two_lines(asked: Asked) -> Iterator[tuple[Edit, ...]]:
    yield (edit("answering", asked.answering, "dual_supply", Answer.YES, asked.reference),)
    yield (edit("asking", asked.asking, "dual_supply_needed", Answer.NO, asked.reference),)


def _price(cap: str, price: str) -> Remedy:
    """Accept the price, lower it, or, where it lies beyond all that may be asked, meet at the highest of that."""

    def remedy(asked: Asked) -> Iterator[tuple[Edit, ...]]:
        yield from by_fields(asked)
        highest = TABLES["need"].fields()[cap].high
        stated = asked.answering.get(price)
        if highest is not None and stated is not None and stated > highest:
            yield (
                edit("asking", asked.asking, cap, highest, asked.reference),
                edit("answering", asked.answering, price, highest, asked.reference),
            )

    return remedy


REMEDIES: Mapping[str, Callable[[Asked], Iterator[tuple[Edit, ...]]]] = {
    **SITING,
    "HC12-sewage": _utility("sewage", "sewage_upgrade_m3_per_day"),
    "HC12-power": _utility("power", "power_upgrade_kva"),
    "HC12-gas": _utility("gas", "gas_upgrade_m3_per_day"),
    "HC13-land_area_mu": _split,
    "HC13-floor_area_sqm": _split,
    "HC13-premises_needed_on": _later,
    "HC14-investment": _investment,
    "land_price": _price("land_price_cap_wan_per_mu", "land_price_wan_per_mu"),
    "rent": _price("rent_cap_yuan_per_sqm_month", "rent_yuan_per_sqm_month"),
    "power_price": _price("power_price_cap_yuan_per_kwh", "power_price_yuan_per_kwh"),
    "region": _region,
    "industry": _refused,
    "dual_supply": _two_lines,
    "place": talents_place,
    "way": ways,
    "licence_origin": licence_origins,
}
