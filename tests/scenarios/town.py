"""The town in which the scenarios happen: residents, staff, and the worker between them.

People act through the pages of the two sites. What a scenario does not tell, a case can be brought
to by ``brought``: by the same verbs that the pages call, without their forms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from moderation import worker
from moderation.sessions import begin_session
from portal.config import Settings
from portal.models import (
    Account,
    Case,
    Grant,
    Member,
    Membership,
    Standing,
    Submission,
    Tie,
)
from portal.text import fold, vn_date
from portal.vocabulary import MembershipKind, MembershipStatus, Role
from tests.doors.course import TEXTS, Course
from tests.moderation.views.staffer import Staffer
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import CELL_7, SINCE, WARD, Ward
from tests.pages import CheckingClient, Page, page_of
from tests.portal.residents import Resident
from wsgi import create_public_app, create_staff_app

TICKED = dict.fromkeys(("readable", "in_scope", "masked", "not_duplicate", "right_member"), "y")
READ_AS = {"kind": "report", "sentiment": "criticism", "topic": "environment_order"}
SHOWN = "Có ý kiến về vật liệu để trên vỉa hè."


@dataclass
class Letter:
    """A comment that was sent, with its code and the browser of its writer."""

    resident: Resident
    code: str
    number: int

    def look(self) -> str:
        """What its writer reads of it now."""
        return self.resident.track(self.code).text

    def do(self, step: str, **fields: str) -> str:
        """Do something with the code, and read what comes back."""
        return self.resident.track(self.code, step, **fields).text


@dataclass
class Town:
    """Both sites, the people of the small ward, and the time that all of them have."""

    ward: Ward
    public: Flask
    staff: Flask
    _browsers: dict[str, FlaskClient] = field(default_factory=dict)

    def close(self) -> None:
        """Let go of the database."""
        for app in (self.public, self.staff):
            app.extensions["portal"].database.engine.dispose()
        self.ward.database.engine.dispose()

    @property
    def today(self) -> str:
        """The day, as people write it."""
        return vn_date(self.ward.office.today)

    def work(self) -> None:
        """Let the worker do all that waits at this moment."""
        while worker.work_once(self.ward.database, self.ward.worker_ring, at=self.ward.at):
            pass

    def later(self, **gap: float) -> None:
        """Let time pass, and the worker do what is due then. Whoever was signed in has gone."""
        self.ward.later(**gap)
        self._browsers.clear()
        self.work()

    def resident(self) -> Resident:
        """Somebody at home, with a browser that nobody knows."""
        return Resident(self.public.test_client())

    def enrol(self, login: str, role: Role, place: int, *, tied_to: str = "") -> None:
        """Give the town one more of the staff, tied to a member where one is named."""
        with self.ward.database.writing() as session:
            account = Account(
                login=login, name=f"Hà {login.title()}", password_hash="", created_at=self.ward.at
            )
            session.add(account)
            session.flush()
            session.add(
                Grant(account_id=account.id, role=role, organisation_id=place, valid_from=SINCE)
            )
            self.ward.accounts[login] = account.id
        if tied_to:
            self.tie(login, tied_to)

    def tie(self, login: str, member: str) -> None:
        """Let somebody declare that they are tied to a member."""
        with self.ward.database.writing() as session:
            session.add(
                Tie(
                    account_id=self.ward.accounts[login],
                    member_id=self.ward.members[member],
                    declared_at=self.ward.at,
                )
            )

    def add_member(self, key: str, name: str, year: int, cell: int) -> str:
        """Give the town one more member, of this cell; their number as a form carries it."""
        with self.ward.database.writing() as session:
            member = Member(
                name=name, folded=fold(name), given=fold(name.split()[-1]), birth_year=year
            )
            session.add(member)
            session.flush()
            for kind in (MembershipKind.HOME, MembershipKind.RESIDENCE):
                session.add(
                    Membership(
                        member_id=member.id, organisation_id=cell, kind=kind, valid_from=SINCE
                    )
                )
            active = MembershipStatus.ACTIVE
            session.add(Standing(member_id=member.id, status=active, valid_from=SINCE))
            self.ward.members[key] = member.id
        return str(member.id)

    def keep(self, login: str, page: str, step: str = "", **fields: str) -> Page:
        """Somebody fills in a form of the register on a page; what follows must be there."""
        browser = self.browser(login)
        token = page_of(browser.get(page)).fields["csrf_token"]
        answer = browser.post(f"{page}{step}", data={"csrf_token": token, **fields})
        assert answer.status_code == 302, page_of(answer).text
        return page_of(browser.get(answer.location))

    def browser(self, login: str) -> FlaskClient:
        """The browser of somebody of the staff, who has signed in."""
        if login not in self._browsers:
            client = self.staff.test_client()
            with self.ward.database.writing() as session:
                token = begin_session(
                    session, account_id=self.ward.accounts[login], at=self.ward.at, hours=10
                )
            with client.session_transaction() as cookie:
                cookie.update({"_user_id": token, "_fresh": True})
                cookie.permanent = True
            self._browsers[login] = client
        return self._browsers[login]

    def at_desk(self, login: str, letter: Letter) -> Staffer:
        """A moderator in front of the case of a letter."""
        return Staffer(self.browser(login), "case", letter.number)

    def in_committee(self, login: str, letter: Letter) -> Staffer:
        """Somebody of a committee in front of the case of a letter."""
        return Staffer(self.browser(login), "committee", letter.number)

    def case(self, letter: Letter) -> Case:
        """The case of a letter as it lies in the database now."""
        with self.ward.database.reading() as session:
            return session.get_one(Case, letter.number)

    def send(self, **fields: str) -> Letter:
        """A resident sends a comment through the form, and the worker prepares it."""
        resident = self.resident()
        code = resident.send(**{"unit": str(WARD), **fields})
        self.work()
        with self.ward.database.reading() as session:
            number = session.scalars(select(func.max(Submission.id))).one()
        return Letter(resident, code, number)

    def brought(self, last: Callable[[Course], None], **of: object) -> tuple[Letter, Walk]:
        """A letter whose case has come so far, by the verbs of the portal: its writer, and the
        walk, by which it can go on.
        """
        walk = set_out(self.ward, **of).until(last)  # type: ignore[arg-type]
        assert walk.receipt is not None
        return Letter(self.resident(), "-".join(walk.receipt.code.groups), walk.number), walk

    def screen(self, letter: Letter, subject: str = "bach", **read_as: str) -> None:
        """One moderator reads, classifies and chooses; another one confirms."""
        hoa = self.at_desk("hoa", letter)
        hoa.do("claim")
        hoa.do("classify", **(READ_AS | read_as))
        hoa.do("choose", member=str(self.ward.members[subject]))
        hoa.do("verify", guessable="no", **TICKED)
        if self.case(letter).proposal:
            self.at_desk("lam", letter).do("confirm")

    def route(self, letter: Letter, to: int = CELL_7, shown: str = SHOWN) -> None:
        """A moderator passes it on."""
        self.at_desk("lam", letter).do("route", organisation=str(to), shown=shown, **TEXTS)

    def hear(self, handler: Staffer, said: str = "Tôi sẽ dọn.") -> None:
        """The committee takes it on, looks on the spot, and hears the member."""
        handler.do("accept")
        handler.do("follow-up", deed="field_check", done_on=self.today, note="Đã xem tại chỗ.")
        again = {"read_back": "y", "read_on": self.today}
        handler.do("statement", outcome="given", text=said, asked_on=self.today, **again)


def open_town(ward: Ward) -> Town:
    """Both sites on the database of a ward, at the ward's own time."""
    url = ward.database.engine.url
    folder = Path(url.database or "").parent

    def settings(holder: str) -> Settings:
        return Settings(
            database_url=url.render_as_string(hide_password=False),
            keys=folder / "keys" / holder,
            files=str(folder / "files"),
            telephone="0500 000 001",
            testing=True,
        )

    apps = (
        create_public_app(settings("public"), clock=lambda: ward.at),
        create_staff_app(settings("staff"), clock=lambda: ward.at),
    )
    for app in apps:
        app.test_client_class = CheckingClient
    return Town(ward, *apps)
