"""How near the descriptions of the two sides lie, in meaning and in words."""

from collections.abc import Iterator

import numpy as np

from matchmaker.recommender.likeness import Numbers
from matchmaker.recommender.people.pairs import Named, where
from matchmaker.recommender.texts import Side, Texts

# Cosines of descriptions are crowded: half of any two in a market lie above 0.90, and hardly any above 0.94.
UNRELATED, RELATED = 0.88, 0.95
WORDS_IN_COMMON = 250.0  # squared rarities: what two texts about one trade share reaches a share of 1 - 1/e
MEANING, WORDS = 0.75, 0.25


def descriptions(asking: Side, talent: Side) -> Iterator[Named]:
    """Compare what the two sides say of themselves; whoever says nothing is near to nobody."""
    known = asking.frame.has("description") & talent.frame.has("description")
    values = where(known, lambda: _likeness(asking.texts, talent.texts))
    yield "text", values
    yield "own_text", values


def _likeness(asking: Texts, talent: Texts) -> Numbers:
    near = np.clip((_cosines(asking, talent) - UNRELATED) / (RELATED - UNRELATED), 0, 1)
    words = 1 - np.exp(_words(asking, talent) / -WORDS_IN_COMMON)
    found: Numbers = (MEANING * np.nan_to_num(near) + WORDS * words).astype(np.float32)
    return found


def _cosines(asking: Texts, talent: Texts) -> Numbers:
    left, right = asking.vectors, talent.vectors
    if not left.shape[1] or not right.shape[1]:
        return np.zeros(1, np.float32)
    # Reading the vectors is what takes time, and einsum reads them twice as fast as a product of matrices does.
    if len(left) == 1:
        found: Numbers = np.einsum("ij,j->i", right, left[0])
    elif len(right) == 1:
        found = np.einsum("ij,j->i", left, right[0])
    else:
        found = np.einsum("ij,ij->i", left, right)
    return found


def _words(asking: Texts, talent: Texts) -> Numbers:
    """Return how much the words weigh that both say, by the square of how rare each is."""
    left, right = asking.words, talent.words
    if len(asking) == 1:
        return np.asarray(right @ left.toarray()[0], np.float32)
    if len(talent) == 1:
        return np.asarray(left @ right.toarray()[0], np.float32)
    return np.asarray(left.multiply(right).sum(axis=1), np.float32).ravel()
