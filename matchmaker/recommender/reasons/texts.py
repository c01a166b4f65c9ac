"""Which words two texts share that mean something in a trade."""

from collections.abc import Iterable
from functools import lru_cache

from matchmaker.recommender.facts import Item
from matchmaker.recommender.reference import Reference
from search.analysis import normalise

# Words that stand in every text of this market say nothing about two of them.
# fmt: off
EVERYWHERE = frozenset((
    "制造", "生产", "材料", "产品", "加工", "设备", "产业", "工业", "项目", "企业",
    "园区", "需要", "建设", "经济", "技术", "开发", "公司", "基地", "厂房", "用地", "研发",
))
# fmt: on


def telling_words(reference: Reference, *sides: Item) -> set[str]:
    """Return the words that mean something in a trade: those of the reference, and what either side makes or does.

    Of the latter only those that texts are compared by, so that each moves the score.
    """
    lists = ("products", "processes", "skills")
    own = {word for side in sides for name in lists for word in side.get(name) or ()}
    return {*reference.terms, *(word for word in own if len(reference.likeness.words(word)))} - EVERYWHERE


def shared_words(text: str, other: str, words: Iterable[str], most: int = 3) -> list[str]:
    """Return the longest of some words that stand in both texts, and none that is part of another."""
    here, there = normalise(text), normalise(other)
    forms = {word: _normal(word) for word in words if len(word) > 1}
    both = [word for word, form in forms.items() if form in here and form in there]
    both.sort(key=lambda word: (-len(word), here.index(forms[word])))
    found: list[str] = []
    for word in both:
        if not any(word in longer for longer in found):
            found.append(word)
    return found[:most]


@lru_cache(maxsize=10_000)
def _normal(word: str) -> str:
    """Remember the form of a word: the trade's are asked for again with every sentence."""
    return normalise(word)
