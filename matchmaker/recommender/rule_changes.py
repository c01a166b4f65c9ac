"""What a change of the rules would do to the market: every live pair is asked twice, and nothing is written."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.recommender.facts import TABLES, Item, load_parks, load_postings, of_park
from matchmaker.recommender.frame import Frame
from matchmaker.recommender.gates import Outcome, check_premises
from matchmaker.recommender.gates.marks import framed
from matchmaker.recommender.gates.outcome import NOT_ASKED, VERDICTS, Verdicts
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.rules import as_area, as_chemical_area, as_restricted, as_rule, by_county, by_rule
from matchmaker.recommender.words import Sentence
from models import ChemicalArea, Park, Posting, RestrictedEntry, SitingArea, SitingRule
from models.vocabulary import PostingStatus, Verdict

EXAMPLES = 3


@dataclasses.dataclass(frozen=True, slots=True)
class Example:
    """One pair whose verdict changes, by the ids of its sides, with what would be said of it then."""

    need: str
    premises: str
    sentence: Sentence | None


@dataclasses.dataclass(frozen=True, slots=True)
class Shift:
    """How many pairs a rule judges otherwise than before; a verdict of None means that the rule isn't asked."""

    rule: str
    before: Verdict | None
    after: Verdict | None
    pairs: int
    examples: tuple[Example, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """All pairs of some needs and premises, and the day they are asked on; the frames hold the rules."""

    needs: Frame
    premises: Frame
    day: dt.date

    @property
    def pairs(self) -> int:
        """Count the pairs."""
        return len(self.needs) * len(self.premises)


def live_items(
    session: Session, most_needs: int | None = None, most_offers: int | None = None
) -> tuple[list[Item], list[Item]]:
    """Load the live needs, and all that they may be matched with: offers, and parks; or only the newest of both."""
    parks = load_parks(session)
    needs = load_postings(session, "need", _live_ids(session, "need")[:most_needs], parks)
    offers = load_postings(session, "offer", _live_ids(session, "offer")[:most_offers], parks)
    return needs, [*offers, *(of_park(park) for park in parks.values())]


def _live_ids(session: Session, kind: str) -> list[int]:
    table = TABLES[kind]
    live = select(table.id).where(table.status == PostingStatus.PUBLISHED)
    return list(session.scalars(live.order_by(table.published_at.desc(), table.id.desc())))


def asked(items: tuple[list[Item], list[Item]], reference: Reference, day: dt.date) -> Asked:
    """Lay items out under the rules of a reference; words that only one version looks for have columns of their own."""
    needs, premises = items
    return Asked(framed("need", needs, reference), framed("offer", premises, reference), day)


def with_rows(reference: Reference, rows: Iterable[Any]) -> Reference:
    """Return the reference as it would be with some rows added or put in the place of those with their keys."""
    rules = {(rule.id, rule.version): rule for versions in reference.rules.values() for rule in versions}
    restricted = {entry.id: entry for entry in reference.restricted}
    areas = {area.id: area for those in reference.areas.values() for area in those}
    chemical = {area.id: area for area in reference.chemical_areas}
    for row in rows:
        match row:
            case SitingRule():
                rules[row.rule, row.version] = as_rule(row)
            case RestrictedEntry():
                restricted[row.id] = as_restricted(row)
            case SitingArea():
                areas[row.id] = as_area(row)
            case ChemicalArea():
                chemical[row.id] = as_chemical_area(row)
    return dataclasses.replace(
        reference,
        rules=by_rule(rules.values()),
        restricted=tuple(restricted.values()),
        areas=by_county(areas.values()),
        chemical_areas=tuple(chemical.values()),
    )


def shifts(before: Asked, after: Asked, progress: Callable[[int], None] | None = None) -> list[Shift]:
    """Ask every pair under both laws, and count by rule how verdicts change, the rules in order of their ids."""
    counts: dict[tuple[str, int, int], int] = {}
    examples: dict[tuple[str, int, int], list[Example]] = {}
    for number in range(len(before.needs)):
        judged = [_by_rule(law, number) for law in (before, after)]
        for rule in judged[0].keys() | judged[1].keys():
            old, new = (_verdicts(found.get(rule, []), len(before.premises)) for found in judged)
            moves = old * np.uint8(len(VERDICTS)) + new
            for move in np.unique(moves[old != new]).tolist():
                key = (rule, *divmod(move, len(VERDICTS)))
                places = np.flatnonzero(moves == move)
                counts[key] = counts.get(key, 0) + len(places)
                kept = examples.setdefault(key, [])
                for at in places[: int(len(kept) < EXAMPLES)].tolist():  # one for each need
                    ids = before.needs.id_of(number), before.premises.id_of(at)
                    kept.append(Example(*ids, _sentence(judged[1].get(rule, []), at)))
        if progress:
            progress(number + 1)
    ordered = sorted(counts, key=lambda key: (number_of(key[0]), -counts[key], key))
    return [Shift(key[0], VERDICTS[key[1]], VERDICTS[key[2]], counts[key], tuple(examples[key])) for key in ordered]


def _by_rule(law: Asked, number: int) -> dict[str, list[Outcome]]:
    """Lay out by rule what is asked of one need and all premises; what the need itself insists on is no rule's."""
    need, reference = law.needs.take(np.array([number])), law.needs.reference
    found: dict[str, list[Outcome]] = {}
    for outcome in check_premises(need, law.premises, reference, law.day):
        rule = outcome.id.partition("-")[0]
        if rule in reference.rules:
            found.setdefault(rule, []).append(outcome)
    return found


def _verdicts(outcomes: Iterable[Outcome], length: int) -> Verdicts:
    """Return the worst verdict of a rule for each row; where it asks nothing, it isn't asked."""
    found: Verdicts = np.full(length, NOT_ASKED, np.uint8)
    for outcome in outcomes:
        np.maximum(found, outcome.verdicts, out=found)
    return found


def _sentence(outcomes: Iterable[Outcome], row: int) -> Sentence | None:
    said = [gate for gate in (outcome.at(row) for outcome in outcomes) if gate is not None]
    return max(said, key=lambda gate: VERDICTS.index(gate.verdict)).sentence if said else None


def number_of(rule: str) -> tuple[str, int]:
    """Return what rules are ordered by: HC2 comes before HC12."""
    letters = rule.rstrip("0123456789")
    return letters, int(rule[len(letters) :] or 0)


def names_of(session: Session, found: Iterable[Shift]) -> dict[str, str]:
    """Return the titles and names of the sides of all examples, by their ids."""
    ids = {id_ for shift in found for example in shift.examples for id_ in (example.need, example.premises)}
    keys = {id_: id_.partition(":")[2] for id_ in ids}
    codes = [key for id_, key in keys.items() if id_.startswith("park:")]
    numbers = [int(key) for id_, key in keys.items() if not id_.startswith("park:")]
    parks = session.execute(select(Park.code, Park.name).where(Park.code.in_(codes))).all()
    postings = session.execute(select(Posting.id, Posting.kind, Posting.title).where(Posting.id.in_(numbers))).all()
    return {f"park:{code}": name for code, name in parks} | {f"{kind}:{id_}": title for id_, kind, title in postings}
