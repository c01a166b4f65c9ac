"""`flask rules`: load siting rules as dated data, look at their versions, and see what a change would do."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import select

from matchmaker.extensions import portal, read_session, write_session
from matchmaker.preparation import bar
from matchmaker.recommender.rule_changes import (
    Asked,
    Example,
    Shift,
    asked,
    live_items,
    names_of,
    number_of,
    shifts,
    with_rows,
)
from matchmaker.recommender.rules import acting, as_rule
from matchmaker.services import rules
from matchmaker.services.rule_files import WrongRules
from models import SitingRule, today
from models.vocabulary import Verdict

commands = AppGroup("rules", help="Load siting rules, look at their versions, and see what a change would do.")

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
WORDS = {Verdict.PASSES: "passes", Verdict.FAILS: "fails", Verdict.UNKNOWN: "unknown", None: "not asked"}
WIDTH = 140  # where the output is no terminal, such as a file
ON_OPTION = click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day to ask about; today if not given.")


@commands.command("load")
@FILE
def load(file: Path) -> None:
    """Load the rules of the YAML file FILE, or one of the three lists as CSV. All of it, or nothing."""
    with write_session() as session:
        try:
            changes = rules.load_file(session, file)
        except WrongRules as wrong:
            raise _refused(wrong) from None
        session.commit()
    for name in changes.added:
        click.echo(f"added    {name}")
    for name, fields in changes.changed:
        click.echo(f"changed  {name}: {', '.join(fields)}")
    same = changes.rows - len(changes.added) - len(changes.changed)
    click.echo(f"{len(changes.added)} added, {len(changes.changed)} changed, {same} as they were.")


@commands.command("show")
@click.argument("rule", required=False)
@ON_OPTION
def show(rule: str | None, day: dt.datetime | None) -> None:
    """Print the versions of all rules, or of RULE, and which acts on the day."""
    on = day.date() if day else today()
    query = select(SitingRule)
    with read_session() as session:
        rows = list(session.scalars(query.where(SitingRule.rule == rule.upper()) if rule else query))
    if not rows:
        raise click.ClickException(f"No rule {rule} is loaded." if rule else "No rules are loaded.")
    table = Table(title=f"Siting rules on {on}", title_justify="left")
    for column in ("rule", "version", "acts", "from", "to", "basis", "title", "source"):
        table.add_column(column, overflow="fold")
    for row in sorted(rows, key=lambda row: (number_of(row.rule), row.version)):
        acts = acting((as_rule(other) for other in rows if other.rule == row.rule), on)
        is_acting = acts is not None and acts.version == row.version
        table.add_row(*map(Text, _cells(row, "yes" if is_acting else _why_not(row, on))))
    _console().print(table)


@commands.command("diff")
@FILE
@ON_OPTION
@click.option("--needs", type=click.IntRange(1), help="Ask only so many needs, the newest.")
def diff(file: Path, day: dt.datetime | None, needs: int | None) -> None:
    """Print how loading FILE would change the verdicts of the live market. Nothing is written.

    A version that starts later changes nothing today: name a day to see what it does then.
    """
    on = day.date() if day else today()
    reference = portal().reference
    with read_session() as session:
        try:
            rows = rules.trial(session, file)
        except WrongRules as wrong:
            raise _refused(wrong) from None
        items = live_items(session, needs)
        before, after = asked(items, reference, on), asked(items, with_rows(reference, rows), on)
        with bar(Console(stderr=True), "Pairs") as progress:
            task = progress.add_task("Needs", total=len(before.needs))
            found = shifts(before, after, lambda done: progress.update(task, completed=done))
        names = names_of(session, found)
    _print_shifts(found, names, before)


def _refused(wrong: WrongRules) -> click.ClickException:
    return click.ClickException("nothing is loaded.\n" + "\n".join(wrong.problems))


def _cells(row: SitingRule, acts: str) -> Iterable[str]:
    return (
        row.rule,
        str(row.version),
        acts,
        row.starts or "always",
        row.in_force_to.isoformat() if row.in_force_to else "open",
        f"{row.confidence} {row.evidence.value}",
        row.title,
        f"{row.document}（{row.number}）" if row.number else row.document,
    )


def _why_not(row: SitingRule, day: dt.date) -> str:
    if row.in_force_from and row.in_force_from > day:
        return "not yet"
    return "over" if row.in_force_to and row.in_force_to < day else "replaced"


def _print_shifts(found: list[Shift], names: dict[str, str], pairs: Asked) -> None:
    if not found:
        click.echo(f"No verdict of {pairs.pairs:,} live pairs changes on {pairs.day}.")
        return
    table = Table(title=f"{pairs.pairs:,} live pairs on {pairs.day}", title_justify="left", show_lines=True)
    for column in ("rule", "from", "to", "pairs", "such as"):
        table.add_column(column, overflow="fold", justify="right" if column == "pairs" else "left")
    for shift in found:
        examples = "\n".join(_example(example, names) for example in shift.examples)
        cells = (shift.rule, WORDS[shift.before], WORDS[shift.after], f"{shift.pairs:,}", examples)
        table.add_row(*map(Text, cells))
    _console().print(table)


def _example(example: Example, names: dict[str, str]) -> str:
    sides = " × ".join(f"{id_} {names[id_]}" for id_ in (example.need, example.premises))
    return f"{sides}: {example.sentence}" if example.sentence else sides


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=WIDTH)
