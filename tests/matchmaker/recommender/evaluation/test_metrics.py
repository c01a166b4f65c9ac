"""The figures of the evaluation on lists that are short enough to be worked out by hand."""

import math

import numpy as np
import pytest

from matchmaker.recommender.evaluation import metrics

DISCOUNT_2 = 1 / math.log2(3)


def test_a_list_leaves_out_what_a_gate_refuses_and_says_where_it_ends() -> None:
    scores = np.array([[0.2, 0.9, 0.5, 0.9]])
    allowed = np.array([[True, False, True, True]])
    assert metrics.best(scores, allowed, 4).tolist() == [[3, 2, 0, -1]]


def test_equals_keep_the_order_they_came_in() -> None:
    assert metrics.best(np.ones((1, 3)), np.ones((1, 3), bool)).tolist() == [[0, 1, 2]]


def test_a_list_gains_by_what_stands_first() -> None:
    worth = np.array([[1.0, 0.5, 0.0]])
    ideal = 1 + 0.5 * DISCOUNT_2
    assert metrics.gained(np.array([[0, 1, 2]]), worth, top=2)[0] == pytest.approx(1)
    assert metrics.gained(np.array([[1, 0, 2]]), worth, top=2)[0] == pytest.approx((0.5 + DISCOUNT_2) / ideal)
    assert metrics.gained(np.array([[2, 1, -1]]), worth, top=2)[0] == pytest.approx(0.5 * DISCOUNT_2 / ideal)


def test_an_empty_place_gains_nothing() -> None:
    assert metrics.gained(np.array([[-1, -1]]), np.array([[1.0, 0.5]]))[0] == 0


def test_a_need_that_nothing_suits_is_not_counted() -> None:
    gained = metrics.gained(np.array([[0, 1], [0, 1]]), np.array([[0.0, 0.0], [1.0, 0.0]]))
    assert math.isnan(gained[0])
    assert metrics.mean(gained).value == 1


def test_recall_counts_the_truly_best_among_the_first() -> None:
    worth = np.array([[0.9, 0.8, 0.1, 0.0]])
    assert metrics.recalled(np.array([[2, 0, 1, 3]]), worth, wanted=2, top=2)[0] == 0.5
    assert metrics.recalled(np.array([[2, 0, 1, 3]]), worth, wanted=2, top=3)[0] == 1
    # Only three are worth anything at all.
    assert metrics.recalled(np.array([[0, 1, 2, 3]]), worth, wanted=4, top=3)[0] == 1


def test_every_list_decides_once_the_likelier_the_higher_one_stands() -> None:
    sent = metrics.shown(np.array([[1, 0, -1]]), candidates=3, top=3)
    total = 1 + DISCOUNT_2
    assert sent.tolist() == [[pytest.approx(DISCOUNT_2 / total), pytest.approx(1 / total), 0]]


def test_a_list_without_anybody_sends_nothing() -> None:
    assert metrics.shown(np.array([[-1, -1]]), candidates=2).tolist() == [[0, 0]]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [([1, 1, 1, 1], 0), ([0, 0, 0, 4], 0.75), ([1, 3], 0.25), ([0, 0], 0), ([], 0)],
)
def test_gini_measures_how_unevenly_exposure_is_spread(amounts: list[float], expected: float) -> None:
    assert metrics.gini(np.array(amounts, dtype=float)) == pytest.approx(expected)


def test_whoever_is_sent_more_than_it_can_take_is_congested() -> None:
    assert metrics.congested(np.array([2.0, 2.1, 0.0, 9.0]), np.array([2.0, 2.0, 1.0, 9.5])) == 0.25


def test_a_mean_lies_inside_its_interval() -> None:
    figure = metrics.mean(np.array([0.0, 1.0] * 50))
    assert figure.value == 0.5
    assert figure.low is not None
    assert figure.high is not None
    assert 0.4 < figure.low < 0.5 < figure.high < 0.6


def test_nothing_measured_is_no_zero() -> None:
    assert metrics.mean(np.array([math.nan])).value is None
    assert metrics.gain(np.array([1.0]), np.array([math.nan])).value is None
    assert metrics.quantile(np.array([]), 0.9).value is None


def test_a_gain_is_measured_on_the_same_needs() -> None:
    figure = metrics.gain(np.array([0.6, 0.9, math.nan]), np.array([0.5, 0.75, 0.1]))
    assert figure.value == pytest.approx(0.2)
    # Both are a fifth better, so drawing the needs again changes nothing.
    assert figure.low == pytest.approx(0.2)
    assert figure.high == pytest.approx(0.2)


def test_exposure_is_measured_over_all_lists_together() -> None:
    rows = np.array([[1.0, 0.0], [0.0, 1.0]])
    figure = metrics.over(rows, metrics.gini)
    assert figure.value == 0
    # One list drawn twice sends all to one, which happens every other time.
    assert figure.high == pytest.approx(0.25, abs=0.05)
    assert figure.low == 0


def test_the_ninetieth_of_a_hundred_movements() -> None:
    assert metrics.quantile(np.arange(101.0), 0.9).value == pytest.approx(90)
