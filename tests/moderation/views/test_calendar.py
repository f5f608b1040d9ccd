"""The screens of the calendar: a year, a draft, a file, and who may do what."""

from __future__ import annotations

import io
from datetime import date

import pytest
from flask.testing import FlaskClient

from moderation.calendar import recounting
from portal.models import CalendarDay
from portal.models.calendar import DayKind
from tests.doors.course import Course
from tests.moderation.conftest import StaffClient
from tests.moderation.walking import set_out
from tests.moderation.ward import Ward
from tests.pages import page_of

PLACE = "/settings/calendar"
OFF = {"on": "24/11/2026", "kind": "off", "note": "Ngày Văn hóa Việt Nam"}


@pytest.fixture
def an(ward: Ward, staff_client: StaffClient) -> FlaskClient:
    """An administrator of the whole portal, with one case open."""
    set_out(ward).until(Course.route)
    return staff_client("an")


def post(browser: FlaskClient, path: str, **fields: object) -> str:
    token = page_of(browser.get(PLACE)).fields["csrf_token"]
    answer = browser.post(path, data={"csrf_token": token, **fields}, follow_redirects=True)
    return str(answer.text)


def day(ward: Ward, on: date) -> CalendarDay | None:
    with ward.database.reading() as session:
        return session.get(CalendarDay, on)


def test_a_day_is_drafted_confirmed_followed_and_taken_out_again(
    ward: Ward, an: FlaskClient
) -> None:
    shown = post(an, PLACE, **OFF)
    assert "Xem trước thay đổi lịch" in shown
    assert "Số hồ sơ đang mở đổi hạn: dưới 5." in shown
    assert "Muộn hơn 1 ngày: dưới 5 hồ sơ." in shown
    assert day(ward, date(2026, 11, 24)) is None
    done = post(an, f"{PLACE}/changes/1/confirm")
    assert "Đã đổi lịch. Hạn của các hồ sơ đang mở được tính lại." in done
    assert "Đang tính lại" in done
    row = day(ward, date(2026, 11, 24))
    assert row is not None
    assert (row.kind, row.changed_by_id) == (DayKind.OFF, ward.accounts["an"])
    for _turn in range(2):
        with ward.database.writing() as session:
            recounting.follow_some(session, office=ward.office, change_id=1)
    assert "Đã tính lại xong" in an.get(f"{PLACE}/changes/1").text
    year = an.get(f"{PLACE}?year=2026").text
    assert "Ngày Văn hóa Việt Nam" in year
    assert "Đ/c Trần Thị An" in year
    assert "Bỏ ngày này khỏi lịch" in an.get(f"{PLACE}/days/2026-11-24").text
    post(an, f"{PLACE}/days/2026-11-24/remove")
    post(an, f"{PLACE}/changes/2/confirm")
    assert "Ngày đã bỏ khỏi lịch" in an.get(f"{PLACE}?year=2026").text


def test_a_draft_can_be_dropped_and_nothing_twice_is_no_change(ward: Ward, an: FlaskClient) -> None:
    post(an, PLACE, **OFF)
    assert "Đã bỏ bản nháp. Lịch không đổi." in post(an, f"{PLACE}/changes/1/discard")
    assert an.get(f"{PLACE}/changes/1").status_code == 404
    same = {"on": "16/02/2026", "kind": "off", "note": "Nghỉ Tết Nguyên đán Bính Ngọ."}
    assert "Lịch đã ghi đúng như vậy, không có gì thay đổi." in post(an, PLACE, **same)
    assert "Xin chọn nghỉ hoặc làm bù." in post(an, PLACE, on="24/11/2026")


def send(browser: FlaskClient, data: bytes, name: str = "lich.csv") -> str:
    token = page_of(browser.get(f"{PLACE}/import")).fields["csrf_token"]
    fields = {"csrf_token": token, "file": (io.BytesIO(data), name)}
    answer = browser.post(f"{PLACE}/import", data=fields, follow_redirects=True)
    return str(answer.text)


def test_a_file_is_taken_as_a_whole_or_not_at_all(ward: Ward, an: FlaskClient) -> None:
    bad = "ngày,loại,ghi chú\n2026-12-25,nghỉ,Nghỉ bù\n26/12/2026,nửa ngày,\n".encode()
    refused = send(an, bad)
    assert "Tệp chưa nhập được. Không ngày nào bị đổi." in refused
    assert "Dòng 3, cột loại" in refused
    assert "Dòng đọc được: 1." in refused
    assert "Tệp không có ngày nào." in send(an, b"")
    good = bad.replace("26/12/2026,nửa ngày".encode(), "26/12/2026,làm bù".encode())
    assert "Xem trước thay đổi lịch" in send(an, good)
    post(an, f"{PLACE}/changes/1/confirm")
    row = day(ward, date(2026, 12, 26))
    assert row is not None
    assert row.kind is DayKind.WORKING
    sheet = an.get(f"{PLACE}/export")
    assert sheet.data.startswith(b"\xef\xbb\xbf")
    assert "2026-12-25,nghỉ,Nghỉ bù\r\n" in sheet.data.decode()
    assert "không có gì thay đổi" in send(an, sheet.data)
    ical = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261231\nEND:VEVENT\nEND:VCALENDAR\n"
    assert "31/12/2026" in send(an, ical, "lich.ics")


def test_an_administrator_of_a_ward_reads_the_calendar_and_changes_nothing(
    ward: Ward, staff_client: StaffClient
) -> None:
    duyen = staff_client("duyen")
    page = duyen.get(f"{PLACE}?year=2026")
    assert "Người quản trị cấp cao nhất đổi được lịch này." in page.text
    assert "Ghi một ngày" not in page.text
    token = page_of(duyen.get("/settings/")).fields["csrf_token"]
    for path in ("", "/days/2026-02-16/remove"):
        answer = duyen.post(f"{PLACE}{path}", data={"csrf_token": token, **OFF})
        assert answer.status_code == 404
    for path in ("/import", "/days/2026-02-16", "/changes/1"):
        assert duyen.get(f"{PLACE}{path}").status_code == 404


def test_the_years_and_days_that_do_not_exist(an: FlaskClient) -> None:
    assert an.get(f"{PLACE}?year=9999").status_code == 200
    assert an.get(f"{PLACE}?year=2024").status_code == 200
    for path in ("/days/2026-02-30", "/days/x", "/changes/99999999999999999999"):
        assert an.get(f"{PLACE}{path}").status_code == 404
