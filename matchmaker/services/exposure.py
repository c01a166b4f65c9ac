"""Write what being proposed too often costs; last night's prices make room for this night's."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from models import ExposurePrice, Park, ParkOffer, now


def replace(session: Session, rows: Mapping[str, tuple[float, float, float, float | None]]) -> None:
    """Keep price, share before, share after and capacity of each candidate, and of no other."""
    session.execute(delete(ExposurePrice))
    moment = now()
    if rows:
        session.execute(
            insert(ExposurePrice),
            [
                {"key": key, "price": price, "before": before, "after": after, "capacity": most, "made_at": moment}
                for key, (price, before, after, most) in rows.items()
            ],
        )
    session.commit()


def priced_at(session: Session) -> dt.datetime | None:
    """Return when prices were last worked out."""
    return session.scalar(select(func.max(ExposurePrice.made_at)))


def by_prefecture(session: Session) -> dict[str, tuple[float, float]]:
    """Sum what the premises of each prefecture are expected to receive, without and with prices; most comes first."""
    offers = {f"offer:{id_}": code for id_, code in session.execute(select(ParkOffer.id, ParkOffer.park_code))}
    places = {row.code: row.prefecture_code for row in session.execute(select(Park.code, Park.prefecture_code))}
    found: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for row in session.scalars(select(ExposurePrice)):
        park = offers.get(row.key) or row.key.removeprefix("park:")
        if park in places:
            before, after = found[places[park]]
            found[places[park]] = (before + row.before, after + row.after)
    return dict(sorted(found.items(), key=lambda item: -item[1][0]))
