"""Answers that are kept: bounded, shared by threads, and never older than what they hang on."""

from concurrent.futures import ThreadPoolExecutor

from matchmaker.recommender.memory import Memory


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
