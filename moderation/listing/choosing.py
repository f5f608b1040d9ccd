"""Choosing the cases of a list: each part of it is one range of one index, cut before it is joined.

What excludes a person is a condition of every part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Function,
    Select,
    exists,
    func,
    literal,
    null,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from moderation.access import Person, not_excluded
from moderation.listing.cursors import Cursor
from moderation.listing.places import Places
from moderation.listing.wanted import Holder, Waiting, Wanted
from portal.models import Case, CaseScope, Submission
from portal.models.case import Room
from portal.vocabulary import Sentiment, Status

Part = Select[int, datetime]
_Condition = ColumnElement[bool]
_WAITING = {
    Waiting.ADDED: Case.supplied_at,
    Waiting.PASSED: Case.passed_at,
    Waiting.LEFT: Case.keep_until,
}
_BEFORE = datetime(2000, 1, 1, tzinfo=UTC)


def parts_of(
    wanted: Wanted, *, person: Person, places: Places, at: datetime, cursor: Cursor | None = None
) -> Iterator[Part]:
    """The parts of a list, unordered: one for each place and queue, or for each place only.

    ``cursor`` leaves out what lies on its other side.
    """
    common = [*_narrowed(wanted, person, at), not_excluded(person)]
    if cursor is not None:
        common.append(_beyond(cursor, wanted))
    for place in places.tops:
        for range_ in _ranges(wanted, person, places, place):
            yield select(CaseScope.case_id, CaseScope.due_at).where(*range_, *common)
    for place in places.within:
        for range_ in _ranges(wanted, person, places, place):
            part = select(CaseScope.case_id, CaseScope.due_at).where(*range_, *common)
            yield part.where(~seen_from(places))


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


def filed_among(few: Select[int], *, room: Room, places: Iterable[int]) -> list[_Condition]:
    """That a scope row is of one of few cases, and filed at one of these places.

    Room and place are wrapped so that no index of theirs is taken: without statistics SQLite
    believes that index to be the shorter way, and walks through the whole room.
    """
    return [
        CaseScope.case_id.in_(few),
        _wrapped(CaseScope.room) == room,
        _wrapped(CaseScope.organisation_id).in_(places),
    ]


def _ranges(
    wanted: Wanted, person: Person, places: Places, place: int
) -> Iterator[list[_Condition]]:
    """What leads the index at a place: the few cases, else a status, else each queue."""
    few = _few(wanted, person)
    if few is not None:
        found = filed_among(few, room=places.room, places=[place])
        if wanted.list.queues:
            found.append(_wrapped(CaseScope.queue).in_(map(literal, wanted.list.queues)))
        if wanted.status is not None:
            found.append(_wrapped(CaseScope.status) == wanted.status)
        yield found
        return
    here = [CaseScope.room == places.room, CaseScope.organisation_id == place]
    if wanted.status is not None:
        yield [*here, CaseScope.status == wanted.status]
        return
    for queue in wanted.list.queues:
        yield [*here, CaseScope.queue == queue]


def _few(wanted: Wanted, person: Person) -> Select[int] | None:
    """The few cases that are asked for: of one number, held by the person, to be confirmed, or
    on which something waits.
    """
    if wanted.reference is not None:
        return select(Submission.case_id).where(Submission.id == wanted.reference)
    if wanted.list.to_confirm:
        # Greater than nothing instead of "not empty": SQLite then uses the index.
        return select(Case.id).where(
            Case.proposer_id > 0,
            Case.proposer_id != person.account_id,
            _wrapped(Case.status) == Status.SCREENING,
        )
    if wanted.list.waiting is not None:
        # Later than a day before all of them instead of "not empty": SQLite then uses the index.
        return select(Case.id).where(_WAITING[wanted.list.waiting] > _BEFORE)
    if Holder.ME in {wanted.list.holder, wanted.holder}:
        return select(Case.id).where(Case.claimant_id == person.account_id)
    return None


def _narrowed(wanted: Wanted, person: Person, at: datetime) -> list[_Condition]:
    """By what the rows are narrowed: what stands in them, then what is asked of the case."""
    found: list[_Condition] = []
    if wanted.kind is not None:
        found.append(CaseScope.kind == wanted.kind)
    if wanted.topic is not None:
        found.append(CaseScope.topic == wanted.topic)
    if wanted.unit_id is not None:
        found.append(CaseScope.unit_id == wanted.unit_id)
    if wanted.list.overdue:
        found.append(CaseScope.due_at < at)
    if wanted.holder is Holder.NOBODY:
        found.append(_such(Case.claimant_id.is_(None)))
    if wanted.holder is Holder.OTHERS:
        found.append(_such(Case.claimant_id != person.account_id))
    if wanted.list.praise:
        found.append(_such(Case.sentiment == Sentiment.PRAISE))
    return found


def _such(condition: _Condition) -> _Condition:
    """That a case itself meets a condition."""
    return exists().where(Case.id == CaseScope.case_id, condition)


def _wrapped(column: InstrumentedAttribute[Any]) -> Function[Any]:
    """A column as it is, and of no use to an index."""
    return func.coalesce(column, null())


def _beyond(cursor: Cursor, wanted: Wanted) -> _Condition:
    """That a row lies on the side of the cursor to which the page goes."""
    row = tuple_(CaseScope.due_at, CaseScope.case_id)
    here = tuple_(
        type_coerce(cursor.due_at, CaseScope.due_at.type),
        type_coerce(cursor.case_id, CaseScope.case_id.type),
    )
    return row > here if wanted.list.newest_first is cursor.back else row < here
