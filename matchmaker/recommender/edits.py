"""Edits of one fact that a failing condition suggests; whether they help is found out by gating the pair again."""

import dataclasses
import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from matchmaker.recommender.facts import TABLES, Item
from matchmaker.recommender.gates.gate import Gate, field_of
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.words import Sentence, Value
from models import Shape
from models.vocabulary import N_, Answer, Strictness

SideName = Literal["asking", "answering"]
NUMBERS = (Shape.NUMBER, Shape.COUNT, Shape.YEAR)
LISTS = (Shape.TERMS, Shape.TEXTS, Shape.INDUSTRIES, Shape.REGIONS)
# What nobody can change by agreeing to it: a person's learning is not a term of an offer.
FIXED = frozenset(
    f"talent.{name}"
    for name in (
        "education",
        "title_rank",
        "skill_level",
        "licences",
        "licence_origin",
        "years_experience",
        "languages",
    )
)
# Facts of a plot don't change, but another plot may be offered.
OF_THE_PLOT = frozenset(
    (
        "in_chemical_area",
        "in_park_boundary",
        "shoreline_distance_m",
        "shoreline_class",
        "in_ecological_redline",
        "in_permanent_farmland",
        "in_water_protection_zone",
        "in_nature_reserve",
        "in_wetland",
        "in_green_heart",
    )
)

CHANGED = N_("%(what)s从 %(before)s 改为 %(after)s")
ANSWERED = N_("%(what)s写明 %(after)s")
DROPPED = N_("%(what)s里去掉 %(after)s")
ADDED = N_("%(what)s里加上 %(after)s")
OTHER_PLOT = N_("换一块地：%(what)s为 %(after)s")


@dataclasses.dataclass(frozen=True, slots=True)
class Edit:
    """One fact of one side, as it is and as it would have to be."""

    side: SideName
    kind: str
    name: str
    before: Any
    after: Any
    labels: Callable[[Sequence[Any]], tuple[str, ...]] = dataclasses.field(compare=False)

    def __hash__(self) -> int:
        """Hash by what changes into what; lists are no keys."""
        return hash((self.side, self.name, repr(self.after)))

    @property
    def size(self) -> float:
        """Return how far the edit goes, relative to what is stated; what is no number goes a whole step."""
        if isinstance(self.before, int | float) and isinstance(self.after, int | float) and self.before:
            return abs(self.after - self.before) / abs(self.before)
        if isinstance(self.before, dt.date) and isinstance(self.after, dt.date):
            return abs((self.after - self.before).days) / 365
        return 1.0

    def joined(self, other: "Edit") -> "Edit":
        """Return one edit of the same fact that goes as far as both."""
        if isinstance(self.before, list) and isinstance(self.after, list) and isinstance(other.after, list):
            kept = [one for one in self.after if one in other.after or one not in self.before]
            added = [one for one in other.after if one not in self.before and one not in kept]
            return dataclasses.replace(self, after=kept + added)
        return self if self.size >= other.size else other

    @property
    def sentence(self) -> Sentence:
        """Say what becomes of the fact."""
        field = field_of(self.kind, self.name)
        what = Value(None, labels=(field.label,))
        fields = (f"{self.kind}.{self.name}",)
        if isinstance(self.before, list) or isinstance(self.after, list):
            before, after = list(self.before or ()), list(self.after or ())
            gone = [one for one in before if one not in after]
            words = gone or [one for one in after if one not in before]
            value = Value(tuple(words), labels=self.labels(words))
            return Sentence(DROPPED if gone else ADDED, {"what": what, "after": value}, fields)
        before_value, after_value = self._value(self.before), self._value(self.after)
        if self.kind == "offer" and self.name in OF_THE_PLOT:
            return Sentence(OTHER_PLOT, {"what": what, "after": after_value}, fields)
        if self.before is None:
            return Sentence(ANSWERED, {"what": what, "after": after_value}, fields)
        return Sentence(CHANGED, {"what": what, "before": before_value, "after": after_value}, fields)

    def _value(self, raw: Any) -> Value:
        field = field_of(self.kind, self.name)
        if field.vocabulary is not None and raw is not None:
            return Value(str(raw), labels=(field.vocabulary(raw).label,))
        if field.shape is Shape.REGION and raw is not None:
            return Value(raw, labels=self.labels([raw]))
        return Value(raw, field.unit)

    def as_json(self) -> dict[str, Any]:
        """Return the edit as JSON."""
        return {
            "side": self.side,
            "field": f"{self.kind}.{self.name}",
            "before": _plain(self.before),
            "after": _plain(self.after),
            "text": str(self.sentence),
        }


def suggestions(gate: Gate, pair: tuple[Item, Item], reference: Reference) -> Iterator[tuple[Edit, ...]]:
    """Yield what may lift one failing condition, each a few edits that belong together."""
    asking, answering = pair
    special = SPECIAL.get(gate.id)
    if special is not None:
        yield from special(gate, asking, answering, reference)
    for side, item in (("asking", asking), ("answering", answering)):
        for name in _own_fields(gate, item):
            # Which of the two values is this side's own depends on who asks; a fact that stays as it is helps nobody.
            for other in (gate.limit, gate.need):
                yield from _of_field(side, item, name, gate, other, reference)  # type: ignore[arg-type]


def _own_fields(gate: Gate, item: Item) -> list[str]:
    # A park of the directory states nothing of its own, so there is nothing to change.
    prefix = f"{item.kind}."
    return [
        field.removeprefix(prefix)
        for field in gate.fields
        if field.startswith(prefix) and item.kind in TABLES and field not in FIXED
    ]


def _of_field(
    side: SideName, item: Item, name: str, gate: Gate, other: Value | None, reference: Reference
) -> Iterator[tuple[Edit, ...]]:
    field = TABLES[item.kind].fields().get(name)
    if field is None:
        return
    before = item.get(name)
    after: Any = None
    raw = other.raw if other is not None else None
    if field.shape in NUMBERS and isinstance(raw, int | float):
        after = raw
    elif field.shape is Shape.DATE and isinstance(raw, dt.date):
        after = raw
    elif field.shape in LISTS:
        lacking = list(gate.gap.raw) if gate.gap is not None and isinstance(gate.gap.raw, tuple) else []
        if side == "asking":
            after = [one for one in before or () if one not in lacking] if lacking else None
        elif raw is not None:
            missing = lacking or [one for one in (raw if isinstance(raw, tuple) else (raw,)) if one]
            after = [*(before or ()), *(one for one in missing if one not in (before or ()))]
    elif field.shape is Shape.ANSWER:
        after = Answer.NO if before == Answer.YES else Answer.YES
    elif field.shape is Shape.TERM and isinstance(raw, tuple) and len(raw) == 1:
        raw = raw[0]
        after = field.vocabulary(raw) if field.vocabulary and raw in list(field.vocabulary) else None
    elif field.shape is Shape.TERM and isinstance(raw, str):
        after = field.vocabulary(raw) if field.vocabulary and raw in list(field.vocabulary) else None
    if after is None or after == before or not _is_sane(field.low, field.high, after):
        return
    yield (edit(side, item, name, after, reference),)


def _is_sane(low: float | None, high: float | None, after: Any) -> bool:
    if isinstance(after, bool) or not isinstance(after, int | float):
        return True
    return (low is None or after >= low) and (high is None or after <= high)


def edit(side: SideName, item: Item, name: str, after: Any, reference: Reference) -> Edit:
    """Make an edit of a fact of one side."""
    field = TABLES[item.kind].fields()[name]

    def labels(words: Sequence[Any]) -> tuple[str, ...]:
        if field.vocabulary is not None:
            return tuple(field.vocabulary(word).label for word in words)
        if field.shape in (Shape.REGION, Shape.REGIONS):
            return tuple(reference.place_name(word) for word in words)
        if field.shape is Shape.INDUSTRIES:
            return tuple(reference.industry_name(word) for word in words)
        return tuple(map(str, words))

    before = item.get(name)
    return Edit(side, item.kind, name, list(before) if isinstance(before, tuple) else before, after, labels)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


# --- What the shape of a fact doesn't tell ------------------------------------------------------------------------


def _investment(gate: Gate, need: Item, offer: Item, reference: Reference) -> Iterator[tuple[Edit, ...]]:
    """Invest more on the same land, take less land, or have the park lower or waive its threshold."""
    least, land = float(offer.get("min_investment_per_mu_wan") or 0), float(need.get("land_area_mu") or 0)
    stated = need.get("fixed_investment_yi") or need.get("investment_yi")
    if least and land:
        yi = math.ceil(least * land / 10_000 * 10_000) / 10_000
        more = [edit("asking", need, "fixed_investment_yi", yi, reference)]
        if (need.get("investment_yi") or 0) < yi:
            more.append(edit("asking", need, "investment_yi", yi, reference))
        yield tuple(more)
    if least and stated:
        mu = math.floor(float(stated) * 10_000 / least * 100) / 100
        if mu >= 3:
            yield (edit("asking", need, "land_area_mu", mu, reference),)
    yield (edit("answering", offer, "thresholds_can_be_waived", Answer.YES, reference),)


def _later(gate: Gate, need: Item, offer: Item, reference: Reference) -> Iterator[tuple[Edit, ...]]:
    """Take the premises when they are ready, and start production no earlier."""
    ready, start = offer.get("available_on"), need.get("production_start_on")
    if ready is not None:
        later = [edit("asking", need, "premises_needed_on", ready, reference)]
        if start is not None and start < ready:
            later.append(edit("asking", need, "production_start_on", ready, reference))
        yield tuple(later)


def _region(gate: Gate, asking: Item, answering: Item, reference: Reference) -> Iterator[tuple[Edit, ...]]:
    yield (edit("asking", asking, "place_strictness", Strictness.PREFER, reference),)


def _talents_place(gate: Gate, asking: Item, talent: Item, reference: Reference) -> Iterator[tuple[Edit, ...]]:
    yield (edit("answering", talent, "place_strictness", Strictness.PREFER, reference),)


def _split(gate: Gate, need: Item, offer: Item, reference: Reference) -> Iterator[tuple[Edit, ...]]:
    """Take several plots or buildings where none alone is large enough."""
    yield (edit("asking", need, "accepts_split_plots", Answer.YES, reference),)


def _refused(gate: Gate, need: Item, offer: Item, reference: Reference) -> Iterator[tuple[Edit, ...]]:
    refused = gate.limit.raw if gate.limit is not None else None
    hit = set(refused) if isinstance(refused, tuple) else {refused}
    yield (
        edit(
            "answering",
            offer,
            "refused_codes",
            [c for c in offer.get("refused_codes") or () if c not in hit],
            reference,
        ),
    )


def _far_from_the_shore(gate: Gate, need: Item, offer: Item, reference: Reference) -> Iterator[tuple[Edit, ...]]:
    yield (edit("answering", offer, "shoreline_distance_m", 2000.0, reference),)


def _quota(name: str, words: str) -> "Special":
    def of(gate: Gate, need: Item, offer: Item, reference: Reference) -> Iterator[tuple[Edit, ...]]:
        yield (edit("asking", need, name, words, reference),)

    return of


def _upgrade(name: str) -> "Special":
    def of(gate: Gate, need: Item, offer: Item, reference: Reference) -> Iterator[tuple[Edit, ...]]:
        """Enlarge the dated upgrade that falls short."""
        added_name = {"sewage": "sewage_upgrade_m3_per_day", "power": "power_upgrade_kva"}.get(
            name, "gas_upgrade_m3_per_day"
        )
        added = offer.get(added_name)
        if added and gate.gap is not None:
            yield (edit("answering", offer, added_name, float(added) + float(gate.gap.raw), reference),)

    return of


Special = Callable[[Gate, Item, Item, Reference], Iterator[tuple[Edit, ...]]]

SPECIAL: Mapping[str, Special] = {
    "HC14-investment": _investment,
    "HC13-premises_needed_on": _later,
    "HC13-land_area_mu": _split,
    "HC13-floor_area_sqm": _split,
    "HC12-sewage": _upgrade("sewage"),
    "HC12-power": _upgrade("power"),
    "HC12-gas": _upgrade("gas"),
    "HC4": _far_from_the_shore,
    "HC8": _quota("heavy_metal_quota_source", N_("落实总量来源并附文件")),
    "HC11": _quota("substitution_source", N_("落实替代来源并附文件")),
    "region": _region,
    "place": _talents_place,
    "industry": _refused,
}
