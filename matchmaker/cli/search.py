"""`flask search …`: look at the index, and mend it by hand."""

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from matchmaker.extensions import portal, read_session, write_session
from search import sync


@click.group("search", help="Look at the search index, and mend it by hand.")
def commands() -> None:
    """Group the commands about the index."""


@commands.command("status", help="Say how many documents there are, and what waits.")
def status() -> None:
    """Print the state of the index."""
    with read_session() as session:
        waiting, parked = sync.lag(session)
    engine = portal().engine
    click.echo(f"documents  {engine.count()}")
    click.echo(f"outdated   {'yes' if engine.is_outdated() else 'no'}")
    click.echo(f"waiting    {waiting}")
    click.echo(f"parked     {parked}")
    for sentence in engine.check():
        click.echo(f"damage     {sentence}")


@commands.command("drain", help="Bring the index up to date with the outbox now.")
def drain() -> None:
    """Drain until nothing is due."""
    total = 0
    while taken := sync.drain(write_session, portal().engine, portal().embed).taken:
        total += taken
    click.echo(f"{total} entries drained")


@commands.command("reconcile", help="Compare index and market, and enqueue every difference.")
def reconcile() -> None:
    """Print what differed."""
    drift = sync.reconcile(write_session, portal().engine)
    click.echo(f"missing {drift.missing}, stale {drift.stale}, extra {drift.extra}")


@commands.command("rebuild", help="Make the index anew; the old one answers until the new one is whole.")
def rebuild() -> None:
    """Rebuild with a bar, since embedding takes long."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task("indexing", total=None)

        def show(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total)

        size = sync.rebuild(write_session, portal().engine, portal().embed, show)
    click.echo(f"{size} documents indexed")
