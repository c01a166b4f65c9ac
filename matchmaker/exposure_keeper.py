"""Work out, for all needs together, what being proposed too often costs each of the premises."""

import dataclasses
from collections.abc import Callable, Mapping

import numpy as np
from sqlalchemy.orm import Session

from matchmaker.database import Database
from matchmaker.recommender.exposure import Exposure, Lists, by_prefecture, listed, spread
from matchmaker.recommender.frame import Bools, Floats, Frame
from matchmaker.recommender.judging import judge
from matchmaker.recommender.market import Market
from matchmaker.recommender.recommend import keys_of
from matchmaker.recommender.shelf import View
from matchmaker.services import exposure
from models import today

# What stands behind these is never shown in a list's top, whatever the prices.
CANDIDATES = 200


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """Prices by id, and the shares that each prefecture receives before and after."""

    exposure: Exposure
    ids: list[str]
    needs: int
    prefectures: Mapping[str, tuple[float, float]]


def find(session: Session, market: Market, goes_on: Callable[[], bool] = lambda: True) -> Found | None:
    """Find the prices of the market as it stands; None when somebody said stop meanwhile."""
    market.refresh(session)
    # What follows takes long and reads nothing: a transaction that idles is ended by the database, or keeps its log.
    session.rollback()
    needs, premises = market.view("need"), market.view("offer")
    lists = all_lists(market, needs, premises, goes_on)
    if lists is None:
        return None
    ids = [premises.frame.id_of(row) for row in range(len(premises))]
    places = [market.reference.place_code(int(place)) for place in premises.frame["prefecture"]]
    found = spread(lists, room(premises))
    return Found(found, ids, len(lists.items), by_prefecture(found, places))


def room(premises: View) -> Floats:
    """Return how many more each row can take in; without end where nobody has said."""
    slots = premises.frame.number("slots")
    return np.where(np.isnan(slots), np.inf, np.maximum(0, np.nan_to_num(slots) - premises.taken))


def all_lists(market: Market, needs: View, premises: View, goes_on: Callable[[], bool]) -> Lists | None:
    """Rank all premises for every live need, one need after the other so that memory stays that of one."""
    items, scores = [], []
    day = today()
    open_ = premises.alive & ~premises.is_full & ~(premises.frame["expires_on"] < day.toordinal())
    for row in np.flatnonzero(needs.alive & ~(needs.frame["expires_on"] < day.toordinal())):
        if not goes_on():
            return None
        judged = judge(needs.side.take(np.array([row])), premises.side, market.reference, market.parks, day, {})
        # What lists are ordered by and lose in: the score with a wish for a place, or what was learned.
        order = np.broadcast_to(keys_of(judged, "asking", market, "need", "offer", {}), open_.shape)
        may = open_ & ~judged.failing & ~_are_ones_own(needs.frame, int(row), premises.frame)
        best = listed(order, may, CANDIDATES)
        padded = np.full(CANDIDATES, -1, np.int32)
        padded[: len(best)] = best
        items.append(padded)
        scores.append(order[padded].astype(np.float32))
    shape = len(items), CANDIDATES
    return Lists(np.array(items, np.int32).reshape(shape), np.array(scores, np.float32).reshape(shape), len(premises))


def _are_ones_own(needs: Frame, row: int, premises: Frame) -> Bools:
    found: Bools = premises["owner_id"] == needs["owner_id"][row]
    organisation = needs["organisation_id"][row]
    return found | (premises["organisation_id"] == organisation) if organisation >= 0 else found


def keep(database: Database, found: Found) -> None:
    """Write the prices, in place of those of the night before."""
    measured = found.exposure
    rows = {
        id_: (
            float(measured.prices[row]),
            float(measured.before[row]),
            float(measured.after[row]),
            None if np.isinf(measured.capacity[row]) else float(measured.capacity[row]),
        )
        for row, id_ in enumerate(found.ids)
        if measured.before[row] or measured.after[row] or measured.prices[row]
    }
    with database.writing() as session:
        exposure.replace(session, rows)
