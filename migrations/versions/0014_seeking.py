"""When the worker must look anew for whom a case may mean."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0014_seeking"
down_revision = "0013_deeds"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table, and let the worker look at once where somebody has to be chosen."""
    op.create_table(
        "seeking",
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["feedback_case.id"], name=op.f("fk_seeking_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_seeking")),
    )
    op.create_index("ix_seeking_at", "seeking", ["at"])
    op.execute(
        "INSERT INTO seeking (case_id, at) SELECT id, prepared_at FROM feedback_case "
        "WHERE prepared_at IS NOT NULL AND NOT held "
        "AND status IN ('received', 'screening', 'need_info')"
    )
