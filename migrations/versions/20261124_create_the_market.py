"""Create the market.

Revision ID: 20261124
Revises:

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

revision = "20261124"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "furong_category",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("definition", sa.Text(), nullable=True),
        sa.Column("age_limit", sa.Integer(), nullable=True),
        sa.Column("age_limit_verified", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk__furong_category")),
    )
    op.create_table(
        "industry",
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("parent_code", sa.String(length=5), nullable=True),
        sa.ForeignKeyConstraint(["parent_code"], ["industry.code"], name=op.f("fk__industry__parent_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk__industry")),
    )
    with op.batch_alter_table("industry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__industry_parent_code"), ["parent_code"], unique=False)

    op.create_table(
        "industry_term",
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk__industry_term")),
    )
    op.create_table(
        "outbox_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("deleted_version", sa.BigInteger(), nullable=True),
        sa.Column("enqueued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__outbox_entry")),
    )
    with op.batch_alter_table("outbox_entry", schema=None) as batch_op:
        batch_op.create_index("ix__outbox_entry__due", ["parked_at", "not_before"], unique=False)
        batch_op.create_index(batch_op.f("ix__outbox_entry_subject"), ["subject"], unique=False)

    op.create_table(
        "policy_document",
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("issuer", sa.String(length=80), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk__policy_document")),
    )
    op.create_table(
        "region",
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("short_name", sa.String(length=20), nullable=False),
        sa.Column("parent_code", sa.String(length=6), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("is_gba", sa.Boolean(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("gdp_yi", sa.Float(), nullable=True),
        sa.Column("gdp_year", sa.Integer(), nullable=True),
        sa.Column("gdp_source", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["parent_code"], ["region.code"], name=op.f("fk__region__parent_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk__region")),
    )
    with op.batch_alter_table("region", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__region_parent_code"), ["parent_code"], unique=False)

    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_hash", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__sign_in_attempt_account_hash"), ["account_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix__sign_in_attempt_address"), ["address"], unique=False)
        batch_op.create_index(batch_op.f("ix__sign_in_attempt_at"), ["at"], unique=False)

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
    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=True),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("last_visit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__user_account")),
        sa.UniqueConstraint("email", name=op.f("uq__user_account__email")),
    )
    op.create_table(
        "value_chain",
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("clause_id", sa.String(length=6), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk__value_chain")),
    )
    op.create_table(
        "zone",
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("industries", sa.JSON(), nullable=False),
        sa.Column("clause_id", sa.String(length=6), nullable=True),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk__zone")),
    )
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk__audit_event__actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__audit_event")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index("ix__audit_event__subject", ["subject_kind", "subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__audit_event_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__audit_event_at"), ["at"], unique=False)

    op.create_table(
        "auth_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk__auth_session__user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__auth_session")),
        sa.UniqueConstraint("key_hash", name=op.f("uq__auth_session__key_hash")),
    )
    with op.batch_alter_table("auth_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__auth_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("wording_version", sa.String(length=20), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk__consent__user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__consent_user_id"), ["user_id"], unique=False)

    op.create_table(
        "industry_neighbour",
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("neighbour_code", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(["code"], ["industry.code"], name=op.f("fk__industry_neighbour__code")),
        sa.ForeignKeyConstraint(
            ["neighbour_code"], ["industry.code"], name=op.f("fk__industry_neighbour__neighbour_code")
        ),
        sa.PrimaryKeyConstraint("code", "neighbour_code", name=op.f("pk__industry_neighbour")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("hong_kong_number", sa.String(length=20), nullable=True),
        sa.Column("macao_number", sa.String(length=20), nullable=True),
        sa.Column("region_code", sa.String(length=6), nullable=True),
        sa.Column("website", sa.String(length=200), nullable=True),
        sa.Column("introduction", sa.String(length=400), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk__organisation__region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__organisation")),
        sa.UniqueConstraint("hong_kong_number", name=op.f("uq__organisation__hong_kong_number")),
        sa.UniqueConstraint("macao_number", name=op.f("uq__organisation__macao_number")),
        sa.UniqueConstraint("uscc", name=op.f("uq__organisation__uscc")),
    )
    op.create_table(
        "policy_clause",
        sa.Column("id", sa.String(length=6), nullable=False),
        sa.Column("document_slug", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.String(length=6), nullable=True),
        sa.Column("task", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("domain", sa.String(length=20), nullable=False),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("capability", sa.String(length=200), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_slug"], ["policy_document.slug"], name=op.f("fk__policy_clause__document_slug")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["policy_clause.id"], name=op.f("fk__policy_clause__parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__policy_clause")),
    )
    with op.batch_alter_table("policy_clause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__policy_clause_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "travel_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_code", sa.String(length=6), nullable=False),
        sa.Column("to_code", sa.String(length=6), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.Float(), nullable=True),
        sa.Column("kilometres", sa.Float(), nullable=True),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("is_approximate", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.String(length=1), nullable=False),
        sa.ForeignKeyConstraint(["from_code"], ["region.code"], name=op.f("fk__travel_link__from_code")),
        sa.ForeignKeyConstraint(["to_code"], ["region.code"], name=op.f("fk__travel_link__to_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__travel_link")),
        sa.UniqueConstraint("from_code", "to_code", "mode", name=op.f("uq__travel_link__from_code_to_code_mode")),
    )
    with op.batch_alter_table("travel_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__travel_link_from_code"), ["from_code"], unique=False)

    op.create_table(
        "zone_member",
        sa.Column("zone_slug", sa.String(length=40), nullable=False),
        sa.Column("region_code", sa.String(length=6), nullable=False),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk__zone_member__region_code")),
        sa.ForeignKeyConstraint(
            ["zone_slug"], ["zone.slug"], name=op.f("fk__zone_member__zone_slug"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("zone_slug", "region_code", name=op.f("pk__zone_member")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk__membership__organisation_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk__membership__user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__membership")),
        sa.UniqueConstraint("user_id", "organisation_id", name=op.f("uq__membership__user_id_organisation_id")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__membership_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__membership_user_id"), ["user_id"], unique=False)

    op.create_table(
        "park",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("alias", sa.String(length=120), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("prefecture_code", sa.String(length=6), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("leading_industries", sa.JSON(), nullable=False),
        sa.Column("chemical_status", sa.String(length=40), nullable=False),
        sa.Column("chemical_as_of", sa.Date(), nullable=True),
        sa.Column("chemical_source", sa.String(length=300), nullable=True),
        sa.Column("customs_facilities", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("approved_area_ha", sa.Float(), nullable=True),
        sa.Column("area_basis", sa.String(length=200), nullable=True),
        sa.Column("is_enclave", sa.Boolean(), nullable=False),
        sa.Column("home_region_codes", sa.JSON(), nullable=False),
        sa.Column("host_park_code", sa.String(length=12), nullable=True),
        sa.Column("since", sa.String(length=20), nullable=True),
        sa.Column("confidence", sa.String(length=1), nullable=False),
        sa.Column("evidence", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("verification", sa.String(length=40), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["county_code"], ["region.code"], name=op.f("fk__park__county_code")),
        sa.ForeignKeyConstraint(["host_park_code"], ["park.code"], name=op.f("fk__park__host_park_code")),
        sa.ForeignKeyConstraint(["manager_id"], ["organisation.id"], name=op.f("fk__park__manager_id")),
        sa.ForeignKeyConstraint(["prefecture_code"], ["region.code"], name=op.f("fk__park__prefecture_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk__park")),
    )
    with op.batch_alter_table("park", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__park_county_code"), ["county_code"], unique=False)
        batch_op.create_index(batch_op.f("ix__park_manager_id"), ["manager_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__park_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix__park_prefecture_code"), ["prefecture_code"], unique=False)

    op.create_table(
        "posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name_is_public", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk__posting__organisation_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["user_account.id"], name=op.f("fk__posting__owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__posting")),
        sa.UniqueConstraint("form_key", name=op.f("uq__posting__form_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index("ix__posting__status_kind", ["status", "kind"], unique=False)
        batch_op.create_index(batch_op.f("ix__posting_expires_on"), ["expires_on"], unique=False)
        batch_op.create_index(batch_op.f("ix__posting_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__posting_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__posting_published_at"), ["published_at"], unique=False)

    op.create_table(
        "interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=True),
        sa.Column("park_code", sa.String(length=12), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("sender_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("decline_reason", sa.String(length=40), nullable=True),
        sa.Column("decline_words", sa.Text(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(posting_id IS NULL) <> (park_code IS NULL)", name=op.f("ck__interest__one_subject")),
        sa.ForeignKeyConstraint(["about_id"], ["posting.id"], name=op.f("fk__interest__about_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["answered_by_id"], ["user_account.id"], name=op.f("fk__interest__answered_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk__interest__organisation_id")),
        sa.ForeignKeyConstraint(["park_code"], ["park.code"], name=op.f("fk__interest__park_code")),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name=op.f("fk__interest__posting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sender_id"], ["user_account.id"], name=op.f("fk__interest__sender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__interest")),
        sa.UniqueConstraint("form_key", name=op.f("uq__interest__form_key")),
    )
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__interest_about_id"), ["about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__interest_expires_on"), ["expires_on"], unique=False)
        batch_op.create_index(batch_op.f("ix__interest_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__interest_park_code"), ["park_code"], unique=False)
        batch_op.create_index(batch_op.f("ix__interest_posting_id"), ["posting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__interest_sender_id"), ["sender_id"], unique=False)

    op.create_table(
        "park_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("park_code", sa.String(length=12), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("claimant_id", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["claimant_id"], ["user_account.id"], name=op.f("fk__park_claim__claimant_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user_account.id"], name=op.f("fk__park_claim__decided_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk__park_claim__organisation_id")),
        sa.ForeignKeyConstraint(["park_code"], ["park.code"], name=op.f("fk__park_claim__park_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__park_claim")),
    )
    with op.batch_alter_table("park_claim", schema=None) as batch_op:
        batch_op.create_index("ix__park_claim__status", ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix__park_claim_park_code"), ["park_code"], unique=False)

    op.create_table(
        "park_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("park_code", sa.String(length=12), nullable=True),
        sa.Column("welcomed_codes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("refused_codes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("products", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("service_type", sa.String(length=40), nullable=True),
        sa.Column("tenures", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("available_area_mu", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("largest_plot_mu", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("floor_area_sqm", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("largest_building_sqm", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("clear_height_m", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("floor_load_kn_sqm", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("available_on", sa.Date(), nullable=True),
        sa.Column("slots", sa.Integer(), nullable=True),
        sa.Column("power_spare_kva", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("dual_supply", sa.String(length=40), nullable=True),
        sa.Column("water_spare_m3_per_day", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("sewage_spare_m3_per_day", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("gas_spare_m3_per_day", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("spare_as_of", sa.Date(), nullable=True),
        sa.Column("power_upgrade_kva", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("power_upgrade_on", sa.Date(), nullable=True),
        sa.Column("sewage_upgrade_m3_per_day", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("sewage_upgrade_on", sa.Date(), nullable=True),
        sa.Column("gas_upgrade_m3_per_day", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("gas_upgrade_on", sa.Date(), nullable=True),
        sa.Column("dedicated_sewage_line", sa.String(length=40), nullable=True),
        sa.Column("workers_available", sa.Integer(), nullable=True),
        sa.Column("land_price_wan_per_mu", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("rent_yuan_per_sqm_month", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("power_price_yuan_per_kwh", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("price_valid_from", sa.Date(), nullable=True),
        sa.Column("price_source", sa.String(length=200), nullable=True),
        sa.Column("min_investment_per_mu_wan", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("min_tax_per_mu_wan", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("thresholds_can_be_waived", sa.String(length=40), nullable=True),
        sa.Column("thresholds_valid_from", sa.Date(), nullable=True),
        sa.Column("thresholds_valid_to", sa.Date(), nullable=True),
        sa.Column("thresholds_source", sa.String(length=200), nullable=True),
        sa.Column("customs_facilities", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("in_park_boundary", sa.String(length=40), nullable=True),
        sa.Column("in_chemical_area", sa.String(length=40), nullable=True),
        sa.Column("shoreline_class", sa.String(length=40), nullable=True),
        sa.Column("shoreline_distance_m", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("in_ecological_redline", sa.String(length=40), nullable=True),
        sa.Column("in_permanent_farmland", sa.String(length=40), nullable=True),
        sa.Column("in_water_protection_zone", sa.String(length=40), nullable=True),
        sa.Column("in_nature_reserve", sa.String(length=40), nullable=True),
        sa.Column("in_wetland", sa.String(length=40), nullable=True),
        sa.Column("in_green_heart", sa.String(length=40), nullable=True),
        sa.Column("listed_sectors", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("siting_as_of", sa.Date(), nullable=True),
        sa.Column("enclave_modes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("home_region_code", sa.String(length=6), nullable=True),
        sa.Column("enclave_term_years", sa.Integer(), nullable=True),
        sa.Column("annual_supply_t", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["posting.id"], name=op.f("fk__park_offer__id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["park_code"], ["park.code"], name=op.f("fk__park_offer__park_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__park_offer")),
    )
    with op.batch_alter_table("park_offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__park_offer_park_code"), ["park_code"], unique=False)

    op.create_table(
        "position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("field_codes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("skills", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("region_code", sa.String(length=6), nullable=True),
        sa.Column("employer_type", sa.String(length=40), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("education_required", sa.String(length=40), nullable=True),
        sa.Column("title_required", sa.String(length=40), nullable=True),
        sa.Column("skill_level_required", sa.String(length=40), nullable=True),
        sa.Column("licences_required", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("licence_origins_accepted", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("years_required", sa.Integer(), nullable=True),
        sa.Column("languages_required", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("ways_of_working", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("months_per_year", sa.Integer(), nullable=True),
        sa.Column("salary_low_wan", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("salary_high_wan", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("housing_offered", sa.String(length=40), nullable=True),
        sa.Column("supports_offered", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["posting.id"], name=op.f("fk__position__id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__position")),
    )
    op.create_table(
        "posting_clause",
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.String(length=6), nullable=False),
        sa.ForeignKeyConstraint(["clause_id"], ["policy_clause.id"], name=op.f("fk__posting_clause__clause_id")),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name=op.f("fk__posting_clause__posting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("posting_id", "clause_id", name=op.f("pk__posting_clause")),
    )
    with op.batch_alter_table("posting_clause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__posting_clause_clause_id"), ["clause_id"], unique=False)

    op.create_table(
        "posting_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name=op.f("fk__posting_version__posting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__posting_version")),
        sa.UniqueConstraint("posting_id", "version", name=op.f("uq__posting_version__posting_id_version")),
    )
    with op.batch_alter_table("posting_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__posting_version_posting_id"), ["posting_id"], unique=False)

    op.create_table(
        "relocation_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("industry_codes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("products", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("from_city_code", sa.String(length=6), nullable=True),
        sa.Column("investor_origin", sa.String(length=40), nullable=True),
        sa.Column("upstream_codes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("downstream_codes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("place_strictness", sa.String(length=40), nullable=True),
        sa.Column("target_prefecture_codes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("premises_needed_on", sa.Date(), nullable=True),
        sa.Column("production_start_on", sa.Date(), nullable=True),
        sa.Column("ports_needed", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("rail_city_code", sa.String(length=6), nullable=True),
        sa.Column("max_rail_hours", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("tenures", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("land_area_mu", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("accepts_split_plots", sa.String(length=40), nullable=True),
        sa.Column("floor_area_sqm", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("single_building_sqm", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("clear_height_m", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("floor_load_kn_sqm", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("plot_ratio", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("building_coefficient_percent", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("office_land_percent", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("power_kva", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("dual_supply_needed", sa.String(length=40), nullable=True),
        sa.Column("water_m3_per_day", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("sewage_m3_per_day", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("gas_m3_per_day", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("steam_t_per_hour", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("power_use_kwh_per_year", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("energy_use_tce", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("project_type", sa.String(length=40), nullable=True),
        sa.Column("adds_capacity", sa.String(length=40), nullable=True),
        sa.Column("processes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("eia_class", sa.String(length=40), nullable=True),
        sa.Column("pollutants", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("electroplating_step", sa.String(length=40), nullable=True),
        sa.Column("discharges", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("heavy_metals", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("heavy_metal_kg_per_year", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("heavy_metal_quota_source", sa.String(length=200), nullable=True),
        sa.Column("substitution_source", sa.String(length=200), nullable=True),
        sa.Column("has_chemical_reaction", sa.String(length=40), nullable=True),
        sa.Column("compounding_only", sa.String(length=40), nullable=True),
        sa.Column("product_is_hazardous_chemical", sa.String(length=40), nullable=True),
        sa.Column("serves_other_industry", sa.String(length=40), nullable=True),
        sa.Column("major_hazard_source", sa.String(length=40), nullable=True),
        sa.Column("fuels", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("headcount_needed", sa.Integer(), nullable=True),
        sa.Column("workers_by_trade", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("dormitory_beds", sa.Integer(), nullable=True),
        sa.Column("investment_yi", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("fixed_investment_yi", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("tax_per_mu_wan", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("land_price_cap_wan_per_mu", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("rent_cap_yuan_per_sqm_month", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("power_price_cap_yuan_per_kwh", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("policy_asks", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("cooperation_modes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("annual_purchase_t", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["posting.id"], name=op.f("fk__relocation_need__id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__relocation_need")),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("appeal", sa.Text(), nullable=True),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["posting.id"], name=op.f("fk__review__posting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reviewer_id"], ["user_account.id"], name=op.f("fk__review__reviewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__review_posting_id"), ["posting_id"], unique=False)

    op.create_table(
        "talent_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("field_codes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("skills", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("languages", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("years_experience", sa.Integer(), nullable=True),
        sa.Column("education", sa.String(length=40), nullable=True),
        sa.Column("title_rank", sa.String(length=40), nullable=True),
        sa.Column("skill_level", sa.String(length=40), nullable=True),
        sa.Column("licences", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("licence_origin", sa.String(length=40), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("identity", sa.String(length=40), nullable=True),
        sa.Column("current_city_code", sa.String(length=6), nullable=True),
        sa.Column("ways_of_coming", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("available_on", sa.Date(), nullable=True),
        sa.Column("place_strictness", sa.String(length=40), nullable=True),
        sa.Column("target_prefecture_codes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("employer_types", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("salary_expected_wan", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("months_per_year", sa.Integer(), nullable=True),
        sa.Column("furong_category", sa.String(length=20), nullable=True),
        sa.Column("supports_wanted", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("household_size", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["furong_category"], ["furong_category.code"], name=op.f("fk__talent_profile__furong_category")
        ),
        sa.ForeignKeyConstraint(["id"], ["posting.id"], name=op.f("fk__talent_profile__id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__talent_profile")),
    )
    op.create_table(
        "incentive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("cap_wan", sa.Numeric(precision=16, scale=4, asdecimal=False), nullable=True),
        sa.Column("condition", sa.String(length=200), nullable=True),
        sa.Column("issuer", sa.String(length=80), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["park_offer.id"], name=op.f("fk__incentive__offer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__incentive")),
    )
    with op.batch_alter_table("incentive", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__incentive_offer_id"), ["offer_id"], unique=False)

    op.create_table(
        "introduction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interest_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["host_id"], ["user_account.id"], name=op.f("fk__introduction__host_id")),
        sa.ForeignKeyConstraint(
            ["interest_id"], ["interest.id"], name=op.f("fk__introduction__interest_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__introduction")),
        sa.UniqueConstraint("interest_id", name=op.f("uq__introduction__interest_id")),
    )
    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__introduction_host_id"), ["host_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__introduction_host_id"))

    op.drop_table("introduction")
    with op.batch_alter_table("incentive", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__incentive_offer_id"))

    op.drop_table("incentive")
    op.drop_table("talent_profile")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__review_posting_id"))

    op.drop_table("review")
    op.drop_table("relocation_need")
    with op.batch_alter_table("posting_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__posting_version_posting_id"))

    op.drop_table("posting_version")
    with op.batch_alter_table("posting_clause", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__posting_clause_clause_id"))

    op.drop_table("posting_clause")
    op.drop_table("position")
    with op.batch_alter_table("park_offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__park_offer_park_code"))

    op.drop_table("park_offer")
    with op.batch_alter_table("park_claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__park_claim_park_code"))
        batch_op.drop_index("ix__park_claim__status")

    op.drop_table("park_claim")
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__interest_sender_id"))
        batch_op.drop_index(batch_op.f("ix__interest_posting_id"))
        batch_op.drop_index(batch_op.f("ix__interest_park_code"))
        batch_op.drop_index(batch_op.f("ix__interest_organisation_id"))
        batch_op.drop_index(batch_op.f("ix__interest_expires_on"))
        batch_op.drop_index(batch_op.f("ix__interest_about_id"))

    op.drop_table("interest")
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__posting_published_at"))
        batch_op.drop_index(batch_op.f("ix__posting_owner_id"))
        batch_op.drop_index(batch_op.f("ix__posting_organisation_id"))
        batch_op.drop_index(batch_op.f("ix__posting_expires_on"))
        batch_op.drop_index("ix__posting__status_kind")

    op.drop_table("posting")
    with op.batch_alter_table("park", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__park_prefecture_code"))
        batch_op.drop_index(batch_op.f("ix__park_name"))
        batch_op.drop_index(batch_op.f("ix__park_manager_id"))
        batch_op.drop_index(batch_op.f("ix__park_county_code"))

    op.drop_table("park")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__membership_user_id"))
        batch_op.drop_index(batch_op.f("ix__membership_organisation_id"))

    op.drop_table("membership")
    op.drop_table("zone_member")
    with op.batch_alter_table("travel_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__travel_link_from_code"))

    op.drop_table("travel_link")
    with op.batch_alter_table("policy_clause", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__policy_clause_parent_id"))

    op.drop_table("policy_clause")
    op.drop_table("organisation")
    op.drop_table("industry_neighbour")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__consent_user_id"))

    op.drop_table("consent")
    with op.batch_alter_table("auth_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__auth_session_user_id"))

    op.drop_table("auth_session")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__audit_event_at"))
        batch_op.drop_index(batch_op.f("ix__audit_event_actor_id"))
        batch_op.drop_index("ix__audit_event__subject")

    op.drop_table("audit_event")
    op.drop_table("zone")
    op.drop_table("value_chain")
    op.drop_table("user_account")
    op.drop_table("siting_rule")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__sign_in_attempt_at"))
        batch_op.drop_index(batch_op.f("ix__sign_in_attempt_address"))
        batch_op.drop_index(batch_op.f("ix__sign_in_attempt_account_hash"))

    op.drop_table("sign_in_attempt")
    with op.batch_alter_table("region", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__region_parent_code"))

    op.drop_table("region")
    op.drop_table("policy_document")
    with op.batch_alter_table("outbox_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__outbox_entry_subject"))
        batch_op.drop_index("ix__outbox_entry__due")

    op.drop_table("outbox_entry")
    op.drop_table("industry_term")
    with op.batch_alter_table("industry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__industry_parent_code"))

    op.drop_table("industry")
    op.drop_table("furong_category")
