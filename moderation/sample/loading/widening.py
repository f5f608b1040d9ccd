"""Making the small ward of the sample the whole one: its other cells, people and accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.sample.loading.bringing import bring
from moderation.sample.loading.enrolling import Enrolled, admit
from moderation.sample.loading.proving import give_apps
from moderation.sample.loading.reshaping import found_school, let_go, office_on, reshape
from moderation.sample.loading.scene import World
from moderation.sample.records import FOUNDED, AccountRecord, read_accounts, read_organisations
from moderation.sample.whole.cells import (
    ENDED,
    JOINED,
    PARTED,
    PARTS,
    SCHOOL,
    CellRecord,
    read_cells,
)
from moderation.sample.whole.files import file_of_cells, file_of_people
from moderation.sample.whole.people import PersonRecord, read_people
from portal.clock import VIETNAM
from portal.db import Database
from portal.models import Member, Organisation
from portal.models.register_import import ImportKind
from portal.text import fold
from portal.vocabulary import Role

_WARD = "phuong-dong-kinh"
#: So many days after the ward was founded its registrar brought the cells, and then the members.
_CELLS_AFTER, _PEOPLE_AFTER = timedelta(days=2), timedelta(days=9)
#: So many days after the school was founded.
_SCHOOL_AFTER = timedelta(days=6)
#: The cells that are no more.
_WITHOUT = frozenset({ENDED, JOINED, PARTED})
_ADMITTED_AFTER = timedelta(days=12)


def widen(database: Database, *, world: World, password_hash: str) -> Enrolled:
    """Bring in what the whole ward has beside the small one; who and what is there then."""
    office, names = world.office, _names()
    ward = next(each for each in read_organisations() if each.key == _WARD)
    cells = file_of_cells(read_cells(), below=ward.name)
    _bring(database, world, ImportKind.ORGANISATIONS, "cac-chi-bo.csv", cells, _CELLS_AFTER)
    first = [person for person in read_people() if person.home != SCHOOL.key]
    people = file_of_people(first, cells=names)
    _bring(database, world, ImportKind.MEMBERS, "dang-vien.csv", people, _PEOPLE_AFTER)
    with database.writing() as session:
        found_school(session, office=office, ward=world.enrolled.organisations[_WARD])
    later = [person for person in read_people() if person.home == SCHOOL.key]
    after = SCHOOL.since - FOUNDED + _SCHOOL_AFTER
    people = file_of_people(later, cells=names | {SCHOOL.key: SCHOOL.name})
    _bring(database, world, ImportKind.MEMBERS, "mam-non-hoa-mo.csv", people, after)
    with database.writing() as session:
        enrolled = _found(session, world)
        reshape(session, office=office, numbers=dict(enrolled.organisations))
        ordinary = [person for person in first if not person.title and not person.post]
        let_go(session, office=office, people=_members(session, enrolled, ordinary))
        enrolled = _found(session, world, before=enrolled)
        _admit(session, office, enrolled, password_hash)
    return enrolled


def _bring(
    database: Database,
    world: World,
    kind: ImportKind,
    name: str,
    content: bytes,
    after: timedelta,
) -> None:
    """Bring a file so long after the ward was founded."""
    office = office_on(world.office, FOUNDED + after)
    bring(database, office=office, files=world.files, kind=kind, name=name, content=content)


def _names() -> dict[str, str]:
    """How the file of members calls the cells."""
    return {cell.key: cell.name for cell in read_cells()}


def _found(session: Session, world: World, before: Enrolled | None = None) -> Enrolled:
    """What is there now, under the keys of the tables, beside what was there ``before``."""
    ward = world.enrolled.organisations[_WARD]
    rows = session.execute(
        select(Organisation.name, Organisation.id).where(Organisation.parent_id == ward)
    )
    numbers = {row.name: row.id for row in rows}
    keys = {**{key: name for key, name, _short in PARTS}, **_names(), SCHOOL.key: SCHOOL.name}
    told = {key: numbers[name] for key, name in keys.items() if name in numbers}
    people = {
        (row.name, row.birth_year): row.id
        for row in session.execute(select(Member.name, Member.birth_year, Member.id))
    }
    return Enrolled(
        {**(before or world.enrolled).organisations, **told},
        {
            **world.enrolled.members,
            **{each.key: people[each.name, each.birth_year] for each in read_people()},
        },
    )


def _members(session: Session, enrolled: Enrolled, people: list[PersonRecord]) -> list[Member]:
    return [session.get_one(Member, enrolled.members[person.key]) for person in people]


def _admit(session: Session, office: Office, enrolled: Enrolled, password_hash: str) -> None:
    """Give two of each committee an account."""
    since = datetime.combine(FOUNDED + _ADMITTED_AFTER, time(8), VIETNAM)
    records = list(accounts())
    admit(session, enrolled, records, password_hash=password_hash, since=since)
    give_apps(session, search=office.ring.search, logins=[each.login for each in records])


def accounts() -> Iterator[AccountRecord]:
    """The accounts of the secretary and the deputy of each cell that is always there."""
    taken = {record.login for record in read_accounts()}
    always: dict[str, CellRecord] = {
        cell.key: cell for cell in (*read_cells(), SCHOOL) if cell.key not in _WITHOUT
    }
    for person in read_people():
        if person.title is None or person.home not in always:
            continue
        if not person.title.on_committee or person.title.value == "committee_member":
            continue
        words = fold(person.name).split()
        login = f"{words[-1]}.{words[0]}"
        while login in taken:
            login = f"{words[-1]}.{words[-2]}.{words[0]}" if login.count(".") == 1 else login + "2"
        taken.add(login)
        yield AccountRecord(login, person.name, Role.COMMITTEE, person.home, person.key, ())
