"""What may lift a condition between people and whoever asks for them: another place, way of working or licence."""

from collections.abc import Iterator

from matchmaker.recommender.edits import Edit, SideName, edit
from matchmaker.recommender.facts import Item
from matchmaker.recommender.remedy import Asked
from models.vocabulary import Strictness


def talents_place(asked: Asked) -> Iterator[tuple[Edit, ...]]:
    """Have the talent go there too, or an enterprise stand where the talent goes, or either insist no longer."""
    asking, talent = asked.asking, asked.answering
    there = [asking.get("region_code")] if asking.kind == "position" else asking.get("target_prefecture_codes") or ()
    yield from _also_in(asked, "answering", talent, there)
    yield (edit("answering", talent, "place_strictness", Strictness.PREFER, asked.reference),)
    if asking.kind == "need":
        yield from _also_in(asked, "asking", asking, talent.get("target_prefecture_codes") or ())
        yield (edit("asking", asking, "place_strictness", Strictness.PREFER, asked.reference),)


def _also_in(
    asked: Asked, side: SideName, item: Item, codes: tuple[str | None, ...] | list[str | None]
) -> Iterator[tuple[Edit, ...]]:
    for place in dict.fromkeys(map(asked.reference.prefecture, codes)):
        if place:
            targets = [*(item.get("target_prefecture_codes") or ()), place]
            yield (edit(side, item, "target_prefecture_codes", targets, asked.reference),)


def ways(asked: Asked) -> Iterator[tuple[Edit, ...]]:
    """Have either side agree to one of the other's ways of working."""
    position, talent = asked.asking, asked.answering
    offered, wanted = list(position.get("ways_of_working") or ()), list(talent.get("ways_of_coming") or ())
    for way in wanted:
        yield (edit("asking", position, "ways_of_working", [*offered, way], asked.reference),)
    for way in offered:
        yield (edit("answering", talent, "ways_of_coming", [*wanted, way], asked.reference),)


def licence_origins(asked: Asked) -> Iterator[tuple[Edit, ...]]:
    """Have the employer accept licences from where the talent's was issued."""
    position, origin = asked.asking, asked.answering.get("licence_origin")
    if origin is not None:
        accepted = [*(position.get("licence_origins_accepted") or ()), str(origin)]
        yield (edit("asking", position, "licence_origins_accepted", accepted, asked.reference),)
