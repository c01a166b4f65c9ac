"""Every sentence holds: on the sample market, taking a cited fact away moves the score as the sentence says."""

from pathlib import Path

import pytest
from sqlalchemy import select

from matchmaker.database import Database
from matchmaker.recommender.evaluation.deletion import Deletion, deletion
from matchmaker.recommender.facts import TABLES, load_parks, load_postings
from matchmaker.recommender.reference import load_reference
from matchmaker.services import reference, samples
from models import Base, today

REFERENCE = Path(__file__).parents[4] / "reference"


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Deletion:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('samples') / 'market.db'}")
    Base.metadata.create_all(database.engine)
    with database.writing() as session:
        reference.load(session, REFERENCE)
        session.commit()
        samples.load(session)
    with database.reading() as session:
        # Without a model, as the words alone must hold too; whoever runs `flask evaluate` has the model.
        known, parks = load_reference(session, None, None), load_parks(session)
        items = {
            kind: load_postings(session, kind, session.scalars(select(table.id)), parks)
            for kind, table in TABLES.items()
        }
    database.engine.dispose()
    return deletion(items, known, parks, today(), samples=200)


def test_the_score_moves_as_sentences_say(measured):
    assert len(measured.samples) == 200
    assert measured.share >= 0.95, measured.as_json()["failures"]


def test_reasons_and_gaps_of_all_kinds_of_pairs_were_tried(measured):
    assert {sample.sentence.kind for sample in measured.samples} == {"reason", "short", "unknown"}
    assert {sample.asking.partition(":")[0] for sample in measured.samples} == {"need", "position"}
    assert {sample.answering.partition(":")[0] for sample in measured.samples} >= {"offer", "talent"}


def test_no_reason_cites_what_nobody_states(measured):
    assert not measured.absent
