"""A screening review as people see it: from its basis to a confirmed cell."""

from __future__ import annotations

from sqlalchemy import delete
from werkzeug.test import TestResponse

from portal.models import ReviewMember
from tests.moderation.appraising.conftest import Reviewing, reviewing
from tests.moderation.conftest import StaffClient
from tests.moderation.ward import CELL_7, Ward
from tests.pages import page_of

__all__ = ["reviewing"]

BASIS = {
    "code": "HD mẫu",
    "title": "Hướng dẫn rà soát mẫu",
    "begins": "01/01/2026",
    "ends": "",
    "url": "https://vanban.example/mau",
    "review": "y",
    "version": "0",
}
REVIEW = {
    "title": "Rà soát đảng viên năm 2026",
    "begins": "01/01/2026",
    "ends": "31/12/2026",
    "place": str(CELL_7),
}
REPRIMAND = {
    "reviewed": "yes",
    "group_not_exemplary": "y",
    "outcome": "reprimand",
    "reference": "05-QĐ/ĐU",
    "decided_on": "02/11/2026",
    "answer_state": "given",
    "asked_on": "03/11/2026",
    "answered_on": "05/11/2026",
    "answer": "Tôi nhận khuyết điểm.",
    "read_back": "y",
}


class Person:
    """Somebody signed in who follows the pages."""

    def __init__(self, open_browser: StaffClient, login: str) -> None:
        self.browser = open_browser(login)

    def get(self, path: str) -> TestResponse:
        return self.browser.get(path)

    def send(self, page: str, path: str, **fields: str) -> TestResponse:
        """Send a form with the token and the version of a page."""
        found = page_of(self.browser.get(page)).fields
        marks = {name: found[name] for name in ("csrf_token", "version") if name in found}
        return self.browser.post(path, data=marks | fields, follow_redirects=True)


def test_from_the_basis_to_a_confirmed_cell(ward: Ward, staff_client: StaffClient) -> None:
    an, vinh = Person(staff_client, "an"), Person(staff_client, "vinh")
    both, province = Person(staff_client, "both"), Person(staff_client, "province")
    place = "/settings/legal-bases"
    assert "Chưa kiểm tra" in an.send(f"{place}/new", f"{place}/new", **BASIS).text
    assert "so với văn bản ngày 23/11/2026" in an.send(place, f"{place}/1/verify").text
    drafted = vinh.send("/reviews/new", "/reviews/new", basis="1", holder="3", **REVIEW)
    assert "Đã soạn. Xin xem lại rồi mở đợt." in drafted.text
    assert both.get("/reviews/1").status_code == 404
    assert "Đã mở đợt rà soát." in vinh.send("/reviews/1", "/reviews/1/open").text
    assert "Rà soát đảng viên năm 2026" in both.get("/reviews/").text
    cell = "/reviews/cells/1"
    bach, thanh = (str(ward.members[name]) for name in ("bach", "thanh"))
    refused = both.send(
        f"{cell}/members/{bach}", f"{cell}/members/{bach}", reviewed="yes", outcome="reprimand"
    )
    assert refused.status_code == 422
    assert "Kết quả này cần hỏi đảng viên trước." in refused.text
    empty = both.send(f"{cell}/members/{bach}", f"{cell}/members/{bach}")
    assert empty.status_code == 422
    assert "Xin chọn đồng chí này có được rà soát hay không." in empty.text
    kept = both.send(f"{cell}/members/{bach}", f"{cell}/members/{bach}", **REPRIMAND)
    assert "Đã ghi kết quả của đồng chí Nông Văn Bách." in kept.text
    assert both.get(f"{cell}/members/{thanh}").status_code == 404
    assert "Cấp trên chưa ghi xong" in both.get(f"{cell}/sign").text
    assert "cho 1 đồng chí" in vinh.send(cell, f"{cell}/rest", member=thanh).text
    assert "Đã ký. Cấp trên sẽ xem xét." in both.send(f"{cell}/sign", f"{cell}/sign").text
    assert vinh.get(f"{cell}/confirm").status_code == 404
    assert "không được tự xác nhận" in vinh.get(cell).text
    back = f"{cell}/send-back"
    assert province.send(back, back, reason="").status_code == 422
    province.send(back, back, reason="Xin ghi rõ ngày kiểm điểm.")
    assert "Xin ghi rõ ngày kiểm điểm." in both.get(cell).text
    both.send(f"{cell}/sign", f"{cell}/sign")
    shown = page_of(province.get(f"{cell}/confirm")).fields
    pressed = {name: shown[name] for name in ("csrf_token", "version")}
    confirmed = province.send(f"{cell}/confirm", f"{cell}/confirm")
    assert "Đã xác nhận kết quả của chi bộ." in confirmed.text
    again = province.browser.post(f"{cell}/confirm", data=pressed, follow_redirects=True)
    assert "Đã xác nhận kết quả của chi bộ." in again.text
    assert both.get(f"{cell}/members/{bach}").status_code == 409
    right = f"{cell}/members/{bach}/correct"
    warned = REPRIMAND | {"outcome": "warning", "reason": "Ghi nhầm."}
    corrected = province.send(right, right, **warned)
    assert "Đã đính chính kết quả của đồng chí Nông Văn Bách." in corrected.text
    assert "Cảnh cáo" in corrected.text
    assert "Ghi nhầm." in province.get(right).text
    assert "Đã kết thúc đợt rà soát." in vinh.send("/reviews/1", "/reviews/1/close").text


def test_a_cell_with_nobody_on_its_list_signs_that(
    reviewing: Reviewing, staff_client: StaffClient
) -> None:
    with reviewing.ward.database.writing() as session:
        session.execute(delete(ReviewMember).where(ReviewMember.part_id == reviewing.part_id))
    both, cell = Person(staff_client, "both"), f"/reviews/cells/{reviewing.part_id}"
    page = both.get(cell).text
    assert "Chi bộ không có đảng viên phải rà soát" in page
    assert f'href="{cell}/sign"' in page
    assert "Đã ký. Cấp trên sẽ xem xét." in both.send(f"{cell}/sign", f"{cell}/sign").text
