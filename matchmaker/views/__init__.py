"""One blueprint per subject; `BLUEPRINTS` is the list that the application registers."""

from flask import Blueprint

from matchmaker.views import health

BLUEPRINTS: tuple[Blueprint, ...] = (health.blueprint,)
