"""Find postings, parks and clauses by words and by meaning."""

from search.engine import (
    BadDocument,
    BadQuery,
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

__all__ = [
    "BadDocument",
    "BadQuery",
    "Document",
    "Engine",
    "EngineBusy",
    "EngineUnavailable",
    "Fragment",
    "Hit",
    "Query",
    "Range",
    "Results",
    "SearchError",
    "Written",
]
