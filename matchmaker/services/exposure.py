"""Write what being proposed too often costs; last night's prices make room for this night's."""

from collections.abc import Mapping

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from models import ExposurePrice, now


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
