"""By what somebody of the staff has narrowed a list."""

import sqlalchemy as sa
from alembic import op

revision = "0034_list_filter"
down_revision = "0033_place"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "list_filter",
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("room", sa.String(32), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_list_filter_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "room", "name", name=op.f("pk_list_filter")),
    )
