"""`flask evaluate`: measure the matching on synthetic markets, whose truth is known because they were made."""

import json
from typing import Any

import click
import numpy as np
from flask.cli import with_appcontext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from matchmaker.cli.loaded import loaded_reference
from matchmaker.extensions import portal, read_session, write_session
from matchmaker.match_keeper import engine_version
from matchmaker.recommender.evaluation.matching import Setting, Steps
from matchmaker.recommender.evaluation.measure import CEILING, GOAL, OURS, SPREAD, Report, Size, evaluate_markets
from matchmaker.recommender.evaluation.metrics import Figure
from matchmaker.services import quality
from models import today
from search import SearchError

USUAL = Size()
WIDTH = 160  # where the output is no terminal, such as a file
NAMES = {
    OURS: "ours",
    SPREAD: "ours, exposure spread",
    "newest": "newest first",
    "bm25": "BM25",
    "cosine": "cosine",
    "rrf": "RRF of both",
    "fields": "one-way field score",
    CEILING: "knows all but taste",
}
COLUMNS = {
    "reciprocal_ndcg_10": "reciprocal nDCG@10",
    "reciprocal_ndcg_10_offers": "… for offers",
    "ndcg_10_needs": "nDCG@10 of needs",
    "ndcg_10_offers": "nDCG@10 of offers",
    "recall_20": "recall@20",
    "violations_50": "violations@50",
    "gini": "Gini",
    "congestion": "congestion",
}
ROBUST = {
    "paraphrase_mean": "paraphrase, points of 100, mean",
    "paraphrase_p90": "paraphrase, points of 100, nine in ten",
    "translation_mean": "translation, points of 100, mean",
    "translation_p90": "translation, points of 100, nine in ten",
    "thin_offers": "thin copies of offers before their originals",
    "thin_needs": "thin copies of needs before their originals",
    "deletion": "deletion moves the score as said",
    "absent": "reasons that cite what nobody states",
}


@click.group("evaluate", invoke_without_command=True, help="Measure the matching, by default on synthetic markets.")
@click.option("--needs", type=click.IntRange(10, 5000), default=USUAL.needs, show_default=True, help="Of a market.")
@click.option("--offers", type=click.IntRange(10, 50_000), default=USUAL.offers, show_default=True, help="Of a market.")
@click.option("--markets", type=click.IntRange(1, 50), default=USUAL.markets, show_default=True, help="How many.")
@click.option("--seed", type=click.IntRange(min=0), default=USUAL.seed, show_default=True, help="The first market's.")
@click.option(
    "--deletions",
    type=click.IntRange(0, 10_000),
    default=USUAL.deletions,
    show_default=True,
    help="Facts to take.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--keep", is_flag=True, help="Keep the figures for the page about quality.")
@click.pass_context
@with_appcontext
def evaluate_group(context: click.Context, /, as_json: bool, keep: bool, **size: int) -> None:
    """Measure on synthetic markets unless a command names another way."""
    if context.invoked_subcommand is not None:
        return
    handles = portal()
    try:
        setting = Setting(loaded_reference(), today(), lambda texts: np.stack(list(handles.embed(texts))))
        report = _with_bar(evaluate_markets(setting, Size(**size)))
    except SearchError as error:
        raise click.ClickException(str(error)) from error
    if keep:
        keep_figures(quality.MARKET, report.as_json())
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        _print(report)


def _with_bar(steps: Steps[Report]) -> Report:
    """Run to the end, with a bar for the markets and one for what is under way."""
    columns = (TextColumn("{task.description:>12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        markets, work = progress.add_task("markets", total=None), progress.add_task("", total=None)
        while True:
            try:
                step = next(steps)
            except StopIteration as stop:
                report: Report = stop.value
                return report
            bar = markets if step.what == "markets" else work
            progress.update(bar, description=step.what, completed=step.done, total=step.total)


def keep_figures(name: str, figures: dict[str, Any]) -> None:
    """Keep what a measurement found, with the version of the engine that it speaks of."""
    handles = portal()
    with read_session() as session:
        handles.market.refresh(session)
    with write_session() as session:
        quality.keep(session, name, figures, engine_version(handles.market))
        session.commit()


def _print(report: Report) -> None:
    console = Console(width=None if Console().is_terminal else WIDTH)
    size = report.size
    title = f"{size.markets} × {size.needs} needs × {size.offers} offers, seeds from {size.seed}"
    table = Table(title=title, title_justify="left")
    table.add_column("order")
    for title in COLUMNS.values():
        table.add_column(title, justify="right")
    for name, figures in report.orders.items():
        table.add_row(NAMES[name], *(_figure(figures[column]) for column in COLUMNS))
    console.print(table)
    console.print(
        f"Against the best baseline ({NAMES[report.best_baseline]}), reciprocal nDCG@10 is"
        f" {_percent(report.gain)} higher; the goal is {GOAL:.0%}. Market by market:"
        f" {', '.join('–' if one.value is None else f'{one.value:+.1%}' for one in report.gain_by_market)}."
    )
    other = Table(show_header=False)
    other.add_column()
    other.add_column(justify="right")
    for name, title in ROBUST.items():
        other.add_row(title, _figure(report.robust[name]))
    console.print(other)


def _figure(figure: Figure | int) -> str:
    if isinstance(figure, int):
        return str(figure)
    if figure.value is None:
        return "–"
    return f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]".replace("[", "\\[")


def _percent(figure: Figure) -> str:
    return "–" if figure.value is None else f"{figure.value:+.1%} ({figure.low:+.1%} to {figure.high:+.1%})"
