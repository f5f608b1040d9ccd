"""What was destroyed, as keyed references, so that a restored backup does not bring it back."""

import sqlalchemy as sa
from alembic import op

revision = "0044_purge_mark"
down_revision = "0043_corruption"
branch_labels = None
depends_on = None

TABLE = "purge_mark"


def upgrade() -> None:
    """Make the table, and an index of what the worker has not brought into the list yet."""
    op.create_table(
        TABLE,
        sa.Column("mark", sa.LargeBinary(16), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_purge_mark"),
    )
    op.create_index(
        "ix_purge_mark_waiting",
        TABLE,
        ["mark"],
        sqlite_where=sa.text("listed IS false"),
        postgresql_where=sa.text("listed IS false"),
    )
