"""Entries of a list as bits: more than one page of them, one need or many, words that affirm and deny."""

import dataclasses

import numpy as np
import pytest

from matchmaker.recommender.gates import check_premises
from matchmaker.recommender.gates.listed import Roll, meet
from matchmaker.recommender.gates.marks import framed, names, source_mark
from tests.matchmaker.recommender.siting.conftest import DAY


@pytest.fixture
def long_list(reference):
    """Write the catalogue down three times, the last time with words of its own."""
    entries = [entry for entry in reference.restricted if entry.rule == "HC1"]
    last = [dataclasses.replace(entry, words=(f"词{number}号",)) for number, entry in enumerate(entries)]
    return dataclasses.replace(reference, restricted=(*entries, *entries, *last))


def test_a_list_of_any_length_is_met_entry_by_entry(long_list, need):
    words = ["词58号", "词0号", "词31号"]
    frame = framed("need", [need(processes=[word]) for word in words], long_list)

    met = meet(frame, long_list, long_list.rule("HC1", DAY), DAY)

    assert [met.named.numbers(row) for row in range(3)] == [[176], [118], [149]]
    assert len(Roll.of(long_list, "HC1").entries) == 177


def test_a_changed_list_is_not_taken_for_the_one_before(reference, need):
    shorter = dataclasses.replace(reference, restricted=reference.restricted[:1])
    assert len(Roll.of(reference, "HC1").entries) == 59
    assert len(Roll.of(shorter, "HC1").entries) == 1
    assert framed("need", [need(processes=["普通刨花板"])], shorter).number("named:HC1:0").tolist() == [1.0]


def test_a_word_is_found_in_either_script_and_not_where_it_is_denied():
    assert names("电镀铜", "电镀")
    assert not names("无电镀工序", "电镀")
    assert names("无电镀工序，另有电镀线", "电镀")


@pytest.mark.parametrize(
    ("text", "mark"), [("无", 0.0), ("None", 0.0), ("某厂关停", 1.0), ("待定", np.nan), (None, np.nan), (" ", np.nan)]
)
def test_a_source_is_named_denied_or_open(reference, need, text, mark):
    frame = framed("need", [need(substitution_source=text)], reference)
    assert np.array_equal(frame.number(source_mark("substitution_source")), [mark], equal_nan=True)


def test_a_garment_maker_is_asked_only_where_the_plot_lies(reference, need, plot):
    sewing = need(industry_codes=["C1811"], category="new_base", project_type="new")
    outcomes = check_premises(framed("need", [sewing], reference), framed("offer", [plot()], reference), reference, DAY)
    assert [outcome.id for outcome in outcomes if outcome.at(0)] == ["HC6"]
