"""Find postings, parks and clauses by words and by meaning."""

from search.embedded import EmbeddedEngine
from search.encoder import Encoder, ModelMissing
from search.engine import (
    BadDocument,
    BadQuery,
    Baseline,
    Document,
    Engine,
    EngineBusy,
    EngineUnavailable,
    Fragment,
    Hit,
    Query,
    Range,
    Results,
    SearchError,
    Written,
)
from search.finding import find
from search.vectors import VectorCache, embed

__all__ = [
    "BadDocument",
    "BadQuery",
    "Baseline",
    "Document",
    "EmbeddedEngine",
    "Encoder",
    "Engine",
    "EngineBusy",
    "EngineUnavailable",
    "Fragment",
    "Hit",
    "ModelMissing",
    "Query",
    "Range",
    "Results",
    "SearchError",
    "VectorCache",
    "Written",
    "embed",
    "find",
]
