"""What being proposed too often costs a posting or park in the order, as the last night found it."""

import datetime as dt

from sqlalchemy import Float, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Instant, now


class ExposurePrice(Base):
    """The price of one candidate, and the share of decisions that it is expected to receive without and with prices."""

    __tablename__ = "exposure_price"

    # The id in the index, such as "offer:12" or "park:HN01001".
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    price: Mapped[float] = mapped_column(Float)
    before: Mapped[float] = mapped_column(Float)
    after: Mapped[float] = mapped_column(Float)
    # How many decisions it can still take in; None where nobody has said.
    capacity: Mapped[float | None] = mapped_column(Float)
    made_at: Mapped[dt.datetime] = mapped_column(Instant, default=now, index=True)
