"""HC7 and HC10: what the park's environmental access list, or the negative list of its county, closes to an industry.

The province's lists aren't held: those of the parks ran out, those of the counties were never found. So the park says
which list it goes by, and what that closes. Where it doesn't, a list is missed only by who has something to be asked
about: a plant that weighs on the environment, or any plant in a county of key ecological function.
"""

import datetime as dt
from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.frame import Array, Bools, Frame, mask_of
from matchmaker.recommender.gates.listed import NOBODY, Roll
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Ending,
    Outcome,
    at,
    constant,
    dates,
    days,
    decide,
)
from matchmaker.recommender.gates.printers import named, said
from matchmaker.recommender.gates.siting import INDUSTRY, county_names, industries, is_in_section, is_office, lies_in
from matchmaker.recommender.reference import Reference, Rule
from matchmaker.recommender.relation import meets
from matchmaker.recommender.words import Value
from models.vocabulary import N_, AreaType, EiaClass, HeavyMetal, Pollutant

ACCESS_TITLE = N_("园区生态环境准入清单")
COUNTY_TITLE = N_("重点生态功能区产业准入")
BANNED = N_("%(what)s：清单禁止 %(limit)s，需求的行业是 %(need)s")
BROAD = N_("%(what)s：清单列有 %(limit)s，需求的行业写得不够细，还不能判断")
CONDITIONAL = N_("%(what)s：清单限制 %(limit)s，须符合清单写明的条件，由生态环境部门判断")
COUNTY_CONDITIONAL = N_("%(what)s：清单限制 %(limit)s，须符合清单写明的条件，由发展改革部门判断")
NOT_ON_IT = N_("%(what)s：需求的行业 %(need)s 不在园区写明的清单内")
RAN_OUT = N_("%(what)s：园区写的清单 %(until)s 已到期，须按现行清单核对")
NO_LIST = N_("%(what)s：园区没有写现行的清单，还不能判断")
LIST_RAN_OUT = N_("%(what)s：省里的清单 %(expired)s 已到期，园区没有写现行的清单，还不能判断")
NO_COUNTY_LIST = N_("%(what)s：%(county)s是国家重点生态功能区，园区没有写县的产业准入负面清单，还不能判断")

ACCESS = ("need.industry_codes", "offer.access_banned_codes", "offer.access_restricted_codes")
ACCESS_LIST = ("offer.access_list_source", "offer.access_list_valid_to")
COUNTY = ("need.industry_codes", "offer.county_banned_codes", "offer.county_restricted_codes")
COUNTY_LIST = ("offer.county_list_source",)
# Access lists speak of the industries of these rules, and of what needs a full impact report. Solvents, odours and
# waste come from nearly every plant, and would have everybody asked.
HEAVY_RULES = ("HC3", "HC5", "HC8", "HC11", "HC15")


def access_list(need: Frame, premises: Frame, reference: Reference, rule: Rule, day: dt.date) -> Iterator[Outcome]:
    """Hold needs against the access list that premises go by."""
    stated, until = premises.has("access_list_source"), premises.number("access_list_valid_to")
    held = stated & (until >= day.toordinal())
    plant = need.has("industry_codes") & is_in_section(need, reference, INDUSTRY) & ~is_office(need)
    weighs = plant & weighs_on_environment(need, reference)
    if not (weighs.any() or (held.any() and plant.any())):
        return
    on_list = _OnList(need, premises, reference, "access", held)
    endings, ended = decide(
        (
            (~plant | ~(held | weighs), SKIP),
            (on_list.banned, Ending(FAILS, BANNED, ACCESS[:2])),
            (on_list.broad, Ending(UNKNOWN, BROAD, ACCESS)),
            (on_list.restricted, Ending(UNKNOWN, CONDITIONAL, ACCESS[::2])),
            (held, Ending(PASSES, NOT_ON_IT, ACCESS)),
            (stated & (until < day.toordinal()), Ending(UNKNOWN, RAN_OUT, ACCESS_LIST)),
        ),
        otherwise=Ending(UNKNOWN, LIST_RAN_OUT if rule.list_has_expired(day) else NO_LIST, ACCESS_LIST),
    )
    yield Outcome(
        "HC7",
        ACCESS_TITLE,
        ACCESS,
        endings,
        ended,
        industries(need, reference),
        on_list.limit,
        values={"until": days(until), "expired": constant(_last_day(rule))},
        source=said(premises, "access_list_source"),
        as_of=dates(premises.number("siting_as_of")),
        rule=rule,
    )


def county_list(need: Frame, premises: Frame, reference: Reference, rule: Rule) -> Iterator[Outcome]:
    """Hold needs against the negative list of the county, where it is one of key ecological function."""
    held = premises.has("county_list_source")
    asked = held | lies_in(premises, reference, (AreaType.KEY_ECOLOGICAL_FUNCTION,))
    plant = need.has("industry_codes") & is_in_section(need, reference, INDUSTRY) & ~is_office(need)
    if not (asked.any() and plant.any()):
        return
    on_list = _OnList(need, premises, reference, "county", held)
    endings, ended = decide(
        (
            (~plant | ~asked, SKIP),
            (on_list.banned, Ending(FAILS, BANNED, COUNTY[:2])),
            (on_list.broad, Ending(UNKNOWN, BROAD, COUNTY)),
            (on_list.restricted, Ending(UNKNOWN, COUNTY_CONDITIONAL, COUNTY[::2])),
            (held, Ending(PASSES, NOT_ON_IT, COUNTY)),
        ),
        otherwise=Ending(UNKNOWN, NO_COUNTY_LIST, COUNTY_LIST),
    )
    yield Outcome(
        "HC10",
        COUNTY_TITLE,
        COUNTY,
        endings,
        ended,
        industries(need, reference),
        on_list.limit,
        values={"county": county_names(premises, reference)},
        source=said(premises, "county_list_source"),
        as_of=dates(premises.number("siting_as_of")),
        rule=rule,
    )


def _last_day(rule: Rule) -> Value | None:
    last = rule.parameters.get("list_valid_to")
    return Value(dt.date.fromisoformat(last)) if last else None


def weighs_on_environment(need: Frame, reference: Reference) -> Bools:
    """Say which needs have something that access lists speak of; a garment maker has nothing."""
    metals = need["heavy_metals"] & ~np.uint32(mask_of(HeavyMetal, [HeavyMetal.NONE]))
    pollutants = need["pollutants"] & np.uint32(mask_of(Pollutant, [Pollutant.HEAVY_METALS]))
    weighs = (metals != 0) | (pollutants != 0) | need.is_("eia_class", EiaClass.REPORT)
    for name in ("electroplating_step", "has_chemical_reaction", "product_is_hazardous_chemical"):
        weighs = weighs | need.yes(name)
    for rule in HEAVY_RULES:
        roll = Roll.of(reference, rule)
        if roll.entries:
            weighs = weighs | roll.looked_up(roll.inside_of, need["industry_codes"]).some()
    return weighs


class _OnList:
    """How the industries of needs meet what a list that is held closes, or opens under conditions."""

    def __init__(self, need: Frame, premises: Frame, reference: Reference, list_: str, held: Bools) -> None:
        self._need, self._reference = need, reference
        self._codes = [premises[f"{list_}_banned_codes"], premises[f"{list_}_restricted_codes"]]
        self._banned, self._broad = self._meets(self._codes[0], held)
        restricted, broad = self._meets(self._codes[1], held)
        self.banned, self.broad, self.restricted = self._banned, self._broad & ~self._banned, restricted | broad

    def _meets(self, listed: Array, held: Bools) -> tuple[Bools, Bools]:
        """Say whose industry is listed, and whose is so broad that it holds one that is."""
        if not (listed[:, 0] >= 0).any():
            return NOBODY, NOBODY
        codes, covering = self._need["industry_codes"], self._reference.covering
        return held & meets(covering, listed, codes), held & meets(covering, codes, listed)

    def limit(self, row: int) -> Value | None:
        """Print the listed industries that a row's need meets."""
        covering, own = self._reference.covering, at(self._need["industry_codes"], row)[:, np.newaxis]
        for codes in self._codes:
            listed = at(codes, row)
            met = listed[(covering[listed, own] | covering[own, listed]).any(axis=0)]
            if (met >= 0).any():
                return named(met, list(self._reference.industries), self._reference.industry_name)
        return None
