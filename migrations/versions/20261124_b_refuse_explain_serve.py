"""Refuse, explain, serve both sides: rules as dated data, kept matches, what was shown, learned, and measured.

Revision ID: 20261124b
Revises: 20261124

Every part below only adds tables, columns and indexes, so the old code runs beside it.
"""

import sqlalchemy as sa  # noqa: F401 - each part below names its types with it
from alembic import op  # noqa: F401 - and its operations with it

revision = "20261124b"
down_revision = "20261124"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the parts in the order of their references."""
    _add_matches()


def downgrade() -> None:
    """Take the parts away, the last first."""
    _drop_matches()


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
        sa.ForeignKeyConstraint(
            ["asking_id"], ["posting.id"], name=op.f("fk__match__asking_id"), ondelete="CASCADE"
        ),
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
