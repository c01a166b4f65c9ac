"""The reference for commands that can do nothing without it."""

import click
from sqlalchemy.exc import OperationalError

from matchmaker.extensions import portal
from matchmaker.recommender import Reference
from search import SearchError

NOT_LOADED = "The reference data is not loaded; run `make serve` once, or load it."


def loaded_reference() -> Reference:
    """Return the reference with its texts embedded, or end the command with a sentence that says what is missing."""
    try:
        reference = portal().reference
        reference.likeness.warm()
    except SearchError as error:
        raise click.ClickException(str(error)) from error
    except OperationalError as error:
        raise click.ClickException(f"{NOT_LOADED} ({error.orig})") from error
    if not reference.places or not reference.industries:
        raise click.ClickException(NOT_LOADED)
    return reference
