"""Find what was entered about a member in the journal."""

from alembic import op

revision = "0040_register_journal"
down_revision = "0039_import"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_journal_entry_member", "journal_entry", ["member_id", "id"])
