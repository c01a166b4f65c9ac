"""The application that servers and `flask --app wsgi` load."""

from matchmaker import create_app

app = create_app()
