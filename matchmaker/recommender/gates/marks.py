"""What the words of an item come to, worked out once when its row is written, so that a gate never reads a text.

A mark is named after what it was looked for with: two versions of a rule that ask for other words have columns of their
own, and each gate reads the one of the version that acts.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from matchmaker.recommender.facts import Item
from matchmaker.recommender.frame import Frame, Mark
from matchmaker.recommender.gates.listed import RULES, entries_of, mark_name, pages_of
from matchmaker.recommender.reference import Reference, Rule
from search.analysis import normalise


def framed(kind: str, items: Sequence[Item], reference: Reference) -> Frame:
    """Write items into a frame with all the marks that the gates of their kind read."""
    return Frame.of(kind, items, reference, MARKS.get(kind))


def need_mark(item: Item, reference: Reference) -> dict[str, float]:
    """Say what the processes and products of a need name."""
    text = named_text(item)
    return {**dict(_chemistry(text, reference)), **dict(_entries(text, reference)), **dict(_sources(item))}


def named_text(item: Item) -> str:
    """Return the processes and products of an item, one a line, in the form that texts are compared in."""
    listed = [*(item.get("processes") or ()), *(item.get("products") or ())]
    return normalise("\n".join(listed)) if listed else ""


def names_any(text: str, words: Iterable[str]) -> bool:
    """Say whether a text in that form names one of some words."""
    return bool(text) and any(_form(word) in text for word in words)


# Rules and lists have a few hundred words, and every row is asked for all of them.
@cache
def _form(word: str) -> str:
    return normalise(word)


def chemistry_mark(rule: Rule) -> str:
    """Return the name of the column that says whether a need names one of the rule's chemical words."""
    return "names:" + "|".join(chemical_words(rule))


def chemical_words(rule: Rule) -> tuple[str, ...]:
    """Return the words that make a project a chemical one."""
    return tuple(rule.parameters.get("chemical_words") or ())


def _chemistry(text: str, reference: Reference) -> Iterator[tuple[str, float]]:
    # Every version, past and to come, as a day may ask for any of them.
    for rule in reference.rules.get("HC3", ()):
        yield chemistry_mark(rule), float(names_any(text, chemical_words(rule)))


# A word after one of these is what there is not: asbestos-free, no electroplating.
NEGATIONS = ("无", "非", "免", "不含", "不用", "没有", "不做", "不产", "不涉及")


def names(text: str, word: str) -> bool:
    """Say whether a text in that form names a word, and not only to deny it."""
    form = _form(word)
    place = text.find(form)
    while place >= 0 and text[:place].endswith(NEGATIONS):
        place = text.find(form, place + 1)
    return place >= 0


def _entries(text: str, reference: Reference) -> Iterator[tuple[str, float]]:
    """Say which entries of the lists a text names, and which it decides by naming them."""
    for rule, length, words, deciding in _words(reference):
        for what, listed in (("named", words), ("decided", deciding)):
            found = [number for number, some in listed if any(names(text, word) for word in some)] if text else []
            for page, bits in enumerate(pages_of(found, length)):
                yield mark_name(what, rule, page), float(bits)


Words = list[tuple[int, tuple[str, ...]]]


def _words(reference: Reference) -> list[tuple[str, int, Words, Words]]:
    """Return for every list its rule, its length, and the words of its entries by their numbers."""

    def made() -> tuple[object, list[tuple[str, int, Words, Words]]]:
        lists = [(rule, entries_of(reference, rule)) for rule in RULES]
        return reference.restricted, [
            (
                rule,
                len(entries),
                [(number, entry.words) for number, entry in enumerate(entries) if entry.words],
                [(number, entry.deciding_words) for number, entry in enumerate(entries) if entry.deciding_words],
            )
            for rule, entries in lists
        ]

    # The list is kept with what was made from it, so that another can't take its place in memory.
    return reference.memory.recall(("words", id(reference.restricted)), made)[1]


NAMED, STATED_NONE = 1.0, 0.0
# How people write that they have none, and that they have none yet.
NONE_WORDS = frozenset(("无", "没有", "none", "no", "无来源", "没有来源"))
PENDING_WORDS = ("待定", "待落实", "未落实", "正在", "暂无", "尚未", "tbd", "不清楚", "不确定")
SOURCES = ("heavy_metal_quota_source", "substitution_source")


def source_mark(name: str) -> str:
    """Return the name of the column that says whether a source is named (1) or said not to exist (0)."""
    return f"source:{name}"


def _sources(item: Item) -> Iterator[tuple[str, float]]:
    for name in SOURCES:
        text = normalise(item.get(name) or "").strip(" 。.、")
        if text in NONE_WORDS:
            yield source_mark(name), STATED_NONE
        elif text and not any(word in text for word in PENDING_WORDS):
            yield source_mark(name), NAMED
        else:
            yield source_mark(name), math.nan


# The marks of each kind that has some.
MARKS: Mapping[str, Mark] = {"need": need_mark}
