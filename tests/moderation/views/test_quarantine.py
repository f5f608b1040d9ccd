"""The quarantine's pages: groups of copies, one decision, two people, and nothing for others."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from moderation import quarantining
from moderation.worker import work_once
from portal.models import Case, CopyGroup
from portal.models.submission import reference_of
from portal.vocabulary import Status
from portal.words import Words
from tests.moderation.conftest import StaffClient
from tests.moderation.quarantining.test_quarantining import flood
from tests.moderation.ward import Ward
from tests.pages import Page, page_of

LIST = "/quarantine/"
GROUP = re.compile(r'href="(/quarantine/[0-9]+)"')


@pytest.fixture
def group(ward: Ward) -> str:
    """The address of a group of three copies."""
    flood(ward, 3)
    with ward.database.reading() as session:
        return f"{LIST}{session.scalars(select(CopyGroup.id)).one()}"


def press(browser: FlaskClient, group: str, step: str, **fields: str) -> Page:
    """Open the group, or the page of a step, and send its form."""
    fields = page_of(browser.get(group)).fields | fields
    return page_of(browser.post(f"{group}/{step}", data=fields, follow_redirects=True))


def propose(browser: FlaskClient, group: str) -> Page:
    fields = page_of(browser.get(f"{group}/decline")).fields
    fields |= {"reason": "spam", "note": "Thư này trùng với thư đã nhận."}
    return page_of(browser.post(f"{group}/decline", data=fields, follow_redirects=True))


def test_the_side_list_and_the_groups_say_how_many_wait(
    staff_client: StaffClient, group: str
) -> None:
    hoa = staff_client("hoa")
    assert "Thư gửi lặp lại3" in page_of(hoa.get("/desk/")).text.replace(" 3", "3")
    listed = page_of(hoa.get(LIST)).text
    assert "Mấy tháng nay ông Bách" in listed
    assert "1 nhóm" in listed
    page = page_of(hoa.get(group)).text
    assert "Đó không phải là số người đồng ý" in page
    assert page.count("Nhiều thư từ cùng một nơi") == 3


def test_an_empty_quarantine_says_what_will_be_there(staff_client: StaffClient) -> None:
    assert "Không có thư gửi lặp lại" in page_of(staff_client("hoa").get(LIST)).text


def test_a_group_is_released_and_the_worker_is_seen_at_it(
    ward: Ward, staff_client: StaffClient, group: str
) -> None:
    hoa = staff_client("hoa")
    assert "Đã xong 0 trên 3 bản" in press(hoa, group, "release").text
    work_once(ward.database, ward.worker_ring)
    assert hoa.get(group).status_code == 404
    assert "4 việc" in page_of(hoa.get("/desk/")).text


def test_a_group_is_declined_by_two_people(
    ward: Ward, staff_client: StaffClient, group: str
) -> None:
    hoa, lam = staff_client("hoa"), staff_client("lam")
    assert "Người đề nghị không được tự xác nhận" in propose(hoa, group).text
    shown = page_of(lam.get(group)).text
    assert "Thư này trùng với thư đã nhận." in shown
    assert "Lương Thị Hòa" in shown
    assert "Đồng chí đã xác nhận" in press(lam, group, "confirm").text
    work_once(ward.database, ward.worker_ring)
    with ward.database.reading() as session:
        found = list(session.scalars(select(Case.status).order_by(Case.id)))
    assert found == [Status.RECEIVED, *[Status.DECLINED] * 3]


def test_nobody_confirms_alone(staff_client: StaffClient, group: str) -> None:
    hoa = staff_client("hoa")
    propose(hoa, group)
    fields = page_of(hoa.get(group)).fields
    assert hoa.post(f"{group}/confirm", data=fields).status_code == 409


def test_a_proposal_without_a_note_loses_nothing(staff_client: StaffClient, group: str) -> None:
    hoa = staff_client("hoa")
    fields = page_of(hoa.get(f"{group}/decline")).fields | {"reason": "spam", "note": " "}
    answer = hoa.post(f"{group}/decline", data=fields)
    assert answer.status_code == 422
    assert "Xin giải thích cho người gửi" in answer.text


def test_who_comes_too_late_keeps_the_note_and_sees_what_is_there(
    staff_client: StaffClient, group: str
) -> None:
    hoa, lam = staff_client("hoa"), staff_client("lam")
    fields = page_of(hoa.get(f"{group}/decline")).fields
    propose(lam, group)
    answer = hoa.post(f"{group}/decline", data=fields | {"reason": "spam", "note": "Lời của tôi."})
    assert answer.status_code == 409
    assert "Lời của tôi." in answer.text
    assert "Nhóm này vừa thay đổi" in answer.text


def test_a_form_without_its_page_is_refused(staff_client: StaffClient, group: str) -> None:
    hoa = staff_client("hoa")
    fields = page_of(hoa.get(group)).fields
    del fields["version"]
    assert hoa.post(f"{group}/release", data=fields).status_code == 400


@pytest.mark.parametrize("login", ["tied", "far"])
def test_who_may_not_see_a_copy_is_told_what_is_told_of_no_group(
    ward: Ward, staff_client: StaffClient, group: str, login: str
) -> None:
    browser = staff_client(login)
    token = page_of(browser.get("/desk/")).fields.get("csrf_token", "")
    nothing = f"{LIST}999"
    for path in ("", "/decline"):
        assert browser.get(group + path).data == browser.get(nothing + path).data
        assert browser.get(group + path).status_code == 404
    for step in ("release", "decline", "confirm", "object"):
        data = {"csrf_token": token, "version": "1"}
        assert browser.post(f"{group}/{step}", data=data).status_code in {400, 404}
    assert "Không có thư gửi lặp lại" in page_of(browser.get(LIST)).text
    with ward.database.reading() as session:
        assert quarantining.task_groups(session) == []


def test_an_id_that_no_database_takes_is_not_there(staff_client: StaffClient, group: str) -> None:
    assert staff_client("hoa").get(f"{LIST}{10**30}").status_code == 404


def test_more_groups_than_a_page_holds_are_turned_to_and_none_is_lost(
    ward: Ward, staff_client: StaffClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moderation.listing.copies.GROUPS_PER_PAGE", 2)
    for what in (
        "Vật liệu lấn vỉa hè.",
        "Họp không công khai.",
        "Chó thả rông.",
        "Loa quá to.",
        "X",
    ):
        flood(ward, 1, Words(about="Ông Nông Văn Bách, khối 7", what=what * 9))
        ward.later(hours=1)
    hoa, address, seen = staff_client("hoa"), LIST, []
    while address:
        page = page_of(hoa.get(address))
        seen.append(GROUP.findall(page.html))
        address = unescape(next(iter(re.findall(r'href="([^"]*)" rel="next"', page.html)), ""))
    assert [len(part) for part in seen] == [2, 2, 1]
    assert len({each for part in seen for each in part}) == 5
    back = unescape(re.findall(r'href="([^"]*)" rel="prev"', page.html)[0])
    assert GROUP.findall(page_of(hoa.get(back)).html) == seen[1]
    for odd in ("a999999", "b999999", "x", "a"):
        assert GROUP.findall(page_of(hoa.get(f"{LIST}?at={odd}")).html) == seen[0]


def test_a_copy_is_found_by_its_number_where_it_waits(
    ward: Ward, staff_client: StaffClient
) -> None:
    first, copy = flood(ward, 1)
    hoa = staff_client("hoa")
    found = page_of(hoa.get(f"/desk/?q={reference_of(copy)}"))
    assert reference_of(copy) in found.text
    assert "Cách ly" in found.text
    assert GROUP.findall(found.html)
    assert not GROUP.findall(page_of(hoa.get(f"/desk/?q={reference_of(first)}")).html)


@pytest.mark.parametrize("login", ["tied", "far"])
def test_a_copy_is_not_found_by_who_may_not_see_it(
    ward: Ward, staff_client: StaffClient, login: str
) -> None:
    _first, copy = flood(ward, 1)
    browser = staff_client(login)
    here, nothing = (
        page_of(browser.get(f"/desk/?q={reference_of(number)}")).text
        for number in (copy, copy + 70)
    )
    assert here == nothing
