"""The gates and a second opinion agree on every verdict and number of random pairs, whichever way they are asked.

`CHECKED_PAIRS=20000 pytest tests/matchmaker/recommender/test_checker.py` draws more of them, `CHECKER_SEED=7` others.
"""

import datetime as dt
import os

import pytest

from tests.matchmaker.recommender.checker.draw import Draw
from tests.matchmaker.recommender.checker.edge import as_world
from tests.matchmaker.recommender.checker.says import Facts
from tests.matchmaker.recommender.checker.stage import (
    KINDS,
    compare,
    frames,
    groups,
    mixed,
    real_reference,
    summary,
)

DAY = dt.date(2026, 11, 24)
PAIRS = int(os.environ.get("CHECKED_PAIRS", "500"))
SEED = int(os.environ.get("CHECKER_SEED", "20261124"))


@pytest.fixture(scope="module")
def world() -> Facts:
    return as_world(real_reference())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shares", ["asking", "answering"])
def test_one_against_many_is_judged_as_the_second_opinion_judges_it(kind, shares, world):
    reference, draw = real_reference(), Draw(SEED + 1, world, DAY)
    wrong: list[str] = []
    for group in groups(kind, draw, shares, PAIRS):
        lefts, rights = [left for left, _ in group], [right for _, right in group]
        left, right = frames(
            kind, lefts[:1] if shares == "asking" else lefts, rights if shares == "asking" else rights[:1], reference
        )
        wrong += compare(kind, group, left, right, reference, world, DAY)
    assert not wrong, summary(wrong)


@pytest.mark.parametrize("kind", KINDS)
def test_pairs_row_by_row_are_judged_as_the_second_opinion_judges_them(kind, world):
    reference, draw = real_reference(), Draw(SEED + 2, world, DAY)
    pairs = mixed(kind, draw, PAIRS)

    left, right = frames(kind, [one for one, _ in pairs], [other for _, other in pairs], reference)

    wrong = compare(kind, pairs, left, right, reference, world, DAY)
    assert not wrong, summary(wrong)


@pytest.mark.parametrize("kind", KINDS)
def test_a_pair_alone_is_judged_as_the_second_opinion_judges_it(kind, world):
    reference, draw = real_reference(), Draw(SEED + 3, world, DAY)
    wrong: list[str] = []
    for one, other in mixed(kind, draw, 60):
        left, right = frames(kind, [one], [other], reference)
        wrong += compare(kind, [(one, other)], left, right, reference, world, DAY)
    assert not wrong, summary(wrong)
