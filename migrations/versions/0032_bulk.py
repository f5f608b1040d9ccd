"""One deed for many cases: what was ordered, and what has become of each case."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0032_bulk"
down_revision = "0031_parts"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITS = sa.text("done_at IS NULL")


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "bulk_order",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("deed", sa.String(32), nullable=False),
        sa.Column("ordered_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("cancelled_at", UTCDateTime(), nullable=True),
        sa.Column("into_id", IDENTIFIER, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_bulk_order_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["feedback_case.id"], name=op.f("fk_bulk_order_into_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_order")),
    )
    op.create_index("ix_bulk_order_account_id", "bulk_order", ["account_id", "id"])
    op.create_index("ix_bulk_order_into_id", "bulk_order", ["into_id"])
    op.create_table(
        "bulk_item",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("order_id", IDENTIFIER, nullable=False),
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("skipped", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"], ["bulk_order.id"], name=op.f("fk_bulk_item_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["feedback_case.id"], name=op.f("fk_bulk_item_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_item")),
        sa.UniqueConstraint("order_id", "case_id", name=op.f("uq_bulk_item_order_id_case_id")),
    )
    op.create_index("ix_bulk_item_case_id", "bulk_item", ["case_id"])
    op.create_index(
        "ix_bulk_item_waiting",
        "bulk_item",
        ["id"],
        sqlite_where=WAITS,
        postgresql_where=WAITS,
    )
