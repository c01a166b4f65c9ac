"""Ask the gates and the checker the same, and list where they differ."""

import dataclasses
import datetime as dt
import functools
import math
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from matchmaker.recommender import gates
from matchmaker.recommender.frame import Frame
from matchmaker.recommender.gates.gate import Gate
from matchmaker.recommender.gates.marks import framed
from matchmaker.recommender.gates.outcome import VERDICTS
from matchmaker.recommender.reference import Reference, load_reference
from matchmaker.recommender.words import Value
from matchmaker.services import reference as service
from models import Base, fields_of

from .check import check_people, check_premises, overall
from .draw import TABLES, Draw
from .edge import as_item
from .says import Facts, Says

Pair = tuple[Facts, Facts]
KINDS = ("need–premises", "position–talent", "need–talent")


@functools.cache
def real_reference() -> Reference:
    """Load the facts that the portal stands on; some rail times are made certain, or unknown, so that all happens."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        service.load(session, Path(__file__).parents[4] / "reference")
        loaded = load_reference(session, None, None)
    engine.dispose()
    dice = random.Random(20261124)
    rail = {
        key: dataclasses.replace(link, confidence=dice.choice("HHM"), hours=dice.choice((link.hours, link.hours, None)))
        for key, link in loaded.rail.items()
    }
    return dataclasses.replace(loaded, rail=rail)


# --- Drawing pairs, in groups that share one side -------------------------------------------------------------------


def groups(kind: str, draw: Draw, shares: str, number: int, size: int = 20) -> Iterator[list[Pair]]:
    """Draw groups of pairs, at least so many in all, that share the asking or the answering side."""
    for _ in range(-(-number // size)):
        one = asking(kind, draw) if shares == "asking" else answering(kind, draw)
        group = []
        for _ in range(size):
            other = answering(kind, draw) if shares == "asking" else asking(kind, draw)
            left, right = (one, other) if shares == "asking" else (other, one)
            if kind == "need–premises":
                draw.fit_premises(left, right) if shares == "asking" else draw.fit_need(left, right)
            elif shares == "asking":
                fit = draw.fit_talent if kind == "position–talent" else draw.fit_places
                fit(left, right)
            group.append((left, right))
        yield group


def mixed(kind: str, draw: Draw, number: int) -> list[Pair]:
    """Draw pairs of which no two neighbours share a side, other than by chance."""
    pairs = [
        pair for shares in ("asking", "answering") for group in groups(kind, draw, shares, number) for pair in group
    ]
    draw.dice.shuffle(pairs)
    return pairs[:number]


def asking(kind: str, draw: Draw) -> Facts:
    return draw.side("position" if kind == "position–talent" else "need")


def answering(kind: str, draw: Draw) -> Facts:
    if kind != "need–premises":
        return draw.side("talent")
    return draw.directory_park() if draw.dice.random() < 0.1 else draw.side("offer")


# --- Asking the gates, and comparing what they say ------------------------------------------------------------------


def frames(kind: str, lefts: list[Facts], rights: list[Facts], reference: Reference) -> tuple[Frame, Frame]:
    left_kind, right_kind = {
        "need–premises": ("need", "offer"),
        "position–talent": ("position", "talent"),
        "need–talent": ("need", "talent"),
    }[kind]
    return (
        framed(left_kind, [as_item(left_kind, one, number) for number, one in enumerate(lefts, 1)], reference),
        framed(right_kind, [as_item(right_kind, one, number) for number, one in enumerate(rights, 1)], reference),
    )


def outcomes(kind: str, left: Frame, right: Frame, reference: Reference, day: dt.date) -> list[gates.Outcome]:
    ask = gates.check_premises if kind == "need–premises" else gates.check_people
    return ask(left, right, reference, day)


def second_opinion(kind: str, left: Facts, right: Facts, world: Facts, day: dt.date) -> list[Says]:
    if kind == "need–premises":
        return check_premises(left, right, world, day)
    return check_people(kind.split("–")[0], left, right, world)


def plain(value: Any) -> Any:
    """Return a value as something that compares: words as a set, numbers and days as they are, nothing as None."""
    raw = value.raw if isinstance(value, Value) else value
    if isinstance(raw, str):
        return frozenset((str(raw),))
    if isinstance(raw, tuple | list):
        return frozenset(map(str, raw)) or None
    return raw


def same(one: Any, other: Any) -> bool:
    one, other = plain(one), plain(other)
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-6)
    return bool(one == other)


def differences(gate: Gate, says: Says) -> list[str]:
    """List in which respects a gate and the second opinion on it differ."""
    answers = {
        "verdict": gate.verdict.value,
        "need": gate.need,
        "limit": gate.limit,
        "gap": gate.gap,
        "distance": gate.distance,
        "fields": gate.fields,
    }
    found = [name for name, answer in answers.items() if says.get(name, []) != [] and not same(answer, says[name])]
    # Whatever is said must be sayable, and rest on facts that somebody can be asked for.
    if "%(" in gate.sentence.text() or "None" in gate.sentence.text():
        found.append("sentence")
    if not gate.fields or not all(map(is_fact, gate.fields)):
        found.append("names of fields")
    return found


def is_fact(name: str) -> bool:
    kind, _, fact = name.partition(".")
    if kind in TABLES:
        return fact in fields_of(TABLES[kind])
    return name in ("park.county_code", "park.prefecture_code", "park.customs_facilities", "travel.hours")


def disagreements(
    kind: str, pairs: list[Pair], found: list[gates.Outcome], verdicts: Any, world: Facts, day: dt.date
) -> Iterator[str]:
    for row, (left, right) in enumerate(pairs):
        listed = [gate for outcome in found if (gate := outcome.at(row)) is not None]
        said = second_opinion(kind, left, right, world, day)
        ids = Counter(gate.id for gate in listed)
        assert max(ids.values(), default=1) == 1, ids
        by_id = {gate.id: gate for gate in listed}
        for missing in sorted({says["id"] for says in said} ^ set(by_id)):
            yield f"{missing}: {'not listed' if missing not in by_id else 'listed'}\n{left}\n{right}"
        for says in said:
            gate = by_id.get(says["id"])
            if gate is not None and (unlike := differences(gate, says)):
                yield f"{says['id']}: {', '.join(unlike)}\n{gate}\n{says}\n{left}\n{right}"
        total = VERDICTS[int(verdicts[row])]
        if total is None or total.value != overall(said):
            yield f"in all: {total} or {overall(said)}\n{left}\n{right}"


def compare(
    kind: str, pairs: list[Pair], left: Frame, right: Frame, reference: Reference, world: Facts, day: dt.date
) -> list[str]:
    """List in how many ways gates and checker disagree about pairs, of which either frame may hold one side once."""
    found = outcomes(kind, left, right, reference, day)
    verdicts = gates.worst(found, max(len(left), len(right)))
    return list(disagreements(kind, pairs, found, verdicts, world, day))


def summary(wrong: list[str]) -> str:
    heads = Counter(text.split("\n", 1)[0] for text in wrong)
    return f"{len(wrong)} disagreements: {heads.most_common(20)}\n\n" + "\n\n".join(wrong[:4])
