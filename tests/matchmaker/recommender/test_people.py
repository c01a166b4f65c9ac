"""How well talents suit positions and needs, from both sides, and what is never read."""

import datetime as dt
import time

import numpy as np
import pytest

from matchmaker.recommender.facts import NEVER_READ, Item, of_posting
from matchmaker.recommender.gates.marks import MARKS
from matchmaker.recommender.people import GROUPS, score_people
from matchmaker.recommender.people.specs import specs_of
from matchmaker.recommender.texts import Side
from models import TalentProfile
from models.vocabulary import Education, Identity
from tests.matchmaker.recommender.stories import POSITION, TALENT, demand, position, talent

# Without a model only words tell how near two texts lie, so a text is worth a quarter of itself at most.
VALUES = {
    "field": 0.9,
    "skills": 0.5,
    "education": 0.9,
    "title_rank": 0.9,
    "skill_level": 0.8,
    "years": 1.0,
    "licences": 0.5,
    "licence_origin": 1.0,
    "languages": 0.5,
    "start": 0.5 + 0.5 * 59 / 180,
    "own_field": 0.9,
    "own_skills": 1 / 3,
    "wanted_place": 1.0,
    "travel": 1 - 1.95 / 8,
    "way": 1.0,
    "months": 0.5 + 0.5 / 3,
    "salary": 0.5 + 0.5 * (40 / 35 - 1) / 0.5,
    "supports": 0.5,
    "housing": 1.0,
    "employer": 1.0,
}


@pytest.fixture
def score(reference, today):
    def run(asking, own, weights=None):
        sides = [Side.of(items[0].kind, items, reference, MARKS.get(items[0].kind)) for items in (asking, own)]
        return score_people(*sides, reference, today, weights)

    return run


def test_every_part_follows_its_curve(score):
    scores = score([position()], [talent()])
    found = {part.name: part.at(0) for part in scores.parts}
    assert {name: found[name].value for name in VALUES} == pytest.approx(VALUES, abs=1e-6)
    assert set(found) == {*VALUES, "text", "own_text"} == set(specs_of("position"))
    assert all(part.known and part.curve and part.label for part in found.values())
    assert 0 < found["text"].value < 0.26


def test_a_need_is_no_post_but_meets_talents_in_trade_place_and_time(score):
    values = {
        part.name: part.at(0).value for part in score([demand()], [talent(ways_of_coming=["remote_research"])]).parts
    }
    assert set(values) == set(specs_of("need"))
    assert values["skills"] == 1  # both processes
    assert values["own_skills"] == pytest.approx(2 / 3)
    assert (values["same_city"], values["way"], values["employer"], values["wanted_place"]) == (1, 1, 1, 1)
    assert values["start"] == pytest.approx(0.5 + 0.5 * 151 / 180)


def test_both_sides_lie_between_nothing_and_one_and_are_ranked_by_their_harmonic_mean(score):
    scores = score([position()], [talent(), talent(8, field_codes=["C141"], skills=["烘焙"])])
    assert np.all((scores.asking > 0) & (scores.asking < 1) & (scores.answering > 0) & (scores.answering < 1))
    assert scores.score == pytest.approx(2 * scores.asking * scores.answering / (scores.asking + scores.answering))
    assert scores.score[0] > 2 * scores.score[1]


def test_whoever_asks_the_pair_has_one_score(score):
    positions = [position(), position(2, region_code="430121", skills=["电镀工艺"]), position(3, salary_high_wan=None)]
    talents = [talent(), talent(2, skills=["良率", "压合"]), talent(3, place_strictness="any")]
    by_position = [score([one], talents).score for one in positions]
    by_talent = [score(positions, [one]).score for one in talents]
    row_by_row = score(positions, talents).score
    assert np.array(by_position) == pytest.approx(np.array(by_talent).T)
    assert np.diag(by_position) == pytest.approx(row_by_row)


@pytest.mark.parametrize("field", sorted(TALENT))
def test_leaving_an_answer_out_lifts_no_talent(score, field):
    scores = score([position()], [talent(), talent(8, **{field: None})])
    assert scores.score[1] <= scores.score[0]
    assert scores.certainty[1] <= scores.certainty[0]


@pytest.mark.parametrize("field", sorted(POSITION))
def test_leaving_an_answer_out_lifts_no_position(score, field):
    scores = score([position(), position(9, **{field: None})], [talent()])
    assert scores.score[1] <= scores.score[0]
    assert scores.certainty[1] <= scores.certainty[0]


def test_an_empty_profile_earns_nothing_and_is_not_certain(score):
    scores = score([position()], [Item("talent", "talent:9", "", {})])
    assert all(part.at(0).value == 0 for part in scores.parts)
    assert scores.certainty[0] == 0


@pytest.mark.parametrize(
    ("asked", "own", "name", "value"),
    [
        ({"salary_high_wan": 34.0}, {}, "salary", 0.0),
        ({"salary_high_wan": None, "salary_low_wan": 35.0}, {}, "salary", 0.45),
        ({"salary_high_wan": None, "salary_low_wan": 34.0}, {}, "salary", 0.0),
        ({"education_required": Education.DOCTOR}, {}, "education", 0.0),
        ({"years_required": 13}, {}, "years", 0.0),
        ({"start_on": dt.date(2026, 12, 31)}, {}, "start", 0.0),
        ({}, {"place_strictness": "any", "target_prefecture_codes": None}, "wanted_place", 0.8),
        ({"region_code": "430121"}, {}, "wanted_place", 0.0),
        ({"region_code": "430121"}, {"current_city_code": "430100"}, "travel", 1.0),
        ({}, {"field_codes": ["C3974"]}, "field", 0.35),
        ({"field_codes": ["C141", "C398"]}, {}, "field", 0.9 * 0.85),
        ({}, {"ways_of_coming": ["full_time"]}, "way", 0.0),
        ({}, {"ways_of_coming": ["full_time"]}, "months", 0.0),
        ({"housing_offered": "no"}, {}, "housing", 0.0),
        ({"employer_type": "university"}, {}, "employer", 0.0),
    ],
)
def test_the_curves_at_their_edges(score, asked, own, name, value):
    assert score([position(**asked)], [talent(**own)]).by_name[name].at(0).value == pytest.approx(value)


def test_a_slider_weighs_one_group_and_moves_the_order(score):
    rich, near = talent(1, salary_expected_wan=20.0, current_city_code="441900"), talent(2, salary_expected_wan=39.0)
    plain = score([position()], [rich, near])
    by_salary = score([position()], [rich, near], {"salary": 0.0})
    assert plain.score[0] > plain.score[1]
    assert by_salary.score[0] < by_salary.score[1]
    names = {group.name for groups in GROUPS.values() for group in groups}
    assert {part.group for part in plain.parts} == names
    assert len(names) == 14


def test_exchanging_what_may_never_count_changes_nothing(score, check):
    def matched(**protected):
        own = of_posting(TalentProfile(**{**TALENT, **protected}))
        gates = [gate.as_json() for gate in check(position(), own)]
        return own.facts, gates, score([position()], [own]).at(0)

    young = matched(birth_year=1999, identity=Identity.MAINLAND, household_size=0)
    old = matched(birth_year=1951, identity=Identity.HONG_KONG, household_size=6)
    assert young == old
    assert not {"birth_year", "identity", "household_size"} & set(young[0])
    assert {"birth_year", "identity", "household_size"} == NEVER_READ


def test_a_hundred_thousand_talents_are_scored_at_once(reference, today):
    some = Side.of("talent", [talent(1), talent(2, skills=["良率", "电镀工艺"], languages=["english"])], reference)
    many = some.take(np.random.default_rng(1).integers(0, 2, 100_000))
    asking = Side.of("position", [position()], reference)
    score_people(asking, many, reference, today)
    started = time.perf_counter()
    scores = score_people(asking, many, reference, today)
    # A hundred times what it takes on an idle machine would be a loop over rows.
    assert time.perf_counter() - started < 1
    assert len(scores.score) == 100_000
