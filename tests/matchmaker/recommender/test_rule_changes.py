"""What a change of the rules would do: counted for every live pair, told with examples, and nothing written."""

import dataclasses
import datetime as dt

import pytest

from matchmaker.recommender.reference import load_reference
from matchmaker.recommender.rule_changes import asked, live_items, names_of, number_of, shifts, with_rows
from models import RestrictedEntry, SitingRule, today
from models.vocabulary import Evidence, RestrictedDecision, RuleKind, Verdict
from tests import factories

TITLES = {"title": "余量", "title_hant": "餘量", "title_en": "Spare", "document": "园区自报", "confidence": "H"}

READ_ON = today() - dt.timedelta(days=60)


def rule(version=1, **values):
    return SitingRule(rule="HC12", version=version, kind=RuleKind.PHYSICAL, evidence=Evidence.PAGE, **TITLES | values)


@pytest.fixture
def market(session, cast):
    """Lin needs 6,000 kVA; one offer has 10,000 to spare, read two months ago, the other 1,000."""
    short = factories.offer(
        cast.manager, cast.park, cast.authority, title="余量不够的地块", power_spare_kva=1_000, spare_as_of=READ_ON
    )
    session.add_all(
        [
            rule(parameters={"stale_after_months": 12}),
            factories.published(factories.need(cast.owner, cast.enterprise, pollutants=["vocs"])),
            factories.published(factories.offer(cast.manager, cast.park, cast.authority, spare_as_of=READ_ON)),
            factories.published(short),
            factories.need(cast.owner, cast.enterprise, title="还是草稿的需求"),
        ]
    )
    session.commit()
    return live_items(session, 1)


def test_a_stricter_rule_makes_old_readings_unknown_and_says_of_whom(session, market):
    known = load_reference(session, None, None)
    stricter = with_rows(known, [rule(parameters={"stale_after_months": 1})])
    found = shifts(asked(market, known, today()), asked(market, stricter, today()))

    assert {(shift.rule, shift.before, shift.after, shift.pairs) for shift in found} == {
        ("HC12", Verdict.PASSES, Verdict.UNKNOWN, 1),
        ("HC12", Verdict.FAILS, Verdict.UNKNOWN, 1),
    }
    failing = next(shift for shift in found if shift.before is Verdict.FAILS)
    (example,) = failing.examples
    names = names_of(session, found)
    assert names[example.premises] == "余量不够的地块"
    assert names[example.need] == market[0][0].name
    assert "余量" in str(example.sentence)


def test_a_version_changes_nothing_before_its_first_day(session, market):
    known = load_reference(session, None, None)
    start = today() + dt.timedelta(days=7)
    coming = with_rows(known, [rule(2, parameters={"stale_after_months": 1}, in_force_from=start)])

    assert shifts(asked(market, known, today()), asked(market, coming, today())) == []
    later = shifts(asked(market, known, start), asked(market, coming, start))
    # By then the reading of somebody else's offer is a month old too.
    assert sum(shift.pairs for shift in later) == 3


def test_a_rule_that_ends_is_no_longer_asked(session, market):
    known = load_reference(session, None, None)
    ended = with_rows(known, [rule(in_force_to=today() - dt.timedelta(days=1))])
    found = shifts(asked(market, known, today()), asked(market, ended, today()))
    assert {shift.after for shift in found} == {None}
    assert all(example.sentence is None for shift in found for example in shift.examples)


def test_the_same_rules_change_nothing_and_the_rows_are_not_in_the_database(session, market):
    known = load_reference(session, None, None)
    same = with_rows(known, [rule(parameters={"stale_after_months": 12})])
    assert shifts(asked(market, known, today()), asked(market, same, today())) == []
    assert not session.new
    assert session.query(SitingRule).count() == 1


def test_drafts_are_not_asked_and_only_so_many_needs_as_wanted(session, cast, market):
    needs, premises = live_items(session)
    # Somebody else's need and offer stand on the market too.
    assert len(needs) == 2
    assert {item.kind for item in premises} == {"offer", "park"}
    session.add(factories.published(factories.need(cast.owner, cast.enterprise, title="第二个需求")))
    session.commit()
    assert len(live_items(session)[0]) == 3
    assert len(live_items(session, 1)[0]) == 1


def test_a_row_of_a_list_takes_the_place_of_the_one_with_its_id(session, market):
    known = load_reference(session, None, None)
    entry = RestrictedEntry(
        id="RI001",
        rule="HC1",
        restriction_class="限制类",
        industry_codes=["C3982"],
        words=["线路板"],
        deciding_words=[],
        condition="测试用",
        applies_to=["new"],
        decision=RestrictedDecision.FAILS,
        document="测试用",
        confidence="H",
        evidence=Evidence.PAGE,
    )
    once = with_rows(known, [entry])
    assert [row.id for row in once.restricted] == ["RI001"]
    entry.confidence = "L"
    again = with_rows(once, [entry])
    assert [row.confidence for row in again.restricted] == ["L"]
    assert dataclasses.asdict(again.restricted[0])["codes"] == ("C3982",)


def test_rules_are_ordered_by_their_numbers():
    assert sorted(["HC12", "ER1", "HC2", "HC1"], key=number_of) == ["ER1", "HC1", "HC2", "HC12"]
