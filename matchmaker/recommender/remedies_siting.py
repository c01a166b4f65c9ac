"""What may lift a legal siting rule: another plot, another process, a paper that has to be got; or nothing at all."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping

from matchmaker.recommender.edits import Edit, edit
from matchmaker.recommender.gates.marks import names
from matchmaker.recommender.reference import Restricted
from matchmaker.recommender.remedy import Asked, Remedy
from models.vocabulary import N_, Answer, ProjectType, SpecialSector
from search.analysis import normalise

# The areas that a plot may lie in, and where it says which of their zones.
AREAS: Mapping[str, str | None] = {
    "in_ecological_redline": None,
    "in_permanent_farmland": None,
    "in_water_protection_zone": "water_protection_zone",
    "in_nature_reserve": "nature_reserve_zone",
}
# A paper that has been got, whatever it will say.
GOT = N_("已经落实，附文件")
METRES = 100  # distances are advised in hundreds
MOVING = (ProjectType.RELOCATION, ProjectType.PART_CAPACITY)

# Where nothing that anybody states can lift a rule, and what is left to do.
CLOSED: Mapping[str, str] = {
    "HC2": N_("%(what)s：列为禁止，哪个园区都不能承接，改填写的内容没有用"),
    "HC7": N_("%(what)s：园区的清单禁止这个行业，改填写的内容没有用，只能换一个清单没有禁止它的园区"),
    "HC10": N_("%(what)s：县的清单禁止这个行业，改填写的内容没有用，只能换一个清单没有禁止它的县"),
}


def _other_plot(name: str, answer: Answer, zone: str | None = None) -> Remedy:
    def remedy(asked: Asked) -> Iterator[tuple[Edit, ...]]:
        """Offer a plot that lies elsewhere."""
        yield (_elsewhere(asked, name, answer, zone),)

    return remedy


def _elsewhere(asked: Asked, name: str, answer: Answer, zone: str | None) -> Edit:
    also = {zone: None} if zone and asked.answering.get(zone) is not None else None
    return edit("answering", asked.answering, name, answer, asked.reference, also)


def _clear_of_areas(asked: Asked) -> Iterator[tuple[Edit, ...]]:
    """Offer a plot that lies in none of the areas that this one lies in."""
    offer = asked.answering
    yield tuple(
        _elsewhere(asked, name, Answer.NO, zone)
        for name, zone in AREAS.items()
        if offer.get(name) == Answer.YES or (zone and offer.get(zone) is not None)
    )


def _far_from_the_shore(asked: Asked) -> Iterator[tuple[Edit, ...]]:
    """Offer a plot that is farther from the shore than its distance may be off; a tailings pond keeps the farthest."""
    rule = asked.gate.rule
    parameters = rule.parameters if rule else {}
    accuracy = asked.answering.get("shoreline_accuracy_m")
    if accuracy is None:
        accuracy = parameters.get("accuracy_m", 50)
    for least in ("limit_m", "tailings_trunk_m"):
        metres = math.floor((parameters.get(least, 1000) + accuracy) / METRES + 1) * METRES
        yield (edit("answering", asked.answering, "shoreline_distance_m", float(metres), asked.reference),)


def _paper(name: str) -> Remedy:
    def remedy(asked: Asked) -> Iterator[tuple[Edit, ...]]:
        """Get the paper that is missing."""
        yield (edit("asking", asked.asking, name, GOT, asked.reference),)

    return remedy


def _other_process(asked: Asked) -> Iterator[tuple[Edit, ...]]:
    """Make it by another process, or move what there is without adding to it."""
    need, rows = asked.asking, [row for row in asked.reference.restricted if row.rule == "HC1"]
    if need.get("project_type") in MOVING and need.get("adds_capacity") == Answer.YES:
        yield (edit("asking", need, "adds_capacity", Answer.NO, asked.reference),)
    told = asked.gate.limit.raw if asked.gate.limit is not None else None
    for some in ([row for row in rows if row.id == told], rows):
        yield from _without(asked, (word for row in some for word in row.deciding_words))


def _without(asked: Asked, words: Iterable[str]) -> Iterator[tuple[Edit, ...]]:
    """Leave out the processes and products that name any of these words."""
    need, closed = asked.asking, list(dict.fromkeys(words))
    edits = []
    for name in ("processes", "products"):
        said = list(need.get(name) or ())
        kept = [one for one in said if not any(names(normalise(one), word) for word in closed)]
        if kept != said:
            edits.append(edit("asking", need, name, kept, asked.reference))
    yield tuple(edits)


def _listed(asked: Asked) -> Iterator[tuple[Edit, ...]]:
    """Have the park's plan and its assessment list the sector, or make it by another process."""
    gate, offer = asked.gate, asked.answering
    told = gate.need.raw if gate.need is not None and isinstance(gate.need.raw, tuple) else ()
    listed = [one for one in offer.get("listed_sectors") or () if one != SpecialSector.NONE]
    added = [one for one in told if one not in listed]
    yield (edit("answering", offer, "listed_sectors", [*listed, *added], asked.reference),)
    sectors = gate.rule.parameters.get("sectors", {}) if gate.rule else {}
    ids = {id_ for name in told for id_ in sectors.get(name, ())}

    def is_meant(row: Restricted) -> bool:
        return row.id in ids

    yield from _without(asked, (word for row in filter(is_meant, asked.reference.restricted) for word in row.words))


def _nothing(asked: Asked) -> Iterator[tuple[Edit, ...]]:
    """Advise nothing: what a list closes stays closed, whatever anybody writes."""
    yield from ()


SITING: Mapping[str, Callable[[Asked], Iterator[tuple[Edit, ...]]]] = {
    **dict.fromkeys(CLOSED, _nothing),
    "HC1": _other_process,
    "HC3": _other_plot("in_chemical_area", Answer.YES),
    "HC4": _far_from_the_shore,
    "HC5": _other_plot("in_park_boundary", Answer.YES),
    "HC6": _clear_of_areas,
    "HC8": _paper("heavy_metal_quota_source"),
    "HC9": _other_plot("in_green_heart", Answer.NO, "green_heart_zone"),
    "HC11": _paper("substitution_source"),
    "HC15": _listed,
}
