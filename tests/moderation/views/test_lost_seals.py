"""A seal that is lost or damaged spoils its own row or card, and nothing beside it."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import delete, update

from portal.models import Case, Paper, Seal
from portal.models.case import PaperKind
from portal.models.submission import SealHolder, SealTarget
from portal.vocabulary import Status
from tests.doors.course import Course
from tests.moderation.conftest import MakeCase, StaffClient
from tests.moderation.views.conftest import Sit, Walk
from tests.moderation.ward import CELL_7, Ward
from tests.pages import page_of

SHUT = "Không mở được nội dung"


def lose(ward: Ward, number: int, target: SealTarget) -> None:
    with ward.database.writing() as session:
        session.execute(
            delete(Seal).where(
                Seal.target == target,
                Seal.target_id == number,
                Seal.holder == SealHolder.STAFF,
            )
        )


@pytest.fixture
def three(ward: Ward, make_case: MakeCase) -> list[int]:
    """Three cases, the second without its key and the third with a damaged one."""
    with ward.database.writing() as session:
        found = [
            make_case(
                session,
                status=Status.ROUTED,
                handler=CELL_7,
                title=title,
                shown=f"{title}, viết lại",
            ).id
            for title in ("Việc thứ nhất", "Việc thứ hai", "Việc thứ ba")
        ]
        session.execute(
            update(Seal)
            .where(Seal.target == SealTarget.CASE_INTERNAL, Seal.target_id == found[2])
            .values(box=b"\0" * 80)
        )
    lose(ward, found[1], SealTarget.CASE_INTERNAL)
    return found


@pytest.mark.parametrize(
    ("login", "address"), [("hoa", "/desk/?list=handling"), ("thanh", "/committee/")]
)
def test_a_list_shows_what_opens_and_says_what_does_not(
    three: list[int],
    staff_client: StaffClient,
    caplog: pytest.LogCaptureFixture,
    login: str,
    address: str,
) -> None:
    with caplog.at_level(logging.ERROR, logger="moderation.papers"):
        page = page_of(staff_client(login).get(address))
    assert "Việc thứ nhất" in page.text
    assert page.text.count(SHUT) == 2
    told = [record.getMessage().split()[1] for record in caplog.records]
    assert told == [f"{number}:" for number in three[1:]]
    assert "Việc" not in caplog.text


def test_a_case_without_its_keys_answers_with_a_clear_page(
    three: list[int], staff_client: StaffClient
) -> None:
    answer = staff_client("hoa").get(f"/case/{three[1]}")
    assert answer.status_code == 503
    assert page_of(answer).h1 == SHUT


@pytest.mark.parametrize("kind", [PaperKind.READING, PaperKind.SHOWN])
def test_a_damaged_paper_leaves_the_rest_of_the_page(
    walk: Walk, sit: Sit, ward: Ward, kind: PaperKind
) -> None:
    course = walk("send", "prepare", "claim", "choose", "propose", "confirm", "route", "accept")
    with ward.database.writing() as session:
        session.execute(
            update(Paper)
            .where(Paper.case_id == course.number, Paper.kind == kind)
            .values(body=b"\0" * 64)
        )
    for login, room in (("hoa", "case"), ("thanh", "committee")):
        page = sit(login, room).page()
        assert "Nông Văn Bách, 1961" in page.text
        affected = room == "case" or kind is PaperKind.SHOWN
        assert ("Có phần không mở được nội dung" in page.text) is affected


def test_a_lost_submission_key_hides_what_was_added_only(
    walk: Walk, sit: Sit, ward: Ward, course: Course
) -> None:
    walk("send", "prepare", "claim")
    lose(ward, course.number, SealTarget.SUBMISSION)
    assert "Trước số nhà 15" in sit("hoa", "case").page().text


def test_a_damaged_headline_leaves_the_page(walk: Walk, sit: Sit, ward: Ward) -> None:
    course = walk("send", "prepare")
    with ward.database.writing() as session:
        session.get_one(Case, course.number).headline = b"\0" * 64
    assert "Trước số nhà 15" in sit("hoa", "case").page().text
