"""The second step of signing in: without it nothing opens, and what it takes is taken once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation.proving import new_recovery_codes
from moderation.proving.halfway import LASTS, MOST_TRIES
from portal.models import StaffSession
from tests import telephones
from tests.doors.test_routes import DOORS, GUARDED, HALFWAY
from tests.moderation.conftest import StaffClient
from tests.moderation.views.entering import Entrant, code_of, give_passwords
from tests.moderation.ward import Ward
from tests.pages import page_of

_HALFWAY = [door for door in DOORS if door.access == HALFWAY]


@pytest.fixture(autouse=True)
def enrolled(ward: Ward) -> None:
    """Everybody has a password and an app."""
    give_passwords(ward)
    telephones.hand_out(ward.database, ward.ring.search, at=ward.at)


@pytest.fixture
def hoa(staff_client: StaffClient) -> Entrant:
    """Somebody who has given the right password."""
    entrant = Entrant(staff_client())
    assert entrant.password().headers["Location"] == "/sign-in/second"
    return entrant


def _recovery_codes(ward: Ward) -> list[str]:
    with ward.database.writing() as session:
        return new_recovery_codes(
            session, search=ward.ring.search, account_id=ward.accounts["hoa"], at=ward.at
        )


def test_the_password_alone_opens_no_page(hoa: Entrant) -> None:
    token = page_of(hoa.client.get("/sign-in/second")).fields["csrf_token"]
    for door in GUARDED:
        answer = hoa.client.open(door.at(1), method=door.method, data={"csrf_token": token})
        assert answer.status_code in {302, 400}, door
        if door.method == "GET":
            assert answer.headers["Location"].startswith("/sign-in?next=/"), door


def test_the_pages_of_the_second_step_open_only_after_the_first(staff_client: StaffClient) -> None:
    for login, onward in ((None, "/sign-in"), ("hoa", "/desk/")):
        client = staff_client(login)
        token = page_of(client.get("/sign-in" if login is None else "/desk/")).fields["csrf_token"]
        for door in _HALFWAY:
            answer = client.open(door.rule, method=door.method, data={"csrf_token": token})
            assert answer.headers["Location"] == onward, door


def test_a_code_opens_the_page_that_was_asked_for(ward: Ward, staff_client: StaffClient) -> None:
    entrant = Entrant(staff_client())
    entrant.password(next="/desk/?list=done")
    answer = entrant.code(code_of(ward, "hoa"))
    assert answer.headers["Location"] == "/desk/?list=done"
    assert entrant.is_in()


def test_a_code_that_was_taken_is_refused_in_every_other_browser(
    ward: Ward, hoa: Entrant, staff_client: StaffClient
) -> None:
    other = Entrant(staff_client())
    other.password()
    code = code_of(ward, "hoa")
    assert hoa.code(code).status_code == 302
    refused = other.code(code)
    assert refused.status_code == 422
    assert "đã dùng" in page_of(refused).text
    assert not other.is_in()


def test_a_half_that_has_let_a_browser_in_lets_no_copy_in(
    ward: Ward, hoa: Entrant, staff_client: StaffClient
) -> None:
    thief = Entrant(staff_client())
    cookie = hoa.client.get_cookie("portal_staff")
    assert cookie is not None
    thief.client.set_cookie("portal_staff", cookie.value)
    assert hoa.code(code_of(ward, "hoa")).status_code == 302
    assert thief.client.get("/sign-in/second").headers["Location"] == "/sign-in"
    assert not thief.is_in()


def test_after_a_few_wrong_codes_the_password_is_asked_for_again(hoa: Entrant) -> None:
    for _ in range(MOST_TRIES):
        assert hoa.code("000000").status_code == 422
    assert hoa.client.get("/sign-in/second").headers["Location"] == "/sign-in"
    assert "Xin nhập lại mật khẩu" in page_of(hoa.client.get("/sign-in")).text


def test_the_right_password_does_not_forgive_wrong_codes(ward: Ward, hoa: Entrant) -> None:
    for _ in range(MOST_TRIES):
        hoa.code("000000")
    assert hoa.password().status_code == 302
    assert hoa.code(code_of(ward, "hoa")).status_code == 429
    ward.later(seconds=2)
    assert hoa.code(code_of(ward, "hoa")).status_code == 302


def test_after_some_minutes_the_password_is_asked_for_again(ward: Ward, hoa: Entrant) -> None:
    ward.later(seconds=LASTS.total_seconds())
    assert hoa.client.get("/sign-in/second").headers["Location"] == "/sign-in"


def test_an_empty_code_is_asked_for_and_costs_no_try(ward: Ward, hoa: Entrant) -> None:
    for _ in range(MOST_TRIES + 1):
        assert "Nhập 6 số" in page_of(hoa.code(" ")).text
    assert hoa.code(code_of(ward, "hoa")).status_code == 302


def test_a_recovery_code_opens_once_and_the_next_pages_tell(
    ward: Ward, hoa: Entrant, staff_client: StaffClient
) -> None:
    codes = _recovery_codes(ward)
    assert "còn 10 mã" in page_of(hoa.client.get("/sign-in/recovery")).text
    answer = hoa.post("/sign-in/recovery", code=codes[0].upper())
    assert answer.headers["Location"] == "/desk/"
    assert "bằng mã dự phòng" in page_of(hoa.client.get("/desk/")).text
    again = Entrant(staff_client())
    again.password()
    assert again.post("/sign-in/recovery", code=codes[0]).status_code == 422
    assert again.code(code_of(ward, "hoa")).status_code == 302
    assert "bằng mã dự phòng" in page_of(again.client.get("/desk/")).text


def test_without_codes_left_the_owner_is_told_whom_to_ask(hoa: Entrant) -> None:
    assert "Xin báo người quản trị" in page_of(hoa.client.get("/sign-in/recovery")).text
    assert hoa.post("/sign-in/recovery", code="aaaaa-aaaaa").status_code == 422
    assert hoa.post("/sign-in/recovery", code="").status_code == 422


def test_the_owner_learns_that_somebody_knows_the_password(
    ward: Ward, hoa: Entrant, staff_client: StaffClient
) -> None:
    for _ in range(3):
        hoa.code("000000")
    owner = Entrant(staff_client())
    owner.password()
    owner.code(code_of(ward, "hoa"))
    assert "3 lần nhập đúng mật khẩu" in page_of(owner.client.get("/desk/")).text


def test_a_passkey_that_is_none_is_refused(hoa: Entrant) -> None:
    refused = hoa.post("/sign-in/passkey", page="/sign-in/second", credential="{}")
    assert refused.status_code == 422
    assert "Khóa truy cập chưa dùng được" in page_of(refused).text


def test_the_sort_of_browser_is_kept_and_nothing_of_its_network(ward: Ward, hoa: Entrant) -> None:
    token = page_of(hoa.client.get("/sign-in/second")).fields["csrf_token"]
    hoa.client.post(
        "/sign-in/second",
        data={"csrf_token": token, "code": code_of(ward, "hoa")},
        headers={"User-Agent": "Mozilla/5.0 (Linux; Android 9; K) Chrome/120.0 Safari/537.36"},
    )
    with ward.database.reading() as session:
        row = session.scalars(select(StaffSession)).one()
    assert row.device == "Chrome · Android"


def test_the_cookie_travels_with_a_link_from_a_mail_and_with_no_foreign_form(
    ward: Ward, hoa: Entrant
) -> None:
    answer = hoa.code(code_of(ward, "hoa"))
    cookies = {cookie.partition("=")[0]: cookie for cookie in answer.headers.getlist("Set-Cookie")}
    assert "SameSite=Lax" in cookies["portal_staff"]
    assert "HttpOnly" in cookies["portal_staff"]
    assert "SameSite=Strict" in cookies["known"]


def test_signing_out_has_the_browser_forget_everything(hoa: Entrant, ward: Ward) -> None:
    hoa.code(code_of(ward, "hoa"))
    answer = hoa.post("/sign-out", page="/desk/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    left = page_of(hoa.client.get(answer.headers["Location"]))
    assert "Đồng chí đã đăng xuất." in left.text
