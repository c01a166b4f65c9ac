"""What all lists together show: nobody above what it can take in, and less for the same few."""

import numpy as np
import pytest

from matchmaker.recommender.exposure import MOST_LOST, Lists, gini, shares, spread


@pytest.fixture
def lists() -> Lists:
    """Two hundred needs that all like the same ten of a hundred parks a little better than the rest."""
    chance = np.random.default_rng(7)
    scores = 0.6 + 0.1 * chance.random((200, 100))
    scores[:, :10] += 0.05
    items = np.argsort(-scores, axis=1)[:, :60].astype(np.int32)
    return Lists(items, np.take_along_axis(scores, items, axis=1).astype(np.float32), 100)


def test_every_list_gives_out_one_decision_and_more_of_it_higher_up() -> None:
    received = shares(np.array([[0, 1, -1], [1, 0, -1]]), 3)
    assert received.sum() == pytest.approx(2)
    assert received.tolist() == pytest.approx([1, 1, 0])


def test_gini_is_zero_for_equals_and_near_one_where_one_has_all() -> None:
    assert gini(np.ones(10)) == pytest.approx(0)
    assert gini(np.array([0.0] * 99 + [1.0])) == pytest.approx(0.99)
    assert gini(np.zeros(3)) == 0


def test_lists_stop_sending_everybody_to_the_same_ten_and_lose_little(lists: Lists) -> None:
    found = spread(lists, np.full(100, np.inf))
    assert found.gini_after <= 0.7 * found.gini_before
    assert 0 <= found.lost <= MOST_LOST


def test_nothing_is_expected_to_receive_more_than_it_can_take_in(lists: Lists) -> None:
    capacity = np.full(100, np.inf)
    capacity[:10] = 3
    found = spread(lists, capacity)
    assert found.over_before == 10
    assert found.over_after == 0


def test_lists_that_are_all_alike_move_together_and_leave_as_little_above_as_can_be() -> None:
    """Twelve needs want the very same, and no place takes in more than two: whoever stands first is above."""
    scores = np.tile(np.linspace(0.7, 0.66, 30), (12, 1)).astype(np.float32)
    items = np.tile(np.arange(30, dtype=np.int32), (12, 1))
    found = spread(Lists(items, scores, 30), np.full(30, 2.0))
    assert found.over_after == 1
    assert found.after.max() <= found.before.max()
    assert found.lost <= MOST_LOST


def test_an_empty_market_has_no_prices() -> None:
    found = spread(Lists(np.empty((0, 60), np.int32), np.empty((0, 60), np.float32), 5), np.full(5, np.inf))
    assert found.prices.tolist() == [0] * 5
    assert (found.gini_before, found.lost) == (0, 0)
