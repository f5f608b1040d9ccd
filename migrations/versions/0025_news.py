"""Let each address for notices hold whether news waits, and how telling it went."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0025_news"
down_revision = "0024_review"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. Nobody is told of what happened before."""
    for name in ("news_at", "next_at", "told_at", "refused_at"):
        op.add_column("notice_address", sa.Column(name, UTCDateTime(), nullable=True))
    tries = sa.Column("tries", sa.Integer(), nullable=False, server_default="0")
    op.add_column("notice_address", tries)
    op.create_index("ix_notice_address_next_at", "notice_address", ["next_at"])
