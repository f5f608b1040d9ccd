"""A comment about one member of the small ward, and people of the staff in front of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from portal.models import Account, Grant
from portal.vocabulary import Context, HowKnown, Kind, Role
from portal.words import Words
from tests.doors.course import Course
from tests.moderation.conftest import StaffClient
from tests.moderation.views.staffer import Staffer
from tests.moderation.ward import CELL_7, NOON, SINCE, WARD, Ward

WORDS = Words(
    about="Ông Nông Văn Bách, đảng viên ở khối 7",
    what=(
        "Mấy tháng nay ông Bách để vật liệu xây dựng lấn hết vỉa hè trước số nhà 15. "
        "Bà con nhắc nhưng chưa dọn. Số máy ông ấy 0912 345 678."
    ),
    unit="Khối 7",
    place="Trước số nhà 15",
    when="9/2026",
    hope="Dọn vật liệu",
)

Walk = Callable[..., Course]
Sit = Callable[[str, str], Staffer]


@pytest.fixture
def course(ward: Ward) -> Course:
    """A comment that nobody has sent yet."""
    answers: dict[str, object] = {
        "unit_id": WARD,
        "kind": Kind.REPORT,
        "context": Context.RESIDENCE,
        "how_known": HowKnown.SEEN,
    }
    return Course(
        ward=ward,
        subject="bach",
        words=WORDS,
        answers=answers,
        handler=CELL_7,
        handled_by="thanh",
    )


@pytest.fixture
def walk(course: Course) -> Walk:
    """``walk("send", "prepare", "claim")`` takes the comment so far by the portal's verbs."""

    def go(*stages: str) -> Course:
        for stage in stages:
            getattr(course, stage)()
        return course

    return go


@pytest.fixture
def sit(course: Course, staff_client: StaffClient) -> Sit:
    """``sit("hoa", "case")``: somebody signed in, in front of the comment."""

    def down(login: str, room: str) -> Staffer:
        return Staffer(staff_client(login), room, course.number)

    return down


@pytest.fixture
def registrar(ward: Ward, staff_client: StaffClient) -> FlaskClient:
    """A browser of the registrar of the ward."""
    with ward.database.writing() as session:
        account = Account(login="registrar", name="Vi Thị Mai", password_hash="", created_at=NOON)
        session.add(account)
        session.flush()
        given = Grant(account_id=account.id, role=Role.REGISTRAR, organisation_id=WARD)
        given.valid_from = SINCE
        session.add(given)
        ward.accounts["registrar"] = account.id
    return staff_client("registrar")
