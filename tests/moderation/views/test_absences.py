"""The pages about who is excused: proposed by the cell, decided above, reminded of neutrally."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from portal.vocabulary import SlipState
from tests.doors.conftest import Ask, ask
from tests.moderation.conftest import StaffClient
from tests.moderation.leaving.absent import WHY, granted, noted, proposed
from tests.moderation.ward import CELL_7, Ward
from tests.pages import Page, page_of

__all__ = ["ask"]

PLACE = "/register/absences/"
FIRST, LAST = date(2025, 12, 1), date(2026, 11, 30)


def _send(browser: FlaskClient, page: str, path: str, **fields: str) -> Page:
    """Send a form of a page, and read what follows."""
    token = page_of(browser.get(page)).fields["csrf_token"]
    answer = browser.post(path, data={"csrf_token": token, **fields})
    return page_of(browser.get(answer.location) if answer.status_code == 302 else answer)


def test_an_excusal_is_proposed_decided_listed_and_its_slip_noted(
    ward: Ward, staff_client: StaffClient
) -> None:
    thanh, vinh = staff_client("thanh"), staff_client("vinh")
    form = f"{PLACE}new"
    assert "Vi Văn Thành, 1970" not in thanh.get(form).text
    typed = {
        "member": str(ward.members["bach"]),
        "valid_from": "1/12/2025",
        "valid_to": "30/11/2026",
        "ground": "working_away",
        "reason": WHY,
    }
    wrong = _send(thanh, form, f"{form}?cell={CELL_7}", **{**typed, "valid_to": "1/1/2027"})
    assert "Mỗi lần nhiều nhất 366 ngày." in wrong.text
    assert WHY in wrong.html
    sent = _send(thanh, form, f"{form}?cell={CELL_7}", **typed)
    assert "Đã gửi đề nghị lên cấp trên." in sent.text
    assert "Nông Văn Bách" in vinh.get(f"{PLACE}?list=proposed").text
    page = f"{PLACE}1"
    assert "công nhân" in vinh.get(page).text
    assert "Chưa làm được" in _send(thanh, page, f"{page}/grant").text
    refused = _send(vinh, page, f"{page}/refuse")
    assert "Xin nêu vì sao không đồng ý." in refused.text
    assert "Đã đồng ý cho tạm miễn." in _send(vinh, page, f"{page}/grant").text
    mine = thanh.get("/committee/absences/").text
    assert "Sắp hết hạn tạm miễn, cần liên hệ" in mine
    assert "công nhân" not in mine
    ward.later(days=8)
    thanh = staff_client("thanh")
    assert "Hết hạn tạm miễn, chưa có phiếu xác nhận" in thanh.get(PLACE).text
    noted_page = _send(thanh, page, f"{page}/slip", state="handed_in", on="1/12/2026")
    assert "Đã nộp phiếu xác nhận" in noted_page.text
    assert "Không có ai cần liên hệ" in thanh.get(PLACE).text
    assert "Nông Văn Bách" in thanh.get(f"{PLACE}?list=over").text


@pytest.mark.parametrize("login", ["wife", "doan", "ky"])
def test_whoever_may_not_see_an_entry_gets_what_does_not_exist(
    login: str, ward: Ward, staff_client: StaffClient, ask: Ask
) -> None:
    number = proposed(ward, FIRST, LAST)
    browser = staff_client(login)
    token = {"csrf_token": page_of(browser.get("/settings/")).fields["csrf_token"]}
    assert "Nông Văn Bách" not in browser.get(f"{PLACE}?list=proposed").text
    for path in ("", "/grant", "/withdraw", "/slip", "/return", "/refuse"):
        method, fields = ("POST", token) if path else ("GET", None)
        filled = {"state": "missing", "on": "1/6/2026", "back_on": "1/6/2026", "answer": "Thôi."}
        fields = {**fields, **filled} if fields else None
        mine = ask(browser, method, f"{PLACE}{number}{path}", fields)
        none = ask(browser, method, f"{PLACE}999{path}", fields)
        assert mine.status == 404, path
        assert mine == none, path


def test_a_list_goes_on_page_by_page_and_says_what_is_overdue_apart(
    ward: Ward, staff_client: StaffClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moderation.leaving.listing.PAGE", 1)
    granted(ward, FIRST, LAST)
    granted(ward, FIRST, date(2026, 11, 24), who="bach_84", by="lua")
    noted(ward, 1, SlipState.MISSING, date(2026, 11, 20))
    ward.later(days=40)
    vinh = staff_client("vinh")
    first = vinh.get(PLACE)
    assert "Hết hạn trên 30 ngày, chưa có phiếu xác nhận" in first.text
    years = [first.text, (second := vinh.get(_way(first.text, "a"))).text]
    years.append(vinh.get(_way(second.text, "b")).text)
    assert ["1984" in page for page in years] == [True, False, True]
    assert ["1961" in page for page in years] == [False, True, False]


def _way(html: str, kind: str) -> str:
    """The address of a neighbouring page."""
    found = re.search(rf'href="([^"]*at={kind}[^"]*)"', html)
    assert found is not None
    return found[1].replace("&amp;", "&")
