"""Files before staff: handed out and written down, released by a moderator, kept by a committee."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.files.attaching import attach
from portal.files.storing import FileStore
from portal.models import Attachment, Event, FollowUp, JournalEntry, ResidentAct
from portal.models.case import Room
from portal.vocabulary import Deed
from tests.doors.course import Course
from tests.moderation.searching.looking import found_by
from tests.moderation.views.conftest import Sit, Walk
from tests.moderation.views.staffer import Staffer
from tests.moderation.ward import CELL_2, Ward
from tests.pages import page_of
from tests.specimens import document, photo
from tests.uploads import CONTENT, body, sealed

PASSED_ON = ("send", "prepare", "claim", "choose", "propose", "confirm", "route")


@pytest.fixture
def store(ward: Ward) -> FileStore:
    """Where the staff site of the ward looks for files."""
    return FileStore(str(Path(ward.database.engine.url.database or "").parent / "files"))


def bring(course: Course, store: FileStore, raw: bytes, name: str = "anh.jpg") -> str:
    """The resident sends a file, and the worker is told; the id of the file."""
    course.act(
        lambda session, tracked: attach(
            session,
            tracked=tracked,
            sealed=sealed(store, raw, tracked.key, filename=name),
            at=course.ward.at,
        )
    )
    with course.ward.database.reading() as session:
        return str(session.scalars(select(Attachment.id).order_by(Attachment.id.desc())).first())


def deeds(ward: Ward) -> list[Deed]:
    """What was written down about files."""
    with ward.database.reading() as session:
        found = session.scalars(select(JournalEntry.deed).order_by(JournalEntry.id))
        return [deed for deed in found if deed.value.startswith("file")]


def test_a_moderator_lists_and_opens_what_a_resident_sent(
    ward: Ward, walk: Walk, sit: Sit, store: FileStore
) -> None:
    course = walk("send", "prepare")
    number = bring(course, store, photo(), "anh 0912 345 678.jpg")
    hoa = sit("hoa", "case")
    text = hoa.page().text
    assert "Tệp 1 · Ảnh JPEG, 2 KB" in text
    assert "anh [đã che số điện thoại].jpg" in text
    answer = hoa.send("file", file=number)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == "attachment; filename=tep-1.jpg"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    with Image.open(io.BytesIO(answer.data)) as shown:
        assert (shown.format, shown.size) == ("JPEG", (64, 96))
    assert deeds(ward) == [Deed.FILE_OPENED]


def test_a_committee_has_a_file_only_while_it_is_released(
    ward: Ward, walk: Walk, sit: Sit, store: FileStore
) -> None:
    course = walk(*PASSED_ON, "accept")
    number = bring(course, store, photo(), "thu cua Nguyen.jpg")
    hoa, thanh = sit("hoa", "case"), sit("thanh", "committee")
    nothing = thanh.send("file", file="999")
    assert "Tệp kèm theo" not in thanh.page().text
    assert thanh.send("file", file=number).data == nothing.data
    assert nothing.status_code == 409
    assert "Cho nơi giải quyết xem tệp 1" in hoa.page().text
    asked = page_of(hoa.client.get(f"{hoa.address}/release-file?file={number}"))
    assert "không thấy gì cho biết ai gửi" in asked.text
    assert hoa.send("release-file", file=number).status_code == 422
    assert thanh.send("file", file=number).status_code == 409
    hoa.do("release-file", file=number, looked="y")
    shown = thanh.page().text
    assert "Tệp 1 · Ảnh JPEG" in shown
    assert "Nguyen" not in shown
    assert thanh.send("file", file=number).status_code == 200
    hoa.do("withhold-file", file=number)
    assert "Tệp kèm theo" not in thanh.page().text
    assert thanh.send("file", file=number).status_code == 409
    assert deeds(ward) == [Deed.FILE_RELEASED, Deed.FILE_OPENED, Deed.FILE_WITHHELD]


def test_the_resident_reads_that_a_file_was_released(
    ward: Ward, walk: Walk, sit: Sit, store: FileStore
) -> None:
    course = walk(*PASSED_ON)
    number = bring(course, store, photo())
    sit("hoa", "case").do("release-file", file=number, looked="y")
    with ward.database.reading() as session:
        steps = session.execute(
            select(Event.action, Event.shown, Event.submission_id).order_by(Event.id)
        ).all()
    assert steps[-1] == ("release_file", True, course.number)
    assert ("attach", False, course.number) in steps


def test_another_organisation_does_not_inherit_what_was_released(
    ward: Ward, walk: Walk, sit: Sit, store: FileStore
) -> None:
    course = walk(*PASSED_ON)
    number = bring(course, store, photo())
    hoa, thanh = sit("hoa", "case"), sit("thanh", "committee")
    hoa.do("release-file", file=number, looked="y")
    with ward.database.writing() as session:
        row = session.get_one(Attachment, int(number))
        row.released_to = CELL_2
    assert "Tệp kèm theo" not in thanh.page().text
    assert thanh.send("file", file=number).status_code == 409


def test_files_go_where_the_words_go_when_they_are_taken_back(
    ward: Ward, walk: Walk, sit: Sit, store: FileStore
) -> None:
    course = walk(*PASSED_ON)
    number = bring(course, store, photo())
    hoa, thanh = sit("hoa", "case"), sit("thanh", "committee")
    hoa.do("release-file", file=number, looked="y")
    course.withdraw()
    for person in (hoa, thanh):
        assert "Tệp kèm theo" not in person.page().text
        assert person.send("file", file=number).status_code == 409


def test_a_file_is_found_by_its_name_where_its_name_is_read(
    ward: Ward, walk: Walk, sit: Sit, store: FileStore
) -> None:
    course = walk(*PASSED_ON, "accept")
    number = bring(course, store, photo(), "biên bản họp khối bảy 0912 345 678.jpg")
    sit("hoa", "case").do("release-file", file=number, looked="y")
    assert found_by(ward, "hoa", "bien ban hop khoi bay") == [course.number]
    assert found_by(ward, "hoa", "0912 345 678") == []
    assert found_by(ward, "thanh", "bien ban hop khoi bay", room=Room.COMMITTEE) == []
    course.withdraw()
    assert found_by(ward, "hoa", "bien ban hop khoi bay") == []


def test_a_committee_keeps_a_file_with_what_it_did_and_it_stays_inside(
    ward: Ward, walk: Walk, sit: Sit, store: FileStore
) -> None:
    course = walk(*PASSED_ON, "accept")
    thanh, hoa = sit("thanh", "committee"), sit("hoa", "case")
    assert thanh.get("keep-file").status_code == 409
    course.listen()
    page = page_of(thanh.get("keep-file"))
    deed = page.fields["deed"] or _first_deed(ward)
    assert _keep(thanh, photo(), deed=deed).status_code == 302
    assert _keep(thanh, photo(), deed=deed).status_code == 409
    assert _keep(thanh, b"<html>", deed=deed).status_code == 422
    assert _keep(thanh, document(), deed="999").status_code == 422
    assert "Tệp nội bộ, người gửi không xem được" in thanh.page().text
    assert "Tệp nội bộ của nơi giải quyết" in hoa.page().text
    with ward.database.reading() as session:
        row = session.scalars(select(Attachment)).one()
        last = session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert session.scalars(select(ResidentAct)).all() == []
    assert row.submission_id is None
    assert last
    assert (last.action, last.shown) == ("keep_file", False)
    for person in (thanh, hoa):
        assert person.send("file", file=str(row.id)).status_code == 200
    # A resident's file may be released; a committee's own may not be given to anybody.
    assert hoa.send("release-file", file=str(row.id), looked="y").status_code == 409
    assert deeds(ward) == [Deed.FILE_KEPT, Deed.FILE_OPENED, Deed.FILE_OPENED]


def test_a_file_that_was_changed_in_the_store_is_not_handed_out(
    ward: Ward, walk: Walk, sit: Sit, store: FileStore
) -> None:
    course = walk("send", "prepare")
    number = bring(course, store, photo())
    hoa = sit("hoa", "case")
    (file,) = (Path(ward.database.engine.url.database or "").parent / "files").iterdir()
    kept = file.read_bytes()
    for broken in (kept[:-1], kept[:40], b"", kept + kept, bytes(len(kept))):
        file.write_bytes(broken)
        assert hoa.send("file", file=number).status_code == 503
    file.unlink()
    assert hoa.send("file", file=number).status_code == 503
    assert deeds(ward) == []


def test_a_row_that_was_written_without_the_code_opens_nothing(
    ward: Ward, walk: Walk, sit: Sit, store: FileStore
) -> None:
    course = walk("send", "prepare")
    number = bring(course, store, photo())
    with ward.database.writing() as session:
        row = session.get_one(Attachment, int(number))
        row.lock = bytes(60)
    hoa = sit("hoa", "case")
    assert "Không mở được tệp này" in hoa.page().text
    assert hoa.send("file", file=number).status_code == 503


def _keep(staffer: Staffer, raw: bytes, **fields: str) -> TestResponse:
    """Send the form of a committee with a file."""
    data = body(raw, **staffer.marks(), **fields)
    return staffer.client.post(f"{staffer.address}/keep-file", data=data, content_type=CONTENT)


def _first_deed(ward: Ward) -> str:
    """The first thing that the committee did."""
    with ward.database.reading() as session:
        return str(session.scalars(select(FollowUp.id).order_by(FollowUp.id)).first())
