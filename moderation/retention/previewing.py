"""What will be deleted soon and what is held back, for those who could stop it or let it go.

They are the moderators from whose desk a case is seen: of its own level or above, and never
anybody who is excluded from it. It is the one rule of ``access``. Administrators set the periods
and read no case, so they are told numbers only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_, union_all
from sqlalchemy.orm import Session

from moderation.access import NotVisible, Person, visible_to
from moderation.listing.cursors import Cursor
from moderation.listing.opening import open_titles
from moderation.office import Office
from moderation.retention.contacts import columns_under, goes_under
from moderation.retention.days import day_number
from moderation.retention.expiring import is_held
from portal.clock import local_date
from portal.db import UTCDateTime
from portal.models import Account, Case, CaseScope, Expiry, RetentionHold
from portal.models.case import Room
from portal.models.submission import reference_of
from portal.periods import NOTICE_DAYS, OF_CASES, OF_LETTERS, Periods, read_periods
from portal.vocabulary import RetentionRule, Status

PAGE = 50
_NOTICE = timedelta(days=NOTICE_DAYS)


@dataclass(frozen=True)
class Forecast:
    """How many cases of one rule expire within thirty days, and how many are over already."""

    rule: RetentionRule
    days: int
    soon: int
    over: int


@dataclass(frozen=True)
class Hold:
    """A hold as it is shown: who placed it, when, and when it must be looked at again."""

    placed_by: str
    placed_on: date
    review_on: date
    late: bool


@dataclass(frozen=True)
class Expiring:
    """A case on the list. ``goes_on`` is the first day on which it, or who wrote it, can go."""

    case_id: int
    reference: str
    title: str
    status: Status
    rule: RetentionRule
    since: datetime
    goes_on: date
    hold: Hold | None


@dataclass(frozen=True)
class Page:
    """Some cases, those first that go first, with the cursors of the neighbouring pages."""

    lines: tuple[Expiring, ...] = ()
    earlier: Cursor | None = None
    later: Cursor | None = None


def forecast(session: Session, *, at: datetime) -> list[Forecast]:
    """The numbers of every rule of letters, whoever may see the cases; two statements for each."""
    periods, found = read_periods(session), []
    for rule in OF_LETTERS:
        length = periods.length(rule)
        soon, over = (
            session.scalar(
                select(func.count()).where(goes_under(rule), Expiry.since <= at - length + gap)
            )
            or 0
            for gap in (_NOTICE, timedelta())
        )
        found.append(Forecast(rule, length.days, soon - over, over))
    return found


def list_expiring(
    session: Session, *, office: Office, person: Person, cursor: Cursor | None = None
) -> Page:
    """A page of what expires within thirty days or is over, less what is held, in its order."""
    return _page(session, office, person, cursor, held=False)


def list_held(
    session: Session, *, office: Office, person: Person, cursor: Cursor | None = None
) -> Page:
    """A page of what is held, whenever it would expire."""
    return _page(session, office, person, cursor, held=True)


def count_expiring(session: Session, *, office: Office, person: Person, most: int) -> int:
    """How many cases are on the list, counted no further than to ``most``."""
    periods = read_periods(session)
    rows = _rows(office, person, periods, None, held=False, limit=most).subquery()
    return session.scalar(select(func.count()).select_from(rows)) or 0


def read_expiring(session: Session, *, office: Office, person: Person, case_id: int) -> Expiring:
    """One case that has ended, whenever it goes. Raises NotVisible, the same for every reason."""
    found: Select[*tuple[Any, ...]] = select(
        Expiry.case_id, Expiry.rule, Expiry.since, Expiry.announced
    )
    found = found.where(Expiry.case_id == case_id, _seen_by(person))
    lines = _lines(session, office, read_periods(session), found)
    if not lines:
        raise NotVisible
    return lines[0]


def _page(
    session: Session, office: Office, person: Person, cursor: Cursor | None, *, held: bool
) -> Page:
    """A page of either list, in at most five statements."""
    periods, back = read_periods(session), cursor is not None and cursor.back
    rows = _rows(office, person, periods, cursor, held=held, limit=PAGE + 1)
    order = partial(_order, periods)
    lines = sorted(_lines(session, office, periods, rows), key=order, reverse=back)
    more, lines = len(lines) > PAGE, lines[:PAGE]
    if not lines:
        return Page()
    if back:
        lines.reverse()
    before, after = (more, True) if back else (cursor is not None, more)
    first, last = order(lines[0]), order(lines[-1])
    return Page(
        lines=tuple(lines),
        earlier=Cursor(*first, back=True) if before else None,
        later=Cursor(*last) if after else None,
    )


def _order(periods: Periods, line: Expiring) -> tuple[datetime, int]:
    """Where a case stands in the list: when its time is over, and its number."""
    return line.since + periods.length(line.rule), line.case_id


def _rows(
    office: Office,
    person: Person,
    periods: Periods,
    cursor: Cursor | None,
    *,
    held: bool,
    limit: int,
) -> Select[*tuple[Any, ...]]:
    """The next rows of every rule: as many as a page could need of it."""
    back = cursor is not None and cursor.back
    order = (Expiry.since, Expiry.case_id)
    parts = []
    for rule in OF_CASES if held else OF_LETTERS:
        length = periods.length(rule)
        part = select(*columns_under(rule)).where(
            goes_under(rule), _seen_by(person), is_held() if held else ~is_held()
        )
        if not held:
            part = part.where(Expiry.since <= office.at - length + _NOTICE)
        if cursor is not None:
            anchor = tuple_(literal(cursor.due_at - length, UTCDateTime()), cursor.case_id)
            row = tuple_(*order)
            part = part.where(row < anchor if back else row > anchor)
        part = part.order_by(*(each.desc() if back else each for each in order)).limit(limit)
        parts.append(select(part.subquery()))
    return select(union_all(*parts).subquery())


def _seen_by(person: Person) -> ColumnElement[bool]:
    """That a person sees the case of a row from a desk."""
    seen = visible_to(person, [Room.DESK]).where(CaseScope.case_id == Expiry.case_id)
    return seen.correlate(Expiry).exists()


def _lines(
    session: Session, office: Office, periods: Periods, chosen: Select[*tuple[Any, ...]]
) -> list[Expiring]:
    """The lines of the rows that were chosen, in no order, in three statements."""
    found, day = chosen.subquery(), day_number(session)
    rows = session.execute(
        select(
            *found.c,
            *(Case.status, Case.headline, RetentionHold.placed_at, RetentionHold.review_on),
            Account.name.label("placed_by"),
        )
        .join(Case, Case.id == found.c.case_id)
        .outerjoin(
            RetentionHold,
            (RetentionHold.case_id == found.c.case_id) & RetentionHold.released_at.is_(None),
        )
        .outerjoin(Account, Account.id == RetentionHold.placed_by_id)
    ).all()
    sealed = {row.case_id: row.headline for row in rows}
    titles = open_titles(session, office=office, room=Room.DESK, sealed=sealed)
    return [_line(row, titles, office, periods, day) for row in rows]


def _line(
    row: Any, titles: Mapping[int, str | None], office: Office, periods: Periods, day: int
) -> Expiring:
    """One line."""
    counted = day - row.announced if row.announced is not None else 0
    shown = office.today + timedelta(days=max(0, NOTICE_DAYS - counted))
    return Expiring(
        case_id=row.case_id,
        reference=reference_of(row.case_id),
        title=titles.get(row.case_id) or "",
        status=row.status,
        rule=row.rule,
        since=row.since,
        goes_on=max(local_date(row.since + periods.length(row.rule)), shown),
        hold=_hold(row, office.today) if row.review_on else None,
    )


def _hold(row: Any, today: date) -> Hold:
    """The hold of a row."""
    return Hold(
        placed_by=row.placed_by,
        placed_on=local_date(row.placed_at),
        review_on=row.review_on,
        late=row.review_on < today,
    )
