"""Decisions of reviews are looked for by what was decided."""

from alembic import op

revision = "0051_result_outcome"
down_revision = "0050_excusal_reason"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index: most results are that a member continues, and are not looked for."""
    op.create_index("ix_review_result_outcome", "review_result", ["outcome"])
