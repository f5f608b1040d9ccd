"""Fills a database for the staff's lists: cases at a desk, before a cell, ended, and held copies.

They are written in bulk past the verbs, in the shape in which the verbs leave them. Of what no list
reads nothing is written.
"""

import json
import secrets
from collections import Counter as Tally
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, select

from bench.seeding import BLOCK, TITLES, WARD
from moderation.register import line
from moderation.workflow.filing import QUEUES
from portal.clock import now
from portal.db import Database
from portal.models import (
    Case,
    CaseScope,
    CopyGroup,
    Counter,
    Expiry,
    HeldCopy,
    JournalEntry,
    Organisation,
    Paper,
    Seal,
)
from portal.models.case import PaperKind, Room
from portal.models.submission import SealHolder, SealTarget, identity_of
from portal.vault import Ring, encrypt, new_key, new_uid, seal_box
from portal.vocabulary import Deed, Kind, OrganisationKind, RetentionRule, Status, Suspicion, Topic

#: The copies of one flood, and into how many groups they fall.
FLOOD, GROUPS = 5_000, 50
#: What becomes of ten cases after each other. Of each ten, four are with one of the ward's cells.
_COURSE = (
    *(Status.RECEIVED, Status.SCREENING, Status.ELIGIBLE, Status.ROUTED, Status.ROUTED),
    *(Status.IN_PROGRESS, Status.ANSWERED, Status.DECLINED, Status.DECLINED, Status.REFERRED),
)
#: One case in so many is late. The rooms walk along what is late to count it, because it is few.
_LATE = 53
_HANDLED = frozenset({Status.ROUTED, Status.IN_PROGRESS, Status.ANSWERED})
_RULES = {
    Status.DECLINED: RetentionRule.DECLINED,
    Status.REFERRED: RetentionRule.REFERRED,
}
_KINDS, _TOPICS = list(Kind), list(Topic)


@dataclass
class _Rows:
    """What is written at once, table by table."""

    tables: dict[type, list[dict[str, Any]]] = field(default_factory=dict)
    tally: Tally[tuple[Room, int, Status]] = field(default_factory=Tally)

    def add(self, table: type, **row: Any) -> None:
        """One row more."""
        self.tables.setdefault(table, []).append(row)

    def file(self, room: Room, organisation_id: int, case: dict[str, Any], queue: str) -> None:
        """File a case in a room, and count it."""
        narrowed = {name: case[name] for name in ("status", "kind", "topic", "unit_id", "due_at")}
        key = {"room": room, "organisation_id": organisation_id, "case_id": case["id"]}
        self.add(CaseScope, queue=queue, **key, **narrowed)
        self.tally[room, organisation_id, case["status"]] += 1


def fill_lists(database: Database, ring: Ring, *, amount: int) -> None:
    """Write so many cases, an entry of the journal for each, and a flood of a twentieth of them."""
    with database.reading() as session:
        ward = session.scalars(_today().where(Organisation.name == WARD)).one()
        cells = list(session.scalars(_today().where(Organisation.parent_id == ward.id, _is_cell())))
        reader = session.scalars(select(func.min(JournalEntry.account_id))).first()
    for first in range(0, amount, BLOCK):
        rows = _Rows()
        for number in range(first, min(first + BLOCK, amount)):
            _case(rows, ring, ward, cells[number // len(_COURSE) % len(cells)], number)
            _entry(rows, ward, reader, number)
        _write(database, rows)
    rows = _Rows()
    for group in range(GROUPS):
        desk = {"first_id": identity_of(_year(), group + 1), "desk_id": ward.id}
        rows.add(CopyGroup, id=group + 1, opened_at=now(), version=1, **desk)
    for copy in range(min(FLOOD, amount // 20)):
        _copy(rows, ring, ward, amount + copy, copy % GROUPS + 1)
    _write(database, rows)


def _today() -> Select[Organisation]:
    """The communes and cells of today."""
    return select(Organisation).where(
        Organisation.kind.in_([OrganisationKind.WARD_COMMUNE, OrganisationKind.CELL]),
        Organisation.valid_to.is_(None),
    )


def _is_cell() -> ColumnElement[bool]:
    """That an organisation is a cell."""
    return Organisation.kind == OrganisationKind.CELL


def _case(rows: _Rows, ring: Ring, ward: Organisation, cell: Organisation, number: int) -> None:
    """One case where its course has brought it."""
    status = _COURSE[number % len(_COURSE)]
    case = _facts(rows, ring, ward, number, status)
    if status in _HANDLED:
        case["handler_id"] = cell.id
        for place in line(cell.path):
            rows.file(Room.COMMITTEE, place, case, QUEUES[Room.COMMITTEE][status])
    for place in line(ward.path):
        rows.file(Room.DESK, place, case, QUEUES[Room.DESK][status])
    if status in _RULES:
        case["finished_at"] = since = now() - timedelta(days=number * 701 % 3_000)
        rows.add(Expiry, case_id=case["id"], rule=_RULES[status], since=since)
    rows.add(Case, **{"handler_id": None, "finished_at": None, "held": False} | case)


def _copy(rows: _Rows, ring: Ring, ward: Organisation, number: int, group_id: int) -> None:
    """One copy of a flood."""
    case = _facts(rows, ring, ward, number, Status.RECEIVED)
    rows.add(Case, **{"handler_id": None, "finished_at": None, "held": True} | case)
    rows.add(HeldCopy, case_id=case["id"], group_id=group_id, why=Suspicion.SOURCE)
    for place in line(ward.path):
        rows.file(Room.QUARANTINE, place, case, QUEUES[Room.QUARANTINE][Status.RECEIVED])


def _facts(
    rows: _Rows, ring: Ring, ward: Organisation, number: int, status: Status
) -> dict[str, Any]:
    """What each case has: its number, its title, its deadline, and the seal of its inner key."""
    case_id, internal, moment = identity_of(_year(), number + 1), new_key(), now()
    title = f"{TITLES[number % len(TITLES)]} ({number})"
    _seal(rows, ring, case_id, internal)
    if status in _HANDLED:
        uid, body = new_uid(), json.dumps({"text": title}).encode()
        box = encrypt(internal, body, "paper", uid, "body")
        rows.add(Paper, uid=uid, case_id=case_id, kind=PaperKind.SHOWN, body=box, at=moment)
    return {
        "id": case_id,
        "status": status,
        "version": 1,
        "arrived_at": moment - timedelta(days=30),
        "prepared_at": moment - timedelta(days=30),
        "desk_id": ward.id,
        "unit_id": ward.id,
        "kind": _KINDS[number // len(_COURSE) % len(_KINDS)],
        "topic": _TOPICS[number // len(_COURSE) % len(_TOPICS)],
        "headline": encrypt(internal, title.encode(), "feedback_case", case_id, "headline"),
        "due_at": moment + _ahead(number),
    }


def _ahead(number: int) -> timedelta:
    """How far ahead its deadline is: within a fortnight, and past for one case in so many."""
    minutes = number * 7_919 % 20_000 + 1
    return timedelta(minutes=-minutes if number % _LATE == 0 else minutes)


def _seal(rows: _Rows, ring: Ring, case_id: int, internal: bytes) -> None:
    """The seal of the inner key: lists open nothing else."""
    target = SealTarget.CASE_INTERNAL
    rows.add(
        Seal,
        target=target,
        target_id=case_id,
        holder=SealHolder.STAFF,
        holder_id=0,
        key_version=ring.version,
        box=seal_box(ring.public[ring.version], internal, target.value, case_id),
    )


def _entry(rows: _Rows, ward: Organisation, reader: int | None, number: int) -> None:
    """That somebody has opened the case. The chain is checked by nobody here."""
    rows.add(
        JournalEntry,
        uid=new_uid(),
        at=now(),
        deed=Deed.READ,
        account_id=reader,
        case_id=identity_of(_year(), number + 1),
        organisation_id=ward.id,
        chain=secrets.token_bytes(32),
    )


def _write(database: Database, rows: _Rows) -> None:
    """Write one block, what others refer to first, and move the counters."""
    order: tuple[type, ...] = (Case, Seal, Paper, CaseScope, Expiry, CopyGroup, HeldCopy)
    with database.writing() as session:
        for table in (*order, JournalEntry):
            if table in rows.tables:
                session.execute(insert(table), rows.tables[table])
        for (room, organisation_id, status), amount in rows.tally.items():
            key = {"room": room, "organisation_id": organisation_id, "status": status}
            counter = session.get(Counter, tuple(key.values())) or Counter(**key, amount=0)
            counter.amount += amount
            session.add(counter)


def _year() -> int:
    """The year of the numbers: that of no other row."""
    return now().year - 1
