"""A file from the hand of a registrar into the register: thin, whole, twice is once."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select

from moderation.importing import running
from portal.models import Grant, JournalEntry, Member, Membership, Post, Standing
from portal.vocabulary import Deed, Role
from tests.moderation.conftest import StaffClient
from tests.moderation.ward import SINCE, WARD, Ward
from tests.pages import page_of
from tests.uploads import post

PLACE = "/register/import/"
HEAD = "Họ và tên,Năm sinh,Chi bộ,Từ ngày,Số CCCD,Chức vụ"


@pytest.fixture
def registrar(ward: Ward, staff_client: StaffClient) -> FlaskClient:
    """Somebody who keeps the register of the ward."""
    with ward.database.writing() as session:
        session.execute(
            insert(Grant).values(
                account_id=ward.accounts["lam"],
                role=Role.REGISTRAR,
                organisation_id=WARD,
                valid_from=SINCE,
            )
        )
    return staff_client("lam")


def send(browser: FlaskClient, *lines: str, name: str = "danh-sach.csv") -> str:
    """Send a file; where the page leads to."""
    token = page_of(browser.get(PLACE)).fields["csrf_token"]
    raw = "\n".join(lines).encode()
    answer = post(browser, PLACE, raw, name, csrf_token=token, kind="members")
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def press(browser: FlaskClient, place: str, deed: str = "", **fields: str) -> str:
    """Press a button of an import; the page that comes of it."""
    token = page_of(browser.get(place)).fields["csrf_token"]
    answer = browser.post(
        f"{place}/{deed}", data={"csrf_token": token, **fields}, follow_redirects=True
    )
    return str(answer.text)


def work(ward: Ward, staff_app: object) -> None:
    """Let the worker do what waits."""
    holding = staff_app.extensions["portal"]  # type: ignore[attr-defined]
    running.work_once(ward.database, ward.worker_ring, holding.files, at=ward.at)


def count(ward: Ward) -> list[int]:
    with ward.database.reading() as session:
        return [
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Member, Membership, Standing, Post)
        ]


COLUMNS = {"c0": "name", "c1": "birth_year", "c2": "home", "c3": "home_since", "c5": "posts"}


def test_a_file_is_mapped_previewed_confirmed_and_the_second_time_nothing(
    ward: Ward, registrar: FlaskClient, staff_app: object
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
