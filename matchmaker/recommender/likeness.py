"""How near texts lie in words and in meaning; all of it is numbers over texts, and nothing of it is a percentage."""

from collections.abc import Sequence
from functools import cached_property
from threading import Lock
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
        self._places: dict[str, int] = {}
        self._matrix = np.empty((0, 0), np.float32)
        self._means = self._deviations = np.empty(0, np.float32)
        self._learning = Lock()
        self._rows: dict[str, tuple[Any, Any]] = {}

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
        wanted = list(dict.fromkeys(phrases))
        at = [self._places[phrase] for phrase in wanted]
        standing = (self._matrix[at] @ vector - self._means[at]) / self._deviations[at]
        return dict(zip(wanted, standing.tolist(), strict=True))

    def cosines(self, text: str, others: Sequence[str]) -> Numbers:
        """Return the bare cosines of whole texts, as a baseline to measure against."""
        vector = self.vector(text)
        if vector is None or not others:
            return np.zeros(len(others))
        return np.asarray(self._embed(others) @ vector, dtype=np.float64)

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
        with self._learning:
            new = [phrase for phrase in dict.fromkeys(phrases) if phrase not in self._places]
            if not new:
                return
            vectors = self._embed(new)
            cosines = vectors @ self._groups.T
            known = len(self._places)
            self._matrix = np.concatenate((self._matrix.reshape(known, vectors.shape[1]), vectors))
            self._means = np.concatenate((self._means, cosines.mean(axis=1)))
            self._deviations = np.concatenate((self._deviations, np.maximum(cosines.std(axis=1), 1e-9)))
            # Last, so that another thread never sees a place that has no row yet.
            self._places.update({phrase: known + at for at, phrase in enumerate(new)})

    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        assert self._encoder is not None
        if self._cache is None:
            return self._encoder.encode_documents(texts)
        return embed(self._encoder, self._cache, texts)
