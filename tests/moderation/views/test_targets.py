"""The screen of the targets: what is set holds for what starts afterwards."""

from __future__ import annotations

from sqlalchemy import select

from moderation.opening import open_office
from portal.deadlines import due
from portal.models import JournalEntry, StageClock
from portal.targets import BOUNDS, read_targets
from portal.vocabulary import Deed
from tests.doors.course import Course
from tests.moderation.conftest import StaffClient
from tests.moderation.walking import set_out
from tests.moderation.ward import NOON, Ward
from tests.pages import page_of

PLACE = "/settings/targets"


def test_a_target_is_set_within_bounds_and_holds_for_what_starts_afterwards(
    ward: Ward, staff_client: StaffClient
) -> None:
    an = staff_client("an")
    fields = page_of(an.get(PLACE)).fields
    assert set(BOUNDS) <= set(fields)
    first = set_out(ward).until(Course.prepare)
    refused = an.post(PLACE, data={**fields, "result": "99", "accept": "ba"})
    assert refused.status_code == 422
    assert "Xin ghi từ 5 đến 60." in refused.text
    assert "Xin ghi bằng chữ số. Ví dụ: 20." in refused.text
    refused = an.post(PLACE, data={**fields, "tell_above": "5", "take_over": "5"})
    assert "Cấp trên phải được báo trước khi được giải quyết thay." in refused.text
    assert "Không có gì thay đổi." in an.post(PLACE, data=fields, follow_redirects=True).text
    done = an.post(PLACE, data={**fields, "screening": "4"}, follow_redirects=True)
    assert "Đã đổi. Thời hạn mới áp dụng cho các bước bắt đầu từ nay." in done.text
    assert "Đ/c Trần Thị An đổi lần cuối ngày 23/11/2026." in done.text
    with ward.database.reading() as session:
        office = open_office(session, ring=ward.ring, at=NOON)
        assert read_targets(session)["screening"].working_days == 4
        assert office.targets["screening"].working_days == 4
        assert session.scalars(select(JournalEntry.deed)).all()[-1] is Deed.TARGETS_SET
        clock = session.scalars(select(StageClock).where(StageClock.stage == "screening")).one()
        assert clock.case_id == first.number
        assert clock.due_at == due(NOON, 2, ward.calendar)


def test_an_administrator_of_a_ward_reads_them_and_changes_nothing(
    ward: Ward, staff_client: StaffClient
) -> None:
    duyen = staff_client("duyen")
    page = duyen.get(PLACE)
    assert "Người quản trị cấp cao nhất đổi được các thời hạn này." in page.text
    token = page_of(duyen.get("/settings/")).fields["csrf_token"]
    answer = duyen.post(PLACE, data={"csrf_token": token, "result": "30"})
    assert answer.status_code == 404
    with ward.database.reading() as session:
        assert read_targets(session)["result"].working_days == 20
