"""Browsers of people who are signed in, and a market that needs no language model."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from matchmaker.recommender import Market, load_reference
from models import SitingRule, User
from models.vocabulary import RuleKind
from tests.client import PortalClient
from tests.conftest import SignIn

Enter = Callable[[User], PortalClient]


def words_of(page: str) -> str:
    """Return what a reader sees of the page's main part, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main>")[0]).split())


@pytest.fixture
def browse(app: Flask, sign_in: SignIn) -> Enter:
    """Open a browser for somebody who is signed in."""

    def browse(user: User) -> PortalClient:
        client = app.test_client()
        assert isinstance(client, PortalClient)
        sign_in(client, user)
        return client

    return browse


@pytest.fixture
def market(app: Flask, session: Session) -> Market:
    """Let the application match without the language model, by the rules that parks state themselves."""
    for id_, title in (("HC12", "余量"), ("HC13", "面积和时间"), ("HC14", "门槛")):
        titles = {"title": title, "title_hant": title, "title_en": title}
        row = SitingRule(rule=id_, version=2, kind=RuleKind.PHYSICAL, document="园区自报", confidence="H", **titles)
        session.add(row)
    session.commit()
    market = Market(lambda reading: load_reference(reading, None, None))
    app.extensions["portal"].market = market
    return market
