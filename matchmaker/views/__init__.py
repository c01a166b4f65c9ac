"""One blueprint per subject; `BLUEPRINTS` is the list that the application registers."""

from flask import Blueprint

from matchmaker.views import (
    accounts,
    claims,
    clauses,
    desk,
    health,
    help,
    home,
    interests,
    organisations,
    pages,
    pairs,
    park_entry,
    posting_moves,
    quality,
    questions,
    ranking,
    review,
    rules,
    search,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    accounts.blueprint,
    claims.blueprint,
    clauses.blueprint,
    desk.blueprint,
    health.blueprint,
    help.blueprint,
    home.blueprint,
    interests.blueprint,
    interests.introductions,
    organisations.blueprint,
    pages.blueprint,
    pairs.blueprint,
    park_entry.blueprint,
    posting_moves.blueprint,
    quality.blueprint,
    questions.blueprint,
    ranking.blueprint,
    review.blueprint,
    rules.blueprint,
    search.blueprint,
)
