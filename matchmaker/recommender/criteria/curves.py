"""The curves from facts to values of 0 to 1, each over columns. None of them falls when a fact is added.

Every curve returns the values, and where both sides state what it takes; elsewhere the value is nothing.
"""

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.frame import Bools, Floats

Numbers = NDArray[np.float32]
Values = tuple[Numbers, Bools]

# Nobody asks, so nothing is earned in any row.
NOTHING: Values = (np.zeros(1, np.float32), np.zeros(1, bool))

PRICE_SLACK = 0.3
SLACK_DAYS = 180
RAIL_HOURS = 8.0  # a time that nobody calls near
ROAD_KILOMETRES = 1200.0


def known(values: NDArray[np.floating] | Bools, where: Bools) -> Values:
    """Return values where they are known, and nothing elsewhere."""
    return np.where(where, values, 0).astype(np.float32), np.atleast_1d(where)


def slack(asked: Floats, given: Floats) -> Values:
    """Rise from 0.5 where it is just enough to 1 at twice the demand; too little is worth nothing."""
    is_asked = asked > 0
    if not is_asked.any():
        return NOTHING
    reached = given >= asked
    ratio = 0.5 * given / np.where(is_asked, asked, np.nan)
    return np.where(reached & is_asked, np.minimum(ratio, 1), 0).astype(np.float32), is_asked & ~np.isnan(given)


def share(asked: Floats, given: Floats) -> Values:
    """Rise with the share of the demand that is met."""
    is_asked = asked > 0
    if not is_asked.any():
        return NOTHING
    where = is_asked & ~np.isnan(given)
    return known(np.minimum(given / np.where(is_asked, asked, np.nan), 1), where)


def under(price: Floats, highest: Floats) -> Values:
    """Rise from 0.5 at the cap to 1 at thirty per cent below it; above it is worth nothing."""
    is_asked = highest > 0
    if not is_asked.any():
        return NOTHING
    below = (highest - price) / np.where(is_asked, PRICE_SLACK * highest, np.nan)
    values = np.where(is_asked & (price <= highest), 0.5 + 0.5 * np.minimum(below, 1), 0)
    return values.astype(np.float32), is_asked & ~np.isnan(price)


def before(latest: Floats, ready: Floats) -> Values:
    """Rise from 0.5 on the last day to 1 half a year before it; later is worth nothing."""
    if np.isnan(latest).all():
        return NOTHING
    values = np.where(ready <= latest, 0.5 + 0.5 * np.minimum((latest - ready) / SLACK_DAYS, 1), 0)
    return values.astype(np.float32), ~(np.isnan(latest) | np.isnan(ready))


def nearby(hours: Numbers | Floats) -> Values:
    """Fall from 1 at the door to nothing at eight hours by rail."""
    where = ~np.isnan(hours)
    return known(np.maximum(0, 1 - hours / RAIL_HOURS), where)


def logarithmic(amount: Floats, least: float, most: float) -> Values:
    """Rise from nothing at `least` to 1 at `most` by the logarithm: ten times as much is one step more."""
    where = ~np.isnan(amount)
    steps = np.log(np.maximum(np.where(where, amount, least), least) / least) / np.log(most / least)
    return known(np.minimum(steps, 1), where)


def in_common(wanted: NDArray[np.uint32], given: NDArray[np.uint32]) -> Values:
    """Rise with the share of what is wanted that is given; both are words as bits."""
    is_asked = wanted != 0
    if not is_asked.any():
        return NOTHING
    met = np.bitwise_count(wanted & given) / np.maximum(np.bitwise_count(wanted), 1)
    return known(met, is_asked & (given != 0))
