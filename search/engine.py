"""State what every search engine of the portal promises, in the words that the rest of the portal uses.

An engine keeps a copy of what may be found, and answers with ids, scores and the reasons why, never with
rows: whoever asks loads the rows and checks again who may see them. Engines know numbers and tokens only;
vectors are made by `search.encoder`, documents by `search.documents`.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

# What a document may be filtered and counted by. A name that is not here is refused, so that a mistyped facet
# is an error and not an empty list. A value is a code or an English term, never a label.
FACETS = (
    "kind",
    "category",
    "prefecture",
    "county",
    "city",
    "park",
    "park_level",
    "industry",  # with every ancestor: "C", "C39", "C398"
    "value_chain",
    "customs",
    "zone",
    "mode",
    "chemical",
    "field",
    "way",
    "furong",
    "tier",
    "clause",
    "organisation",
    "status",
    "sample",
)

# What a document may be compared and sorted by. Dates are ordinals (`date.toordinal`).
# A document that states a range has two numbers, `…_low` and `…_high`: two ranges overlap when `…_high` is at
# least the wanted low and `…_low` at most the wanted high.
NUMBERS = (
    "area_mu",
    "area_mu_low",
    "area_mu_high",
    "floor_area_sqm",
    "floor_area_sqm_low",
    "floor_area_sqm_high",
    "investment_yi",
    "investment_yi_low",
    "investment_yi_high",
    "price",
    "rent",
    "salary",
    "headcount",
    "clear_height_m",
    "floor_load_t_sqm",
    "available_from",
    "starts_on",
    "expires_on",
    "published_on",
)

# Put into a filter beside other values, it also lets through the documents that say nothing about that facet.
UNSTATED = ""

RELEVANCE = "relevance"
NEWEST = "newest"
SORTS = (RELEVANCE, NEWEST, *(f"{name}:{way}" for name in NUMBERS for way in ("asc", "desc")))

MAX_TEXT = 100
MAX_SIZE = 100
MAX_DEPTH = 2000  # of page * size: nobody reads on from there, and a deep page costs as much as a rebuild
MAX_VALUES = 200
MAX_IDS = 10_000
MAX_ID = 48  # characters of one


class SearchError(Exception):
    """Anything that keeps an engine from answering."""


class BadQuery(SearchError, ValueError):
    """The question itself is wrong: too long, too deep, or by a name that no document has."""


class BadDocument(SearchError, ValueError):
    """A document does not fit the fields that all engines agree on."""


class EngineUnavailable(SearchError):
    """The engine cannot answer: no index yet, or one of another version. Fall back to the database."""


class EngineBusy(SearchError):
    """Another process is rebuilding the index."""


@dataclass(frozen=True, slots=True)
class Document:
    """What an engine knows of one posting, park, clause or organisation.

    Everything in it may be seen by everyone named in `audiences`: title and body come back as highlights, so
    masked facts never enter a document that is shown to those they are masked for.
    """

    id: str  # "need:12", "park:HN01001", "clause:T9b"
    kind: str
    version: int
    title: str
    body: str = ""
    audiences: tuple[str, ...] = ("public",)  # "public", "members", "staff", or one organisation's own
    names: tuple[str, ...] = ()  # other names people type, also as pinyin: places, parks, organisations
    codes: tuple[str, ...] = ()  # found first when typed whole: park, posting, GB/T, clause
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    freshness: float = 0.0  # larger is newer, for the sort "newest": seconds since 1970
    embed_text: str = ""  # what the encoder reads; the vector comes with `put`

    def __post_init__(self) -> None:
        """Refuse what the engines have no field for."""
        if not 0 < len(self.id) <= MAX_ID or not self.kind or self.version < 0 or not self.audiences:
            raise BadDocument(f"{self.id or 'A document'} needs a short id, a kind, a version and an audience.")
        for name in self.terms:
            if name not in FACETS:
                raise BadDocument(f"{self.id}: no facet is called {name!r}.")
        for name in self.numbers:
            if name not in NUMBERS:
                raise BadDocument(f"{self.id}: no number is called {name!r}.")


@dataclass(frozen=True, slots=True)
class Range:
    """A wanted interval, both ends included; unknown values stay unless they are unwanted."""

    low: float | None = None
    high: float | None = None
    include_unknown: bool = True


@dataclass(frozen=True, slots=True)
class Baseline:
    """The mean vectors of texts that have nothing to do with each other: what all vectors of a model share.

    Seen from there, a document that points the query's way is about the same, and one that does not is noise.
    """

    query: Vector  # of texts in the query's language
    document: Vector  # of texts in the documents' language


@dataclass(frozen=True, slots=True)
class Query:
    """One question of one visitor, already bounded.

    Values of one facet are alternatives, facets add up. `vector` is the text's embedding; without it only
    words are compared, and without `baseline` no document is found by its meaning alone: `search.find` fills in
    both. `ids` restricts the answer to some documents.
    """

    text: str = ""
    kinds: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)
    audiences: tuple[str, ...] = ("public",)
    sort: str = RELEVANCE
    page: int = 1
    size: int = 20
    facets: tuple[str, ...] = ()
    vector: Vector | None = None
    baseline: Baseline | None = None
    ids: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse what is too large or by a name that no document has."""
        if len(self.text) > MAX_TEXT:
            raise BadQuery(f"A query has at most {MAX_TEXT} characters.")
        if self.page < 1 or not 1 <= self.size <= MAX_SIZE or self.page * self.size > MAX_DEPTH:
            raise BadQuery(f"A list is read in pages of 1 to {MAX_SIZE}, and no deeper than {MAX_DEPTH}.")
        if self.sort not in SORTS:
            raise BadQuery(f"No list is sorted by {self.sort!r}.")
        if self.ids is not None and len(self.ids) > MAX_IDS:
            raise BadQuery(f"A list is restricted to at most {MAX_IDS} ids.")
        check_conditions(self.filters, self.ranges)
        for name in self.facets:
            if name not in FACETS:
                raise BadQuery(f"No facet is called {name!r}.")

    @property
    def offset(self) -> int:
        """Tell how many hits come before this page."""
        return (self.page - 1) * self.size


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of the indexed title or body, with the places that the query's words were found at."""

    field: str  # "title" or "body"
    text: str
    marks: tuple[tuple[int, int], ...]  # start and end of each, counted in `text`


@dataclass(frozen=True, slots=True)
class Hit:
    """One found document and why it was found."""

    id: str
    kind: str
    version: int
    score: float  # only good for ordering within one answer
    lexical: float | None = None  # None: no word of the query was found in it
    dense: float | None = None  # None: it has no vector, or the query had none
    found_by: tuple[str, ...] = ()  # of "code", "words", "pinyin", "initials", "meaning", the strongest first
    words: tuple[str, ...] = ()  # the words of the query that were found
    fragments: tuple[Fragment, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, how many there are in all, and what siblings each facet would offer."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    loosened: bool = False  # no document had all words, so these have at least half of them
    took: float = 0.0  # seconds


@dataclass(frozen=True, slots=True)
class Written:
    """How many documents a write changed, and how many it left because the engine knew something newer."""

    applied: int = 0
    refused: int = 0


class Engine(Protocol):
    """A copy of the market that can be searched.

    Versions come from the database. An older version never replaces a newer one, the same version may be put
    again, and a removal at version *v* beats every put up to *v*, so writes may be repeated and may arrive in
    any order. Whatever takes a posting from view must therefore raise its version, and so must what brings it
    back.
    """

    def put(self, documents: Sequence[Document], vectors: Iterable[Vector | None]) -> Written:
        """Store the documents, each with its vector or with none, all in one step."""
        ...

    def remove(self, versions: Mapping[str, int]) -> Written:
        """Take documents out, each at the version that it was withdrawn at, and remember that."""
        ...

    def forget(self, ids: Iterable[str]) -> None:
        """Drop documents and all memory of their versions.

        Only reconciling may do this, after it saw that the database is older than the index, as after a
        restore.
        """
        ...

    def search(self, query: Query) -> Results:
        """Answer one page of what the query's audiences may see."""
        ...

    def candidates(
        self,
        vector: Vector | None,
        text: str = "",
        *,
        kinds: Sequence[str] = (),
        filters: Mapping[str, tuple[str, ...]] | None = None,
        ranges: Mapping[str, Range] | None = None,
        audiences: Sequence[str] = ("public",),
        limit: int = 200,
    ) -> list[Hit]:
        """Rank everything that passes the conditions by meaning and words, best first, for the recommender.

        Unlike `search`, a document need not share a word with the text, and the text may be a whole posting.
        """
        ...

    def vectors(self, ids: Iterable[str]) -> dict[str, Vector]:
        """Return the stored vectors of those documents that have one."""
        ...

    def versions(self) -> dict[str, int]:
        """Return id and version of every document that can be found."""
        ...

    def count(self) -> int:
        """Tell how many documents can be found."""
        ...

    def is_outdated(self) -> bool:
        """Tell whether the index is missing or was made by another version of the program or of the model."""
        ...

    def replacement(self) -> AbstractContextManager[Self]:
        """Open an empty index to fill; when the block ends well it takes the old one's place in one step.

        Until then the old index answers and is written to as ever; what it was told meanwhile is carried
        over. When the block fails the old index stays. Raises `EngineBusy` while another one is being filled.
        """
        ...

    def check(self) -> list[str]:
        """Look for damage and return a sentence for each that is found."""
        ...


def check_conditions(filters: Mapping[str, tuple[str, ...]], ranges: Mapping[str, Range]) -> None:
    """Refuse filters and ranges that no document could answer."""
    for name, values in filters.items():
        if name not in FACETS:
            raise BadQuery(f"No facet is called {name!r}.")
        if len(values) > MAX_VALUES:
            raise BadQuery(f"A facet takes at most {MAX_VALUES} values at once.")
    for name in ranges:
        if name not in NUMBERS:
            raise BadQuery(f"No number is called {name!r}.")
