"""How well the best of some stated industries answers the needed ones, asked of columns of codes."""

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.frame import Array
from matchmaker.recommender.industry import SECOND_CODE

Numbers = NDArray[np.float32]


def fit(near: Numbers, needed: Array, stated: Array) -> Numbers:
    """Return for every row how well the best of the stated codes answers the needed ones, of which the first is main.

    `near` tells how well every stated industry (column) answers every needed one (row). Either side may have one row.
    """
    weights = [1.0, *[SECOND_CODE] * (needed.shape[1] - 1)]
    if len(needed) == 1:
        asked = np.max([near[code] * weight for code, weight in zip(needed[0], weights, strict=True)], axis=0)
        return best(asked, stated, [1.0] * stated.shape[1])
    if len(stated) == 1:
        return best(near[:, stated[0]].max(axis=1), needed, weights)
    found: Numbers = np.zeros(len(needed), np.float32)
    for column, weight in zip(needed.T, weights, strict=True):
        for other in stated.T:
            np.maximum(found, near[column, other] * np.float32(weight), out=found)
    return found


def best(worth: Numbers, codes: Array, weights: list[float]) -> Numbers:
    """Return for every row the most that any of its codes is worth, by their numbers."""
    found: Numbers = worth.astype(np.float32).take(codes[:, 0]) * np.float32(weights[0])
    for column, weight in zip(codes.T[1:], weights[1:], strict=True):
        # Few rows have many codes.
        rows = np.flatnonzero(column >= 0)
        if len(rows):
            found[rows] = np.maximum(found[rows], worth.take(column[rows]) * np.float32(weight))
    return found
