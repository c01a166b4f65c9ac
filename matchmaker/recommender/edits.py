"""An edit of one fact of one side: what it is, what it would have to be, and how that is said to whoever decides.

Nobody is advised to state what isn't so. Where a fact lies in the ground or in the walls, another plot or building may
be offered; where a paper is missing, it has to be got; where a process is closed, another one has to be found.
"""

import dataclasses
import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from matchmaker.recommender.facts import TABLES, Item
from matchmaker.recommender.gates.gate import field_of
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.words import Sentence, Value
from models import Shape
from models.vocabulary import N_

SideName = Literal["asking", "answering"]

CHANGED = N_("%(what)s从 %(before)s 改为 %(after)s")
ANSWERED = N_("%(what)s写明 %(after)s")
DROPPED = N_("%(what)s里去掉 %(after)s")
ADDED = N_("%(what)s里加上 %(after)s")
EXPANDED = N_("%(what)s从 %(before)s 扩到 %(after)s")
OTHER_PLOT = N_("换一块地：%(what)s %(after)s 及以上")
OTHER_HALL = N_("换一处厂房：%(what)s %(after)s 及以上")
# How edits are said that aren't a word or number put in place of another.
SAID: Mapping[str, str] = {
    "need.dual_supply_needed": N_("不再要求双回路供电"),
    "need.accepts_split_plots": N_("接受分期或分散地块"),
    "need.adds_capacity": N_("只搬现有产能，不净增"),
    "need.processes": N_("更换工艺：不再用 %(after)s"),
    "need.products": N_("不做 %(after)s"),
    "need.heavy_metal_quota_source": N_("先落实重金属总量来源，写明腾出总量的装置或交易凭证"),
    "need.substitution_source": N_("先落实能耗和污染物的替代来源，写明装置或文件"),
    "position.licences_required": N_("职业资格要求里去掉 %(after)s，依法必须持证的岗位不能去掉"),
    "offer.dual_supply": N_("接上第二路供电"),
    "offer.thresholds_can_be_waived": N_("园区同意就门槛商量"),
    "offer.listed_sectors": N_("先修编规划和规划环评，列明 %(after)s"),
    "offer.customs_facilities": N_("换一处有 %(after)s 的载体"),
    "offer.land_price_wan_per_mu": N_("换一块地：%(what)s不高于 %(after)s"),
    "offer.largest_plot_mu": OTHER_PLOT,
    "offer.available_area_mu": OTHER_PLOT,
    "offer.floor_area_sqm": OTHER_HALL,
    "offer.largest_building_sqm": OTHER_HALL,
    "offer.clear_height_m": OTHER_HALL,
    "offer.floor_load_kn_sqm": OTHER_HALL,
    "offer.power_spare_kva": EXPANDED,
    "offer.sewage_spare_m3_per_day": EXPANDED,
    "offer.gas_spare_m3_per_day": EXPANDED,
    "offer.in_chemical_area": N_("换一块在已认定的化工片区内的地"),
    "offer.in_park_boundary": N_("换一块在园区批准的四至范围内的地"),
    "offer.in_ecological_redline": N_("换一块不涉及生态保护红线的地"),
    "offer.in_permanent_farmland": N_("换一块不涉及永久基本农田的地"),
    "offer.in_water_protection_zone": N_("换一块不在饮用水源保护区内的地"),
    "offer.in_nature_reserve": N_("换一块不在自然保护区内的地"),
    "offer.in_green_heart": N_("换一块不在长株潭绿心范围内的地"),
    "offer.shoreline_distance_m": N_("换一块到岸线 %(after)s 及以上的地"),
}
# A paper that has yet to be got: nobody knows yet what it will say.
PAPERS = frozenset(("heavy_metal_quota_source", "substitution_source"))


@dataclasses.dataclass(frozen=True, slots=True)
class Edit:
    """One fact of one side, as it is and as it would have to be.

    `also` are facts that go with it: which zone a plot lies in, where another plot lies in none.
    """

    side: SideName
    kind: str
    name: str
    before: Any
    after: Any
    labels: Callable[[Sequence[Any]], tuple[str, ...]] = dataclasses.field(compare=False)
    also: tuple[tuple[str, Any], ...] = ()

    def __hash__(self) -> int:
        """Hash by what changes into what; lists are no keys."""
        return hash((self.side, self.name, repr(self.after)))

    @property
    def facts(self) -> dict[str, Any]:
        """Return the facts of that side that the edit replaces."""
        return {self.name: self.after, **dict(self.also)}

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
        fact = f"{self.kind}.{self.name}"
        message, values = self._said()
        what = Value(None, labels=(field_of(self.kind, self.name).label,))
        return Sentence(SAID.get(fact, message), {"what": what, **values}, (fact,))

    def _said(self) -> tuple[str, dict[str, Value]]:
        if isinstance(self.before, list) or isinstance(self.after, list):
            before, after = list(self.before or ()), list(self.after or ())
            added = [one for one in after if one not in before]
            words = added or [one for one in before if one not in after]
            return ADDED if added else DROPPED, {"after": Value(tuple(words), labels=self.labels(words))}
        values = {"before": self._value(self.before), "after": self._value(self.after)}
        if self.before is not None and values["before"].text() == values["after"].text():
            # They differ by less than what is usually printed.
            values = {name: dataclasses.replace(value, raw=_exact(value.raw)) for name, value in values.items()}
        return ANSWERED if self.before is None else CHANGED, values

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
            "after": None if self.name in PAPERS else _plain(self.after),
            "text": str(self.sentence),
        }


def edit(
    side: SideName, item: Item, name: str, after: Any, reference: Reference, also: Mapping[str, Any] | None = None
) -> Edit:
    """Make an edit of a fact of one side."""
    # A park of the directory states nothing of its own; an edit of it is thrown away by whoever asked for it.
    field = TABLES.get(item.kind, TABLES["offer"]).fields()[name]

    def labels(words: Sequence[Any]) -> tuple[str, ...]:
        if field.vocabulary is not None:
            return tuple(field.vocabulary(word).label for word in words)
        if field.shape in (Shape.REGION, Shape.REGIONS):
            return tuple(reference.place_name(word) for word in words)
        if field.shape is Shape.INDUSTRIES:
            return tuple(reference.industry_name(word) for word in words)
        return tuple(map(str, words))

    before = item.get(name)
    before = list(before) if isinstance(before, tuple) else before
    return Edit(side, item.kind, name, before, after, labels, tuple((also or {}).items()))


def is_possible(one: Edit) -> bool:
    """Say whether the fact could be stated so: within its range, and otherwise than it is."""
    if one.after == one.before and not one.also:
        return False
    field = TABLES[one.kind].fields()[one.name]
    if isinstance(one.after, bool) or not isinstance(one.after, int | float):
        return True
    return (field.low is None or one.after >= field.low) and (field.high is None or one.after <= field.high)


def rounded(before: float, after: float, is_whole: bool) -> float:
    """Return a number as it is printed, and no less far from what it was: what is printed must be enough."""
    steps = 1 if is_whole else 100
    turn = math.ceil if after > before else math.floor
    # A number that has two decimals already is left at them.
    moved = turn(round(after * steps, 4)) / steps
    return int(moved) if is_whole else moved


def _exact(raw: Any) -> Any:
    return f"{raw:,.4f}".rstrip("0").rstrip(".") if isinstance(raw, int | float) else raw


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
