"""What the two pages of a case read: masked for the desk, nothing of the writer for a committee."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

from moderation.access import find_case, relate
from moderation.reading import HandlingPage, read_for_committee
from portal.models import Event
from portal.models.case import Room
from portal.text import fold
from portal.tracking import find, rate, supply
from portal.vocabulary import Context, Finding, HowKnown, Kind, PostLevel, Rating
from portal.words import Words
from tests.conftest import Watch
from tests.doors.course import Course
from tests.moderation.conftest import StaffClient
from tests.moderation.views.staffer import Staffer
from tests.moderation.ward import CELL_7, COMMISSION, WARD, Ward

#: Words that stand nowhere else, four in each answer of the writer.
RARE = {
    "about": "Nông Văn Bách lưỡng quần thúng mẹt",
    "what": "khệ nệ quẩy gồng bưng rổ rá trẹt nong nia giần sàng cót bồ đựng ngô",
    "unit": "khuỷu ngoặt dốc đứng",
    "place": "chái bếp gốc vối",
    "when": "9/2026",
    "hope": "quét quáy thu vén",
}
LATER = "thủ thỉ rủ rỉ nhỏ nhẹ"
COMMENT = "ngọ nguậy lắt léo"
STAGES = (
    *("send", "prepare", "claim", "choose", "propose", "confirm", "route"),
    *("accept", "listen", "report", "publish"),
)
FORMS = ("statement", "report", "extend", "hold", "return", "refer")
#: The statements that ask for what the writer wrote or did; in which case a letter is, and whether
#: it was taken back, are not among it.
OF_THE_WRITER = re.compile(
    r"\bsubmission\.(?!(?:id|case_id|state)\b)\w|\b(?:FROM|JOIN) resident_act\b"
)
MOST = 20


@pytest.fixture
def course(ward: Ward) -> Course:
    answers: dict[str, object] = {
        "unit_id": WARD,
        "kind": Kind.REPORT,
        "context": Context.RESIDENCE,
        "how_known": HowKnown.HEARD,
        "post_level": PostLevel.COMMUNE,
        "fears_retaliation": True,
    }
    return Course(
        ward=ward,
        subject="bach",
        words=Words(**RARE),
        answers=answers,
        handler=COMMISSION,
        handled_by="ky",
    )


def walk(course: Course, until: str) -> Iterator[str]:
    """Take the case on, stage by stage, with words of the writer added on the way."""
    for stage in STAGES:
        getattr(course, stage)()
        if stage == "accept":
            add(course)
        yield stage
        if stage == until:
            return


def add(course: Course) -> None:
    with course.ward.database.writing() as session:
        assert course.receipt is not None
        tracked = find(session, ring=course.ward.ring, code=course.receipt.code)
        assert tracked is not None
        supply(session, tracked=tracked, text=LATER, at=course.ward.at)


def planted() -> tuple[set[str], set[str]]:
    """Every rare word as it was written, and every two of them in a row without their marks."""
    runs = [*RARE.values(), LATER, COMMENT]
    runs[0] = runs[0].removeprefix("Nông Văn Bách ")
    words = {word for run in runs for word in run.split() if word != "9/2026"}
    pairs = {pair for run in runs for pair in pairs_of(fold(run).split())}
    return words, pairs


def pairs_of(words: list[str]) -> set[str]:
    return {f"{one} {two}" for one, two in pairwise(words)}


def found_in(text: str) -> set[str]:
    """What of the planted words stands in a text."""
    plain = re.sub(r"<[^>]+>", " ", text).lower()
    words, pairs = planted()
    return (words & set(re.findall(r"\w+", plain))) | (
        pairs & pairs_of(re.findall(r"\w+", fold(plain)))
    )


def page_for(session: Session, course: Course) -> HandlingPage:
    person = course.ward.person(session, course.handled_by)
    case = find_case(session, person=person, case_id=course.number, room=Room.COMMITTEE)
    return read_for_committee(
        session,
        office=course.ward.office,
        keys=course.ward.keys(session, case),
        case=case,
        relation=relate(session, person=person, case=case),
    )


def test_no_page_of_a_committee_holds_a_word_of_the_writer(
    course: Course, staff_client: StaffClient, staff_app: Flask, statements: Watch
) -> None:
    assert len(planted()[0]) >= 30
    assert len(found_in(" ".join(RARE.values()))) >= 50
    ky = staff_client("ky")
    for stage in walk(course, "publish"):
        sitter = Staffer(ky, "committee", course.number)
        for path in ("", *FORMS):
            with statements(staff_app.extensions["portal"].database) as seen:
                response = sitter.get(path)
            assert not found_in(response.text), (stage, path)
            assert not [line for line in seen if OF_THE_WRITER.search(line)], (stage, path)
            assert "[đã che" not in response.text
    assert found_in(Staffer(staff_client("hoa"), "case", course.number).get().text)
    course.ward.later(days=1)
    with course.ward.database.writing() as session:
        assert course.receipt is not None
        tracked = find(session, ring=course.ward.ring, code=course.receipt.code)
        assert tracked is not None
        moment = course.ward.at
        rate(session, tracked=tracked, rating=Rating.UNSATISFIED, text=COMMENT, at=moment)
    assert not found_in(Staffer(ky, "committee", course.number).get().text)


def test_a_committee_reads_no_unit_place_or_source_and_no_hour(
    course: Course, staff_client: StaffClient
) -> None:
    course.ward.later(minutes=43)
    for stage in walk(course, "publish"):
        if STAGES.index(stage) < STAGES.index("route"):
            continue
        response = Staffer(staff_client("ky"), "committee", course.number).get()
        words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))
        assert "10:43" not in response.text
        assert "03:43" not in response.text
        assert set(re.findall(r"\d\d:\d\d", words)) <= {"17:00"}, stage
        for told in ("Nghe kể lại", "Nơi cư trú", "9/2026", "Đảng bộ phường Đông Kinh"):
            assert told not in words, stage
        for name in ("Lương Thị Hòa", "Chu Văn Lâm"):
            assert name not in words, stage


def test_what_a_committee_is_handed_has_nothing_of_the_writer_in_it(course: Course) -> None:
    for _stage in walk(course, "report"):
        pass
    with course.ward.database.reading() as session:
        page = page_for(session, course)
        assert not found_in(repr(asdict(page)))
        person = course.ward.person(session, "ky")
        case = find_case(session, person=person, case_id=course.number, room=Room.COMMITTEE)
        with pytest.raises(InvalidRequestError):
            repr(case.headline)


def test_the_history_of_a_committee_begins_where_the_case_was_passed_on(course: Course) -> None:
    for _stage in walk(course, "report"):
        pass
    with course.ward.database.reading() as session:
        page = page_for(session, course)
        whole = session.scalars(select(Event).where(Event.case_id == course.number)).all()
    assert [step.action for step in page.course] == [
        *("route", "accept", "follow_up", "follow_up", "report")
    ]
    assert len(whole) > len(page.course)
    assert not [step.who for step in page.course if step.who]
    assert page.course[0].inside == ""


def test_the_findings_say_what_they_need_before_anything_was_done(course: Course) -> None:
    course.answers["fears_retaliation"] = False
    course.handler, course.handled_by = CELL_7, "thanh"
    for _stage in walk(course, "accept"):
        pass
    with course.ward.database.reading() as session:
        missing = page_for(session, course).missing
    assert missing[Finding.SUBSTANTIATED] == "statement"
    assert missing[Finding.UNSUBSTANTIATED] == "statement"
    assert missing[Finding.CLARIFIED] is None
    assert Finding.PRAISE_NOTED not in missing


@pytest.mark.parametrize("fears", [False, True])
def test_a_page_takes_few_statements_at_every_stage(
    course: Course,
    staff_client: StaffClient,
    staff_app: Flask,
    statements: Watch,
    fears: bool,
) -> None:
    course.answers["fears_retaliation"] = fears
    if not fears:
        course.handler, course.handled_by = CELL_7, "thanh"
    browsers = [
        (staff_client("hoa"), "case"),
        (staff_client("lam"), "case"),
        (staff_client(course.handled_by), "committee"),
    ]
    database = staff_app.extensions["portal"].database
    for stage in walk(course, "publish"):
        if stage == "send":
            continue
        for client, room in browsers:
            sitter = Staffer(client, room, course.number)
            sitter.get()
            with statements(database) as seen:
                sitter.get()
            assert len(seen) <= MOST, (stage, room, seen)
