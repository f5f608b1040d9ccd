"""What a confirmed review decided and the register does not say: listed, and not written by it."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select

from portal.models import Post, ReviewPart, ReviewResult, Standing, Tie
from portal.vault import new_uid
from portal.vocabulary import MembershipStatus, PartState, ReviewOutcome
from tests.moderation.appraising.conftest import Reviewing, reviewing
from tests.moderation.conftest import StaffClient
from tests.moderation.views.test_register import enrol
from tests.moderation.ward import CELL_2, OTHER_WARD, WARD, Ward
from tests.pages import page_of

__all__ = ["reviewing"]

PLACE = "/register/results"


def _decided(reviewing: Reviewing, who: str, outcome: ReviewOutcome) -> None:
    """A decision of the second cell, written straight into the database."""
    ward = reviewing.ward
    with ward.database.writing() as session:
        part = session.scalars(select(ReviewPart).where(ReviewPart.organisation_id == CELL_2)).one()
        part.state = PartState.CONFIRMED
        row = ReviewResult(
            uid=new_uid(),
            part_id=part.id,
            member_id=ward.members[who],
            reviewed=True,
            outcome=outcome,
            reference="07-QĐ/ĐU",
            decided_on=ward.office.today - timedelta(days=9),
            recorded_at=ward.at,
            recorded_by_id=ward.accounts["vinh"],
        )
        session.add(row)


def _shown(browser: FlaskClient) -> str:
    return page_of(browser.get(PLACE)).text


def test_a_decision_waits_until_the_registrar_has_entered_it(
    reviewing: Reviewing, ward: Ward, staff_client: StaffClient
) -> None:
    _decided(reviewing, "ky", ReviewOutcome.REMOVED)
    _decided(reviewing, "doan", ReviewOutcome.DISMISSAL)
    _decided(reviewing, "vinh", ReviewOutcome.CONTINUE)
    enrol(ward, "yen", WARD)
    enrol(ward, "lan", OTHER_WARD)
    browser = staff_client("yen")
    assert "2 kết quả rà soát đã xác nhận chưa ghi" in browser.get("/register/").text
    text = _shown(browser)
    assert "Chu Thị Kỳ" in text
    assert "Lý Văn Đoàn" in text
    assert "Đàm Văn Vinh" not in text
    assert "Không có kết quả nào chờ ghi" in _shown(staff_client("lan"))
    # Nothing was written by it.
    with ward.database.reading() as session:
        removed = select(Standing).where(Standing.status == MembershipStatus.REMOVED)
        assert session.scalars(removed).all() == []
    member = f"/register/members/{ward.members['ky']}/standing"
    filled = page_of(browser.get(f"{member}?result=1"))
    assert (filled.fields["status"], filled.fields["on"]) == ("removed", "14/11/2026")
    # The number of another member's decision fills in nothing.
    other = page_of(browser.get(f"{member}?result=2"))
    assert (other.fields["status"], other.fields["on"]) == ("", "23/11/2026")
    ending = page_of(browser.post(member, data=filled.fields))
    assert browser.post(member, data=ending.fields).status_code == 302
    with ward.database.writing() as session:
        post = session.scalars(select(Post).where(Post.member_id == ward.members["doan"])).one()
        post.valid_to = ward.office.today - timedelta(days=1)
    assert "Không có kết quả nào chờ ghi" in _shown(browser)


def test_nobody_reads_there_of_themselves_or_of_whom_they_are_tied_to(
    reviewing: Reviewing, ward: Ward, staff_client: StaffClient
) -> None:
    _decided(reviewing, "ky", ReviewOutcome.EXPELLED)
    enrol(ward, "yen", WARD)
    with ward.database.writing() as session:
        tie = Tie(account_id=ward.accounts["yen"], member_id=ward.members["ky"])
        tie.declared_at = ward.at
        session.add(tie)
    browser = staff_client("yen")
    assert "kết quả rà soát đã xác nhận" not in browser.get("/register/").text
    assert "Chu Thị Kỳ" not in _shown(browser)
