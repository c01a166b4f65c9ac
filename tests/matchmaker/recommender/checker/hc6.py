"""HC6: red lines, permanent farmland, drinking water, nature reserves and wetlands."""

from collections.abc import Iterator

from .lists import at_most_warning, is_plant, worst_of
from .says import NO, YES, Facts, Says


def check(need: Facts, premises: Facts, rule: Facts) -> Iterator[Says]:
    codes = need.get("industry_codes", [])
    is_farming = need.get("category") == "farm_produce" or (codes and codes[0][0] == "A")
    offers_no_plot = premises.get("category") in ("farm_base", "service") or is_directory_entry(premises)
    if is_farming or offers_no_plot:
        return
    verdict = worst_of(
        (
            red_line(need, premises),
            "fails"
            if premises.get("in_permanent_farmland") == YES
            else open_unless_no(premises, "in_permanent_farmland"),
            water(need, premises),
            reserve(need, premises, rule),
            open_unless_no(premises, "in_wetland"),
            "passes" if "siting_as_of" in premises else "unknown",
        )
    )
    assert verdict is not None
    yield {"id": "HC6", "verdict": at_most_warning(verdict, rule)}


def is_directory_entry(premises: Facts) -> bool:
    return set(premises) == {"park"} and premises["park"] is not None


def open_unless_no(premises: Facts, zone: str) -> str:
    return "passes" if premises.get(zone) == NO else "unknown"


def red_line(need: Facts, premises: Facts) -> str:
    if premises.get("in_ecological_redline") == YES and is_plant(need):
        return "fails"
    return open_unless_no(premises, "in_ecological_redline")


def water(need: Facts, premises: Facts) -> str:
    """A first-class zone takes nobody, a second-class one nobody who discharges anything."""
    # Whoever says in which zone a plot lies says that it lies in one.
    if "water_protection_zone" not in premises or premises.get("in_water_protection_zone") == NO:
        return open_unless_no(premises, "in_water_protection_zone")
    zone, discharges = premises.get("water_protection_zone"), need.get("discharges", [])
    if zone == "l1" or (zone == "l2" and any(what != "none" for what in discharges)):
        return "fails"
    return "unknown"


def reserve(need: Facts, premises: Facts, rule: Facts) -> str:
    """Nobody builds in the core, and nobody produces elsewhere; but that text was only heard of, and warns."""
    if "nature_reserve_zone" not in premises or premises.get("in_nature_reserve") == NO:
        return open_unless_no(premises, "in_nature_reserve")
    if "offer.in_nature_reserve" in rule["parameters"].get("only_warn", []):
        return "unknown"
    zone = premises.get("nature_reserve_zone")
    return "fails" if zone == "core" or (zone == "general" and is_plant(need)) else "unknown"
