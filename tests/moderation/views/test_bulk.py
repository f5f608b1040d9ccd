"""One deed for many cases, as somebody ticks, looks, orders, and takes it back."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from moderation.worker import work_once
from portal.models import Case
from portal.models.submission import reference_of
from portal.vocabulary import Status
from tests.moderation.bulk.test_bulk import claim, hide, order
from tests.moderation.bulk.test_declining_and_merging import letters as letters
from tests.moderation.conftest import MakeCase, StaffClient
from tests.moderation.ward import Ward
from tests.pages import Page, page_of


@pytest.fixture
def cases(ward: Ward, make_case: MakeCase) -> list[int]:
    """Three received cases."""
    with ward.database.writing() as session:
        return [make_case(session, due_at=ward.at).id for _each in range(3)]


def preview(browser: FlaskClient, *numbers: int, **answers: str) -> Page:
    """The page that says what would happen."""
    asked = {"do": "claim", "case": [str(number) for number in numbers], **answers}
    return page_of(browser.get("/bulk/new", query_string=asked))


def send(browser: FlaskClient, page: Page) -> Page:
    """Press the button of that page."""
    fields = {name: page.fields[name] for name in ("csrf_token", "do", "cases")}
    return page_of(browser.post(page.action, data=fields, follow_redirects=True))


def test_a_line_is_ticked_and_the_desk_names_what_can_be_done(
    staff_client: StaffClient, cases: list[int]
) -> None:
    html = staff_client("hoa").get("/desk/?list=todo&status=received").text
    assert html.count('name="case"') == 3
    assert 'name="do" value="claim"' in html
    assert '<input type="hidden" name="status" value="received">' in html
    assert 'name="case"' not in staff_client("hoa").get("/desk/?list=handling").text


def test_ticked_cases_are_taken_ten_minutes_after_they_were_ordered(
    ward: Ward, staff_client: StaffClient, cases: list[int]
) -> None:
    hoa = staff_client("hoa")
    page = preview(hoa, *cases[:2])
    assert page.h1 == "Nhận 2 hồ sơ"
    assert "Việc bắt đầu sau 10 phút" in page.text
    desk = send(hoa, page)
    assert "Bắt đầu lúc 10:10" in desk.text
    waiting = page_of(hoa.get(_address(hoa))).text
    assert all((reference_of(each) in waiting) is (each in cases[:2]) for each in cases)
    assert "Bắt đầu lúc" not in page_of(staff_client("lam").get("/desk/")).text
    ward.later(minutes=10)
    work_once(ward.database, ward.worker_ring, at=ward.at)
    assert "Bắt đầu lúc" not in page_of(hoa.get("/desk/")).text
    shown = page_of(hoa.get(_address(hoa)))
    assert "Đã xét 2 trên 2 hồ sơ, đã làm 2." in shown.text
    assert "Nhận 2 hồ sơ" in page_of(hoa.get("/bulk/")).text


def test_all_of_a_list_means_the_list_that_was_seen(
    staff_client: StaffClient, cases: list[int]
) -> None:
    hoa = staff_client("hoa")
    token = page_of(hoa.get("/desk/")).fields["csrf_token"]
    asked = {"csrf_token": token, "list": "todo", "status": "screening"}
    assert hoa.post("/desk/filter", data=asked).status_code == 302
    assert preview(hoa, list="todo", all="1").h1 == "Nhận 3 hồ sơ"
    assert "Chưa chọn hồ sơ nào" in preview(hoa, list="todo", all="1", status="screening").text


def test_all_of_a_list_can_be_taken_without_ticking_one_by_one(
    ward: Ward, staff_client: StaffClient, cases: list[int]
) -> None:
    with ward.database.writing() as session:
        claim(ward, session, cases[0], "lam")
    hoa = staff_client("hoa")
    assert "Chưa chọn hồ sơ nào" in preview(hoa, list="todo").text
    every = preview(hoa, list="todo", all="1")
    assert every.h1 == "Nhận 2 hồ sơ"
    assert "Để ngoài 1 hồ sơ" in every.text
    assert f"Người khác đang giữ · 1 {reference_of(cases[0])}" in every.text
    narrowed = preview(hoa, list="todo", status="screening", all="1")
    assert "Không hồ sơ nào làm được việc này." in narrowed.text
    assert preview(hoa, q="không phải số", all="1").h1 == "Nhận việc"


def test_more_than_five_hundred_are_cut_and_it_is_said(
    ward: Ward, staff_client: StaffClient, cases: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moderation.views.bulk.MOST", 2)
    page = preview(staff_client("hoa"), all="1")
    assert page.h1 == "Nhận 2 hồ sơ"
    assert "Danh sách còn dài hơn" in page.text


def test_what_has_changed_since_the_page_is_shown_once_more_before_it_is_ordered(
    ward: Ward, staff_client: StaffClient, cases: list[int]
) -> None:
    hoa = staff_client("hoa")
    page = preview(hoa, *cases)
    with ward.database.writing() as session:
        claim(ward, session, cases[0], "lam")
    again = send(hoa, page)
    assert "Các hồ sơ vừa thay đổi" in again.text
    assert again.h1 == "Nhận 2 hồ sơ"
    assert "Đã đặt" in send(hoa, again).text


def test_an_order_is_taken_back(ward: Ward, staff_client: StaffClient, cases: list[int]) -> None:
    hoa = staff_client("hoa")
    send(hoa, preview(hoa, *cases))
    fields = page_of(hoa.get("/desk/")).fields
    answer = hoa.post(f"{_address(hoa)}/cancel", data=fields, follow_redirects=True)
    assert "Đã hủy, 3 hồ sơ không đổi." in page_of(answer).text
    late = hoa.post(f"{_address(hoa)}/cancel", data=fields, follow_redirects=True)
    assert "không còn gì để hủy" in page_of(late).text
    ward.later(minutes=10)
    work_once(ward.database, ward.worker_ring, at=ward.at)
    with ward.database.reading() as session:
        assert {session.get_one(Case, each).status for each in cases} == {Status.RECEIVED}


def test_the_order_of_somebody_else_is_answered_like_one_that_is_not_there(
    ward: Ward, staff_client: StaffClient, cases: list[int]
) -> None:
    number, lam = order(ward, cases), staff_client("lam")
    token = page_of(lam.get("/desk/")).fields["csrf_token"]
    for path, data in ((f"/bulk/{number}", None), (f"/bulk/{number}/cancel", token)):
        elsewhere = path.replace(str(number), "99999999999999999999")
        answers = [
            lam.post(each, data={"csrf_token": data}) if data else lam.get(each)
            for each in (path, elsewhere)
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].data == answers[1].data


def test_a_hidden_number_in_a_form_is_answered_like_one_that_is_not_there(
    ward: Ward, staff_client: StaffClient, cases: list[int]
) -> None:
    with ward.database.writing() as session:
        hide(ward, session, cases[0], "hoa")
    hoa = staff_client("hoa")
    token = page_of(hoa.get("/desk/")).fields["csrf_token"]
    answers = [
        hoa.post(
            "/bulk/new",
            data={"csrf_token": token, "do": "claim", "cases": f"{number} x {'9' * 30} {cases[1]}"},
        )
        for number in (cases[0], 20260009999)
    ]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert answers[0].data == answers[1].data


def test_many_are_declined_with_one_reason_and_nothing_typed_is_lost(
    ward: Ward, staff_client: StaffClient, letters: list[int]
) -> None:
    hoa = staff_client("hoa")
    page = preview(hoa, *letters, do="decline")
    assert page.h1 == "Đề nghị không tiếp nhận 4 hồ sơ"
    fields = {**page.fields, "reason": "spam", "note": " "}
    empty = hoa.post(page.action, data=fields)
    assert empty.status_code == 422
    assert "Xin giải thích cho người gửi" in empty.text
    # How they were chosen is not forgotten, nor the way to the other choice.
    assert "Đang lấy 4 hồ sơ đã đánh dấu." in page_of(empty).text
    again = hoa.post(page.action, data={**page_of(empty).fields, "reason": "spam", "note": " "})
    assert "Đang lấy 4 hồ sơ đã đánh dấu." in page_of(again).text
    every = page_of(hoa.get("/bulk/new?do=decline&all=1"))
    whole = hoa.post(every.action, data={**every.fields, "reason": "spam", "note": " "})
    assert "Đang lấy mọi hồ sơ theo bộ lọc của danh sách." in page_of(whole).text
    member = hoa.post(page.action, data={**fields, "note": "Người này không phải đảng viên."})
    assert "Không cho biết ai là hay không là đảng viên" in member.text
    named = hoa.post(page.action, data={**fields, "note": "Ông Nông Văn Bách đã dọn."})
    assert named.status_code == 422
    assert f"nêu tên người có trong hồ sơ {reference_of(letters[0])}, " in named.text
    assert "Ông Nông Văn Bách đã dọn." in named.text
    good = hoa.post(page.action, data={**fields, "note": "Xin xem thư đã trả lời."})
    assert good.headers["Location"] == "/desk/?list=todo"
    ward.later(minutes=10)
    work_once(ward.database, ward.worker_ring, at=ward.at)
    assert "Chờ tôi xác nhận 4" in page_of(staff_client("lam").get("/desk/")).text


def test_the_case_into_which_many_are_merged_is_shown_before_it_is_ordered(
    ward: Ward, staff_client: StaffClient, letters: list[int]
) -> None:
    hoa = staff_client("hoa")
    bare = preview(hoa, *letters, do="merge")
    assert "Gộp vào hồ sơ số" in bare.text
    assert bare.action == "/bulk/new"
    wrong = preview(hoa, *letters, do="merge", number="999")
    assert "Không thấy hồ sơ nào có số này." in wrong.text
    page = preview(hoa, *letters, do="merge", number=reference_of(letters[1]))
    assert page.h1 == "Gộp 3 hồ sơ"
    assert "Chính là hồ sơ nhận gộp · 1" in page.text
    send(hoa, page)
    ward.later(minutes=10)
    work_once(ward.database, ward.worker_ring, at=ward.at)
    assert "Đã xét 3 trên 3 hồ sơ, đã làm 3." in page_of(hoa.get(_address(hoa))).text
    late = preview(hoa, *letters, do="merge", number=reference_of(letters[0]))
    assert "Không thấy hồ sơ nào có số này." in late.text
    fields = {name: page.fields[name] for name in ("csrf_token", "do", "cases")}
    assert hoa.post("/bulk/new", data=fields).status_code == 422


def test_what_is_no_button_of_ours_leads_back(staff_client: StaffClient) -> None:
    hoa = staff_client("hoa")
    assert hoa.get("/bulk/new?do=publish").headers["Location"] == "/desk/"
    token = page_of(hoa.get("/desk/")).fields["csrf_token"]
    assert hoa.post("/bulk/new", data={"csrf_token": token, "do": "x"}).status_code == 400


def test_without_orders_the_page_says_how_to_begin(staff_client: StaffClient) -> None:
    assert "Đánh dấu hồ sơ trong hàng việc" in page_of(staff_client("hoa").get("/bulk/")).text


def _address(browser: FlaskClient) -> str:
    """The page of the newest order."""
    found = re.search(r'href="(/bulk/[0-9]+)"', browser.get("/bulk/").text)
    assert found is not None
    return found[1]
