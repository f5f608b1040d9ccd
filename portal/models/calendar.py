"""The days that differ from the plain week, and what somebody changes about them."""

from __future__ import annotations

import enum

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Identifier, day, key, line, moment, stored_enum


class DayKind(enum.StrEnum):
    """How a day differs from the plain week and the library's holidays."""

    OFF = "off"
    WORKING = "working"
    #: Like any day of its week: somebody took out what stood here, and nothing may put it back.
    PLAIN = "plain"


class CalendarDay(Base):
    """A day that is off or worked although the plain calendar says otherwise."""

    __tablename__ = "calendar_day"

    on: Mapped[day] = mapped_column(primary_key=True)
    kind: Mapped[DayKind] = mapped_column(stored_enum(DayKind))
    note: Mapped[line]
    #: Who wrote it and when; empty for what the program itself put in.
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    changed_at: Mapped[moment | None]


class CalendarChange(Base):
    """Days that somebody changes together, and how far open cases have followed.

    Before it is confirmed it is a draft that changes nothing.
    """

    __tablename__ = "calendar_change"
    __table_args__ = (
        Index(
            "ix_calendar_change_waiting",
            "id",
            sqlite_where=text("confirmed_at IS NOT NULL AND finished_at IS NULL"),
            postgresql_where=text("confirmed_at IS NOT NULL AND finished_at IS NULL"),
        ),
    )

    id: Mapped[key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    drafted_at: Mapped[moment]
    #: Each day with its kind and note before (null where there was no row) and after.
    days: Mapped[list[dict[str, str | None]]] = mapped_column(JSON)
    #: What it would do to open cases, as counted for the draft.
    forecast: Mapped[dict[str, int]] = mapped_column(JSON)
    confirmed_at: Mapped[moment | None]
    finished_at: Mapped[moment | None]
    #: The last case that was looked at; what comes after it waits.
    reached_id: Mapped[int] = mapped_column(Identifier, default=0)
    #: What it did, in the same words as the forecast.
    done: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
