"""HC12: sewage, power and gas against what is spare, or will be after a dated upgrade."""

import dataclasses
import datetime as dt
from collections.abc import Iterator

from matchmaker.recommender.facts import Item
from matchmaker.recommender.gates.gate import Condition, Gate, capacity, field_of, refuses
from matchmaker.recommender.reference import Rule
from matchmaker.recommender.words import Value
from models.vocabulary import N_, Answer

STALE = N_("%(what)s：需 %(need)s，园区余量 %(limit)s 截至 %(date)s，满 12 个月要重新核实")
UNDATED = N_("%(what)s：需 %(need)s，园区余量 %(limit)s 没有写截至日期")
NO_LINE = N_("%(what)s：需 %(need)s，含重金属的废水要有专管，园区未填或没有")
AFTER_UPGRADE = N_("%(what)s：需 %(need)s，现有 %(now)s，%(date)s 前扩容到 %(limit)s，够用")
UPGRADE_OPEN = N_("%(what)s：需 %(need)s，现有 %(limit)s，%(date)s 扩容；需求没有写交付或投产日期，不知是否来得及")
SHORT_NOW = N_("%(what)s：需 %(need)s，现有 %(limit)s，差 %(gap)s，交付前没有够用的扩容安排")
SHORT_BY_UPGRADE = N_("%(what)s：需 %(need)s，现有 %(now)s，%(date)s 前扩容到 %(limit)s，还差 %(gap)s")


def utilities(need: Item, premises: Item, rule: Rule, day: dt.date) -> Iterator[Gate]:
    """Compare sewage, power and gas with what is spare, or will be after a dated upgrade."""
    for name, asked_name, spare_name, upgrade in (
        ("sewage", "sewage_m3_per_day", "sewage_spare_m3_per_day", "sewage_upgrade_m3_per_day"),
        ("power", "power_kva", "power_spare_kva", "power_upgrade_kva"),
        ("gas", "gas_m3_per_day", "gas_spare_m3_per_day", "gas_upgrade_m3_per_day"),
    ):
        if need.get(asked_name):
            yield _utility(need, premises, rule, day, name, asked_name, spare_name, upgrade)


def _utility(
    need: Item,
    premises: Item,
    rule: Rule,
    day: dt.date,
    name: str,
    asked_name: str,
    spare_name: str,
    upgrade_name: str,
) -> Gate:
    upgrade_on_name = f"{name}_upgrade_on"
    label = field_of("need", asked_name)
    condition = Condition(
        f"HC12-{name}",
        label.label,
        (f"need.{asked_name}", f"offer.{spare_name}", "offer.spare_as_of"),
        rule.source,
        premises.get("spare_as_of"),
        refuses(rule),
    )
    asked, spare, as_of = need.get(asked_name), premises.get(spare_name), premises.get("spare_as_of")
    wanted, limit = Value(asked, label.unit, comparator="≥"), Value(spare, label.unit)
    if spare is None:
        return capacity(condition, asked, None, label.unit)
    if as_of is None:
        return condition.unknown(wanted, limit, UNDATED)
    if is_stale(as_of, day, int(rule.parameters.get("stale_after_months", 12))):
        return condition.unknown(wanted, limit, STALE, date=Value(as_of))
    lacks_line = name == "sewage" and _needs_line(need) and premises.get("dedicated_sewage_line") != Answer.YES
    if asked <= spare:
        return (
            condition.unknown(wanted, limit, NO_LINE) if lacks_line else capacity(condition, asked, spare, label.unit)
        )
    added, upgrade_on = premises.get(upgrade_name) or 0, premises.get(upgrade_on_name)
    latest = need.get("premises_needed_on") or need.get("production_start_on")
    # What was added before the reading was taken is part of it already.
    counts = upgrade_on is not None and upgrade_on > as_of and (latest is None or upgrade_on <= latest)
    if not counts or not added:
        return condition.fails(wanted, limit, SHORT_NOW, Value(asked - spare, label.unit), (asked - spare) / asked)
    condition = dataclasses.replace(
        condition, fields=(*condition.fields, f"offer.{upgrade_name}", f"offer.{upgrade_on_name}")
    )
    then, said = Value(spare + added, label.unit), {"now": limit, "date": Value(upgrade_on)}
    if asked > then.raw:
        gap = Value(asked - then.raw, label.unit)
        return condition.fails(wanted, then, SHORT_BY_UPGRADE, gap, gap.raw / asked, **said)
    if lacks_line:
        return condition.unknown(wanted, then, NO_LINE)
    if latest is None:
        return condition.unknown(wanted, limit, UPGRADE_OPEN, date=Value(upgrade_on))
    return condition.passes(wanted, then, AFTER_UPGRADE, **said)


def is_stale(as_of: dt.date, day: dt.date, months: int) -> bool:
    """Say whether a reading has reached its age: the day it is full, it no longer counts."""
    year, month = divmod(as_of.year * 12 + as_of.month - 1 + months, 12)
    last = 29 if as_of.day == 29 and month == 1 and _is_leap(year) else min(as_of.day, _days_in(year, month + 1))
    return dt.date(year, month + 1, last) <= day


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_in(year: int, month: int) -> int:
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return (following - dt.timedelta(days=1)).day


def _needs_line(need: Item) -> bool:
    metals = [metal for metal in need.get("heavy_metals") or () if metal != "none"]
    return bool(metals) or "heavy_metals" in (need.get("pollutants") or ())
