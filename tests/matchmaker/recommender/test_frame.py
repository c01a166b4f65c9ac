"""Facts laid out as columns: every one survives, none leaves a trace, and no row knows of another."""

import datetime as dt
import random
from typing import Any

import numpy as np
import pytest

from matchmaker.recommender.facts import NEVER_READ, Item, Promise
from matchmaker.recommender.frame import Frame, mask_of, words_of
from matchmaker.recommender.reference import Reference
from models import Field, Shape, fields_of
from models.vocabulary import Answer, IncentiveType, PortType, Term
from tests.matchmaker.recommender.checker.draw import TABLES, Draw
from tests.matchmaker.recommender.checker.edge import as_item, as_world

DAY = dt.date(2026, 11, 24)
KINDS = sorted(TABLES)
# Whom a fact refers to is no condition of its own: parks have columns of their own, and a category decides nothing.
NO_COLUMN = {Shape.PARK, Shape.FURONG}


@pytest.fixture
def draw(reference: Reference) -> Draw:
    world = as_world(reference) | {
        "restricted": [{"rule": "HC3", "codes": ["C2614"], "words": ["前驱体"], "deciding_words": []}],
        "areas": {"431026": []},
    }
    return Draw(20261124, world, DAY)


def kept(frame: Frame, row: int, name: str, field: Field) -> Any:
    """Read a fact back out of its column."""
    entry = frame[name][row]
    if field.shape in (Shape.NUMBER, Shape.COUNT, Shape.YEAR):
        return None if np.isnan(entry) else float(entry)
    if field.shape is Shape.DATE:
        return None if np.isnan(entry) else dt.date.fromordinal(int(entry))
    if field.shape in (Shape.TERM, Shape.ANSWER):
        assert field.vocabulary is not None
        return None if entry < 0 else list(field.vocabulary)[entry].value
    if field.shape is Shape.TERMS:
        assert field.vocabulary is not None
        return set(words_of(field.vocabulary, int(entry)))
    if field.shape is Shape.COUNTS:
        assert field.vocabulary is not None
        return {word.value: int(count) for word, count in zip(field.vocabulary, entry, strict=False) if count}
    if field.shape is Shape.INDUSTRIES:
        return [list(frame.reference.industries)[at] for at in entry if at >= 0]
    if field.shape is Shape.REGIONS:
        return [list(frame.reference.places)[at] for at in entry if at >= 0]
    if field.shape is Shape.REGION:
        return None if entry < 0 else list(frame.reference.places)[entry]
    return bool(entry)


def stated(facts: dict[str, Any], name: str, field: Field) -> Any:
    """Return the same fact as the side states it."""
    value = facts.get(name)
    if field.shape in (Shape.NUMBER, Shape.COUNT, Shape.YEAR):
        return None if value is None else float(value)
    if field.shape is Shape.TERMS:
        return set(value or ())
    if field.shape is Shape.COUNTS:
        return {word: count for word, count in (value or {}).items() if count}
    if field.shape in (Shape.INDUSTRIES, Shape.REGIONS):
        return list(value or ())
    if field.shape in (Shape.TEXT, Shape.TEXTS):
        return bool(value)
    return value


def assert_says(frame: Frame, row: int, kind: str, facts: dict[str, Any]) -> None:
    for name, field in fields_of(TABLES[kind]).items():
        if field.shape not in NO_COLUMN and name not in NEVER_READ:
            assert kept(frame, row, name, field) == stated(facts, name, field), (row, name)


def sides(draw: Draw, kind: str, count: int) -> list[dict[str, Any]]:
    return [draw.side(kind) for _ in range(count)]


def items(kind: str, facts: list[dict[str, Any]]) -> list[Item]:
    return [as_item(kind, one, number) for number, one in enumerate(facts, start=1)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_described_fact_survives_as_a_column(kind, reference, draw):
    facts = sides(draw, kind, 60)

    frame = Frame.of(kind, items(kind, facts), reference)

    assert len(frame) == 60
    for row, one in enumerate(facts):
        assert_says(frame, row, kind, one)


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_that_is_written_again_keeps_nothing_of_what_it_said(kind, reference, draw):
    facts = sides(draw, kind, 40)
    frame = Frame.of(kind, items(kind, facts), reference)

    facts[7], facts[33] = draw.side(kind), {"park": None} if kind == "offer" else {}
    frame.write(7, as_item(kind, facts[7], 8))
    frame.write(33, as_item(kind, facts[33], 34))

    for row, one in enumerate(facts):
        assert_says(frame, row, kind, one)
    fresh = Frame.of(kind, items(kind, facts), reference)
    for name, column in frame.columns.items():
        width = column.shape[1] if column.ndim == 2 else None
        expected = fresh[name] if width is None else widened(fresh[name], width)
        if name != "park":  # it counts in the order that parks were met in
            np.testing.assert_array_equal(column, expected, err_msg=name)


def widened(column: Any, width: int) -> Any:
    padding = -1 if column.dtype == np.int16 else 0
    return np.pad(column, ((0, 0), (0, width - column.shape[1])), constant_values=padding)


def test_a_longer_list_and_a_hundred_rows_leave_earlier_rows_alone(reference, need):
    frame = Frame("need", reference)
    expected = []
    for count in range(100):
        codes = list(reference.industries)[: count % 9]
        frame.append(need(industry_codes=codes, land_area_mu=float(count)))
        expected.append(codes)

    for row, codes in enumerate(expected):
        assert kept(frame, row, "industry_codes", fields_of(TABLES["need"])["industry_codes"]) == codes
        assert frame.number("land_area_mu")[row] == row


def test_zero_is_an_answer_and_an_empty_list_is_none(reference, need):
    frame = Frame.of(
        "need",
        [
            need(sewage_m3_per_day=0.0, headcount_needed=0, ports_needed=[], industry_codes=[], processes=[]),
            need(
                ports_needed=["rail_port"], industry_codes=["C39"], processes=["注塑"], workers_by_trade={"welding": 3}
            ),
            need(dual_supply_needed=Answer.UNSURE, workers_by_trade={"assembly": 0}),
        ],
        reference,
    )

    assert frame.has("sewage_m3_per_day").tolist() == [True, False, False]
    assert frame.has("headcount_needed").tolist() == [True, False, False]
    assert frame.has("ports_needed").tolist() == [False, True, False]
    assert frame.has("industry_codes").tolist() == [False, True, False]
    assert frame.has("processes").tolist() == [False, True, False]
    assert frame.has("workers_by_trade").tolist() == [False, True, False]
    assert frame.has("dual_supply_needed").tolist() == [False, False, True]


def test_who_is_not_sure_says_neither_yes_nor_no(reference, offer):
    frame = Frame.of(
        "offer", [offer(dual_supply=answer) for answer in (Answer.YES, Answer.NO, Answer.UNSURE, None)], reference
    )

    assert frame.yes("dual_supply").tolist() == [True, False, False, False]
    assert frame.no("dual_supply").tolist() == [False, True, False, False]


def test_every_vocabulary_of_lists_fits_into_a_mask():
    words = [
        field.vocabulary
        for table in TABLES.values()
        for field in fields_of(table).values()
        if field.shape is Shape.TERMS and field.vocabulary is not None
    ]

    assert {Answer, IncentiveType} - {*words} == {Answer}
    for vocabulary in (*words, IncentiveType, PortType):
        assert len(vocabulary) <= 32, vocabulary
        assert words_of(vocabulary, np.uint32(mask_of(vocabulary, [*vocabulary]))) == [
            word.value for word in vocabulary
        ]


@pytest.mark.parametrize("vocabulary", [PortType, IncentiveType])
def test_a_mask_holds_each_word_once_and_in_the_order_of_the_vocabulary(vocabulary: type[Term]):
    dice = random.Random(7)
    for _ in range(100):
        drawn = [dice.choice(list(vocabulary)).value for _ in range(dice.randrange(6))]

        found = words_of(vocabulary, mask_of(vocabulary, drawn))

        assert found == [word.value for word in vocabulary if word.value in drawn]


def test_there_are_fewer_industries_and_places_than_a_column_can_count(reference):
    assert max(len(reference.industries), len(reference.places)) < np.iinfo(np.int16).max


def test_rows_that_are_taken_stand_for_themselves(reference, draw):
    facts = sides(draw, "offer", 30)
    frame = Frame.of("offer", items("offer", facts), reference)

    taken = frame.take(np.array([4, 4, 29, 0]))

    for row, number in enumerate((4, 4, 29, 0)):
        assert_says(taken, row, "offer", facts[number])
        assert taken.id_of(row) == frame.id_of(number)
    taken["land_price_wan_per_mu"][0] = -7.0
    assert frame.number("land_price_wan_per_mu")[4] != -7.0
    assert taken.number("land_price_wan_per_mu")[1] != -7.0


def test_an_offer_carries_what_the_directory_knows_of_its_park(reference, offer, directory):
    item = offer("HN2", title="电子厂房")
    promised = Item(
        item.kind, item.id, item.name, item.facts, park=item.park, promises=(Promise("rent", "减租", None),)
    )
    park = directory("HN1", chemical_status="yes", customs_facilities=("rail_port",))

    frame = Frame.of("offer", [promised, park, Item("offer", "offer:9", "", {})], reference)

    assert frame["is_park"].tolist() == [False, True, False]
    assert [frame.id_of(row) for row in range(3)] == ["offer:-", "park:HN1", "offer:-"]
    places = [*reference.places, None]
    assert [places[at] for at in frame["county"]] == ["431003", "430121", None]
    assert [places[at] for at in frame["prefecture"]] == ["431000", "430100", None]
    assert words_of(PortType, frame["park_customs"][1]) == ["rail_port"]
    assert words_of(IncentiveType, frame["promised"][0]) == ["rent"]
    assert frame.is_("park_chemical_status", Answer.YES).tolist() == [False, True, False]


def test_what_is_derived_from_a_row_is_derived_again_when_it_changes(reference, need):
    frame = Frame.of(
        "need", [need(title="甲"), need(title="甲乙")], reference, lambda item, _: {"length": len(item.name)}
    )

    frame.write(1, need(title="甲乙丙丁"))
    frame.append(need(title=""))

    assert frame.number("length").tolist() == [1.0, 4.0, 0.0]


def test_a_frame_has_no_column_of_age_papers_or_family(reference, draw):
    item = as_item("talent", draw.side("talent") | {"birth_year": 1986, "household_size": 3})
    frame = Frame.of("talent", [item], reference)

    # What of_posting never loads stays unanswered; whoever writes an item by hand may not slip it in either.
    for name in NEVER_READ:
        assert name not in frame.columns, name
