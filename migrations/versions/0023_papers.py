"""Let the worker index anew the cases of which a paper has a number, so that it is found by it."""

from alembic import op

revision = "0023_papers"
down_revision = "0022_clocks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Have these cases wait to be indexed; the others are found as before."""
    op.execute(
        "INSERT INTO search_stale (case_id) SELECT DISTINCT case_id FROM follow_up "
        "WHERE reference IS NOT NULL AND case_id NOT IN (SELECT case_id FROM search_stale)"
    )
