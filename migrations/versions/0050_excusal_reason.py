"""When it was noted that the sealed reason of an excusal goes."""

import sqlalchemy as sa
from alembic import op

revision = "0050_excusal_reason"
down_revision = "0049_planned_end"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nothing was noted before."""
    op.add_column("excusal", sa.Column("reason_noted", sa.Integer(), nullable=True))
