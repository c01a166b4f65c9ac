"""What stands before the first page is served, whatever happened to the database since the last start."""

import pytest
from rich.console import Console
from sqlalchemy import delete, func, select

from matchmaker.extensions import Portal
from matchmaker.preparation import load_reference
from models import RestrictedEntry, SitingRule


@pytest.mark.sqlite_only
def test_rules_that_a_migration_took_away_are_there_again_after_the_next_start(database, portal_settings) -> None:
    """Going back a step and forward again empties the rules, while all files are as they were."""
    portal, console = Portal(portal_settings, database), Console(quiet=True)
    load_reference(portal, console)
    with database.writing() as session:
        before = session.scalar(select(func.count()).select_from(SitingRule))
        session.execute(delete(SitingRule))
        session.execute(delete(RestrictedEntry))
        session.commit()

    load_reference(portal, console)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SitingRule)) == before
        assert session.scalar(select(func.count()).select_from(RestrictedEntry)) > 100
