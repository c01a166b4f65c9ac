"""Words that people wrote freely, numbered, and which of them are the same: one contains the other.

A frame keeps the numbers of its licences and skills, so that one position is compared with all talents by looking up
numbers: which words of the market are the same as an asked one is found once, and remembered as long as no word comes
in.
"""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.memory import Memory
from search.analysis import normalise

Numbers = NDArray[np.int32]

# Never part of a word: normalising drops it.
BETWEEN = "\0"


def form_of(word: str) -> str:
    """Return a word in the form that it is compared in."""
    return normalise(word).strip()


def are_same(form: str, other: str) -> bool:
    """Say whether two words in that form, written by two people, are the same: one contains the other."""
    return bool(form and other) and (form in other or other in form)


def is_same(word: str, other: str) -> bool:
    """Say whether two licences or skills are the same, as they were written."""
    return are_same(form_of(word), form_of(other))


class Wordbook:
    """The words of a frame, by number, in the order that they were met in."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._at: dict[str, int] = {}
        self._forms: list[str] = []
        self._with_form: dict[str, list[int]] = {}
        self._page = _Page(())
        self._found = Memory(2000)

    def __len__(self) -> int:
        """Count the words."""
        return len(self.words)

    def number(self, word: str) -> int:
        """Return the number of a word, which it keeps."""
        known = self._at.get(word)
        if known is None:
            known = self._at[word] = len(self.words)
            form = form_of(word)
            self._forms.append(form)
            self._with_form.setdefault(form, []).append(known)
            self.words.append(word)
        return known

    def form(self, number: int) -> str:
        """Return a word in the form that it is compared in."""
        return self._forms[number]

    def same_as(self, word: str) -> Numbers:
        """Return the numbers of all words that are the same as this one."""
        found: Numbers = self._found.recall((word, len(self)), lambda: self._same_as(form_of(word)))
        return found

    def _same_as(self, form: str) -> Numbers:
        if not form:
            return np.empty(0, np.int32)
        parts = {form[start:end] for start in range(len(form)) for end in range(start + 1, len(form) + 1)}
        contained = {number for part in parts for number in self._with_form.get(part, ())}
        # A page is written anew when a quarter of the words isn't on it; those are read one by one.
        if len(self._forms) > 1.25 * len(self._page) + 100:
            self._page = _Page(tuple(self._forms))
        page = self._page
        tail = {number for number in range(len(page), len(self._forms)) if form in self._forms[number]}
        return np.array(sorted(contained | page.holding(form) | tail), np.int32)


class _Page:
    """Many words as one text, in which all that contain another are found at the speed of reading."""

    def __init__(self, forms: Sequence[str]) -> None:
        self._text = BETWEEN.join(forms)
        self._starts = np.array([0, *accumulate(len(form) + 1 for form in forms)][:-1])
        self._length = len(forms)

    def __len__(self) -> int:
        return self._length

    def holding(self, form: str) -> set[int]:
        """Return the numbers of the words that contain a form."""
        places: list[int] = []
        place = self._text.find(form)
        while place >= 0:
            places.append(place)
            place = self._text.find(form, place + 1)
        return set((np.searchsorted(self._starts, places, side="right") - 1).tolist())
