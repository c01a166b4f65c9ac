"""Everything that is live, kept in memory in columns, so that a question is asked of the whole market at once.

One process keeps one. Before a question it reads what has changed since the last one; what it proposes is read from the
tables again before anybody sees it, so a copy that lags by a moment can neither show nor hide anything for long.
"""

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from threading import RLock

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.recommender.facts import (
    TABLES,
    Item,
    ParkFacts,
    load_parks,
    load_postings,
    of_park,
)
from matchmaker.recommender.gates.marks import framed
from matchmaker.recommender.learning import Learned
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.shelf import Shelf, View
from models import ExposurePrice, Interest, Introduction, Park, Posting, RankingModel, SitingRule, now, today
from models.vocabulary import PostingStatus

# A transaction that was open while we looked may still bring rows with an older date.
OVERLAP = dt.timedelta(minutes=2)
# A row that was deleted leaves no trace to find it by, so now and then all ids are compared.
COMPARED_EVERY_SECONDS = 600.0
STEP = 500


class Market:
    """The shelves of all kinds, the parks, and the reference that their columns count in."""

    def __init__(self, load_reference: Callable[[Session], Reference], spreads: bool = True) -> None:
        """Take what makes the reference, and whether being proposed too often costs a place in the order.

        The reference is made again when the rules in the database change.
        """
        self._spreads = spreads
        self._priced_at: dt.datetime | None = None
        self._learned: dict[str, tuple[int, Learned]] = {}
        self._learned_stamp: tuple[object, ...] = ()
        self._load_reference = load_reference
        self._lock = RLock()
        # Counted up by every refresh that brought something, whoever asked for it.
        self.revision = 0
        # The same for parks of the directory alone.
        self.parks_revision = 0
        self._reference: Reference | None = None
        # What the columns count in: the newest reference from the next refresh on.
        self._laid_out_in: Reference | None = None
        # Versions of postings that can't be laid out in columns.
        self._unfit: dict[str, int] = {}
        self._rules_stamp: tuple[object, ...] = ()
        self._since: dt.datetime | None = None
        self._compared = 0.0
        self._last_introduction = 0
        self._parks_stamp: object = None
        self._parks: dict[str, ParkFacts] = {}
        self._prices: dict[str, float] = {}
        self._shelves: dict[str, Shelf] = {}

    @property
    def reference(self) -> Reference:
        """Return the reference of the last refresh."""
        assert self._laid_out_in is not None, "a market is refreshed before it is read"
        return self._laid_out_in

    @property
    def parks(self) -> Mapping[str, ParkFacts]:
        """Return every park of the directory by its code."""
        return self._parks

    def view(self, kind: str) -> View:
        """Return one side of the market as it stood at the last refresh; offers and parks stand together."""
        with self._lock:
            return self._shelves["offer" if kind == "park" else kind].view()

    def row_of(self, id_: str) -> int | None:
        """Return the row of a live posting or of a park in the view of its side."""
        kind = id_.partition(":")[0]
        with self._lock:
            return self._shelves["offer" if kind == "park" else kind].row_of(id_)

    def version_of(self, id_: str) -> int | None:
        """Return the version that a live posting's row was written from."""
        with self._lock:
            return self._shelves[id_.partition(":")[0]].version_of(id_)

    def ids(self, kind: str) -> list[str]:
        """Return the ids of all that stand on one shelf."""
        with self._lock:
            return self._shelves[kind].ids

    def full_ids(self) -> list[str]:
        """Return the ids of all that can take in no more."""
        with self._lock:
            views = [shelf.view() for shelf in self._shelves.values()]
        return [view.frame.id_of(int(row)) for view in views for row in np.flatnonzero(view.alive & view.is_full)]

    def price_of(self, id_: str) -> float:
        """Return what a posting or park loses in the order for being proposed too often."""
        return self._prices.get(id_, 0.0)

    def _price_rows(self) -> None:
        for shelf in self._shelves.values():
            shelf.set_prices({id_: price for id_, price in self._prices.items() if id_ in shelf})

    def refresh(self, session: Session) -> bool:
        """Read what has changed since the last time; say whether anything had."""
        with self._lock:
            reference = self.load_reference(session)
            if reference is not self._laid_out_in:
                self._begin(reference)
            changed = self._refresh_parks(session)
            changed |= self._refresh_postings(session)
            changed |= self._refresh_taken(session)
            changed |= self._refresh_prices(session)
            changed |= self._refresh_learned(session)
            if changed and self._prices:
                self._price_rows()
            self.revision += changed
            return changed

    def load_reference(self, session: Session) -> Reference:
        """Return the reference, made anew if the rules have changed; the next refresh lays everything out in it."""
        with self._lock:
            stamp = tuple(session.execute(select(func.count(), func.max(SitingRule.loaded_at))).one())
            if self._reference is None or stamp != self._rules_stamp:
                self._reference, self._rules_stamp = self._load_reference(session), stamp
            return self._reference

    @property
    def stamp(self) -> str:
        """Name the state of the rules, prices and learned orders that everything is judged and ordered by."""
        numbers = [f"{name}{number}" for name, (number, _) in sorted(self._learned.items())]
        return "-".join(map(str, (*self._rules_stamp, self._priced_at, *numbers)))

    def _begin(self, reference: Reference) -> None:
        self._shelves, self._laid_out_in = {kind: Shelf(kind, reference) for kind in TABLES}, reference
        self._since, self._parks_stamp, self._last_introduction = None, None, 0

    def _refresh_parks(self, session: Session) -> bool:
        stamp = tuple(session.execute(select(func.count(), func.max(Park.version), func.sum(Park.version))).one())
        if stamp == self._parks_stamp:
            return False
        before, self._parks = self._parks, load_parks(session)
        shelf = self._shelves["offer"]
        shelf.drop(f"park:{code}" for code in before if code not in self._parks)
        changed = [
            code for code, park in self._parks.items() if before.get(code) != park or f"park:{code}" not in shelf
        ]
        self._lay_out("offer", [of_park(self._parks[code]) for code in changed])
        if self._parks_stamp is not None:
            # An offer's row holds what is known of its park.
            self._put(session, "offer", self._offers_in(session, changed))
        self._parks_stamp = stamp
        self.parks_revision += bool(changed) or before.keys() != self._parks.keys()
        return True

    @staticmethod
    def _offers_in(session: Session, codes: Iterable[str]) -> list[int]:
        offers = TABLES["offer"]
        wanted = select(offers.id).where(offers.park_code.in_(list(codes)))  # type: ignore[attr-defined]
        return list(session.scalars(wanted.where(offers.status == PostingStatus.PUBLISHED)))

    def _refresh_postings(self, session: Session) -> bool:
        started = now()
        columns = select(Posting.id, Posting.kind, Posting.version, Posting.status)
        is_whole = self._since is None or time.monotonic() - self._compared > COMPARED_EVERY_SECONDS
        if is_whole:
            rows = session.execute(columns.where(Posting.status == PostingStatus.PUBLISHED)).all()
            live = {f"{row.kind}:{row.id}" for row in rows}
            for shelf in self._shelves.values():
                shelf.drop([id_ for id_ in shelf.ids if id_ not in live and not id_.startswith("park:")])
            self._compared = time.monotonic()
        else:
            assert self._since is not None
            rows = session.execute(columns.where(Posting.updated_at >= self._since - OVERLAP)).all()
        wanted: dict[str, list[int]] = defaultdict(list)
        changed = False
        for row in rows:
            shelf, id_ = self._shelves[row.kind], f"{row.kind}:{row.id}"
            if row.status is not PostingStatus.PUBLISHED:
                changed |= id_ in shelf
                shelf.drop([id_])
            elif shelf.version_of(id_) != row.version:
                wanted[row.kind].append(row.id)
        for kind, ids in wanted.items():
            self._put(session, kind, ids)
        self._since = started
        return changed or bool(wanted)

    def _put(self, session: Session, kind: str, ids: list[int]) -> None:
        for start in range(0, len(ids), STEP):
            items = load_postings(session, kind, ids[start : start + STEP], self._parks)
            self._lay_out(kind, [item for item in items if self._unfit.get(item.id) != item.version])

    def _lay_out(self, kind: str, items: list[Item]) -> None:
        try:
            self._shelves[kind].put(items)
        except BaseException:
            # What was half written is in no order. The next refresh reads all anew, but what can never be laid out.
            reference = self.reference
            self._unfit |= {item.id: item.version for item in items if not _is_fit(item, reference)}
            self._begin(reference)
            raise

    def _refresh_prices(self, session: Session) -> bool:
        if not self._spreads:
            return False
        made_at = session.scalar(select(func.max(ExposurePrice.made_at)))
        if made_at == self._priced_at:
            return False
        rows = session.execute(select(ExposurePrice.key, ExposurePrice.price).where(ExposurePrice.price > 0))
        self._prices = {row.key: row.price for row in rows}
        self._priced_at = made_at
        self._price_rows()
        return True

    def _refresh_learned(self, session: Session) -> bool:
        in_use = select(RankingModel.id).where(RankingModel.is_active).order_by(RankingModel.id)
        stamp = tuple(session.scalars(in_use))
        if stamp == self._learned_stamp:
            return False
        models = session.scalars(select(RankingModel).where(RankingModel.is_active))
        self._learned = {
            model.pairing: (model.number, Learned(model.coefficients, model.intercept)) for model in models
        }
        self._learned_stamp = stamp
        return True

    def learned(self, family: str) -> Learned | None:
        """Return the learned order of a family of pairs, if one is in use."""
        known = self._learned.get(family)
        return known[1] if known else None

    def learned_number(self, family: str) -> int | None:
        """Return the number of the learned order that is in use."""
        known = self._learned.get(family)
        return known[0] if known else None

    def _refresh_taken(self, session: Session) -> bool:
        last = session.scalar(select(func.max(Introduction.id))) or 0
        if last == self._last_introduction:
            return False
        by_posting = (
            select(Interest.posting_id, func.count())
            .join(Introduction, Introduction.interest_id == Interest.id)
            .where(Interest.posting_id.is_not(None))
            .group_by(Interest.posting_id)
        )
        by_about = (
            select(Interest.about_id, func.count())
            .join(Introduction, Introduction.interest_id == Interest.id)
            .where(Interest.about_id.is_not(None))
            .group_by(Interest.about_id)
        )
        taken: dict[int, int] = defaultdict(int)
        for query in (by_posting, by_about):
            for posting, number in session.execute(query):
                taken[int(posting or 0)] += number
        for shelf in self._shelves.values():
            shelf.count_taken(dict(taken))
        self._last_introduction = last
        return True


def fresh_items(session: Session, ids: Iterable[str], parks: Mapping[str, ParkFacts]) -> dict[str, Item]:
    """Read postings and parks again, in the state that the tables have now; what is no longer live is left out."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for id_ in ids:
        kind, _, key = id_.partition(":")
        by_kind[kind].append(key)
    found: dict[str, Item] = {}
    for kind, keys in by_kind.items():
        if kind == "park":
            found |= {f"park:{key}": of_park(parks[key]) for key in keys if key in parks}
        else:
            found |= {item.id: item for item in load_postings(session, kind, map(int, keys), parks)}
    return found


def _is_fit(item: Item, reference: Reference) -> bool:
    """Say whether the facts of an item fit into columns; no text is read for that, as the model may be away."""
    kind = "offer" if item.kind == "park" else item.kind
    try:
        framed(kind, [item], reference)
    except Exception:
        return False
    return True


def is_live_on(item: Item, day: dt.date | None = None) -> bool:
    """Say whether an item has not run out."""
    return item.expires_on is None or item.expires_on >= (day or today())
