"""Deeds on organisations in a registrar's browser: asked, shown beforehand, done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.models import JournalEntry, Membership, Organisation, Succession, Tie
from tests.moderation.conftest import StaffClient
from tests.moderation.views.test_register import enrol, send
from tests.moderation.ward import CELL_2, CELL_7, PROVINCE, SCHOOL, WARD, Ward
from tests.pages import page_of


@pytest.fixture
def browser(ward: Ward, staff_client: StaffClient) -> FlaskClient:
    """The registrar of the province, signed in."""
    enrol(ward, "yen", PROVINCE)
    return staff_client("yen")


def confirm(browser: FlaskClient, path: str, *said: str, **fields: str) -> str:
    """Send a form, then what stands on the page that says what would follow, and ``said``."""
    carried = page_of(browser.get(path)).fields
    kept = {name: carried[name] for name in ("csrf_token", "version")}
    shown = page_of(browser.post(path, data=kept | fields))
    for sentence in ("Chưa có gì được ghi.", *said):
        assert sentence in shown.text, shown.text
    done = browser.post(path, data=shown.fields)
    assert done.status_code == 302
    return page_of(browser.get(done.location)).text


def test_a_merger_is_shown_before_it_is_done(ward: Ward, browser: FlaskClient) -> None:
    """Looking changes nothing; what was shown is what happens."""
    path = f"/register/organisations/{CELL_7}/merge"
    carried = page_of(browser.get(path)).fields
    fields = {"others": str(CELL_2), "on": "1/11/2026", "csrf_token": carried["csrf_token"]}
    shown = page_of(browser.post(path, data=fields | {"version": carried["version"]}))
    assert "8 mục sinh hoạt chuyển sang nơi mới." in shown.text
    assert "1 chức vụ kết thúc." in shown.text
    assert "Hợp nhất với: Chi bộ khối 2." in shown.text
    assert "Xem ai chuyển sang Chi bộ khối 7" in shown.text
    assert "Chu Thị Kỳ, 1972: Sinh hoạt chính thức, Nơi cư trú" in shown.text
    # Whether there are cases is not looked up, because a registrar reads none.
    assert "Hồ sơ đang mở, nếu có, được chuyển theo." in shown.text
    with ward.database.reading() as session:
        assert session.scalars(select(Succession)).all() == []
        assert session.scalars(select(JournalEntry)).all() == []
    text = confirm(browser, path, others=str(CELL_2), on="1/11/2026")
    assert "Hình thành từ" in text
    with ward.database.reading() as session:
        ended = session.get_one(Organisation, CELL_2)
        assert str(ended.valid_to) == "2026-10-31"


def test_a_split_asks_where_everybody_goes(ward: Ward, browser: FlaskClient) -> None:
    """Nobody is given anywhere by the program; then each has a new home from the day."""
    path = f"/register/organisations/{SCHOOL}/split"
    names = "Chi bộ trường A\nChi bộ trường B"
    carried = page_of(browser.get(path)).fields
    kept = {name: carried[name] for name in ("csrf_token", "version")}
    asked = page_of(browser.post(path, data=kept | {"names": names, "on": "1/12/2026"}))
    assert "Nông Văn Bách, 1984" in asked.text
    again = page_of(browser.post(path, data=asked.fields))
    assert "Xin chọn nơi đến cho từng người, từng tổ chức." in again.text
    people = [name for name in asked.fields if name.startswith("member-")]
    given = {name: str(place % 2) for place, name in enumerate(people)}
    shown = page_of(browser.post(path, data=asked.fields | given))
    assert "2 mục sinh hoạt chuyển sang nơi mới." in shown.text
    assert browser.post(path, data=shown.fields).status_code == 302
    with ward.database.reading() as session:
        new = session.scalars(
            select(Organisation.id).where(Organisation.name.startswith("Chi bộ trường "))
        ).all()
        homes = select(Membership.organisation_id).where(Membership.organisation_id.in_(new))
        assert set(new) == set(session.scalars(homes)) | {SCHOOL}


def test_other_deeds_and_what_they_refuse(ward: Ward, browser: FlaskClient) -> None:
    """Founded, renamed for a day to come, the plan dropped, moved; a full cell does not end."""
    path = f"/register/organisations/{WARD}"
    names = {"name": "Chi bộ khối 8", "short_name": "Khối 8"}
    text = confirm(browser, f"{path}/found", **names, kind="cell", unit_kind="", on="1/11/2026")
    assert "Chi bộ khối 8" in text
    later = ward.office.today + timedelta(days=30)
    new = {"name": "Đảng bộ phường Mới", "short_name": "Phường Mới"}
    becomes = "Tên mới: Đảng bộ phường Mới (Phường Mới)."
    text = confirm(browser, f"{path}/rename", becomes, **new, on=later.strftime("%d/%m/%Y"))
    assert "Đã định" in text
    status, text = send(browser, f"{path}/rename", **new, on="1/11/2026")
    assert status == 422
    assert "Xin bỏ thay đổi đó trước." in text
    assert "Đã định" not in confirm(browser, f"{path}/drop")
    coming = {"others": str(CELL_2), "on": later.strftime("%d/%m/%Y")}
    cell = f"/register/organisations/{CELL_2}"
    confirm(browser, f"/register/organisations/{SCHOOL}/merge", **coming)
    assert "Từ ngày 23/12/2026 là Chi bộ trường học" in page_of(browser.get(cell)).text
    assert "Từ ngày" not in confirm(browser, f"{cell}/drop")
    status, text = send(browser, f"/register/organisations/{CELL_7}/end", on="1/12/2026")
    assert status == 422
    assert "Vẫn còn đảng viên." in text
    above = "Cấp trên mới: Đảng bộ phường Kỳ Lừa."
    place = f"/register/organisations/{CELL_7}/move"
    moved = confirm(browser, place, above, place="8", on="1/11/2026")
    assert "Đảng bộ phường Kỳ Lừa" in moved


def test_the_page_of_an_own_cell_says_that_another_registrar_changes_it(
    ward: Ward, browser: FlaskClient
) -> None:
    """Neither the page nor an address asks for anything that is refused afterwards."""
    with ward.database.writing() as session:
        session.add(
            Tie(
                account_id=ward.accounts["yen"],
                member_id=ward.members["bach"],
                declared_at=ward.at,
            )
        )
    page = browser.get(f"/register/organisations/{CELL_7}").text
    assert "người đồng chí đã khai quan hệ, sinh hoạt ở đây." in page
    assert f"{CELL_7}/merge" not in page
    for deed in ("rename", "move", "merge", "split", "end", "drop"):
        answer = browser.get(f"/register/organisations/{CELL_7}/{deed}")
        assert answer.status_code == 403
        assert "Người khác cần ghi mục này" in answer.text
    assert browser.get(f"/register/organisations/{WARD}/rename").status_code == 200


def test_a_registrar_changes_only_what_stands_below_them(
    ward: Ward, staff_client: StaffClient
) -> None:
    """Their own ward is renamed by the level above; elsewhere nothing is there."""
    enrol(ward, "ward", WARD)
    browser = staff_client("ward")
    nothing = browser.get("/register/organisations/99999").data
    for path in (f"{WARD}/rename", f"{WARD}/end", f"{PROVINCE}/found", f"{WARD}/nothing"):
        answer = browser.get(f"/register/organisations/{path}")
        assert (answer.status_code, answer.data) == (404, nothing), path
    assert browser.get(f"/register/organisations/{CELL_7}/rename").status_code == 200
