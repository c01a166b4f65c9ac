"""The curves from facts to values of 0 to 1, each over columns. None of them falls when a fact is added.

Every curve returns the values, and where both sides state what it takes; elsewhere the value is nothing. They are
written to walk over a column as few times as may be, since a market has hundreds of thousands of rows.
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
    return only(values, where), where


def only(values: NDArray[np.floating] | Bools, where: Bools) -> Numbers:
    """Return values in some rows, and nothing in the others; no value may be NaN.

    Multiplying costs a fifth of choosing, so unknown values are made whatever number first.
    """
    found = np.empty(np.broadcast_shapes(values.shape, where.shape), np.float32)
    return np.multiply(values, where, out=found, casting="same_kind")


def slack(asked: Floats, given: Floats) -> Values:
    """Rise from 0.5 where it is just enough to 1 at twice the demand; too little is worth nothing."""
    is_asked = asked > 0
    if not is_asked.any():
        return NOTHING
    values = given * (0.5 / np.where(is_asked, asked, np.nan))
    np.fmin(values, 1, out=values)
    return only(values, (given >= asked) & is_asked), (given == given) & is_asked


def share(asked: Floats, given: Floats) -> Values:
    """Rise with the share of the demand that is met."""
    is_asked = asked > 0
    if not is_asked.any():
        return NOTHING
    values = given * (1 / np.where(is_asked, asked, np.nan))
    np.fmin(values, 1, out=values)
    return known(values, (given == given) & is_asked)


def under(price: Floats, highest: Floats) -> Values:
    """Rise from 0.5 at the cap to 1 at thirty per cent below it; above it is worth nothing."""
    is_asked = highest > 0
    if not is_asked.any():
        return NOTHING
    values = price * (-0.5 / PRICE_SLACK / np.where(is_asked, highest, np.nan))
    values += 0.5 + 0.5 / PRICE_SLACK
    np.fmin(values, 1, out=values)
    return only(values, (price <= highest) & is_asked), (price == price) & is_asked


def before(latest: Floats, ready: Floats) -> Values:
    """Rise from 0.5 on the last day to 1 half a year before it; later is worth nothing."""
    is_asked = latest == latest
    if not is_asked.any():
        return NOTHING
    values = (latest - ready) * (0.5 / SLACK_DAYS)
    values += 0.5
    np.fmin(values, 1, out=values)
    return only(values, ready <= latest), (ready == ready) & is_asked


def nearby(hours: Numbers | Floats) -> Values:
    """Fall from 1 at the door to nothing at eight hours by rail."""
    return known(np.fmax(1 - hours / RAIL_HOURS, 0), hours == hours)


def logarithmic(amount: Floats, least: float, most: float) -> Values:
    """Rise from nothing at `least` to 1 at `most` by the logarithm: ten times as much is one step more."""
    steps = np.log(np.fmax(amount, least) / least) / np.log(most / least)
    return known(np.fmin(steps, 1), amount == amount)


def in_common(wanted: NDArray[np.uint32], given: NDArray[np.uint32]) -> Values:
    """Rise with the share of what is wanted that is given; both are words as bits."""
    is_asked = wanted != 0
    if not is_asked.any():
        return NOTHING
    met = np.bitwise_count(wanted & given) * (np.float32(1) / np.maximum(np.bitwise_count(wanted), 1))
    return known(met, is_asked & (given != 0))
