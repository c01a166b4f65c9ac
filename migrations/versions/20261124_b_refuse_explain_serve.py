"""Refuse, explain, serve both sides: rules as dated data, kept matches, what was shown, learned, and measured.

Revision ID: 20261124b
Revises: 20261124

Every part below only adds tables, columns and indexes, so that the old code runs beside it; but for the rules, whose
table has another key now and is filled anew.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261124b"
down_revision = "20261124"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the parts in the order of their references."""
    _add_rules()
    _add_siting_facts()
    _add_matches()
    _add_exposure()
    _add_learning()
    _add_quality()
    _add_fair_competition()


def downgrade() -> None:
    """Take the parts away, the last first."""
    _drop_fair_competition()
    _drop_quality()
    _drop_learning()
    _drop_exposure()
    _drop_matches()
    _drop_siting_facts()
    _drop_rules()


def _add_matches() -> None:
    op.create_table(
        "match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pairing", sa.String(length=20), nullable=False),
        sa.Column("asking_id", sa.Integer(), nullable=False),
        sa.Column("answering_key", sa.String(length=40), nullable=False),
        sa.Column("answering_id", sa.Integer(), nullable=True),
        sa.Column("park_code", sa.String(length=12), nullable=True),
        sa.Column("asking_side", sa.Float(), nullable=False),
        sa.Column("answering_side", sa.Float(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("certainty", sa.Float(), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("asking_rank", sa.Integer(), nullable=True),
        sa.Column("answering_rank", sa.Integer(), nullable=True),
        sa.Column("failed", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("asking_version", sa.BigInteger(), nullable=False),
        sa.Column("answering_version", sa.BigInteger(), nullable=False),
        sa.Column("engine_version", sa.String(length=40), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["asking_id"], ["posting.id"], name=op.f("fk__match__asking_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["answering_id"], ["posting.id"], name=op.f("fk__match__answering_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["park_code"], ["park.code"], name=op.f("fk__match__park_code"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__match")),
        sa.UniqueConstraint("asking_id", "answering_key", name=op.f("uq__match__asking_id_answering_key")),
    )
    op.create_index("ix__match__asking_rank", "match", ["asking_id", "asking_rank"])
    op.create_index("ix__match__answering_rank", "match", ["answering_id", "answering_rank"])
    op.create_index("ix__match__park_rank", "match", ["park_code", "answering_rank"])
    op.create_index(op.f("ix__match_first_seen_at"), "match", ["first_seen_at"])
    # Whoever keeps a copy of the market asks for what changed since.
    op.create_index("ix__posting__updated_at", "posting", ["updated_at"])


def _drop_matches() -> None:
    op.drop_index("ix__posting__updated_at", "posting")
    op.drop_table("match")


def _add_rules() -> None:
    # The table holds nothing but reference data, which the next start loads again, and its key is another now.
    op.drop_table("siting_rule")
    op.create_table(
        "siting_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("title_hant", sa.String(length=60), nullable=False),
        sa.Column("title_en", sa.String(length=120), nullable=False),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.Column("issuer", sa.String(length=120), nullable=True),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("reads", sa.JSON(), nullable=False),
        sa.Column("exceptions", sa.JSON(), nullable=False),
        sa.Column("other_sources", sa.JSON(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        *_dates_and_source(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__siting_rule")),
        sa.UniqueConstraint("rule", "version", name=op.f("uq__siting_rule__rule_version")),
    )
    op.create_table(
        "restricted_entry",
        sa.Column("id", sa.String(length=8), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column("restriction_class", sa.String(length=40), nullable=False),
        sa.Column("industry_codes", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("deciding_words", sa.JSON(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("applies_to", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("article", sa.String(length=60), nullable=True),
        *_dates_and_source(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__restricted_entry")),
    )
    op.create_index(op.f("ix__restricted_entry_rule"), "restricted_entry", ["rule"])
    op.create_table(
        "siting_area",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("coverage", sa.String(length=40), nullable=False),
        sa.Column("townships", sa.JSON(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("detail", sa.String(length=200), nullable=True),
        *_dates_and_source(),
        sa.ForeignKeyConstraint(["county_code"], ["region.code"], name=op.f("fk__siting_area__county_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__siting_area")),
    )
    op.create_index(op.f("ix__siting_area_type"), "siting_area", ["type"])
    op.create_index(op.f("ix__siting_area_county_code"), "siting_area", ["county_code"])
    op.create_table(
        "chemical_area",
        sa.Column("id", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("zone_name", sa.String(length=80), nullable=True),
        sa.Column("park_code", sa.String(length=12), nullable=True),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("area_ha", sa.Float(), nullable=True),
        sa.Column("excludes_shoreline", sa.Boolean(), nullable=True),
        *_dates_and_source(),
        sa.ForeignKeyConstraint(["park_code"], ["park.code"], name=op.f("fk__chemical_area__park_code")),
        sa.ForeignKeyConstraint(["county_code"], ["region.code"], name=op.f("fk__chemical_area__county_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__chemical_area")),
    )
    op.create_index(op.f("ix__chemical_area_park_code"), "chemical_area", ["park_code"])
    op.create_index(op.f("ix__chemical_area_county_code"), "chemical_area", ["county_code"])


def _dates_and_source() -> list[sa.Column[Any]]:
    return [
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("in_force_from_precision", sa.String(length=40), nullable=False),
        sa.Column("in_force_to", sa.Date(), nullable=True),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=True),
        sa.Column("evidence", sa.String(length=40), nullable=False),
        sa.Column("confidence", sa.String(length=1), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
    ]


def _drop_rules() -> None:
    for table in ("chemical_area", "siting_area", "restricted_entry", "siting_rule"):
        op.drop_table(table)
    op.create_table(
        "siting_rule",
        sa.Column("id", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("title_en", sa.String(length=120), nullable=False),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("in_force_to", sa.Date(), nullable=True),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.String(length=1), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__siting_rule")),
    )


SITING_FACTS: dict[str, dict[str, sa.types.TypeEngine[Any]]] = {
    "relocation_need": {"heavy_metal_ratio": sa.Numeric(precision=16, scale=4)},
    "park_offer": {
        "shoreline_accuracy_m": sa.Numeric(precision=16, scale=4),
        "water_protection_zone": sa.String(length=40),
        "nature_reserve_zone": sa.String(length=40),
        "green_heart_zone": sa.String(length=40),
        "access_list_source": sa.String(length=200),
        "access_list_valid_to": sa.Date(),
        "access_banned_codes": sa.JSON(),
        "access_restricted_codes": sa.JSON(),
        "county_list_source": sa.String(length=200),
        "county_banned_codes": sa.JSON(),
        "county_restricted_codes": sa.JSON(),
    },
}


def _add_siting_facts() -> None:
    for table, columns in SITING_FACTS.items():
        for name, type_ in columns.items():
            op.add_column(table, sa.Column(name, type_, nullable=True))


def _drop_siting_facts() -> None:
    for table, columns in SITING_FACTS.items():
        for name in columns:
            op.drop_column(table, name)


def _add_quality() -> None:
    op.create_table(
        "quality_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("engine_version", sa.String(length=40), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__quality_report")),
    )
    op.create_index("ix__quality_report__name_made_at", "quality_report", ["name", "made_at"])


def _drop_quality() -> None:
    op.drop_table("quality_report")


def _add_fair_competition() -> None:
    op.create_table(
        "fair_competition_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("posting_version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("clause_key", sa.String(length=64), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name=op.f("fk__fair_competition_decision__posting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["user_account.id"], name=op.f("fk__fair_competition_decision__reviewer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__fair_competition_decision")),
    )
    op.create_index(
        "ix__fair_competition_decision__clause", "fair_competition_decision", ["posting_id", "clause_key", "kind"]
    )
    op.create_index(op.f("ix__fair_competition_decision_reviewer_id"), "fair_competition_decision", ["reviewer_id"])


def _drop_fair_competition() -> None:
    op.drop_table("fair_competition_decision")


def _add_exposure() -> None:
    op.create_table(
        "exposure_price",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("price", sa.Float(), nullable=False),
        sa.Column("before", sa.Float(), nullable=False),
        sa.Column("after", sa.Float(), nullable=False),
        sa.Column("capacity", sa.Float(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk__exposure_price")),
    )
    op.create_index(op.f("ix__exposure_price_made_at"), "exposure_price", ["made_at"])


def _drop_exposure() -> None:
    op.drop_table("exposure_price")


def _add_learning() -> None:
    op.create_table(
        "slate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("policy", sa.String(length=40), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk__slate__posting_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__slate")),
    )
    op.create_index(op.f("ix__slate_posting_id"), "slate", ["posting_id"])
    op.create_index(op.f("ix__slate_shown_at"), "slate", ["shown_at"])
    op.create_table(
        "ranking_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pairing", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("trained_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("labels", sa.Integer(), nullable=False),
        sa.Column("positive", sa.Integer(), nullable=False),
        sa.Column("coefficients", sa.JSON(), nullable=False),
        sa.Column("intercept", sa.Float(), nullable=False),
        sa.Column("learned_auc", sa.Float(), nullable=False),
        sa.Column("unlearned_auc", sa.Float(), nullable=False),
        sa.Column("tested_on", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user_account.id"], name=op.f("fk__ranking_model__changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__ranking_model")),
        sa.UniqueConstraint("pairing", "number", name=op.f("uq__ranking_model__pairing_number")),
    )
    op.create_index(op.f("ix__ranking_model_changed_at"), "ranking_model", ["changed_at"])


def _drop_learning() -> None:
    op.drop_table("ranking_model")
    op.drop_table("slate")
