"""How everything was that is to end with an organisation, so that the end can be called off."""

import sqlalchemy as sa
from alembic import op

revision = "0049_planned_end"
down_revision = "0048_import_name"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table. Ends that were planned before cannot be called off."""
    op.create_table(
        "planned_end",
        sa.Column("organisation_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("deed", sa.LargeBinary(length=16), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("founded", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_planned_end_organisation_id_organisation",
        ),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_planned_end"),
    )
    op.create_index("ix_planned_end_deed", "planned_end", ["deed"])
