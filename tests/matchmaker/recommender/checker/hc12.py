"""HC12: sewage, power and gas against what is spare today, or after an upgrade that has a date."""

import datetime as dt
from collections.abc import Iterator

from .says import YES, Facts, Says, fails, is_certain, months_later, passes, unknown

UNIT = {"sewage": "m3_per_day", "power": "kva", "gas": "m3_per_day"}


def check(need: Facts, premises: Facts, rule: Facts, day: dt.date) -> Iterator[Says]:
    for utility, unit in UNIT.items():
        # Whoever asks for nothing, or for zero of it, raises no question.
        if need.get(f"{utility}_{unit}", 0) > 0:
            yield one_utility(utility, unit, need, premises, rule, day)


def one_utility(utility: str, unit: str, need: Facts, premises: Facts, rule: Facts, day: dt.date) -> Says:
    id_ = f"HC12-{utility}"
    asked = need[f"{utility}_{unit}"]
    spare = premises.get(f"{utility}_spare_{unit}")
    measured = premises.get("spare_as_of")
    fields = [f"need.{utility}_{unit}", f"offer.{utility}_spare_{unit}", "offer.spare_as_of"]

    if spare is None:
        return unknown(id_, fields, need=asked)
    if measured is None:
        return unknown(id_, fields, need=asked, limit=spare)
    # The day a reading is twelve months old, it no longer counts.
    if day >= months_later(measured, rule["parameters"].get("stale_after_months", 12)):
        return unknown(id_, fields, need=asked, limit=spare)

    needs_line = utility == "sewage" and discharges_heavy_metals(need)
    lacks_line = needs_line and premises.get("dedicated_sewage_line") != YES
    if asked <= spare:
        if lacks_line:
            return unknown(id_, [*fields, "offer.dedicated_sewage_line"], need=asked, limit=spare)
        return passes(id_, fields, need=asked, limit=spare)

    added = premises.get(f"{utility}_upgrade_{unit}") or 0
    added_on = premises.get(f"{utility}_upgrade_on")
    latest = need.get("premises_needed_on") or need.get("production_start_on")
    upgrade_helps = (
        added > 0
        and added_on is not None
        and added_on > measured  # what was added before the reading is in the reading
        and (latest is None or added_on <= latest)
    )
    if not upgrade_helps:
        return fails(
            id_, fields, is_certain(rule),
            need=asked, limit=spare, gap=asked - spare, distance=(asked - spare) / asked,
        )  # fmt: skip

    fields = [*fields, f"offer.{utility}_upgrade_{unit}", f"offer.{utility}_upgrade_on"]
    later = spare + added
    if asked > later:
        return fails(
            id_, fields, is_certain(rule),
            need=asked, limit=later, gap=asked - later, distance=(asked - later) / asked,
        )  # fmt: skip
    if lacks_line:
        return unknown(id_, [*fields, "offer.dedicated_sewage_line"], need=asked, limit=later)
    if latest is None:
        # Enough after the upgrade, but nobody knows whether that is soon enough.
        return unknown(id_, [*fields, "need.premises_needed_on"], need=asked, limit=spare)
    return passes(id_, fields, need=asked, limit=later)


def discharges_heavy_metals(need: Facts) -> bool:
    named = [metal for metal in need.get("heavy_metals", []) if metal != "none"]
    return named != [] or "heavy_metals" in need.get("pollutants", [])
