"""A file from the hand of a registrar into the register: thin, whole, twice is once."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.access import committee_mark
from moderation.excluding import marks_on
from moderation.importing import confirming, running, writing
from moderation.journal import write_down
from moderation.register import committees_of
from portal.models import (
    Account,
    Case,
    Grant,
    ImportLine,
    JournalEntry,
    Member,
    Membership,
    Organisation,
    Post,
    RegisterImport,
    Standing,
    Tie,
)
from portal.models.register_import import ImportState
from portal.vocabulary import Deed, Role, Status, UnitKind
from tests.moderation.conftest import StaffClient
from tests.moderation.ward import CELL_2, CELL_7, SINCE, WARD, Ward
from tests.pages import page_of
from tests.uploads import post

PLACE = "/register/import/"
HEAD = "Họ và tên,Năm sinh,Chi bộ,Từ ngày,Số CCCD,Chức vụ"


@pytest.fixture
def registrar(ward: Ward, staff_client: StaffClient) -> FlaskClient:
    """Somebody who keeps the register of the ward."""
    with ward.database.writing() as session:
        grant(session, ward, "lam")
    return staff_client("lam")


def grant(session: Session, ward: Ward, login: str) -> None:
    """Let somebody keep the register of the ward."""
    role = Grant(account_id=ward.accounts[login], role=Role.REGISTRAR, organisation_id=WARD)
    role.valid_from = SINCE
    session.add(role)


def send(browser: FlaskClient, *lines: str, kind: str = "members") -> str:
    """Send a file; where the page leads to."""
    token = page_of(browser.get(PLACE)).fields["csrf_token"]
    raw = "\n".join(lines).encode()
    answer = post(browser, PLACE, raw, "danh-sach.csv", csrf_token=token, kind=kind)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def press(browser: FlaskClient, place: str, deed: str = "", **fields: str) -> str:
    """Press a button of an import; the page that comes of it."""
    token = page_of(browser.get(place)).fields["csrf_token"]
    answer = browser.post(
        f"{place}/{deed}", data={"csrf_token": token, **fields}, follow_redirects=True
    )
    return str(answer.text)


def work(ward: Ward, staff_app: Flask) -> None:
    """Let the worker do what waits."""
    holding = staff_app.extensions["portal"]
    running.work_once(ward.database, ward.worker_ring, holding.files, at=ward.at)


def count(ward: Ward) -> list[int]:
    with ward.database.reading() as session:
        return [
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Member, Membership, Standing, Post)
        ]


COLUMNS = {"c0": "name", "c1": "birth_year", "c2": "home", "c3": "home_since", "c5": "posts"}


def test_a_file_is_mapped_previewed_confirmed_and_the_second_time_nothing(
    ward: Ward, registrar: FlaskClient, staff_app: Flask
) -> None:
    before = count(ward)
    lines = (
        HEAD,
        "Bế Thị Mới,1990,Chi bộ khối 2,01/09/2026,020399000001,Phó bí thư",
        "Nông Văn Bách,1961,Chi bộ khối 7,,020399000002,Chức vụ khác: Tổ trưởng",
    )
    place = send(registrar, *lines)
    shown = registrar.get(place).text
    assert "[cổng không đọc]" in shown
    assert "020399000001" not in shown
    assert "Đang đọc và so sánh" in press(registrar, place, "columns", **COLUMNS)
    work(ward, staff_app)
    preview = registrar.get(place).text
    assert "Đã đọc 2 dòng: thêm 1, đổi 1, giữ nguyên 0, cần sửa 0." in preview
    assert "Bế Thị Mới" in preview
    assert count(ward) == before
    assert "Đang ghi vào danh sách" in press(registrar, place, "confirm")
    work(ward, staff_app)
    assert "Đã thêm 1, đã đổi 1." in registrar.get(place).text
    # What a file was called tells imports apart, also once the file is gone.
    assert "danh-sach.csv" in registrar.get(PLACE).text
    after = count(ward)
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 1, 1, 2]
    with ward.database.reading() as session:
        deed = select(func.count()).where(JournalEntry.deed == Deed.REGISTER_IMPORTED)
        assert session.scalar(deed) == 1
        bach = session.get_one(Member, ward.members["bach"])
        assert bach.version == 2
    again = send(registrar, *lines)
    press(registrar, again, "columns", **COLUMNS)
    work(ward, staff_app)
    assert "không có gì để thêm hay đổi" in registrar.get(again).text
    assert count(ward) == after


def test_what_is_wrong_is_told_by_row_and_column_and_nothing_is_changed(
    ward: Ward, registrar: FlaskClient, staff_app: Flask
) -> None:
    before = count(ward)
    with ward.database.writing() as session:
        lam = session.get_one(Account, ward.accounts["lam"])
        lam.member_id = ward.members["lua"]
        session.add(Tie(account_id=lam.id, member_id=ward.members["doan"], declared_at=ward.at))
    place = send(
        registrar,
        HEAD,
        "Lý Thị Ba,1970,Chi bộ khối 9,,1,",
        "Lý Thị Bốn,70,Chi bộ khối 2,45000,2,",
        "Bế Thị Năm,1980,Đảng bộ phường Kỳ Lừa,30/02/2026,3,",
        "NguyÔn V¨n S¸u,1980,Chi bộ khối 2,,4,",
        "Nông Văn Bách,1961,Chi bộ khối 2,,5,",
        "Hoàng Thị Lụa,1975,Chi bộ trường học,,6,Chức vụ khác: Tổ trưởng",
        "Lý Văn Đoàn,1966,Chi bộ khối 2,,7,Phó bí thư",
        "Vi Thị Bảy,1990,Chi bộ khối 7,01/01/2026,8,",
        "Vi Thị Bảy,1990,Chi bộ khối 7,01/01/2026,9,",
        "Vi Thị Tám,1990,Chi bộ trường học,01/01/2026,10,",
    )
    press(registrar, place, "columns", **COLUMNS)
    work(ward, staff_app)
    told = registrar.get(place).text
    for sentence in (
        "Không có tổ chức tên “Chi bộ khối 9” đang hoạt động.",
        "Năm sinh “70” không hợp lý.",
        "“45000” là số thứ tự ngày của Excel.",
        "không thuộc phạm vi của đồng chí.",
        "Lịch không có ngày “30/02/2026”.",
        "Chữ gõ bằng phông cũ",
        "Có người trùng tên, năm sinh ở chi bộ khác.",
        "Dòng này về đồng chí, hoặc người đồng chí có quan hệ.",
        "Người này đã có ở dòng 9.",
    ):
        assert sentence in told, sentence
    assert told.count("Dòng này về đồng chí") == 2
    assert "Xác nhận, nhập tất cả" not in told
    token = page_of(registrar.get(PLACE)).fields["csrf_token"]
    refused = registrar.post(f"{place}/confirm", data={"csrf_token": token}, follow_redirects=True)
    assert "Tệp này đã sang bước khác" in refused.text
    work(ward, staff_app)
    assert count(ward) == before
    assert "danh sách không đổi" in press(registrar, place, "discard").lower()
    work(ward, staff_app)
    with ward.database.reading() as session:
        assert not session.scalar(select(func.count()).select_from(ImportLine))


def test_a_register_that_changed_meanwhile_is_compared_again(
    ward: Ward, registrar: FlaskClient, staff_app: Flask
) -> None:
    place = send(registrar, HEAD, "Bế Thị Mới,1990,Chi bộ khối 2,01/09/2026,1,Bí thư")
    press(registrar, place, "columns", **COLUMNS)
    work(ward, staff_app)
    press(registrar, place, "confirm")
    with ward.database.writing() as session:
        write_down(session, ring=ward.ring, at=ward.at, deed=Deed.MEMBER_ENTERED, account_id=None)
        cell = session.get_one(Organisation, CELL_2)
        cell.valid_from = date(2026, 9, 2)
    before = count(ward)
    work(ward, staff_app)
    shown = registrar.get(place).text
    assert "Danh sách vừa có người thay đổi" in shown
    assert "Tổ chức không có trong những ngày này." in shown
    assert count(ward) == before


def test_whoever_gets_a_seat_hides_the_cases_about_them_from_it_and_none_is_opened(
    ward: Ward, registrar: FlaskClient, staff_app: Flask
) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.SCREENING, subjects=("bach",))
        number, before = case.id, marks_on(session, case=case)
    place = send(registrar, HEAD, "Nông Văn Bách,1961,Chi bộ khối 7,,1,Phó bí thư")
    press(registrar, place, "columns", **COLUMNS)
    work(ward, staff_app)
    press(registrar, place, "confirm")
    work(ward, staff_app)
    with ward.database.reading() as session:
        after = marks_on(session, case=session.get_one(Case, number))
    assert after - before == {committee_mark(ward.ring.search, CELL_7)}
    assert before <= after


def test_no_file_takes_a_committee_out_of_what_is_hidden_from_it(
    ward: Ward, registrar: FlaskClient, staff_app: Flask
) -> None:
    """A post is not begun anew on a later day, and an end that is told hides until today."""
    thanh, today = ward.members["thanh"], ward.office.today

    def bring(days: str) -> str:
        line = f"Vi Văn Thành,1970,Chi bộ khối 7,,1,Bí thư | Chi bộ khối 7 | {days}"
        place = send(registrar, HEAD, line)
        press(registrar, place, "columns", **COLUMNS)
        work(ward, staff_app)
        shown = registrar.get(place).text
        if "Xác nhận, nhập tất cả" in shown:
            press(registrar, place, "confirm")
            work(ward, staff_app)
        with ward.database.reading() as session:
            assert committees_of(session, member_id=thanh, days=[today]) == {CELL_7}
        return shown

    told = "Danh sách đã ghi từ 01/07/2025. Xin sửa ngày ở trang của đảng viên."
    assert told in bring("01/12/2027")
    with ward.database.writing() as session:
        seat = session.scalars(select(Post).where(Post.member_id == thanh)).one()
        seat.valid_to, seat.ended_on = date(2027, 7, 1), date(2026, 1, 5)
    assert "đổi 1" in bring("| 01/02/2026")


def test_organisations_come_level_by_level_and_the_second_time_nothing(
    ward: Ward, registrar: FlaskClient, staff_app: Flask
) -> None:
    lines = (
        "Tên tổ chức,Loại tổ chức,Loại hình đơn vị,Thuộc tổ chức,Có từ ngày",
        "Đảng bộ bệnh viện,Đảng ủy cơ sở,,Đảng bộ phường Đông Kinh,01/09/2025",
        "Chi bộ nội trú,Chi bộ,Trạm y tế,Đảng bộ bệnh viện,01/10/2025",
        "Chi bộ khối 2,Chi bộ,Cơ quan,Đảng bộ phường Đông Kinh,",
    )
    place = send(registrar, *lines, kind="organisations")
    chosen = {"c0": "name", "c1": "kind", "c2": "unit_kind", "c3": "parent", "c4": "since"}
    press(registrar, place, "columns", **chosen)
    work(ward, staff_app)
    assert "thêm 2, đổi 1, giữ nguyên 0, cần sửa 0." in registrar.get(place).text
    press(registrar, place, "confirm")
    work(ward, staff_app)
    with ward.database.reading() as session:
        ward_path = session.get_one(Organisation, WARD).path
        named = {row.name: row for row in session.scalars(select(Organisation))}
        hospital, inside = named["Đảng bộ bệnh viện"], named["Chi bộ nội trú"]
        assert inside.path == f"{ward_path}{hospital.id}.{inside.id}."
        assert named["Chi bộ khối 2"].unit_kind is UnitKind.OFFICE
    again = send(registrar, *lines, kind="organisations")
    press(registrar, again, "columns", **chosen)
    work(ward, staff_app)
    assert "không có gì để thêm hay đổi" in registrar.get(again).text


def test_an_import_of_another_is_one_that_is_not_there(
    ward: Ward, registrar: FlaskClient, staff_client: StaffClient
) -> None:
    place = send(registrar, HEAD, "Bế Thị Mới,1990,Chi bộ khối 2,01/09/2026,1,")
    with ward.database.writing() as session:
        grant(session, ward, "far")
    other = staff_client("far")
    theirs, none = other.get(place), other.get(f"{PLACE}999")
    assert (theirs.status_code, theirs.data) == (404, none.data)


def test_an_import_that_was_cut_off_begins_again_and_writes_once(
    ward: Ward, registrar: FlaskClient, staff_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = send(registrar, HEAD, "Bế Thị Mới,1990,Chi bộ khối 2,01/09/2026,1,")
    press(registrar, place, "columns", **COLUMNS)
    work(ward, staff_app)
    press(registrar, place, "confirm")
    before = count(ward)
    with monkeypatch.context() as cut:
        cut.setattr(writing, "write_down", lambda *_args, **_more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            work(ward, staff_app)
    assert count(ward) == before
    with ward.database.writing() as session:
        row = session.scalars(select(RegisterImport)).one()
        assert row.state is ImportState.CONFIRMED
        row.taken_until = None
    work(ward, staff_app)
    assert count(ward)[0] == before[0] + 1


def test_what_does_not_lie_ready_whole_is_not_written(
    ward: Ward, registrar: FlaskClient, staff_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = send(registrar, HEAD, "Bế Thị Mới,1990,Chi bộ khối 2,01/09/2026,1,")
    press(registrar, place, "columns", **COLUMNS)
    work(ward, staff_app)
    press(registrar, place, "confirm")
    before = count(ward)
    with monkeypatch.context() as lost:
        lost.setattr(confirming, "stage", lambda *_args, **_more: None)
        work(ward, staff_app)
    assert count(ward) == before
    assert "Xác nhận, nhập tất cả" in registrar.get(place).text


def test_one_code_of_two_people_is_told_as_that(
    ward: Ward, registrar: FlaskClient, staff_app: Flask
) -> None:
    """They are not one person in two rows: the second has the code of the first."""
    place = send(
        registrar,
        "Mã,Họ và tên,Năm sinh,Chi bộ",
        "A1,Lý Thị Ba,1970,Chi bộ khối 2",
        "A1,Bế Văn Tư,1980,Chi bộ khối 2",
    )
    columns = {"c0": "source_key", "c1": "name", "c2": "birth_year", "c3": "home"}
    press(registrar, place, "columns", **columns)
    work(ward, staff_app)
    told = registrar.get(place).text
    assert "Mã này đã có ở dòng 2." in told
    assert "Người này đã có" not in told
