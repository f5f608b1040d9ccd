"""A writer who leaves what an organisation has already: two working days to keep it, or it ends."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation import answering, carrying_out, followups, screening
from moderation.followups import Deed
from moderation.workflow import Incomplete, Need, NotAvailable
from portal.models import Event, Notice, Submission
from portal.tracking import certify, find, tell, timeline
from portal.vocabulary import ActionKind, Status, SubmissionState
from tests.doors.course import SHOWN, Course
from tests.moderation.conftest import StaffClient
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import Ward
from tests.pages import page_of


@pytest.fixture
def left(ward: Ward) -> Walk:
    """A case that its committee has accepted and its only writer has left."""
    walk = set_out(ward).until(Course.accept)
    walk.withdraw()
    return walk


def let_go(walk: Walk) -> None:
    with walk.ward.database.writing() as session:
        for number in carrying_out.left_behind(session, at=walk.ward.at):
            carrying_out.give_up(session, office=walk.ward.office, case_id=number)


def keep(walk: Walk, reason: str = "Vỉa hè vẫn bị lấn.") -> None:
    walk.do("lam", screening.keep, reason=reason)


def headings(walk: Walk) -> list[str]:
    """What the resident reads, newest first."""
    assert walk.receipt is not None
    with walk.ward.database.reading() as session:
        found = find(session, ring=walk.ward.ring, code=walk.receipt.code)
        assert found is not None
        course = timeline(session, tracked=found)
        told = tell(found, course, now=walk.ward.at, calendar=walk.ward.calendar)
    assert told.headline == "Ông/bà đã rút ý kiến này"
    return [item.title for item in told.items]


def test_the_submission_is_withdrawn_at_once_and_the_case_waits_two_days(left: Walk) -> None:
    with left.seen() as (session, case):
        assert case.status is Status.IN_PROGRESS
        assert case.keep_until is not None
        assert (case.keep_until - left.ward.at).days in {1, 2, 3, 4}
        assert case.due_at == case.keep_until
        submission = session.get_one(Submission, left.number)
        assert submission.state is SubmissionState.WITHDRAWN
        told = session.scalars(select(Notice.kind).order_by(Notice.id.desc())).first()
        assert told == "leave"
    assert headings(left)[:2] == ["Ông/bà xin rút ý kiến", "Đã rút ý kiến"]


def test_nobody_works_on_it_until_that_is_decided(left: Walk) -> None:
    with pytest.raises(NotAvailable):
        left.do("thanh", followups.record, deed=Deed(ActionKind.REMIND, left.ward.office.today))
    with pytest.raises(NotAvailable):
        left.do("lam", screening.refer, authority="Công an phường", note="Xin gửi.")


def test_a_moderator_keeps_it_with_a_reason_and_it_goes_on(left: Walk) -> None:
    with pytest.raises(Incomplete) as missing:
        keep(left, reason=" ")
    assert missing.value.need is Need.REASON
    go_on(left)
    with left.seen() as (_session, case):
        assert (case.status, case.keep_until) == (Status.ANSWERED, None)


def test_who_has_left_reads_nothing_of_what_comes_after(left: Walk) -> None:
    before, proved = headings(left), certificate(left)
    go_on(left)
    assert headings(left) == before
    assert certificate(left) == proved
    assert len(proved) == len(before) - len(["the writer's own wish"])


def go_on(left: Walk) -> None:
    keep(left)
    left.ward.later(days=10)
    let_go(left)
    left.listen()
    left.report()
    left.do("lam", answering.publish, answer="Chi bộ đã nhắc dọn.")


def certificate(walk: Walk) -> list[str]:
    """The steps that the writer may have proved."""
    assert walk.receipt is not None
    with walk.ward.database.reading() as session:
        found = find(session, ring=walk.ward.ring, code=walk.receipt.code)
        assert found is not None
        steps = certify(session, ring=walk.ward.ring, tracked=found)["waiting"]
    return [step["event"] for step in steps]


def test_what_nobody_keeps_is_withdrawn_by_the_clock_and_not_before(left: Walk) -> None:
    let_go(left)
    with left.seen() as (_session, case):
        assert case.status is Status.IN_PROGRESS
    left.ward.later(days=5)
    let_go(left)
    with left.seen() as (session, case):
        assert (case.status, case.keep_until) == (Status.WITHDRAWN, None)
        last = session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert last is not None
        assert last.action == "withdraw"
    assert headings(left)[:2] == ["Ông/bà xin rút ý kiến", "Đã rút ý kiến"]


def test_no_page_shows_the_writers_own_words_any_more(
    left: Walk, staff_client: StaffClient
) -> None:
    hoa, thanh = staff_client("hoa"), staff_client("thanh")
    at_the_desk = (f"/case/{left.number}", f"/case/{left.number}/keep", "/desk/?list=handling")
    at_the_committee = (f"/committee/{left.number}", "/committee/?list=working")
    pages = [page_of(hoa.get(address)).text for address in at_the_desk]
    pages += [page_of(thanh.get(address)).text for address in at_the_committee]
    for page in pages:
        assert SHOWN not in page
        assert "số nhà 15" not in page
        assert "Người gửi đã rút ý kiến" in page
    assert "Xin tạm dừng, chờ bộ phận tiếp nhận quyết định." in pages[3]


def test_what_is_kept_goes_on_with_the_released_text_alone(
    left: Walk, staff_client: StaffClient
) -> None:
    keep(left)
    hoa, thanh = staff_client("hoa"), staff_client("thanh")
    pages = [page_of(hoa.get(f"/case/{left.number}")), page_of(hoa.get("/desk/?list=handling"))]
    pages += [page_of(thanh.get(f"/committee/{left.number}"))]
    for page in pages:
        assert SHOWN in page.text
        assert "số nhà 15" not in page.text


def test_the_page_asks_for_the_reason_and_keeps_it_inside(
    left: Walk, staff_client: StaffClient
) -> None:
    lam = staff_client("lam")
    form = page_of(lam.get(f"/case/{left.number}/keep"))
    sent = {name: form.fields[name] for name in ("csrf_token", "version")}
    empty = lam.post(f"/case/{left.number}/keep", data=sent)
    assert empty.status_code == 422
    assert "Xin nêu lý do giữ hồ sơ." in page_of(empty).text
    done = lam.post(f"/case/{left.number}/keep", data=sent | {"reason": "Vỉa hè vẫn bị lấn."})
    assert done.status_code == 302
    assert "Nội bộ: Vỉa hè vẫn bị lấn." in page_of(lam.get(done.location)).text
    inside = page_of(staff_client("thanh").get(f"/committee/{left.number}")).text
    assert "Vỉa hè vẫn bị lấn." not in inside
    assert "Giữ hồ sơ để giải quyết tiếp" in inside


def test_a_return_after_keeping_can_be_passed_on_again(left: Walk) -> None:
    keep(left)
    left.do("thanh", followups.give_back, reason="Không thuộc chi bộ.")
    for stage in (Course.propose, Course.confirm, Course.route):
        stage(left)
    with left.seen() as (_session, case):
        assert case.status is Status.ROUTED
