"""The journal of what staff do."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0011_staff_journal"
down_revision = "0010_quarantine"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "journal_entry",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column(
            "deed",
            sa.Enum("read", "unmasked", "exported", name="deed", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("case_id", IDENTIFIER, nullable=True),
        sa.Column("organisation_id", IDENTIFIER, nullable=True),
        sa.Column("chain", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_journal_entry_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["feedback_case.id"], name=op.f("fk_journal_entry_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_journal_entry_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
        sa.UniqueConstraint("uid", name=op.f("uq_journal_entry_uid")),
    )
    for name, columns in {
        "account": ["account_id", "id"],
        "case": ["case_id", "account_id", "deed", "id"],
        "deed": ["deed", "id"],
        "organisation": ["organisation_id", "id"],
        "at": ["at", "id"],
    }.items():
        op.create_index(f"ix_journal_entry_{name}", "journal_entry", columns, unique=False)
