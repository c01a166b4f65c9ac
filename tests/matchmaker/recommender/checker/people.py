"""What keeps a talent from a position, or from the project of an enterprise."""

import unicodedata
from collections.abc import Iterator

from .says import Facts, Says, at_least, fails, lies_in, not_after, passes, unknown

# From the lowest to the highest. Another education than these can't be placed, so it neither passes nor fails.
EDUCATIONS = ["college", "bachelor", "master", "doctor"]
TITLES = ["none", "junior", "intermediate", "associate_senior", "senior"]
SKILL_LEVELS = [
    "none", "apprentice", "junior_worker", "intermediate_worker", "senior_worker", "technician", "senior_technician",
    "special", "chief",
]  # fmt: skip


def check_position(position: Facts, talent: Facts, world: Facts) -> Iterator[Says]:
    for one in (
        place(position, talent, world),
        way(position, talent),
        months(position, talent),
        salary(position, talent),
        rank("education", "education_required", EDUCATIONS, position, talent),
        rank("title_rank", "title_required", TITLES, position, talent),
        rank("skill_level", "skill_level_required", SKILL_LEVELS, position, talent),
        licences(position, talent),
        licence_origin(position, talent),
        years(position, talent),
        languages(position, talent),
        start(position, talent),
    ):
        if one is not None:
            yield one


def check_need(need: Facts, talent: Facts, world: Facts) -> Iterator[Says]:
    """Only the place may stand between a talent and a project, and only when both insist."""
    wanted, there = talent.get("target_prefecture_codes", []), need.get("target_prefecture_codes", [])
    if talent.get("place_strictness") != "must" or not wanted:
        return
    fields = ["talent.target_prefecture_codes", "need.target_prefecture_codes"]
    if need.get("place_strictness") != "must" or not there:
        yield unknown("place", fields, need=tuple(wanted), limit=tuple(there))
        return
    meet = any(lies_in(code, wanted, world) for code in there) or any(lies_in(code, there, world) for code in wanted)
    if meet:
        yield passes("place", fields, need=tuple(wanted), limit=tuple(there))
    else:
        yield fails("place", fields, need=tuple(wanted), limit=tuple(there), distance=1.0)


def ways_in_common(position: Facts, talent: Facts) -> list[str]:
    return [way for way in talent.get("ways_of_coming", []) if way in position.get("ways_of_working", [])]


def place(position: Facts, talent: Facts, world: Facts) -> Says | None:
    wanted, where = talent.get("target_prefecture_codes", []), position.get("region_code")
    if talent.get("place_strictness") != "must" or not wanted:
        return None
    if ways_in_common(position, talent) == ["remote_research"]:
        return None  # whoever works from afar doesn't come to the place
    fields = ["talent.target_prefecture_codes", "position.region_code"]
    if where is None:
        return unknown("place", fields, need=tuple(wanted))
    if lies_in(where, wanted, world):
        return passes("place", fields, need=tuple(wanted), limit=(where,))
    return fails("place", fields, need=tuple(wanted), limit=(where,), distance=1.0)


def way(position: Facts, talent: Facts) -> Says | None:
    offered, wanted = position.get("ways_of_working", []), talent.get("ways_of_coming", [])
    if not offered:
        return None
    fields = ["position.ways_of_working", "talent.ways_of_coming"]
    if not wanted:
        return unknown("way", fields, need=tuple(offered))
    common = ways_in_common(position, talent)
    if common:
        return passes("way", fields, need=tuple(offered), limit=tuple(common))
    return fails("way", fields, need=tuple(offered), limit=tuple(wanted), distance=1.0)


def months(position: Facts, talent: Facts) -> Says | None:
    asked = position.get("months_per_year", 0)
    if asked == 0 or "full_time" in ways_in_common(position, talent):
        return None  # who comes for good is there all year
    fields = ["position.months_per_year", "talent.months_per_year"]
    return at_least("months", fields, asked, talent.get("months_per_year"))


def salary(position: Facts, talent: Facts) -> Says | None:
    expected, low, high = (
        talent.get("salary_expected_wan"),
        position.get("salary_low_wan"),
        position.get("salary_high_wan"),
    )
    by_low, by_high = "position.salary_low_wan", "position.salary_high_wan"
    if expected is None:
        return None
    if high is not None:
        return at_least("salary", ["talent.salary_expected_wan", by_high], expected, high)
    if low is not None and low >= expected:
        return at_least("salary", ["talent.salary_expected_wan", by_low], expected, low)
    # Where only the lower end is stated, more may be paid.
    return unknown("salary", ["talent.salary_expected_wan", by_low, by_high], need=expected)


def rank(name: str, asked_name: str, order: list[str], position: Facts, talent: Facts) -> Says | None:
    asked, own = position.get(asked_name), talent.get(name)
    if asked not in order or asked == "none":
        return None
    fields = [f"position.{asked_name}", f"talent.{name}"]
    if own not in order:
        return unknown(name, fields, need=asked)
    missing = order.index(asked) - order.index(own)
    if missing <= 0:
        return passes(name, fields, need=asked, limit=own)
    return fails(name, fields, need=asked, limit=own, gap=missing, distance=missing / len(order))


def licences(position: Facts, talent: Facts) -> Says | None:
    asked, own = position.get("licences_required", []), talent.get("licences", [])
    if not asked:
        return None
    fields = ["position.licences_required", "talent.licences"]
    if not own:
        return unknown("licences", fields, need=tuple(asked))
    lacking = [licence for licence in asked if not any(mean_the_same(licence, other) for other in own)]
    if not lacking:
        return passes("licences", fields, need=tuple(asked), limit=tuple(own))
    return fails(
        "licences", fields,
        need=tuple(asked), limit=tuple(own), gap=tuple(lacking), distance=len(lacking) / len(asked),
    )  # fmt: skip


def mean_the_same(left: str, right: str) -> bool:
    """Say whether two people mean the same licence: width and case aside, one name is part of the other."""
    left, right = (unicodedata.normalize("NFKC", words).lower().strip() for words in (left, right))
    return left != "" and right != "" and (left in right or right in left)


def licence_origin(position: Facts, talent: Facts) -> Says | None:
    accepted, own = position.get("licence_origins_accepted", []), talent.get("licence_origin")
    if not accepted or not position.get("licences_required", []):
        return None
    fields = ["position.licence_origins_accepted", "talent.licence_origin"]
    if own is None:
        return unknown("licence_origin", fields, need=tuple(accepted))
    if own in accepted:
        return passes("licence_origin", fields, need=tuple(accepted), limit=(own,))
    return fails("licence_origin", fields, need=tuple(accepted), limit=(own,), distance=1.0)


def years(position: Facts, talent: Facts) -> Says | None:
    asked = position.get("years_required", 0)
    if asked == 0:
        return None
    return at_least(
        "years", ["position.years_required", "talent.years_experience"], asked, talent.get("years_experience")
    )


def languages(position: Facts, talent: Facts) -> Says | None:
    asked, own = position.get("languages_required", []), talent.get("languages", [])
    if not asked:
        return None
    fields = ["position.languages_required", "talent.languages"]
    if not own:
        return unknown("languages", fields, need=tuple(asked))
    lacking = [language for language in asked if language not in own]
    if not lacking:
        return passes("languages", fields, need=tuple(asked), limit=tuple(own))
    return fails(
        "languages", fields,
        need=tuple(asked), limit=tuple(own), gap=tuple(lacking), distance=len(lacking) / len(asked),
    )  # fmt: skip


def start(position: Facts, talent: Facts) -> Says | None:
    if "start_on" not in position:
        return None
    fields = ["position.start_on", "talent.available_on"]
    return not_after("start", fields, position["start_on"], talent.get("available_on"))
