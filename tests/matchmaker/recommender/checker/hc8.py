"""HC8: a plant of the key sectors that discharges heavy metals brings the quota for them."""

import datetime as dt
from collections.abc import Iterator

from .lists import county_has, is_office, meetings, names_a_source, says_how
from .says import YES, Facts, Says, fails, is_certain, passes, unknown


def check(need: Facts, premises: Facts, world: Facts, rule: Facts, day: dt.date) -> Iterator[Says]:
    parameters, plates = rule["parameters"], need.get("electroplating_step")
    found = [m for m in meetings(need, world, rule, day) if m.inside or m.named or not says_how(need)]
    metals = [metal for metal in need.get("heavy_metals", []) if metal != "none"]
    kilos = need.get("heavy_metal_kg_per_year")
    emits = kilos is not None and kilos > 0
    is_meant = bool(found) or plates == YES
    if is_office(need) or not (is_meant or plates == "unsure" or metals or emits):
        return

    quota = need.get("heavy_metal_quota_source") or None
    has_source, ratio = names_a_source(quota), need.get("heavy_metal_ratio")
    is_key_sector = plates == YES or any(
        meeting.inside or meeting.named
        for meeting in found
        if meeting.row["id"] not in parameters["electroplating"]
        and meeting.row["confidence"] == "H"
        and meeting.row["decision"] != "unknown"
    )
    listed = need.get("heavy_metals", [])
    # Thallium and antimony are watched, and under no quota yet.
    is_controlled = not listed or any(metal in parameters["controlled"] for metal in listed)
    if is_key_sector and emits and has_source is False and is_controlled:
        yield fails("HC8", [], is_certain(rule), need=kilos, limit=quota, distance=1.0)
    elif (
        is_meant and emits and has_source and ratio is not None and ratio >= required(premises, world, parameters, day)
    ):
        yield passes("HC8", [], need=kilos, limit=quota)
    else:
        yield unknown("HC8", [], need=kilos, limit=quota)


def required(premises: Facts, world: Facts, parameters: Facts, day: dt.date) -> float:
    """Return the ratio that lets pass: where nobody knows which counties are key areas today, theirs."""
    has_run_out = parameters["key_areas_valid_to"] < day.isoformat()
    may_be_key = has_run_out or county_has(premises, world, "heavy_metal_key")
    return parameters["required_ratio_key"] if may_be_key else parameters["required_ratio_other"]
