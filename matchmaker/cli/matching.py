"""`flask match` and `flask evaluate parks`: match needs that were never saved, and replay real relocations."""

import io
import json
import sys
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table
from rich.text import Text

from matchmaker.cli.evaluate import evaluate_group, keep_figures
from matchmaker.cli.loaded import loaded_reference
from matchmaker.cli.need_file import NeedFile, WrongNeeds, described_fields, read_needs
from matchmaker.extensions import portal, read_session
from matchmaker.recommender import Proposal, Recommendation, Reference, load_parks, recommend
from matchmaker.recommender.evaluate import CANNOT_KNOW, Figures, WrongCases, evaluate, read_cases
from matchmaker.services import quality
from models import RelocationNeed, today
from search import SearchError

WRONG_INPUT = 2
KINDS = ("park", "offer", "talent")
FAILING = 10
MOST = 200
WIDTH = 140  # where the output is no terminal, such as a file
# The operator sees what an enterprise sees, talents without their names among it.
AUDIENCES = ("public", "members")
COLUMNS_SAY = (
    "county_top5_macro：各市州命中率的平均；groups：有关联的企业算一组；by_group：每组只算一次；90 %：按组重抽的区间。"
    "cross-validated：每一组用在其他各组上选出的权重，看选权重能带来多少。"
)
VERDICTS = {"passes": "符合", "fails": "不符合", "unknown": "还不清楚"}
BANDS = {"high": "高", "medium": "中", "low": "低", None: "未排序"}

output_format = click.option(
    "--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)


def _kinds(context: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:
    kinds = tuple(kind.strip() for kind in value.split(",") if kind.strip())
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown or not kinds:
        raise click.BadParameter(f"choose from {','.join(KINDS)}")
    return kinds


@click.command(
    "match", help="Match the need, or the list of needs, that the JSON file FILE (or -) holds. Nothing is saved."
)
@click.argument("file", required=False, type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--top", type=click.IntRange(1, MOST), default=10, show_default=True, help="How many to print.")
@click.option("--kinds", callback=_kinds, default="park,offer", show_default=True, help="What to match with.")
@click.option("--fields", "list_fields", is_flag=True, help="Print the fields that a need may have.")
@output_format
@with_appcontext
def match_command(file: str | None, top: int, kinds: tuple[str, ...], list_fields: bool, style: str) -> None:
    """Print the best matches of each need."""
    if list_fields:
        _print_fields()
        return
    if file is None:
        raise click.UsageError("Name a file, or - for the standard input; --fields lists what a need may say.")
    reference = loaded_reference()
    try:
        read = read_needs(_bytes(file), reference)
    except WrongNeeds as wrong:
        _refuse(wrong.problems)
    found = [(need, _recommend(need, kinds, top)) for need in read.needs]
    if style == "json":
        _print_json(read, found)
    else:
        for number, (need, recommendation) in enumerate(found, 1):
            _print_matches(number, need, recommendation, reference)


@evaluate_group.command("parks", help="Replay the relocations of the table FILE without telling the place.")
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@output_format
@click.option("--keep", is_flag=True, help="Keep the figures for the page about quality.")
@with_appcontext
def evaluate_parks(file: Any, style: str, keep: bool) -> None:
    """Print how well each order finds the counties that firms went to."""
    reference = loaded_reference()
    try:
        read = read_cases(io.StringIO(file.read(), newline=""), reference)
    except UnicodeDecodeError:
        _refuse(["文件不是 UTF-8 编码的文字。"])
    except WrongCases as wrong:
        _refuse([str(wrong)])
    if not read.cases:
        _refuse(["文件里没有写明湖南县市区的案例。"])
    if read.left_out:
        numbers = "、".join(map(str, read.left_out))
        click.echo(f"没有写明湖南的县市区，未计入：第 {numbers} 个案例。", err=True)
    with read_session() as session:
        parks = load_parks(session)
    try:
        figures = evaluate(read.cases, parks, reference, today())
    except SearchError as error:
        raise click.ClickException(str(error)) from error
    if keep:
        keep_figures(quality.RELOCATIONS, {"orders": [row.as_json() for row in figures]})
    if style == "json":
        click.echo(json.dumps([row.as_json() for row in figures], ensure_ascii=False, indent=2))
    else:
        _print_figures(figures)


def _bytes(file: str) -> bytes:
    try:
        with click.open_file(file, "rb") as stream:
            data: bytes = stream.read()
            return data
    except OSError as error:
        _refuse([f"{file}：{error.strerror}"])


def _refuse(problems: list[str]) -> NoReturn:
    for sentence in problems:
        click.echo(sentence, err=True)
    sys.exit(WRONG_INPUT)


def _recommend(need: RelocationNeed, kinds: tuple[str, ...], top: int) -> Recommendation:
    with read_session() as session:
        return recommend(portal().market, session, need, kinds, AUDIENCES, top=top, failing=FAILING)


# --- Printing -------------------------------------------------------------------------------------------------------


def _print_json(read: NeedFile, found: list[tuple[RelocationNeed, Recommendation]]) -> None:
    answers = [
        {
            "need": number,
            "title": need.title or None,
            "considered": recommendation.considered,
            "results": [match.as_json() for match in recommendation.passing],
            "failing": [match.as_json() for match in recommendation.failing],
        }
        for number, (need, recommendation) in enumerate(found, 1)
    ]
    click.echo(json.dumps(answers if read.is_list else answers[0], ensure_ascii=False, indent=2))


def _console() -> Console:
    return Console() if sys.stdout.isatty() else Console(width=WIDTH)


def _print_matches(number: int, need: RelocationNeed, found: Recommendation, reference: Reference) -> None:
    title = (need.title or need.description or "").splitlines()[0][:60]
    table = Table(title=Text(f"{number}. {title}"), title_justify="left", show_lines=True)
    for column in ("", "名称", "县市区", "相符", "硬条件", "为什么", "差距"):
        table.add_column(column, overflow="fold")
    for match in found.passing:
        table.add_row(*map(Text, _row(match, reference)))
    console = _console()
    console.print(table)
    if found.failing:
        failing = Table(title="不符合硬条件的，差得少的在前", title_justify="left", show_lines=True)
        for column in ("名称", "县市区", "不符合的硬条件"):
            failing.add_column(column, overflow="fold")
        for match in found.failing:
            failing.add_row(*map(Text, _failing_row(match, reference)))
        console.print(failing)
    console.print(f"比较了 {found.considered} 个。")


def _row(match: Proposal, reference: Reference) -> list[str]:
    return [
        str(match.rank),
        _name(match),
        _place(match, reference),
        f"{BANDS[match.band]} {match.score:.0f}",
        VERDICTS[match.verdict.value],
        "\n".join(f"·{sentence}" for sentence in match.reasons),
        "\n".join(f"·{sentence}" for sentence in match.gaps),
    ]


def _failing_row(match: Proposal, reference: Reference) -> list[str]:
    failures = [gate.sentence for gate in match.gates if gate.verdict.value == "fails"]
    return [_name(match), _place(match, reference), "\n".join(f"·{sentence}" for sentence in failures)]


def _name(match: Proposal) -> str:
    return f"{match.name}\n{match.id}{'  示例' if match.is_sample else ''}"


def _place(match: Proposal, reference: Reference) -> str:
    code = match.county_code
    return " ".join(dict.fromkeys((reference.place_name(reference.prefecture(code)), reference.place_name(code))))


def _print_fields() -> None:
    table = Table(show_lines=False)
    for column in ("字段", "含义", "形式", "单位", "范围或可选的词"):
        table.add_column(column, overflow="fold")
    for row in described_fields():
        table.add_row(*map(Text, row))
    _console().print(table)


def _print_figures(figures: list[Figures]) -> None:
    table = Table(title="没有告诉地点时，能不能找到企业最后去的县市区")
    names = (
        "order",
        "cases",
        "county_top5",
        "90 %",
        "county_top5_macro",
        "groups",
        "by_group",
        "prefecture_top3",
        "mrr",
    )
    for name in names:
        table.add_column(name, justify="left" if name == "order" else "right")
    for row in figures:
        table.add_row(
            row.order,
            str(row.cases),
            f"{row.county_top5:.2f}",
            f"{row.county_top5_low:.2f}–{row.county_top5_high:.2f}",
            f"{row.county_top5_macro:.2f}",
            str(row.groups),
            f"{row.county_top5_by_group:.2f}",
            f"{row.prefecture_top3:.2f}",
            f"{row.mrr:.2f}",
        )
    console = _console()
    console.print(table)
    console.print(Text(COLUMNS_SAY))
    console.print(Text(CANNOT_KNOW))
