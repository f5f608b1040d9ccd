"""Random people do random things, allowed and not: the promises hold after each of them.

Residents, staff of every role and the worker act through the pages of both sites, by the forms that
are there and by those that are not offered to them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation import worker
from moderation.access import member_mark, relate, visible_to
from moderation.workflow import available
from moderation.workflow.table import FINISHED
from portal.models import Account, Case, CasePart, CaseScope, Counter, Event
from portal.models.case import Part, Room
from portal.vocabulary import Status
from tests.doors.course import Course
from tests.moderation import ward as wards
from tests.scenarios.forms import Sheet
from tests.scenarios.town import Letter, open_town

#: Who works in which room, and who must see nothing of a case about whom.
ROOMS = {
    **dict.fromkeys(("hoa", "lam", "thu", "tied", "far", "both"), "case"),
    **dict.fromkeys(("thanh", "wife", "doan", "lua", "vinh", "ky", "province"), "committee"),
}
CONCERNED = {"bach": ("tied", "wife"), "thanh": ("thanh", "both", "wife")}
ABOUT = ("Ông Nông Văn Bách, đảng viên ở khối 7", "Ông Vi Văn Thành, bí thư chi bộ khối 7")
WHAT = (
    "Vật liệu để lấn hết vỉa hè trước số nhà 15 mấy tháng nay.",
    "Quỹ an ninh của khối thu cả năm mà không thấy công khai.",
    "Ông giúp bà con dọn vệ sinh khối phố tuần nào cũng có mặt.",
)
#: What an answer to a form may be; nothing ever breaks.
ANSWERS = {200, 302, 400, 401, 404, 409, 422}
#: Here it is somebody of the staff who has to go on; elsewhere the writer or the clock may.
STAFFED = frozenset(Status) - FINISHED - {Status.MERGED, Status.NEED_INFO, Status.ANSWERED}
#: The steps of a case that nobody but a person takes, under a name that its address has.
UNOFFERED = re.compile(r"^/(?:case|committee)/<int:case_id>/[a-z-]+$")
#: What people do less often than what a case needs.
ASIDE = re.compile(
    r"/(?:remark|release|alike|merge|hand-over|unmask|find|write|hold-back|decline|refer"
    r"|slip|answer-paper)$"
)
#: A town of so few is soon without anybody when all of them stand aside; S-04 plays what then is.
NEVER = re.compile(r"/stand-aside$")
SEEDS = st.integers(0, 2**32 - 1)
MOST_LETTERS, PEOPLE_AT_ONCE, FORMS_AT_ONCE = 3, 5, 6
DOORS = {"case": Room.DESK, "committee": Room.COMMITTEE}


class People(RuleBasedStateMachine):
    """A town in which everybody does something."""

    folder: Path
    built: Path

    def __init__(self) -> None:
        super().__init__()
        number = len(list(self.folder.iterdir()))
        self.ward = wards.copy(self.built, self.folder / str(number))
        self.town = open_town(self.ward)
        self.letters: list[Letter] = []
        self.steps = 0
        self.addresses = sorted(
            each.rule
            for each in self.town.staff.url_map.iter_rules()
            if "POST" in (each.methods or set())
            and UNOFFERED.match(each.rule)
            and not NEVER.search(each.rule)
        )

    def teardown(self) -> None:
        """Let go of the town."""
        self.town.close()

    @precondition(lambda self: len(self.letters) < MOST_LETTERS)
    @rule(about=st.sampled_from(ABOUT), what=st.sampled_from(WHAT), fears=st.booleans())
    def somebody_writes(self, about: str, what: str, fears: bool) -> None:
        more = {"fears_retaliation": "y"} if fears else {}
        self.letters.append(self.town.send(about=about, what=what, **more))

    @precondition(lambda self: len(self.letters) < MOST_LETTERS)
    @rule(last=st.sampled_from([Course.route, Course.accept, Course.report, Course.publish]))
    def a_case_has_come_so_far(self, last: Callable[[Course], None]) -> None:
        self.letters.append(self.town.brought(last)[0])

    @precondition(lambda self: self.letters)
    @rule(seed=SEEDS)
    def some_of_the_staff_fill_in_forms(self, seed: int) -> None:
        by = Random(seed)
        number = by.choice(self.letters).number
        for _person in range(PEOPLE_AT_ONCE):
            may = [login for login in sorted(ROOMS) if self._sees(login, number)]
            login = by.choice(may) if may else ""
            for _form in range(FORMS_AT_ONCE if login else 0):
                self._work(login, number, by)

    @precondition(lambda self: self.letters)
    @rule(login=st.sampled_from(sorted(ROOMS)))
    def somebody_looks_at_every_case(self, login: str) -> None:
        for letter in self.letters:
            answer = self.town.browser(login).get(f"/{ROOMS[login]}/{letter.number}")
            seen = self._sees(login, letter.number)
            assert answer.status_code == (200 if seen else 404), (login, letter.number)

    @precondition(lambda self: self.letters)
    @rule(login=st.sampled_from(sorted(ROOMS)), seed=SEEDS)
    def somebody_sends_what_was_not_offered(self, login: str, seed: int) -> None:
        by, browser = Random(seed), self.town.browser(login)
        number = by.choice(self.letters).number
        rule_ = by.choice(self.addresses)
        address = rule_.replace("<int:case_id>", str(number))
        token = Sheet(browser.get("/settings/").text).forms[0].carried["csrf_token"]
        with self.ward.database.reading() as session:
            version = session.get_one(Case, number).version
        typed = {
            "csrf_token": token,
            "version": str(version),
            "reason": "Có lý do.",
            "note": "Vâng.",
        }
        seen = self._sees(login, number, address)
        answer = browser.post(address, data=typed)
        assert answer.status_code in ANSWERS, (login, address, answer.status_code)
        assert seen or answer.status_code == 404, (login, address)

    @precondition(lambda self: self.letters)
    @rule(seed=SEEDS)
    def a_writer_does_something_with_the_code(self, seed: int) -> None:
        by = Random(seed)
        letter = by.choice(self.letters)
        letter.look()
        forms = [
            form
            for form in Sheet(letter.resident.answer.text).forms
            if form.method == "post" and "code" in form.carried
        ]
        if forms:
            form = by.choice(forms)
            typed = form.filled(by, self.ward.office.today) | form.pressed(by, form.action)
            answer = letter.resident.browser.post(form.action, data=typed)
            assert answer.status_code in ANSWERS, (form.action, answer.status_code)
            self.town.work()

    @rule(hours=st.sampled_from([2, 2, 2, 26, 26, 150, 960]))
    def time_passes(self, hours: int) -> None:
        self.town.later(hours=hours)
        worker.rehouse(
            self.ward.database, self.ward.worker_ring, at=self.ward.at, go_on=lambda: True
        )

    @invariant()
    def every_open_case_can_move_on(self) -> None:
        with self.ward.database.reading() as session:
            logins = session.scalars(select(Account.login).order_by(Account.id)).all()
            people = [self.ward.person(session, login) for login in logins]
            for letter in self.letters:
                case = session.get_one(Case, letter.number)
                if case.status in STAFFED:
                    assert any(
                        available(case, relate(session, person=each, case=case)) for each in people
                    ), (case.status, case.desk_id, case.handler_id, case.decider_id)

    @invariant()
    def whoever_is_concerned_sees_nothing(self) -> None:
        search = self.ward.ring.search
        marks = {member_mark(search, self.ward.members[key]): key for key in CONCERNED}
        for letter in self.letters:
            about = marks.get(self.town.case(letter).subject_mark or b"")
            for login in CONCERNED.get(about or "", ()):
                answer = self.town.browser(login).get(f"/{ROOMS[login]}/{letter.number}")
                assert answer.status_code == 404, (login, about)

    @invariant()
    def every_writer_reads_on(self) -> None:
        for letter in self.letters:
            assert "PA-" in letter.look()
            assert letter.resident.answer.status_code == 200

    @invariant()
    def the_counters_tell_the_truth(self) -> None:
        with self.ward.database.reading() as session:
            assert _counted(session) == _filed(session)

    @invariant()
    def what_one_has_proposed_another_decides(self) -> None:
        with self.ward.database.reading() as session:
            steps = session.execute(
                select(Event.case_id, Event.action, Event.account_id)
                .where(Event.action.in_(("propose", "verify", "decline")))
                .order_by(Event.id)
            ).all()
        proposed: dict[int | None, int | None] = {}
        for step in steps:
            if step.action == "propose":
                proposed[step.case_id] = step.account_id
            else:
                assert proposed.pop(step.case_id, None) != step.account_id, step

    @invariant()
    def whoever_decides_on_what_was_contested_had_no_other_part(self) -> None:
        with self.ward.database.reading() as session:
            rows = session.execute(select(CasePart.case_id, CasePart.account_id, CasePart.part))
            parts = {(row.case_id, row.account_id, row.part) for row in rows}
        for case_id, account_id, part in parts:
            others = {one[2] for one in parts if one[:2] == (case_id, account_id)} - {part}
            assert part is not Part.REVIEWER or not others, (account_id, others)

    @invariant()
    def nothing_that_was_done_is_undone(self) -> None:
        with self.ward.database.reading() as session:
            steps = session.scalar(select(func.count()).select_from(Event)) or 0
        assert steps >= self.steps
        self.steps = steps

    def _sees(self, login: str, number: int, address: str = "") -> bool:
        """Whether the rule of who sees what shows somebody a case, in their room or another."""
        room = address.split("/")[1] if address else ROOMS[login]
        with self.ward.database.reading() as session:
            person = self.ward.person(session, login)
            return number in set(session.scalars(visible_to(person, (DOORS[room],))))

    def _work(self, login: str, number: int, by: Random) -> None:
        """Open a case, and send one of the forms that are on its page or behind a link of it."""
        browser, address = self.town.browser(login), f"/{ROOMS[login]}/{number}"
        onward = re.compile(f"{address}/[a-z-]+")
        sheet = Sheet(browser.get(address).text)
        links = [each for each in sheet.links if not NEVER.search(each)]
        ways = [*filter(onward.fullmatch, links), *_presses(sheet, onward)]
        needed = [way for way in ways if not ASIDE.search(way)]
        way = by.choice(5 * needed + ways) if ways else address
        if way in sheet.links:
            sheet = Sheet(browser.get(way).text)
            way = by.choice([*_presses(sheet, onward), address])
        for form in sheet.forms:
            if way in form.addresses:
                typed = form.filled(by, self.ward.office.today) | form.pressed(by, way)
                answer = browser.open(way, method=form.method, data=typed)
                assert answer.status_code in ANSWERS, (login, way, answer.status_code)


def _presses(sheet: Sheet, onward: re.Pattern[str]) -> list[str]:
    """Where the buttons of a page send their forms to, as far as that is about its case."""
    every = [address for form in sheet.forms for address in form.addresses]
    return [*filter(onward.fullmatch, every)]


def _counted(session: Session) -> dict[tuple[Room, int, Status], int]:
    """What the counters say, as far as they count anything."""
    rows = session.execute(
        select(Counter.room, Counter.organisation_id, Counter.status, Counter.amount)
    )
    return {(row[0], row[1], row[2]): row[3] for row in rows if row[3]}


def _filed(session: Session) -> dict[tuple[Room, int, Status], int]:
    """What there is to be counted."""
    place = (CaseScope.room, CaseScope.organisation_id, CaseScope.status)
    rows = session.execute(select(*place, func.count()).group_by(*place))
    return {(row[0], row[1], row[2]): row[3] for row in rows}


def test_whatever_people_do_the_promises_hold(built_ward: Path, tmp_path: Path) -> None:
    machine = type("Machine", (People,), {"folder": tmp_path, "built": built_ward})
    run_state_machine_as_test(
        machine,
        settings=settings(
            # Other people every time: what one run does not try, another does.
            max_examples=3,
            stateful_step_count=24,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
