"""Figures that others have reported."""

import sqlalchemy as sa
from alembic import op

revision = "0041_reported"
down_revision = "0040_register_journal"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE, LINE = "reported_figure", sa.String(300)


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        TABLE,
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("source", LINE, nullable=False),
        sa.Column("note", LINE, nullable=False),
        sa.Column("entered_by_id", IDENTIFIER, nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("replaces_id", IDENTIFIER, nullable=True),
        sa.Column("struck", sa.Boolean(), nullable=False),
        _to("organisation_id", "organisation"),
        _to("entered_by_id", "account"),
        _to("replaces_id", TABLE),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
        sa.UniqueConstraint("replaces_id", name=f"uq_{TABLE}_replaces_id"),
    )
    op.create_index(f"ix_{TABLE}_organisation_id", TABLE, ["organisation_id"])


def _to(column: str, other: str) -> sa.ForeignKeyConstraint:
    """A reference to another table."""
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{TABLE}_{column}")
