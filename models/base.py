"""The declarative base, and the two column types every table shares."""

import datetime as dt
import time
from typing import Any

from sqlalchemy import DateTime, MetaData, String, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# Named constraints let a migration drop what an earlier one made, on every database.
NAMING_CONVENTION = {
    "ix": "ix__%(column_0_N_label)s",
    "uq": "uq__%(table_name)s__%(column_0_N_name)s",
    "ck": "ck__%(table_name)s__%(constraint_name)s",
    "fk": "fk__%(table_name)s__%(column_0_N_name)s",
    "pk": "pk__%(table_name)s",
}


class Base(DeclarativeBase):
    """The parent of every table."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


def now() -> dt.datetime:
    """Return the present instant in UTC, to the second that people read."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def today() -> dt.date:
    """Return the present day in Hunan and the Bay, which share one time zone."""
    return dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date()


class Instant(TypeDecorator[dt.datetime]):
    """A UTC instant that comes back aware from SQLite too, which stores no offset."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Refuse a naive instant, since nobody could tell its zone later."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Give the instant its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class TermType(TypeDecorator[Any]):
    """A vocabulary term stored as its English value, refused when it is not of the vocabulary."""

    impl = String(40)
    cache_ok = True

    def __init__(self, vocabulary: type[Any]) -> None:
        """Remember the vocabulary whose terms this column may hold."""
        super().__init__(40)
        self.vocabulary = vocabulary

    def __repr__(self) -> str:
        """Print as the plain string column that a migration creates."""
        return "sa.String(length=40)"

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Turn a term, or its value, into the stored string."""
        return None if value is None else self.vocabulary(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Turn the stored string into the term."""
        return None if value is None else self.vocabulary(value)


def next_version(version: int | None) -> int:
    """Count a version so that a row made again under an old key still comes after what was removed."""
    return max((version or 0) + 1, int(time.time()))


class Timestamped:
    """When a row was made and last changed."""

    created_at: Mapped[dt.datetime] = mapped_column(Instant, default=now)
    updated_at: Mapped[dt.datetime] = mapped_column(Instant, default=now, onupdate=now)
