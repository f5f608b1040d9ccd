"""The texts that staff begin with when they write to a resident."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0028_template"
down_revision = "0027_merging"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table, empty: until somebody changes one, the usual texts are offered."""
    op.create_table(
        "reply_template",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("occasion", sa.String(32), nullable=False),
        sa.Column("detail", sa.String(64), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("changed_by_id", IDENTIFIER, nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["account.id"], name=op.f("fk_reply_template_changed_by_id")
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_reply_template")),
    )
