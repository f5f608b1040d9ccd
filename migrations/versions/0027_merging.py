"""Look-alikes, and cases whose letters went into another one."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0027_merging"
down_revision = "0026_slip"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MERGED = sa.text("merged_into_id IS NOT NULL")


def upgrade() -> None:
    """Add the columns and the tables."""
    _widen()
    for table, columns in (
        ("trait", [sa.Column("value", sa.LargeBinary(length=12), nullable=False)]),
        ("sketch", [sa.Column("body", sa.LargeBinary(), nullable=False)]),
    ):
        keys = ["value", "case_id"] if table == "trait" else ["case_id"]
        op.create_table(
            table,
            *columns,
            sa.Column("case_id", IDENTIFIER, nullable=False),
            sa.Column("on", sa.Date(), nullable=False),
            _reference(table, "case_id", "feedback_case"),
            sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{table}")),
        )
        op.create_index(f"ix_{table}_on", table, ["on"])
    op.create_index("ix_trait_case_id", "trait", ["case_id"])
    _create()


def _widen() -> None:
    """What cases, their exclusions, clocks and submissions keep of a merger."""
    kind = IDENTIFIER.compile(op.get_bind().dialect)
    op.execute(
        f"ALTER TABLE feedback_case ADD COLUMN merged_into_id {kind} "
        "CONSTRAINT fk_feedback_case_merged_into_id REFERENCES feedback_case (id)"
    )
    op.create_index(
        "ix_feedback_case_merged_into_id",
        "feedback_case",
        ["merged_into_id", "id"],
        sqlite_where=MERGED,
        postgresql_where=MERGED,
    )
    count = sa.Column("letter_count", sa.Integer(), nullable=False, server_default="1")
    borrowed: sa.Column[bool] = sa.Column(
        "borrowed", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("feedback_case", count)
    op.add_column("exclusion", borrowed)
    op.add_column("stage_clock", sa.Column("own_pace", sa.JSON(), nullable=True))
    op.add_column("submission", sa.Column("moved_at", UTCDateTime(), nullable=True))


def _create() -> None:
    """The tables of what is proposed, and of where letters have been."""
    op.create_table(
        "look_alike",
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column("earlier_id", IDENTIFIER, nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("same_person", sa.Boolean(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("apart_at", UTCDateTime(), nullable=True),
        sa.Column("apart_by_id", IDENTIFIER, nullable=True),
        _reference("look_alike", "case_id", "feedback_case"),
        _reference("look_alike", "earlier_id", "feedback_case"),
        _reference("look_alike", "apart_by_id", "account"),
        sa.PrimaryKeyConstraint("case_id", "earlier_id", name=op.f("pk_look_alike")),
    )
    op.create_index("ix_look_alike_earlier_id", "look_alike", ["earlier_id"])
    op.create_table(
        "stay",
        sa.Column("submission_id", IDENTIFIER, nullable=False),
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column("after_id", IDENTIFIER, nullable=False),
        _reference("stay", "submission_id", "submission"),
        _reference("stay", "case_id", "feedback_case"),
        sa.PrimaryKeyConstraint("submission_id", "case_id", name=op.f("pk_stay")),
    )
    op.create_index("ix_stay_case_id", "stay", ["case_id"])


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A foreign key to the id of another table."""
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
