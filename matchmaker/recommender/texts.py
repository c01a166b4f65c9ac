"""What the rows of a frame say in words and in meaning, kept beside the frame under the same row numbers.

Two things are compared. The meaning of a description is a vector. The words of a text are the pairs of characters in it
that parks and industries are named by, however often: what is added to a text never lowers what it shares with another,
so leaving words out makes nobody seem nearer.
"""

import copy
import dataclasses
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matchmaker.recommender.facts import Item
from matchmaker.recommender.frame import Frame, Mark
from matchmaker.recommender.likeness import Numbers, Whole
from matchmaker.recommender.ragged import Ragged
from matchmaker.recommender.reference import Reference, park_text
from matchmaker.recommender.translate import chinese_words

# Rows of these kinds carry the vector of their description; premises are compared by their phrases.
WITH_MEANING = frozenset(("need", "position", "talent"))


def said_meaning(item: Item) -> str:
    """Return the text whose meaning stands for an item: its description and nothing else.

    So no other field moves it, and whoever says nothing has no meaning. A text in English is given the Chinese words
    for the trades that it names, since parks are known by those.
    """
    description = item.get("description") or ""
    return "\n".join(part for part in (description, "、".join(chinese_words(description))) if part)


def question(item: Item, reference: Reference) -> str:
    """Return the words of an item: all that it says, and the names of its industries."""
    names = [reference.industries[code] for code in item.codes if code in reference.industries]
    parts = (item.words, "、".join(dict.fromkeys(names)), "、".join(chinese_words(item.words)))
    return "\n".join(part for part in parts if part)


def said_words(item: Item, reference: Reference) -> str:
    """Return the words that an item is compared by.

    Premises are compared by their name and what they are for. An offer's description is left out, since parks of the
    directory have none: whoever writes more would seem nearer to everything.
    """
    if item.kind == "park" and item.park is not None:
        return park_text(item.name, item.park.leading_industries)
    if item.kind == "offer":
        return park_text(item.name, tuple(reference.group_name(code) or code for code in item.codes))
    return question(item, reference)


class Texts:
    """The vectors and words of many rows."""

    def __init__(self, kind: str, reference: Reference) -> None:
        """Start without rows."""
        self.kind, self.reference = kind, reference
        self._length = 0
        self._vectors: Numbers | None = None
        self._words = Ragged(len(reference.likeness.vocabulary))

    @classmethod
    def of(cls, kind: str, items: Sequence[Item], reference: Reference) -> Self:
        """Write the texts of some items, in their order."""
        texts = cls(kind, reference)
        texts.extend(items)
        return texts

    def __len__(self) -> int:
        """Count the rows."""
        return self._length

    # --- Writing ------------------------------------------------------------------------------------------------

    def append(self, item: Item) -> int:
        """Add a row and return its number."""
        self.extend([item])
        return self._length - 1

    def extend(self, items: Sequence[Item]) -> None:
        """Add rows."""
        start, self._length = self._length, self._length + len(items)
        self._words.extend([self._words_of(item) for item in items])
        self._put(start, items)

    def write(self, row: int, item: Item) -> None:
        """Write all that a row says, in place of what it said before."""
        self._words.write(row, self._words_of(item))
        self._put(row, [item])

    def _words_of(self, item: Item) -> Whole:
        return self.reference.likeness.words(said_words(item, self.reference))

    def _put(self, start: int, items: Sequence[Item]) -> None:
        likeness = self.reference.likeness
        if self.kind not in WITH_MEANING or not likeness.has_meanings or not items:
            return
        texts = [said_meaning(item).strip() for item in items]
        saved = [at for at, item in enumerate(items) if texts[at] and item.posting_id is not None]
        made = dict(zip(saved, likeness.vectors([texts[at] for at in saved]), strict=True)) if saved else {}
        for at, item in enumerate(items):
            # What was never saved leaves nothing in the cache.
            if texts[at] and item.posting_id is None and (vector := likeness.vector(texts[at])) is not None:
                made[at] = vector
        width = len(next(iter(made.values()))) if made else self.vectors.shape[1]
        rows = self._room(width)[start : start + len(items)]
        rows[:] = np.nan
        for at, vector in made.items():
            rows[at] = vector

    def _room(self, width: int) -> Numbers:
        known = np.empty((0, width), np.float32) if self._vectors is None else self._vectors
        if len(known) < self._length or known.shape[1] < width:
            # A first batch is as large as it says; what is added to it later comes in ones and twos.
            room = self._length if not len(known) else max(self._length, len(known) + len(known) // 8 + 16)
            grown = np.full((room, width), np.nan, np.float32)
            if known.shape[1] == width:
                grown[: len(known)] = known
            self._vectors = known = grown
        return known

    # --- Reading ------------------------------------------------------------------------------------------------

    @property
    def vectors(self) -> Numbers:
        """Return one vector for each row, NaN where a row says nothing; without a model they have no length."""
        if self._vectors is None:
            return np.empty((self._length, 0), np.float32)
        return self._vectors[: self._length]

    @property
    def words(self) -> csr_matrix:
        """Return one row of a sparse matrix for each row, which tells for each word how rare it is."""
        return self._words.matrix(self.reference.likeness.rarity)

    def take(self, rows: NDArray[Any]) -> "Texts":
        """Return some rows as texts of their own, a row as often as it is named."""
        taken = Texts(self.kind, self.reference)
        taken._length = len(rows)
        taken._vectors = None if self._vectors is None else self._vectors[rows]
        taken._words = self._words.take(rows)
        return taken

    def view(self) -> "Texts":
        """Return the texts as long as they are now; rows that are added later are not seen."""
        seen = copy.copy(self)
        seen._words = self._words.view()
        return seen

    @property
    def nbytes(self) -> int:
        """Return the memory that the texts take."""
        return (0 if self._vectors is None else self._vectors.nbytes) + self._words.nbytes


@dataclasses.dataclass(frozen=True, slots=True)
class Side:
    """One side of many pairs: what its rows state, and what they say."""

    frame: Frame
    texts: Texts

    @classmethod
    def of(cls, kind: str, items: Sequence[Item], reference: Reference, mark: Mark | None = None) -> "Side":
        """Lay out some items of one kind; parks of the directory stand among the offers."""
        return cls(Frame.of(kind, items, reference, mark), Texts.of(kind, items, reference))

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.frame)

    def take(self, rows: NDArray[Any]) -> "Side":
        """Return some rows as a side of their own."""
        return Side(self.frame.take(rows), self.texts.take(rows))

    def view(self) -> "Side":
        """Return the side as long as it is now; rows that are added later are not seen."""
        return Side(self.frame.view(), self.texts.view())
