"""Until when the area of a commune had a name."""

import sqlalchemy as sa
from alembic import op

revision = "0033_place"
down_revision = "0032_bulk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Old names that are there already are without a day."""
    op.add_column("place_name", sa.Column("valid_to", sa.Date(), nullable=True))
