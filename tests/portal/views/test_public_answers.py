"""Answers that everybody may read, and the writer's yes or no on the tracking page."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert, select, update

from portal.answer import Answer
from portal.db import Database
from portal.models import (
    AnswerConsent,
    AnswerInvitation,
    Organisation,
    PublishedAnswer,
    ResidentAct,
)
from portal.public_answers import PAGE
from portal.tracking.consenting import mark_of, says_yes
from portal.vault import Ring, new_uid
from portal.vocabulary import Finding, OrganisationKind, Publication, Status, Topic
from tests.clocks import StandingClock
from tests.pages import page_of
from tests.portal.courses import Course
from tests.portal.residents import Resident

PATH = "/so-lieu/tra-loi"
ASK, TAKE_BACK = "Tôi đồng ý công bố", "Rút lại, không công bố"


@pytest.fixture
def course(
    resident: Resident, database: Database, ring_public: Ring, clock: StandingClock
) -> Course:
    """A letter whose case is closed."""
    made = Course(database, ring_public, clock, resident.send())
    made.step("publish", Status.ANSWERED, note=Answer(Finding.PARTLY, "Đã dọn.").to_note())
    made.step("close", Status.CLOSED)
    return made


def invite(course: Course, state: Publication = Publication.ASKED) -> None:
    """The staff room asks the writer; or it stands otherwise."""
    mark = mark_of(course.tracked.key)
    with course.database.writing() as session:
        if session.get(AnswerInvitation, mark) is None:
            session.execute(insert(AnswerInvitation).values(mark=mark, state=state))
        session.execute(update(AnswerInvitation).values(state=state))
        session.execute(update(AnswerConsent).values(done=True))


def said(course: Course) -> list[bool]:
    """What was said, in turn."""
    with course.database.reading() as session:
        rows = session.scalars(select(AnswerConsent).order_by(AnswerConsent.turn)).all()
    return [says_yes(course.tracked.key, row) for row in rows]


def test_whoever_was_not_asked_reads_nothing_of_it(resident: Resident, course: Course) -> None:
    assert ASK not in resident.track(course.code).text
    resident.track(course.code, "allow")
    assert resident.answer.status_code == 409
    assert said(course) == []


def test_a_writer_says_yes_and_takes_it_back(resident: Resident, course: Course) -> None:
    invite(course)
    page = resident.track(course.code)
    assert ASK in page.text
    assert "90 ngày" in page.text
    assert TAKE_BACK not in page.text
    page = resident.track(course.code, "allow")
    assert "Ông/bà rút lại lúc nào cũng được" in page.text
    assert (ASK in page.text, TAKE_BACK in page.text) == (False, True)
    assert "Đang chờ hệ thống ghi nhận" in page.text
    resident.track(course.code, "allow")
    assert said(course) == [True]
    page = resident.track(course.code, "forbid")
    assert "Không có gì được công bố" in page.text
    assert said(course) == [True, False]


def test_what_is_said_is_no_act_that_others_read_with_the_letter(
    resident: Resident, course: Course
) -> None:
    invite(course)
    resident.track(course.code, "allow")
    with course.database.reading() as session:
        assert session.scalar(select(ResidentAct.id)) is None
        row = session.scalars(select(AnswerConsent)).one()
    assert course.tracked.submission_id not in {row.id, row.turn}
    columns = set(AnswerConsent.__table__.columns.keys())
    assert not {"case_id", "submission_id", "at"} & columns


@pytest.mark.parametrize(
    ("state", "told", "taking_back"),
    [
        (Publication.WRITTEN, "Hai cán bộ soạn và xem lại", True),
        (Publication.CONFIRMED, "Hai cán bộ soạn và xem lại", True),
        (Publication.PUBLISHED, "một đoạn ngắn đã được công bố", True),
        (Publication.REFUSED, "Không có gì được công bố", False),
        (Publication.STOPPED, "Câu trả lời này không được công bố", False),
    ],
)
def test_the_page_says_how_it_stands(
    resident: Resident, course: Course, state: Publication, told: str, taking_back: bool
) -> None:
    invite(course)
    resident.track(course.code, "allow")
    invite(course, state)
    page = resident.track(course.code)
    assert told in page.text
    assert (TAKE_BACK in page.text) is taking_back


def publish(database: Database, amount: int, topic: Topic = Topic.PARTY_LIFE) -> int:
    """So many answers of a ward that is there for them."""
    with database.writing() as session:
        ward = Organisation(kind=OrganisationKind.WARD_COMMUNE, name="Phường Mới", path="9.")
        ward.short_name = ward.folded = "Phường Mới"
        ward.valid_from = date(2025, 7, 1)
        session.add(ward)
        session.flush()
        ward.path = f"{ward.id}."
        rows = [
            {"uid": new_uid(), "unit_id": ward.id, "topic": topic}
            | {"quarter": 20261 + number % 4, "words": f"Việc thứ {number} <b>xong</b>."}
            for number in range(amount)
        ]
        session.execute(insert(PublishedAnswer), rows)
        return ward.id


def test_an_empty_page_says_what_will_be_there(public_client: FlaskClient) -> None:
    answer = public_client.get(PATH)
    assert "Chưa có câu trả lời nào được công bố" in page_of(answer).text
    assert answer.headers["Cache-Control"] == "no-store"


def test_every_answer_stands_on_one_page_the_newest_quarter_first(
    public_client: FlaskClient, database: Database
) -> None:
    publish(database, 2 * PAGE + 1)
    seen, address, quarters = [], PATH, []
    while address:
        answer = public_client.get(address)
        page = page_of(answer)
        seen += page.text.split("Việc thứ ")[1:]
        quarters += [line for line in page.text.split() if line.endswith("/2026")]
        found = re.search(r'href="([^"]*)"[^>]*>Xem tiếp<', answer.text)
        address = unescape(found[1]) if found else ""
    numbers = [int(words.split()[0]) for words in seen]
    assert sorted(numbers) == list(range(2 * PAGE + 1))
    assert quarters == sorted(quarters, reverse=True)
    assert "<b>xong" not in answer.text


def test_answers_are_narrowed_by_place_and_topic(
    public_client: FlaskClient, database: Database
) -> None:
    first = publish(database, 1)
    publish(database, 2, Topic.SOCIAL_MEDIA)

    def amount(query: str) -> int:
        return page_of(public_client.get(f"{PATH}?{query}")).text.count("Việc thứ")

    assert amount(f"noi={first}") == 1
    assert amount("linh_vuc=social_media") == 2
    assert amount(f"noi={first}&linh_vuc=social_media") == 0
    assert amount("noi=x&linh_vuc=y&sau=z") == 3
    assert amount(f"noi={10**30}") == 3
