"""HC12: sewage, power and gas against what is spare, or will be after a dated upgrade."""

import datetime as dt
from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.frame import Bools, Floats, Frame, mask_of
from matchmaker.recommender.gates.gate import ENOUGH, NOT_STATED, field_of
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Ending,
    Outcome,
    amounts,
    at,
    dates,
    days,
    decide,
    ratio,
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
MONTHS = 12
NOWHERE = np.zeros(1, bool)


def utilities(need: Frame, premises: Frame, rule: Rule, day: dt.date) -> Iterator[Outcome]:
    """Compare sewage, power and gas with what is spare, or will be after a dated upgrade."""
    stale = is_stale(premises.number("spare_as_of"), day, int(rule.parameters.get("stale_after_months", MONTHS)))
    for name, asked, spare, upgrade in UTILITIES:
        # A need that asks for none of it costs nothing.
        if (need.number(asked) > 0).any():
            lacks_line = needs_line(need) & ~premises.yes("dedicated_sewage_line") if name == "sewage" else NOWHERE
            yield _utility(need, premises, rule, stale, lacks_line, (name, asked, spare, upgrade))


def _utility(
    need: Frame, premises: Frame, rule: Rule, stale: Bools, lacks_line: Bools, named: tuple[str, str, str, str]
) -> Outcome:
    name, asked_name, spare_name, upgrade = named
    unit = field_of("need", asked_name).unit
    asked, spare, as_of = need.number(asked_name), premises.number(spare_name), premises.number("spare_as_of")
    added, added_on = premises.number(upgrade), premises.number(f"{name}_upgrade_on")
    latest = latest_day(need)
    # What was added before the reading was taken is part of it already; NaN compares as false.
    counts = (added > 0) & (added_on > as_of) & (np.isnan(latest) | (added_on <= latest))
    enough, enough_then = asked <= spare, asked <= spare + added
    fields = (f"need.{asked_name}", f"offer.{spare_name}", "offer.spare_as_of")
    upgraded = (*fields, f"offer.{upgrade}", f"offer.{name}_upgrade_on")
    line = ("offer.dedicated_sewage_line",)
    endings, ended = decide(
        (
            (~(asked > 0), SKIP),
            (np.isnan(spare), Ending(UNKNOWN, NOT_STATED)),
            (np.isnan(as_of), Ending(UNKNOWN, UNDATED)),
            (stale, Ending(UNKNOWN, STALE)),
            (enough & lacks_line, Ending(UNKNOWN, NO_LINE, (*fields, *line))),
            (enough, Ending(PASSES, ENOUGH)),
            (~counts, Ending(FAILS, SHORT_NOW)),
            (~enough_then, Ending(FAILS, SHORT_BY_UPGRADE, upgraded)),
            (lacks_line, Ending(UNKNOWN, NO_LINE, (*upgraded, *line))),
            (np.isnan(latest), Ending(UNKNOWN, UPGRADE_OPEN, (*upgraded, "need.premises_needed_on"))),
        ),
        otherwise=Ending(PASSES, AFTER_UPGRADE, upgraded),
    )

    def then(row: int) -> float:
        return float(at(spare, row) + (at(added, row) if at(counts, row) else 0))

    def limit(row: int) -> float:
        """Return what there is then, or what there is now where that decides or the upgrade can't be judged."""
        is_open = np.isnan(at(latest, row)) and at(enough_then, row) and not at(lacks_line, row)
        return float(at(spare, row)) if at(stale, row) or at(enough, row) or is_open else then(row)

    return Outcome(
        f"HC12-{name}",
        field_of("need", asked_name).label,
        fields,
        endings,
        ended,
        amounts(asked, unit, "≥"),
        amounts(limit, unit),
        amounts(lambda row: at(asked, row) - then(row), unit),
        lambda: ratio(asked - spare - np.where(counts, added, 0), asked),
        {"now": amounts(spare, unit), "date": days(as_of), "upgraded": days(added_on)},
        as_of=dates(as_of),
        rule=rule,
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
