"""How long is kept, what is about to go, what is held back, and how much has gone."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0018_retention"
down_revision = "0017_attachment"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RULE = sa.Enum(
    *("closed", "praise", "referred", "declined", "refused", "withdrawn"),
    name="retentionrule",
    native_enum=False,
    length=32,
)
FACET = sa.Enum(*("status", "kind", "topic", "rating"), name="facet", native_enum=False, length=32)
STATUS = sa.String(length=32)


def upgrade() -> None:
    """Create the tables, and let a purge be an event of no case."""
    _create()
    with op.batch_alter_table("event") as table:
        table.alter_column("case_id", existing_type=IDENTIFIER, nullable=True)
        table.alter_column("to_status", existing_type=STATUS, nullable=True)
        table.create_check_constraint(
            "of_a_case", "case_id IS NOT NULL AND to_status IS NOT NULL OR action = 'purge'"
        )
    with op.batch_alter_table("journal_entry") as table:
        table.drop_constraint("fk_journal_entry_case_id", type_="foreignkey")
    # Deleting a row looks for others that name it: without an index it would read all of them.
    op.create_index("ix_event_submission", "event", ["submission_id"])
    op.create_index("ix_notice_case", "notice", ["case_id"])
    op.create_index("ix_attachment_follow_up_id", "attachment", ["follow_up_id"])


def _create() -> None:
    op.create_table(
        "retention_period",
        sa.Column("rule", RULE, nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("changed_by_id", IDENTIFIER, nullable=True),
        _reference("retention_period", "changed_by_id", "account"),
        sa.PrimaryKeyConstraint("rule", name=op.f("pk_retention_period")),
    )
    op.create_table(
        "expiry",
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column("rule", RULE, nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("announced", sa.Integer(), nullable=True),
        _reference("expiry", "case_id", "feedback_case"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_expiry")),
    )
    op.create_index("ix_expiry_since", "expiry", ["rule", "since", "case_id"])
    op.create_table(
        "retention_hold",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("placed_at", UTCDateTime(), nullable=False),
        sa.Column("placed_by_id", IDENTIFIER, nullable=False),
        sa.Column("released_at", UTCDateTime(), nullable=True),
        sa.Column("released_by_id", IDENTIFIER, nullable=True),
        _reference("retention_hold", "case_id", "feedback_case"),
        _reference("retention_hold", "placed_by_id", "account"),
        _reference("retention_hold", "released_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_hold")),
        sa.UniqueConstraint("uid", name=op.f("uq_retention_hold_uid")),
    )
    op.create_index("ix_retention_hold_case_id", "retention_hold", ["case_id"])
    running = sa.text("released_at IS NULL")
    op.create_index(
        "ix_retention_hold_case",
        "retention_hold",
        ["case_id"],
        unique=True,
        sqlite_where=running,
        postgresql_where=running,
    )
    op.create_table(
        "tombstone",
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("quarter", sa.String(length=64), nullable=False),
        sa.Column("facet", FACET, nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        _reference("tombstone", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint(
            "organisation_id", "quarter", "facet", "value", name=op.f("pk_tombstone")
        ),
    )


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A foreign key to the id of another table."""
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
