"""The tables that are added up, on the screen and taken along."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
from flask import Flask
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from portal.models import (
    JournalEntry,
    Organisation,
    ReportedFigure,
    Setting,
    Standing,
)
from portal.vocabulary import Deed, MembershipStatus
from tests.conftest import Watch
from tests.moderation.conftest import StaffClient
from tests.moderation.ward import CELL_2, CELL_7, OTHER_WARD, PROVINCE, WARD, Ward
from tests.pages import page_of

ANSWERED = (
    *("send", "prepare", "claim", "choose", "propose", "confirm", "route"),
    *("accept", "listen", "report", "publish"),
)


def take(browser: FlaskClient, number: int, ending: str, **asked: str) -> TestResponse:
    """A table that somebody takes along."""
    token = page_of(browser.get(f"/reports/{number}")).fields["csrf_token"]
    answer = browser.post(f"/reports/{number}/{ending}", data={"csrf_token": token, **asked})
    assert answer.status_code == 200
    return answer


def words_of(paper: bytes) -> str:
    """All that stands on a paper."""
    pages = PdfDocument(paper)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def enter(browser: FlaskClient, line: dict[str, str], number: str = "new") -> TestResponse:
    """A line that a registrar copies, or corrects."""
    token = page_of(browser.get("/reports/reported/new")).fields["csrf_token"]
    return browser.post(f"/reports/reported/{number}", data={"csrf_token": token, **line})


def lines(browser: FlaskClient, number: int, **asked: str) -> list[list[str]]:
    """The rows of the sheet that somebody takes along, without what stands below them."""
    answer = take(browser, number, "csv", **asked)
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(answer.data.decode("utf-8-sig").splitlines()))
    first = next(place for place, row in enumerate(rows) if row[0] == "Bậc")
    return rows[first + 1 : rows.index([])]


def test_a_ward_reads_the_sums_of_its_cells_and_no_other_ward(
    ward: Ward, staff_client: StaffClient
) -> None:
    browser = staff_client("vinh")
    assert browser.get("/reports/").location == f"/reports/{WARD}"
    page = page_of(browser.get(f"/reports/{WARD}"))
    assert "Chi bộ khối 7" in page.text
    assert [row[1:4] for row in lines(browser, WARD)] == [
        ["Đảng bộ phường Đông Kinh", "", "7"],
        ["Chi bộ khối 2", "Đảng bộ phường Đông Kinh", "3"],
        ["Chi bộ khối 7", "Đảng bộ phường Đông Kinh", "2"],
        ["Chi bộ trường học", "Đảng bộ phường Đông Kinh", "2"],
    ]
    nowhere = browser.get("/reports/999")
    for other in (OTHER_WARD, PROVINCE, 2**63, 2**70):
        answer = browser.get(f"/reports/{other}")
        assert (answer.status_code, answer.data) == (404, nowhere.data)


def test_what_is_not_known_is_a_blank_and_the_sum_says_how_many_are_missing(
    ward: Ward, staff_client: StaffClient
) -> None:
    browser = staff_client("province")
    page = page_of(browser.get(f"/reports/{PROVINCE}"))
    assert "thiếu 1/4 đơn vị" in page.text
    rows = {row[1]: row[3] for row in lines(browser, PROVINCE)}
    assert rows["Đảng bộ phường Kỳ Lừa"] == ""
    assert rows["Đảng bộ tỉnh"] == "7"
    assert "Ủy ban kiểm tra phường" not in rows


def test_somebody_counts_until_the_day_on_which_they_left(
    ward: Ward, registrar: FlaskClient
) -> None:
    gone = ward.members["bach"]
    with ward.database.writing() as session:
        session.execute(
            update(Standing).where(Standing.member_id == gone).values(valid_to=date(2026, 9, 30))
        )
        session.add(
            Standing(member_id=gone, status=MembershipStatus.REMOVED, valid_from=date(2026, 10, 1))
        )
    assert lines(registrar, CELL_7, until="30/9/2026")[0][3] == "2"
    assert lines(registrar, CELL_7, until="1/10/2026")[0][3] == "1"


def test_before_an_organisation_there_is_no_table_and_wrong_days_are_said(
    ward: Ward, registrar: FlaskClient
) -> None:
    early = page_of(registrar.get(f"/reports/{WARD}?until=30/6/2025"))
    assert "Tổ chức này có từ 01/07/2025." in early.text
    answer = registrar.get(f"/reports/{WARD}?since=1/2/2026&until=1/1/2026")
    assert answer.status_code == 422
    assert "Ngày bắt đầu phải trước" in answer.text
    ahead = registrar.get(f"/reports/{WARD}?until=1/1/2027").text
    assert "Ngày này chưa tới. Xin chọn hôm nay hoặc một ngày đã qua." in ahead
    assert registrar.get(f"/reports/{WARD}?until=hôm qua").status_code == 422
    assert registrar.get(f"/reports/{OTHER_WARD}?until=hôm qua").status_code == 404


def test_what_is_taken_along_is_written_down(ward: Ward, registrar: FlaskClient) -> None:
    lines(registrar, CELL_7)
    with ward.database.reading() as session:
        entry = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert entry is not None
    assert (entry.deed, entry.organisation_id) == (Deed.REPORT_TAKEN, CELL_7)


def test_a_table_takes_as_many_statements_for_a_province_as_for_a_cell(
    staff_app: Flask, staff_client: StaffClient, statements: Watch
) -> None:
    browser = staff_client("province")
    browser.get(f"/reports/{CELL_7}")
    taken = []
    for number in (CELL_7, PROVINCE, 999):
        with statements(staff_app.extensions["portal"].database) as seen:
            FlaskClient.get(browser, f"/reports/{number}")
        taken.append(list(seen))
    assert len(taken[0]) == len(taken[1]) == len(taken[2])


def test_a_workbook_opens_with_numbers_as_numbers_and_blanks_empty(
    ward: Ward, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        session.execute(
            update(Organisation).where(Organisation.id == CELL_2).values(short_name="=1+1")
        )
    answer = take(staff_client("province"), PROVINCE, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    table, told = book.worksheets
    rows = list(table.iter_rows(min_row=4, values_only=True))
    assert rows[0][:4] == ("Bậc", "Đơn vị", "Thuộc", "Tổng số đảng viên")
    assert rows[1][:5] == (0, "Đảng bộ tỉnh", None, 7, None)
    assert [row[1] for row in rows].count("=1+1") == 1
    assert {cell.data_type for row in table.iter_rows() for cell in row} <= {"s", "n"}
    assert table.freeze_panes == "C5"
    assert "A1:Z1" in str(table.merged_cells.ranges)
    assert table.row_dimensions[6].outlineLevel == 1
    assert "khác với số 0" in " ".join(str(row[0]) for row in told.iter_rows(values_only=True))


def test_a_paper_stands_in_the_form_of_the_party(ward: Ward, staff_client: StaffClient) -> None:
    answer = take(staff_client("vinh"), WARD, "pdf")
    told = words_of(answer.data)
    for words in (
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "ĐẢNG BỘ PHƯỜNG ĐÔNG KINH",
        "BIỂU TỔNG HỢP",
        "T/M ĐẢNG ỦY",
        "Nơi nhận:",
        "Chi bộ khối 7",
        "ngày 23 tháng 11 năm 2026",
    ):
        assert words in told


def test_every_page_of_a_paper_of_invented_data_says_so(
    ward: Ward, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        session.add(Setting(name="sample", value="1"))
    browser = staff_client("vinh")
    pages = PdfDocument(take(browser, WARD, "pdf").data)
    assert all("DỮ LIỆU MẪU" in page.get_textpage().get_text_range() for page in pages)
    assert take(browser, WARD, "csv").data.decode("utf-8-sig").startswith("DỮ LIỆU MẪU")


def test_what_is_no_whole_number_is_not_taken_and_a_blank_stays_a_blank(
    ward: Ward, registrar: FlaskClient
) -> None:
    line = {"place": str(WARD), "since": "1/1/2025", "until": "31/12/2025", "source": "Báo cáo"}
    assert enter(registrar, line).status_code == 422
    assert enter(registrar, line | {"members": "tám"}).status_code == 422
    assert enter(registrar, line | {"members": "5", "removed": "6"}).status_code == 422
    assert enter(registrar, line | {"members": "5", "place": str(OTHER_WARD)}).status_code == 422
    assert enter(registrar, line | {"members": "1.136", "removed": "0"}).status_code == 302
    page = " ".join(page_of(registrar.get("/reports/reported/")).text.split())
    assert "Tổng số đảng viên 1.136" in page
    assert "Xóa tên 0 0% trên tổng số đảng viên" in page
    assert "Khai trừ –" in page


def test_a_line_is_corrected_once_and_what_it_was_stays(ward: Ward, registrar: FlaskClient) -> None:
    line = {"place": str(WARD), "since": "1/1/2025", "until": "31/12/2025", "source": "Báo cáo"}
    enter(registrar, line | {"members": "5"})
    assert enter(registrar, line | {"members": "6"}, "1").status_code == 302
    assert enter(registrar, line | {"members": "7"}, "1").status_code == 404
    assert registrar.get("/reports/reported/1").status_code == 404
    assert "6" in page_of(registrar.get("/reports/reported/2")).html
    token = page_of(registrar.get("/reports/reported/2")).fields["csrf_token"]
    registrar.post("/reports/reported/2/strike", data={"csrf_token": token})
    assert "Chưa có số liệu" in registrar.get("/reports/reported/").text
    with ward.database.reading() as session:
        rows = session.execute(select(ReportedFigure.version, ReportedFigure.figures)).all()
        deeds = session.scalars(select(JournalEntry.deed).order_by(JournalEntry.id)).all()
    assert [tuple(row) for row in rows] == [
        (1, {"members": 5}),
        (2, {"members": 6}),
        (3, {"members": 6}),
    ]
    assert deeds[-3:] == [Deed.FIGURE_REPORTED, Deed.FIGURE_CORRECTED, Deed.FIGURE_STRUCK]
