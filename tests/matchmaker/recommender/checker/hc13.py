"""HC13: land, floor, height, load and day of delivery against the largest piece there is."""

from collections.abc import Iterator

from .says import NO, YES, Facts, Says, at_least, is_certain, not_after, unknown

BY_LAND = {"buy_land", "rent_land"}
BY_FLOOR = {"lease", "buy_factory", "built_to_suit"}
LAND_CATEGORIES = {"land_plot", "farm_base"}
FLOOR_CATEGORIES = {"standard_factory", "built_to_suit", "incubator", "logistics"}


def ways(need: Facts, premises: Facts) -> set[str]:
    """Return how the two may meet: on land, on floor, or either.

    Where the premises give only some of what the need takes, that is the way. Where they give none of it, or don't
    say, everything that the need asks for stays open.
    """
    wanted = wanted_ways(need)
    both = wanted & given_ways(premises)
    return both if both else wanted


def wanted_ways(need: Facts) -> set[str]:
    found = by_tenure(need)
    if found:
        return found
    if need.get("land_area_mu"):
        found.add("land")
    if need.get("floor_area_sqm") or need.get("single_building_sqm"):
        found.add("floor")
    # Whoever says nothing of space is taken to look for floor.
    return found or {"floor"}


def given_ways(premises: Facts) -> set[str]:
    found = by_tenure(premises)
    if found:
        return found
    if premises.get("category") in LAND_CATEGORIES:
        return {"land"}
    if premises.get("category") in FLOOR_CATEGORIES:
        return {"floor"}
    return set()


def by_tenure(side: Facts) -> set[str]:
    found = set()
    for tenure in side.get("tenures", []):
        if tenure in BY_LAND:
            found.add("land")
        if tenure in BY_FLOOR:
            found.add("floor")
    return found


def check(need: Facts, premises: Facts, rule: Facts) -> Iterator[Says]:
    found, certain = ways(need, premises), is_certain(rule)
    if "land" in found and "land_area_mu" in need:
        yield land(need, premises, certain)
    if "floor" in found:
        if "single_building_sqm" in need:
            yield at_least(
                "HC13-single_building_sqm",
                ["need.single_building_sqm", "offer.largest_building_sqm"],
                need["single_building_sqm"],
                premises.get("largest_building_sqm"),
                certain,
            )
        if "floor_area_sqm" in need:
            yield floor(need, premises, certain)
        for name in ("clear_height_m", "floor_load_kn_sqm"):
            if name in need:
                yield at_least(
                    f"HC13-{name}", [f"need.{name}", f"offer.{name}"], need[name], premises.get(name), certain
                )
    # Premises are needed on the day that is stated, or else when production starts.
    for name in ("premises_needed_on", "production_start_on"):
        if name in need:
            yield not_after(
                f"HC13-{name}",
                [f"need.{name}", "offer.available_on"],
                need[name],
                premises.get("available_on"),
                certain,
            )
            break


def land(need: Facts, premises: Facts, certain: bool) -> Says:
    if need.get("accepts_split_plots") == YES:
        fields = ["need.land_area_mu", "need.accepts_split_plots", "offer.available_area_mu"]
        there = premises.get("available_area_mu")
    else:
        fields = ["need.land_area_mu", "offer.largest_plot_mu"]
        there = premises.get("largest_plot_mu")
    return at_least("HC13-land_area_mu", fields, need["land_area_mu"], there, certain)


def floor(need: Facts, premises: Facts, certain: bool) -> Says:
    id_, asked = "HC13-floor_area_sqm", need["floor_area_sqm"]
    fields = ["need.floor_area_sqm", "offer.floor_area_sqm", "offer.largest_building_sqm"]
    whole, largest = premises.get("floor_area_sqm"), premises.get("largest_building_sqm")

    if largest is not None and asked <= largest:
        # One building holds it all; what the whole is matters no more, but is the figure where it is stated.
        if whole is None:
            return at_least(id_, fields, asked, largest, certain)
        return at_least(id_, fields, asked, whole, certain)
    if whole is None or asked > whole:
        return at_least(id_, fields, asked, whole, certain)

    # Enough in several buildings, or in buildings that nobody has measured.
    if "single_building_sqm" in need or need.get("accepts_split_plots") == YES:
        return at_least(id_, fields, asked, whole, certain)
    if largest is None:
        return unknown(id_, fields, need=asked)
    if need.get("accepts_split_plots") == NO:
        return at_least(id_, fields, asked, largest, certain)
    return unknown(id_, fields, need=asked, limit=largest)
