"""The frame of staff pages: whose page it is, which room an error page belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete

from portal.config import Settings
from portal.models import Grant
from tests.moderation.conftest import StaffClient
from tests.moderation.ward import Ward
from tests.pages import CheckingClient, page_of
from wsgi import create_app


@pytest.fixture
def both_rooms(ward: Ward) -> Iterator[Flask]:
    """Both rooms in one app."""
    url = ward.database.engine.url
    settings = Settings(
        database_url=url.render_as_string(hide_password=False),
        keys=Path(url.database or "").parent / "keys" / "staff",
        testing=True,
    )
    app = create_app(settings, clock=lambda: ward.at)
    app.test_client_class = CheckingClient
    yield app
    app.extensions["portal"].database.engine.dispose()


@pytest.mark.parametrize(
    ("login", "said"),
    [
        ("hoa", "Lương Thị Hòa · Kiểm duyệt"),
        ("both", "Triệu Văn Sơn · Kiểm duyệt, Cấp ủy"),
        ("ky", "Chu Thị Kỳ · Ủy ban kiểm tra"),
    ],
)
def test_the_head_names_the_person_and_their_roles(
    staff_client: StaffClient, login: str, said: str
) -> None:
    assert said in page_of(staff_client(login).get("/settings/")).text


def test_the_head_of_somebody_without_a_role_names_the_person_alone(
    ward: Ward, staff_client: StaffClient
) -> None:
    browser = staff_client("hoa")
    with ward.database.writing() as session:
        session.execute(delete(Grant).where(Grant.account_id == ward.accounts["hoa"]))
    text = page_of(browser.get("/settings/")).text
    assert "Lương Thị Hòa" in text
    assert "Lương Thị Hòa ·" not in text


def test_the_head_names_no_desk_that_the_person_may_not_open(staff_client: StaffClient) -> None:
    committee = staff_client("thanh").get("/settings/").text
    assert "/committee/" in committee
    assert "/desk/" not in committee
    both = staff_client("both").get("/settings/").text
    assert "/committee/" in both
    assert "/desk/" in both


@pytest.mark.parametrize("login", [None, "auditor", "hoa", "thanh"])
def test_no_error_page_is_a_dead_end(staff_client: StaffClient, login: str | None) -> None:
    response = staff_client(login).get("/khong-co")
    assert response.status_code == 404
    assert 'class="btn" href="/' in response.text


def test_an_error_page_is_drawn_without_the_person_when_the_database_is_away(
    ward: Ward, staff_client: StaffClient
) -> None:
    client = staff_client("hoa")
    database = Path(ward.database.engine.url.database or "")
    ward.database.engine.dispose()
    database.write_bytes(b"this is no database " * 1_000)
    for address, status in (("/desk/", {500, 503}), ("/khong-co", {404})):
        response = client.get(address)
        assert response.status_code in status
        assert "Lương Thị Hòa" not in response.text
        assert "Tiếp nhận ý kiến nhân dân" in response.text


def test_in_one_app_each_room_has_its_own_frame(both_rooms: Flask) -> None:
    client = both_rooms.test_client()
    assert 'class="desk"' not in client.get("/").text
    assert 'class="desk"' not in client.get("/khong-co").text
    assert 'class="desk"' in client.get("/sign-in").text
    assert client.get("/desk/").headers["Location"] == "/sign-in?next=/desk/"
