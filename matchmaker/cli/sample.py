"""`flask sample …`: put the sample market in, or take it out again."""

import click
from rich.console import Console

from matchmaker.extensions import portal, write_session
from matchmaker.preparation import bar
from matchmaker.services import samples


@click.group("sample", help="Put the sample market in, or take it out again.")
def commands() -> None:
    """Group the commands about the samples."""


@commands.command("load", help="Load sample organisations, postings and accounts, all marked 示例.")
@click.option("--scale", type=click.IntRange(1, 1000), default=1, show_default=True, help="So many times as many.")
def load(scale: int) -> None:
    """Load, and say what stands now and who may sign in."""
    if portal().settings.is_production:
        raise click.ClickException("Production holds no sample accounts: everybody can read their password.")
    with bar(Console(stderr=True), "Sample market") as progress, write_session() as session:
        task = progress.add_task("Sample market", total=None)
        try:
            counts = samples.load(
                session,
                scale=scale,
                progress=lambda done, total: progress.update(task, completed=done, total=total),
            )
        except samples.AlreadyLoaded:
            raise click.ClickException("The samples are loaded already: flask sample remove takes them out.") from None
        except samples.NoReference:
            raise click.ClickException("The reference data comes first: flask serve loads it.") from None
    _print(counts)
    click.echo(f"\nSample accounts, all with the password {samples.PASSWORD}:")
    for account in samples.ACCOUNTS:
        click.echo(f"  {account.email:<28}{account.role}")


@commands.command("remove", help="Remove every sample, and nothing that real people made.")
def remove() -> None:
    """Remove, and say what went."""
    with bar(Console(stderr=True), "Removing samples") as progress, write_session() as session:
        task = progress.add_task("Removing samples", total=None)
        counts = samples.remove(session, lambda done, total: progress.update(task, completed=done, total=total))
    _print(counts)


def _print(counts: dict[str, int]) -> None:
    for name, count in counts.items():
        click.echo(f"{name:<15}{count:>8,}")
