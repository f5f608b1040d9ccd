"""Where the journal begins when its oldest entries were trimmed, and what of it goes next."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0038_journal_floor"
down_revision = "0037_register_deeds"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "journal_floor",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("chain", sa.LargeBinary(32), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("gone", IDENTIFIER, nullable=False),
        sa.Column("bound", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_floor")),
    )
    op.create_table(
        "journal_notice",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("last_id", IDENTIFIER, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_notice")),
    )
