"""Signing in over HTTP: sessions that can be ended, guesses slowed, nobody sent elsewhere."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from moderation.accounts import hash_password
from moderation.sessions import end_sessions
from moderation.views.here import signed_in
from portal.models import Account, StaffSession
from tests import telephones
from tests.conftest import Watch
from tests.moderation.conftest import StaffClient
from tests.moderation.ward import Ward
from tests.pages import page_of

PASSWORD = "Suối Đồng Kỳ 1979"
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng"


@pytest.fixture(autouse=True)
def passwords(ward: Ward) -> None:
    """Everybody in the ward has the same password, and a telephone."""
    stored = hash_password(PASSWORD)
    with ward.database.writing() as session:
        for account in session.scalars(select(Account)):
            account.password_hash = stored
    telephones.hand_out(ward.database, ward.ring.search, at=ward.at)


def _token(client: FlaskClient, address: str = "/sign-in") -> str:
    return page_of(client.get(address)).fields["csrf_token"]


def _sign_in(
    client: FlaskClient,
    login: str = "hoa",
    password: str = PASSWORD,
    *,
    source: str = "192.0.2.1",
    **more: str,
) -> TestResponse:
    from_there = {"REMOTE_ADDR": source}
    data = {"csrf_token": _token(client), "login": login, "password": password, **more}
    first = client.post("/sign-in", data=data, environ_overrides=from_there)
    if first.headers.get("Location") != "/sign-in/second":
        return first
    data = {"csrf_token": _token(client, "/sign-in/second"), "code": _code(client, login)}
    return client.post("/sign-in/second", data=data, environ_overrides=from_there)


def _code(client: FlaskClient, login: str) -> str:
    held = client.application.extensions["portal"]
    return telephones.shown(held.database, held.ring.search, login, at=held.clock())


@pytest.mark.parametrize(
    ("login", "desk"),
    [
        ("hoa", "/desk/"),
        ("thanh", "/committee/"),
        ("both", "/desk/"),
        ("auditor", "/journal/"),
    ],
)
def test_everybody_lands_where_their_role_works(
    staff_client: StaffClient, login: str, desk: str
) -> None:
    client = staff_client()
    response = _sign_in(client, login)
    assert (response.status_code, response.headers["Location"]) == (302, desk)
    assert client.get(desk).status_code == 200
    assert client.get("/sign-in").headers["Location"] == desk
    assert client.get("/").headers["Location"] == "/sign-in"


def test_an_account_without_any_role_is_told_whom_to_ask(
    ward: Ward, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        session.add(Account(login="new", name="Mã Văn Mới", password_hash="", created_at=ward.at))
        session.flush()
        ward.accounts["new"] = session.scalars(
            select(Account.id).where(Account.login == "new")
        ).one()
    page = page_of(staff_client("new").get("/settings/"))
    assert "Xin liên hệ người quản trị" in page.text


@pytest.mark.parametrize(
    ("login", "password"), [("hoa", "sai"), ("ai-do", PASSWORD), ("ai-do", "sai")]
)
def test_a_wrong_pair_gets_one_sentence_whichever_half_was_wrong(
    staff_client: StaffClient, login: str, password: str
) -> None:
    response = _sign_in(staff_client(), login, password)
    page = page_of(response)
    assert response.status_code == 422
    assert WRONG in page.text
    assert page.fields["login"] == login
    assert page.fields["password"] == ""
    assert password not in response.text


def test_nothing_typed_is_asked_for_by_name(staff_client: StaffClient) -> None:
    page = page_of(_sign_in(staff_client(), "", ""))
    assert "Nhập tên đăng nhập." in page.text
    assert "Nhập mật khẩu." in page.text


def test_wrong_passwords_are_slowed_and_the_right_one_gets_in_after_the_wait(
    ward: Ward, staff_client: StaffClient
) -> None:
    client = staff_client()
    for _ in range(5):
        assert _sign_in(client, password="sai").status_code == 422
    slowed = _sign_in(client)
    assert slowed.status_code == 429
    assert slowed.headers["Retry-After"] == "2"
    assert "Xin chờ 2 giây" in page_of(slowed).text
    ward.later(seconds=2)
    assert _sign_in(client).status_code == 302


def test_somebody_elsewhere_cannot_make_the_owner_wait(staff_client: StaffClient) -> None:
    guesser = staff_client()
    for _ in range(8):
        _sign_in(guesser, password="sai", source="198.51.100.7")
    assert _sign_in(staff_client(), source="192.0.2.1").status_code == 302


def test_a_neighbour_at_the_same_address_cannot_make_a_known_browser_wait(
    staff_client: StaffClient,
) -> None:
    client = staff_client()
    _sign_in(client)
    client.post("/sign-out", data={"csrf_token": _token(client, "/desk/")})
    for _ in range(8):
        _sign_in(staff_client(), password="sai")
    assert _sign_in(staff_client()).status_code == 429
    assert _sign_in(client).status_code == 302


def test_the_mark_of_a_known_browser_opens_nothing_and_names_nobody(
    staff_client: StaffClient,
) -> None:
    client = staff_client()
    cookies = _sign_in(client, "hoa").headers.getlist("Set-Cookie")
    mark = next(cookie for cookie in cookies if cookie.startswith("known="))
    assert "Path=/sign-in" in mark
    assert "HttpOnly" in mark
    client.delete_cookie("portal_staff")
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize("planted", ["known=x; Path=/sign-in", "known=; Path=/sign-in"])
def test_a_forged_mark_of_a_known_browser_is_ignored(
    staff_client: StaffClient, planted: str
) -> None:
    client = staff_client()
    client.set_cookie("known", planted.partition("=")[2].partition(";")[0], path="/sign-in")
    for _ in range(5):
        _sign_in(client, password="sai")
    assert _sign_in(client).status_code == 429


def test_an_ended_session_works_no_longer(ward: Ward, staff_client: StaffClient) -> None:
    client = staff_client("hoa")
    assert client.get("/desk/").status_code == 200
    with ward.database.writing() as session:
        end_sessions(session, account_id=ward.accounts["hoa"], at=ward.at)
    assert client.get("/desk/").headers["Location"] == "/sign-in?next=/desk/"


def test_an_inactive_account_works_no_longer(ward: Ward, staff_client: StaffClient) -> None:
    client = staff_client("hoa")
    with ward.database.writing() as session:
        session.get_one(Account, ward.accounts["hoa"]).active = False
    assert client.get("/desk/").status_code == 302
    assert _sign_in(staff_client()).status_code == 422


def test_a_session_ends_after_its_hours_however_busy(ward: Ward, staff_client: StaffClient) -> None:
    client = staff_client("hoa")
    ward.later(hours=9, minutes=59)
    assert client.get("/desk/").status_code == 200
    ward.later(minutes=1)
    assert client.get("/desk/").status_code == 302


def test_a_browser_left_idle_is_signed_out(staff_app: Flask, staff_client: StaffClient) -> None:
    client = staff_client("hoa")
    assert "portal_staff=" in str(client.get("/desk/").headers.getlist("Set-Cookie"))
    staff_app.permanent_session_lifetime = timedelta(seconds=-1)
    assert client.get("/desk/").status_code == 302


def test_the_files_of_a_page_do_not_renew_the_session(staff_client: StaffClient) -> None:
    client = staff_client("hoa")
    address = next(a for a in page_of(client.get("/desk/")).asked if a.startswith("/static/"))
    response = client.get(address)
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers


def test_signing_out_ends_the_session_at_once_even_for_a_copied_cookie(
    staff_client: StaffClient,
) -> None:
    client, thief = staff_client("hoa"), staff_client()
    cookie = client.get_cookie("portal_staff")
    assert cookie is not None
    thief.set_cookie("portal_staff", cookie.value)
    assert thief.get("/desk/").status_code == 200
    left = client.post(
        "/sign-out", data={"csrf_token": _token(client, "/desk/")}, follow_redirects=True
    )
    assert "Đồng chí đã đăng xuất." in page_of(left).text
    assert client.get("/desk/").status_code == 302
    assert thief.get("/desk/").status_code == 302


def test_every_sign_in_makes_a_new_token_and_ends_the_one_before(
    ward: Ward, staff_client: StaffClient
) -> None:
    client = staff_client("hoa")
    before = client.get_cookie("portal_staff")
    token = page_of(client.get("/desk/")).fields["csrf_token"]
    client.post("/sign-in", data={"csrf_token": token, "login": "hoa", "password": PASSWORD})
    assert client.get("/desk/").status_code == 302
    token = _token(client, "/sign-in/second")
    client.post("/sign-in/second", data={"csrf_token": token, "code": _code(client, "hoa")})
    assert client.get("/desk/").status_code == 200
    after = client.get_cookie("portal_staff")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    with ward.database.reading() as session:
        ended = session.scalars(select(StaffSession.ended_at)).all()
    assert [moment is None for moment in ended].count(True) == 1
    assert len(ended) == 2


def test_the_cookie_holds_nothing_of_the_network_address(
    staff_app: Flask, staff_client: StaffClient
) -> None:
    client = staff_client()
    _sign_in(client, source="203.0.113.9")
    with client.session_transaction() as cookie:
        assert set(cookie) <= {"_user_id", "_fresh", "_permanent", "csrf_token"}


@pytest.mark.parametrize("address", ["/sign-in", "/sign-out"])
@pytest.mark.parametrize("token", [None, "", "x", "\ufffd"])
def test_a_form_without_its_token_changes_nothing(
    staff_client: StaffClient, address: str, token: str | None
) -> None:
    client = staff_client("hoa")
    data = {"login": "hoa", "password": PASSWORD} | ({"csrf_token": token} if token else {})
    response = client.post(address, data=data)
    assert response.status_code == 400
    assert "Trang mở đã lâu" in page_of(response).text
    assert client.get("/desk/").status_code == 200


def test_signing_out_from_an_old_page_takes_one_press_more(staff_client: StaffClient) -> None:
    client = staff_client("hoa")
    page = page_of(client.post("/sign-out", data={"csrf_token": "expired"}))
    assert page.h1 == "Chưa đăng xuất được"
    assert "Chưa đăng nhập được" not in page.text
    again = page.forms[-1]
    assert client.post("/sign-out", data=again).status_code == 302
    assert client.get("/desk/").status_code == 302


def test_the_page_that_was_asked_for_opens_after_signing_in(staff_client: StaffClient) -> None:
    client = staff_client()
    sent = client.get("/desk/?list=done&kind=praise").headers["Location"]
    wanted = parse_qs(urlsplit(sent).query)["next"][0]
    assert page_of(client.get(sent)).fields["next"] == wanted
    assert _sign_in(client, next=wanted).headers["Location"] == "/desk/?list=done&kind=praise"


@pytest.mark.parametrize(
    "forged",
    [
        *("https://xau.example/", "//xau.example/desk/", "/\\xau.example", "\\/xau.example"),
        *("/desk/\r\nX: y", "/desk/\x00", "javascript:alert(1)", "desk/", "", "/khong-co"),
        *("/sign-in", "/sign-out", "/", "/static/site.css", "///xau.example", "/ /xau.example"),
        "https:/desk/",
    ],
)
def test_a_forged_address_to_go_on_to_leads_to_the_desk(
    staff_client: StaffClient, forged: str
) -> None:
    client = staff_client()
    assert _sign_in(client, next=forged).headers["Location"] == "/desk/"
    asked = client.get("/sign-in", query_string={"next": forged})
    assert asked.headers["Location"] == "/desk/"


def test_a_form_sent_after_the_session_ended_gives_back_what_was_typed(
    staff_app: Flask, staff_client: StaffClient
) -> None:
    desk = Blueprint("probe", __name__)
    desk.before_request(signed_in)
    desk.add_url_rule("/probe", view_func=lambda: "never reached", methods=["POST"])
    staff_app.register_blueprint(desk)
    client, typed = staff_client(), "Chi bộ đã gặp đồng chí Bách và nhắc nhở."
    for token in (_token(client), "expired"):
        data = {"csrf_token": token, "note": typed, "password": "x" * 30}
        response = client.post("/probe", data=data)
        page = page_of(response)
        assert response.status_code == 400
        assert typed in page.fields.values()
        assert "x" * 30 not in response.text
        assert "Đăng nhập lại" in page.text


def test_a_page_that_is_not_there_is_the_same_as_one_of_another_role(
    ward: Ward, staff_client: StaffClient, statements: Watch
) -> None:
    for login, refused in (("hoa", "/committee/"), ("thanh", "/desk/"), ("auditor", "/desk/")):
        client = staff_client(login)
        unknown, other = client.get("/khong-co-trang-nay"), client.get(refused)
        assert unknown.status_code == other.status_code == 404
        assert unknown.data == other.data
        assert set(unknown.headers.keys()) == set(other.headers.keys())


def test_the_sign_in_page_asks_the_database_nothing(
    staff_app: Flask, staff_client: StaffClient, statements: Watch
) -> None:
    client = staff_client()
    client.get("/sign-in")
    with statements(staff_app.extensions["portal"].database) as seen:
        client.get("/sign-in")
    assert seen == []


def test_staff_pages_speak_english_when_the_browser_chose_it(staff_client: StaffClient) -> None:
    assert page_of(staff_client("hoa").get("/desk/?lang=en")).lang == "en"


def test_everybody_signed_in_may_look_at_the_parts_of_the_look(
    staff_app: Flask, staff_client: StaffClient
) -> None:
    staff_app.test_client_class = FlaskClient
    page = page_of(staff_client("thanh").get("/settings/components"))
    assert page.h1 == "Thành phần"
    assert len(page.ids) == len(set(page.ids))
    assert set(page.pointed_at) <= set(page.ids)
    assert staff_client().get("/settings/components").status_code == 302
