"""Work addresses of the staff, and how far each of them has been told."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0029_staff_mail"
down_revision = "0028_template"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITS = sa.text("urgent_at IS NOT NULL")


def upgrade() -> None:
    """Add the columns and the table. Of what happened before nobody is told."""
    op.add_column("account", sa.Column("mail", sa.String(300), nullable=True))
    op.add_column("account", sa.Column("mail_confirmed_at", UTCDateTime(), nullable=True))
    op.create_table(
        "staff_mail",
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("digest_on", sa.Date(), nullable=True),
        *(sa.Column(name, UTCDateTime()) for name in ("urgent_at", "urgent_told_at", "next_at")),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_staff_mail_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_staff_mail")),
    )
    op.create_index(
        "ix_staff_mail_urgent",
        "staff_mail",
        ["urgent_at"],
        sqlite_where=WAITS,
        postgresql_where=WAITS,
    )
    op.execute("UPDATE notice SET sent_at = at WHERE sent_at IS NULL")
