"""The market's figures as all pages show them: added up now and then, and the same for every reader."""

import time

from flask import current_app

from matchmaker.extensions import db
from matchmaker.services import market
from models import today

# A hundred thousand readers see the same sums, so each process adds them up at most this often.
KEPT_SECONDS = 30.0


def figures() -> market.Market:
    """Return the market's figures, at most half a minute old."""
    kept: tuple[float, market.Market] | None = current_app.extensions.get("market_figures")
    if kept is None or time.monotonic() - kept[0] > KEPT_SECONDS:
        if kept is not None:
            # While this request adds up, the others go on with the sums there are.
            current_app.extensions["market_figures"] = time.monotonic(), kept[1]
        kept = time.monotonic(), market.survey(db(), today())
        current_app.extensions["market_figures"] = kept
    return kept[1]
