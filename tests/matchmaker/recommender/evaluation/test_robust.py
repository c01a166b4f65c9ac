"""Thin copies say less and nothing else, and shares know how sure they are."""

import pytest

from matchmaker.recommender.evaluation.robust import KEPT, Count, thin
from matchmaker.recommender.evaluation.synthetic import SyntheticMarket


def test_a_thin_copy_says_less_and_nothing_else(small_market: SyntheticMarket) -> None:
    for item in (*small_market.needs[:20], *small_market.offers[:20]):
        copy = thin(item, 7)
        assert copy.id == item.id
        assert set(copy.facts) < set(item.facts)
        assert all(copy.facts[name] == item.facts[name] for name in copy.facts)
        assert {name for name in item.facts if name in KEPT} <= set(copy.facts)
        assert set(copy.promises) <= set(item.promises)


def test_every_second_description_goes(small_market: SyntheticMarket) -> None:
    kept = ["description" in thin(offer, 7).facts for offer in small_market.offers]
    assert 0.35 < sum(kept) / len(kept) < 0.65


def test_the_same_copy_is_made_again(small_market: SyntheticMarket) -> None:
    assert thin(small_market.needs[0], 7) == thin(small_market.needs[0], 7)


def test_what_never_happened_may_still_happen() -> None:
    figure = Count(0, 300).as_figure()
    assert (figure.value, figure.low) == (0.0, 0.0)
    assert figure.high == pytest.approx(0.01)  # the rule of three
    assert Count(0, 0).as_figure().value is None


def test_a_share_lies_inside_its_interval() -> None:
    figure = Count(95, 100).as_figure()
    assert figure.value == 0.95
    assert figure.low is not None
    assert figure.high is not None
    assert 0.9 < figure.low < 0.95 < figure.high < 1
