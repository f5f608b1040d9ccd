"""Passing a case on and answering it from the case page."""

from __future__ import annotations

import re

from portal.models import Case
from portal.vocabulary import Status
from tests.doors.course import TEXTS, Course
from tests.moderation.views.conftest import Sit, Walk
from tests.moderation.views.test_case_screening import status_of
from tests.moderation.ward import CELL_2, CELL_7, COMMISSION, PROVINCE_COMMISSION, Ward
from tests.pages import page_of

ELIGIBLE = ("send", "prepare", "claim", "choose", "propose", "confirm")
REPORTED = (*ELIGIBLE, "route", "accept", "listen", "report")


def test_the_proposed_place_and_the_masked_words_stand_ready(walk: Walk, sit: Sit) -> None:
    course = walk(*ELIGIBLE)
    hoa = sit("hoa", "case")
    page = hoa.page()
    assert page.fields["organisation"] == str(CELL_7)
    assert "Mấy tháng nay ông Bách" in page.fields["shown"]
    assert "0912" not in page.fields["shown"]
    assert "Chi bộ nơi đảng viên sinh hoạt chính thức xem xét, giải quyết." in page.text
    hoa.do("route", organisation=str(CELL_7), shown="Có ý kiến về vật liệu trên vỉa hè.", **TEXTS)
    assert status_of(course) is Status.ROUTED


def test_no_number_of_a_person_reaches_a_committee_or_the_resident(walk: Walk, sit: Sit) -> None:
    course = walk(*ELIGIBLE)
    sit("hoa", "case").do(
        "route", organisation=str(CELL_7), shown="Gọi 0912345678, xem vỉa hè.", **TEXTS
    )
    thanh = sit("thanh", "committee")
    page = thanh.page()
    assert "Gọi [đã che số điện thoại], xem vỉa hè." in page.text
    assert "0912345678" not in page.html
    for stage in (Course.accept, Course.listen, Course.report):
        stage(course)
    hoa = sit("hoa", "case")
    hoa.do("send-back", reason="Xin gọi 0912345678 hỏi thêm.")
    assert "0912345678" not in thanh.page().html
    course.report()
    hoa.do("publish", answer="Chi bộ đã xem, số 0912345678.")
    assert "0912345678" not in hoa.page().html


def test_another_place_needs_a_reason(walk: Walk, sit: Sit, ward: Ward) -> None:
    course = walk(*ELIGIBLE)
    hoa = sit("hoa", "case")
    response = hoa.send("route", organisation=str(CELL_2), shown="Vật liệu trên vỉa hè.", **TEXTS)
    page = page_of(response)
    assert response.status_code == 422
    assert "Nơi nhận khác với đề xuất. Xin nêu lý do." in page.text
    assert page.fields["organisation"] == str(CELL_2)
    assert page.fields["shown"] == "Vật liệu trên vỉa hè."
    hoa.do(
        "route",
        organisation=str(CELL_2),
        overriding="Đồng chí này vừa chuyển sinh hoạt.",
        shown="Vật liệu trên vỉa hè.",
        **TEXTS,
    )
    with ward.database.reading() as session:
        assert session.get_one(Case, course.number).handler_id == CELL_2


def test_a_place_with_nobody_to_handle_it_is_refused(walk: Walk, sit: Sit) -> None:
    walk(*ELIGIBLE)
    response = sit("hoa", "case").send(
        "route",
        organisation=str(PROVINCE_COMMISSION),
        overriding="Thuộc diện tỉnh quản lý.",
        shown="Vật liệu trên vỉa hè.",
        **TEXTS,
    )
    assert response.status_code == 422
    assert "Nơi này không còn ai được phép giải quyết." in page_of(response).text


def test_a_place_that_was_not_offered_is_refused(walk: Walk, sit: Sit) -> None:
    walk(*ELIGIBLE)
    for forged in ("999", "x", ""):
        response = sit("hoa", "case").send("route", organisation=forged, shown="Vật liệu.", **TEXTS)
        assert response.status_code == 422


def test_fear_goes_to_the_commission_in_other_words(walk: Walk, sit: Sit, course: Course) -> None:
    course.answers["fears_retaliation"] = True
    walk(*ELIGIBLE)
    hoa = sit("hoa", "case")
    page = hoa.page()
    assert page.fields["shown"] == ""
    assert page.fields["organisation"] == str(COMMISSION)
    offered = re.findall(r'<option value="(\d+)"', page.html)
    assert {int(number) for number in offered} == {COMMISSION, PROVINCE_COMMISSION}
    repeated = hoa.send("route", organisation=str(COMMISSION), shown=course.words.what, **TEXTS)
    assert repeated.status_code == 422
    assert "Nội dung còn giữ nguyên lời người gửi." in page_of(repeated).text
    hoa.do(
        "route", organisation=str(COMMISSION), shown="Có việc vật liệu để ở lối đi chung.", **TEXTS
    )


def test_what_a_reader_could_guess_waits_for_other_words(walk: Walk, sit: Sit) -> None:
    walk("send", "prepare", "claim", "choose")
    ticked = dict.fromkeys(("readable", "in_scope", "masked", "not_duplicate", "right_member"), "y")
    sit("hoa", "case").do("verify", guessable="yes", **ticked)
    lam = sit("lam", "case")
    assert "Người đọc có thể đoán ra người gửi không? Có, phải viết lại" in lam.page().text
    lam.do("confirm")
    assert lam.page().fields["shown"] == ""


def test_the_report_is_read_and_the_draft_stands_ready(walk: Walk, sit: Sit) -> None:
    course = walk(*REPORTED)
    lam = sit("lam", "case")
    page = lam.page()
    assert "Nội dung có cơ sở một phần" in page.text
    assert "Tôi sẽ dọn." in page.text
    assert page.fields["answer"] == "Đã nhắc dọn."
    assert lam.send("publish", answer=" ").status_code == 422
    lam.do("publish", answer="Chi bộ đã nhắc, vật liệu đã dọn.")
    assert status_of(course) is Status.ANSWERED


def test_a_report_can_go_back_with_a_reason(walk: Walk, sit: Sit) -> None:
    course = walk(*REPORTED)
    lam = sit("lam", "case")
    lam.page("send-back")
    assert lam.send("send-back", reason="").status_code == 422
    lam.do("send-back", reason="Xin ghi rõ ngày kiểm tra.")
    assert status_of(course) is Status.IN_PROGRESS
    assert "Xin ghi rõ ngày kiểm tra." in sit("thanh", "committee").page().text
