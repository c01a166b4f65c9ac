"""How near texts lie in words and in meaning; all of it is numbers over texts, and nothing of it is a percentage."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from search.analysis import characters
from search.encoder import Encoder
from search.engine import Vector
from search.vectors import VectorCache, embed

Numbers = NDArray[np.float64]

REMEMBERED = 20_000  # rows of texts, of about a kilobyte each


class Likeness:
    """Compare a need with phrases by meaning, and with texts by words.

    A phrase's cosine says little by itself, since some phrases lie near everything. So it is measured against the
    phrase's own cosines with the names of all groups of the classification: how far does this need stand out?
    """

    def __init__(
        self,
        park_texts: Sequence[str],
        industry_names: Sequence[str],
        group_names: Sequence[str],
        phrases: Sequence[str],
        encoder: Encoder | None,
        cache: VectorCache | None,
    ) -> None:
        self._encoder = encoder
        self._cache = cache
        self._group_names = list(group_names)
        self._phrases = list(phrases)
        self._vectorizer = TfidfVectorizer(analyzer=characters, sublinear_tf=True)
        self._is_fitted = bool(park_texts or industry_names)
        if self._is_fitted:
            self._vectorizer.fit([*park_texts, *industry_names])
        self._known: dict[str, tuple[Vector, float, float]] = {}
        self._rows: dict[str, tuple[Any, Any]] = {}

    @property
    def has_meaning(self) -> bool:
        """Say whether there is a model to compare meanings with."""
        return self._encoder is not None

    def vector(self, text: str) -> Vector | None:
        """Return the vector of a text that somebody asks with."""
        if self._encoder is None or not text.strip():
            return None
        vector: Vector = self._encoder.encode_queries([text])[0]
        return vector

    def by_words(self, text: str, others: Sequence[str]) -> Numbers:
        """Return the cosine of the text's characters with those of each other text."""
        if not others or not self._is_fitted:
            return np.zeros(len(others))
        self._remember([text, *others])
        places, weights = self._rows[text]
        asked = np.zeros(len(self._vectorizer.vocabulary_))
        asked[places] = weights
        return np.array([float(asked[at] @ weight) for at, weight in map(self._rows.__getitem__, others)])

    def by_meaning(self, vector: Vector | None, phrases: Sequence[str]) -> dict[str, float]:
        """Return for each phrase by how many of its standard deviations the vector stands out from all groups."""
        if vector is None or not phrases:
            return {}
        self._learn(phrases)
        found = {}
        for phrase in dict.fromkeys(phrases):
            own, mean, deviation = self._known[phrase]
            found[phrase] = (float(own @ vector) - mean) / deviation
        return found

    def warm(self) -> None:
        """Embed what every question is compared with: the phrases of all parks and the names of all groups."""
        if self._encoder is not None:
            self._learn(self._phrases)

    def _remember(self, texts: Sequence[str]) -> None:
        if len(self._rows) > REMEMBERED:
            self._rows = {}
        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        if not new:
            return
        made = self._vectorizer.transform(new)
        for text, start, end in zip(new, made.indptr[:-1], made.indptr[1:], strict=True):
            self._rows[text] = (made.indices[start:end].copy(), made.data[start:end].copy())

    @cached_property
    def _groups(self) -> NDArray[np.float32]:
        return self._embed(self._group_names)

    def _learn(self, phrases: Sequence[str]) -> None:
        new = [phrase for phrase in dict.fromkeys(phrases) if phrase not in self._known]
        if not new:
            return
        vectors = self._embed(new)
        cosines = vectors @ self._groups.T
        means, deviations = cosines.mean(axis=1), cosines.std(axis=1)
        for phrase, vector, mean, deviation in zip(new, vectors, means, deviations, strict=True):
            self._known[phrase] = (vector, float(mean), float(deviation) or 1.0)

    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        assert self._encoder is not None
        if self._cache is None:
            return self._encoder.encode_documents(texts)
        return embed(self._encoder, self._cache, texts)
