"""What the words of an item come to, worked out once when its row is written, so that a gate never reads a text.

A mark is named after what it was looked for with: two versions of a rule that ask for other words have columns of their
own, and each gate reads the one of the version that acts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from matchmaker.recommender.facts import Item
from matchmaker.recommender.frame import Frame, Mark
from matchmaker.recommender.reference import Reference, Rule
from search.analysis import normalise


def framed(kind: str, items: Sequence[Item], reference: Reference) -> Frame:
    """Write items into a frame with all the marks that the gates of their kind read."""
    return Frame.of(kind, items, reference, MARKS.get(kind))


def need_mark(item: Item, reference: Reference) -> dict[str, float]:
    """Say what the processes and products of a need name."""
    text = named_text(item)
    return dict(_chemistry(text, reference))


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


# The marks of each kind that has some.
MARKS: Mapping[str, Mark] = {"need": need_mark}
