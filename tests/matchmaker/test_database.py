"""A session that was opened for looking can't write, whatever the code above it believes."""

import pytest
from sqlalchemy.exc import DBAPIError

from matchmaker.database import Database
from models import Organisation, User
from tests.cast import Cast


def test_the_database_refuses_a_write_through_a_reading_session(database: Database, cast: Cast) -> None:
    with database.reading() as session, pytest.raises(DBAPIError, match=r"readonly|read-only"):
        session.get_one(User, cast.owner.id).name = "别人"
        session.commit()
    with database.writing() as session:
        session.get_one(Organisation, cast.enterprise.id).name = "新名字"
        session.commit()
    with database.reading() as session:
        assert session.get_one(User, cast.owner.id).name == cast.owner.name
        assert session.get_one(Organisation, cast.enterprise.id).name == "新名字"
