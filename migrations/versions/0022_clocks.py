"""What a stage clock was started with, whom it warned, and what an edit of the calendar moves."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0022_clocks"
down_revision = "0021_contact_period"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NEXT = sa.text("next_at IS NOT NULL")
RUNNING = sa.text("stopped_at IS NULL")
WAITING = sa.text("confirmed_at IS NOT NULL AND finished_at IS NULL")
#: The stages that are worked on; the others are only waited for and warn nobody.
WORKED_ON = ("screening", "pass_on", "confirm", "accept", "result", "publish", "keep")


def upgrade() -> None:
    """Add the columns and tables, and let the clocks that run keep the date they promised."""
    _widen_clocks()
    _add_reference("feedback_case", "above_id", "organisation")
    op.add_column("feedback_case", sa.Column("take_over_from", UTCDateTime()))
    op.add_column("feedback_case", sa.Column("mark", sa.Integer()))
    with op.batch_alter_table("calendar_day") as table:
        table.drop_column("verified_by")
    _add_reference("calendar_day", "changed_by_id", "account")
    op.add_column("calendar_day", sa.Column("changed_at", UTCDateTime()))
    _create()


def _add_reference(table: str, column: str, target: str) -> None:
    """Add a column that refers to another table, in one statement, which SQLite can do as well."""
    kind, name = IDENTIFIER.compile(op.get_bind().dialect), f"fk_{table}_{column}"
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} {kind} CONSTRAINT {name} REFERENCES {target} (id)"
    )


def _widen_clocks() -> None:
    """The facts of a clock. Of the older ones nobody knows the pauses: their date counts as chosen,
    and the next that is told of them is that it has passed.
    """
    _add_reference("stage_clock", "organisation_id", "organisation")
    for column in (
        sa.Column("working_days", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("chosen_at", UTCDateTime()),
        sa.Column("pauses", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("mark", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("next_at", UTCDateTime()),
        sa.Column("late", sa.Boolean()),
        sa.Column("late_days", sa.Integer()),
    ):
        op.add_column("stage_clock", column)
    for name, where, columns in (
        ("next_at", NEXT, ["next_at", "id"]),
        ("running", RUNNING, ["case_id"]),
    ):
        op.create_index(
            f"ix_stage_clock_{name}",
            "stage_clock",
            columns,
            sqlite_where=where,
            postgresql_where=where,
        )
    clock = sa.table(
        "stage_clock",
        *(sa.column(name) for name in ("stage", "due_at", "paused_at", "stopped_at")),
        *(sa.column(name) for name in ("chosen_at", "next_at", "mark")),
    )
    running = clock.c.stopped_at.is_(None)
    op.execute(sa.update(clock).where(running).values(chosen_at=clock.c.due_at, mark=2))
    worked_on = clock.c.stage.in_(WORKED_ON) & clock.c.paused_at.is_(None)
    op.execute(sa.update(clock).where(running, worked_on).values(next_at=clock.c.due_at))


def _create() -> None:
    op.create_table(
        "calendar_change",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("drafted_at", UTCDateTime(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("forecast", sa.JSON(), nullable=False),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.Column("reached_id", IDENTIFIER, nullable=False),
        sa.Column("done", sa.JSON(), nullable=False),
        _reference("calendar_change", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_change")),
    )
    op.create_index(
        "ix_calendar_change_waiting",
        "calendar_change",
        ["id"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_table(
        "stage_target",
        sa.Column("stage", sa.String(length=64), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("changed_by_id", IDENTIFIER, nullable=True),
        _reference("stage_target", "changed_by_id", "account"),
        sa.PrimaryKeyConstraint("stage", name=op.f("pk_stage_target")),
    )


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A foreign key to the id of another table."""
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
