"""Who wrote, over HTTP: asked for on a case, decided by custodians, read by one person."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from argon2 import low_level
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select, update
from werkzeug.test import TestResponse

from moderation import accounts
from portal.models import (
    Custodian,
    CustodianSitting,
    Grant,
    IdentityApproval,
    IdentityShare,
    JournalEntry,
)
from portal.vocabulary import Deed, Role
from tests.doors.course import Course
from tests.moderation.conftest import StaffClient
from tests.moderation.identity.keepers import (
    MAIL,
    PASSPHRASE,
    TOLD,
    WHY,
    agree,
    appoint,
    ask,
    write,
)
from tests.moderation.identity.keepers import sign as sign_roster
from tests.moderation.views.staffer import Staffer
from tests.moderation.walking import Walk
from tests.moderation.ward import COMMISSION, Ward
from tests.pages import page_of


@pytest.fixture
def walk(ward: Ward) -> Walk:
    """A letter whose writer said who they are, and three custodians at the province."""
    appoint(ward, "sao", "trang", "may")
    return write(ward)


def sent(client: FlaskClient, path: str, page: str, **fields: str) -> TestResponse:
    """Send a form as a page would."""
    token = page_of(client.get(page)).fields["csrf_token"]
    return client.post(path, data={"csrf_token": token} | fields)


def asked_by(walk: Walk, client: FlaskClient, reader: str, note: str = WHY) -> TestResponse:
    """Ask on the page of a case."""
    path = f"identity/{walk.number}"
    reader_id = str(walk.ward.accounts[reader])
    return Staffer(client, "case", walk.number).send(path, reader=reader_id, note=note)


def test_two_custodians_open_it_for_one_reader(walk: Walk, staff_client: StaffClient) -> None:
    hoa, lam = staff_client("hoa"), staff_client("lam")
    case, path = f"/case/{walk.number}", f"/case/{walk.number}/identity/{walk.number}"
    assert "Đang niêm phong, chưa ai đề nghị mở." in page_of(hoa.get(case)).text
    assert page_of(hoa.get(path)).fields["reader"] == str(walk.ward.accounts["hoa"])
    assert asked_by(walk, hoa, "lam").status_code == 302
    assert "Đang chờ hai người giữ khóa" in page_of(hoa.get(case)).text
    for login, said in (("sao", "Cần thêm một người giữ khóa"), ("trang", "Đã mở cho người xem")):
        custodian = staff_client(login)
        page = page_of(custodian.get("/identity/"))
        assert walk.reference in page.text
        assert "Nông Văn Bách" not in page.text
        request = page_of(custodian.get("/identity/requests/1"))
        assert WHY in request.text
        wrong = sent(
            custodian, "/identity/requests/1/agree", "/identity/requests/1", passphrase="x"
        )
        assert wrong.status_code == 422
        assert "Câu khóa không đúng" in page_of(wrong).text
        right = sent(
            custodian, "/identity/requests/1/agree", "/identity/requests/1", passphrase=PASSPHRASE
        )
        assert said in page_of(custodian.get(right.location)).text
    read = Staffer(lam, "case", walk.number).send(f"identity/{walk.number}/read")
    for each in (TOLD.name, TOLD.telephone, TOLD.address):
        assert each in page_of(read).text
    assert MAIL not in page_of(read).text
    assert read.headers["Cache-Control"] == "no-store"
    assert TOLD.name not in page_of(hoa.get(path)).text
    assert Staffer(hoa, "case", walk.number).send(f"identity/{walk.number}/read").status_code == 404
    with walk.ward.database.reading() as session:
        deeds = session.scalars(select(JournalEntry.deed)).all()
    assert deeds.count(Deed.IDENTITY_READ) == 1


def test_one_refusal_ends_it(walk: Walk, staff_client: StaffClient) -> None:
    ask(walk)
    sao = staff_client("sao")
    answer = sent(sao, "/identity/requests/1/refuse", "/identity/requests/1")
    assert "Đã ghi không đồng ý" in page_of(sao.get(answer.location)).text
    assert staff_client("trang").get("/identity/requests/1").status_code == 404
    case = page_of(staff_client("hoa").get(f"/case/{walk.number}")).text
    assert "Người giữ khóa không đồng ý mở lần trước." in case


def test_what_is_refused_keeps_what_was_typed(walk: Walk, staff_client: StaffClient) -> None:
    hoa = staff_client("hoa")
    named = "Cần hỏi lại việc của ông Nông Văn Bách."
    answer = asked_by(walk, hoa, "lam", named)
    assert answer.status_code == 422
    assert "không nêu: “Nông Văn Bách”" in page_of(answer).text
    assert page_of(answer).fields["note"].strip() == named
    assert asked_by(walk, hoa, "thanh").status_code == 422
    assert asked_by(walk, hoa, "lam", "").status_code == 422
    assert asked_by(walk, hoa, "lam").status_code == 302
    assert "Việc này đã có người đề nghị" in page_of(asked_by(walk, hoa, "lam")).text


def test_with_too_few_custodians_the_page_says_so(ward: Ward, staff_client: StaffClient) -> None:
    appoint(ward, "hoa", "sao")
    walk = write(ward)
    answer = asked_by(walk, staff_client("hoa"), "hoa")
    assert answer.status_code == 422
    assert "Chưa đủ hai người giữ khóa" in page_of(answer).text


def test_a_commission_asks_and_reads(ward: Ward, staff_client: StaffClient) -> None:
    appoint(ward, "sao", "trang")
    walk = write(ward, fears=True)
    walk.handler, walk.handled_by = COMMISSION, "ky"
    walk.claim()
    for stage in (Course.choose, Course.propose, Course.confirm, Course.route):
        stage(walk)
    ky = staff_client("ky")
    staffer = Staffer(ky, "committee", walk.number)
    answer = staffer.send(
        f"identity/{walk.number}", reader=str(ward.accounts["ky"]), note="Cần gọi lại để hỏi rõ."
    )
    assert answer.status_code == 302, page_of(answer).text
    for login in ("sao", "trang"):
        agree(walk, login, 1)
    read = staffer.send(f"identity/{walk.number}/read")
    assert TOLD.telephone in page_of(read).text


def test_making_a_key_says_that_nobody_can_recover_it(
    ward: Ward, staff_client: StaffClient
) -> None:
    appoint(ward, "sao", "trang", keyed=False)
    sao = staff_client("sao")
    home = page_of(sao.get("/identity/")).text
    assert "Chưa đủ hai người giữ khóa" in home
    assert "không ai mở được nữa" in page_of(sao.get("/identity/key")).text
    refused = (
        ({"again": "khác hẳn"}, "Hai lần nhập không giống nhau"),
        ({"understood": ""}, "Xin đọc và đánh dấu ô này"),
        ({"passphrase": "ngắn", "again": "ngắn"}, "ít nhất 12 ký tự"),
    )
    whole = {"passphrase": PASSPHRASE, "again": PASSPHRASE, "understood": "y"}
    for wrong, said in refused:
        answer = sent(sao, "/identity/key", "/identity/key", **whole | wrong)
        assert answer.status_code == 422
        assert said in page_of(answer).text
        assert PASSPHRASE not in answer.text
    answer = sent(sao, "/identity/key", "/identity/key", **whole)
    assert "Đã tạo khóa" in page_of(sao.get(answer.location)).text
    assert sao.get("/identity/key").status_code == 404
    with ward.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Custodian)) == 1


def test_two_custodians_admit_a_third_at_one_desk(walk: Walk, staff_client: StaffClient) -> None:
    ward = walk.ward
    appoint(ward, "hai")
    sao = staff_client("sao")
    page = page_of(sao.get("/identity/sitting"))
    assert "Nhận thêm: Hoàng Thị Hai" in page.text
    whole = {"change": "4-", "passphrase": PASSPHRASE, "other": "2", "other_passphrase": PASSPHRASE}
    for wrong, said in (
        ({"other_passphrase": "sai"}, "Câu khóa không đúng"),
        ({"change": "9-"}, "không có trong danh sách"),
        ({"other": "1"}, "không có trong danh sách"),
    ):
        answer = sent(sao, "/identity/sitting", "/identity/sitting", **whole | wrong)
        assert answer.status_code == 422
        assert said in page_of(answer).text
        assert PASSPHRASE not in answer.text
    answer = sent(sao, "/identity/sitting", "/identity/sitting", **whole)
    sign_roster(ward)
    home = page_of(sao.get(answer.location)).text
    assert "xong 0 trên 1 danh tính" in home
    assert "Vài phút nữa" not in home
    with ward.database.writing() as session:
        session.execute(update(CustodianSitting).values(done=1))
    assert "Vài phút nữa" in page_of(sao.get("/identity/")).text
    assert staff_client("hai").get("/identity/sitting").status_code == 200
    with ward.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(CustodianSitting)) == 1
        assert session.scalar(select(func.count()).select_from(IdentityApproval)) == 0


def test_nobody_waits_while_a_passphrase_is_tried(
    walk: Walk, staff_client: StaffClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward, tried = walk.ward, list[int]()
    real = low_level.hash_secret_raw

    def watched(*given: Any, **more: Any) -> bytes:
        """The library's work, during which somebody else writes at once."""
        path = str(ward.database.engine.url.database)
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
        tried.append(1)
        return real(*given, **more)

    monkeypatch.setattr(accounts, "hash_secret_raw", watched)
    ask(walk)
    appoint(ward, "hai", keyed=False)
    sao, hai = staff_client("sao"), staff_client("hai")
    tried.clear()
    whole = {"passphrase": PASSPHRASE, "again": PASSPHRASE, "understood": "y"}
    agreed = "/identity/requests/1/agree"
    assert sent(sao, agreed, "/identity/requests/1", passphrase=PASSPHRASE).status_code == 302
    assert sent(hai, "/identity/key", "/identity/key", **whole).status_code == 302
    both = {"change": "-3", "passphrase": PASSPHRASE, "other_passphrase": PASSPHRASE}
    assert sent(sao, "/identity/sitting", "/identity/sitting", other="2", **both).status_code == 302
    assert len(tried) == 4


def test_before_a_custodian_goes_it_is_told_what_goes_with_them(
    walk: Walk, staff_client: StaffClient
) -> None:
    ward, an = walk.ward, staff_client("an")
    with ward.database.reading() as session:
        grants = dict(
            session.execute(
                select(Grant.account_id, Grant.id).where(Grant.role == Role.CUSTODIAN)
            ).all()
        )

    def told(login: str) -> tuple[str, str]:
        room = f"/settings/accounts/{ward.accounts[login]}"
        ends = page_of(an.get(f"{room}/end")).text
        return ends, page_of(an.get(f"{room}/roles/{grants[ward.accounts[login]]}")).text

    for page in told("sao"):
        assert "Nên để hai người giữ khóa họp trước" in page
        assert "Những người giữ khóa khác vẫn mở được" in page
    with ward.database.writing() as session:
        session.execute(delete(IdentityShare).where(IdentityShare.custodian_id == 3))
    for page in told("sao"):
        assert "có danh tính không còn ai mở được" in page
    assert (
        "giữ khóa danh tính"
        not in page_of(an.get(f"/settings/accounts/{ward.accounts['lua']}/end")).text
    )


def test_keys_are_nothing_for_a_browser_left_open(walk: Walk, staff_client: StaffClient) -> None:
    sao = staff_client("sao")
    walk.ward.later(minutes=11)
    for path in ("/identity/key", "/identity/sitting"):
        assert sao.get(path).headers["Location"].startswith("/sign-in/again")
    form = {"passphrase": PASSPHRASE, "other_passphrase": PASSPHRASE, "change": "x" * 30}
    answer = sent(sao, "/identity/sitting", "/identity/", **form)
    assert answer.status_code == 403
    assert PASSPHRASE not in answer.text


def test_the_pages_are_english_too(walk: Walk, staff_client: StaffClient) -> None:
    ask(walk)
    sao = staff_client("sao")
    assert "Requests that wait for you" in page_of(sao.get("/identity/?lang=en")).text
    for path in ("/identity/requests/1", "/identity/sitting"):
        assert page_of(sao.get(path)).lang == "en"
