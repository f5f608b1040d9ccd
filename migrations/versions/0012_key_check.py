"""What tells the keys of this database from any others."""

import sqlalchemy as sa
from alembic import op

revision = "0012_key_check"
down_revision = "0011_staff_journal"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; the first process that may write fills it."""
    op.create_table(
        "key_check",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.LargeBinary(length=32), nullable=False),
        sa.Column("needed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_key_check")),
    )
