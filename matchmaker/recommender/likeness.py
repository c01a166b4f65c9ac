"""How near texts lie in words and in meaning; all of it is numbers over texts, and nothing of it is a percentage."""

import dataclasses
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

Numbers = NDArray[np.float32]
Whole = NDArray[np.int32]

AT_ONCE = 2048  # vectors that stay in the processor while they are compared
NO_WORDS = np.empty(0, np.int32)


@dataclasses.dataclass(frozen=True, slots=True)
class Phrase:
    """One thing that premises say they are for: its words, its codes, and its place in their list."""

    text: str
    codes: tuple[str, ...]
    position: int


@dataclasses.dataclass(frozen=True, slots=True)
class Likenesses:
    """How near the premises' industries lie to the need, and which of their phrases is the nearest."""

    industry: float = 0.0
    industry_phrase: Phrase | None = None
    meaning: float | None = None  # in deviations from all groups of the classification
    meaning_phrase: Phrase | None = None
    words: float = 0.0


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

    @property
    def has_meanings(self) -> bool:
        """Say whether there is a model that meanings can be compared with."""
        return self._encoder is not None

    # --- Meaning ------------------------------------------------------------------------------------------------

    def vector(self, text: str) -> Vector | None:
        """Return the vector of a text that somebody asks with, and leave no trace of it."""
        if self._encoder is None or not text.strip():
            return None
        # Half precision is what is kept of saved texts; asked or saved, one text has one vector.
        vector: Vector = self._encoder.encode_queries([text])[0].astype(np.float16).astype(np.float32)
        return vector

    def vectors(self, texts: Sequence[str]) -> Numbers:
        """Return the vectors of saved texts, from the cache where they were seen before."""
        assert self._encoder is not None
        if self._cache is None:
            return self._encoder.encode_documents(texts).astype(np.float16).astype(np.float32)
        return embed(self._encoder, self._cache, texts)

    def standings(self, vectors: Numbers, places: Whole | slice = slice(None)) -> Numbers:
        """Return for each vector by how many of a phrase's deviations it stands out, for each phrase by its place."""
        standing: Numbers = vectors @ self._matrix[places].T
        standing -= self._means[places]
        standing /= self._deviations[places]
        return standing

    def nearest(self, vectors: Numbers, places: Whole) -> Numbers:
        """Return for each vector how far it stands out from the phrase of a few that it stands out from most."""
        phrases = self._matrix[places] / self._deviations[places, np.newaxis]
        offsets = self._means[places] / self._deviations[places]
        found = np.empty(len(vectors), np.float32)
        # What was read from memory once is compared with all phrases before the next is read.
        for start in range(0, len(vectors), AT_ONCE):
            some = vectors[start : start + AT_ONCE]
            found[start : start + AT_ONCE] = np.maximum.reduce(
                [some @ phrase - offset for phrase, offset in zip(phrases, offsets, strict=True)]
            )
        return found

    def pairwise(self, vectors: Numbers, places: Whole) -> Numbers:
        """Return how far each vector stands out from the phrase at its own place."""
        cosines = np.einsum("ij,ij->i", vectors, self._matrix[places])
        standing: Numbers = (cosines - self._means[places]) / self._deviations[places]
        return standing

    def learn(self, phrases: Sequence[str]) -> Whole:
        """Embed phrases that are new, and return the places of all of them."""
        with self._learning:
            new = [phrase for phrase in dict.fromkeys(phrases) if phrase not in self._places]
            if new:
                vectors = self.vectors(new)
                cosines = vectors @ self._groups.T if len(self._groups) else np.zeros((len(new), 1), np.float32)
                known = len(self._places)
                self._matrix = np.concatenate((self._matrix.reshape(known, vectors.shape[1]), vectors))
                self._means = np.concatenate((self._means, cosines.mean(axis=1)))
                self._deviations = np.concatenate((self._deviations, np.maximum(cosines.std(axis=1), 1e-6)))
                self._places.update({phrase: known + at for at, phrase in enumerate(new)})
            return np.array([self._places[phrase] for phrase in phrases], np.int32)

    def warm(self) -> None:
        """Embed what every question is compared with: the phrases of all parks and the names of all groups."""
        if self._encoder is not None:
            self.learn([*self._phrases, *self._group_names])

    @cached_property
    def _groups(self) -> Numbers:
        return self.vectors(self._group_names) if self._group_names else np.empty((0, 0), np.float32)

    # --- Words --------------------------------------------------------------------------------------------------

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Number the pairs of characters, and the words of Latin letters, that parks and industries are named by."""
        known = self._vectorizer.vocabulary_ if self._is_fitted else {}
        pairs = sorted(word for word in known if len(word) > 1)
        return {word: at for at, word in enumerate(pairs)}

    @cached_property
    def rarity(self) -> Numbers:
        """Return how much each of the vocabulary tells: the inverse document frequency."""
        weights = dict(self._vectorizer.vocabulary_) if self._is_fitted else {}
        return np.array([self._vectorizer.idf_[weights[word]] for word in self.vocabulary], np.float32)

    def words(self, text: str) -> Whole:
        """Return which of the vocabulary a text holds, in ascending order; how often doesn't matter."""
        known = self.vocabulary
        found = {known[word] for word in characters(text, 2, 2) if word in known}
        return np.array(sorted(found), np.int32) if found else NO_WORDS

    # --- Baselines ----------------------------------------------------------------------------------------------

    def by_words(self, text: str, others: Sequence[str]) -> NDArray[np.float64]:
        """Return the cosine of the text's characters with those of each other text."""
        if not others or not self._is_fitted:
            return np.zeros(len(others))
        rows: Any = self._vectorizer.transform([text, *others])
        return np.asarray((rows[1:] @ rows[0].T).todense(), np.float64)[:, 0]

    def cosines(self, text: str, others: Sequence[str]) -> NDArray[np.float64]:
        """Return the bare cosines of whole texts, as a baseline to measure against."""
        vector = self.vector(text)
        if vector is None or not others:
            return np.zeros(len(others))
        return np.asarray(self.vectors(others) @ vector, dtype=np.float64)
