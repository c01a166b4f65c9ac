"""The application that servers and `flask --app wsgi` load."""

import os

from matchmaker import create_app
from matchmaker.sample_guard import refuse_to_start
from matchmaker.serve import warm

app = create_app()

# The command that removes the sample market loads this file too, and must be able to.
if os.environ.get("FLASK_RUN_FROM_CLI") != "true":
    refuse_to_start(app)
    # Until the model is read, a search compares words only.
    warm(app.extensions["portal"])
