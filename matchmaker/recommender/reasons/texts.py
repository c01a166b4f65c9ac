"""Which words two texts share that mean something in a trade."""

from collections.abc import Mapping
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

# Words with the forms that they are compared in.
Words = Mapping[str, str]


def telling_words(reference: Reference, *sides: Item) -> Words:
    """Return the words that mean something in a trade: those of the reference, and what either side makes or does.

    Of the latter only those that texts are compared by, so that each moves the score.
    """
    lists = ("products", "processes", "skills")
    own = {word for side in sides for name in lists for word in side.get(name) or ()}
    known: Words = reference.memory.recall("forms of terms", lambda: _forms(reference.terms))
    return {**known, **_forms({word: () for word in own if len(reference.likeness.words(word))})}


def _forms(words: Mapping[str, object]) -> Words:
    return {word: normalise(word) for word in words if len(word) > 1 and word not in EVERYWHERE}


# A need's texts are compared with those of all who are shown beside it.
@lru_cache(maxsize=2000)
def form_of(text: str) -> str:
    """Return a text in the form that words are looked for in."""
    return normalise(text)


def shared_words(text: str, other: str, words: Words, most: int = 3) -> list[str]:
    """Return the longest of some words that stand in both texts, and none that is part of another."""
    here, there = form_of(text), form_of(other)
    both = [word for word, form in words.items() if form in there and form in here]
    both.sort(key=lambda word: (-len(word), here.index(words[word])))
    found: list[str] = []
    for word in both:
        if not any(word in longer for longer in found):
            found.append(word)
    return found[:most]
