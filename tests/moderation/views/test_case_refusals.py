"""What a case page answers to a late, forged or unreadable request: a clear page, nothing lost."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy.exc import OperationalError

from portal.models import Case, Event
from portal.vocabulary import Status
from tests.doors.course import TEXTS
from tests.moderation.views.conftest import Sit, Walk
from tests.moderation.views.test_case_screening import READ_AS, status_of
from tests.moderation.ward import Ward
from tests.pages import page_of

ELIGIBLE = ("send", "prepare", "claim", "choose", "propose", "confirm")
WORKING = (*ELIGIBLE, "route", "accept")


def test_the_later_of_two_people_reads_who_changed_what_and_keeps_the_text(
    walk: Walk, sit: Sit
) -> None:
    walk(*WORKING, "listen", "report")
    hoa, lam = sit("hoa", "case"), sit("lam", "case")
    seen = hoa.marks()
    lam.do("publish", answer="Chi bộ đã nhắc nhở.")
    typed = "Vật liệu đã được dọn xong."
    late = hoa.client.post(f"{hoa.address}/publish", data=seen | {"answer": typed})
    page = page_of(late)
    assert late.status_code == 409
    assert "Đ/c Chu Văn Lâm: Trả lời người gửi: Nội dung có cơ sở một phần" in page.text
    assert typed in late.text
    assert f'href="{hoa.address}"' in late.text


def test_a_committee_is_told_of_the_desk_without_a_name_or_an_hour(walk: Walk, sit: Sit) -> None:
    course = walk(*WORKING)
    thanh = sit("thanh", "committee")
    seen = thanh.marks()
    course.refer()
    late = thanh.client.post(
        f"{thanh.address}/follow-up", data=seen | {"deed": "remind", "note": "Đã nhắc."}
    )
    page = page_of(late)
    assert late.status_code == 409
    assert "Bộ phận tiếp nhận: Hướng dẫn cơ quan có thẩm quyền 23/11/2026" in page.text
    assert "Lương Thị Hòa" not in late.text
    assert "Đã nhắc." in late.text


def test_a_button_pressed_twice_is_carried_out_once(walk: Walk, sit: Sit, ward: Ward) -> None:
    course = walk("send", "prepare")
    hoa = sit("hoa", "case")
    seen = hoa.marks()
    first = hoa.client.post(f"{hoa.address}/claim", data=seen)
    second = hoa.client.post(f"{hoa.address}/claim", data=seen)
    assert first.status_code == second.status_code == 302
    assert "Việc này đã được ghi, không ghi lần nữa." in hoa.page().text
    with ward.database.reading() as session:
        claims = session.query(Event).filter_by(case_id=course.number, action="claim").count()
    assert claims == 1


def test_two_tabs_of_one_person_do_not_overwrite_each_other(
    walk: Walk, sit: Sit, ward: Ward
) -> None:
    walk("send", "prepare", "claim")
    hoa = sit("hoa", "case")
    seen = hoa.marks()
    hoa.do("classify", **READ_AS)
    ward.later(minutes=1)
    late = hoa.client.post(f"{hoa.address}/classify", data=seen | READ_AS)
    assert late.status_code == 409
    assert "Phân loại: Phản ánh, Phê bình" in page_of(late).text


@pytest.mark.parametrize("version", ["", "x", "1.5", "９x"])
def test_a_form_without_its_version_is_refused(walk: Walk, sit: Sit, version: str) -> None:
    walk("send", "prepare")
    hoa = sit("hoa", "case")
    assert hoa.send("claim", version=version).status_code == 400


@pytest.mark.parametrize("version", ["0", "-1", "99999999999999999999"])
def test_a_version_that_never_was_is_a_conflict(walk: Walk, sit: Sit, version: str) -> None:
    course = walk("send", "prepare")
    assert sit("hoa", "case").send("claim", version=version).status_code == 409
    assert status_of(course) is Status.RECEIVED


def test_an_action_that_does_not_fit_gets_a_clear_page(walk: Walk, sit: Sit) -> None:
    course = walk("send", "prepare")
    hoa = sit("hoa", "case")
    for path, fields in {
        "release": {},
        "confirm": {},
        "classify": READ_AS,
        "choose": {"member": "none"},
        "verify": {},
        "ask": {"question": "Việc này khi nào?"},
        "decline": {"reason": "spam", "note": "Gửi lặp."},
        "object": {"reason": "Không đúng."},
        "route": {"organisation": "5", "shown": "Vật liệu.", **TEXTS},
        "publish": {"answer": "Đã xong."},
        "send-back": {"reason": "Chưa rõ."},
    }.items():
        response = hoa.send(path, **fields)
        assert response.status_code == 409, path
        page = page_of(response)
        assert "Việc này chưa làm được" in page.text
        assert "Máy đã che 1 chỗ" in page.text
        for text in ("Việc này khi nào?", "Gửi lặp.", "Không đúng.", "Đã xong.", "Chưa rõ."):
            assert (text in response.text) is (text in fields.values()), path
    for path in ("ask", "decline", "refer", "object", "send-back"):
        assert hoa.get(path).status_code == 409
    assert status_of(course) is Status.RECEIVED


def test_forged_actions_and_ids_get_a_clear_page(walk: Walk, sit: Sit) -> None:
    walk("send", "prepare", "claim")
    hoa = sit("hoa", "case")
    assert hoa.send("explode").status_code == 404
    assert hoa.get("close").status_code == 404
    assert hoa.get("claim").status_code == 405
    for member in (str(uuid4()), "1", "' OR 1=1", "Ông Bách"):
        response = hoa.send("choose", member=member)
        assert response.status_code == 422
        assert "Không có đảng viên này trong danh sách. Xin chọn lại." in page_of(response).text
    assert hoa.send("classify", **(READ_AS | {"kind": "denunciation"})).status_code == 422
    assert hoa.send("decline", reason="because", note="Vì thế.").status_code == 422
    assert hoa.client.get("/case/99999999999999999999999").status_code == 404
    assert hoa.client.get("/case/-1").status_code == 404


@pytest.mark.parametrize(
    "text", ["", "   ", "\u200b\u00a0\u2060", "\x00\x07", "a" * 2_001, "Chữ h\ufffdng"]
)
def test_unreadable_text_is_refused_with_a_sentence(walk: Walk, sit: Sit, text: str) -> None:
    course = walk("send", "prepare", "claim")
    response = sit("hoa", "case").send("ask", question=text)
    assert response.status_code == 422
    assert page_of(response).title.startswith("Lỗi:")
    assert status_of(course) is Status.SCREENING


def test_a_megabyte_of_text_comes_back_with_a_sentence(walk: Walk, sit: Sit) -> None:
    walk("send", "prepare", "claim")
    response = sit("hoa", "case").send("ask", question="chữ " * 250_000)
    assert response.status_code == 422
    assert "Xin viết ngắn lại" in page_of(response).text


def test_a_form_without_its_token_is_refused_and_kept(walk: Walk, sit: Sit) -> None:
    course = walk("send", "prepare", "claim")
    hoa = sit("hoa", "case")
    question = "Việc này xảy ra khoảng ngày nào, thưa ông/bà?"
    response = hoa.send("ask", csrf_token="forged", question=question)
    assert response.status_code == 400
    assert question in response.text
    assert status_of(course) is Status.SCREENING


def test_a_database_that_does_not_answer_loses_no_text(
    walk: Walk, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk("send", "prepare", "claim")
    hoa = sit("hoa", "case")
    marks = hoa.marks()

    def gone(*_args: object, **_options: object) -> None:
        raise OperationalError("INSERT", {}, Exception("disk is full"))

    monkeypatch.setattr("moderation.screening.ask", gone)
    question = "Việc này xảy ra khoảng ngày nào?"
    response = hoa.client.post(f"{hoa.address}/ask", data=marks | {"question": question})
    assert response.status_code == 503
    assert question in response.text


def test_whoever_is_not_signed_in_is_sent_to_sign_in(walk: Walk, sit: Sit, ward: Ward) -> None:
    course = walk("send", "prepare")
    hoa = sit("hoa", "case")
    hoa.client.post("/sign-out", data=hoa.marks())
    response = hoa.get()
    assert response.status_code == 302
    assert response.location.startswith("/sign-in")
    with ward.database.reading() as session:
        assert session.get_one(Case, course.number).claimant_id is None
