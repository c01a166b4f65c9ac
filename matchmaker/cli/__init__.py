"""Operator commands: `flask --app wsgi …`."""

from flask import Flask

from matchmaker.cli import accounts, db, evaluate, exposure, matching, reference, rules, sample, search, serve, worker

COMMANDS = (
    accounts.commands,
    db.commands,
    evaluate.evaluate_group,
    exposure.exposure_command,
    matching.match_command,
    reference.commands,
    rules.commands,
    sample.commands,
    search.commands,
    serve.command,
    worker.command,
)


def register_commands(app: Flask) -> None:
    """Give the application its commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
