"""HC3: a chemical project belongs on a plot inside a recognised chemical area."""

import datetime as dt
from collections.abc import Iterator

from .lists import names_one_of
from .says import NO, YES, Facts, Says, fails, holds, is_certain, passes, unknown

FIELDS = [
    "need.industry_codes",
    "need.has_chemical_reaction",
    "need.product_is_hazardous_chemical",
    "offer.in_chemical_area",
]


def check(need: Facts, premises: Facts, rule: Facts, day: dt.date) -> Iterator[Says]:
    if not anything_hints_at_chemistry(need, rule):
        return
    chemical = is_chemical(need, rule)
    asked = None if chemical is None else (YES if chemical else NO,)
    if is_exempt(need) or chemical is False:
        yield passes("HC3", FIELDS, need=asked)
        return
    yield judge(need, premises, rule, chemical, asked, day)


def judge(
    need: Facts, premises: Facts, rule: Facts, chemical: bool | None, asked: tuple[str, ...] | None, day: dt.date
) -> Says:
    inside = plot_is_inside(premises, rule, day)
    limit = None if inside is None else (YES if inside else NO,)
    if inside:
        return passes("HC3", FIELDS, need=asked, limit=limit)
    if chemical is None or inside is None:
        return unknown("HC3", FIELDS, need=asked, limit=limit)
    # The national text is mandatory for hazardous products; the rest only if the rule is set to be strict.
    if need.get("product_is_hazardous_chemical") == YES or rule["parameters"].get("strict"):
        return fails("HC3", FIELDS, is_certain(rule), need=asked, limit=limit, distance=1.0)
    return unknown("HC3", FIELDS, need=asked, limit=limit)


def anything_hints_at_chemistry(need: Facts, rule: Facts) -> bool:
    return (
        touches_a_chemical_code(need, rule)
        or names_chemistry(need, rule)
        or need.get("has_chemical_reaction") in (YES, "unsure")
        or need.get("product_is_hazardous_chemical") in (YES, "unsure")
        or need.get("compounding_only") == YES
    )


def touches_a_chemical_code(need: Facts, rule: Facts) -> bool:
    """Say whether a code of the need is one of the rule's, lies in one, or is so broad that it holds one."""
    listed = rule["parameters"]["chemical_codes"]
    return any(holds(other, code) or holds(code, other) for code in need.get("industry_codes", []) for other in listed)


def names_chemistry(need: Facts, rule: Facts) -> bool:
    return names_one_of(need, rule["parameters"].get("chemical_words", []))


def is_chemical(need: Facts, rule: Facts) -> bool | None:
    """A reaction under a chemical code, a hazardous product, or one of the words; None if an answer is missing."""
    reaction, hazardous = need.get("has_chemical_reaction"), need.get("product_is_hazardous_chemical")
    if hazardous == YES or names_chemistry(need, rule):
        return True
    if need.get("industry_codes", []):
        by_code = touches_a_chemical_code(need, rule)
        if by_code and reaction == YES:
            return True
        rules_out_reaction = not by_code or reaction == NO
    else:
        # Without a code nobody can say that a reaction is of a chemical industry, unless there is none.
        rules_out_reaction = reaction == NO
    return False if rules_out_reaction and hazardous == NO else None


def is_exempt(need: Facts) -> bool:
    if need.get("compounding_only") == YES and need.get("product_is_hazardous_chemical") == NO:
        return True
    if need.get("serves_other_industry") == YES:
        return True
    return need.get("project_type") == "renovation" and need.get("adds_capacity") == NO


def plot_is_inside(premises: Facts, rule: Facts, day: dt.date) -> bool | None:
    """Say what is known of the plot itself; a park's recognition covers an area of it, and says nothing of a plot."""
    answer = premises.get("in_chemical_area")
    if answer in (YES, NO):
        return answer == YES
    # Only a list that is complete and of today lets a park that has no area at all stand for all of its plots.
    park, last = premises["park"], rule["parameters"].get("list_valid_to")
    may_be_read = rule["parameters"].get("list_complete") and (last is None or day.isoformat() <= last)
    return False if park is not None and park["chemical_status"] == NO and may_be_read else None
