"""`flask serve`: everything in one command."""

import click
from flask import current_app
from rich.console import Console
from sqlalchemy import select

from matchmaker import serve as server
from matchmaker.extensions import portal
from matchmaker.preparation import prepare
from matchmaker.sample_guard import refuse_to_start
from matchmaker.services import samples
from models import User
from search import ModelMissing


@click.command("serve", help="Prepare what is missing, then serve the portal with its worker until Ctrl-C.")
@click.option("--host", help="The address to listen on; PORTAL_HOST when not given.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on; PORTAL_PORT when not given.")
@click.option("--sample/--no-sample", default=True, show_default=True, help="Fill an empty market with samples.")
def command(host: str | None, port: int | None, sample: bool) -> None:
    """Serve the portal."""
    settings = portal().settings
    chosen = settings.model_copy(
        update={"portal_host": host or settings.portal_host, "portal_port": port or settings.portal_port}
    )
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    app.config["TRUSTED_HOSTS"] = chosen.hosts
    console = Console(highlight=False)
    try:
        listening = server.reserve(chosen.portal_host, chosen.portal_port)
        prepare(portal(), console, sample)
        refuse_to_start(app)
    except (server.PortTaken, ModelMissing) as reason:
        raise click.ClickException(str(reason)) from None
    except KeyboardInterrupt:
        raise click.ClickException("Stopped before the portal was ready; the next start goes on from here.") from None
    server.warm(portal())
    _announce(console, chosen.public_url or f"http://{chosen.portal_host}:{chosen.portal_port}")
    server.serve(app, listening)
    console.print("The portal is closed.")


def _announce(console: Console, address: str) -> None:
    console.print(f"\nThe portal is open: [bold]{address}[/]\n")
    with portal().database.reading() as session:
        known = {user.email for user in session.scalars(select(User).where(User.is_sample, User.is_active))}
    if known:
        console.print(f"Sample accounts, all with the password [bold]{samples.PASSWORD}[/]:")
        for account in samples.ACCOUNTS:
            if account.email in known:
                console.print(f"  {account.email:<26}{account.role}")
    console.print("\nCtrl-C stops it.\n")
