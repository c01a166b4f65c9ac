"""HC12: sewage, power and gas against what is spare, or will be after a dated upgrade."""

import datetime as dt
from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.frame import Bools, Floats, Frame, mask_of
from matchmaker.recommender.gates.gate import ENOUGH, NOT_STATED, field_of, refuses
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Ending,
    Outcome,
    amounts,
    dates,
    days,
    decide,
)
from matchmaker.recommender.reference import Rule
from models.vocabulary import N_, HeavyMetal, Pollutant

STALE = N_("%(what)s：需 %(need)s，园区余量 %(limit)s 截至 %(date)s，满 12 个月要重新核实")
UNDATED = N_("%(what)s：需 %(need)s，园区余量 %(limit)s 没有写截至日期")
NO_LINE = N_("%(what)s：需 %(need)s，含重金属的废水要有专管，园区未填或没有")
AFTER_UPGRADE = N_("%(what)s：需 %(need)s，现有 %(now)s，%(upgraded)s 前扩容到 %(limit)s，够用")
UPGRADE_OPEN = N_("%(what)s：需 %(need)s，现有 %(limit)s，%(upgraded)s 扩容；需求没有写交付或投产日期，不知是否来得及")
SHORT_NOW = N_("%(what)s：需 %(need)s，现有 %(limit)s，差 %(gap)s，交付前没有够用的扩容安排")
SHORT_BY_UPGRADE = N_("%(what)s：需 %(need)s，现有 %(now)s，%(upgraded)s 前扩容到 %(limit)s，还差 %(gap)s")

UTILITIES = (
    ("sewage", "sewage_m3_per_day", "sewage_spare_m3_per_day", "sewage_upgrade_m3_per_day"),
    ("power", "power_kva", "power_spare_kva", "power_upgrade_kva"),
    ("gas", "gas_m3_per_day", "gas_spare_m3_per_day", "gas_upgrade_m3_per_day"),
)


def utilities(need: Frame, premises: Frame, rule: Rule, day: dt.date) -> Iterator[Outcome]:
    """Compare sewage, power and gas with what is spare, or will be after a dated upgrade."""
    for name, asked, spare, upgrade in UTILITIES:
        # A need that asks for none of it costs nothing.
        if np.nan_to_num(need.number(asked)).any():
            yield _utility(need, premises, rule, day, name, asked, spare, upgrade)


def _utility(
    need: Frame, premises: Frame, rule: Rule, day: dt.date, name: str, asked_name: str, spare_name: str, upgrade: str
) -> Outcome:
    unit = field_of("need", asked_name).unit
    asked, spare, as_of = need.number(asked_name), premises.number(spare_name), premises.number("spare_as_of")
    added, added_on = np.nan_to_num(premises.number(upgrade)), premises.number(f"{name}_upgrade_on")
    latest = latest_day(need)
    # What was added before the reading was taken is part of it already; NaN compares as false.
    counts = (added > 0) & (added_on > as_of) & (np.isnan(latest) | (added_on <= latest))
    then = np.where(counts, spare + added, spare)
    upgrade_fields = (
        f"need.{asked_name}",
        f"offer.{spare_name}",
        "offer.spare_as_of",
        f"offer.{upgrade}",
        f"offer.{name}_upgrade_on",
    )
    lacks_line = (needs_line(need) & ~premises.yes("dedicated_sewage_line")) if name == "sewage" else np.zeros(1, bool)
    enough = asked <= spare
    endings, ended = decide(
        (
            (~(asked > 0), SKIP),
            (np.isnan(spare), Ending(UNKNOWN, NOT_STATED)),
            (np.isnan(as_of), Ending(UNKNOWN, UNDATED)),
            (is_stale(as_of, day, int(rule.parameters.get("stale_after_months", 12))), Ending(UNKNOWN, STALE)),
            (enough & lacks_line, Ending(UNKNOWN, NO_LINE)),
            (enough, Ending(PASSES, ENOUGH)),
            (~counts, Ending(FAILS, SHORT_NOW)),
            (asked > then, Ending(FAILS, SHORT_BY_UPGRADE, upgrade_fields)),
            (lacks_line, Ending(UNKNOWN, NO_LINE, upgrade_fields)),
            (np.isnan(latest), Ending(UNKNOWN, UPGRADE_OPEN, upgrade_fields)),
        ),
        otherwise=Ending(PASSES, AFTER_UPGRADE, upgrade_fields),
    )
    # Where the upgrade can't be judged, the limit is what there is now.
    limit = np.where(~enough & counts & ~(np.isnan(latest) & (asked <= then) & ~lacks_line), then, spare)
    gap = asked - then
    return Outcome(
        f"HC12-{name}",
        field_of("need", asked_name).label,
        (f"need.{asked_name}", f"offer.{spare_name}", "offer.spare_as_of"),
        endings,
        ended,
        amounts(asked, unit, "≥"),
        amounts(limit, unit),
        amounts(gap, unit),
        gap / np.where(asked > 0, asked, np.nan),
        {"now": amounts(spare, unit), "date": days(as_of), "upgraded": days(added_on)},
        rule.source,
        dates(as_of),
        refuses(rule),
    )


def latest_day(need: Frame) -> Floats:
    """Return the day by which premises must be ready: as stated, or else when production starts."""
    stated = need.number("premises_needed_on")
    return np.where(np.isnan(stated), need.number("production_start_on"), stated)


def is_stale(as_of: Floats, day: dt.date, months: int) -> Bools:
    """Say which readings have reached their age: the day it is full, one no longer counts."""
    oldest = _oldest_fresh(day, months).toordinal()
    stale: Bools = as_of < oldest
    return stale


def _oldest_fresh(day: dt.date, months: int) -> dt.date:
    """Return the first day whose readings are not yet so many months old."""
    # A reading of 31 January is a month old on 28 February, so the end of a short month is looked at day by day.
    candidate = day - dt.timedelta(days=31 * months + 3)
    while _anniversary(candidate, months) <= day:
        candidate += dt.timedelta(days=1)
    return candidate


def _anniversary(start: dt.date, months: int) -> dt.date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    following = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (following - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(start.day, last))


def needs_line(need: Frame) -> Bools:
    """Say which needs discharge heavy metals, so that their sewage needs a line of its own."""
    metals = need["heavy_metals"] & ~np.uint32(mask_of(HeavyMetal, ["none"]))
    named = need["pollutants"] & np.uint32(mask_of(Pollutant, ["heavy_metals"]))
    return (metals != 0) | (named != 0)
