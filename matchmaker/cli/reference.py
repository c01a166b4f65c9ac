"""`flask reference`: the public facts that the market stands on."""

import click
from flask.cli import AppGroup
from rich.console import Console

from matchmaker.extensions import portal
from matchmaker.preparation import load_reference

commands = AppGroup("reference", help="Load the public facts that the market stands on.")


@commands.command("load")
def load() -> None:
    """Load the files of reference/, unless they are loaded as they are."""
    load_reference(portal(), Console(stderr=True))
    click.echo("The reference data is loaded.")
