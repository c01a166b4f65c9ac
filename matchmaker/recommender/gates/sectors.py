"""HC15: fireworks, plating, dyeing and the like only in a park whose plan and impact assessment list them.

What a park lists is an answer about all of these sectors at once: what it doesn't list, it doesn't have. A park that
hasn't answered is asked. Which entry of the law stands behind a sector says whether it may refuse.
"""

import datetime as dt
from collections.abc import Callable, Iterator

import numpy as np

from matchmaker.recommender.frame import Array, Frame, mask_of
from matchmaker.recommender.gates.listed import Bits, Met, meet
from matchmaker.recommender.gates.outcome import (
    FAILS,
    PASSES,
    SKIP,
    UNKNOWN,
    Ending,
    Outcome,
    at,
    dates,
    decide,
    words,
)
from matchmaker.recommender.gates.siting import Quoted, is_office
from matchmaker.recommender.reference import Reference, Restricted, Rule
from models.vocabulary import N_, ProjectType, RestrictedDecision, SpecialSector

TITLE = N_("须园区列明的特殊行业")
NOT_LISTED = N_("%(what)s：%(need)s须在列明该行业的园区，园区没有列明")
NOT_LISTED_DOUBTFUL = N_("%(what)s：园区没有列明%(need)s（%(condition)s），能不能建由主管部门判断")
NOT_STATED = N_("%(what)s：涉及%(need)s（%(condition)s），园区没有写列明了哪些特殊行业")
PLATING_UNKNOWN = N_("%(what)s：行业涉及电镀，园区没有列明电镀；需求没有写有没有电镀工序")
TYPE_UNKNOWN = N_("%(what)s：园区没有列明%(need)s；需求没有写项目性质，还不能判断")
BY_PERSON = N_("%(what)s：涉及%(entry)s（%(condition)s），由主管部门判断")
TOO_BROAD = N_("%(what)s：行业可能包括%(need)s，需求没有写主要工艺，还不能判断")
LISTED = N_("%(what)s：%(need)s，园区列明可做；许可和条件（%(condition)s）另行办理")

NAMES = ("need.industry_codes", "need.processes", "need.products")
PLATING, PARK = "need.electroplating_step", "offer.listed_sectors"
FIELDS = (*NAMES, PLATING, PARK)


def sectors(need: Frame, premises: Frame, reference: Reference, rule: Rule, day: dt.date) -> Iterator[Outcome]:
    """Ask parks about the special sectors of needs."""
    met = meet(need, reference, rule, day, also=need.yes("electroplating_step"))
    if met is None:
        return
    asked = _Asked(need, met, rule)
    listed = premises["listed_sectors"]
    stated, typed = listed != 0, need.has("project_type")
    refusing, sure, perhaps = asked.refusing & ~listed, asked.sure & ~listed, asked.perhaps & ~listed
    plating = np.uint32(mask_of(SpecialSector, [SpecialSector.ELECTROPLATING]))
    anything = ((asked.sure | asked.perhaps) != 0) | asked.for_a_person.some()
    endings, ended = decide(
        (
            (~anything | is_office(need), SKIP),
            (stated & (refusing != 0) & typed, Ending(FAILS, NOT_LISTED, (*NAMES, PARK))),
            (stated & (refusing != 0), Ending(UNKNOWN, TYPE_UNKNOWN, ("need.project_type", PARK))),
            (stated & (sure != 0), Ending(UNKNOWN, NOT_LISTED_DOUBTFUL, (PARK,))),
            (sure != 0, Ending(UNKNOWN, NOT_STATED, (PARK,))),
            (asked.for_a_person.some(), Ending(UNKNOWN, BY_PERSON, NAMES)),
            ((perhaps & plating) != 0, Ending(UNKNOWN, PLATING_UNKNOWN, (PLATING, PARK))),
            (perhaps != 0, Ending(UNKNOWN, TOO_BROAD, (*NAMES[:2], PARK))),
        ),
        otherwise=Ending(PASSES, LISTED, FIELDS),
    )

    def told(row: int) -> int:
        """Return the sectors that a row is told of: those that are missing, the most certain first."""
        return next((int(m) for mask in (refusing, sure, perhaps) if (m := at(mask, row))), 0) or int(
            at(asked.sure | asked.perhaps, row)
        )

    quoted = asked.quoted(told)
    yield Outcome(
        "HC15",
        TITLE,
        FIELDS,
        endings,
        ended,
        words(SpecialSector, told),
        words(SpecialSector, listed),
        values=quoted.values,
        source=quoted.source,
        as_of=dates(premises.number("siting_as_of")),
        rule=rule,
    )


class _Asked:
    """The sectors that needs are of, as masks, and the entries behind them.

    `refusing`: surely, under an entry that may refuse. `sure`: surely. `perhaps`: an industry is stated too broadly, or
    nobody has said whether there is plating. `for_a_person`: entries that no listing settles.
    """

    def __init__(self, need: Frame, met: Met, rule: Rule) -> None:
        names = rule.parameters.get("sectors", {})
        self._bit = {id_: mask_of(SpecialSector, [name]) for name, ids in names.items() for id_ in ids}
        self._need, self._roll = need, met.roll
        plating_bit = mask_of(SpecialSector, [SpecialSector.ELECTROPLATING])
        plating = met.counts & met.where(lambda entry: self._bit.get(entry.id) == plating_bit)
        named_only = met.where(lambda entry: entry.id in rule.parameters.get("by_name_only", ()))
        reach = met.roll.by_type(need, _reaches)
        clear = met.inside | met.named
        # That a plant plates is asked, and never taken from its industry alone.
        self._sure = ((clear - plating - named_only) | (met.named & (plating | named_only))) & reach
        self._sure = self._sure | (plating & reach).only(need.yes("electroplating_step"))
        self._perhaps = ((met.coded - named_only) & reach) - self._sure
        judged = met.where(lambda entry: entry.decision == RestrictedDecision.UNKNOWN or entry.id not in self._bit)
        self.for_a_person = self._sure & judged
        self.refusing = self._mask(self._sure & met.where(_may_refuse))
        self.sure, self.perhaps = self._mask(self._sure), self._mask(self._perhaps)

    def _mask(self, bits: Bits) -> Array:
        """Return the sectors that any of a row's entries stands for."""
        found: Array = np.zeros(1, np.uint32)
        for bit in sorted(set(self._bit.values())):
            of_sector = self._roll.where(lambda entry, bit=bit: self._bit.get(entry.id) == bit)  # type: ignore[misc]
            found = found | (bits & of_sector).some() * np.uint32(bit)
        return found

    def quoted(self, told: Callable[[int], int]) -> Quoted:
        """Quote the entry of a sector that a row is told of, or else what is for a person."""
        quoted = Quoted(self._need, self._roll, [self.for_a_person, self._sure, self._perhaps])
        sets = (self._sure, self._perhaps, self.for_a_person)

        def entry(row: int) -> Restricted | None:
            mask = told(row)
            numbers = [number for bits in sets for number in bits.numbers(row)]
            entries = [self._roll.entries[number] for number in numbers]
            return next((one for one in entries if self._bit.get(one.id, 0) & mask), None) or next(iter(entries), None)

        quoted.entry = entry
        return quoted


def _reaches(entry: Restricted, kind: ProjectType | None) -> bool:
    """Say whether an entry may mean a kind of project: whatever moves is new where it comes to."""
    moves = kind in (ProjectType.RELOCATION, ProjectType.PART_CAPACITY) and ProjectType.NEW.value in entry.applies_to
    return kind is None or moves or kind.value in entry.applies_to


def _may_refuse(entry: Restricted) -> bool:
    return entry.confidence == "H" and entry.decision == RestrictedDecision.FAILS
