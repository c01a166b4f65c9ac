"""Operator commands: `flask --app wsgi …`."""

from flask import Flask


def register_commands(app: Flask) -> None:
    """Give the application its commands."""
