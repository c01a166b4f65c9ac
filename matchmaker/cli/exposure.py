"""`flask exposure`: how unequally all lists together show the premises, and what prices would change."""

import json

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table

from matchmaker import exposure_keeper
from matchmaker.extensions import portal, read_session


@click.command("exposure", help="Measure what all needs' lists show together, and find the prices that spread it.")
@click.option("--keep", is_flag=True, help="Keep the prices, as the worker does every night.")
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True)
@with_appcontext
def exposure_command(keep: bool, style: str) -> None:
    """Print Gini, capacity and the share of each prefecture, before and after prices."""
    with read_session() as session:
        found = exposure_keeper.find(session, portal().market)
    assert found is not None
    if keep:
        exposure_keeper.keep(portal().database, found)
    measured, reference = found.exposure, portal().reference
    figures = {
        "needs": found.needs,
        "premises": len(found.ids),
        "gini_before": round(measured.gini_before, 4),
        "gini_after": round(measured.gini_after, 4),
        "ndcg_lost": round(measured.lost, 4),
        "over_capacity_before": measured.over_before,
        "over_capacity_after": measured.over_after,
        "prefectures": {
            reference.place_name(code): [round(before, 2), round(after, 2)]
            for code, (before, after) in found.prefectures.items()
            if code
        },
    }
    if style == "json":
        click.echo(json.dumps(figures, ensure_ascii=False, indent=2))
        return
    console = Console()
    change = 1 - measured.gini_after / measured.gini_before if measured.gini_before else 0.0
    console.print(f"{found.needs} 条需求，{len(found.ids)} 个载体和园区。")
    console.print(f"基尼系数 {measured.gini_before:.3f} → {measured.gini_after:.3f}（降 {change:.1%}）。")
    console.print(f"名单的 nDCG@10 损失 {measured.lost:.2%}。")
    console.print(f"预期超过可接纳数的 {measured.over_before} → {measured.over_after} 个。")
    table = Table(title="各市州预期得到的份额", title_justify="left")
    for column in ("市州", "不调节", "调节后"):
        table.add_column(column, justify="left" if column == "市州" else "right")
    for code, (before, after) in found.prefectures.items():
        table.add_row(reference.place_name(code) if code else "—", f"{before:.1f}", f"{after:.1f}")
    console.print(table)
