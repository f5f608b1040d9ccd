"""The whole path over HTTP: a resident's comment reaches its cell, and the answer comes back.

The public and the staff process stand on one database, each with its own keys, the public one
held to its rights, and the worker carries out what waits between them. Nothing is put into the
database but people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from moderation import granting, worker
from moderation.accounts import hash_password
from portal.clock import now
from portal.config import Settings
from portal.models import Account, Attachment, Case
from portal.text import vn_date
from portal.vocabulary import Status
from tests import telephones
from tests.doors.course import TEXTS
from tests.moderation import ward as wards
from tests.moderation.views.staffer import Staffer
from tests.moderation.ward import CELL_7, COMMISSION, WARD, Ward
from tests.pages import CheckingClient, page_of
from tests.portal.residents import Resident
from tests.postgres import PUBLIC
from tests.specimens import CAMERA, large_photo
from tests.uploads import post
from wsgi import create_public_app, create_staff_app

PASSWORD = "Suối Đồng Kỳ 1979"
TICKED = dict.fromkeys(("readable", "in_scope", "masked", "not_duplicate", "right_member"), "y")
OWN = (
    "Mấy tháng nay ông Bách để vật liệu xây dựng lấn hết vỉa hè trước số nhà 15. "
    "Bà con nhắc nhưng chưa dọn. Số máy ông ấy 0912 345 678."
)


@dataclass
class Town:
    """Both sites, the worker between them, and everybody's browser."""

    ward: Ward
    public: Flask
    staff: Flask

    def work(self) -> None:
        """Let the worker do what waits."""
        worker.work_once(self.ward.database, self.ward.worker_ring)

    def resident(self) -> Resident:
        """Somebody at home."""
        return Resident(self.public.test_client())

    def sign_in(self, login: str) -> FlaskClient:
        """Somebody of the staff, signed in by name, password and code."""
        client = self.staff.test_client()
        token = page_of(client.get("/sign-in")).fields["csrf_token"]
        fields = {"csrf_token": token, "login": login, "password": PASSWORD}
        second = client.post("/sign-in", data=fields, follow_redirects=True)
        code = telephones.shown(self.ward.database, self.ward.ring.search, login, at=now())
        fields = {"csrf_token": page_of(second).fields["csrf_token"], "code": code}
        assert client.post("/sign-in/second", data=fields).status_code == 302
        return client

    def case(self) -> Case:
        """The one case there is."""
        with self.ward.database.reading() as session:
            return session.scalars(select(Case)).one()


@pytest.fixture(params=["sqlite", "postgresql"])
def town(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Town]:
    folder = tmp_path / "town"
    folder.mkdir()
    elsewhere = request.param == "postgresql"
    ward = wards.build(folder, request.getfixturevalue("elsewhere") if elsewhere else "")
    urls = {"staff": ward.database.engine.url, "public": ward.database.engine.url}
    if elsewhere:
        with ward.database.writer.begin() as connection:
            granting.apply(connection, role=PUBLIC)
        urls["public"] = urls["public"].set(username=PUBLIC)
    stored = hash_password(PASSWORD)
    with ward.database.writing() as session:
        for account in session.scalars(select(Account)):
            account.password_hash = stored
    telephones.hand_out(ward.database, ward.ring.search, at=now())

    def settings(holder: str) -> Settings:
        url = urls[holder].render_as_string(hide_password=False)
        files = str(folder / "files")
        return Settings(database_url=url, files=files, keys=folder / "keys" / holder, testing=True)

    apps = (create_public_app(settings("public")), create_staff_app(settings("staff")))
    for app in apps:
        app.test_client_class = CheckingClient
    yield Town(ward, *apps)
    ward.database.engine.dispose()
    for app in apps:
        app.extensions["portal"].database.engine.dispose()


def test_a_comment_reaches_its_cell_and_the_answer_comes_back(town: Town) -> None:
    resident = town.resident()
    code = resident.send(what=OWN, unit=str(WARD), kind="report", context="residence")
    assert "Đã tiếp nhận" in resident.track(code).text
    town.work()
    number = town.case().id
    hoa = Staffer(town.sign_in("hoa"), "case", number)
    assert f"/case/{number}" in hoa.client.get("/desk/").text
    assert "[đã che số điện thoại]" in hoa.page().text
    hoa.do("claim")
    hoa.do("classify", kind="report", sentiment="criticism", topic="environment_order")
    hoa.do("choose", member=str(town.ward.members["bach"]))
    hoa.do("verify", guessable="no", **TICKED)
    lam = Staffer(town.sign_in("lam"), "case", number)
    lam.do("confirm")
    lam.do(
        "route", organisation=str(CELL_7), shown="Có ý kiến về vật liệu để trên vỉa hè.", **TEXTS
    )
    assert "Đã chuyển tổ chức đảng" in resident.track(code).text
    _handle(town, number)
    lam.do("publish", answer="Chi bộ đã nhắc, vật liệu đã được dọn xong.")
    answered = resident.track(code)
    assert "Nội dung có cơ sở một phần" in answered.text
    assert "Chi bộ đã nhắc, vật liệu đã được dọn xong." in answered.text
    resident.track(code, "rate", rating="satisfied", comment="Cảm ơn chi bộ.")
    town.work()
    assert town.case().status is Status.CLOSED
    assert "Đã kết thúc" in resident.track(code).text
    assert "Hài lòng" in hoa.page().text


def _handle(town: Town, number: int) -> None:
    """The committee's part: it takes the case on, acts, hears the member and reports."""
    today = vn_date(now())
    thanh = Staffer(town.sign_in("thanh"), "committee", number)
    page = thanh.page()
    assert "Có ý kiến về vật liệu để trên vỉa hè." in page.text
    for own in ("Mấy tháng nay", "số nhà 15", "đã che"):
        assert own not in page.html
    thanh.do("accept")
    thanh.do("follow-up", deed="field_check", done_on=today, note="Chi bộ đã xem tại chỗ.")
    again = {"read_back": "y", "read_on": today}
    thanh.do("statement", outcome="given", text="Tôi sẽ dọn.", asked_on=today, **again)
    thanh.do("report", finding="partly", draft="Chi bộ đã nhắc nhở.")


def test_a_question_goes_to_the_resident_and_the_answer_to_the_desk(town: Town) -> None:
    resident = town.resident()
    code = resident.send(what=OWN, unit=str(WARD))
    town.work()
    hoa = Staffer(town.sign_in("hoa"), "case", town.case().id)
    hoa.do("claim")
    hoa.do("ask", question="Việc này xảy ra từ khi nào?")
    assert "Việc này xảy ra từ khi nào?" in resident.track(code).text
    resident.track(code, "supply", text="Từ đầu tháng 9, gọi 0987 654 321.")
    assert "đang chờ ghi nhận" in hoa.page().text
    town.work()
    page = hoa.page()
    assert town.case().status is Status.SCREENING
    assert "Từ đầu tháng 9" in page.text
    assert "0987" not in page.html


def test_fear_of_retaliation_goes_to_the_commission_only(town: Town) -> None:
    resident = town.resident()
    code = resident.send(what=OWN, unit=str(WARD), fears="y")
    town.work()
    number = town.case().id
    hoa = Staffer(town.sign_in("hoa"), "case", number)
    hoa.do("claim")
    hoa.do("classify", kind="report", sentiment="criticism", topic="environment_order")
    hoa.do("choose", member=str(town.ward.members["bach"]))
    hoa.do("verify", guessable="no", **TICKED)
    lam = Staffer(town.sign_in("lam"), "case", number)
    lam.do("confirm")
    assert (
        lam.send("route", organisation=str(CELL_7), shown="Có việc ở khối.", **TEXTS).status_code
        == 422
    )
    lam.do("route", organisation=str(COMMISSION), shown="Có việc vật liệu ở lối đi chung.", **TEXTS)
    assert Staffer(town.sign_in("ky"), "committee", number).get().status_code == 200
    for login in ("thanh", "vinh", "province"):
        assert Staffer(town.sign_in(login), "committee", number).get().status_code == 404
    resident.track(code, "withdraw")
    town.work()
    assert town.case().status is Status.ROUTED
    assert town.case().keep_until is not None
    assert "Người gửi" in Staffer(town.sign_in("hoa"), "case", number).page().text


def test_a_photograph_of_twelve_megabytes_comes_to_the_cell_without_its_place(town: Town) -> None:
    resident = town.resident()
    code = resident.send(what=OWN, unit=str(WARD), kind="report", context="residence")
    fields = {name: resident.page.fields[name] for name in ("csrf_token", "form_token")}
    sent = post(resident.browser, "/gui-y-kien/tep", large_photo(), "IMG_0912345678.jpg", **fields)
    assert "Cổng đã nhận tệp của ông/bà." in page_of(sent).text
    town.work()
    number = town.case().id
    hoa = Staffer(town.sign_in("hoa"), "case", number)
    hoa.do("claim")
    hoa.do("classify", kind="report", sentiment="criticism", topic="environment_order")
    hoa.do("choose", member=str(town.ward.members["bach"]))
    hoa.do("verify", guessable="no", **TICKED)
    lam = Staffer(town.sign_in("lam"), "case", number)
    lam.do("confirm")
    lam.do(
        "route", organisation=str(CELL_7), shown="Có ý kiến về vật liệu để trên vỉa hè.", **TEXTS
    )
    with town.ward.database.reading() as session:
        file = str(session.scalars(select(Attachment.id)).one())
    thanh = Staffer(town.sign_in("thanh"), "committee", number)
    assert thanh.send("file", file=file).status_code == 409
    lam.do("release-file", file=file, looked="y")
    for reader in (lam, thanh):
        answer = reader.send("file", file=file)
        assert answer.status_code == 200
        with Image.open(BytesIO(answer.data)) as shown:
            assert (shown.size, dict(shown.getexif())) == ((3000, 4000), {})
        assert CAMERA.encode() not in answer.data
    followed = resident.track(code)
    assert "Nơi nhận được xem tệp của ông/bà" in followed.text
    assert "Ảnh JPEG" in followed.text
