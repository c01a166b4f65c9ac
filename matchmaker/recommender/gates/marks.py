"""What the words of an item come to, worked out once when its row is written, so that a gate never reads a text.

A mark is named after what it was looked for with: two versions of a rule that ask for other words have columns of their
own, and each gate reads the one of the version that acts.
"""

import dataclasses
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from matchmaker.recommender.facts import Item
from matchmaker.recommender.frame import Frame, Mark
from matchmaker.recommender.gates.listed import RULES, WIDTH, entries_of, mark_name
from matchmaker.recommender.reference import Reference, Rule
from search.analysis import normalise


def framed(kind: str, items: Sequence[Item], reference: Reference) -> Frame:
    """Write items into a frame with all the marks that the gates of their kind read."""
    return Frame.of(kind, items, reference, MARKS.get(kind))


def need_mark(item: Item, reference: Reference) -> dict[str, float]:
    """Say what the processes and products of a need name."""
    text = named_text(item)
    return {**dict(_chemistry(text, reference)), **_entries(text, reference), **dict(_sources(item))}


def named_text(item: Item) -> str:
    """Return the processes and products of an item, one a line, in the form that texts are compared in."""
    listed = [*(item.get("processes") or ()), *(item.get("products") or ())]
    return normalise("\n".join(listed)) if listed else ""


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
        yield chemistry_mark(rule), float(any(names(text, word) for word in chemical_words(rule)))


# A word after one of these is what there is not: asbestos-free, no electroplating.
NEGATIONS = ("无", "非", "免", "不含", "不用", "没有", "不做", "不产", "不涉及")


def names(text: str, word: str) -> bool:
    """Say whether a text in that form names a word, and not only to deny it."""
    return _affirms(text, _form(word))


def _affirms(text: str, form: str) -> bool:
    place = text.find(form)
    while place >= 0 and text[:place].endswith(NEGATIONS):
        place = text.find(form, place + 1)
    return place >= 0


def _entries(text: str, reference: Reference) -> dict[str, float]:
    """Say which entries of the lists a text names, and which it decides by naming them."""
    words = _words(reference)
    if not text:
        return dict(words.nothing)
    # Nearly no word is in a text, so that is asked of all of them first.
    found = [(form, marks) for form, marks in words.of_entries if form in text]
    sets: dict[str, set[int]] = {}
    for form, marks in found:
        if _affirms(text, form):
            for mark, bit in marks:
                sets.setdefault(mark, set()).add(bit)
    return words.nothing | {mark: float(sum(1 << bit for bit in bits)) for mark, bits in sets.items()}


@dataclasses.dataclass(frozen=True)
class _Words:
    """The words of all lists in the form that texts are compared in, each with the marks and bits that it sets."""

    of_entries: Sequence[tuple[str, Sequence[tuple[str, int]]]]
    nothing: dict[str, float]  # the marks of who names no entry
    made_from: object


def _words(reference: Reference) -> _Words:
    # The list is kept with what was made from it, so that another can't take its place in memory.
    return reference.memory.recall(("words", id(reference.restricted)), lambda: _read(reference))


def _read(reference: Reference) -> _Words:
    marks: dict[str, list[tuple[str, int]]] = {}
    nothing: dict[str, float] = {}
    for rule in RULES:
        for number, entry in enumerate(entries_of(reference, rule)):
            page, bit = divmod(number, WIDTH)
            for what, words in (("named", entry.words), ("decided", entry.deciding_words)):
                name = mark_name(what, rule, page)
                nothing[name] = 0.0
                for word in words:
                    marks.setdefault(_form(word), []).append((name, bit))
    return _Words(tuple(marks.items()), nothing, reference.restricted)


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
