"""A rule acts inside its dates and nowhere else, and what is not certain warns but refuses nobody."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pytest

from matchmaker.recommender import gates
from matchmaker.recommender.frame import Frame
from matchmaker.recommender.gates.marks import chemistry_mark
from matchmaker.recommender.gates.outcome import FAILS, NOT_ASKED, UNKNOWN
from matchmaker.recommender.reference import Reference, Rule
from tests.matchmaker.recommender.checker.draw import Draw
from tests.matchmaker.recommender.checker.edge import as_world
from tests.matchmaker.recommender.checker.stage import Pair, compare, frames, mixed, real_reference, summary

DAY = dt.date(2026, 11, 24)
KIND = "need–premises"
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return mixed(KIND, Draw(11, as_world(real_reference()), DAY), 250)


def with_rules(change: Callable[[Rule], Iterable[Rule]]) -> Reference:
    """Return the reference with every version of every rule replaced by what a change makes of it."""
    known = real_reference()
    rules = {id_: tuple(new for rule in versions for new in change(rule)) for id_, versions in known.rules.items()}
    changed = dataclasses.replace(known, rules=rules)
    # Places and industries are the same, and comparing all of them takes half a second.
    vars(changed).update(covering=known.covering, contained=known.contained)
    return changed


def only(id_: str, **changes: Any) -> Reference:
    return with_rules(lambda rule: [dataclasses.replace(rule, **changes) if rule.id == id_ else rule])


def judged(pairs: list[Pair], reference: Reference, day: dt.date) -> dict[str, list[int]]:
    """Return the verdicts of all pairs on a day, by condition; two columns of one condition are one."""
    left, right = rows(pairs, reference)
    found: dict[str, list[int]] = {}
    for outcome in gates.check_premises(left, right, reference, day):
        verdicts = np.broadcast_to(outcome.verdicts, len(pairs)).tolist()
        found[outcome.id] = [max(two) for two in zip(verdicts, found.get(outcome.id, verdicts), strict=True)]
    return {id_: verdicts for id_, verdicts in found.items() if any(verdicts)}


def rows(pairs: list[Pair], reference: Reference) -> tuple[Frame, Frame]:
    """Write the pairs once for all rules that look for the same words."""
    key = id(pairs), *(chemistry_mark(rule) for rule in reference.rules["HC3"])
    if key not in WRITTEN:
        # The pairs are kept with their rows, so that no others take their place in memory.
        WRITTEN[key] = pairs, frames(KIND, [one for one, _ in pairs], [other for _, other in pairs], reference)
    return WRITTEN[key][1]


WRITTEN: dict[tuple[Any, ...], tuple[list[Pair], tuple[Frame, Frame]]] = {}


def of_rule(found: dict[str, list[int]], id_: str) -> dict[str, list[int]]:
    return {name: verdicts for name, verdicts in found.items() if name.split("-")[0] == id_}


RULES = [f"HC{number}" for number in range(1, 16)]


def test_all_fifteen_rules_are_asked(pairs):
    assert {name.split("-")[0] for name in judged(pairs, real_reference(), DAY)} >= set(RULES)


@pytest.mark.parametrize("id_", RULES)
def test_a_rule_acts_from_its_first_day_to_its_last_and_nowhere_else(id_, pairs):
    reference = only(id_, in_force_from=DAY, in_force_to=DAY + 2 * ONE_DAY)

    assert not of_rule(judged(pairs, reference, DAY - ONE_DAY), id_)
    assert of_rule(judged(pairs, reference, DAY), id_)
    assert of_rule(judged(pairs, reference, DAY + 2 * ONE_DAY), id_)
    assert not of_rule(judged(pairs, reference, DAY + 3 * ONE_DAY), id_)


@pytest.mark.parametrize("id_", RULES)
def test_what_lies_outside_a_rules_dates_leaves_every_other_condition_alone(id_, pairs):
    with_it, without = judged(pairs, real_reference(), DAY), judged(pairs, only(id_, in_force_to=DAY - ONE_DAY), DAY)

    assert without == {name: verdicts for name, verdicts in with_it.items() if name.split("-")[0] != id_}


@pytest.mark.parametrize("id_", RULES)
@pytest.mark.parametrize("confidence", ["M", "L"])
def test_a_rule_that_is_not_certain_warns_where_it_would_refuse(id_, confidence, pairs):
    certain = of_rule(judged(pairs, only(id_, confidence="H"), DAY), id_)
    doubtful = of_rule(judged(pairs, only(id_, confidence=confidence), DAY), id_)

    assert doubtful == {
        name: [UNKNOWN if verdict == FAILS else verdict for verdict in verdicts] for name, verdicts in certain.items()
    }


def test_if_everything_were_certain_gates_and_second_opinion_would_refuse_the_same(pairs):
    """Most rows and some rules are from memory and refuse nobody, so that their refusals are looked at here."""
    known = with_rules(lambda rule: [dataclasses.replace(rule, confidence="H")])
    sure = dataclasses.replace(
        known, restricted=tuple(dataclasses.replace(row, confidence="H") for row in known.restricted)
    )
    vars(sure).update(covering=known.covering, contained=known.contained)
    left, right = rows(pairs, sure)

    wrong = compare(KIND, pairs, left, right, sure, as_world(sure), DAY)
    assert not wrong, summary(wrong)
    refusing = {name.split("-")[0] for name, verdicts in judged(pairs, sure, DAY).items() if FAILS in verdicts}
    assert refusing >= {"HC1", "HC3", "HC5", "HC6", "HC8", "HC9", "HC10", "HC11", "HC12", "HC13", "HC14", "HC15"}


def test_a_version_that_starts_tomorrow_changes_tomorrows_verdict_only(pairs):
    """Readings count for six months from tomorrow on."""

    def change(rule: Rule) -> list[Rule]:
        if rule.id != "HC12":
            return [rule]
        # Nobody ended the old version, so both hold tomorrow, and the newer one acts.
        return [
            rule,
            dataclasses.replace(
                rule, version=rule.version + 1, in_force_from=DAY + ONE_DAY, parameters={"stale_after_months": 6}
            ),
        ]

    before, after = real_reference(), with_rules(change)

    assert judged(pairs, after, DAY) == judged(pairs, before, DAY)
    assert of_rule(judged(pairs, after, DAY + ONE_DAY), "HC12") != of_rule(judged(pairs, before, DAY + ONE_DAY), "HC12")
    for day in (DAY, DAY + ONE_DAY):
        left, right = rows(pairs, after)
        wrong = compare(KIND, pairs, left, right, after, as_world(after), day)
        assert not wrong, summary(wrong)


def test_a_chemical_rule_with_other_words_tomorrow_reads_the_same_rows_by_them(pairs):
    """The frame is written once; each version finds what its own words came to."""

    def change(rule: Rule) -> list[Rule]:
        if rule.id != "HC3":
            return [rule]
        parameters = {**rule.parameters, "chemical_words": ["注塑"], "strict": True}
        return [
            dataclasses.replace(rule, in_force_to=DAY),
            dataclasses.replace(rule, version=rule.version + 1, in_force_from=DAY + ONE_DAY, parameters=parameters),
        ]

    after = with_rules(change)
    left, right = rows(pairs, after)

    for day in (DAY, DAY + ONE_DAY):
        wrong = compare(KIND, pairs, left, right, after, as_world(after), day)
        assert not wrong, summary(wrong)
    assert of_rule(judged(pairs, after, DAY + ONE_DAY), "HC3") != of_rule(judged(pairs, after, DAY), "HC3")


def test_a_complete_list_refuses_whom_it_does_not_name_until_it_runs_out():
    complete = {**real_reference().rules["HC3"][-1].parameters, "list_complete": True}
    lasting = only("HC3", parameters=complete | {"list_valid_to": DAY.isoformat()})
    park = Draw(13, as_world(lasting), DAY).park() | {"chemical_status": "no"}
    acid = {"industry_codes": ["C2611"], "has_chemical_reaction": "yes", "product_is_hazardous_chemical": "yes"}
    pairs = [(acid, {"park": park})]

    for day, verdict in ((DAY, FAILS), (DAY + ONE_DAY, UNKNOWN)):
        assert judged(pairs, lasting, day)["HC3"] == [verdict]
        wrong = compare(KIND, pairs, *rows(pairs, lasting), lasting, as_world(lasting), day)
        assert not wrong, summary(wrong)


@pytest.mark.parametrize("id_", ["HC1", "HC2", "HC5", "HC8", "HC11", "HC15"])
def test_a_list_that_has_run_out_decides_about_nobody_alone_or_among_others(id_, pairs):
    known = real_reference()
    listed = [dataclasses.replace(row, in_force_to=DAY) if row.rule == id_ else row for row in known.restricted]
    old = dataclasses.replace(known, restricted=tuple(listed))
    vars(old).update(covering=known.covering, contained=known.contained)

    for day in (DAY, DAY + ONE_DAY):
        left, right = rows(pairs, old)
        wrong = compare(KIND, pairs, left, right, old, as_world(old), day)
        assert not wrong, summary(wrong)
    for pair in pairs[:40]:
        left, right = frames(KIND, pair[:1], pair[1:], old)
        wrong = compare(KIND, [pair], left, right, old, as_world(old), DAY + ONE_DAY)
        assert not wrong, summary(wrong)
    tomorrow = of_rule(judged(pairs, old, DAY + ONE_DAY), id_)[id_]
    assert set(tomorrow) == {NOT_ASKED, UNKNOWN}
