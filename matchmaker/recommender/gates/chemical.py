"""HC3: a chemical project belongs on a plot inside a recognised chemical area.

The test belongs to the plot. A park's recognition covers an area of it and says nothing of a plot; absence from a list
that is known to be incomplete refuses nobody. What an offer itself answers about its plot is no list, and counts.
"""

from collections.abc import Iterator
from typing import Any

from matchmaker.recommender.facts import Item
from matchmaker.recommender.gates.gate import Condition, Gate, refuses
from matchmaker.recommender.reference import Rule
from matchmaker.recommender.words import Value, terms
from models.vocabulary import N_, Answer, ProjectType

NOT_CHEMICAL = N_("%(what)s：不是化工项目")
EXEMPT_COMPOUNDING = N_("%(what)s：只混合、分装，产品不是危险化学品，不须进化工片区；环评类别仍要核对")
EXEMPT_AUXILIARY = N_("%(what)s：为其他行业装置配套，不须进化工片区")
EXEMPT_RENOVATION = N_("%(what)s：原址技改，不增产能，不须进化工片区")
INSIDE = N_("%(what)s：化工项目，地块在已认定的化工片区内")
OUTSIDE = N_("%(what)s：化工项目，地块不在已认定的化工片区内")
OUTSIDE_NOT_HAZARDOUS = N_("%(what)s：化工项目，产品不是危险化学品，地块不在已认定的化工片区内，须由工信部门核实")
OUTSIDE_HAZARD_UNKNOWN = N_("%(what)s：化工项目，地块不在已认定的化工片区内；需求没有写产品是否属危险化学品")
PLOT_UNKNOWN = N_("%(what)s：化工项目，地块是否在已认定的化工片区内还不清楚")
PARK_RECOGNISED = N_("%(what)s：化工项目，园区有已认定的化工片区，地块是否在片区内还不清楚")
HAZARD_UNKNOWN = N_("%(what)s：需求没有写清产品是否属危险化学品，还不能判断")
PROJECT_UNKNOWN = N_("%(what)s：需求没有写清是否有化学反应、产品是否属危险化学品，还不能判断")

CODES = ("C251", "C252", "C261", "C262", "C263", "C264", "C265", "C266", "C267", "C271")
FIELDS = (
    "need.industry_codes",
    "need.has_chemical_reaction",
    "need.product_is_hazardous_chemical",
    "offer.in_chemical_area",
)


def check(need: Item, premises: Item, rule: Rule) -> Iterator[Gate]:
    """Check the rule wherever something hints at chemistry; a garment maker isn't asked about it."""
    if not _hints_at_chemistry(need, rule):
        return
    condition = Condition("HC3", rule.title, FIELDS, rule.source, _as_of(premises), refuses(rule))
    answer = is_chemical(need, rule)
    asked = None if answer is None else terms(Answer, [_word(answer)])
    exemption = _exemption(need)
    if exemption is not None:
        yield condition.passes(asked, None, exemption)
    elif answer is False:
        yield condition.passes(asked, None, NOT_CHEMICAL)
    else:
        yield _judge(need, premises, rule, condition, answer, asked)


def _judge(
    need: Item, premises: Item, rule: Rule, condition: Condition, answer: bool | None, asked: Value | None
) -> Gate:
    inside = plot_is_inside(premises, rule)
    limit = None if inside is None else terms(Answer, [_word(inside)])
    if inside:
        return condition.passes(asked, limit, INSIDE)
    if answer is None:
        answered = _truth(need.get("has_chemical_reaction")) is not None
        return condition.unknown(None, limit, HAZARD_UNKNOWN if answered else PROJECT_UNKNOWN)
    if inside is None:
        recognised = premises.park is not None and premises.park.chemical_status == Answer.YES
        return condition.unknown(asked, None, PARK_RECOGNISED if recognised else PLOT_UNKNOWN)
    hazardous = _truth(need.get("product_is_hazardous_chemical"))
    if hazardous or rule.parameters.get("strict"):
        return condition.fails(asked, limit, OUTSIDE)
    return condition.unknown(asked, limit, OUTSIDE_HAZARD_UNKNOWN if hazardous is None else OUTSIDE_NOT_HAZARDOUS)


def is_chemical(need: Item, rule: Rule) -> bool | None:
    """Say whether the project is a chemical one; None where that hangs on an answer that wasn't given."""
    reaction, hazardous = _truth(need.get("has_chemical_reaction")), _truth(need.get("product_is_hazardous_chemical"))
    if hazardous or _names_chemistry(need, rule):
        return True
    # A reaction makes a project chemical only together with a code; a need without codes leaves that open.
    may_be = _has_code(need, rule) or not need.codes
    by_code = reaction if may_be else False
    if by_code and not need.codes:
        by_code = None
    if by_code:
        return True
    return None if by_code is None or hazardous is None else False


def plot_is_inside(premises: Item, rule: Rule) -> bool | None:
    """Say whether the plot lies in a recognised area; None where nobody has said."""
    answer = _truth(premises.get("in_chemical_area"))
    if answer is not None or premises.park is None:
        return answer
    # Only a complete list lets a park without any recognised area stand for all of its plots.
    has_none = premises.park.chemical_status == Answer.NO
    return False if has_none and rule.parameters.get("list_complete") else None


def _exemption(need: Item) -> str | None:
    not_hazardous = need.get("product_is_hazardous_chemical") == Answer.NO
    if need.get("compounding_only") == Answer.YES and not_hazardous:
        return EXEMPT_COMPOUNDING
    if need.get("serves_other_industry") == Answer.YES:
        return EXEMPT_AUXILIARY
    if need.get("project_type") == ProjectType.RENOVATION and need.get("adds_capacity") == Answer.NO:
        return EXEMPT_RENOVATION
    return None


def _hints_at_chemistry(need: Item, rule: Rule) -> bool:
    return (
        _has_code(need, rule)
        or _names_chemistry(need, rule)
        or need.get("has_chemical_reaction") in (Answer.YES, Answer.UNSURE)
        or need.get("product_is_hazardous_chemical") in (Answer.YES, Answer.UNSURE)
        or need.get("compounding_only") == Answer.YES
    )


def _has_code(need: Item, rule: Rule) -> bool:
    listed: Any = rule.parameters.get("chemical_codes") or CODES
    return any(code.startswith(other) or other.startswith(code) for code in need.codes for other in listed)


def _names_chemistry(need: Item, rule: Rule) -> bool:
    words: Any = rule.parameters.get("chemical_words") or ()
    named = "\n".join([*(need.get("processes") or ()), *(need.get("products") or ())])
    return any(word in named for word in words)


def _truth(answer: Any) -> bool | None:
    return {Answer.YES: True, Answer.NO: False}.get(answer)


def _word(answer: bool) -> str:
    return Answer.YES.value if answer else Answer.NO.value


def _as_of(premises: Item) -> Any:
    if premises.kind == "offer":
        return premises.get("siting_as_of")
    return premises.park.chemical_as_of if premises.park else None
