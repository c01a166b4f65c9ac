"""The operator makes staff accounts, sets passwords and disables accounts."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.services import passwords
from models import User
from models.vocabulary import Side
from tests.cast import Cast
from tests.client import PortalClient
from tests.conftest import SignIn

pytestmark = pytest.mark.sqlite_only

NEW = "四十七只白鹭飞过洞庭湖面"


@pytest.mark.parametrize(("command", "is_administrator"), [("create-staff", False), ("create-administrator", True)])
def test_the_operator_makes_an_account_for_staff(
    app: Flask, cast: Cast, session: Session, command: str, is_administrator: bool
) -> None:
    run = app.test_cli_runner().invoke(
        args=["account", command, "li@example.com", "--name", "李静"], input=f"{NEW}\n{NEW}\n"
    )
    assert run.exit_code == 0, run.output
    assert NEW not in run.output
    user = session.scalars(select(User).where(User.email == "li@example.com")).one()
    assert (user.side, user.is_administrator) == (Side.STAFF, is_administrator)


def test_a_weak_password_and_a_taken_address_are_one_sentence(app: Flask, cast: Cast, session: Session) -> None:
    count = session.scalar(select(func.count()).select_from(User))
    session.commit()
    for email, password in (("li@example.com", "Hunan@2026"), (cast.owner.email, NEW)):
        args = ["account", "create-staff", email, "--name", "x", "--password", password]
        run = app.test_cli_runner().invoke(args=args)
        assert run.exit_code == 1
        assert run.output.startswith("Error: ")
        assert run.output.count("\n") == 1
    assert session.scalar(select(func.count()).select_from(User)) == count


def test_a_new_password_from_the_operator_ends_all_visits(
    app: Flask, client: PortalClient, cast: Cast, session: Session, sign_in: SignIn
) -> None:
    sign_in(client, cast.owner)
    run = app.test_cli_runner().invoke(args=["account", "set-password", cast.owner.email, "--password", NEW])
    assert run.exit_code == 0, run.output
    assert client.get("/account").status_code == 302
    session.refresh(cast.owner)
    assert passwords.fits(cast.owner.password_hash, NEW)


def test_a_disabled_account_is_out(app: Flask, client: PortalClient, cast: Cast, sign_in: SignIn) -> None:
    sign_in(client, cast.owner)
    assert app.test_cli_runner().invoke(args=["account", "disable", cast.owner.email]).exit_code == 0
    assert client.get("/account").status_code == 302


def test_an_unknown_address_is_said(app: Flask, cast: Cast) -> None:
    run = app.test_cli_runner().invoke(args=["account", "disable", "nobody@example.com"])
    assert (run.exit_code, run.output) == (1, "Error: Nobody has registered nobody@example.com.\n")
