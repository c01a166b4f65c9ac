"""How near two industries lie."""

import pytest

from matchmaker.recommender.industry import nearness, phrase_fit

NEIGHBOURS = {"C398": frozenset({"C384"}), "C384": frozenset({"C398"})}


@pytest.mark.parametrize(
    ("needed", "stated", "expected"),
    [
        ("C3982", "C3982", 1.0),
        ("C3982", "C398", 0.9),
        ("C3982", "C3985", 0.9),
        ("C3982", "C39", 0.55),
        ("C3982", "C397", 0.35),
        ("C3982", "C384", 0.35),
        ("C3982", "C14", 0.0),
    ],
)
def test_the_longest_common_level_decides(needed, stated, expected):
    assert nearness(needed, stated, NEIGHBOURS) == expected


def test_a_second_code_a_later_phrase_and_a_broad_one_count_less():
    first = phrase_fit(["C3982"], ["C3982"], 0, NEIGHBOURS)
    assert first == 1.0
    assert phrase_fit(["C14", "C3982"], ["C3982"], 0, NEIGHBOURS) == pytest.approx(0.85)
    assert phrase_fit(["C3982"], ["C3982"], 2, NEIGHBOURS) == pytest.approx(0.9)
    assert phrase_fit(["C3982"], ["C3982", "C39"], 0, NEIGHBOURS) == pytest.approx(1 / 1.12)
    assert phrase_fit([], ["C3982"], 0, NEIGHBOURS) == 0.0
