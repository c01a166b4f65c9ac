"""Sample markets to measure on: one as `make serve` loads it, and one a hundred times as large."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from flask import Flask
from rich.console import Console

from matchmaker import create_app, schema
from matchmaker.config import ROOT, Settings
from matchmaker.extensions import Portal
from matchmaker.preparation import bar, load_reference, load_sample, rebuild_index
from matchmaker.services import samples
from search import sync
from search.engine import Vector

FOLDER = ROOT / "build" / "bench"
# How far a drawn vector lies from the real one that it was drawn around: their cosine is about 0.95.
NOISE = 0.33


def small(console: Console) -> Flask:
    """Load the sample market and embed it; what an earlier run embedded is taken from its cache."""
    app = _open("x1")
    portal: Portal = app.extensions["portal"]
    _prepare(portal, console)
    with portal.database.reading() as session:
        stands = samples.is_loaded(session)
    if not stands:
        load_sample(portal, console)
    rebuild_index(portal, console)
    return app


def large(console: Console, scale: int, real: Portal) -> Flask:
    """Load the sample market many times over; embedding it would take an hour, so its vectors are drawn."""
    app = _open(f"x{scale}")
    portal: Portal = app.extensions["portal"]
    portal.encoder = real.encoder
    _prepare(portal, console)
    with portal.database.writing() as session:
        if not samples.is_loaded(session):
            with bar(console, f"Sample market × {scale}") as progress:
                task = progress.add_task(f"Sample market × {scale}", total=None)
                samples.load(
                    session, scale, progress=lambda done, total: progress.update(task, completed=done, total=total)
                )
    if portal.engine.is_outdated():
        with bar(console, f"Index × {scale}") as progress:
            task = progress.add_task(f"Index × {scale}", total=None)
            sync.rebuild(
                portal.database.writing,
                portal.engine,
                Drawn(vectors_of(real)),
                lambda done, total: progress.update(task, completed=done, total=total),
            )
    return app


class Drawn:
    """Draws vectors around real ones, from a fixed seed."""

    def __init__(self, real: Vector) -> None:
        """Take the real ones, a row each."""
        self.real, self.random = real, np.random.default_rng(20261124)

    def __call__(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Draw one for each text, whatever it says."""
        return list(self.matrix(len(texts)))

    def matrix(self, size: int) -> Vector:
        """Draw some, a row each, a few at a time so that nothing takes memory but they."""
        drawn = np.empty((size, self.real.shape[1]), np.float32)
        for start in range(0, size, 10_000):
            part = drawn[start : start + 10_000]
            part[:] = self.random.standard_normal(part.shape)
            part *= NOISE / np.linalg.norm(part, axis=1, keepdims=True)
            part += self.real[self.random.integers(len(self.real), size=len(part))]
            part /= np.linalg.norm(part, axis=1, keepdims=True)
        return drawn


def vectors_of(portal: Portal) -> Vector:
    """Return all vectors of an index, a row each."""
    found = portal.engine.vectors(portal.engine.versions())
    return np.stack(list(found.values()))


def _open(name: str) -> Flask:
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    # The vectors of one market serve the other, and those that `make serve` made serve both.
    for known in (FOLDER / "x1" / "vectors.db", ROOT / "var" / "vectors.db"):
        if known.exists() and not (folder / "vectors.db").exists():
            _copy(known, folder / "vectors.db")
    return create_app(Settings(portal_var=folder, secret_key="b" * 40))


def _copy(file: Path, to: Path) -> None:
    for ending in ("", "-wal"):
        part = file.with_name(file.name + ending)
        if part.exists():
            shutil.copyfile(part, to.with_name(to.name + ending))


def _prepare(portal: Portal, console: Console) -> None:
    schema.upgrade(portal.database)
    load_reference(portal, console)
