"""A letter about two matters, whose code opens both."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0031_parts"
down_revision = "0030_texts"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PARTS = sa.text("part_of_id IS NOT NULL")


def upgrade() -> None:
    """Add the two columns and the index."""
    kind = IDENTIFIER.compile(op.get_bind().dialect)
    op.execute(
        f"ALTER TABLE submission ADD COLUMN part_of_id {kind} "
        "CONSTRAINT fk_submission_part_of_id REFERENCES submission (id)"
    )
    op.add_column("submission", sa.Column("divided_at", UTCDateTime(), nullable=True))
    op.create_index(
        "ix_submission_part_of_id",
        "submission",
        ["part_of_id"],
        sqlite_where=PARTS,
        postgresql_where=PARTS,
    )
