"""The live rows of one side of the market, in columns, each row under the id of its posting or park."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from weakref import WeakSet

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.facts import Item
from matchmaker.recommender.frame import Bools, Frame
from matchmaker.recommender.gates.marks import MARKS
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.texts import Side, Texts

AUDIENCES = ("public", "members")
# What a posting of each kind can take in, if it says so: a full one is proposed to nobody.
CAPACITY = {"offer": "slots", "position": "headcount"}


@dataclasses.dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class View:
    """A shelf as it stands at one moment; nothing that is written afterwards changes a row of it."""

    side: Side
    alive: Bools
    taken: NDArray[np.int32]
    price: NDArray[np.float32]

    @property
    def frame(self) -> Frame:
        """Return the columns."""
        return self.side.frame

    def __len__(self) -> int:
        """Count the rows, dead ones included."""
        return len(self.alive)

    def is_open_to(self, subject: Item, audiences: Sequence[str], day: dt.date, met: frozenset[str]) -> Bools:
        """Say which rows may be proposed to somebody: live, visible, not their own, not full and not yet met."""
        frame = self.frame
        found = self.alive & ~(frame["expires_on"] < day.toordinal()) & ~self.is_full
        allowed = [AUDIENCES.index(name) for name in audiences if name in AUDIENCES]
        found &= np.isin(frame["audience"], allowed)
        if subject.organisation_id is not None:
            found &= frame["organisation_id"] != subject.organisation_id
        if subject.owner_id is not None:
            found &= frame["owner_id"] != subject.owner_id
        if met:
            numbers = [int(id_) for id_ in met if id_.isdigit()]
            found &= ~np.isin(frame["posting_id"], numbers)
            if frame.kind == "offer":
                codes = {id_.removeprefix("park:") for id_ in met if id_.startswith("park:")}
                places = [at for at, code in enumerate(frame.park_codes) if code in codes]
                found &= ~(frame["is_park"] & np.isin(frame["park"], places))
        return found

    @property
    def is_full(self) -> Bools:
        """Say which rows have taken in as many as they can."""
        name = CAPACITY.get(self.frame.kind)
        if name is None:
            return np.zeros(len(self), bool)
        full: Bools = self.taken >= np.nan_to_num(self.frame.number(name), nan=np.inf)
        return full


class Shelf:
    """Rows that come, change and go.

    The row of one that changes is written over, and that of one that went is given to the next that comes, but not
    while somebody has a view of them: on another thread half a row, or another posting's, would be read.
    """

    def __init__(self, kind: str, reference: Reference) -> None:
        """Start empty."""
        mark = MARKS.get(kind)
        self.kind = kind
        self._side = Side(Frame(kind, reference, mark), Texts(kind, reference))
        self._row_of: dict[str, int] = {}
        self._free: list[int] = []
        self._alive = np.zeros(0, bool)
        self._taken = np.zeros(0, np.int32)
        self._taken_by: Mapping[int, int] = {}
        self._price = np.zeros(0, np.float32)
        self._view: View | None = None
        self._views: WeakSet[View] = WeakSet()

    def __contains__(self, id_: str) -> bool:
        """Say whether a posting or park stands here."""
        return id_ in self._row_of

    def __len__(self) -> int:
        """Count what stands here."""
        return len(self._row_of)

    @property
    def ids(self) -> list[str]:
        """Return the ids of all that stand here."""
        return list(self._row_of)

    def row_of(self, id_: str) -> int | None:
        """Return the row of a posting or park."""
        return self._row_of.get(id_)

    def version_of(self, id_: str) -> int | None:
        """Return the version that a row was written from."""
        row = self._row_of.get(id_)
        return None if row is None else int(self._side.frame["version"][row])

    def put(self, items: Sequence[Item]) -> None:
        """Write items, each into the row that it has or into a new one."""
        self._view = None
        new, is_seen = [], bool(self._views)
        for item in items:
            row = self._row_of.get(item.id)
            if is_seen:
                self.drop([item.id])
                row = None
            elif row is None and self._free:
                row = self._row_of[item.id] = self._free.pop()
                # One that comes back to the shelf has taken in as many as before.
                self._taken[row], self._price[row] = self._taken_of(item), 0
            if row is None:
                new.append(item)
            else:
                self._side.frame.write(row, item)
                self._side.texts.write(row, item)
                self._alive[row] = True
        if new:
            start = len(self._side.frame)
            self._side.frame.extend(new)
            self._side.texts.extend(new)
            self._row_of.update({item.id: start + at for at, item in enumerate(new)})
            self._alive = np.concatenate((self._alive, np.ones(len(new), bool)))
            self._taken = np.concatenate((self._taken, np.array([self._taken_of(item) for item in new], np.int32)))
            self._price = np.concatenate((self._price, np.zeros(len(new), np.float32)))

    def drop(self, ids: Iterable[str]) -> None:
        """Take from the shelf what is no longer live."""
        for id_ in ids:
            row = self._row_of.pop(id_, None)
            if row is not None:
                self._alive[row] = False
                self._free.append(row)
        self._view = None

    def count_taken(self, taken: Mapping[int, int]) -> None:
        """Note how many introductions each posting has had, by its id."""
        self._taken_by = taken
        self._taken = np.zeros(len(self._alive), np.int32)
        for posting, number in taken.items():
            row = self._row_of.get(f"{self.kind}:{posting}")
            if row is not None:
                self._taken[row] = number
        self._view = None

    def _taken_of(self, item: Item) -> int:
        return self._taken_by.get(item.posting_id, 0) if item.posting_id is not None else 0

    def set_prices(self, prices: dict[str, float]) -> None:
        """Note what being proposed too often costs each row in the order."""
        self._price = np.zeros(len(self._alive), np.float32)
        for id_, price in prices.items():
            row = self._row_of.get(id_)
            if row is not None:
                self._price[row] = price
        self._view = None

    def view(self) -> View:
        """Return the shelf as it stands now."""
        if self._view is None:
            self._view = View(self._side.view(), self._alive.copy(), self._taken.copy(), self._price.copy())
            self._views.add(self._view)
        return self._view
