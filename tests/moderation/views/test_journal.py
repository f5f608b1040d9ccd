"""The journal on the screen and as a sheet, and what is written into it by reading a case."""

from __future__ import annotations

import csv
import html
import re
from datetime import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from moderation.administering.confirming import confirm
from moderation.administering.granting import give_role
from moderation.appending import set_hours
from moderation.refusals import note_refusal
from portal.models import Account, Event, JournalEntry, Tie
from portal.vocabulary import Deed, Role, Status
from portal.words import Words
from tests import telephones
from tests.conftest import Watch
from tests.doors.course import Course
from tests.moderation.conftest import StaffClient
from tests.moderation.views.conftest import Sit, Walk
from tests.moderation.views.entering import Entrant, code_of, give_passwords
from tests.moderation.ward import COMMISSION, WARD, Ward
from tests.pages import Page, page_of

WHY = "Cần gọi lại cơ quan đã nêu."


def deeds(ward: Ward) -> list[tuple[str, int | None]]:
    """What was written down, oldest first."""
    with ward.database.reading() as session:
        rows = session.execute(
            select(JournalEntry.deed, JournalEntry.case_id).order_by(JournalEntry.id)
        )
        return [(row.deed.value, row.case_id) for row in rows]


def way(page: Page, name: str) -> str:
    """The address of the next or previous page."""
    return html.unescape(re.findall(rf'href="([^"]*)" rel="{name}"', page.html)[0])


def sheet(client: FlaskClient, **narrowed: str) -> list[list[str]]:
    """The rows that an auditor takes away."""
    token = page_of(client.get("/journal/")).fields["csrf_token"]
    answer = client.post("/journal/export", data={"csrf_token": token, **narrowed})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return list(csv.reader(answer.data.decode("utf-8-sig").splitlines()))


def test_opening_a_case_is_written_down_once_an_hour(ward: Ward, walk: Walk, sit: Sit) -> None:
    course = walk("send", "prepare")
    hoa = sit("hoa", "case")
    hoa.page()
    hoa.page()
    assert deeds(ward) == [("read", course.number)]
    ward.later(hours=1)
    hoa.page()
    assert len(deeds(ward)) == 2


def test_a_committee_that_opens_a_case_is_written_down_too(
    ward: Ward, walk: Walk, sit: Sit
) -> None:
    course = walk("send", "prepare", "claim", "choose", "propose", "confirm", "route")
    sit("thanh", "committee").page()
    assert deeds(ward) == [("read", course.number)]


def test_whoever_may_not_see_a_case_leaves_no_entry(ward: Ward, walk: Walk, sit: Sit) -> None:
    walk("send", "prepare")
    assert sit("tied", "case").get().status_code == 404
    assert deeds(ward) == []


def test_what_was_masked_is_shown_once_with_a_reason(ward: Ward, walk: Walk, sit: Sit) -> None:
    course = walk("send", "prepare")
    hoa = sit("hoa", "case")
    assert "Xem 1 chỗ đã che" in hoa.page().text
    asked = hoa.page("unmask")
    assert "0912" not in asked.html
    refused = hoa.send("unmask", reason=" ")
    assert refused.status_code == 422
    assert "0912" not in refused.text
    shown = hoa.send("unmask", reason=WHY)
    assert "0912 345 678" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert "0912" not in hoa.page().html
    assert deeds(ward) == [("read", course.number), ("unmasked", course.number)]
    assert WHY in hoa.page().text
    with ward.database.reading() as session:
        event = session.scalars(select(Event).where(Event.action == "unmask")).one()
    assert (event.shown, event.from_status) == (False, event.to_status)


def test_where_nothing_is_masked_there_is_no_such_page_and_nothing_is_written_down(
    ward: Ward, course: Course, walk: Walk, sit: Sit
) -> None:
    course.words = Words(about="Ông Nông Văn Bách", what="Vật liệu để lấn vỉa hè.")
    walk("send", "prepare", "claim")
    hoa = sit("hoa", "case")
    missing = hoa.client.get(f"/case/{course.number + 1}/unmask")
    assert hoa.get("unmask").status_code == missing.status_code == 404
    assert not deeds(ward)
    hidden = hoa.send("unmask", reason=WHY)
    assert hidden.status_code == 404
    assert deeds(ward) == [("read", course.number)]
    with ward.database.reading() as session:
        assert not session.scalars(select(Event.id).where(Event.action == "unmask")).all()


def test_a_committee_neither_unmasks_nor_reads_that_somebody_did(
    ward: Ward, walk: Walk, sit: Sit
) -> None:
    walk("send", "prepare", "claim", "choose", "propose", "confirm", "route")
    hoa = sit("hoa", "case")
    asked = hoa.page("unmask").fields
    assert hoa.client.post(f"{hoa.address}/unmask", data=asked | {"reason": WHY}).status_code == 200
    committee = sit("thanh", "committee")
    assert "che" not in committee.page().text.split("Đã diễn ra")[1]
    assert committee.client.post(f"/case/{committee.number}/unmask").status_code in {400, 404}


def test_an_auditor_reads_who_did_what_and_no_content(
    ward: Ward, walk: Walk, sit: Sit, staff_client: StaffClient
) -> None:
    course = walk("send", "prepare")
    sit("hoa", "case").page()
    page = page_of(staff_client("auditor").get("/journal/"))
    assert "Lương Thị Hòa" in page.text
    assert "Mở hồ sơ" in page.text
    assert course.reference in page.text
    assert "Bách" not in page.html


def test_an_auditor_who_is_excluded_from_a_case_reads_nothing_of_it(
    ward: Ward, walk: Walk, sit: Sit, staff_client: StaffClient
) -> None:
    course = walk("send", "prepare")
    sit("hoa", "case").page()
    with ward.database.writing() as session:
        session.add(
            Tie(
                account_id=ward.accounts["auditor"],
                member_id=ward.members["bach"],
                declared_at=ward.at,
            )
        )
    auditor = staff_client("auditor")
    assert course.reference not in auditor.get("/journal/").text
    assert all(course.reference not in row for row in sheet(auditor))


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"who": "luong thi hoa"}, 1),
        ({"who": "lam"}, 0),
        ({"deed": "read"}, 1),
        ({"deed": "unmasked"}, 0),
        ({"since": "1/1/2020", "until": "31/12/2099"}, 1),
        ({"until": "1/1/2020"}, 0),
        ({"reference": "999999"}, 0),
    ],
)
def test_the_journal_is_narrowed(
    ward: Ward,
    walk: Walk,
    sit: Sit,
    staff_client: StaffClient,
    narrowed: dict[str, str],
    found: int,
) -> None:
    course = walk("send", "prepare")
    sit("hoa", "case").page()
    page = staff_client("auditor").get("/journal/", query_string=narrowed).text
    assert page.count(course.reference) == found


@pytest.mark.parametrize(
    "narrowed", [{"deed": "forged"}, {"since": "31/2/2026"}, {"reference": "x"}, {"at": "b9" * 40}]
)
def test_what_cannot_be_asked_gets_a_sentence_and_no_fault(
    staff_client: StaffClient, narrowed: dict[str, str]
) -> None:
    assert staff_client("auditor").get("/journal/", query_string=narrowed).status_code == 200


def test_pages_go_on_from_their_last_entry(ward: Ward, staff_client: StaffClient) -> None:
    with ward.database.writing() as session:
        numbers = [ward.place(session, status=Status.SCREENING).id for _each in range(51)]
    hoa = staff_client("hoa")
    for number in numbers:
        assert hoa.get(f"/case/{number}").status_code == 200
    auditor = staff_client("auditor")
    first = page_of(auditor.get("/journal/"))
    assert first.text.count("Mở hồ sơ") == 50 + 1
    second = page_of(auditor.get(way(first, "next")))
    assert second.text.count("Mở hồ sơ") == 1 + 1
    assert page_of(auditor.get(way(second, "prev"))).text.count("Mở hồ sơ") == 50 + 1


def test_a_sheet_has_no_formulas_and_is_itself_written_down(
    ward: Ward, walk: Walk, sit: Sit, staff_client: StaffClient
) -> None:
    course = walk("send", "prepare")
    sit("hoa", "case").page()
    with ward.database.writing() as session:
        session.execute(
            update(Account).where(Account.id == ward.accounts["hoa"]).values(name="=HYPERLINK(1)")
        )
    rows = sheet(staff_client("auditor"))
    assert rows[0][0] == "Lúc"
    assert rows[-1][1] == "'=HYPERLINK(1)"
    assert rows[-1][4] == course.reference
    assert deeds(ward)[-1] == (Deed.EXPORTED.value, None)
    with ward.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(JournalEntry)) == 2


def _deeds_about_accounts(ward: Ward) -> None:
    """A role is asked for and confirmed, a password is refused, the machine sets something."""
    with ward.database.writing() as session:
        asked = give_role(
            session,
            office=ward.office,
            by=ward.person(session, "an"),
            account_id=ward.accounts["lua"],
            role=Role.COMMITTEE,
            organisation_id=COMMISSION,
            reason=WHY,
        )
        by = ward.person(session, "kien")
        confirm(session, office=ward.office, by=by, request_id=asked.id)
        note_refusal(session, search=ward.ring.search, login="hoa", at=ward.at)
        set_hours(session, ring=ward.ring, hours=[time(12)], at=ward.at)


def test_deeds_about_accounts_are_told_in_sentences(ward: Ward, staff_client: StaffClient) -> None:
    _deeds_about_accounts(ward)
    page = page_of(staff_client("auditor").get("/journal/")).text
    for sentence in (
        "Đề nghị: giao vai trò (Ủy ban kiểm tra)",
        "Xác nhận đề nghị: giao vai trò (Ủy ban kiểm tra)",
        "Hoàng Thị Lụa · lua",
        "Đăng nhập bị từ chối",
        "Chưa rõ người",
        "Đổi giờ ghi sổ cái",
        "Lệnh trên máy chủ",
        "Một ngày qua có 1 lần nhập sai mật khẩu",
    ):
        assert sentence in page, sentence
    assert WHY not in page


def test_deeds_about_accounts_are_in_the_sheet_and_its_own_export_with_them(
    ward: Ward, staff_client: StaffClient
) -> None:
    _deeds_about_accounts(ward)
    with ward.database.writing() as session:
        session.execute(
            update(Account).where(Account.id == ward.accounts["lua"]).values(name="@SUM(1)")
        )
    auditor = staff_client("auditor")
    rows = sheet(auditor, about="lua", place=str(WARD))
    assert [len(row) for row in rows] == [9] * 3
    assert rows[1][1:] == [
        *("Hứa Trung Kiên", "kien", "Xác nhận đề nghị: giao vai trò (Ủy ban kiểm tra)"),
        *("", "'@SUM(1)", "lua", "", "Ủy ban kiểm tra phường"),
    ]
    own = sheet(auditor, who="auditor", deed="exported")
    assert [row[2:4] for row in own[1:]] == [["auditor", "Tải nhật ký"]] * 2


def test_a_place_elsewhere_cannot_be_asked_for(ward: Ward, staff_client: StaffClient) -> None:
    page = staff_client("auditor").get("/journal/", query_string={"place": "999"})
    assert page.status_code == 200
    assert "Chưa có dòng nào" not in page.text


def test_whoever_comes_in_and_goes_is_written_down(ward: Ward, staff_app: Flask) -> None:
    give_passwords(ward)
    telephones.hand_out(ward.database, ward.ring.search, at=ward.at)
    hoa = Entrant(staff_app.test_client())
    for _twice in range(2):
        hoa.password("Sai mật khẩu 1979")
    hoa.password()
    hoa.code(code_of(ward, "hoa"))
    assert hoa.is_in()
    hoa.post("/sign-out", page="/settings/")
    assert [deed for deed, _case in deeds(ward)] == ["refused", "signed_in", "signed_out"]


def test_a_refused_login_costs_one_commit_whether_anybody_has_it_or_not(
    ward: Ward, staff_app: Flask, statements: Watch
) -> None:
    database = staff_app.extensions["portal"].database
    commits = {}
    for login in ("hoa", "hoa", "nobody"):
        entrant = Entrant(staff_app.test_client(), login)
        with statements(database) as seen:
            assert entrant.password("Sai mật khẩu 1979").status_code == 422
        commits[login] = seen.count("COMMIT")
    assert commits["hoa"] == commits["nobody"] == 1
