"""What must stand before the first page is served: tables, reference data, a sample market, an index."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import exists, select

from matchmaker import schema
from matchmaker.config import ROOT
from matchmaker.extensions import Portal
from matchmaker.services import reference, samples
from models import AuditEvent, Posting, Region, RestrictedEntry, SitingArea, SitingRule
from search import sync
from search.engine import Vector

REFERENCE = ROOT / "reference"
SHOWN = "sample.shown"
FILLED = (Region, SitingRule, RestrictedEntry, SitingArea)


def prepare(portal: Portal, console: Console, with_sample: bool) -> None:
    """Bring everything into place; what is in place already costs nothing."""
    schema.upgrade(portal.database)
    load_reference(portal, console)
    if with_sample and not portal.settings.is_production and wants_sample(portal):
        load_sample(portal, console)
    if portal.engine.is_outdated():
        rebuild_index(portal, console)


def load_reference(portal: Portal, console: Console) -> None:
    """Load the reference data on the first run, and again when one of its files has changed."""
    digest = _digest(REFERENCE)
    mark = portal.settings.portal_var / "reference.sha256"
    with portal.database.reading() as session:
        # A migration may have emptied a table that the mark of the last start says is full.
        is_loaded = all(session.scalar(select(exists().select_from(table))) for table in FILLED)
    if is_loaded and mark.exists() and mark.read_text() == digest:
        return
    with bar(console, "Reference data") as progress, portal.database.writing() as session:
        task = progress.add_task("Reference data", total=None)
        reference.load(session, REFERENCE, lambda part, count: progress.advance(task, count))
        progress.update(task, total=progress.tasks[task].completed)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(digest)


def wants_sample(portal: Portal) -> bool:
    """Say whether nobody has seen the sample market here yet, and nobody has written a posting of their own.

    Whoever removed the samples doesn't get them back at the next start.
    """
    with portal.database.reading() as session:
        was_shown = session.scalar(select(exists().where(AuditEvent.action == SHOWN)))
        is_used = session.scalar(select(exists().where(Posting.is_sample.is_(False))))
    return not (was_shown or is_used)


def load_sample(portal: Portal, console: Console) -> None:
    """Put the sample market in, so that a first visitor sees something; one that was interrupted begins anew."""
    with bar(console, "Sample market") as progress, portal.database.writing() as session:
        task = progress.add_task("Sample market", total=None)
        if not samples.is_loaded(session):
            samples.load(session, progress=lambda done, total: progress.update(task, completed=done, total=total))
        session.add(AuditEvent.of(None, SHOWN, "market", "opening"))
        session.commit()


def rebuild_index(portal: Portal, console: Console) -> int:
    """Fill a new index; texts that were embedded before are not embedded again."""
    if not portal.encoder.is_ready:
        console.print("Reading the language model …")
        portal.encoder.warm()
    with portal.encoder.all_cores(), bar(console, "Index") as progress:
        task = progress.add_task("Index", total=None)

        def embed(texts: Sequence[str]) -> Sequence[Vector]:
            return portal.embed(texts, lambda count: progress.advance(task, count))

        def tell_total(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        size = sync.rebuild(portal.database.writing, portal.engine, embed, tell_total)
        progress.update(task, description="Industries", completed=0, total=None)
        portal.reference.likeness.warm()
        progress.update(task, description="Descriptions")
        with portal.database.reading() as session:
            # What people say is asked with as well as found, and the two forms are embedded apart.
            portal.market.refresh(session)
        return size


@contextmanager
def bar(console: Console, title: str) -> Iterator[Progress]:
    """Show a bar on a terminal, and one plain line elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        if not console.is_terminal:
            console.print(f"{title} …")
        yield progress


def _digest(folder: Path) -> str:
    files = sorted(path for path in folder.iterdir() if path.is_file())
    whole = hashlib.sha256()
    for path in files:
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()
