"""Choosing the cases of a list: each part of it is one range of one index, cut before it is joined.

What excludes a person is a condition of every part.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, exists, select, tuple_
from sqlalchemy.orm import aliased

from moderation.access import Person, not_excluded
from moderation.listing.cursors import Cursor
from moderation.listing.places import Places
from moderation.listing.wanted import Due, Holder, Wanted
from portal.clock import VIETNAM, local_date
from portal.models import Case, CaseScope, Submission
from portal.vocabulary import Sentiment, Status

Part = Select[int, datetime]
_Condition = ColumnElement[bool]


def parts_of(
    wanted: Wanted, *, person: Person, places: Places, at: datetime, cursor: Cursor | None = None
) -> Iterator[Part]:
    """The parts of a list, unordered: one for each place and queue.

    ``cursor`` leaves out what lies on its other side.
    """
    for place in places.all:
        for where in _ranges(wanted):
            part = select(CaseScope.case_id, CaseScope.due_at).where(
                CaseScope.room == places.room,
                CaseScope.organisation_id == place,
                *where,
                *_narrowed(wanted, at),
                *_about_case(wanted, person),
                not_excluded(person),
            )
            if place in places.within:
                part = part.where(~seen_from(places))
            yield part if cursor is None else part.where(_beyond(cursor, wanted))


def ordered(part: Part, *, wanted: Wanted, back: bool = False) -> Part:
    """A part in the order of its list, or in the opposite one."""
    columns = (CaseScope.due_at, CaseScope.case_id)
    if wanted.list.newest_first is back:
        return part.order_by(*columns)
    return part.order_by(*(column.desc() for column in columns))


def seen_from(places: Places) -> _Condition:
    """That a case is seen from one of the tops as well, where it is listed already."""
    other = aliased(CaseScope)
    return exists().where(
        other.room == places.room,
        other.organisation_id.in_(places.tops),
        other.case_id == CaseScope.case_id,
    )


def _ranges(wanted: Wanted) -> list[tuple[_Condition, ...]]:
    """What leads the index: a reference number, else a status, else each queue of the list."""
    if wanted.reference is not None:
        case_ids = select(Submission.case_id).where(Submission.id == wanted.reference)
        return [(CaseScope.case_id.in_(case_ids),)]
    if wanted.status is not None:
        return [(CaseScope.status == wanted.status,)]
    return [(CaseScope.queue == queue,) for queue in wanted.list.queues]


def _narrowed(wanted: Wanted, at: datetime) -> list[_Condition]:
    """What the scope rows themselves can be narrowed by."""
    found: list[_Condition] = []
    if wanted.kind is not None:
        found.append(CaseScope.kind == wanted.kind)
    if wanted.topic is not None:
        found.append(CaseScope.topic == wanted.topic)
    if wanted.unit_id is not None:
        found.append(CaseScope.unit_id == wanted.unit_id)
    due = wanted.list.due or wanted.due
    if due is Due.OVERDUE:
        found.append(CaseScope.due_at < at)
    elif due is Due.TODAY:
        found += [CaseScope.due_at >= at, CaseScope.due_at < _end_of_day(at)]
    return found


def _about_case(wanted: Wanted, person: Person) -> list[_Condition]:
    """What has to be asked of the case itself. Few cases are held or proposed at a time: these
    are looked up first, and all others are tried one by one in the order of the list.
    """
    found: list[_Condition] = []
    holder = wanted.list.holder or wanted.holder
    if holder is Holder.ME:
        found.append(_among(Case.claimant_id == person.account_id))
    elif holder is Holder.NOBODY:
        found.append(_such(Case.claimant_id.is_(None)))
    if wanted.list.to_confirm:
        # Greater than nothing instead of "not empty": SQLite then uses the index.
        proposed = _among(Case.proposer_id > 0, Case.proposer_id != person.account_id)
        found += [proposed, CaseScope.status == Status.SCREENING]
    if wanted.list.praise:
        found.append(_such(Case.sentiment == Sentiment.PRAISE))
    return found


def _among(*conditions: _Condition) -> _Condition:
    """That a case is one of the few that meet the conditions."""
    return CaseScope.case_id.in_(select(Case.id).where(*conditions))


def _such(*conditions: _Condition) -> _Condition:
    """That a case meets the conditions."""
    return exists().where(Case.id == CaseScope.case_id, *conditions)


def _beyond(cursor: Cursor, wanted: Wanted) -> _Condition:
    """That a row lies on the side of the cursor to which the page goes."""
    row = tuple_(CaseScope.due_at, CaseScope.case_id)
    here = (cursor.due_at, cursor.case_id)
    return row > here if wanted.list.newest_first is cursor.back else row < here


def _end_of_day(at: datetime) -> datetime:
    """The midnight in Vietnam that ends the day of a moment."""
    return datetime.combine(local_date(at) + timedelta(days=1), time(), VIETNAM)
