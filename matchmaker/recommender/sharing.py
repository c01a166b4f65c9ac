"""Which of the words that one side asks for the other has: licences and skills, written freely by two people."""

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.frame import Array, Frame
from matchmaker.recommender.wordbook import are_same

# The first asked word is the lowest bit, and so on; a list holds thirty words at the most.
Bits = NDArray[np.uint32]


def asked_words(frame: Frame, name: str) -> Bits:
    """Return as bits which words a row asks for at all."""
    return _bits(frame.spoken(name) >= 0)


def shared_words(asking: Frame, asked: str, having: Frame, had: str) -> Bits:
    """Return as bits which of the words that a row asks for the other side has."""
    wanted, own = asking.spoken(asked), having.spoken(had)
    if len(asking) == 1:
        return _of_one(asking, wanted[0], having, own)
    if len(having) == 1:
        return _by_one(asking, wanted, having, own[0])
    return _of_pairs(asking, wanted, having, own)


def _of_one(asking: Frame, wanted: Array, having: Frame, own: Array) -> Bits:
    # What each word of the other side comes to, as bits; the last entry is for the padding.
    table = np.zeros(len(having.wordbook) + 1, np.uint32)
    for at, number in enumerate(wanted[wanted >= 0]):
        table[having.wordbook.same_as(asking.wordbook.words[number])] |= np.uint32(1 << at)
    found = table.take(own[:, 0])
    for column in own.T[1:]:
        rows = np.flatnonzero(column >= 0)
        found[rows] |= table.take(column[rows])
    return found


def _by_one(asking: Frame, wanted: Array, having: Frame, own: Array) -> Bits:
    table = np.zeros(len(asking.wordbook) + 1, bool)
    for number in own[own >= 0]:
        table[asking.wordbook.same_as(having.wordbook.words[number])] = True
    return _bits(table[wanted])


def _of_pairs(asking: Frame, wanted: Array, having: Frame, own: Array) -> Bits:
    """Compare row by row; a pair of words is compared once, however many rows have it."""
    found = np.zeros(len(wanted), np.uint32)
    for at, left in enumerate(wanted.T):
        for right in own.T:
            rows = np.flatnonzero((left >= 0) & (right >= 0))
            pairs, back = np.unique(np.stack((left[rows], right[rows])), axis=1, return_inverse=True)
            same = np.array(
                [are_same(asking.wordbook.form(one), having.wordbook.form(other)) for one, other in pairs.T], bool
            )
            found[rows] |= same[back.ravel()].astype(np.uint32) << np.uint32(at)
    return found


def _bits(truths: Array) -> Bits:
    found = np.zeros(len(truths), np.uint32)
    for at, column in enumerate(truths.T):
        found |= column.astype(np.uint32) << np.uint32(at)
    return found
