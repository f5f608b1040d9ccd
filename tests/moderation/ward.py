"""A small ward of invented people, written straight into a database, for tests of the staff room.

One province with its commission; one ward with its commission and three cells; another ward.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from moderation.access import Person, identify
from moderation.excluding import marks_of, write_marks
from moderation.office import Office
from moderation.papers import CaseKeys, make_internal_key, open_keys
from moderation.workflow.filing import file_case
from portal import schema
from portal.db import Database
from portal.deadlines import Calendar
from portal.models import (
    Account,
    Case,
    Grant,
    Member,
    Membership,
    Organisation,
    Post,
    Setting,
    Standing,
    Tie,
)
from portal.receiving import Entry, Receipt, receive
from portal.text import fold
from portal.vault import Ring, load_ring, new_token
from portal.vault.minting import mint
from portal.vocabulary import (
    MembershipKind,
    MembershipStatus,
    OrganisationKind,
    PostTitle,
    Role,
    Status,
    UnitKind,
)
from portal.words import Words

#: Monday, 23 November 2026, ten in the morning in Vietnam.
NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SINCE = date(2025, 7, 1)

PROVINCE, PROVINCE_COMMISSION, WARD, COMMISSION, CELL_7, CELL_2, SCHOOL, OTHER_WARD = range(1, 9)

_ORGANISATIONS = (
    (PROVINCE, OrganisationKind.PROVINCE, None, None, "Đảng bộ tỉnh"),
    (PROVINCE_COMMISSION, OrganisationKind.COMMISSION, None, PROVINCE, "Ủy ban kiểm tra tỉnh"),
    (WARD, OrganisationKind.WARD_COMMUNE, None, PROVINCE, "Đảng bộ phường Đông Kinh"),
    (COMMISSION, OrganisationKind.COMMISSION, None, WARD, "Ủy ban kiểm tra phường"),
    (CELL_7, OrganisationKind.CELL, UnitKind.RESIDENTIAL, WARD, "Chi bộ khối 7"),
    (CELL_2, OrganisationKind.CELL, UnitKind.RESIDENTIAL, WARD, "Chi bộ khối 2"),
    (SCHOOL, OrganisationKind.CELL, UnitKind.SCHOOL, WARD, "Chi bộ trường học"),
    (OTHER_WARD, OrganisationKind.WARD_COMMUNE, None, PROVINCE, "Đảng bộ phường Kỳ Lừa"),
)
#: Key: name, year of birth, home cell, cell of residence.
_MEMBERS = {
    "bach": ("Nông Văn Bách", 1961, CELL_7, CELL_7),
    "bach_84": ("Nông Văn Bách", 1984, SCHOOL, CELL_2),
    "thanh": ("Vi Văn Thành", 1970, CELL_7, CELL_7),
    "lua": ("Hoàng Thị Lụa", 1975, SCHOOL, CELL_2),
    "doan": ("Lý Văn Đoàn", 1966, CELL_2, CELL_2),
    "vinh": ("Đàm Văn Vinh", 1968, CELL_2, CELL_2),
    "ky": ("Chu Thị Kỳ", 1972, CELL_2, CELL_2),
}
_POSTS = (
    ("thanh", CELL_7, PostTitle.SECRETARY),
    ("lua", SCHOOL, PostTitle.SECRETARY),
    ("doan", CELL_2, PostTitle.SECRETARY),
    ("vinh", WARD, PostTitle.COMMITTEE_MEMBER),
    ("ky", COMMISSION, PostTitle.COMMISSION_MEMBER),
)
#: Login: name, member key, grants of a role at an organisation.
_ACCOUNTS: dict[str, tuple[str, str | None, tuple[tuple[Role, int], ...]]] = {
    "hoa": ("Lương Thị Hòa", None, ((Role.MODERATOR, WARD),)),
    "lam": ("Chu Văn Lâm", None, ((Role.MODERATOR, WARD),)),
    "thu": ("Nông Thị Thu", None, ((Role.MODERATOR, PROVINCE),)),
    "tied": ("Bế Thị Ngân", None, ((Role.MODERATOR, WARD),)),
    "thanh": ("Vi Văn Thành", "thanh", ((Role.COMMITTEE, CELL_7),)),
    "wife": ("Hoàng Thị Mến", None, ((Role.COMMITTEE, CELL_7),)),
    "doan": ("Lý Văn Đoàn", "doan", ((Role.COMMITTEE, CELL_2),)),
    "lua": ("Hoàng Thị Lụa", "lua", ((Role.COMMITTEE, SCHOOL),)),
    "vinh": ("Đàm Văn Vinh", "vinh", ((Role.COMMITTEE, WARD),)),
    "ky": ("Chu Thị Kỳ", "ky", ((Role.COMMITTEE, COMMISSION),)),
    "both": ("Triệu Văn Sơn", None, ((Role.MODERATOR, WARD), (Role.COMMITTEE, CELL_7))),
    "far": ("Lộc Thị Hạnh", None, ((Role.MODERATOR, OTHER_WARD),)),
    "province": ("Vy Văn Thọ", None, ((Role.COMMITTEE, PROVINCE),)),
    "auditor": ("Đinh Thị Sen", None, ((Role.AUDITOR, PROVINCE),)),
    "an": ("Trần Thị An", None, ((Role.ADMINISTRATOR, PROVINCE),)),
    "kien": ("Hứa Trung Kiên", None, ((Role.ADMINISTRATOR, PROVINCE),)),
    "duyen": ("Phùng Thị Duyên", None, ((Role.ADMINISTRATOR, WARD),)),
}
_TIES = (("tied", "bach"), ("wife", "bach"))


@dataclass(repr=False)
class Ward:
    """The database of one test, with its keys and its clock."""

    database: Database
    ring: Ring
    worker_ring: Ring
    members: dict[str, UUID]
    accounts: dict[str, int]
    at: datetime = NOON
    calendar: Calendar = field(default_factory=Calendar)

    @property
    def office(self) -> Office:
        """What verbs are handed, at the moment of the test."""
        return Office(ring=self.ring, calendar=self.calendar, at=self.at)

    def later(self, **gap: float) -> None:
        """Let time pass."""
        self.at += timedelta(**gap)

    def person(self, session: Session, login: str) -> Person:
        """Somebody who is signed in."""
        account = session.get_one(Account, self.accounts[login])
        return identify(session, search=self.ring.search, account=account, today=self.office.today)

    def send(self, session: Session, words: Words, **answers: object) -> Receipt:
        """Send a comment as a resident does."""
        entry = replace(Entry(words=words), **answers)  # type: ignore[arg-type]
        return receive(session, ring=self.ring, token=new_token(), entry=entry, at=self.at)

    def keys(self, session: Session, case: Case) -> CaseKeys:
        """The opened keys of a case."""
        return open_keys(session, office=self.office, case_id=case.id)

    def place(
        self,
        session: Session,
        *,
        status: Status,
        handler: int | None = None,
        subjects: Iterable[str] = (),
    ) -> Case:
        """A case put at a status by force: only for tests of what may follow from there."""
        receipt = self.send(session, Words(about="Ông Bách", what="Để vật liệu lấn vỉa hè."))
        case = session.get_one(Case, receipt.submission_id)
        make_internal_key(session, office=self.office, case_id=case.id)
        case.desk_id, case.handler_id, case.prepared_at = WARD, handler, self.at
        case.status = status
        members = [self.members[key] for key in subjects]
        marks = marks_of(
            session, office=self.office, case=case, members=members, with_committees=False
        )
        write_marks(session, case=case, marks=marks)
        file_case(session, case=case)
        return case


def build(folder: Path, address: str = "") -> Ward:
    """Make the keys and the database of the ward in a folder, or the database elsewhere."""
    mint(folder / "keys")
    database = Database(address or _address(folder))
    schema.upgrade(database)
    with database.writing() as session:
        _fill(session)
    database.engine.dispose()
    return open_ward(folder, address)


def copy(source: Path, target: Path) -> Ward:
    """A fresh copy of a built ward: each test gets its own."""
    shutil.copytree(source, target)
    return open_ward(target)


def open_ward(folder: Path, address: str = "") -> Ward:
    """The ward in a folder."""
    database = Database(address or _address(folder))
    with database.reading() as session:
        known = {
            (row.name, row.birth_year): row.id
            for row in session.execute(select(Member.name, Member.birth_year, Member.id))
        }
        members = {
            key: known[name, year] for key, (name, year, _home, _residence) in _MEMBERS.items()
        }
        accounts = {row.login: row.id for row in session.execute(select(Account.login, Account.id))}
    return Ward(
        database=database,
        ring=load_ring(folder / "keys" / "staff"),
        worker_ring=load_ring(folder / "keys" / "worker"),
        members=members,
        accounts=accounts,
    )


def _address(folder: Path) -> str:
    """Where the database of a folder is."""
    return f"sqlite:///{folder / 'portal.db'}"


def _fill(session: Session) -> None:
    """Write the organisations, the members and the accounts."""
    paths: dict[int | None, str] = {None: ""}
    for number, kind, unit_kind, parent, name in _ORGANISATIONS:
        paths[number] = f"{paths[parent]}{number}."
        session.add(
            Organisation(
                id=number,
                kind=kind,
                unit_kind=unit_kind,
                name=name,
                short_name=name,
                folded=fold(name),
                parent_id=parent,
                path=paths[number],
                valid_from=SINCE,
            )
        )
        session.flush()
    session.execute(insert(Setting).values(name="intake_organisation", value=str(PROVINCE)))
    members = {key: _member(session, *facts) for key, facts in _MEMBERS.items()}
    for key, organisation_id, title in _POSTS:
        session.add(
            Post(
                member_id=members[key],
                organisation_id=organisation_id,
                title=title,
                valid_from=SINCE,
            )
        )
    accounts = {login: _account(session, login, members) for login in _ACCOUNTS}
    for login, key in _TIES:
        session.add(Tie(account_id=accounts[login], member_id=members[key], declared_at=NOON))


def _member(session: Session, name: str, year: int, home: int, residence: int) -> UUID:
    """Write one member with both cells."""
    member = Member(name=name, folded=fold(name), given=fold(name.split()[-1]), birth_year=year)
    session.add(member)
    session.flush()
    for kind, cell in ((MembershipKind.HOME, home), (MembershipKind.RESIDENCE, residence)):
        session.add(
            Membership(member_id=member.id, organisation_id=cell, kind=kind, valid_from=SINCE)
        )
    session.add(Standing(member_id=member.id, status=MembershipStatus.ACTIVE, valid_from=SINCE))
    return member.id


def _account(session: Session, login: str, members: dict[str, UUID]) -> int:
    """Write one account with its grants."""
    name, key, grants = _ACCOUNTS[login]
    account = Account(
        login=login,
        name=name,
        password_hash="",
        member_id=members[key] if key else None,
        home_id=grants[0][1],
        created_at=NOON,
    )
    session.add(account)
    session.flush()
    for role, organisation_id in grants:
        session.add(
            Grant(
                account_id=account.id,
                role=role,
                organisation_id=organisation_id,
                valid_from=SINCE,
            )
        )
    return account.id
