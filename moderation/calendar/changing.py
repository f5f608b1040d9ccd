"""Changing days of the calendar: first a draft that says what it would do, then the change.

A draft changes nothing. Confirming it writes all of its days or none, and leaves the open cases to
the worker. Only administrators of the whole portal change the calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.administering.scope import NotYours, looks_after_all
from moderation.calendar.forecasting import WAITING, forecast, is_short, uncounted_drafts
from moderation.journal import write_down
from moderation.office import Office
from portal.db import Database, queue_for
from portal.deadlines import Calendar
from portal.models import CalendarChange, CalendarDay
from portal.models.calendar import DayKind
from portal.vocabulary import Deed

#: Who changes days at the same time waits for the same.
QUEUE = b"calendar"
_NOTE_MOST = 300
#: How long a draft waits.
_LASTS = timedelta(days=7)


class NothingToChange(Exception):
    """All of it stands in the calendar already."""


class Outdated(Exception):
    """A day was changed by somebody else since the draft was made."""


@dataclass(frozen=True)
class NewDay:
    """What a day is to be."""

    on: date
    kind: DayKind
    note: str = ""


@dataclass(frozen=True)
class ChangedDay:
    """One day of a change: what it was, nothing for no row, and what it becomes."""

    on: date
    before: DayKind | None
    note_before: str
    kind: DayKind
    note: str


def draft(
    session: Session, *, office: Office, by: Person, days: Iterable[NewDay]
) -> CalendarChange:
    """Write down what is to change and what it would do to open cases.

    Raises NotYours for whoever does not look after the whole portal, NothingToChange.
    """
    _check(session, by)
    there = _rows(session)
    changed = [
        {
            "on": new.on.isoformat(),
            "before": there[new.on].kind.value if new.on in there else None,
            "note_before": there[new.on].note if new.on in there else "",
            "kind": new.kind.value,
            "note": new.note[:_NOTE_MOST],
        }
        for new in sorted(days, key=lambda new: new.on)
        if new.on not in there or (there[new.on].kind, there[new.on].note) != (new.kind, new.note)
    ]
    if not changed:
        raise NothingToChange
    change = CalendarChange(
        account_id=by.account_id, drafted_at=office.at, days=changed, forecast={}, done={}
    )
    few = is_short(session, days=[day.on for day in days_of(change)])
    change.forecast = _forecast(session, office, change) if few else {WAITING: 1}
    session.add(change)
    session.flush()
    return change


def count_waiting(database: Database, *, office: Office) -> int:
    """Count what drafts would do whose page did not; return how many drafts that were.

    Nothing is locked while it counts.
    """
    done = 0
    with database.reading() as session:
        waiting = uncounted_drafts(session)
    for number in waiting:
        with database.reading() as session:
            found = _forecast(session, office, session.get_one(CalendarChange, number))
        with database.writing() as session:
            change = session.get(CalendarChange, number)
            if change is not None and change.confirmed_at is None:
                change.forecast = found
                done += 1
    return done


def forget_drafts(session: Session, *, at: datetime) -> None:
    """Forget the drafts that nobody confirmed within a week."""
    session.execute(
        delete(CalendarChange).where(
            CalendarChange.confirmed_at.is_(None), CalendarChange.drafted_at < at - _LASTS
        )
    )


def find_change(session: Session, *, by: Person, change_id: int) -> CalendarChange:
    """A change, or a draft of one's own. Raises NotYours."""
    _check(session, by)
    found = session.get(CalendarChange, change_id)
    if found is None or (found.confirmed_at is None and found.account_id != by.account_id):
        raise NotYours
    return found


def confirm(session: Session, *, office: Office, by: Person, change: CalendarChange) -> None:
    """Write every day of a draft, and let the worker work out the open cases anew.

    Raises NotYours, and Outdated when one of its days is not any more what the draft says it was.
    """
    _check(session, by)
    uncounted = WAITING in change.forecast
    if change.confirmed_at is not None or change.account_id != by.account_id or uncounted:
        raise NotYours
    queue_for(session, QUEUE)
    there = _rows(session)
    for day in days_of(change):
        row = there.get(day.on)
        if (row.kind if row else None) is not day.before:
            raise Outdated
        row = row or CalendarDay(on=day.on)
        row.kind, row.note = day.kind, day.note
        row.changed_by_id, row.changed_at = by.account_id, office.at
        session.add(row)
    change.confirmed_at = office.at
    session.flush()
    _write_down(session, office, by)


def discard(session: Session, *, by: Person, change: CalendarChange) -> None:
    """Forget a draft of one's own. Raises NotYours."""
    if change.confirmed_at is not None or change.account_id != by.account_id:
        raise NotYours
    session.delete(change)


def days_of(change: CalendarChange) -> list[ChangedDay]:
    """The days of a change."""
    return [_changed(day) for day in change.days]


def latest_changes(session: Session, *, limit: int = 10) -> list[CalendarChange]:
    """The newest changes, drafts not among them."""
    return list(
        session.scalars(
            select(CalendarChange)
            .where(CalendarChange.confirmed_at.is_not(None))
            .order_by(CalendarChange.id.desc())
            .limit(limit)
        )
    )


def _forecast(session: Session, office: Office, change: CalendarChange) -> dict[str, int]:
    days = days_of(change)
    kinds = {row.on: row.kind.value for row in _rows(session).values()}
    kinds |= {day.on: day.kind.value for day in days}
    return forecast(
        session,
        days=[day.on for day in days],
        calendar=Calendar.of(kinds.items()),
        at=office.at,
    )


def _changed(day: Mapping[str, str | None]) -> ChangedDay:
    before = day["before"]
    return ChangedDay(
        on=date.fromisoformat(str(day["on"])),
        before=DayKind(before) if before else None,
        note_before=str(day["note_before"] or ""),
        kind=DayKind(str(day["kind"])),
        note=str(day["note"] or ""),
    )


def _rows(session: Session) -> dict[date, CalendarDay]:
    return {row.on: row for row in session.scalars(select(CalendarDay))}


def _check(session: Session, by: Person) -> None:
    if not looks_after_all(session, by=by):
        raise NotYours


def _write_down(session: Session, office: Office, by: Person) -> None:
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=Deed.CALENDAR_CHANGED,
        account_id=by.account_id,
    )
