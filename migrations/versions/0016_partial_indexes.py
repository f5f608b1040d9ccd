"""Indexes of cases hold only the cases in which their column is filled in."""

import sqlalchemy as sa
from alembic import op

revision = "0016_partial_indexes"
down_revision = "0015_order"
branch_labels = None
depends_on = None

#: Of each index its columns, and the column that must be filled in.
INDEXES = {
    "status": (["status", "due_at", "id"], "due_at"),
    "claimant": (["claimant_id", "due_at", "id"], "claimant_id"),
    "proposer": (["proposer_id", "id"], "proposer_id"),
    "lease_until": (["lease_until"], "lease_until"),
    "supplied_at": (["supplied_at", "id"], "supplied_at"),
    "passed_at": (["passed_at", "id"], "passed_at"),
    "keep_until": (["keep_until", "id"], "keep_until"),
}


def upgrade() -> None:
    """Make each of them anew."""
    for name, (columns, given) in INDEXES.items():
        condition = sa.text(f"{given} IS NOT NULL")
        op.drop_index(f"ix_feedback_case_{name}", "feedback_case")
        op.create_index(
            f"ix_feedback_case_{name}",
            "feedback_case",
            columns,
            sqlite_where=condition,
            postgresql_where=condition,
        )
