"""The pages of the administrators: invite, give, tie, end; what was not offered changes nothing."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from moderation.accounts import prove
from portal.models import Account, AccountRequest, Grant, Invitation, Tie
from portal.models.administration import RequestKind
from portal.vocabulary import Role, Status
from tests.doors.test_routes import NOWHERE, contents
from tests.moderation.conftest import MakeCase, StaffClient
from tests.moderation.ward import CELL_2, OTHER_WARD, PROVINCE, WARD, Ward
from tests.pages import Page, page_of

ROOM = "/settings/accounts"
PASSWORD = "suối trâu bảng cửa sổ 61"
REASON = "Theo phân công của Đảng ủy"


def post(browser: FlaskClient, path: str, **fields: str) -> TestResponse:
    """Send a form with the token of this browser."""
    token = page_of(browser.get(f"{ROOM}/")).fields["csrf_token"]
    return browser.post(f"{ROOM}{path}", data={"csrf_token": token, **fields})


def done(browser: FlaskClient, path: str, **fields: str) -> Page:
    """Send a form that must be taken, and read the page that follows."""
    response = post(browser, path, **fields)
    assert response.status_code == 302, page_of(response).text
    return page_of(browser.get(response.location))


def invited(browser: FlaskClient, **changed: str) -> str:
    """Invite somebody and return the code of the link."""
    fields = {"name": "Lê Thị Mới", "login": "moi.le", "home": str(WARD), "member": "none"}
    response = post(browser, "/new", **(fields | changed))
    assert response.status_code == 200, page_of(response).text
    found = re.search(r"/invitation#([\w-]{40,})", response.text)
    assert found
    return found[1]


def take_over(browser: FlaskClient, token: str, **changed: str) -> TestResponse:
    """Follow a link to the end."""
    csrf = page_of(browser.get("/invitation")).fields["csrf_token"]
    page = page_of(browser.post("/invitation", data={"csrf_token": csrf, "token": token}))
    fields = page.forms[-1] | {"password": PASSWORD, "again": PASSWORD}
    return browser.post("/invitation/accept", data=fields | changed)


def test_inviting_asks_who_it_is_in_the_register_and_chooses_nobody(
    staff_client: StaffClient,
) -> None:
    browser = staff_client("duyen")
    fields = {"name": "Nông Văn Bách", "login": "bach.nong", "home": str(WARD)}
    page = page_of(post(browser, "/new", **fields))
    assert "Nông Văn Bách, 1961 Chi bộ khối 7" in page.text
    assert "Nông Văn Bách, 1984" in page.text
    assert not [name for name, _value in page.ticked if name == "member"]
    again = page_of(post(browser, "/new", **fields, q="bi thu chi bo khoi 2", find="1"))
    assert "Lý Văn Đoàn, 1966" in again.text


def test_an_invited_person_takes_the_account_over_with_a_password_of_their_own(
    ward: Ward, staff_client: StaffClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = invited(staff_client("duyen"))
    stranger = staff_client()
    answer = take_over(stranger, token, name="Lê Thị Mận")
    assert answer.status_code == 302
    assert answer.location.endswith("/sign-in")
    assert "đã sẵn sàng" in page_of(stranger.get(answer.location)).text
    with ward.database.reading() as session:
        proven = prove(session, login="moi.le", password=PASSWORD)
        account = session.get_one(Account, proven.account_id)
        assert (account.name, account.member_id, account.home_id) == ("Lê Thị Mận", None, WARD)
    assert token not in caplog.text
    again = take_over(stranger, token)
    assert again.status_code == 422
    assert "không dùng được nữa" in page_of(again).text


def test_the_link_is_shown_once_and_stands_in_no_address(staff_client: StaffClient) -> None:
    browser = staff_client("duyen")
    token = invited(browser)
    listed = page_of(browser.get(f"{ROOM}/?list=invited"))
    assert "Lê Thị Mới" in listed.text
    assert token not in browser.get(f"{ROOM}/?list=invited").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"password": "ngắn", "again": "ngắn"}, "ít nhất 12 ký tự"),
        ({"password": "matkhau123456", "again": "matkhau123456"}, "Dễ đoán"),
        ({"again": PASSWORD + "!"}, "không giống nhau"),
        ({"name": " "}, "Xin ghi họ và tên"),
    ],
)
def test_a_bad_password_says_what_to_do_and_the_link_stays_good(
    staff_client: StaffClient, changed: dict[str, str], sentence: str
) -> None:
    token, stranger = invited(staff_client("duyen")), staff_client()
    answer = take_over(stranger, token, **changed)
    assert answer.status_code == 422
    assert sentence in page_of(answer).text
    assert take_over(stranger, token).status_code == 302


@pytest.mark.parametrize(
    "fields",
    [
        {"login": "hoa"},
        {"login": "Bà Mới"},
        {"login": "a" * 41},
        {"name": ""},
        {"home": ""},
        {"home": str(OTHER_WARD)},
        {"home": "abc"},
        {"member": "7"},
        {"member": "00000000-0000-0000-0000-000000000007"},
    ],
)
def test_an_invitation_that_is_not_whole_makes_no_account(
    ward: Ward, staff_client: StaffClient, fields: dict[str, str]
) -> None:
    whole = {"name": "Lê Thị Mới", "login": "moi.le", "home": str(WARD), "member": "none"}
    before = contents(ward)
    assert post(staff_client("duyen"), "/new", **(whole | fields)).status_code == 422
    after = contents(ward)
    assert {name for name in before if before[name] != after[name]} <= {"staff_session"}


def test_two_administrators_give_what_takes_two(ward: Ward, staff_client: StaffClient) -> None:
    first, second, hoa = staff_client("an"), staff_client("kien"), ward.accounts["lua"]
    page = done(first, f"/{hoa}/role", role="moderator", place=str(WARD), reason=REASON)
    assert "Một người quản trị khác cần xác nhận" in page.text
    assert "Chờ người thứ hai" in page.text
    with ward.database.reading() as session:
        request = session.scalars(select(AccountRequest)).one()
    own = page_of(first.get(f"{ROOM}/requests"))
    assert "Rút lại đề nghị" in own.text
    assert "không được tự xác nhận" in done(first, f"/requests/{request.id}/confirm").text
    waiting = page_of(second.get(f"{ROOM}/requests"))
    for told in ("Kiểm duyệt, Đảng bộ phường Đông Kinh", "Hoàng Thị Lụa", REASON, "Trần Thị An"):
        assert told in waiting.text
    assert "Đã xác nhận" in done(second, f"/requests/{request.id}/confirm").text
    shown = page_of(second.get(f"{ROOM}/{hoa}")).text
    assert "giao: Trần Thị An" in shown
    assert "xác nhận: Hứa Trung Kiên" in shown


def test_a_role_that_takes_one_is_given_and_taken_away(
    ward: Ward, staff_client: StaffClient
) -> None:
    browser, lua = staff_client("duyen"), ward.accounts["lua"]
    done(browser, f"/{lua}/role", role="committee", place=str(CELL_2), reason=REASON)
    with ward.database.reading() as session:
        grant = session.scalars(select(Grant).where(Grant.organisation_id == CELL_2)).all()[-1]
    page = page_of(browser.get(f"{ROOM}/{lua}/roles/{grant.id}"))
    assert "thôi vai trò này ngay" in page.text
    assert "Đã thôi vai trò" in done(browser, f"/{lua}/roles/{grant.id}").text
    assert browser.get(f"{ROOM}/{lua}/roles/{grant.id}").status_code == 404


def test_a_tie_is_found_in_the_register_and_declared(ward: Ward, staff_client: StaffClient) -> None:
    browser, hoa = staff_client("duyen"), ward.accounts["hoa"]
    found = page_of(browser.get(f"{ROOM}/{hoa}/tie?q=nong+van+bach"))
    assert "Nông Văn Bách, 1961" in found.text
    assert "Nông Văn Bách, 1984" in found.text
    page = done(browser, f"/{hoa}/tie", member=str(ward.members["bach"]))
    assert "Có quan hệ với Nông Văn Bách, 1961" in page.text
    page = done(browser, f"/{hoa}/ties/{ward.members['bach']}", reason=REASON)
    assert "Bỏ quan hệ đã khai với Nông Văn Bách, 1961" in page.text
    assert "Có quan hệ với" in page.text
    page = done(browser, f"/{hoa}/member", member=str(ward.members["ky"]))
    assert "Là đảng viên trong danh sách: Chu Thị Kỳ, 1972" in page.text
    asked = post(browser, f"/{hoa}/member", member="none")
    assert asked.status_code == 422
    before_looking = page_of(browser.get(f"{ROOM}/{hoa}/tie"))
    assert "Ghi quan hệ" not in before_looking.text
    page = done(browser, f"/{hoa}/member", member="none", reason=REASON)
    assert "Không còn gắn với đảng viên nào" in page.text


def test_a_second_factor_is_reset_by_two(ward: Ward, staff_client: StaffClient) -> None:
    hoa = ward.accounts["hoa"]
    browser = staff_client("an")
    assert post(browser, f"/{hoa}/reset", reason="").status_code == 422
    page = done(browser, f"/{hoa}/reset", reason="Mất điện thoại")
    assert "Đặt lại cách xác nhận thứ hai" in page.text
    assert post(browser, f"/{hoa}/reset", reason="Mất điện thoại").status_code == 422
    with ward.database.reading() as session:
        request = session.scalars(select(AccountRequest)).one()
        assert request.kind is RequestKind.RESET_FACTOR
    assert "Đã xác nhận" in done(staff_client("duyen"), f"/requests/{request.id}/confirm").text


def test_ending_an_account_says_what_it_owned_without_a_number(
    ward: Ward, staff_client: StaffClient, make_case: MakeCase
) -> None:
    hoa = ward.accounts["hoa"]
    with ward.database.writing() as session:
        make_case(
            session,
            status=Status.SCREENING,
            claimant_id=hoa,
            lease_until=ward.at + timedelta(hours=1),
        )
    browser, signed_in = staff_client("duyen"), staff_client("hoa")
    page = page_of(browser.get(f"{ROOM}/{hoa}/end"))
    assert "1 việc đã nhận xem" in page.text
    assert "PA-2026" not in page.text
    page = done(browser, f"/{hoa}/end")
    assert "Đã kết thúc" in page.text
    assert signed_in.get("/desk/").status_code == 302
    assert browser.get(f"{ROOM}/{hoa}/end").status_code == 404
    assert "Lương Thị Hòa" in page_of(browser.get(f"{ROOM}/?list=ended")).text


def test_more_fields_than_a_form_has_change_nothing_else(
    ward: Ward, staff_client: StaffClient
) -> None:
    browser, hoa = staff_client("duyen"), ward.accounts["hoa"]
    extra = {
        "id": "1",
        "account_id": str(ward.accounts["duyen"]),
        "active": "1",
        "password_hash": "x",
        "password": PASSWORD,
        "granted_by_id": str(ward.accounts["an"]),
        "confirmed_by_id": str(ward.accounts["kien"]),
        "outcome": "confirmed",
        "organisation_id": str(PROVINCE),
        "role": "administrator",
        "valid_to": "2030-01-01",
        "member_id": str(ward.members["ky"]),
        "home_id": str(PROVINCE),
        "used_at": "",
        "expires_at": "2030-01-01",
    }
    invited(browser, **extra)
    done(browser, f"/{hoa}/tie", **extra, member=str(ward.members["bach"]))
    done(browser, f"/{hoa}/reset", **extra, reason=REASON)
    done(browser, f"/{hoa}/role", **(extra | {"role": "auditor"}), place=str(WARD), reason=REASON)
    with ward.database.reading() as session:
        new = session.scalars(select(Account).where(Account.login == "moi.le")).one()
        assert (new.active, new.password_hash, new.home_id) == (False, "", WARD)
        assert new.member_id is None
        assert session.scalars(select(Invitation)).one().used_at is None
        request = session.scalars(select(AccountRequest)).one()
        assert (request.outcome, request.account_id, request.decided_by_id) == (None, hoa, None)
        grant = session.scalars(select(Grant).order_by(Grant.id.desc())).first()
        assert grant is not None
        assert (grant.account_id, grant.role, grant.organisation_id) == (hoa, Role.AUDITOR, WARD)
        assert (grant.granted_by_id, grant.confirmed_by_id) == (ward.accounts["duyen"], None)
        ties = set(session.scalars(select(Tie.member_id).where(Tie.account_id == hoa)))
        assert ties == {ward.members["bach"]}


def test_extra_fields_of_an_invited_person_give_no_role(
    ward: Ward, staff_client: StaffClient
) -> None:
    token = invited(staff_client("duyen"))
    extra = {"login": "an", "home": str(PROVINCE), "role": "administrator", "member": "none"}
    assert take_over(staff_client(), token, **extra).status_code == 302
    with ward.database.reading() as session:
        new = session.scalars(select(Account).where(Account.login == "moi.le")).one()
        assert new.home_id == WARD
        assert session.scalars(select(Grant).where(Grant.account_id == new.id)).all() == []


@pytest.mark.parametrize("login", ["far", "province", "an"])
def test_an_account_of_another_place_answers_like_one_that_is_not_there(
    ward: Ward, staff_client: StaffClient, login: str
) -> None:
    browser, number = staff_client("duyen"), ward.accounts[login]
    nowhere = browser.get(NOWHERE)
    before = contents(ward)
    for path in ("", "/role", "/member", "/tie", "/reset", "/end", "/roles/1"):
        answer = browser.get(f"{ROOM}/{number}{path}")
        assert (answer.status_code, answer.data) == (404, nowhere.data), path
        assert answer.data == browser.get(f"{ROOM}/999999{path}").data
    for path in ("/link", "/role", "/member", "/tie", "/reset", "/end", "/sessions", "/roles/1"):
        fields = {"role": "auditor", "place": str(WARD), "reason": REASON, "member": "none"}
        assert post(browser, f"/{number}{path}", **fields).status_code == 404, path
    for path in ("/0", "/-1", f"/{10**30}", "/abc", f"/{2**63}"):
        assert browser.get(ROOM + path).status_code == 404, path
    assert contents(ward) == before


def test_nobody_changes_their_own_account_here(ward: Ward, staff_client: StaffClient) -> None:
    browser, own = staff_client("an"), ward.accounts["an"]
    page = page_of(browser.get(f"{ROOM}/{own}"))
    assert "Không ai tự thay đổi tài khoản của mình ở đây" in page.text
    assert "Giao vai trò" not in page.text
    before = contents(ward)
    for path in ("/link", "/role", "/member", "/tie", "/reset", "/end", "/sessions"):
        fields = {"role": "auditor", "place": str(WARD), "reason": REASON, "member": "none"}
        assert post(browser, f"/{own}{path}", **fields).status_code == 404, path
    assert contents(ward) == before


def test_an_old_sign_in_is_asked_for_the_password_before_accounts_change(
    ward: Ward, staff_client: StaffClient
) -> None:
    browser, hoa = staff_client("an"), ward.accounts["hoa"]
    ward.later(minutes=11)
    assert browser.get(f"{ROOM}/").status_code == 200
    assert browser.get(f"{ROOM}/{hoa}").status_code == 302
    before = contents(ward)
    answer = post(browser, f"/{hoa}/reset", reason=REASON * 2)
    assert answer.status_code == 403
    assert REASON in answer.text
    assert contents(ward) == before


def test_the_list_is_narrowed_by_its_address_and_nothing_breaks_it(
    staff_client: StaffClient,
) -> None:
    browser = staff_client("an")
    page = page_of(browser.get(f"{ROOM}/?q=luong+thi+hoa&role=moderator&place={WARD}"))
    assert "Lương Thị Hòa" in page.text
    assert "Chu Văn Lâm" not in page.text
    for query in (
        "role=king",
        "place=abc",
        "place=" + "9" * 30,
        "at=a" + "9" * 18,
        "list=x",
        "q=%00",
    ):
        assert browser.get(f"{ROOM}/?{query}").status_code == 200, query
    assert "Không có tài khoản nào như vậy" in page_of(browser.get(f"{ROOM}/?q=zzz")).text


def test_everybody_reads_on_their_own_page_who_gave_what_and_what_is_asked(
    ward: Ward, staff_client: StaffClient
) -> None:
    first, tied = staff_client("an"), ward.accounts["tied"]
    done(first, f"/{tied}/role", role="custodian", place=str(WARD), reason=REASON)
    own = page_of(staff_client("tied").get("/settings/")).text
    for told in (
        "Giữ khóa, Đảng bộ phường Đông Kinh",
        "Trần Thị An",
        REASON,
        "Nông Văn Bách, 1961",
    ):
        assert told in own
    with ward.database.reading() as session:
        request = session.scalars(select(AccountRequest)).one()
    done(staff_client("kien"), f"/requests/{request.id}/confirm")
    own = page_of(staff_client("tied").get("/settings/")).text
    assert "giao: Trần Thị An, xác nhận: Hứa Trung Kiên" in own
    assert REASON not in own
