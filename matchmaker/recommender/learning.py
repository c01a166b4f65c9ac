"""Learn the weights of the criteria from what people answered: interest, refusal with a reason, acceptance.

Nothing else is a label: that somebody didn't click says nothing about a pair. A weight is never below zero, so that a
fact that is added still never costs a place. Whether learning helps is measured on subjects that it hasn't seen, and on
answers later than all that it has.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from matchmaker.recommender.frame import Floats
from matchmaker.recommender.parts import Numbers, Scores

LEAST_LABELS = 300
HELD_OUT = 0.25  # of the subjects, and of the time
SEED = 20261124


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """One answer about a pair: who asked in it, what was said, and when."""

    subject: str
    is_positive: bool
    at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class Learned:
    """Weights by the name of the criterion."""

    coefficients: Mapping[str, float]
    intercept: float

    def order(self, scores: Scores) -> Floats:
        """Return how likely each row is to be answered well, which is what it is ranked by."""
        total = np.full(1, self.intercept)
        for part in scores.parts:
            weight = self.coefficients.get(part.name, 0.0)
            if weight:
                total = total + weight * np.asarray(part.by_row, np.float64)
        likely: Floats = 1 / (1 + np.exp(-total))
        return likely


@dataclasses.dataclass(frozen=True, slots=True)
class Trained:
    """What was learned from all answers, and how an order learned from a part of them did on the rest."""

    learned: Learned
    labels: int
    positive: int
    learned_auc: float
    unlearned_auc: float
    tested_on: int


def train(answers: Sequence[Answer], scores: Scores) -> Trained | None:
    """Learn from answers, row by row with the scores of their pairs; None while there are too few to learn from."""
    truth = np.array([answer.is_positive for answer in answers], bool)
    if len(truth) < LEAST_LABELS or truth.all() or not truth.any():
        return None
    names = sorted({part.name for part in scores.parts})
    columns = [np.broadcast_to(scores.by_name[name].by_row, truth.shape) for name in names]
    values = np.column_stack(columns).astype(np.float64)
    train_rows, test_rows = _parted(answers)
    if not _tells(truth[train_rows]) or not _tells(truth[test_rows]):
        return None
    trial = _fitted(names, values[train_rows], truth[train_rows])
    tested = values[test_rows] @ np.array([trial.coefficients[name] for name in names])
    bare = np.broadcast_to(scores.score, truth.shape)[test_rows]
    return Trained(
        _fitted(names, values, truth),
        len(truth),
        int(truth.sum()),
        float(roc_auc_score(truth[test_rows], tested)),
        float(roc_auc_score(truth[test_rows], bare)),
        len(test_rows),
    )


def stacked(groups: Sequence[Scores]) -> Scores:
    """Put the scores of several groups of pairs under each other; a part that a group hasn't is worth nothing there."""
    if len(groups) == 1:
        return groups[0]
    lengths = [len(group.score) for group in groups]
    first = {name: part for group in reversed(groups) for name, part in group.by_name.items()}

    def column(name: str) -> Numbers:
        own = [group.by_name[name].by_row if name in group.by_name else np.zeros(1, np.float32) for group in groups]
        return np.concatenate([np.broadcast_to(row, length) for row, length in zip(own, lengths, strict=True)])

    known = np.ones(sum(lengths), bool)
    return dataclasses.replace(
        groups[0],
        asking=np.concatenate([group.asking for group in groups]),
        answering=np.concatenate([group.answering for group in groups]),
        score=np.concatenate([group.score for group in groups]),
        certainty=np.concatenate([group.certainty for group in groups]),
        parts=tuple(
            dataclasses.replace(part, values=column(name), known=known, entry=None) for name, part in first.items()
        ),
    )


def _tells(truth: NDArray[np.bool_]) -> bool:
    return bool(truth.any()) and not bool(truth.all())


def _parted(answers: Sequence[Answer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Hold back a part of the subjects, and test only on their answers from the last part of the time."""
    subjects = sorted({answer.subject for answer in answers})
    chance = np.random.default_rng(SEED)
    held = set(chance.permutation(np.array(subjects, object))[: max(1, round(HELD_OUT * len(subjects)))])
    moments = sorted(answer.at for answer in answers)
    since = moments[int((1 - HELD_OUT) * len(moments))]
    rows = range(len(answers))
    train_rows = [row for row in rows if answers[row].subject not in held and answers[row].at < since]
    test_rows = [row for row in rows if answers[row].subject in held and answers[row].at >= since]
    return np.array(train_rows, np.int64), np.array(test_rows, np.int64)


def _fitted(names: Sequence[str], values: Floats, truth: NDArray[np.bool_]) -> Learned:
    """Fit, leave out what would get a weight below zero, and fit the rest again."""
    kept = list(range(len(names)))
    while True:
        model = LogisticRegression(C=1.0, max_iter=1000).fit(values[:, kept], truth)
        weights = model.coef_[0]
        if (weights >= 0).all() or not kept:
            break
        kept = [at for at, weight in zip(kept, weights, strict=True) if weight >= 0]
        if not kept:
            return Learned(dict.fromkeys(names, 0.0), 0.0)
    found = dict.fromkeys(names, 0.0)
    found |= {names[at]: float(weight) for at, weight in zip(kept, weights, strict=True)}
    return Learned(found, float(model.intercept_[0]))
