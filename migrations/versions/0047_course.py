"""When a case reached each stage, what its answer found, and how long each stage took."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime
from portal.deadlines import Calendar, working_days_taken

revision = "0047_course"
down_revision = "0046_public_answer"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REACHED = {
    "screened_at": ("eligible", "declined", "referred"),
    "eligible_at": ("eligible",),
    "routed_at": ("routed",),
    "answered_at": ("answered",),
    "contested_at": ("review",),
}
CASE = sa.table("feedback_case", sa.column("id", IDENTIFIER), *map(sa.column, REACHED))
EVENT = sa.table(
    "event",
    *map(sa.column, ("case_id", "from_status", "to_status")),
    sa.column("at", UTCDateTime()),
)
CLOCK = sa.table(
    "stage_clock",
    *(sa.column(name, IDENTIFIER) for name in ("id", "stood", "taken")),
    *(sa.column(name, UTCDateTime()) for name in ("started_at", "paused_at", "stopped_at")),
    sa.column("pauses", sa.JSON),
)
DAY = sa.table("calendar_day", sa.column("on", sa.Date), sa.column("kind", sa.String))
AT_ONCE = 1_000


def upgrade() -> None:
    """Add the columns and fill in what older cases tell. What they found a worker fills in."""
    for column in REACHED:
        op.add_column("feedback_case", sa.Column(column, UTCDateTime()))
    op.add_column("feedback_case", sa.Column("finding", sa.LargeBinary()))
    op.add_column(
        "stage_clock", sa.Column("stood", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("stage_clock", sa.Column("taken", sa.Integer()))
    for column, statuses in REACHED.items():
        _fill_reached(column, statuses)
    _fill_clocks()
    op.create_index("ix_feedback_case_arrived_at", "feedback_case", ["arrived_at", "id"])
    for table, column in (
        *(("feedback_case", each) for each in REACHED),
        ("stage_clock", "stopped_at"),
    ):
        where = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_{table}_{column}",
            table,
            [column, "id"],
            sqlite_where=where,
            postgresql_where=where,
        )


def _fill_reached(column: str, statuses: tuple[str, ...]) -> None:
    """Each stage was reached by the first step that led to it from another one."""
    first = (
        sa.select(sa.func.min(EVENT.c.at))
        .where(
            EVENT.c.case_id == CASE.c.id,
            EVENT.c.to_status.in_(statuses),
            EVENT.c.from_status.not_in(statuses),
        )
        .scalar_subquery()
    )
    op.execute(CASE.update().values({column: first}))


def _fill_clocks() -> None:
    """Count the working days of the stages that have stopped, by the calendar of today.

    Of a stage that was put off only the pauses since then are known: it may count as longer.
    """
    bind = op.get_bind()
    calendar = Calendar.of((row.on, row.kind) for row in bind.execute(sa.select(DAY)))
    after = 0
    while True:
        rows = bind.execute(
            sa.select(CLOCK).where(CLOCK.c.id > after).order_by(CLOCK.c.id).limit(AT_ONCE)
        ).all()
        if not rows:
            return
        after = rows[-1].id
        values = [_counted(row, calendar) for row in rows]
        bind.execute(
            CLOCK.update()
            .where(CLOCK.c.id == sa.bindparam("number"))
            .values(stood=sa.bindparam("paused"), taken=sa.bindparam("ran")),
            values,
        )


def _counted(row: Any, calendar: Calendar) -> dict[str, int | None]:
    """How long one clock stood still and, once it stopped, within how many days it was done."""
    stood = sum(
        working_days_taken(datetime.fromisoformat(begun), datetime.fromisoformat(ended), calendar)
        for begun, ended in row.pauses
    )
    ended = row.paused_at or row.stopped_at
    ran = None
    if row.stopped_at is not None:
        ran = max(working_days_taken(row.started_at, ended, calendar) - stood, 0)
    return {"number": row.id, "paused": stood, "ran": ran}
