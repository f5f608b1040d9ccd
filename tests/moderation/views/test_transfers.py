"""The pages of transfers: from both ends, for whoever keeps them, and for nobody else."""

from __future__ import annotations

from datetime import date

import pytest

from portal.models import Post
from portal.vocabulary import PostTitle
from tests.doors.conftest import Ask, ask
from tests.moderation.conftest import StaffClient
from tests.moderation.leaving.absent import moved
from tests.moderation.ward import CELL_2, CELL_7, SINCE, WARD, Ward
from tests.pages import page_of

__all__ = ["ask"]

PLACE = "/register/transfers/"
STEPS = ("letter", "accept", "left", "return", "cancel")


@pytest.mark.parametrize("login", ["wife", "lua", "ky"])
def test_whoever_may_not_see_a_transfer_gets_what_does_not_exist(
    login: str, ward: Ward, staff_client: StaffClient, ask: Ask
) -> None:
    number = moved(ward, CELL_2, date(2026, 9, 3), date(2026, 9, 7))
    browser = staff_client(login)
    token = page_of(browser.get("/settings/")).fields["csrf_token"]
    fields = {"csrf_token": token, "step_on": "1/10/2026"}
    assert "Nông Văn Bách" not in browser.get(PLACE).text
    mine = ask(browser, "GET", f"{PLACE}{number}")
    assert mine.status == 404
    assert mine == ask(browser, "GET", f"{PLACE}999")
    for step in STEPS:
        mine = ask(browser, "POST", f"{PLACE}{number}/{step}", fields)
        assert mine.status == 404, step
        assert mine == ask(browser, "POST", f"{PLACE}999/{step}", fields), step


def test_what_cannot_be_is_said_beside_its_field(ward: Ward, staff_client: StaffClient) -> None:
    thanh = staff_client("thanh")
    form = f"{PLACE}new?cell={CELL_7}&unit={WARD}"
    token = page_of(thanh.get(form)).fields["csrf_token"]
    typed = {
        "csrf_token": token,
        "member": str(ward.members["bach"]),
        "kind": "temporary",
        "decided_on": "1/12/2026",
        "to": str(CELL_2),
    }
    assert "Ngày này chưa tới." in thanh.post(form, data=typed).text
    typed["decided_on"] = "3/9/2026"
    assert "Ngày cuối phải sau ngày đầu." in thanh.post(form, data=typed).text
    typed["to"] = str(CELL_7)
    assert "Xin chọn một chi bộ khác." in thanh.post(form, data=typed | {"kind": "official"}).text
    typed |= {"to": str(CELL_2), "until": "31/3/2027"}
    assert thanh.post(form, data=typed).status_code == 302
    again = thanh.post(form, data=typed)
    assert "Đồng chí này đang chuyển sinh hoạt." in again.text
    early = thanh.post(f"{PLACE}1/letter", data={"csrf_token": token, "step_on": "1/9/2026"})
    assert "Ngày này quá sớm." in early.text
    english = page_of(thanh.get(f"{PLACE}1?lang=en")).text
    assert "Waiting for the referral letter, in time" in english
    assert "Transfer for a time" in english


def test_a_page_says_who_takes_in_and_which_posts_go_on(
    ward: Ward, staff_client: StaffClient
) -> None:
    with ward.database.writing() as session:
        post = Post(
            member_id=ward.members["bach"],
            organisation_id=CELL_7,
            title=PostTitle.DEPUTY_SECRETARY,
            valid_from=SINCE,
        )
        session.add(post)
    number = moved(ward, CELL_2, date(2026, 9, 3), date(2026, 9, 7), by="vinh")
    vinh, doan = staff_client("vinh"), staff_client("doan")
    mine, theirs = (page_of(each.get(f"{PLACE}{number}")) for each in (vinh, doan))
    others = "Đồng chí đã ghi quyết định này nên không tự ghi tiếp nhận."
    assert (others in mine.text, others in theirs.text) == (True, False)
    assert ("Ghi ngày tiếp nhận" in mine.text, "Ghi ngày tiếp nhận" in theirs.text) == (False, True)
    assert "Phó bí thư, Chi bộ khối 7" in theirs.text
    assert "Người ghi quyết định không tự ghi tiếp nhận." in vinh.get(f"{PLACE}new").text
    fields = {"csrf_token": mine.fields["csrf_token"], "step_on": "1/10/2026"}
    assert vinh.post(f"{PLACE}{number}/accept", data=fields).status_code == 422
