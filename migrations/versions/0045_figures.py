"""Public figures: editions, their numbers, and what waits to be published."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0045_figures"
down_revision = "0044_purge_mark"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD, LINE, CHOICE = sa.String(64), sa.String(300), sa.String(32)
EDITION, FIGURE, TALLY = "figures_edition", "published_figure", "figure_tally"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        EDITION,
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("quarter", WORD, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("reason", LINE, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{EDITION}"),
        sa.UniqueConstraint("quarter", "edition", name=f"uq_{EDITION}_quarter_edition"),
    )
    op.create_table(
        FIGURE,
        sa.Column("edition_id", IDENTIFIER, nullable=False),
        *_cell(),
        sa.Column("place_name", LINE, nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("sign", CHOICE, nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], [f"{EDITION}.id"], name=f"fk_{FIGURE}_edition_id"),
        sa.PrimaryKeyConstraint("edition_id", "place", "measure", "value", name=f"pk_{FIGURE}"),
    )
    op.create_table(
        TALLY,
        sa.Column("quarter", WORD, nullable=False),
        *_cell(),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("quarter", "place", "measure", "value", name=f"pk_{TALLY}"),
    )


def _cell() -> list[sa.Column[Any]]:
    """Where a number belongs."""
    return [
        sa.Column("place", IDENTIFIER, nullable=False),
        sa.Column("measure", CHOICE, nullable=False),
        sa.Column("value", WORD, nullable=False),
    ]
