"""All premises of the synthetic market in columns, so that a firm looks at all of them at once."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.evaluation.ground import Ground
from matchmaker.recommender.evaluation.hosts import Host, Premises
from matchmaker.recommender.evaluation.trades import GROUP, Direction

Numbers = NDArray[np.float64]


class Bundles:
    """Some directions for each of many, and the nearest of each."""

    def __init__(self, bundles: Sequence[Sequence[Direction]]) -> None:
        self._all = np.stack([direction for bundle in bundles for direction in bundle])
        self._starts = np.cumsum([0, *(len(bundle) for bundle in bundles)])[:-1]

    def nearest(self, direction: Direction) -> Numbers:
        """Return for each how near its nearest direction lies."""
        nearest: Numbers = np.maximum.reduceat(self._all @ direction, self._starts)
        return nearest


class Supply:
    """All premises in columns."""

    def __init__(self, premises: Sequence[Premises], ground: Ground) -> None:
        self.premises, self.ground = list(premises), ground

        self._columns: dict[str, Numbers] = {}

    def column(self, name: str) -> Numbers:
        """Return a number of every premises."""
        if name not in self._columns:
            self._columns[name] = np.array([float(getattr(one, name)) for one in self.premises])
        return self._columns[name]

    def of_host(self, name: str) -> Numbers:
        """Return a number of the park of every premises."""
        return self.by_host([float(getattr(host, name)) for host in self.each_host()])

    @cached_property
    def sought(self) -> Bundles:
        """Return the products that every premises would like best."""
        return Bundles([[product.direction for product in one.sought] for one in self.premises])

    @cached_property
    def clusters(self) -> Bundles:
        """Return the trades that every park lives by; the strongest count fully."""
        return Bundles(
            [[trade.direction * 0.94**at for at, trade in enumerate(host.cluster)] for host in self.each_host()]
        )

    @cached_property
    def is_land(self) -> NDArray[np.bool_]:
        """Say which premises are land to build on; the rest is floor."""
        return np.array([one.is_land for one in self.premises])

    @cached_property
    def ready(self) -> Numbers:
        """Return the day on which every premises are ready."""
        return np.array([float(one.ready_on.toordinal()) for one in self.premises])

    @cached_property
    def hosts(self) -> dict[int, Host]:
        """Return the parks by their numbers."""
        return {one.host.at: one.host for one in self.premises}

    @cached_property
    def _host_at(self) -> NDArray[np.intp]:
        at = {number: row for row, number in enumerate(self.hosts)}
        return np.array([at[one.host.at] for one in self.premises])

    def by_host(self, values: Sequence[float] | Sequence[bool] | Numbers) -> Numbers:
        """Spread what holds of each park over its premises."""
        return np.array(values, dtype=float)[self._host_at]

    def each_host(self) -> Sequence[Host]:
        """Return the parks in the order that `by_host` takes them in."""
        return list(self.hosts.values())

    @cached_property
    def groups_nearby(self) -> dict[str, frozenset[str]]:
        """Return the industry groups that are to be found in each prefecture."""
        found: dict[str, set[str]] = {}
        for host in self.hosts.values():
            found.setdefault(host.prefecture, set()).update(trade.code[:GROUP] for trade in host.cluster)
        return {prefecture: frozenset(groups) for prefecture, groups in found.items()}
