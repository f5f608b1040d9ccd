"""What a file for the register was called stays with its import."""

import sqlalchemy as sa
from alembic import op

revision = "0048_import_name"
down_revision = "0047_course"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the name; of imports before it is not known."""
    op.add_column("register_import", sa.Column("name", sa.String(300), nullable=True))
