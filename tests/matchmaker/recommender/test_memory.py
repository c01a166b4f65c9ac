"""Answers that are kept: bounded, shared by threads, and never older than what they hang on."""

from concurrent.futures import ThreadPoolExecutor

from matchmaker.recommender.facts import of_park
from matchmaker.recommender.memory import Memory
from matchmaker.recommender.score import PremisesScorer


def test_the_longest_unused_answer_is_forgotten_first():
    memory, made = Memory(2), []

    def ask(key):
        return memory.recall(key, lambda: made.append(key) or key)

    for key in ("a", "b", "a", "c", "a", "b"):
        assert ask(key) == key
    assert made == ["a", "b", "c", "b"]
    assert len(memory) == 2


def test_many_threads_ask_at_once():
    memory = Memory(7)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda n: memory.recall(n % 20, lambda: n % 20), range(2000)))
    assert found == [n % 20 for n in range(2000)]
    assert len(memory) == 7


def test_a_park_that_changes_is_measured_anew(need, parks, park, reference, today):
    asked = need(description="多层线路板", industry_codes=["C3982"])

    def fit(known, version):
        scorer = PremisesScorer(asked, known, reference, today, None, version)
        return scorer.score(of_park(known["HN3"])).likenesses.industry

    changed = parks | {"HN3": park("HN3", leading_industries=("线路板",))}
    first, again = fit(parks, hash(tuple(parks.values()))), fit(parks, hash(tuple(parks.values())))
    assert first == again
    assert fit(changed, hash(tuple(changed.values()))) > first
    assert fit(changed, None) == fit(changed, hash(tuple(changed.values())))
