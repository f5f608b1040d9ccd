"""One page of a list: its rows in order, opened, and where the list goes on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.listing.cursors import Cursor
from moderation.listing.finding import PER_PAGE, Record, facts_of, find
from moderation.listing.opening import handlers_of, open_titles
from moderation.listing.places import Places
from moderation.listing.rows import Page, Row
from moderation.listing.wanted import Wanted
from moderation.office import Office
from portal.clock import local_date
from portal.deadlines import remaining
from portal.models import Case
from portal.models.case import Room
from portal.models.submission import reference_of
from portal.prepared import Prepared, numbered
from portal.vocabulary import Sentiment, Status


def turn_to(
    session: Session,
    *,
    office: Office,
    person: Person,
    places: Places,
    wanted: Wanted,
    cursor: Cursor | None = None,
) -> Page:
    """A page of at most thirty cases, in three statements however many there are.

    Without a cursor it is the first page; so it is when the cursor points behind the last row.
    """
    back = cursor is not None and cursor.back
    found = find(session, person, places, office.at, wanted, cursor) if places.all else []
    if not found:
        if cursor is None:
            return Page(rows=())
        return turn_to(session, office=office, person=person, places=places, wanted=wanted)
    more = len(found) > PER_PAGE
    found = found[:PER_PAGE]
    if back:
        found.reverse()
    return Page(
        rows=_rows(session, office, person, places, found),
        earlier=_cursor(found[0], back=True) if (more if back else cursor) else None,
        later=_cursor(found[-1], back=False) if back or more else None,
    )


def rows_of(
    session: Session,
    *,
    office: Office,
    person: Person,
    places: Places,
    titles: Mapping[int, str | None],
) -> dict[int, Row]:
    """The rows of cases that may be seen, under titles that were opened; one statement or two."""
    named = numbered("case", titles)
    if not named:
        return {}
    found = _facts(tuple(named)).rows(session, **named)
    return {row.case_id: row for row in _titled(session, office, person, places, found, titles)}


@lru_cache(maxsize=64)
def _facts(names: tuple[str, ...]) -> Prepared:
    """The statement about so many chosen cases, made ready."""
    chosen = select(Case.id.label("case_id"), Case.due_at).where(
        Case.id.in_([bindparam(name, type_=Case.id.type) for name in names])
    )
    return Prepared(facts_of(chosen.subquery()))


def _rows(
    session: Session, office: Office, person: Person, places: Places, found: list[Record]
) -> tuple[Row, ...]:
    """The rows of the cases that were found, opened."""
    sealed = {record.id: record.headline for record in found}
    titles = open_titles(session, office=office, room=places.room, sealed=sealed)
    return _titled(session, office, person, places, found, titles)


def _titled(
    session: Session,
    office: Office,
    person: Person,
    places: Places,
    found: list[Record],
    titles: Mapping[int, str | None],
) -> tuple[Row, ...]:
    """The rows of these cases, with who holds each."""
    holders = {
        record.id: {record.claimant_id: record.claimant} for record in found if record.claimant
    }
    if places.room is Room.COMMITTEE:
        holders = handlers_of(session, office=office, case_ids=[record.id for record in found])
    return tuple(
        _row(
            office,
            person,
            places,
            record,
            titles.get(record.id, ""),
            holders.get(record.id, {}),
        )
        for record in found
    )


def _row(
    office: Office,
    person: Person,
    places: Places,
    record: Record,
    title: str | None,
    holders: dict[int, str],
) -> Row:
    """One row."""
    due_at = None if record.finished_at else record.due_at
    return Row(
        case_id=record.id,
        reference=reference_of(record.id),
        title=title,
        status=record.status,
        kind=record.kind,
        topic=record.topic,
        unit=record.unit or "",
        handler_id=record.handler_id,
        handler=record.handler or "",
        decider_id=record.decider_id,
        holders=tuple(holders.values()),
        held_until=record.lease_until if places.room is Room.DESK and holders else None,
        mine=person.account_id in holders,
        proposed=record.proposal is not None and record.status is Status.SCREENING,
        proposed_by_me=record.proposer_id == person.account_id,
        due_at=due_at,
        remaining=remaining(due_at, office.at, office.calendar) if due_at else None,
        due_today=due_at is not None and local_date(due_at) == office.today,
        arrived_on=local_date(record.arrived_at),
        finished_on=local_date(record.finished_at) if record.finished_at else None,
        praise=record.sentiment is Sentiment.PRAISE,
        fears_retaliation=record.fears_retaliation,
        leaving=record.keep_until is not None,
        added=(record.supplied_at if places.room is Room.DESK else record.passed_at) is not None,
        mark=record.mark or 0,
        may_take=record.take_over_from is not None and record.above_id in places.all,
    )


def _cursor(record: Record, *, back: bool) -> Cursor:
    """The place of a case in its list."""
    return Cursor(due_at=record.filed_at, case_id=record.id, back=back)
