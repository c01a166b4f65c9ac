"""HC2: what the market-access list closes to everybody, and the foreign-investment list to foreign investors.

Manufacturing has had no item on the foreign list since 1 November 2024, so nobody is refused there for where the money
comes from. What needs a licence is not refused but told. Only some items of either list are held.
"""

import datetime as dt
from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.frame import Frame
from matchmaker.recommender.gates.listed import Met, meet
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Case,
    Ending,
    Outcome,
    decide,
    word,
)
from matchmaker.recommender.gates.siting import Quoted, industries, is_in_section, main_is_in_section
from matchmaker.recommender.reference import Reference, Restricted, Rule
from matchmaker.recommender.words import Value
from models.vocabulary import N_, InvestorOrigin, NeedCategory, RestrictedDecision

TITLE = N_("市场准入和外商投资准入")
BANNED = N_("%(what)s：%(entry)s 属%(item)s（%(condition)s），不能承接")
BANNED_FOREIGN = N_("%(what)s：投资者是%(need)s，%(entry)s 属外商投资负面清单%(item)s（%(condition)s），不能承接")
CEPA_MAY_OPEN = N_(
    "%(what)s：投资者是%(need)s，%(entry)s 属%(item)s（%(condition)s）；CEPA 有没有更开放的规定由商务部门核实"
)
FOREIGN_OPEN = N_("%(what)s：投资者是%(need)s，%(entry)s 列在%(item)s（%(condition)s），是否属于由商务部门判断")
ORIGIN_UNKNOWN = N_("%(what)s：%(entry)s 列在%(item)s（%(condition)s），需求没有写投资者来源，还不能判断")
ITEM_OPEN = N_("%(what)s：%(entry)s 列在%(item)s（%(condition)s），是否属于由主管部门判断")
LICENCE = N_("%(what)s：%(entry)s 属%(item)s，%(condition)s；不拒绝，许可由主管部门办理")
MANUFACTURING = N_("%(what)s：投资者是%(need)s，主业属制造业，2024-11-01 起外商投资负面清单没有制造业条目")
NOT_COMPARED = N_("%(what)s：投资者是%(need)s，主业不属制造业，外商投资负面清单只比对了一部分条目，由商务部门核实")
NOT_LISTED = N_("%(what)s：投资者是%(need)s，主业不在外商投资负面清单上")

FIELDS = ("need.industry_codes", "need.investor_origin")
NAMES = ("need.industry_codes", "need.processes", "need.products")
BANNED_CLASS, FOREIGN_CLASS = "禁止准入", "外资"
FOREIGN = ("foreign", "HK", "MO", "TW")


def market_access(need: Frame, reference: Reference, rule: Rule, day: dt.date) -> Iterator[Outcome]:
    """Hold needs against both lists, as far as they are held."""
    parameters = rule.parameters
    foreign = need.is_("investor_origin", *map(InvestorOrigin, parameters.get("foreign_origins", FOREIGN)))
    # Who only buys from Hunan invests in nothing there.
    foreign = foreign & need.has("industry_codes") & ~need.is_("category", NeedCategory.FARM_PRODUCE)
    met = meet(need, reference, rule, day)
    if met is None and not foreign.any():
        return
    open_sections = parameters.get("unrestricted_sections", ["C"])
    cases, quoted = _cases(need, reference, rule, met) if met is not None else ([], None)
    endings, ended = decide(
        (
            *cases,
            (foreign & main_is_in_section(need, reference, open_sections), Ending(PASSES, MANUFACTURING, FIELDS)),
            (foreign & rule.list_is_complete, Ending(PASSES, NOT_LISTED, FIELDS)),
            (foreign, Ending(UNKNOWN, NOT_COMPARED, FIELDS)),
        ),
        otherwise=SKIP,
    )
    origins, named = word(InvestorOrigin, need["investor_origin"]), industries(need, reference)

    def origin(row: int) -> Value | None:
        return origins(row) or named(row)

    if quoted is None:
        yield Outcome("HC2", TITLE, FIELDS, endings, ended, origin, rule=rule)
        return
    yield Outcome(
        "HC2",
        TITLE,
        FIELDS,
        endings,
        ended,
        origin,
        quoted.limit,
        values=quoted.values,
        source=quoted.source,
        rule=rule,
    )


def _cases(need: Frame, reference: Reference, rule: Rule, met: Met) -> tuple[list[Case], Quoted]:
    parameters = rule.parameters
    foreign = need.is_("investor_origin", *map(InvestorOrigin, parameters.get("foreign_origins", FOREIGN)))
    cepa = need.is_("investor_origin", *map(InvestorOrigin, parameters.get("cepa_origins", ())))
    untold = ~need.has("investor_origin")
    # A manufacturer meets nothing of the foreign list; one that also does something else is for a person.
    open_sections = parameters.get("unrestricted_sections", ["C"])
    makes, only_makes = (
        is_in_section(need, reference, open_sections),
        ~is_in_section(need, reference, set("ABCDEFGHIJKLMNOPQRST") - set(open_sections)),
    )
    closed = met.where(lambda entry: entry.restriction_class.startswith(BANNED_CLASS))
    abroad = met.where(_is_of_foreign_list).only(~(makes & only_makes))
    # Where one industry holds more than the list closes, the word decides.
    mixed = [reference.industry_at[code] for code in parameters.get("mixed_codes", ()) if code in reference.industry_at]
    clear = np.where(np.isin(need["industry_codes"], mixed), np.int16(-1), need["industry_codes"])
    clearly = met.roll.looked_up(met.roll.inside_of, clear) & met.counts
    certain = (clearly | (met.inside & met.named)) & met.where(_may_refuse)
    told = closed | abroad | met.where(lambda entry: entry.decision == RestrictedDecision.PASSES)
    found = [
        (certain & closed, Ending(FAILS, BANNED, NAMES)),
        ((certain & abroad).only(foreign & ~cepa & ~makes), Ending(FAILS, BANNED_FOREIGN, FIELDS)),
        ((certain & abroad).only(foreign & cepa), Ending(UNKNOWN, CEPA_MAY_OPEN, FIELDS)),
        ((met.touched & abroad).only(foreign), Ending(UNKNOWN, FOREIGN_OPEN, FIELDS)),
        ((met.touched & abroad).only(untold), Ending(UNKNOWN, ORIGIN_UNKNOWN, FIELDS)),
        (met.touched & closed, Ending(UNKNOWN, ITEM_OPEN, NAMES)),
        # An industry that is stated too broadly is no reason to tell of a licence.
        (((met.inside | met.named) - told) - met.where(_is_of_foreign_list), Ending(UNKNOWN, LICENCE, NAMES)),
    ]
    return [(bits.some(), ending) for bits, ending in found], Quoted(need, met.roll, [bits for bits, _ in found])


def _is_of_foreign_list(entry: Restricted) -> bool:
    return entry.restriction_class.startswith(FOREIGN_CLASS) and entry.decision != RestrictedDecision.PASSES


def _may_refuse(entry: Restricted) -> bool:
    return entry.confidence == "H" and entry.decision == RestrictedDecision.FAILS
