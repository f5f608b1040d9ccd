"""The pages of a case in English at every stage: only names and what people wrote stay."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.models import Account, Authority, Member, Organisation
from portal.words import Words
from tests.catalogues import bring_up_to_date, left_in_vietnamese
from tests.doors.course import PUT, Course
from tests.moderation.conftest import StaffClient
from tests.moderation.ward import CELL_7, WARD, Ward

WORDS = Words(
    about="Nông Văn Bách",
    what="For months he has kept bricks on the pavement in front of house 15.",
    hope="That he clears them away.",
    place="In front of house 15",
    when="9/2026",
)
#: What staff write on the way of a course.
WRITTEN = {
    *("Việc này khi nào?", "Việc riêng.", "Công an phường", "Xin gửi.", PUT),
    *("Có ý kiến về vật liệu trên vỉa hè.", "Tôi sẽ dọn.", "Đã xem tại chỗ."),
    *("Đã nhắc dọn.", "Chi bộ đã nhắc dọn."),
}
STAGES = (
    *("send", "prepare", "claim", "choose", "propose", "confirm", "route", "accept"),
    *("listen", "report", "publish", "rate"),
)
#: The forms of each room that have a page of their own.
DESK_FORMS = ("ask", "object", "decline", "refer", "send-back")
COMMITTEE_FORMS = ("statement", "report", "extend", "hold", "return", "refer")


@pytest.fixture(scope="module", autouse=True)
def _catalogues() -> None:
    bring_up_to_date()


@pytest.fixture
def kept(ward: Ward) -> set[str]:
    """What stays Vietnamese on an English page."""
    with ward.database.reading() as session:
        columns = (
            Account.name,
            Authority.name,
            Member.name,
            Organisation.name,
            Organisation.short_name,
        )
        names = {name for column in columns for name in session.scalars(select(column)) if name}
    return {"Tỉnh Lạng Sơn", 'label="Đ"', "05-QĐ/CB", "[đã lược bỏ]", *names, *WRITTEN}


@pytest.fixture
def course(ward: Ward) -> Course:
    """A comment that goes to the cell of block 7."""
    return Course(
        ward=ward,
        subject="bach",
        words=WORDS,
        answers={"unit_id": WARD},
        handler=CELL_7,
        handled_by="thanh",
    )


def _check(staff_client: StaffClient, course: Course, kept: set[str]) -> int:
    """Look at every page of the case that anyone may open now, and tell how many there are."""
    seen = 0
    for login, room, forms in (
        ("hoa", "case", DESK_FORMS),
        ("lam", "case", DESK_FORMS),
        ("thanh", "committee", COMMITTEE_FORMS),
    ):
        client = staff_client(login)
        client.set_cookie("lang", "en")
        for path in ("", *(f"/{form}" for form in forms)):
            answer = client.get(f"/{room}/{course.number}{path}")
            assert not left_in_vietnamese(answer, kept), (login, room, path)
            seen += answer.status_code == 200
    return seen


def test_a_case_is_english_at_every_stage(
    staff_client: StaffClient, course: Course, kept: set[str]
) -> None:
    for stage in STAGES:
        getattr(course, stage)()
        if stage != "send":
            assert _check(staff_client, course, kept) >= 2, stage


@pytest.mark.parametrize("ending", ["ask", "propose_to_decline", "refer", "withdraw"])
def test_a_case_that_takes_another_way_is_english(
    staff_client: StaffClient, course: Course, kept: set[str], ending: str
) -> None:
    for stage in ("send", "prepare", "claim", ending):
        getattr(course, stage)()
    assert _check(staff_client, course, kept) >= 2
