"""What both rooms share: headers, cookies, limits and what is believed about a caller."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from portal.config import Settings
from portal.db import Database
from portal.models import RetentionPeriod
from portal.site import build_site
from portal.vault import KeyFault, Ring
from portal.vocabulary import RetentionRule
from wsgi import create_public_app

PAGES = ("/", "/gui-y-kien", "/tra-cuu", "/huong-dan", "/rieng-tu", "/thoat", "/healthz", "/none")


@pytest.fixture
def secure_client(public_settings: Settings) -> FlaskClient:
    """A browser on HTTPS."""
    app = create_public_app(replace(public_settings, secure_cookies=True))
    client = app.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    return client


@pytest.mark.parametrize("address", PAGES)
def test_every_page_carries_the_guarding_headers(public_client: FlaskClient, address: str) -> None:
    headers = public_client.get(address).headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    for name in ("Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"):
        assert headers.getlist(name) == ["same-origin"]
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers
    assert "Server" not in headers


def test_how_long_who_wrote_is_kept_is_read_from_the_table(
    database: Database, public_client: FlaskClient
) -> None:
    row = RetentionPeriod(
        rule=RetentionRule.CONTACT, amount=75, changed_at=datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    )
    with database.writing() as session:
        session.add(row)
    told = public_client.get("/rieng-tu").text
    assert "thời hạn riêng: 75 ngày sau khi việc kết thúc." in told
    assert "Họ tên, cách liên hệ của người gửi" not in told


def test_all_that_a_lawful_order_could_obtain_is_told(public_client: FlaskClient) -> None:
    told = public_client.get("/rieng-tu").text
    obtained = told.partition('id="orders"')[2].partition('<ul class="no">')[0]
    for what in ("Thư, tệp gửi kèm", "cán bộ nào đã mở", "Họ tên, số điện thoại, địa chỉ"):
        assert what in obtained
    # The worker alone opens an address for news, so that no custodian could refuse it.
    assert "Thư điện tử để nhận tin mà ông/bà đã ghi, khi chưa bị hủy." in obtained
    assert "không cần người giữ khóa" in obtained


def test_only_pages_without_anything_personal_may_be_remembered(
    public_client: FlaskClient,
) -> None:
    remembered = {page for page in PAGES if "no-cache" in cache(public_client, page)}
    assert remembered == {"/", "/gui-y-kien", "/tra-cuu", "/huong-dan", "/rieng-tu"}
    assert cache(public_client, "/thoat") == "no-store"


def cache(client: FlaskClient, page: str) -> str:
    """What a page says about being kept."""
    return client.get(page).headers["Cache-Control"]


def test_the_session_cookie_is_of_this_site_and_this_room_alone(
    public_client: FlaskClient,
) -> None:
    cookie = public_client.get("/gui-y-kien").headers["Set-Cookie"]
    assert cookie.startswith("portal_public=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Expires" not in cookie


def test_on_https_cookies_and_transport_are_strict(secure_client: FlaskClient) -> None:
    answer = secure_client.get("/gui-y-kien?lang=en", base_url="https://localhost")
    cookies = answer.headers.getlist("Set-Cookie")
    assert all("Secure" in cookie for cookie in cookies)
    assert any(cookie.startswith("__Host-portal_public=") for cookie in cookies)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_reading_a_page_sets_no_cookie(public_client: FlaskClient) -> None:
    for address in ("/", "/huong-dan", "/rieng-tu", "/thoat", "/none", "/static/site.css"):
        assert "Set-Cookie" not in public_client.get(address).headers


def test_the_quick_way_out_forgets_the_browser_and_names_nothing(
    public_client: FlaskClient,
) -> None:
    public_client.get("/gui-y-kien?lang=en")
    answer = public_client.get("/thoat")
    assert len(answer.headers.getlist("Set-Cookie")) == 2
    assert public_client.get_cookie("portal_public") is None
    assert public_client.get_cookie("lang") is None
    assert "Cổng tiếp nhận" not in answer.text
    assert "<table>" in answer.text


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "203.0.113.9")])
def test_a_proxy_is_believed_only_when_it_is_named(
    public_settings: Settings, proxies: int, address: str
) -> None:
    app = create_public_app(replace(public_settings, trusted_proxies=proxies))
    app.add_url_rule("/who", "who", lambda: request.remote_addr or "")
    forwarded = {"X-Forwarded-For": "203.0.113.9"}
    assert app.test_client().get("/who", headers=forwarded).text == address


def test_a_ring_without_a_session_secret_is_one_sentence(
    ring_worker: Ring, public_settings: Settings, database: Database
) -> None:
    with pytest.raises(KeyFault, match=r"session\.secret is missing"):
        build_site("public", settings=public_settings, ring=ring_worker, database=database)


@pytest.fixture
def sample_app(public_app: Flask, database: Database) -> Flask:
    """A site whose database holds sample data."""
    with database.writing() as session:
        session.connection().exec_driver_sql("INSERT INTO setting VALUES ('sample', '1')")
    return public_app


def test_sample_data_is_marked_on_every_page(sample_app: Flask) -> None:
    client = sample_app.test_client()
    for address in ("/", "/gui-y-kien", "/tra-cuu", "/huong-dan", "/rieng-tu", "/none"):
        assert "DỮ LIỆU MẪU" in client.get(address).text


def test_real_data_is_not_marked(public_client: FlaskClient) -> None:
    assert "DỮ LIỆU MẪU" not in public_client.get("/gui-y-kien").text


def test_place_and_telephone_are_those_of_the_installation(public_client: FlaskClient) -> None:
    text = public_client.get("/").text
    assert "Tỉnh Lạng Sơn" in text
    assert 'href="tel:0500000001"' in text
