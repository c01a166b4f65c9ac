"""Measure the matching every night, a second at a time, and keep the figures for everybody to read."""

import time
from collections.abc import Callable

import numpy as np

from matchmaker.extensions import Portal
from matchmaker.match_keeper import engine_version
from matchmaker.recommender.evaluation.matching import Setting, Steps
from matchmaker.recommender.evaluation.measure import Report, Size, evaluate_markets
from matchmaker.services import quality
from models import today

# What waits meanwhile, such as a posting that was just published, never waits longer than this and one step.
SLICE_SECONDS = 1.0


class QualityKeeper:
    """One night's run, as far as it has come."""

    def __init__(self, portal: Portal, size: Size | None = None) -> None:
        """Take the application's handles, and how much is measured."""
        self.portal, self.size = portal, size or Size()
        self._steps: Steps[Report] | None = None

    @property
    def is_under_way(self) -> bool:
        """Say whether a run has begun and not ended."""
        return self._steps is not None

    def work(self, goes_on: Callable[[], bool]) -> Report | None:
        """Measure for a second; return the report when it is done and kept."""
        steps, until = self._steps or self._begin(), time.monotonic() + SLICE_SECONDS
        # A run that fails is begun anew.
        self._steps = None
        while goes_on():
            try:
                next(steps)
            except StopIteration as stop:
                report: Report = stop.value
                self._keep(report)
                return report
            if time.monotonic() >= until:
                break
        self._steps = steps
        return None

    def _begin(self) -> Steps[Report]:
        with self.portal.database.reading() as session:
            self.portal.market.refresh(session)
        setting = Setting(self.portal.market.reference, today(), lambda texts: np.stack(list(self.portal.embed(texts))))
        return evaluate_markets(setting, self.size)

    def _keep(self, report: Report) -> None:
        with self.portal.database.writing() as session:
            quality.keep(session, quality.MARKET, report.as_json(), engine_version(self.portal.market))
            session.commit()
