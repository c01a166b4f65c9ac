"""HC10: what the negative list of a county of key ecological function closes."""

from collections.abc import Iterator

from .hc7 import on_list
from .lists import at_most_warning, county_has, is_office, is_plant
from .says import Facts, Says


def check(need: Facts, premises: Facts, world: Facts, rule: Facts) -> Iterator[Says]:
    if not is_plant(need) or is_office(need):
        return
    if premises.get("county_list_source"):
        verdict = on_list(need, premises.get("county_banned_codes", []), premises.get("county_restricted_codes", []))
        yield {"id": "HC10", "verdict": at_most_warning(verdict, rule)}
    elif county_has(premises, world, "key_ecological_function"):
        yield {"id": "HC10", "verdict": "unknown"}
