"""A world with one of everything, and browsers of its people."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models import User
from tests.cast import Cast
from tests.client import PortalClient
from tests.conftest import SignIn
from tests.matchmaker.security.world import World, build

Browser = Callable[[User | None], PortalClient]


@pytest.fixture
def world(session: Session, cast: Cast) -> World:
    """Put one of everything between the people of the cast."""
    return build(session, cast)


@pytest.fixture
def browser_of(app: Flask, sign_in: SignIn) -> Browser:
    """Open a browser of somebody, or of nobody."""

    def open_browser(user: User | None) -> PortalClient:
        client = app.test_client()
        assert isinstance(client, PortalClient)
        if user is not None:
            sign_in(client, user)
        return client

    return open_browser
