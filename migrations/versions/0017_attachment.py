"""Files that come with a comment; their bytes lie sealed in a store of their own."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0017_attachment"
down_revision = "0016_partial_indexes"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: Each column that refers to a row elsewhere, and the table of that row.
OWNERS = {
    "submission_id": "submission",
    "case_id": "feedback_case",
    "follow_up_id": "follow_up",
    "account_id": "account",
    "released_to": "organisation",
}


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "attachment",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("uid", sa.LargeBinary(16), nullable=False),
        *(sa.Column(name, IDENTIFIER) for name in OWNERS),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("size", IDENTIFIER, nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("mark", sa.LargeBinary(32), nullable=False),
        sa.Column("lock", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("released_at", UTCDateTime()),
        sa.CheckConstraint(
            "(submission_id IS NULL) <> (case_id IS NULL)", name=op.f("ck_attachment_one_owner")
        ),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_attachment_{name}"))
            for name, table in OWNERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("uid", name=op.f("uq_attachment_uid")),
        sa.UniqueConstraint("mark", name=op.f("uq_attachment_mark")),
    )
    for name in ("submission_id", "case_id"):
        op.create_index(f"ix_attachment_{name}", "attachment", [name])
