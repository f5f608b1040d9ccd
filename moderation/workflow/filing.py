"""Filing a case: from which organisations' rooms it is seen, and how many each one sees.

It is called after every change of status, owner, deadline, or what lists are narrowed by;
nothing else writes these rows.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import and_, delete, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from moderation.register import line
from moderation.searching.following import refile
from moderation.units import pieces
from portal.db import Base, dialect_of
from portal.models import Case, CaseScope, Counter, Organisation
from portal.models.case import Room
from portal.vocabulary import OrganisationKind, Status

S = Status
#: A case, or of one what filing reads.
_Read = Any
_Place = tuple[Room, int]
#: So many cases are read and written together.
_BATCH = 1_000
_READ = (
    *(Case.id, Case.status, Case.kind, Case.topic, Case.unit_id),
    *(Case.desk_id, Case.handler_id, Case.decider_id, Case.above_id),
    *(Case.held, Case.restricted, Case.prepared_at),
    *(Case.due_at, Case.finished_at, Case.arrived_at),
)
#: By how much each counter moves.
Changes = Tally[tuple[Room, int, Status]]
#: Which list of a room a status belongs to. A status without a list is not seen from there.
QUEUES: dict[Room, dict[Status, str]] = {
    Room.DESK: {
        S.RECEIVED: "todo",
        S.SCREENING: "todo",
        S.ELIGIBLE: "todo",
        S.NEED_INFO: "waiting",
        S.ROUTED: "handling",
        S.IN_PROGRESS: "handling",
        S.ON_HOLD: "handling",
        S.REPORTED: "publish",
        S.ANSWERED: "answered",
        S.REVIEW: "review",
        S.CLOSED: "done",
        S.DECLINED: "done",
        S.REFERRED: "done",
        S.WITHDRAWN: "done",
    },
    Room.COMMITTEE: {
        S.SCREENING: "todo",
        S.ROUTED: "todo",
        S.IN_PROGRESS: "working",
        S.ON_HOLD: "working",
        S.REPORTED: "reported",
        S.ANSWERED: "reported",
        S.REVIEW: "review",
        S.CLOSED: "done",
        S.REFERRED: "done",
        S.WITHDRAWN: "done",
    },
    Room.QUARANTINE: {S.RECEIVED: "held", S.SCREENING: "held"},
}

_COUNTER = Base.metadata.tables[Counter.__tablename__]
_MOVE = {
    dialect: counted.on_conflict_do_update(
        index_elements=["room", "organisation_id", "status"],
        set_={"amount": _COUNTER.c.amount + counted.excluded.amount},
    )
    for dialect, counted in (
        ("sqlite", sqlite.insert(_COUNTER)),
        ("postgresql", postgresql.insert(_COUNTER)),
    )
}

#: Where a commission that decides in place of a moderator sees the case: it confirms a proposal,
#: or it answers a report, or has answered it, or decides on what was contested.
_JUDGED = frozenset({S.SCREENING, S.REPORTED, S.ANSWERED, S.REVIEW, S.CLOSED})
#: Where the organisation that has the case sees it; what is screened it does not have any more.
_HANDLED = frozenset(QUEUES[Room.COMMITTEE]) - {S.SCREENING}


def file_case(session: Session, *, case: Case) -> None:
    """Write the scope rows of a case anew and move the counters with them."""
    session.flush()
    old = dict(_take_out(session, [case.id]))
    new = dict.fromkeys(_places(case, _paths(session, [case])), case.status)
    if new:
        session.execute(insert(CaseScope), [_scope(case, *place) for place in new])
    changes = Changes()
    for place in old.keys() | new.keys():
        if old.get(place) is not new.get(place):
            changes.subtract([(*place, old[place])] if place in old else [])
            changes.update([(*place, new[place])] if place in new else [])
    _move_counters(session, changes)
    refile(session, case_ids=[case.id])


def file_moved(session: Session, *, case_ids: Iterable[int]) -> None:
    """Write from where cases are seen, after organisations have moved and nothing else of these
    cases has changed: only the rows that come and go, in a few statements for a thousand cases.
    """
    session.flush()
    changes = Changes()
    for some in pieces(case_ids, _BATCH):
        cases = session.execute(select(*_READ).where(Case.id.in_(some))).all()
        paths, there = _paths(session, cases), _filed(session, some)
        gone, come = defaultdict[tuple[Room, int], list[int]](list), []
        for case in cases:
            old, new = there.get(case.id, {}), dict.fromkeys(_places(case, paths))
            come += [_scope(case, *place) for place in new if place not in old]
            changes.update((*place, case.status) for place in new if place not in old)
            changes.subtract((*place, old[place]) for place in old if place not in new)
            for place in old.keys() - new.keys():
                gone[place].append(case.id)
        for (room, organisation_id), ids in gone.items():
            at = CaseScope.room == room, CaseScope.organisation_id == organisation_id
            session.execute(delete(CaseScope).where(*at, CaseScope.case_id.in_(ids)))
        if come:
            session.execute(insert(CaseScope), come)
    _move_counters(session, changes)
    refile(session, case_ids=case_ids)


def unfile(session: Session, *, case_ids: Collection[int]) -> None:
    """Take cases out of every room, and off the counters."""
    changes = Changes()
    changes.subtract((*place, status) for place, status in _take_out(session, case_ids))
    _move_counters(session, changes)


def _take_out(session: Session, case_ids: Collection[int]) -> list[tuple[tuple[Room, int], Status]]:
    """Delete the scope rows of cases; return where each was filed, and with which status."""
    rows = session.execute(
        select(CaseScope.room, CaseScope.organisation_id, CaseScope.status).where(
            CaseScope.case_id.in_(case_ids)
        )
    ).all()
    if rows:
        session.execute(delete(CaseScope).where(CaseScope.case_id.in_(case_ids)))
    return [((row.room, row.organisation_id), row.status) for row in rows]


def _move_counters(session: Session, changes: Changes) -> None:
    """Move every counter that changes, making those that are new.

    Always in the same order: two that move the same counters never wait for each other.
    """
    moved = [
        {"room": room, "organisation_id": organisation_id, "status": status, "amount": change}
        for (room, organisation_id, status), change in sorted(changes.items())
    ]
    if moved:
        session.connection().execute(_MOVE[dialect_of(session)], moved)


def _filed(session: Session, case_ids: Collection[int]) -> dict[int, dict[_Place, Status]]:
    """From where these cases are seen so far."""
    found: dict[int, dict[_Place, Status]] = {}
    rows = select(CaseScope.case_id, CaseScope.room, CaseScope.organisation_id, CaseScope.status)
    for case_id, room, place, status in session.execute(
        rows.where(CaseScope.case_id.in_(case_ids))
    ):
        found.setdefault(case_id, {})[room, place] = status
    return found


def _scope(case: _Read, room: Room, organisation_id: int) -> dict[str, object]:
    """One scope row."""
    return {
        "room": room,
        "organisation_id": organisation_id,
        "case_id": case.id,
        "queue": _queue(case, room, organisation_id),
        "status": case.status,
        "kind": case.kind,
        "topic": case.topic,
        "unit_id": case.unit_id,
        "due_at": case.due_at or case.finished_at or case.arrived_at,
    }


def _queue(case: _Read, room: Room, organisation_id: int) -> str:
    """In which list a case stands: a report waits for the commission that must answer it."""
    judged = room is Room.COMMITTEE and organisation_id == case.decider_id != case.handler_id
    return "todo" if judged and case.status is S.REPORTED else QUEUES[room][case.status]


def _paths(session: Session, cases: Iterable[_Read]) -> dict[int, str]:
    """The paths of the desks and handlers of cases, and of those deciding who are commissions."""
    places = {case.desk_id for case in cases} | {case.handler_id for case in cases}
    deciders = {case.decider_id for case in cases}
    wanted = or_(
        Organisation.id.in_(places),
        and_(Organisation.id.in_(deciders), Organisation.kind == OrganisationKind.COMMISSION),
    )
    rows = session.execute(select(Organisation.id, Organisation.path).where(wanted))
    return {row.id: row.path for row in rows}


def _places(case: _Read, paths: Mapping[int, str]) -> list[_Place]:
    """From where a case is seen: its organisations and, unless restricted, all above them."""
    if case.prepared_at is None or case.status is S.MERGED:
        return []
    held = case.held and case.status in QUEUES[Room.QUARANTINE]
    desk = Room.QUARANTINE if held else Room.DESK
    places = [(desk, place) for place in line(paths.get(case.desk_id or 0, ""))]
    seen: tuple[int, ...] = ()
    if case.handler_id is not None and case.status in _HANDLED:
        whole = line(paths[case.handler_id])
        seen = whole[-1:] if case.restricted else whole
    places += [(Room.COMMITTEE, place) for place in seen]
    judge = case.decider_id
    if judge is not None and judge in paths and judge not in seen and case.status in _JUDGED:
        places.append((Room.COMMITTEE, judge))
    above = case.above_id
    if above is not None and above not in seen and (Room.COMMITTEE, above) not in places:
        places.append((Room.COMMITTEE, above))
    return places
