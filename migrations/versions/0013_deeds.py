"""Every deed of the staff: whose account it was about, which role, which request."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0013_deeds"
down_revision = "0012_key_check"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Let an entry be about an account, and count what was refused."""
    role = sa.Enum(
        *("moderator", "committee", "custodian", "registrar", "administrator", "auditor"),
        name="role",
        native_enum=False,
        length=32,
    )
    matter = sa.Enum(
        *("grant", "reset_factor", "untie", "change_member"),
        name="requestkind",
        native_enum=False,
        length=32,
    )
    with op.batch_alter_table("journal_entry") as table:
        table.alter_column("account_id", existing_type=IDENTIFIER, nullable=True)
        table.add_column(sa.Column("subject_id", IDENTIFIER, nullable=True))
        table.add_column(sa.Column("role", role, nullable=True))
        table.add_column(sa.Column("matter", matter, nullable=True))
        table.create_foreign_key("fk_journal_entry_subject_id", "account", ["subject_id"], ["id"])
    op.create_index("ix_journal_entry_subject", "journal_entry", ["subject_id", "id"])
    op.create_table(
        "refused_hour",
        sa.Column("hour", UTCDateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hour", name=op.f("pk_refused_hour")),
    )
