"""What waits on a case: new words of the resident, a decision to keep it, a level to decide."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0006_waiting"
down_revision = "0005_journal"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns and the indexes of the lists that begin with them."""
    with op.batch_alter_table("feedback_case") as table:
        table.add_column(sa.Column("supplied_at", UTCDateTime(), nullable=True))
        table.add_column(sa.Column("passed_at", UTCDateTime(), nullable=True))
        table.add_column(sa.Column("keep_until", UTCDateTime(), nullable=True))
        table.add_column(sa.Column("decider_id", IDENTIFIER, nullable=True))
        table.create_foreign_key(
            op.f("fk_feedback_case_decider_id"), "organisation", ["decider_id"], ["id"]
        )
        table.create_index("ix_feedback_case_supplied_at", ["supplied_at", "id"])
        table.create_index("ix_feedback_case_passed_at", ["passed_at", "id"])
        table.create_index("ix_feedback_case_keep_until", ["keep_until", "id"])
