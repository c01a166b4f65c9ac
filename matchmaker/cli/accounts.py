"""`flask account`: what only an operator at the machine may do."""

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from matchmaker.extensions import write_session
from matchmaker.services import accounts, passwords
from matchmaker.services.accounts import Person
from models import User

commands = AppGroup("account", help="Create staff accounts, set passwords, disable accounts.")

password_option = click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when it is not given."
)


@commands.command()
@click.argument("email")
@click.option("--name", prompt=True, help="The person's name.")
@password_option
def create_staff(email: str, name: str, password: str) -> None:
    """Create an account for provincial staff."""
    _create(Person(email, name, password), is_administrator=False)


@commands.command()
@click.argument("email")
@click.option("--name", prompt=True, help="The person's name.")
@password_option
def create_administrator(email: str, name: str, password: str) -> None:
    """Create an account for an administrator, who is staff too."""
    _create(Person(email, name, password), is_administrator=True)


@commands.command()
@click.argument("email")
@password_option
def set_password(email: str, password: str) -> None:
    """Set a person's password; all visits of that person end."""
    with write_session() as session:
        user = _find(session, email)
        try:
            accounts.change_password(session, user, password)
        except passwords.WeakPassword as weak:
            raise click.ClickException(str(weak)) from None
    click.echo(f"{email} has a new password; all visits have ended.")


@commands.command()
@click.argument("email")
def disable(email: str) -> None:
    """Disable a person's account; all visits end, a talent's profile leaves the market."""
    with write_session() as session:
        accounts.disable(session, _find(session, email), actor=None)
    click.echo(f"{email} can no longer sign in.")


def _create(person: Person, is_administrator: bool) -> None:
    with write_session() as session:
        try:
            user = accounts.create_staff(session, person, is_administrator)
        except (accounts.CannotRegister, passwords.WeakPassword) as wrong:
            raise click.ClickException(str(wrong)) from None
    click.echo(f"{user.email} may sign in as {'administrator' if is_administrator else 'staff'}.")


def _find(session: Session, email: str) -> User:
    user = accounts.find(session, email)
    if user is None:
        raise click.ClickException(f"Nobody has registered {email}.")
    return user
