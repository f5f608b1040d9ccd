"""Lists of who is excused and who moves, for whoever may see them: page by page, and how many.

Every list is one order of days; visibility is part of the question. Numbers are counted no further
than to ``MOST``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from moderation.access import Person, visible_to
from moderation.leaving.days import soon_until
from moderation.leaving.finding import excusals_seen, transfers_seen
from moderation.leaving.scope import area_of
from moderation.leaving.transfers import UNDER_WAY
from moderation.listing.cursors import Cursor
from moderation.office import Office
from moderation.workflow.table import OPEN
from portal.clock import local_date, start_of
from portal.models import Case, Excusal, Transfer
from portal.models.case import Room
from portal.vocabulary import ExcusalState, Topic, TransferState

PAGE = 50
MOST = 99

_Day = InstrumentedAttribute[date]
_Where = Callable[[Person, Office], ColumnElement[bool]]


@dataclass(frozen=True)
class List:
    """Which entries stand in a list, and whether the newest day comes first."""

    where: _Where
    newest_first: bool = False


@dataclass(frozen=True)
class Page:
    """Some rows with the cursors of the neighbouring pages."""

    rows: tuple[Any, ...] = ()
    earlier: Cursor | None = None
    later: Cursor | None = None


def _contact(_person: Person, office: Office) -> ColumnElement[bool]:
    """Near its end or over, and nothing is settled."""
    near = Excusal.ends_on <= soon_until(office.today, office.targets)
    return and_(_unsettled(), near)


def _running(_person: Person, office: Office) -> ColumnElement[bool]:
    """Granted, and not over."""
    return and_(Excusal.state == ExcusalState.GRANTED, Excusal.ends_on >= office.today)


def _over(_person: Person, office: Office) -> ColumnElement[bool]:
    """Nothing is left to be done."""
    refused = Excusal.state.in_((ExcusalState.REFUSED, ExcusalState.WITHDRAWN))
    settled = and_(Excusal.settled_on.is_not(None), Excusal.ends_on < office.today)
    return or_(refused, settled)


def _proposed(_person: Person, _office: Office) -> ColumnElement[bool]:
    """Waits for the level above."""
    return Excusal.state == ExcusalState.PROPOSED


def _late(_person: Person, office: Office) -> ColumnElement[bool]:
    """Under way, and the last day of its stage is over."""
    return and_(Transfer.state.in_(UNDER_WAY), Transfer.due_on < office.today)


def _moving(_person: Person, _office: Office) -> ColumnElement[bool]:
    """Under way."""
    return Transfer.state.in_(UNDER_WAY)


def _coming(person: Person, _office: Office) -> ColumnElement[bool]:
    """Waits to be taken in here."""
    return and_(
        Transfer.state == TransferState.ON_THE_WAY,
        Transfer.to_id.in_(area_of(person)),
        Transfer.to_id.is_not(None),
    )


def _moved(_person: Person, _office: Office) -> ColumnElement[bool]:
    """Not under way any more."""
    return Transfer.state.not_in(UNDER_WAY)


ABSENCES: Mapping[str, List] = MappingProxyType(
    {
        "contact": List(_contact),
        "proposed": List(_proposed),
        "running": List(_running),
        "over": List(_over, newest_first=True),
    }
)
TRANSFERS: Mapping[str, List] = MappingProxyType(
    {
        "late": List(_late),
        "coming": List(_coming),
        "moving": List(_moving),
        "moved": List(_moved, newest_first=True),
    }
)


def absences(
    session: Session, *, office: Office, by: Person, name: str, cursor: Cursor | None = None
) -> Page:
    """A page of a list of excusals, in one statement."""
    chosen = ABSENCES[name]
    rows = excusals_seen(by).where(chosen.where(by, office))
    return _turn(session, rows, Excusal.ends_on, Excusal.id, cursor, chosen.newest_first)


def transfers(
    session: Session, *, office: Office, by: Person, name: str, cursor: Cursor | None = None
) -> Page:
    """A page of a list of transfers, in one statement."""
    chosen = TRANSFERS[name]
    rows = transfers_seen(by).where(chosen.where(by, office))
    return _turn(session, rows, Transfer.due_on, Transfer.id, cursor, chosen.newest_first)


def count_absences(session: Session, *, office: Office, by: Person, name: str) -> int:
    """How many excusals stand in a list."""
    return _count(session, excusals_seen(by).where(ABSENCES[name].where(by, office)), Excusal.id)


def count_transfers(session: Session, *, office: Office, by: Person, name: str) -> int:
    """How many transfers stand in a list."""
    return _count(session, transfers_seen(by).where(TRANSFERS[name].where(by, office)), Transfer.id)


def count_waiting(session: Session, *, office: Office, by: Person) -> int:
    """How many absences and transfers a committee has to look at, in one statement.

    What residents asked is not among them: it is counted with the cases.
    """
    parts = (
        excusals_seen(by).where(_contact(by, office)).with_only_columns(Excusal.id),
        transfers_seen(by).where(_late(by, office)).with_only_columns(Transfer.id),
        transfers_seen(by)
        .where(_coming(by, office), Transfer.due_on >= office.today)
        .with_only_columns(Transfer.id),
    )
    some = [part.limit(MOST + 1).subquery() for part in parts]
    whole = [select(func.count()).select_from(part).scalar_subquery() for part in some]
    return session.scalar(select(sum(whole[1:], whole[0]))) or 0


def asked_about(session: Session, *, by: Person) -> list[tuple[int, date]]:
    """The open cases about absence or transfer that somebody's committee has, the oldest first:
    the number and the day on which each came. They ask for a look, and are seen by the one rule.
    """
    rows = session.execute(
        select(Case.id, Case.arrived_at)
        .where(
            Case.id.in_(visible_to(by, (Room.COMMITTEE,))),
            Case.topic == Topic.ABSENCE_TRANSFER,
            Case.status.in_(OPEN),
        )
        .order_by(Case.arrived_at, Case.id)
        .limit(PAGE)
    )
    return [(row.id, local_date(row.arrived_at)) for row in rows]


def _unsettled() -> ColumnElement[bool]:
    """Granted, and something is left to be reminded of."""
    return and_(Excusal.state == ExcusalState.GRANTED, Excusal.settled_on.is_(None))


def _count(session: Session, rows: Select[*tuple[Any, ...]], row_id: Any) -> int:
    """How many rows there are, counted to one more than ``MOST``."""
    some = rows.with_only_columns(row_id).limit(MOST + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _turn(
    session: Session,
    rows: Select[*tuple[Any, ...]],
    day: _Day,
    row_id: Any,
    cursor: Cursor | None,
    newest_first: bool,
) -> Page:
    """The page of these rows that a cursor leads to."""
    back = cursor is not None and cursor.back
    down = newest_first is not back
    place = tuple_(day, row_id)
    if cursor is not None:
        here = tuple_(local_date(cursor.due_at), cursor.case_id)
        rows = rows.where(place < here if down else place > here)
    order = (day.desc(), row_id.desc()) if down else (day, row_id)
    found = session.execute(rows.order_by(*order).limit(PAGE + 1)).all()
    more, found = len(found) > PAGE, list(found[:PAGE])
    if back:
        found.reverse()
    if not found:
        return Page()
    before, after = (more, True) if back else (cursor is not None, more)
    return Page(
        rows=tuple(found),
        earlier=_at(found[0], day, back=True) if before else None,
        later=_at(found[-1], day) if after else None,
    )


def _at(row: Any, day: _Day, *, back: bool = False) -> Cursor:
    """The place of a row, whose first column is the entry."""
    return Cursor(start_of(getattr(row[0], day.key)), row[0].id, back=back)
