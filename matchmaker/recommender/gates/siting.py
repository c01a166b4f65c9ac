"""What the legal siting rules ask of either side alike: is it a plant, in which sections, in what kind of county."""

from collections.abc import Callable, Iterable

import numpy as np

from matchmaker.recommender.frame import Bools, Frame
from matchmaker.recommender.gates.listed import Bits, Roll, first_of
from matchmaker.recommender.gates.marks import names as names_word
from matchmaker.recommender.gates.outcome import at
from matchmaker.recommender.gates.printers import Printer, names
from matchmaker.recommender.reference import Area, Reference, Restricted
from matchmaker.recommender.relation import any_of
from matchmaker.recommender.words import Value
from models.vocabulary import AreaType, ProjectType

# Mining, manufacturing, and the supply of power, heat, gas and water.
INDUSTRY = ("B", "C", "D")
OFFICES = (ProjectType.HEADQUARTERS, ProjectType.RESEARCH)
SHORELINES = tuple(word for word in AreaType if word.value.startswith("shoreline_"))


def is_office(need: Frame) -> Bools:
    """Say which needs bring no plant along, whatever their industry."""
    return need.is_("project_type", *OFFICES)


def is_renovation(need: Frame) -> Bools:
    """Say which projects rebuild on their own site without adding capacity."""
    return need.is_("project_type", ProjectType.RENOVATION) & need.no("adds_capacity")


def is_in_section(need: Frame, reference: Reference, sections: Iterable[str]) -> Bools:
    """Say which needs name an industry of some sections, given by their letters."""
    return any_of(_sections(reference, tuple(sections)), need["industry_codes"])


def main_is_in_section(need: Frame, reference: Reference, sections: Iterable[str]) -> Bools:
    """Say whose main industry, the first that they name, is of some sections."""
    return _sections(reference, tuple(sections)).take(need["industry_codes"][:, 0])


def _sections(reference: Reference, sections: tuple[str, ...]) -> Bools:
    def made() -> tuple[object, Bools]:
        return reference.industries, np.array([code[0] in sections for code in reference.industries] + [False])

    found: Bools = reference.memory.recall(("sections", sections, id(reference.industries)), made)[1]
    return found


def lies_in(premises: Frame, reference: Reference, types: Iterable[AreaType]) -> Bools:
    """Say which premises stand in a county some part of which lies in such an area.

    It tells what to ask of a plot. For that a list that has run out is as good as one in force.
    """
    wanted = frozenset(word.value for word in types)

    def made() -> tuple[object, Bools]:
        counties = [county for county, areas in reference.areas.items() if any(area.type in wanted for area in areas)]
        table = np.zeros(len(reference.places) + 1, bool)
        table[[reference.place_at[county] for county in counties if county in reference.place_at]] = True
        return (reference.areas, reference.places), table

    key = ("counties", wanted, id(reference.areas), id(reference.places))
    found: Bools = reference.memory.recall(key, made)[1].take(premises["county"])
    return found


def area_of(premises: Frame, reference: Reference, types: Iterable[AreaType]) -> Callable[[int], Area | None]:
    """Return how to find the area that a row's county lies in."""
    wanted, places = {word.value for word in types}, list(reference.places)

    def found(row: int) -> Area | None:
        number = int(at(premises["county"], row))
        areas = reference.areas.get(places[number], ()) if number >= 0 else ()
        return next((area for area in areas if area.type in wanted), None)

    return found


def county_names(premises: Frame, reference: Reference) -> Printer:
    """Print the county that a row stands in."""
    return names(premises["county"], reference.places, lambda code: reference.places[code].name)


def industries(need: Frame, reference: Reference) -> Printer:
    """Print the industries that a need names."""
    return names(need["industry_codes"], reference.industries, reference.industry_name)


def text_value(raw: str | None) -> Value | None:
    """Print words that came with the reference or from the parties, as they stand."""
    return Value(raw, labels=(raw,)) if raw else None


class Quoted:
    """The entry that a row is told of, and what is printed of it."""

    def __init__(self, need: Frame, roll: Roll, sets: list[Bits]) -> None:
        """Take sets of entries in the order in which they come first."""
        self._need = need
        self.entry: Callable[[int], Restricted | None] = first_of(roll, sets)

    def printed(self, print_: Callable[[Restricted, int], str | None]) -> Printer:
        """Print something of the entry."""
        return lambda row: text_value(print_(entry, row)) if (entry := self.entry(row)) else None

    @property
    def values(self) -> dict[str, Printer]:
        """Return what sentences quote of it: its class or item, its words, and its condition."""
        return {
            "item": self.printed(lambda entry, row: _item(entry)),
            "entry": self.printed(self._words),
            "condition": self.printed(lambda entry, row: entry.condition),
        }

    def _words(self, entry: Restricted, row: int) -> str:
        """Return those of the entry's words that the need names, or all where it names none."""
        said, book = self._need.spoken, self._need.wordbook
        numbers = [number for name in ("processes", "products") for number in at(said(name), row) if number >= 0]
        named = [word for word in entry.words if any(names_word(book.form(int(number)), word) for number in numbers)]
        return "、".join(named or entry.words) or entry.restriction_class

    def limit(self, row: int) -> Value | None:
        """Print the entry as what the need is held against."""
        entry = self.entry(row)
        if entry is None:
            return None
        return Value(entry.id, labels=(f"{entry.restriction_class}：{'、'.join(entry.words) or entry.condition}",))

    def source(self, row: int) -> str | None:
        """Return the document that the entry is from."""
        entry = self.entry(row)
        return entry.source if entry else None


def _item(entry: Restricted) -> str:
    if entry.article and entry.article.startswith(entry.restriction_class):
        return entry.article
    return entry.restriction_class + (entry.article or "")
