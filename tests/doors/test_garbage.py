"""Whatever is sent to an address of the staff room, it answers with a page and never breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from moderation.forms import administering, handling, passing, screening
from portal.fields import PortalForm
from portal.models import Case
from tests.doors.conftest import Ask
from tests.doors.course import Course
from tests.moderation.conftest import StaffClient
from tests.moderation.ward import CELL_7, WARD, Ward
from tests.security.test_promise_3_those_concerned_see_nothing import ABOUT_BACH, Prober, addresses

GARBAGE = (
    *("", " ", "0", "-1", "9" * 40, "1e9", "null", "y", "none", "\x00", "\ufffd", "\u202e", "👍"),
    *("<script>alert(1)</script>", "%s %(x)s {x} {{x}}", "'; DROP TABLE account; --", "../.."),
    *("31/2/2026", "1/1/0001", "99/99/9999", "24/11/2026", "a" * 6_000, "Chi bộ đã xem.\r\n" * 9),
)
#: In every field of a form at once: nothing, and what makes some forms whole.
ALONE = ("", "y")
#: Side by side in the fields of a form, and one field on at each turn.
MIXED = ("-1", "9" * 40, "\x00", "<script>{{x}}%s", "31/2/2026", "1/1/0001", "a" * 6_000)
#: Where somebody finds nothing whatever they type; the doors are tried elsewhere.
OTHER_ROOM = {"hoa": "/committee/", "thanh": "/case/"}
#: What does not know a case answers alike at all its stages, and is tried at one.
ABOUT_A_CASE = re.compile("/(?:case|committee)/").match
QUERIES = ("list", "status", "kind", "topic", "unit", "holder", "due", "lang", "next")
ANSWERS = {200, 302, 400, 404, 409, 422}
STAGES = {
    "received": (),
    "screening": (Course.claim,),
    "proposed": (Course.claim, Course.choose, Course.propose),
    "eligible": (Course.claim, Course.choose, Course.propose, Course.confirm),
    "routed": (Course.claim, Course.choose, Course.propose, Course.confirm, Course.route),
}
WORK = (Course.accept, Course.listen, Course.report)
STAGES["in progress"] = (*STAGES["routed"], Course.accept)
STAGES["reported"] = (*STAGES["routed"], *WORK)


def every_field() -> list[str]:
    """Every field of every form about a case."""
    forms = [
        form
        for module in (screening, passing, handling)
        for form in vars(module).values()
        if isinstance(form, type) and issubclass(form, PortalForm) and form is not PortalForm
    ]
    return sorted({name for form in forms for name in _fields(form)})


def _fields(form: type[PortalForm]) -> Iterator[str]:
    for name in dir(form):
        if hasattr(getattr(form, name, None), "field_class"):
            yield name


def filled(fields: list[str], *, turn: int, rounds: int) -> Iterator[dict[str, str]]:
    """Ways to fill a form in; another turn puts other things into the same fields."""
    yield from (dict.fromkeys(fields, value) for value in ALONE)
    for first in range(turn, turn + rounds):
        yield {name: MIXED[(first + place) % len(MIXED)] for place, name in enumerate(fields)}


def _version(course: Course) -> int:
    """Which state of the case a page would be filled in for now."""
    with course.ward.database.reading() as session:
        return session.get_one(Case, course.number).version


@pytest.mark.parametrize("stage", STAGES)
def test_no_form_breaks_whatever_stands_in_it(
    stage: str, ward: Ward, staff_app: Flask, staff_client: StaffClient, ask: Ask
) -> None:
    course = Course(ward, "bach", ABOUT_BACH, {"unit_id": WARD}, CELL_7, "thanh")
    for step in (Course.send, Course.prepare, *STAGES[stage]):
        step(course)
    fields = every_field()
    assert len(fields) > 20
    first = stage == "received"
    for login, elsewhere in OTHER_ROOM.items():
        browser = Prober(staff_client(login), ask)
        for turn, (method, rule) in enumerate(addresses(staff_app)):
            if method == "GET" or rule.startswith(elsewhere):
                continue
            if not first and not ABOUT_A_CASE(rule):
                continue
            for typed in filled(fields, turn=turn, rounds=3 if first else 1):
                typed["version"] = str(_version(course))
                answer = browser.at(method, rule, course.number, typed)
                assert answer.status in ANSWERS, (stage, login, rule, typed)


@pytest.mark.parametrize("login", ["hoa", "thanh"])
def test_no_list_breaks_whatever_it_is_narrowed_by(
    login: str, staff_client: StaffClient, ask: Ask
) -> None:
    browser = staff_client(login)
    for path in ("/desk/", "/committee/", "/settings/", "/sign-in"):
        for value in GARBAGE:
            for names in (("at",), ("q",), QUERIES):
                answer = ask(browser, "GET", path, dict.fromkeys(names, value))
                assert answer.status in ANSWERS, (path, names, value)


def test_no_form_about_accounts_breaks_whatever_stands_in_it(
    ward: Ward, staff_app: Flask, staff_client: StaffClient, ask: Ask
) -> None:
    forms = vars(administering).values()
    kinds = [one for one in forms if isinstance(one, type) and issubclass(one, PortalForm)]
    fields = sorted({name for form in kinds for name in _fields(form)} | {"find"})
    browser, hoa = Prober(staff_client("an"), ask), ward.accounts["hoa"]
    rules = [
        (method, re.sub("<[^>]*>", "N", rule.rule))
        for rule in staff_app.url_map.iter_rules()
        if rule.endpoint.startswith(("accounts.", "invitation."))
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    ]
    assert len(rules) > 25
    for turn, (method, rule) in enumerate(rules):
        for typed in filled(fields, turn=turn, rounds=3):
            answer = browser.at(method, rule.replace("N", str(hoa)), 0, typed)
            assert answer.status in ANSWERS, (rule, typed)
