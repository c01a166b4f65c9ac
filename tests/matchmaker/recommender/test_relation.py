"""Relations over padded columns of numbers."""

import numpy as np
import pytest

from matchmaker.recommender.relation import any_of, entry, meets


@pytest.fixture
def dice():
    return np.random.default_rng(11)


def padded(dice, rows, widest, below):
    """Draw rows of up to so many numbers, padded with -1."""
    column = np.full((rows, widest), -1, np.int16)
    for row in column:
        length = dice.integers(0, widest + 1)
        row[:length] = dice.integers(0, below, length)
    return column


def test_rows_meet_where_any_two_of_their_numbers_do(dice):
    relation = dice.random((9, 9)) < 0.2
    relation[-1] = relation[:, -1] = False
    left, right = padded(dice, 40, 3, 8), padded(dice, 40, 5, 8)

    def expected(mine, theirs):
        return any(relation[one, other] for one in mine if one >= 0 for other in theirs if other >= 0)

    assert meets(relation, left, right).tolist() == [expected(*row) for row in zip(left, right, strict=True)]
    assert meets(relation, left[3:4], right).tolist() == [expected(left[3], row) for row in right]
    assert meets(relation, left, right[4:5]).tolist() == [expected(row, right[4]) for row in left]
    assert meets(relation, left[:, 0], right[4:5]).tolist() == [expected(row[:1], right[4]) for row in left]


def test_nothing_is_found_for_padding(dice):
    table = np.array([True, True, False])
    assert any_of(table, np.array([[-1, -1], [0, -1], [-1, -1]], np.int16)).tolist() == [False, True, False]


def test_an_entry_is_found_from_either_side(dice):
    table = dice.random((6, 6))
    left, right = dice.integers(-1, 5, 20), dice.integers(-1, 5, 20)

    assert entry(table, left, right).tolist() == [table[pair] for pair in zip(left, right, strict=True)]
    assert entry(table, left[:1], right).tolist() == table[left[0], right].tolist()
    assert entry(table, left, right[:1]).tolist() == table[left, right[0]].tolist()
