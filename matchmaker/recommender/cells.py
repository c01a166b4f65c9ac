"""How the facts of some items become the cells of a column: many at once, since a market has hundreds of thousands."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.facts import Item, ParkFacts
from matchmaker.recommender.reference import Reference
from models import Field, Shape
from models.vocabulary import Answer, IncentiveType, ParkLevel, ParkType, ParkVerification, PortType, Term

Array = NDArray[Any]

NUMBERS = frozenset((Shape.NUMBER, Shape.COUNT, Shape.YEAR))
TEXTS = frozenset((Shape.TEXT, Shape.TEXTS))
PARK_WORDS: Mapping[str, type[Term]] = {
    "park_level": ParkLevel,
    "park_type": ParkType,
    "park_chemical_status": Answer,
    "park_verification": ParkVerification,
}
AUDIENCES = ("public", "members")
NOT_GIVEN = np.nan


@dataclasses.dataclass(frozen=True, slots=True)
class Cells:
    """The cells of some rows of one column; what has several entries a row has the row as its second axis."""

    values: Array
    empty: Any


Write = Callable[[Sequence[Any]], Cells]


def writer_of(field: Field, reference: Reference) -> Write | None:
    """Return what writes the values of a fact, or None where no column keeps it."""
    if field.shape in NUMBERS:
        return numbers
    if field.shape is Shape.DATE:
        return days
    if field.vocabulary is not None:
        return _writer_of_words(field.shape, field.vocabulary)
    if field.shape is Shape.INDUSTRIES:
        return lambda values: lists(values, reference.industry_at, np.int16)
    if field.shape is Shape.REGIONS:
        return lambda values: lists(values, reference.place_at, np.int16)
    if field.shape is Shape.REGION:
        return lambda values: Cells(np.array([reference.place_at.get(value, -1) for value in values], np.int16), -1)
    return truths if field.shape in TEXTS else None


def _writer_of_words(shape: Shape, vocabulary: type[Term]) -> Write:
    if shape is Shape.TERMS:
        return lambda values: masks(values, vocabulary)
    if shape is Shape.COUNTS:
        return lambda values: counts(values, vocabulary)
    return lambda values: words(values, positions(vocabulary))


def numbers(values: Sequence[Any]) -> Cells:
    """Write numbers; None is not a number."""
    return Cells(np.array([NOT_GIVEN if value is None else value for value in values], np.float64), np.nan)


def days(values: Sequence[Any]) -> Cells:
    """Write days as ordinals."""
    return numbers([None if value is None else value.toordinal() for value in values])


def words(values: Sequence[Any], places: Mapping[str, int]) -> Cells:
    """Write single words by their place in the vocabulary."""
    return Cells(np.array([places[value] if value else -1 for value in values], np.int8), -1)


def masks(values: Sequence[Any], vocabulary: type[Term]) -> Cells:
    """Write lists of words as bits."""
    return Cells(np.array([_mask(vocabulary, tuple(value)) if value else 0 for value in values], np.uint32), 0)


def counts(values: Sequence[Any], vocabulary: type[Term]) -> Cells:
    """Write a number for each word of a vocabulary."""
    found = np.zeros((len(vocabulary), len(values)), np.int32)
    places = positions(vocabulary)
    for row, value in enumerate(values):
        for word, number in (value or {}).items():
            found[places[word], row] = number
    return Cells(found, 0)


def lists(values: Sequence[Any], places: Mapping[str, int], dtype: Any) -> Cells:
    """Write lists of things by their numbers, and leave out what has none."""
    numbered = [[places[one] for one in value if one in places] if value else () for value in values]
    found = np.full((max(map(len, numbered), default=0) or 1, len(values)), -1, dtype)
    for row, some in enumerate(numbered):
        for at, number in enumerate(some):
            found[at, row] = number
    return Cells(found, -1)


def truths(values: Sequence[Any]) -> Cells:
    """Write whether something is said at all."""
    return Cells(np.array([bool(value) for value in values], np.bool_), False)


def meta_cells(items: Sequence[Item]) -> Mapping[str, Cells]:
    """Write whose the items are, who may see them and since when."""
    return {
        **{
            name: Cells(np.array([_or_none(getattr(item, name)) for item in items], np.int64), -1)
            for name in ("posting_id", "organisation_id", "owner_id")
        },
        "version": Cells(np.array([item.version for item in items], np.int64), 0),
        "audience": Cells(np.array([AUDIENCES.index(item.audience) for item in items], np.int8), 0),
        "is_sample": truths([item.is_sample for item in items]),
        "published_on": days([item.published_on for item in items]),
        "expires_on": days([item.expires_on for item in items]),
    }


def _or_none(number: int | None) -> int:
    return -1 if number is None else number


def park_cells(items: Sequence[Item], reference: Reference, park_at: Callable[[str], int]) -> Mapping[str, Cells]:
    """Write what the directory knows of the parks that premises stand in."""
    # Hundreds of offers stand in one park, so each park is written once.
    parks = {id(item.park): item.park for item in items}
    place = {key: at for at, key in enumerate(parks)}
    rows = np.array([place[id(item.park)] for item in items], np.intp)
    once = _of_parks(list(parks.values()), reference, park_at)
    promised = [tuple(promise.type for promise in item.promises) for item in items]
    return {
        "is_park": truths([item.kind == "park" for item in items]),
        **{name: Cells(cells.values[rows], cells.empty) for name, cells in once.items()},
        "promised": masks(promised, IncentiveType),
    }


def _of_parks(
    parks: Sequence[ParkFacts | None], reference: Reference, park_at: Callable[[str], int]
) -> Mapping[str, Cells]:
    place = reference.place_at
    numbered = {
        "park": [park_at(park.code) if park else -1 for park in parks],
        "county": [place.get(park.county_code, -1) if park else -1 for park in parks],
        "prefecture": [place.get(park.prefecture_code, -1) if park else -1 for park in parks],
    }
    return {
        **{name: Cells(np.array(values, np.int16), -1) for name, values in numbered.items()},
        **{
            name: words([getattr(park, name.removeprefix("park_"), None) for park in parks], positions(vocabulary))
            for name, vocabulary in PARK_WORDS.items()
        },
        "park_customs": masks([park.customs_facilities if park else None for park in parks], PortType),
        "park_is_enclave": truths([park is not None and park.is_enclave for park in parks]),
        "park_chemical_as_of": days([park.chemical_as_of if park else None for park in parks]),
    }


@cache
def positions(vocabulary: type[Term]) -> dict[str, int]:
    """Return where each word stands in its vocabulary."""
    return {word.value: at for at, word in enumerate(vocabulary)}


@lru_cache(maxsize=20_000)
def _mask(vocabulary: type[Term], values: tuple[str, ...]) -> int:
    return mask_of(vocabulary, values)


def mask_of(vocabulary: type[Term], values: Iterable[str]) -> int:
    """Return the words of a vocabulary as bits, in the order of the vocabulary."""
    order = positions(vocabulary)
    return sum(1 << order[word] for word in set(values) if word in order)


def words_of(vocabulary: type[Term], mask: int) -> list[str]:
    """Return the words that a mask holds, in the order of the vocabulary."""
    return [word.value for at, word in enumerate(vocabulary) if int(mask) >> at & 1]
