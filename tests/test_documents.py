"""README and the documents say what the code does: every setting, every file, every command."""

import re

import pytest
from flask import Flask

from matchmaker.config import ROOT, Settings

README = (ROOT / "README.md").read_text()
PRODUCTION = (ROOT / "docs" / "production.md").read_text()
FOLDERS = ("", "matchmaker/recommender", "matchmaker/services")


def test_the_readme_lists_every_setting_with_its_default() -> None:
    """A setting that nobody can read about is none."""
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]+) \|", README, re.MULTILINE))
    assert set(rows) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        said = rows[name.upper()].strip()
        if field.default not in ("", None) and name != "portal_var":
            assert said == f"`{field.default}`", name


def test_production_names_only_settings_that_exist() -> None:
    """A misspelt variable would be ignored without a word."""
    known = {name.upper() for name in Settings.model_fields} | {"OMP_NUM_THREADS"}
    named = set(re.findall(r"^([A-Z_]+)=", PRODUCTION, re.MULTILINE))
    assert named <= known


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/decisions.md"])
def test_every_file_that_a_document_names_exists(document: str) -> None:
    """ "Where is …?" is true."""
    text = (ROOT / document).read_text()
    named = {name for name in re.findall(r"`([\w./-]+/[\w./-]*|[\w]+\.(?:py|md|yaml))`", text) if "…" not in name}
    made_later = {"var/"}
    missing = [
        name
        for name in sorted(named - made_later)
        if not any((ROOT / folder / name).exists() for folder in (*FOLDERS, "matchmaker"))
    ]
    assert missing == []


@pytest.mark.sqlite_only
def test_every_command_that_the_readme_names_exists(app: Flask) -> None:
    """Nobody types a command from the README in vain."""
    table = README.split("## Commands")[1].split("Try it:")[0]
    commands = app.cli.commands
    for command, subcommand in re.findall(r"`([a-z]+)(?: ([a-z]+))?[^`]*`[, |]", table.split("|---|---|")[1]):
        assert command in commands, command
        known = getattr(commands[command], "commands", {})
        assert not subcommand or not known or subcommand in known, f"{command} {subcommand}"


def test_every_make_target_is_explained() -> None:
    """`make help` leaves nothing out."""
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony is not None
    explained = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert explained == set(phony.group(1).split())
