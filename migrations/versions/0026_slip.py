"""Codes that staff printed or heard: each opens nothing but its exchange for a new one."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0026_slip"
down_revision = "0025_news"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create both tables, and say of a submission who typed it. Residents typed all there are."""
    _code_table(
        "slip",
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.Column("given_at", UTCDateTime(), nullable=True),
        sa.Column("exchanged_at", UTCDateTime(), nullable=True),
    )
    _code_table(
        "code_exchange",
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
    )
    kind = IDENTIFIER.compile(op.get_bind().dialect)
    op.execute(
        f"ALTER TABLE submission ADD COLUMN typed_by_id {kind} "
        "CONSTRAINT fk_submission_typed_by_id REFERENCES account (id)"
    )


def _code_table(name: str, *more: sa.Column[object]) -> None:
    """A table of codes by their look-up ids, one for each submission."""
    op.create_table(
        name,
        sa.Column("submission_id", IDENTIFIER, nullable=False),
        sa.Column("lookup", sa.LargeBinary(32), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f(f"fk_{name}_submission_id")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("lookup", name=op.f(f"uq_{name}_lookup")),
    )
