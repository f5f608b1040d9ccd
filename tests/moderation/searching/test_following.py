"""The index follows a case: after every step it is what it would be if it were made anew."""

from __future__ import annotations

from sqlalchemy import select

from moderation import quarantining, screening
from moderation.followups import Deed, give_back, record
from moderation.searching.indexing import index_case
from moderation.unmasking import unmask
from portal.models import Case, SearchEntry
from portal.models.case import Room
from portal.vocabulary import ActionKind, Status
from portal.words import Words
from tests.doors.course import Course
from tests.moderation.quarantining.test_quarantining import flood, group_of
from tests.moderation.searching.looking import found_by
from tests.moderation.walking import BACH, STAGES, Walk, set_out
from tests.moderation.ward import COMMISSION, Ward

Entries = dict[int, tuple[str, str]]


def lying(ward: Ward, number: int) -> Entries:
    """The entries of a case as they lie."""
    with ward.database.reading() as session:
        rows = session.scalars(select(SearchEntry).where(SearchEntry.case_id == number)).all()
        return {row.id: (row.words, row.filing) for row in rows}


def made_anew(ward: Ward, number: int) -> Entries:
    """What they would be if the case were indexed now; nothing of it is kept."""
    with ward.database.writer_session() as session:
        case = session.get_one(Case, number)
        index_case(session, office=ward.office, keys=ward.keys(session, case), case=case)
        rows = session.scalars(select(SearchEntry).where(SearchEntry.case_id == number)).all()
        return {row.id: (row.words, row.filing) for row in rows}


def check(walk: Walk) -> None:
    """That the index is not behind the case."""
    assert lying(walk.ward, walk.number) == made_anew(walk.ward, walk.number)


def test_after_every_step_the_index_is_what_it_would_be_if_made_anew(ward: Ward) -> None:
    walk = set_out(ward, Words(about=BACH.about, what=f"{BACH.what} Số máy 0912 345 678."))
    for stage in STAGES:
        stage(walk)
        if stage is not Course.send:
            check(walk)
        if stage is Course.claim:
            walk.do("hoa", unmask, reason="Cần gọi lại cơ quan đã nêu.")
            check(walk)
        if stage is Course.accept:
            walk.supply("Hôm qua lại có thêm đống gạch vụn.")
            check(walk)
            walk.do("hoa", screening.pass_added, text="Có thêm vật liệu mới.")
            check(walk)
            deed = Deed(ActionKind.FIELD_CHECK, done_on=ward.office.today, reference="Số 47-KL/CB")
            walk.do("thanh", record, deed=deed)
            check(walk)
    for login, typed in (
        ("hoa", "gạch vụn"),
        ("hoa", "vật liệu mới"),
        ("lam", "đã nhắc dọn"),
        ("hoa", '"47-KL/CB"'),
    ):
        assert found_by(ward, login, typed) == [walk.number], typed


def test_what_is_asked_declined_and_referred_is_followed(ward: Ward) -> None:
    declined, referred = set_out(ward), set_out(ward)
    for walk, stages in (
        (declined, (Course.send, Course.prepare, Course.claim, Course.propose_to_decline)),
        (referred, (Course.send, Course.prepare, Course.claim, Course.ask)),
    ):
        for stage in stages:
            stage(walk)
        check(walk)
    declined.confirm()
    check(declined)
    referred.supply("Việc xảy ra sáng thứ hai ở đầu ngõ.")
    check(referred)
    referred.refer()
    check(referred)
    assert found_by(ward, "hoa", "việc này khi nào") == [referred.number]
    assert found_by(ward, "hoa", "công an phường") == [referred.number]


def test_words_that_were_taken_back_are_found_no_more_at_once(ward: Ward) -> None:
    early, late = set_out(ward).until(Course.prepare), set_out(ward).until(Course.accept)
    assert found_by(ward, "hoa", "vật liệu") == [late.number, early.number]
    for walk in (early, late):
        walk.withdraw()
        check(walk)
        assert lying(ward, walk.number) == {}
    assert found_by(ward, "hoa", "vật liệu") == []


def test_a_case_that_is_kept_is_found_by_what_was_passed_on(ward: Ward) -> None:
    walk = set_out(ward).until(Course.accept)
    walk.withdraw()
    walk.do("hoa", screening.keep, reason="Việc chung của khối, cần làm tiếp.")
    check(walk)
    assert found_by(ward, "hoa", "vật liệu trên vỉa hè") == [walk.number]
    assert found_by(ward, "hoa", "số nhà 15") == []


def test_who_is_chosen_hides_the_case_from_theirs_at_once(ward: Ward) -> None:
    walk = set_out(ward)
    walk.subject = "lua"
    walk.words = type(walk.words)(about="Cán bộ trường học", what="Thu quỹ lớp không công khai.")
    walk.until(Course.claim)
    assert found_by(ward, "hoa", "quỹ lớp") == [walk.number]
    before = lying(ward, walk.number)
    walk.choose()
    check(walk)
    assert lying(ward, walk.number) != before
    assert found_by(ward, "hoa", "Hoàng Thị Lụa") == [walk.number]


def test_copies_are_found_from_the_moment_they_are_let_through(ward: Ward) -> None:
    first, *copies = flood(ward, 3)
    assert found_by(ward, "hoa", "vật liệu xây dựng") == [first]
    assert all(lying(ward, number) for number in copies)
    with ward.database.writing() as session:
        by, group = ward.person(session, "hoa"), group_of(session)
        quarantining.release(session, office=ward.office, group=group, by=by, version=group.version)
    assert found_by(ward, "hoa", "vật liệu xây dựng") == [first]
    with ward.database.writing() as session:
        quarantining.work_off(session, office=ward.office, group_id=group_of(session).id)
    assert found_by(ward, "hoa", "vật liệu xây dựng") == [*copies[::-1], first]
    assert found_by(ward, "tied", "vật liệu xây dựng") == []


def test_a_commission_to_which_a_case_goes_finds_it_and_no_longer_when_it_is_given_back(
    ward: Ward,
) -> None:
    walk = set_out(ward, fears_retaliation=True)
    walk.handler, walk.handled_by = COMMISSION, "ky"
    walk.until(Course.accept)
    check(walk)
    assert found_by(ward, "ky", "vật liệu", room=Room.COMMITTEE) == [walk.number]
    walk.do("ky", give_back, reason="Không thuộc phạm vi của ủy ban.")
    check(walk)
    assert found_by(ward, "ky", "vật liệu", room=Room.COMMITTEE) == []
    with walk.seen() as (_session, case):
        assert case.status is Status.SCREENING
