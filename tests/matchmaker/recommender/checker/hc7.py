"""HC7: what the park's own environmental list closes. The province's list ran out, so the park says which holds."""

import datetime as dt
from collections.abc import Iterator

from .lists import at_most_warning, is_office, is_plant
from .says import YES, Facts, Says, holds

HEAVY_RULES = ("HC3", "HC5", "HC8", "HC11", "HC15")
HEAVY_POLLUTANTS = ("heavy_metals",)  # solvents, odours and waste come from nearly every plant


def check(need: Facts, premises: Facts, world: Facts, rule: Facts, day: dt.date) -> Iterator[Says]:
    if not is_plant(need) or is_office(need):
        return
    last = premises.get("access_list_valid_to")
    is_held = bool(premises.get("access_list_source")) and last is not None and last >= day
    if is_held:
        verdict = on_list(need, premises.get("access_banned_codes", []), premises.get("access_restricted_codes", []))
        yield {"id": "HC7", "verdict": at_most_warning(verdict, rule)}
    elif weighs_on_the_environment(need, world):
        yield {"id": "HC7", "verdict": "unknown"}


def on_list(need: Facts, banned: list[str], restricted: list[str]) -> str:
    codes = need["industry_codes"]
    if any(holds(listed, code) for code in codes for listed in banned):
        return "fails"
    open_ = any(holds(code, listed) for code in codes for listed in banned)
    open_ = open_ or any(holds(code, listed) or holds(listed, code) for code in codes for listed in restricted)
    return "unknown" if open_ else "passes"


def weighs_on_the_environment(need: Facts, world: Facts) -> bool:
    """Say whether lists of that kind would have anything to say; a garment maker isn't asked for one."""
    return (
        any(metal != "none" for metal in need.get("heavy_metals", []))
        or "heavy_metals" in need.get("pollutants", [])
        or need.get("eia_class") == "report"
        or YES in (need.get("electroplating_step"), need.get("has_chemical_reaction"))
        or need.get("product_is_hazardous_chemical") == YES
        or any(
            holds(listed, code)
            for row in world["restricted"]
            if row["rule"] in HEAVY_RULES
            for listed in row["codes"]
            for code in need["industry_codes"]
        )
    )
