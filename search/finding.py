"""Answer a visitor's query by words and, when the language model is at hand, by meaning."""

from dataclasses import replace

from search.encoder import Encoder
from search.engine import Engine, Query, Results


def find(engine: Engine, encoder: Encoder | None, query: Query) -> Results:
    """Search with the text's vector added; while the model is still being loaded, by words alone."""
    if query.text.strip() and query.vector is None and encoder is not None and encoder.is_ready:
        vector = encoder.encode_queries([query.text])[0]
        query = replace(query, vector=vector, baseline=encoder.baseline(query.text))
    return engine.search(query)
