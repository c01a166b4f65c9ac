"""Learning from answers: too few teach nothing, enough find what people go by, and nothing is learned below zero."""

import datetime as dt

import numpy as np
import pytest

from matchmaker.recommender.learning import LEAST_LABELS, Answer, stacked, train
from matchmaker.recommender.likeness import Likenesses
from matchmaker.recommender.parts import Part, Scores

START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def scores(values: dict[str, np.ndarray], score: np.ndarray) -> Scores:
    """Make the scores of some pairs from parts that are all known."""
    known = np.ones(len(score), bool)
    parts = tuple(
        Part(name, name, "asking", "industry", 1.0, column.astype(np.float32), known, "", "")
        for name, column in values.items()
    )
    flat = np.zeros(len(score), np.float32)
    return Scores(score, score, score, flat, parts, np.zeros(len(score), bool), flat, lambda row: Likenesses())


@pytest.fixture
def market():
    """People go by rent alone and run away from the large parks, while the order that stands goes by trade alone."""
    chance = np.random.default_rng(3)
    values = {name: chance.random(600) for name in ("trade", "rent", "size")}
    truth = chance.random(600) < 1 / (1 + np.exp(-(6 * values["rent"] - 3 * values["size"] - 1.5)))
    answers = [
        Answer(f"need:{number % 60}", bool(truth[number]), START + dt.timedelta(hours=number)) for number in range(600)
    ]
    return answers, scores(values, values["trade"].astype(np.float32))


def test_three_hundred_answers_are_the_least_to_learn_from(market) -> None:
    answers, found = market
    rows = np.arange(LEAST_LABELS - 1)
    few = scores({part.name: part.values[rows] for part in found.parts}, found.score[rows])
    assert train(answers[: LEAST_LABELS - 1], few) is None


def test_what_people_go_by_is_found_and_does_better_on_needs_and_days_that_it_has_not_seen(market) -> None:
    trained = train(*market)
    assert trained is not None
    assert trained.labels == 600
    assert trained.tested_on < 100
    assert trained.learned_auc > trained.unlearned_auc + 0.1
    weights = trained.learned.coefficients
    assert weights["rent"] == max(weights.values()) > 1


def test_no_weight_is_below_zero_so_that_a_fact_added_never_costs_a_place(market) -> None:
    trained = train(*market)
    assert trained is not None
    assert min(trained.learned.coefficients.values()) == 0


def test_answers_that_all_say_the_same_teach_nothing(market) -> None:
    answers, found = market
    assert train([Answer(answer.subject, True, answer.at) for answer in answers], found) is None


def test_needs_and_positions_are_put_under_each_other_by_what_they_are_judged_by() -> None:
    """Positions look at salaries, needs don't; both look at the field."""
    positions = scores({"field": np.array([0.1, 0.2]), "salary": np.array([0.3, 0.4])}, np.array([0.5, 0.6]))
    needs = scores({"same_city": np.array([1.0]), "field": np.array([0.7])}, np.array([0.8]))

    both = stacked([positions, needs])
    columns = {name: np.round(part.by_row, 3).tolist() for name, part in both.by_name.items()}
    assert {name: pytest.approx(column) for name, column in columns.items()} == {
        "field": [0.1, 0.2, 0.7],
        "salary": [0.3, 0.4, 0],
        "same_city": [0, 0, 1],
    }
    assert both.score.tolist() == [0.5, 0.6, 0.8]
