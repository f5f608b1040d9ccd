"""Promise 3: whoever is tied to a case, or works elsewhere, cannot tell that it is there.

One case walks through all its stages; at each stage everybody who must not see it asks every
address, and every answer is the one that a case which does not exist gets: same status, same
bytes, same headers, same statements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from moderation.retention import nightly
from moderation.searching.addresses import to_address
from moderation.searching.asking import PER_PAGE
from portal.models.submission import identity_of, reference_of
from portal.vocabulary import Status
from portal.words import Words
from tests.doors.answers import Answer
from tests.doors.conftest import Ask
from tests.doors.course import ANSWER, SHOWN, Course
from tests.moderation.conftest import StaffClient
from tests.moderation.walking import set_out
from tests.moderation.ward import CELL_2, CELL_7, COMMISSION, OTHER_WARD, WARD, Ward
from tests.pages import page_of

Stage = Callable[[Course], None]

SCREENED = (Course.send, Course.prepare, Course.claim)
PASSED_ON = (*SCREENED, Course.choose, Course.propose, Course.confirm, Course.route)
DONE = (*PASSED_ON, Course.accept, Course.listen, Course.report, Course.publish, Course.rate)
ABOUT_BACH = Words(
    about="Ông Nông Văn Bách, đảng viên ở khối 7",
    # Something is masked, so that the page that shows it is there.
    what="Vật liệu để lấn hết vỉa hè trước số nhà 15 mấy tháng nay. Số máy 0912 345 678.",
)
ABOUT_THANH = Words(
    about="Ông Vi Văn Thành, bí thư chi bộ khối 7",
    what="Quỹ an ninh của khối thu cả năm mà không thấy công khai.",
)
NOBODY_YET = 999
ARGUMENT = re.compile("<[^>]*>")
#: Tried in tests/moderation/views: whose writer is known under seal, and what is merged.
ELSEWHERE = re.compile("/identity/|/unmerge/")
#: What is there only once a case has ended.
OF_THE_ENDED = re.compile("/(?:hold-back|let-go|public-answer(?:/confirm|/stop)?)$")
#: What leads to people, organisations and settings, and never to a case.
OF_OTHERS = re.compile("/(?:settings|register|reviews|reports|posters)/")
NUMBERS = (0, 2**63 - 1, 2**63, 10**40)
IMPOSSIBLE = (
    *(*NUMBERS, -1, "1.5", "1e3", "abc", "PA-2026-000001", "٣", "%00", "1%20"),
    *("%27%20OR%201=1", "..%2f..", "null", "999;999"),
)
LISTS = {
    "/desk/": "todo mine confirm publish waiting overdue handling answered done",
    "/committee/": "open todo working overdue praise reported done",
}
NARROWINGS = (
    *("kind=report", "topic=environment_order", f"unit={WARD}", "holder=nobody&due=today"),
    *("status=screening", "list=done&status=declined"),
)


#: After these a case lies somewhere else than before.
MOVED = (
    *(Course.prepare, Course.confirm, Course.route, Course.report, Course.rate),
    *(Course.ask, Course.refer, Course.withdraw),
)


@dataclass
class Prober:
    """Somebody who is signed in and tries addresses, forms with a token of their own."""

    client: FlaskClient
    ask: Ask

    def __post_init__(self) -> None:
        """Take a token from a page that everybody may open."""
        self.token = page_of(self.client.get("/settings/")).fields["csrf_token"]

    def at(
        self, method: str, rule: str, number: int | str, typed: Mapping[str, str] | None = None
    ) -> Answer:
        """What an address answers with this id, and with whatever is typed into its form."""
        fields = {"version": "1", **(typed or {}), "csrf_token": self.token}
        path = ARGUMENT.sub(str(number), rule)
        return self.ask(self.client, method, path, fields if method == "POST" else None)


@dataclass(frozen=True)
class Way:
    """A case, the stages of its way, who must never see it, and who sees it when it is prepared.

    Everybody looks after each stage that moves it to another place; where ``every_stage`` is
    wanted, the first of them looks after all others as well.
    """

    subject: str
    words: Words
    stages: tuple[Stage, ...]
    hidden: tuple[str, ...]
    handler: int = CELL_7
    handled_by: str = "thanh"
    fears: bool = False
    every_stage: bool = False

    def course(self, ward: Ward) -> Course:
        """The case in a ward of its own, not yet sent."""
        return Course(
            ward=ward,
            subject=self.subject,
            words=self.words,
            answers={"fears_retaliation": self.fears, "unit_id": WARD},
            handler=self.handler,
            handled_by=self.handled_by,
        )

    def watched(self, course: Course) -> Iterator[tuple[Stage, tuple[str, ...]]]:
        """Go through the stages, and stop where somebody should look: who they are."""
        for stage in self.stages:
            stage(course)
            if stage in MOVED:
                yield stage, self.hidden
            elif self.every_stage:
                yield stage, self.hidden[:1]


WAYS = {
    "answered": Way(
        *("bach", ABOUT_BACH, DONE, ("tied", "wife", "far", "doan", "auditor")), every_stage=True
    ),
    "secretary": Way(
        "thanh", ABOUT_THANH, DONE, ("thanh", "both", "far"), handler=WARD, handled_by="vinh"
    ),
    "guarded": Way(
        *("bach", ABOUT_BACH, DONE, ("tied", "thanh", "vinh", "province")),
        handler=COMMISSION,
        handled_by="ky",
        fears=True,
    ),
    "declined": Way(
        *("bach", ABOUT_BACH, (*SCREENED, Course.propose_to_decline, Course.confirm)),
        ("tied", "far"),
    ),
    "referred": Way("bach", ABOUT_BACH, (*SCREENED, Course.refer), ("tied", "far")),
    "withdrawn": Way("bach", ABOUT_BACH, (*SCREENED, Course.ask, Course.withdraw), ("tied", "far")),
    "taken back": Way("bach", ABOUT_BACH, (*PASSED_ON, Course.withdraw), ("wife", "doan")),
}


@pytest.fixture
def neighbours(ward: Ward) -> None:
    """Other cases, so that no list is empty and every count says something."""
    with ward.database.writing() as session:
        for status in (Status.RECEIVED, Status.SCREENING, Status.ANSWERED):
            ward.place(session, status=status)
        for handler in (CELL_7, CELL_2):
            ward.place(session, status=Status.ROUTED, handler=handler)


def lists(client: FlaskClient) -> list[str]:
    """The addresses of every list that somebody may open, some narrowed in every way."""
    found = ["/settings/"]
    for start, names in LISTS.items():
        if client.get(start).status_code == 200:
            found += [f"{start}?list={name}" for name in names.split()]
            found += [f"{start}?{narrowing}" for narrowing in NARROWINGS]
    return found


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_no_list_count_filter_or_search_betrays_a_hidden_case(
    way: Way, ward: Ward, neighbours: None, staff_client: StaffClient, ask: Ask
) -> None:
    course = way.course(ward)
    browsers = {login: staff_client(login) for login in way.hidden}
    addresses = {login: lists(browser) for login, browser in browsers.items()}
    before = {
        login: [ask(browser, "GET", address) for address in addresses[login]]
        for login, browser in browsers.items()
    }
    for stage, watchers in way.watched(course):
        for login in watchers:
            browser = browsers[login]
            after = [ask(browser, "GET", address) for address in addresses[login]]
            for address, one, other in zip(addresses[login], before[login], after, strict=True):
                assert one == other, (stage.__name__, login, address)
            _search(ask, browser, course, stage.__name__)


def _search(ask: Ask, browser: FlaskClient, course: Course, stage: str) -> None:
    """A number that is there and hidden is looked for like one that is not."""
    nobody = reference_of(course.number + NOBODY_YET)
    for start in ("/desk/", "/committee/"):
        there, nowhere = (
            ask(browser, "GET", f"{start}?q={reference}")
            for reference in (course.reference, nobody)
        )
        said = there.body.replace(course.reference.encode(), nobody.encode())
        assert said == nowhere.body, (stage, start)
        assert (there.status, there.statements) == (nowhere.status, nowhere.statements)


@pytest.mark.parametrize("name", ["answered", "declined", "taken back"])
def test_searching_its_words_finds_what_there_is_without_it(
    name: str, ward: Ward, staff_client: StaffClient, ask: Ask
) -> None:
    """A page that is full without the hidden case stays as it is, and so does the one after it."""
    for unit_id in (WARD, OTHER_WARD):
        for _letter in range(PER_PAGE + 1):
            letter = Words(about="Cán bộ ở đây", what=ABOUT_BACH.what)
            set_out(ward, letter, unit_id=unit_id).until(Course.prepare)
    course = WAYS[name].course(ward)
    browsers = {login: staff_client(login) for login in ("tied", "far")}
    assert all(browser.get("/desk/search").status_code == 200 for browser in browsers.values())
    asked = [
        (browser, f"/desk/search?s={_sealed(ward, login, typed)}{after}")
        for login, browser in browsers.items()
        for typed in ('"vật liệu để lấn"', "vỉa hè", "bách", "nông văn bách", SHOWN, ANSWER)
        for after in ("", f"&at=a{2 * identity_of(2026, PER_PAGE)}")
    ]
    before = [ask(browser, "GET", address) for browser, address in asked]
    assert b"PA-2026-" in before[0].body
    for stage, _watchers in WAYS[name].watched(course):
        if stage not in MOVED:
            continue
        after = [ask(browser, "GET", address) for browser, address in asked]
        for (_browser, address), one, other in zip(asked, before, after, strict=True):
            assert one == other, (stage.__name__, address)
    seen = f"/desk/search?s={_sealed(ward, 'hoa', 'nông văn bách')}"
    there = course.reference.encode() in ask(staff_client("hoa"), "GET", seen).body
    assert there is (name != "taken back")


def _sealed(ward: Ward, login: str, typed: str) -> str:
    """What somebody looks for, as it stands in the address of what is found."""
    return to_address(ward.ring.search, account_id=ward.accounts[login], typed=typed)


def test_a_list_does_betray_a_case_to_those_who_may_see_it(
    ward: Ward, neighbours: None, staff_client: StaffClient, ask: Ask
) -> None:
    way = WAYS["answered"]
    course, browser = way.course(ward), staff_client("hoa")
    browser.get("/desk/")
    before = ask(browser, "GET", "/desk/")
    course.send()
    assert ask(browser, "GET", "/desk/") == before
    course.prepare()
    after = ask(browser, "GET", "/desk/")
    assert course.reference.encode() in after.body
    assert course.reference.encode() in ask(browser, "GET", f"/desk/?q={course.reference}").body


def addresses(app: Flask) -> list[tuple[str, str]]:
    """Method and rule of every address with an id that may be a case's.

    One's own second factors are not among them: who presses twice is told so. Nor are those of the
    organisations whose figures one reads: their numbers are in every way to write them.
    """
    return sorted(
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST"}
        if rule.arguments - {"name", "factor_id", "organisation_id"}
    )


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_every_address_of_a_hidden_case_answers_as_if_there_were_none(
    way: Way, ward: Ward, staff_app: Flask, staff_client: StaffClient, ask: Ask
) -> None:
    course = way.course(ward)
    browsers = {login: Prober(staff_client(login), ask) for login in way.hidden}
    doors = addresses(staff_app)
    nowhere = {
        (login, *door): browser.at(*door, NOBODY_YET)
        for login, browser in browsers.items()
        for door in doors
    }
    of_cases = [door for door in doors if not OF_OTHERS.match(door[1])]
    for turn, (stage, watchers) in enumerate(way.watched(course)):
        for place, login in enumerate(watchers):
            # The first looks at all of them once, and then at all that lead to cases; the others
            # look at these in two turns.
            mine = of_cases[(turn + place) % 2 :: 2] if place else of_cases if turn else doors
            for door in mine:
                there = browsers[login].at(*door, course.number)
                assert there.status == 404, (stage.__name__, login, door)
                assert there == nowhere[login, *door], (stage.__name__, login, door)


@pytest.mark.parametrize(
    ("login", "tried"), [("hoa", IMPOSSIBLE), ("thanh", NUMBERS), ("auditor", NUMBERS)]
)
def test_an_id_that_cannot_be_answers_like_one_that_is_not_there(
    login: str,
    tried: tuple[int | str, ...],
    ward: Ward,
    staff_app: Flask,
    staff_client: StaffClient,
    ask: Ask,
) -> None:
    browser = Prober(staff_client(login), ask)
    for door in addresses(staff_app):
        nowhere = browser.at(*door, NOBODY_YET)
        assert nowhere.status == 404, door
        for number in tried:
            found = browser.at(*door, number)
            assert (found.status, found.body) == (404, nowhere.body), (door, number)
            assert found.headers == nowhere.headers, (door, number)


def test_the_addresses_do_answer_whoever_may_see_the_case(
    ward: Ward, staff_app: Flask, staff_client: StaffClient, ask: Ask
) -> None:
    way = WAYS["answered"]
    course = way.course(ward)
    for stage in way.stages[:-1]:
        stage(course)
    for login, start in (("hoa", "/case/"), ("thanh", "/committee/")):
        browser = Prober(staff_client(login), ask)
        found = [
            browser.at(method, rule, course.number).status
            for method, rule in addresses(staff_app)
            if rule.startswith(start)
            and not ELSEWHERE.search(rule)
            and not OF_THE_ENDED.search(rule)
        ]
        assert 200 in found
        assert 404 not in found
    course.rate()
    nightly.prepare(ward.database, office=ward.office)
    desk = Prober(staff_client("hoa"), ask)
    assert desk.at("GET", "/case/<int:case_id>/hold-back", course.number).status == 200
