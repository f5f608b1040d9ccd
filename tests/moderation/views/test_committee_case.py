"""A committee in front of a case: taking it on, acting, hearing the member, reporting."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.models import Case, Event, FollowUp
from portal.vocabulary import ActionKind, Status
from tests.doors.course import PUT, Course
from tests.moderation.views.conftest import Sit, Walk
from tests.moderation.views.test_case_screening import status_of
from tests.moderation.ward import COMMISSION, Ward
from tests.pages import page_of

ROUTED = ("send", "prepare", "claim", "choose", "propose", "confirm", "route")
WORKING = (*ROUTED, "accept")
HEARD = {
    "outcome": "given",
    "text": "Tôi sẽ dọn vật liệu trong tuần này.",
    "asked_on": "23/11/2026",
    "read_back": "y",
    "read_on": "23/11/2026",
}


def test_a_committee_takes_a_case_on(walk: Walk, sit: Sit) -> None:
    course = walk(*ROUTED)
    thanh = sit("thanh", "committee")
    page = thanh.page()
    assert page.h1 == "Có ý kiến về vật liệu trên vỉa hè."
    assert "Nông Văn Bách, 1961" in page.text
    after = thanh.do("accept")
    assert status_of(course) is Status.IN_PROGRESS
    assert "Đ/c Vi Văn Thành từ 23/11/2026" in after.text


def test_a_returned_case_leaves_the_inbox_with_its_reason(walk: Walk, sit: Sit) -> None:
    course = walk(*ROUTED)
    thanh = sit("thanh", "committee")
    assert "Trả lại" in thanh.page("return").text
    assert thanh.send("return", reason="").status_code == 422
    inbox = thanh.do("return", reason="Đồng chí này đã chuyển sinh hoạt.")
    assert "Đã trả lại hồ sơ cho bộ phận tiếp nhận." in inbox.text
    assert status_of(course) is Status.SCREENING
    assert thanh.get().status_code == 404
    assert "Đồng chí này đã chuyển sinh hoạt." in sit("hoa", "case").page().text


def test_what_was_done_is_saved_with_two_notes(walk: Walk, sit: Sit, ward: Ward) -> None:
    course = walk(*WORKING)
    thanh = sit("thanh", "committee")
    page = thanh.do(
        "follow-up",
        deed="field_check",
        done_on="23/11/2026",
        note="Chi bộ đã xem tại chỗ.",
        inside="Đi cùng đồng chí phó bí thư.",
    )
    assert "Đã lưu việc đã làm." in page.text
    assert "Người gửi đọc: Chi bộ đã xem tại chỗ." in page.text
    assert "Nội bộ: Đi cùng đồng chí phó bí thư." in page.text
    assert "Đã kiểm tra thực tế" in page.text
    with ward.database.reading() as session:
        done = session.scalars(select(FollowUp).where(FollowUp.case_id == course.number)).all()
    assert [(deed.kind, deed.done_on.day) for deed in done] == [(ActionKind.FIELD_CHECK, 23)]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"done_on": "24/11/2026"}, "Ngày này chưa tới."),
        ({"done_on": "01/01/1890"}, "Ngày này quá xa."),
        ({"done_on": "22/11/2026"}, "Ngày này trước khi Cổng nhận ý kiến."),
        ({"done_on": "hôm qua"}, "Xin ghi ngày, tháng, năm."),
        ({"done_on": "31/02/2026"}, "Lịch không có ngày này."),
        ({"done_on": ""}, "Xin ghi ngày đã làm."),
        ({"deed": "discipline_warning"}, "Xin ghi số, ký hiệu quyết định kỷ luật."),
        ({"deed": "member_statement"}, "không có trong danh sách."),
        ({"deed": "prison"}, "không có trong danh sách."),
    ],
)
def test_what_cannot_have_been_done_is_refused_and_kept(
    walk: Walk, sit: Sit, fields: dict[str, str], sentence: str
) -> None:
    walk(*WORKING)
    right = {"deed": "remind", "done_on": "23/11/2026", "note": "Chi bộ đã nhắc nhở."}
    sent = right | fields
    response = sit("thanh", "committee").send("follow-up", **sent)
    page = page_of(response)
    assert response.status_code == 422
    assert sentence in page.text
    assert page.fields["note"] == "Chi bộ đã nhắc nhở."
    assert page.fields["done_on"] == sent["done_on"]


def test_discipline_is_kept_by_reference_and_never_told_in_detail(walk: Walk, sit: Sit) -> None:
    walk(*WORKING)
    page = sit("thanh", "committee").do(
        "follow-up", deed="discipline_warning", done_on="23/11/2026", reference="05-QĐ/CB"
    )
    assert "Cảnh cáo (05-QĐ/CB)" in page.text


def test_the_member_is_heard_on_the_text_that_was_made_for_them(walk: Walk, sit: Sit) -> None:
    walk(*WORKING)
    thanh = sit("thanh", "committee")
    page = thanh.page("statement")
    assert f"Nội dung nêu với đảng viên {PUT}" in page.text
    empty = thanh.send("statement", outcome="given")
    assert empty.status_code == 422
    assert "Xin ghi lời giải trình của đảng viên." in page_of(empty).text
    unread = thanh.send("statement", **HEARD | {"read_back": ""})
    assert unread.status_code == 422
    assert "Xin đọc lại cho đảng viên nghe" in page_of(unread).text
    after = thanh.do("statement", **HEARD)
    assert "Tôi sẽ dọn vật liệu trong tuần này." in after.text
    assert "Đã đọc lại ngày 23/11/2026, đảng viên đồng ý" in after.text
    assert "Đã có giải trình" in after.text


def test_unreachable_takes_two_days_of_trying(walk: Walk, sit: Sit, ward: Ward) -> None:
    walk(*WORKING)
    ward.later(days=2)
    thanh = sit("thanh", "committee")
    once = {"outcome": "unreachable", "attempt_1": "24/11/2026"}
    for attempts in (once, once | {"attempt_2": "24/11/2026"}):
        response = thanh.send("statement", **attempts)
        assert response.status_code == 422
        assert "Cần hai lần liên hệ vào hai ngày khác nhau." in page_of(response).text
    page = thanh.do("statement", **once, attempt_2="25/11/2026")
    assert "24/11/2026, 25/11/2026" in page.text
    report = thanh.page("report")
    assert report.text.count("nên cấp trên duyệt câu trả lời") == 2
    thanh.do("report", finding="substantiated", draft="Đã nhắc dọn.")
    ward_page = sit("lam", "case").page()
    assert "Đảng bộ tỉnh duyệt câu trả lời này." in ward_page.text
    assert "answer" not in ward_page.fields
    sit("thu", "case").do("publish", answer="Đã nhắc dọn.")


def test_the_report_page_says_what_each_finding_still_needs(walk: Walk, sit: Sit) -> None:
    walk(*WORKING)
    thanh = sit("thanh", "committee")
    page = thanh.page("report")
    assert page.text.count("Chưa có lời giải trình của đảng viên.") == 4
    early = thanh.send("report", finding="substantiated", draft="Nội dung đúng một phần.")
    assert early.status_code == 422
    assert page_of(early).fields["draft"] == "Nội dung đúng một phần."
    assert ("finding", "substantiated") in page_of(early).ticked
    thanh.do("statement", **HEARD)
    page = thanh.page("report")
    assert "Chưa có lời giải trình của đảng viên." not in page.text
    assert page.text.count("Chưa kiểm tra thực tế.") == 1


def test_a_report_waits_for_the_desk(walk: Walk, sit: Sit) -> None:
    course = walk(*WORKING, "listen")
    thanh = sit("thanh", "committee")
    assert thanh.send("report", finding="partly", draft=" ").status_code == 422
    assert thanh.send("report", finding="praise_noted", draft="Xong.").status_code == 422
    page = thanh.do("report", finding="partly", draft="Chi bộ đã nhắc nhở.")
    assert status_of(course) is Status.REPORTED
    assert "Bộ phận tiếp nhận đang xem." in page.text


def test_holding_needs_a_working_day_within_sixty(walk: Walk, sit: Sit, ward: Ward) -> None:
    course = walk(*WORKING)
    thanh = sit("thanh", "committee")
    for day, sentence in (
        ("28/11/2026", "Ngày này là ngày nghỉ."),
        ("22/11/2026", "Ngày này quá sớm."),
        ("22/11/2027", "Ngày này quá xa."),
    ):
        response = thanh.send("hold", reason="Chờ kết luận.", review_on=day)
        assert response.status_code == 422
        assert sentence in page_of(response).text
    page = thanh.do(
        "hold",
        reason="Chờ kết luận của Thanh tra.",
        review_on="15/12/2026",
        note="Việc này chờ kết luận. Hỏi 0912 345 678.",
    )
    assert status_of(course) is Status.ON_HOLD
    assert "Ngày xem lại" in page.text
    assert "Việc này chờ kết luận. Hỏi [đã che số điện thoại]." in page.text
    with ward.database.reading() as session:
        held = session.scalars(select(Event).where(Event.action == "hold")).one()
    assert held.facts == {"until": "2026-12-15"}
    thanh.do("resume-work")
    assert status_of(course) is Status.IN_PROGRESS


def test_more_time_is_given_once_and_the_writer_reads_why(walk: Walk, sit: Sit, ward: Ward) -> None:
    course = walk(*WORKING)
    thanh = sit("thanh", "committee")
    assert thanh.send("extend", note="Cần thêm ngày.", new_date="2027").status_code == 422
    far = thanh.send("extend", note="Cần thêm ngày.", new_date="30/06/2027")
    assert "Ngày này quá xa." in page_of(far).text
    page = thanh.do("extend", note="Chi bộ họp ngày 25/12.", new_date="28/12/2026")
    assert "Gia hạn đến 28/12/2026" in page.text
    assert "Đã dùng" in page.text
    assert thanh.get("extend").status_code == 409
    with ward.database.reading() as session:
        assert session.get_one(Case, course.number).extended


def test_an_inspector_may_name_another_authority(walk: Walk, sit: Sit, course: Course) -> None:
    course.answers["fears_retaliation"] = True
    course.handler, course.handled_by = COMMISSION, "ky"
    walk(*WORKING)
    ky = sit("ky", "committee")
    assert ky.send("refer", note="Xin gửi đơn.").status_code == 422
    ky.do("refer", authority="Ban Tiếp công dân", note="Xin gửi đơn có chữ ký.")
    assert status_of(course) is Status.REFERRED


def test_a_cell_may_not_name_another_authority(walk: Walk, sit: Sit) -> None:
    walk(*WORKING)
    thanh = sit("thanh", "committee")
    assert thanh.get("refer").status_code == 409
    assert "Hướng dẫn cơ quan khác" not in thanh.page().text


def test_the_committee_above_looks_on_and_has_no_buttons(walk: Walk, sit: Sit) -> None:
    walk(*WORKING)
    vinh = sit("vinh", "committee")
    page = vinh.page()
    assert "Đồng chí theo dõi, không xử lý thay." in page.text
    assert "/committee/" not in "".join(
        line for line in page.html.splitlines() if "method=" in line
    )
    for path in ("statement", "report", "hold", "extend", "return", "refer"):
        assert vinh.get(path).status_code == 409


def test_somebody_with_both_roles_finds_each_button_at_its_own_desk(walk: Walk, sit: Sit) -> None:
    walk(*ROUTED)
    assert "Nhận giải quyết" not in sit("both", "case").page().html
    assert "Nhận giải quyết" in sit("both", "committee").page().html
    assert "Hướng dẫn cơ quan khác" not in sit("both", "committee").page().html
