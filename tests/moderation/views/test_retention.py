"""The screens of retention: what will go, holding it back, and setting how long is kept."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.models import JournalEntry, RetentionPeriod
from portal.periods import read_periods
from portal.vocabulary import Deed, RetentionRule
from tests.moderation.conftest import StaffClient
from tests.moderation.identity.keepers import appoint, write
from tests.moderation.retention.conftest import TAKEN_BACK, Ended, Nights, ended, nights
from tests.moderation.walking import STAGES, Walk
from tests.moderation.ward import Ward
from tests.pages import page_of

__all__ = ["ended", "nights"]

AMOUNTS = {
    **dict.fromkeys(("closed", "praise", "referred", "declined"), "24"),
    "refused": "90",
    "withdrawn": "90",
    "contact": "90",
    "excusal": "90",
}


@pytest.fixture
def near(nights: Nights, ended: Ended) -> Walk:
    """A case that goes in a month."""
    walk = ended(*TAKEN_BACK)
    nights.leap(61)
    nights.one()
    return walk


def test_what_goes_soon_is_listed_held_and_let_go(
    ward: Ward, near: Walk, staff_client: StaffClient
) -> None:
    hoa = staff_client("hoa")
    assert "/retention/?list=soon" in hoa.get("/desk/").text
    assert near.reference in hoa.get("/retention/").text
    assert "Không có hồ sơ nào đang giữ lại" in hoa.get("/retention/?list=held").text
    case = f"/case/{near.number}"
    assert "Hồ sơ sẽ bị xóa từ ngày" in hoa.get(case).text
    fields = page_of(hoa.get(f"{case}/hold-back")).fields
    wrong = hoa.post(f"{case}/hold-back", data={**fields, "reason": "Vì", "review_on": "1/1/2026"})
    assert wrong.status_code == 422
    assert "Xin chọn một ngày sắp tới." in wrong.text
    typed = {"reason": "Thanh tra đang hỏi.", "review_on": "01/06/2027"}
    done = hoa.post(f"{case}/hold-back", data={**fields, **typed}, follow_redirects=True)
    assert "Hồ sơ được giữ lại, không bị xóa." in done.text
    assert "Giữ hồ sơ quá thời hạn, xem lại 01/06/2027" in done.text
    assert near.reference not in hoa.get("/retention/").text
    lam = staff_client("lam")
    assert "Lương Thị Hòa" in lam.get("/retention/?list=held").text
    asked = lam.get(f"{case}/let-go")
    assert "Thanh tra đang hỏi." in asked.text
    fields = page_of(asked).fields
    empty = lam.post(f"{case}/let-go", data=fields)
    assert empty.status_code == 422
    done = lam.post(f"{case}/let-go", data={**fields, "reason": "Đã xong."}, follow_redirects=True)
    assert "Hồ sơ thôi được giữ." in done.text
    assert lam.get(f"{case}/let-go").status_code == 404
    late = {**fields, "csrf_token": page_of(hoa.get("/settings/")).fields["csrf_token"]}
    assert hoa.post(f"{case}/let-go", data={**late, "reason": "Lại."}).status_code == 409


def test_who_wrote_is_listed_before_it_goes(nights: Nights, staff_client: StaffClient) -> None:
    appoint(nights.ward, "sao", "trang", "may")
    walk = write(nights.ward)
    for stage in STAGES[2:]:
        stage(walk)
    nights.log()
    nights.pass_by(60)
    page = staff_client("hoa").get("/retention/").text
    assert walk.reference in page
    assert "Họ tên, cách liên hệ của người gửi</td>" in page
    assert (
        "Họ tên, cách liên hệ của người gửi: <b>dưới 5</b>"
        in staff_client("an").get("/settings/retention").text
    )


def test_whoever_is_excluded_sees_neither_the_case_nor_its_pages(
    near: Walk, staff_client: StaffClient
) -> None:
    tied = staff_client("tied")
    assert near.reference not in tied.get("/retention/").text
    missing = tied.get("/case/20269999999/hold-back")
    for page in ("hold-back", "let-go"):
        answer = tied.get(f"/case/{near.number}/{page}")
        assert (answer.status_code, answer.data) == (404, missing.data)


def test_what_is_open_has_no_such_page(ward: Ward, ended: Ended, staff_client: StaffClient) -> None:
    walk = ended(*TAKEN_BACK)
    hoa = staff_client("hoa")
    assert hoa.get(f"/case/{walk.number}/hold-back").status_code == 404
    assert "sẽ bị xóa" not in hoa.get(f"/case/{walk.number}").text


def test_an_administrator_of_the_highest_level_sets_the_periods(
    ward: Ward, staff_client: StaffClient
) -> None:
    an = staff_client("an")
    page = an.get("/settings/retention")
    assert "Từ 3 đến 120 tháng. Mặc định 24 tháng." in page.text
    fields = page_of(page).fields
    done = an.post(
        "/settings/retention", data={**fields, **AMOUNTS, "closed": "36"}, follow_redirects=True
    )
    assert "Đã đổi thời hạn lưu giữ." in done.text
    assert "Trần Thị An" in done.text
    again = an.post(
        "/settings/retention", data={**fields, **AMOUNTS, "closed": "36"}, follow_redirects=True
    )
    assert "Không có gì thay đổi." in again.text
    with ward.database.reading() as session:
        assert read_periods(session).amount(RetentionRule.CLOSED) == 36
        assert session.scalars(select(RetentionPeriod.rule)).all() == [RetentionRule.CLOSED]
        deeds = session.scalars(select(JournalEntry.deed)).all()
    assert deeds.count(Deed.PERIODS_SET) == 1


@pytest.mark.parametrize("amount", ["2", "121", "hai", "", "3.5", "-3"])
def test_what_lies_outside_the_bounds_is_not_taken(
    amount: str, ward: Ward, staff_client: StaffClient
) -> None:
    an = staff_client("an")
    fields = page_of(an.get("/settings/retention")).fields
    answer = an.post("/settings/retention", data={**fields, **AMOUNTS, "closed": amount})
    assert answer.status_code == 422
    with ward.database.reading() as session:
        assert session.scalars(select(RetentionPeriod.rule)).all() == []


def test_other_administrators_read_them_and_set_nothing(
    ward: Ward, staff_client: StaffClient
) -> None:
    duyen = staff_client("duyen")
    page = duyen.get("/settings/retention")
    assert "24 tháng" in page.text
    assert 'name="closed"' not in page.text
    token = page_of(duyen.get("/settings/")).fields["csrf_token"]
    answer = duyen.post("/settings/retention", data={"csrf_token": token, **AMOUNTS})
    assert answer.status_code == 404


def test_an_open_browser_alone_sets_nothing(ward: Ward, staff_client: StaffClient) -> None:
    an = staff_client("an")
    fields = page_of(an.get("/settings/retention")).fields
    ward.later(minutes=20)
    answer = an.post("/settings/retention", data={**fields, **AMOUNTS, "closed": "36"})
    assert answer.status_code == 403


def test_a_shorter_period_deletes_nothing_for_thirty_days(
    ward: Ward, nights: Nights, ended: Ended, staff_client: StaffClient
) -> None:
    ended()
    nights.leap(120)
    nights.one()
    an = staff_client("an")
    fields = page_of(an.get("/settings/retention")).fields
    an.post("/settings/retention", data={**fields, **AMOUNTS, "closed": "3"})
    assert nights.pass_by(29) == 0
    assert nights.pass_by(1) == 1
    assert "dưới 5" in staff_client("an").get("/settings/retention").text
