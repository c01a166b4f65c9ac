<%!
def only_commands(body):
    """Drop the lines in which Alembic talks about itself."""
    return "\n".join(line for line in body.split("\n") if not line.strip().startswith("# ###")).strip()
%>\
"""${message[:1].upper() + message[1:]}.

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}

Rules for a migration:
- It does one thing, and its name says which.
- It runs beside the old code: a column or table is added in one release and removed in a later one; a new column
  may be empty or has a server default; nothing is renamed.
- It never imports `models`: it must still run when they have changed. Types are plain `sa.` types.
- It goes up and down with rows in the tables, on SQLite and on PostgreSQL: `make test` tries it.
- There is one head. If yours forked, change your `down_revision`; never merge two heads.
- Postings are never changed in bulk behind the outbox's back; where rows must change, say so in the docstring and
  run `flask search reconcile` afterwards.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${only_commands(upgrades) if upgrades else "pass"}


def downgrade() -> None:
    ${only_commands(downgrades) if downgrades else "pass"}
