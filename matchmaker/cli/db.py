"""`flask db`: the tables' history."""

import click
from flask.cli import AppGroup

from matchmaker import schema
from matchmaker.extensions import portal

commands = AppGroup("db", help="Bring the tables to the shape that this program expects.")


@commands.command()
@click.option("--to", "revision", default="head", show_default=True, help="The revision to stop at.")
def upgrade(revision: str) -> None:
    """Run the migrations that this database has not seen."""
    schema.upgrade(portal().database, revision)
    click.echo(f"The database is at {schema.current(portal().database)}.")


@commands.command()
def current() -> None:
    """Print the revision of the database, and the newest one."""
    click.echo(f"{schema.current(portal().database) or 'empty'} (newest: {schema.head()})")


@commands.command()
def check() -> None:
    """Fail when the tables are not what the models say, or a migration waits."""
    database = portal().database
    if schema.current(database) != schema.head():
        raise click.ClickException("Migrations wait; run `flask db upgrade`.")
    found = schema.differences(database)
    for difference in found:
        click.echo(difference, err=True)
    if found:
        raise click.ClickException("The models say something that no migration makes; run `make migration`.")
    click.echo("The tables are what the models say.")
