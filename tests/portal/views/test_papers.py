"""What residents take home: the answer to their letter, and a petition that is kept nowhere."""

from __future__ import annotations

from pypdfium2 import PdfDocument
from werkzeug.test import TestResponse

from portal.answer import Answer
from portal.db import Database
from portal.printing import starting
from portal.vault import Ring
from portal.vocabulary import Finding, Status
from tests.clocks import StandingClock
from tests.portal.courses import Course
from tests.portal.residents import ABOUT, FORM, WHAT, Resident

TRACK = "/tra-cuu"
GIVEN = "Chi bộ đã nhắc, vật liệu đã dọn ngày 20/11/2026."


def read(answer: TestResponse, name: str) -> str:
    """What stands on a paper that was handed out, its lines joined."""
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}.pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    document = PdfDocument(answer.data)
    text = " ".join(each.get_textpage().get_text_bounded() for each in document)
    document.close()
    return " ".join(text.split())


def ask(resident: Resident, code: str, step: str = "paper") -> TestResponse:
    """Ask for the answer as a paper, or for another file."""
    token = resident.open(TRACK).fields["csrf_token"]
    fields = {"csrf_token": token, "code": code, "step": step}
    return resident.browser.post(TRACK, data=fields)


def test_a_writer_takes_the_answer_home_and_nothing_else(
    resident: Resident, database: Database, ring_public: Ring, clock: StandingClock
) -> None:
    code = resident.send()
    course = Course(database, ring_public, clock, code)
    clock.forward(hours=1)
    cell = course.add_cell()
    course.step("route", Status.ROUTED, organisation=cell)
    early = ask(resident, code)
    assert early.status_code == 200
    assert "Tải câu trả lời" not in early.text
    note = Answer(Finding.SUBSTANTIATED, GIVEN).to_note()
    course.step("publish", Status.ANSWERED, note=note, organisation=cell)
    resident.track(code)
    assert "Tải câu trả lời (PDF)" in resident.page.text
    answer = ask(resident, code)
    text = read(answer, "tra-loi")
    assert GIVEN in text
    assert str(Finding.SUBSTANTIATED.label) in text
    assert "TỈNH LẠNG SƠN CỔNG TIẾP NHẬN Ý KIẾN NHÂN DÂN" in text
    assert "Nơi giải quyết Chi bộ" in text
    assert "đề nghị xem xét lại tại trang Tra cứu" in text
    plain = code.replace("-", "")
    assert plain not in text.replace("-", "").replace(" ", "")
    assert ABOUT not in text
    assert WHAT not in text


def test_a_shared_machine_keeps_no_file_that_tells_the_answer(resident: Resident) -> None:
    code = resident.send()
    assert ask(resident, code, "certificate").mimetype == "application/json"
    resident.browser.set_cookie("shared", "1")
    answer = ask(resident, code, "certificate")
    assert answer.mimetype == "text/html"
    assert "Tải giấy chứng nhận" not in answer.text


def test_a_petition_is_in_the_language_of_the_office_and_changes_no_word(
    resident: Resident,
) -> None:
    resident.browser.set_cookie("lang", "en")
    resident.write(kind="denunciation", place="Nhà {nb}")
    page = resident.press("petition")
    assert "Đơn tố cáo" in page.text
    assert "Print this form" in page.text
    fields = resident.page.fields | {"step": "petition_paper"}
    assert "Nhà {nb}" in read(resident.browser.post(FORM, data=fields), "mau-don")


def test_a_petition_is_made_of_what_was_typed_and_goes_without_a_trace(
    resident: Resident, database: Database
) -> None:
    own = {"own_name": "Lê Thị Mận", "own_address": "Số 3, ngõ 8", "own_telephone": "0500 000 001"}
    where = {"place": "Trước số nhà 15", "unit_text": "Khối 7", "hope": "Mong được dọn sạch."}
    resident.write(kind="denunciation", **where, **own)
    resident.press("petition")
    assert "Tải bản PDF" in resident.page.text
    fields = resident.page.fields | {"step": "petition_paper"}
    text = read(resident.browser.post(FORM, data=fields), "mau-don")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in text
    assert "ĐƠN TỐ CÁO" in text
    for typed in (ABOUT, WHAT, "Trước số nhà 15, Khối 7", where["hope"], *own.values()):
        assert typed in text
        assert typed in resident.page.text
    resident.browser.set_cookie("shared", "1")
    assert resident.browser.post(FORM, data=fields).mimetype == "text/html"
    assert "Tải bản PDF" not in resident.open("/mau-don").text
    resident.browser.delete_cookie("shared")
    empty = resident.open("/mau-don?loai=khieu-nai").fields | {"step": "petition_paper"}
    places = starting.AT_ONCE + starting.WAITING
    for _place in range(places):
        assert starting._room.acquire(blocking=False)
    try:
        busy = resident.browser.post(FORM, data=empty)
    finally:
        starting._room.release(places)
    assert busy.status_code == 503
    assert "Cổng chưa tạo được bản PDF." in busy.text
    assert "Đơn khiếu nại" in busy.text
