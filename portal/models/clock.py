"""The clocks of the stages of a case, and how many working days each stage may take."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, key, moment, word


class StageClock(Base):
    """The clock of one stage of a case. A stage that comes again gets a new row.

    The deadline can be worked out anew from what stands beside it; ``portal.pacing`` says how.
    """

    __tablename__ = "stage_clock"
    __table_args__ = (
        Index(
            "ix_stage_clock_next_at",
            "next_at",
            "id",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
        Index(
            "ix_stage_clock_running",
            "case_id",
            sqlite_where=text("stopped_at IS NULL"),
            postgresql_where=text("stopped_at IS NULL"),
        ),
        Index(
            "ix_stage_clock_stopped_at",
            "stopped_at",
            "id",
            sqlite_where=text("stopped_at IS NOT NULL"),
            postgresql_where=text("stopped_at IS NOT NULL"),
        ),
    )

    id: Mapped[key]
    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), index=True)
    stage: Mapped[word]
    #: Who was to be in time, for figures: later moves of the case leave it as it was.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    started_at: Mapped[moment]
    due_at: Mapped[moment]
    paused_at: Mapped[moment | None]
    stopped_at: Mapped[moment | None]
    #: How many working days it has in all, or the date that somebody chose instead of a count.
    working_days: Mapped[int] = mapped_column(default=0)
    chosen_at: Mapped[moment | None]
    #: Its pauses since then, each from when to when, in UTC.
    pauses: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    #: The last mark that somebody was told of, and when the next one is reached.
    mark: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[moment | None]
    #: Whether it was late when it stopped, and by how many whole working days; then for good.
    late: Mapped[bool | None]
    late_days: Mapped[int | None]
    #: How many working days all its pauses took; and, once it stopped, within how many it was done
    #: without them, for good.
    stood: Mapped[int] = mapped_column(default=0)
    taken: Mapped[int | None]
    #: What it was started with before a case that was merged brought an earlier date.
    own_pace: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class StageTarget(Base):
    """How many working days a stage may take, where administrators have set something else."""

    __tablename__ = "stage_target"

    stage: Mapped[word] = mapped_column(primary_key=True)
    working_days: Mapped[int]
    changed_at: Mapped[moment]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
