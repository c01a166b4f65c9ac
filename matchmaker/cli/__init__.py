"""Operator commands: `flask --app wsgi …`."""

from flask import Flask

from matchmaker.cli import db, search, worker

COMMANDS = (db.commands, search.commands, worker.command)


def register_commands(app: Flask) -> None:
    """Give the application its commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
