"""Where a case stood when its writer contested it, and when it was opened again."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0024_review"
down_revision = "0023_papers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two columns."""
    status = sa.String(length=32)
    op.add_column("feedback_case", sa.Column("contested_from", status, nullable=True))
    op.add_column("feedback_case", sa.Column("reopened_at", UTCDateTime(), nullable=True))
