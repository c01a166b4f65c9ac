"""The blend of words and meaning, and the border between meaning and noise, on numbers known by construction."""

import numpy as np
import pytest

from search import fusion
from search.engine import Baseline
from search.fusion import contrast, fuse, near, standardised
from tests.search.market import BASELINE, CIRCUITS, COLD_STORAGE, about, axis

ALL = np.ones(6, bool)


def scores(*values: float) -> fusion.Scores:
    return np.array(values, np.float32)


def test_standardised_scores_have_mean_zero_and_spread_one() -> None:
    found = standardised(scores(1, 2, 3, 4))
    assert found.mean() == pytest.approx(0, abs=1e-6)
    assert found.std() == pytest.approx(1, abs=1e-6)


def test_what_is_the_same_for_all_decides_nothing() -> None:
    assert standardised(scores(0.9, 0.9, 0.9)).tolist() == [0, 0, 0]
    dense = scores(0.9, 0.8, 0.7, 0.8, 0.7, 0.8)
    assert np.argmax(fuse(dense, scores(0, 0, 0, 0, 0, 0), ALL)) == 0


def test_the_blend_is_seven_tenths_meaning() -> None:
    dense, lexical = scores(0.9, 0.8, 0.8, 0.8, 0.8, 0.8), scores(0, 5, 0, 0, 0, 0)
    blend = fuse(dense, lexical, ALL)
    expected = 0.7 * standardised(dense) + 0.3 * standardised(lexical)
    np.testing.assert_allclose(blend, expected, atol=1e-6)


def test_a_missing_vector_is_neither_near_nor_far() -> None:
    blend = fuse(scores(0.9, np.nan, 0.7, 0.8, 0.8, 0.8), None, ALL)
    assert blend[0] > blend[1] > blend[2]
    assert blend[1] == 0


def test_the_spread_is_that_of_the_candidates_unless_these_are_few() -> None:
    dense = scores(0.9, 0.8, 0.7, 0.1, 0.1, 0.1)
    few = np.array([True, True, False, False, False, False])
    np.testing.assert_allclose(fuse(dense, None, few), fuse(dense, None, ALL))
    five = np.array([True, True, True, True, True, False])
    assert fuse(dense, None, five)[0] != pytest.approx(fuse(dense, None, ALL)[0])
    assert len(fuse(dense, None, np.zeros(6, bool))) == 6


def test_seen_from_the_baseline_crowded_vectors_stand_apart() -> None:
    documents = np.stack([about(CIRCUITS, 11), about(COLD_STORAGE, 12)])
    query = about(CIRCUITS, 60)
    cosines = documents @ query
    assert cosines.min() > 0.8, "plain cosines are crowded"
    seen = contrast(cosines, documents @ BASELINE.query, documents @ BASELINE.document, query, BASELINE)
    assert seen[0] > 0.9
    assert abs(seen[1]) < 0.1


def test_the_contrast_is_the_cosine_of_the_differences() -> None:
    random = np.random.default_rng(1)
    documents = random.normal(size=(20, 384)).astype(np.float32)
    documents /= np.linalg.norm(documents, axis=1, keepdims=True)
    query = documents[0]
    baseline = Baseline(query=0.3 * documents[1], document=0.4 * documents[2])
    seen = contrast(documents @ query, documents @ baseline.query, documents @ baseline.document, query, baseline)
    left, right = query - baseline.query, documents - baseline.document
    expected = right @ left / np.linalg.norm(left) / np.linalg.norm(right, axis=1)
    np.testing.assert_allclose(seen, expected, atol=1e-5)


def test_only_what_comes_near_the_best_of_all_and_of_its_kind_counts() -> None:
    kinds = np.array([0, 0, 0, 1, 1, 2], np.int32)
    seen = scores(0.60, 0.46, 0.40, 0.43, 0.30, 0.24)
    assert near(seen, kinds, ALL).tolist() == [True, True, False, True, False, False]
    assert near(scores(*[0.2] * 6), kinds, ALL).tolist() == [False] * 6, "all of it is noise"
    assert near(seen, kinds, np.zeros(6, bool)).tolist() == [False] * 6
    without_best = np.array([False, False, False, False, True, True])
    assert near(seen, kinds, without_best).tolist() == [False, False, False, False, True, False]


def test_no_more_of_a_kind_are_near_than_anyone_reads() -> None:
    found = near(np.full(500, 0.5, np.float32), np.zeros(500, np.int32), np.ones(500, bool))
    assert np.count_nonzero(found) == fusion.MOST_OF_A_KIND


def test_axes_of_the_made_up_market_are_of_length_one() -> None:
    assert np.linalg.norm(about(CIRCUITS, 11)) == pytest.approx(1, abs=1e-6)
    assert np.linalg.norm(axis(3)) == 1
