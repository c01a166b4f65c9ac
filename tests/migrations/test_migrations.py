"""Migrations go up, down and up again with rows in the tables, end at one head, and make what the models say."""

import re

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import exists, func, inspect, select
from sqlalchemy.orm import Session

from matchmaker import schema
from matchmaker.config import ROOT
from matchmaker.database import Database
from models import (
    AuditEvent,
    Base,
    ChemicalArea,
    ExposurePrice,
    FairCompetitionDecision,
    Interest,
    Match,
    OutboxEntry,
    ParkOffer,
    Posting,
    QualityReport,
    RankingModel,
    RelocationNeed,
    RestrictedEntry,
    SitingArea,
    SitingRule,
    Slate,
)
from models.vocabulary import (
    AreaType,
    ChemicalAreaStatus,
    Coverage,
    Evidence,
    PromiseDecision,
    PromiseLabel,
    RestrictedDecision,
    RuleKind,
    Verdict,
)
from tests import factories
from tests.cast import Cast, assemble

# The tables that stand beside the market since the matching refuses and explains.
ADDED = {
    "siting_rule", "restricted_entry", "siting_area", "chemical_area", "match", "slate", "ranking_model",
    "exposure_price", "quality_report", "fair_competition_decision",
}  # fmt: skip
VERSIONS = sorted((ROOT / "migrations" / "versions").glob("*.py"))


def test_the_history_has_one_head_and_one_beginning() -> None:
    """Two heads would leave it open what a database is to become."""
    history = ScriptDirectory(str(ROOT / "migrations"))
    assert len(history.get_heads()) == 1
    assert len(history.get_bases()) == 1


def test_every_migration_is_named_by_its_day_and_what_it_does() -> None:
    """A folder of migrations reads like a diary."""
    assert VERSIONS
    for path in VERSIONS:
        assert re.fullmatch(r"20\d{6}_[a-z0-9_]+\.py", path.name), path.name


def test_no_migration_imports_the_models() -> None:
    """An old migration must run when the models have moved on."""
    for path in VERSIONS:
        assert not re.search(r"^\s*(from|import) (models|search|matchmaker)\b", path.read_text(), re.MULTILINE), (
            path.name
        )


def test_the_tables_are_what_the_models_say(database: Database) -> None:
    """`alembic check` finds nothing to do."""
    assert schema.current(database) == schema.head()
    assert schema.differences(database) == []


@pytest.mark.sqlite_only
def test_a_table_that_strayed_is_named(database: Database) -> None:
    """The comparison sees a column too many, one too few, and one of another type."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE zone ADD COLUMN stray INTEGER")
        connection.exec_driver_sql("ALTER TABLE zone DROP COLUMN basis")
        connection.exec_driver_sql("ALTER TABLE user_account DROP COLUMN last_visit_at")
        connection.exec_driver_sql("ALTER TABLE user_account ADD COLUMN last_visit_at VARCHAR(3)")
    said = "\n".join(schema.differences(database))
    assert all(name in said for name in ("stray", "basis", "last_visit_at"))


def test_a_market_with_rows_goes_down_and_up_again(database: Database, session: Session, cast: Cast) -> None:
    """Every step back and forth passes with rows in every table that a story fills."""
    need = factories.published(factories.need(cast.owner, cast.enterprise))
    offer = factories.published(factories.offer(cast.manager, cast.park, cast.authority))
    session.add_all([need, offer, factories.talent(cast.talent), factories.position(cast.owner, cast.enterprise)])
    session.flush()
    session.add(
        Interest(
            posting_id=offer.id,
            about_id=need.id,
            sender_id=cast.owner.id,
            organisation_id=cast.enterprise.id,
            message="想看厂房",
            expires_on=need.expires_on,
        )
    )
    session.add(AuditEvent.of(cast.owner, "posting.published", "posting", need.id))
    session.add_all(_kept_and_judged(need, offer, cast))
    session.commit()
    filled = {
        table.name for table in Base.metadata.sorted_tables if session.scalar(select(exists().select_from(table)))
    }
    assert filled >= ADDED
    session.close()

    for revision in reversed(_revisions()):
        schema.downgrade(database, revision)
    schema.downgrade(database, "base")
    left = set(inspect(database.engine).get_table_names()) - {"alembic_version"}
    assert left == set()

    for revision in _revisions():
        schema.upgrade(database, revision)
    assert schema.differences(database) == []
    with database.writing() as again:
        assemble(again)
        assert again.scalar(select(func.count()).select_from(Posting)) == 3


def _kept_and_judged(need: RelocationNeed, offer: ParkOffer, cast: Cast) -> list[Base]:
    """Make a row of every kind that was added beside the market: what is kept of it, shown, learned and decided."""
    dated = {"document": "文件", "confidence": "H", "evidence": Evidence.PAGE}
    titles = {"title": "余量", "title_hant": "餘量", "title_en": "Spare"}
    sides = {"asking_id": need.id, "answering_key": offer.search_id, "answering_id": offer.id}
    versions = {"asking_version": need.version, "answering_version": offer.version, "engine_version": "1"}
    figures = {"asking_side": 0.5, "answering_side": 0.5, "score": 0.5, "certainty": 0.5}
    return [
        SitingRule(rule="HC12", version=1, kind=RuleKind.PHYSICAL, **titles, **dated),
        SitingRule(rule="HC12", version=2, kind=RuleKind.PHYSICAL, **titles, **dated),
        RestrictedEntry(
            id="RI001", rule="HC1", restriction_class="淘汰类", condition="条件", industry_codes=["C3982"], **dated,
            decision=RestrictedDecision.FAILS,
        ),
        SitingArea(
            id="A1", type=AreaType.GREEN_HEART, county_code=cast.park.county_code, coverage=Coverage.PART, **dated
        ),
        ChemicalArea(
            id="CA01", name="片区", county_code=cast.park.county_code, status=ChemicalAreaStatus.RECOGNISED, **dated
        ),
        Match(pairing="need-offer", verdict=Verdict.PASSES, asking_rank=1, **sides, **versions, **figures),
        Slate(posting_id=need.id, policy="match", entries=[[1, offer.search_id, 50.0]]),
        RankingModel(
            pairing="premises", number=1, labels=300, positive=100, coefficients={"rent": 1.0}, intercept=0.0,
            learned_auc=0.7, unlearned_auc=0.6, tested_on=30, changed_by_id=cast.reviewer.id,
        ),
        ExposurePrice(key=offer.search_id, price=0.1, before=2.0, after=1.0),
        QualityReport(name="market", engine_version="1", figures={"gain": 0.1}),
        FairCompetitionDecision(
            posting_id=offer.id, posting_version=offer.version, kind="tax", label=PromiseLabel.NEEDS_REVIEW,
            field="incentives", clause="租金减半", clause_key="k", reviewer_id=cast.reviewer.id,
            decision=PromiseDecision.CLEARED, words="公开招租，统一办法。",
        ),
    ]  # fmt: skip


def test_going_down_and_up_by_the_newest_step_keeps_the_rows_of_the_others(
    database: Database, session: Session, cast: Cast
) -> None:
    """Who only takes back the newest migration loses nothing that stood before it."""
    session.add(factories.need(cast.owner, cast.enterprise))
    session.commit()
    before = session.scalar(select(func.count()).select_from(RelocationNeed))
    session.close()
    revisions = _revisions()
    if len(revisions) > 1:
        schema.downgrade(database, revisions[-2])
        schema.upgrade(database)
    with database.reading() as again:
        assert again.scalar(select(func.count()).select_from(RelocationNeed)) == before


def test_foreign_keys_are_kept_again_after_a_migration(database: Database) -> None:
    """SQLite's switch, off while tables are copied, is on again for whoever gets the connection next."""
    schema.upgrade(database)
    if database.engine.dialect.name == "sqlite":
        with database.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_upgrading_twice_changes_nothing(database: Database, session: Session, cast: Cast) -> None:
    """The server migrates at every start, so that must be safe."""
    rows = session.scalar(select(func.count()).select_from(OutboxEntry))
    session.close()
    schema.upgrade(database)
    with database.reading() as again:
        assert again.scalar(select(func.count()).select_from(OutboxEntry)) == rows
    assert set(Base.metadata.tables) <= set(inspect(database.engine).get_table_names())


def _revisions() -> list[str]:
    history = ScriptDirectory(str(ROOT / "migrations"))
    return [script.revision for script in reversed(list(history.walk_revisions()))]
