"""The public log: leaves, nodes and heads; events bind what only staff read."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0009_log"
down_revision = "0008_factor"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.add_column("event", sa.Column("inside", sa.LargeBinary(length=32), nullable=True))
    op.create_table(
        "log_leaf",
        sa.Column("number", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("event_uid", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_log_leaf")),
        sa.UniqueConstraint("event_uid", name=op.f("uq_log_leaf_event_uid")),
    )
    op.create_table(
        "log_node",
        sa.Column("position", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_log_node")),
    )
    op.create_table(
        "log_head",
        sa.Column("size", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("through", IDENTIFIER, nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_log_head")),
    )
