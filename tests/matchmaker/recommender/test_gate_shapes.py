"""One need and all premises, all needs and one offer, or pair by pair: every gate says the same."""

import datetime as dt
from collections.abc import Callable

import numpy as np
import pytest

from matchmaker.recommender.frame import Frame
from matchmaker.recommender.gates import Outcome, check_people, check_premises, shortfall, worst
from matchmaker.recommender.gates.marks import framed
from matchmaker.recommender.gates.outcome import FAILS, PASSES, UNKNOWN, VERDICTS
from matchmaker.recommender.reference import Reference
from models.vocabulary import Verdict
from tests.matchmaker.recommender.checker.draw import Draw
from tests.matchmaker.recommender.checker.edge import as_item, as_world
from tests.matchmaker.recommender.checker.stage import real_reference

DAY = dt.date(2026, 11, 24)
ROWS = 60
PAIRINGS = [("need", "offer", check_premises), ("position", "talent", check_people), ("need", "talent", check_people)]

Check = Callable[[Frame, Frame, Reference, dt.date], list[Outcome]]


@pytest.fixture(scope="module")
def reference() -> Reference:
    """Take the rules and lists that the portal stands on, so that every gate is asked."""
    return real_reference()


@pytest.fixture(scope="module")
def frames(reference: Reference) -> dict[str, Frame]:
    """Draw sixty of every kind, near each other's limits; some premises are parks that state nothing."""
    draw = Draw(4, as_world(reference), DAY)
    drawn = {kind: [draw.side(kind) for _ in range(ROWS)] for kind in ("need", "offer", "talent", "position")}
    for row in range(ROWS):
        draw.fit_premises(drawn["need"][row], drawn["offer"][row])
        draw.fit_talent(drawn["position"][row], drawn["talent"][row])
        if row % 10 == 9:
            drawn["offer"][row] = draw.directory_park()
    return {
        kind: framed(kind, [as_item(kind, one, number) for number, one in enumerate(sides, 1)], reference)
        for kind, sides in drawn.items()
    }


def said(outcomes: list[Outcome], row: int) -> list[dict[str, object]]:
    """Return all that the gates of a row say, in words and numbers."""
    gates = [gate for outcome in outcomes if (gate := outcome.at(row)) is not None]
    assert len({gate.id for gate in gates}) == len(gates)
    return sorted(
        (gate.as_json() | {"distance": gate.distance, "limit": str(gate.limit)} for gate in gates),
        key=lambda g: g["id"],
    )


@pytest.mark.parametrize(("asking", "answering", "check"), PAIRINGS)
def test_a_row_says_the_same_alone_and_among_others(frames, reference, asking, answering, check):
    left, right = frames[asking], frames[answering]
    pairwise = check(left, right, reference, DAY)
    verdicts = worst(pairwise, ROWS)
    missing = shortfall(pairwise, ROWS)

    for row in range(ROWS):
        alone = check(left.take(np.array([row])), right.take(np.array([row])), reference, DAY)
        assert said(pairwise, row) == said(alone, 0)
        assert verdicts[row] == worst(alone, 1)[0]
        assert missing[row] == shortfall(alone, 1)[0]


@pytest.mark.parametrize(("asking", "answering", "check"), PAIRINGS)
def test_one_against_all_is_each_of_them_alone(frames, reference, asking, answering, check):
    left, right = frames[asking], frames[answering]
    for one in range(0, ROWS, 12):
        alone = np.array([one])
        forth = check(left.take(alone), right, reference, DAY)
        back = check(left, right.take(alone), reference, DAY)
        repeated = np.full(ROWS, one)
        forth_pairs = check(left.take(repeated), right, reference, DAY)
        back_pairs = check(left, right.take(repeated), reference, DAY)
        for row in range(ROWS):
            assert said(forth, row) == said(forth_pairs, row)
            assert said(back, row) == said(back_pairs, row)
        assert worst(forth, ROWS).tolist() == worst(forth_pairs, ROWS).tolist()
        assert shortfall(back, ROWS).tolist() == shortfall(back_pairs, ROWS).tolist()


@pytest.mark.parametrize(("asking", "answering", "check"), PAIRINGS)
def test_every_failure_prints_what_is_asked_and_what_there_is(frames, reference, asking, answering, check):
    left, right = frames[asking], frames[answering]
    failures = 0
    for shift in range(8):
        outcomes = check(left, right.take(np.roll(np.arange(ROWS), shift)), reference, DAY)
        for outcome in outcomes:
            for row in range(ROWS):
                gate = outcome.at(row)
                assert gate is None or "None" not in str(gate.sentence), str(gate.sentence)
                if gate is not None and gate.verdict is Verdict.FAILS:
                    assert str(gate.need), gate.id
                    assert str(gate.limit), gate.id
                    assert 0 < gate.distance <= 1, gate.id
                    failures += 1
    assert failures


def test_the_verdict_of_a_row_is_the_worst_of_its_gates(frames, reference):
    outcomes = check_premises(frames["need"], frames["offer"], reference, DAY)

    for row, verdict in enumerate(worst(outcomes, ROWS)):
        gates = {gate.verdict for outcome in outcomes if (gate := outcome.at(row)) is not None}
        expected = next((v for v in (Verdict.FAILS, Verdict.UNKNOWN, Verdict.PASSES) if v in gates), Verdict.UNKNOWN)
        assert VERDICTS[verdict] is expected
    assert {FAILS, UNKNOWN} <= set(worst(outcomes, ROWS).tolist()) <= {FAILS, UNKNOWN, PASSES}


def test_who_fails_nowhere_lacks_nothing(frames, reference):
    outcomes = check_premises(frames["need"], frames["offer"], reference, DAY)

    short, verdicts = shortfall(outcomes, ROWS), worst(outcomes, ROWS)

    assert (short[verdicts != FAILS] == 0).all()
    assert (short[verdicts == FAILS] > 1).all()
    assert not np.isnan(short).any()


def test_no_premises_have_no_conditions(frames, reference):
    nobody = frames["offer"].take(np.array([], int))
    assert check_premises(frames["need"], nobody, reference, DAY) == []
    assert check_people(frames["position"].take(np.array([], int)), frames["talent"], reference, DAY) == []
    assert worst([], 3).tolist() == [UNKNOWN] * 3


def test_a_gate_of_a_rule_names_its_version_and_dates(check, need, offer, reference):
    gates = check(need(industry_codes=["C2614"], has_chemical_reaction="yes"), offer(in_chemical_area="no"), reference)
    gate = next(gate for gate in gates if gate.id == "HC3")

    assert gate.as_json()["rule"] == {
        "id": "HC3",
        "version": 1,
        "in_force_from": "2022-03-28",
        "in_force_to": None,
    }
