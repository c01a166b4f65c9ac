"""One blueprint per subject; `BLUEPRINTS` is the list that the application registers."""

from flask import Blueprint

from matchmaker.views import (
    accounts,
    claims,
    clauses,
    health,
    help,
    home,
    interests,
    organisations,
    pages,
    parks,
    posting_page,
    search,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    accounts.blueprint,
    claims.blueprint,
    clauses.blueprint,
    health.blueprint,
    help.blueprint,
    home.blueprint,
    interests.blueprint,
    interests.introductions,
    organisations.blueprint,
    pages.blueprint,
    parks.blueprint,
    posting_page.blueprint,
    search.blueprint,
)
