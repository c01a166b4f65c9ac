"""HC9: no plant in the core of the green heart; in the rest of it the municipality decides."""

from collections.abc import Iterator

from .lists import at_most_warning, county_has, is_plant
from .says import NO, YES, Facts, Says


def check(need: Facts, premises: Facts, world: Facts, rule: Facts) -> Iterator[Says]:
    inside, parameters = premises.get("in_green_heart"), rule["parameters"]
    if "green_heart_zone" in premises and inside != NO:
        inside = YES  # whoever says in which zone a plot lies says that it lies in one
    # A county only raises the question, and the plot answers it.
    if inside != YES and not county_has(premises, world, "green_heart"):
        return
    if inside == YES:
        # Before September 2024 the green heart was divided otherwise, and had no core.
        is_core = premises.get("green_heart_zone") == "core" and "core" in parameters["zones"]
        refuses = is_core and is_plant(need, parameters.get("sections", ("B", "C", "D")))
        verdict = "fails" if refuses else "unknown"
    else:
        verdict = "passes" if inside == NO else "unknown"
    yield {"id": "HC9", "verdict": at_most_warning(verdict, rule)}
