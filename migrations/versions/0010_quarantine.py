"""Copies that wait: why a submission is looked at twice, signatures, groups and what is held."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0010_quarantine"
down_revision = "0009_log"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables and add the two flags."""
    suspicion = sa.Enum(
        *("source", "flood", "trap", "haste"), name="suspicion", native_enum=False, length=32
    )
    op.add_column("submission", sa.Column("suspicion", suspicion, nullable=True))
    op.add_column(
        "feedback_case", sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("feedback_case") as table:
        table.alter_column("held", server_default=None)
    op.create_table(
        "likeness",
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("value", sa.LargeBinary(length=16), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["feedback_case.id"], name=op.f("fk_likeness_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "band", name=op.f("pk_likeness")),
    )
    op.create_index("ix_likeness_value", "likeness", ["value", "case_id"])
    op.create_index("ix_likeness_on", "likeness", ["on"])
    _create_groups()
    op.create_table(
        "held_copy",
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column("group_id", IDENTIFIER, nullable=False),
        sa.Column("why", suspicion, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["feedback_case.id"], name=op.f("fk_held_copy_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["copy_group.id"], name=op.f("fk_held_copy_group_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_held_copy")),
    )
    op.create_index("ix_held_copy_group", "held_copy", ["group_id", "case_id"])


def _create_groups() -> None:
    """Create the table of groups."""
    op.create_table(
        "copy_group",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_id", IDENTIFIER, nullable=False),
        sa.Column("desk_id", IDENTIFIER, nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("proposal", sa.LargeBinary(), nullable=True),
        sa.Column("proposer_id", IDENTIFIER, nullable=True),
        sa.Column("proposed_at", UTCDateTime(), nullable=True),
        sa.Column("task", sa.String(length=64), nullable=True),
        sa.Column("tasked_by", IDENTIFIER, nullable=True),
        sa.Column("through_id", IDENTIFIER, nullable=True),
        sa.Column("reached_id", IDENTIFIER, nullable=True),
        sa.Column("meant", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["first_id"], ["feedback_case.id"], name=op.f("fk_copy_group_first_id")
        ),
        sa.ForeignKeyConstraint(
            ["desk_id"], ["organisation.id"], name=op.f("fk_copy_group_desk_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposer_id"], ["account.id"], name=op.f("fk_copy_group_proposer_id")
        ),
        sa.ForeignKeyConstraint(
            ["tasked_by"], ["account.id"], name=op.f("fk_copy_group_tasked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy_group")),
        sa.UniqueConstraint("first_id", "desk_id", name=op.f("uq_copy_group_first_id_desk_id")),
    )
    op.create_index("ix_copy_group_told", "copy_group", ["desk_id", "told_on"])
    op.create_index("ix_copy_group_task", "copy_group", ["task"])
