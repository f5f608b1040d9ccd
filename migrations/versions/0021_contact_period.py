"""When it was announced that who wrote will be destroyed, before the case itself goes."""

import sqlalchemy as sa
from alembic import op

revision = "0021_contact_period"
down_revision = "0020_search"
branch_labels = None
depends_on = None

ANNOUNCED = sa.text("contact_announced IS NOT NULL")


def upgrade() -> None:
    """Add the column, and an index of the few rows in which it says something."""
    op.add_column("expiry", sa.Column("contact_announced", sa.Integer(), nullable=True))
    op.create_index(
        "ix_expiry_contact",
        "expiry",
        ["since", "case_id"],
        sqlite_where=ANNOUNCED,
        postgresql_where=ANNOUNCED,
    )
