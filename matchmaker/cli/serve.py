"""`flask serve`: everything in one command."""

import click
from flask import current_app
from rich.console import Console
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import serve as server
from matchmaker.extensions import portal
from matchmaker.preparation import prepare
from matchmaker.services.samples.organisations import PASSWORD
from models import User
from models.vocabulary import Side
from search import ModelMissing

ADMINISTRATOR = "管理员"


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
        accounts = sample_accounts(session)
    if accounts:
        console.print(f"Sample accounts, all with the password {PASSWORD}:")
        for user in accounts:
            console.print(f"  {user.email:<28}{ADMINISTRATOR if user.is_administrator else user.side.label}")
    console.print("\nCtrl-C stops it.\n")


def sample_accounts(session: Session) -> list[User]:
    """Return one sample account for each side, and the administrator's."""
    first: dict[tuple[Side, bool], User] = {}
    for user in session.scalars(select(User).where(User.is_sample, User.is_active).order_by(User.id)):
        first.setdefault((user.side, user.is_administrator), user)
    return list(first.values())
