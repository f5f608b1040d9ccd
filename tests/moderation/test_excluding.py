"""Who must not see a case, before anybody is matched and after, and which desk is left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from moderation import screening
from moderation.access import committee_mark, member_mark
from moderation.excluding import add_marks, desk_for, eligible_accounts, marks_of, write_marks
from moderation.screening import Classification
from portal.models import Account, Case, Exclusion, Organisation, Post
from portal.vocabulary import Kind, Role, Sentiment, Status, Topic
from portal.words import Words
from tests.doors.course import Course
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import (
    CELL_2,
    CELL_7,
    PROVINCE,
    SCHOOL,
    SINCE,
    WARD,
    Ward,
)

#: Two members of the ward bear the name, and the writer gives no cell.
EITHER = Words(about="Ông Nông Văn Bách", what="Vật liệu để lấn hết vỉa hè đã mấy tháng.")
SECRETARY = Words(
    about="Ông Vi Văn Thành, bí thư chi bộ khối 7", what="Ông Thành giúp dân dọn sạch ngõ."
)


def member(ward: Ward, key: str) -> bytes:
    return member_mark(ward.ring.search, ward.members[key])


def committee(ward: Ward, number: int) -> bytes:
    return committee_mark(ward.ring.search, number)


def marks_on(walk: Walk) -> set[bytes]:
    with walk.seen() as (session, case):
        return set(session.scalars(select(Exclusion.mark).where(Exclusion.case_id == case.id)))


def marks_for(ward: Ward, session: Session, key: str, *happened: date, alone: bool) -> set[bytes]:
    case = ward.place(session, status=Status.RECEIVED)
    return marks_of(
        session,
        office=ward.office,
        case=case,
        members=(ward.members[key],),
        happened=happened,
        with_committees=not alone,
    )


def read_as_praise(walk: Walk) -> None:
    reading = Classification(Kind.PRAISE, Sentiment.PRAISE, Topic.ENVIRONMENT_ORDER)
    walk.do("hoa", screening.classify, reading=reading)


def test_before_a_match_everybody_who_could_be_meant_is_excluded(ward: Ward) -> None:
    walk = set_out(ward, EITHER).until(Course.prepare)
    assert marks_on(walk) >= {member(ward, "bach"), member(ward, "bach_84")}


def test_before_a_match_the_committees_of_all_who_could_be_meant_are_excluded(ward: Ward) -> None:
    with ward.database.writing() as session:
        session.execute(
            update(Post)
            .where(Post.member_id == ward.members["lua"])
            .values(member_id=ward.members["bach_84"])
        )
    walk = set_out(ward, EITHER).until(Course.prepare)
    assert committee(ward, SCHOOL) in marks_on(walk)


def test_after_the_match_is_confirmed_only_the_subject_is_excluded(ward: Ward) -> None:
    walk = set_out(ward, EITHER).until(Course.propose)
    assert member(ward, "bach_84") in marks_on(walk)
    walk.confirm()
    assert marks_on(walk) == {member(ward, "bach")}


def test_whoever_declared_a_tie_bears_the_mark_of_the_member(ward: Ward) -> None:
    with ward.database.reading() as session:
        assert member(ward, "bach") in ward.person(session, "wife").marks
        assert member(ward, "bach") not in ward.person(session, "thanh").marks
        left = eligible_accounts(
            session,
            office=ward.office,
            organisation_id=WARD,
            role=Role.MODERATOR,
            marks={member(ward, "bach")},
        )
    assert {account.login for account in left} == {"hoa", "lam", "both"}


@pytest.mark.parametrize(
    ("ended", "hidden"),
    [(timedelta(0), True), (timedelta(days=1), True), (timedelta(days=3), False)],
)
def test_a_post_held_when_the_case_arrived_counts_and_an_older_one_does_not(
    ward: Ward, ended: timedelta, hidden: bool
) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.RECEIVED)
        arrived = ward.office.today
        ward.later(days=1)
        session.execute(
            update(Post)
            .where(Post.member_id == ward.members["thanh"])
            .values(valid_to=arrived + timedelta(days=1) - ended)
        )
        marks = marks_of(session, office=ward.office, case=case, members=(ward.members["thanh"],))
    assert (committee(ward, CELL_7) in marks) is hidden


def test_a_post_held_when_it_happened_counts_after_it_has_ended(ward: Ward) -> None:
    then = SINCE + timedelta(days=30)
    with ward.database.writing() as session:
        session.execute(
            update(Post).where(Post.member_id == ward.members["thanh"]).values(valid_to=then)
        )
        now = marks_for(ward, session, "thanh", alone=False)
        of_then = marks_for(ward, session, "thanh", then, alone=False)
    assert now == {member(ward, "thanh")}
    assert of_then == {member(ward, "thanh"), committee(ward, CELL_7)}


def test_what_the_writer_says_of_the_day_reaches_the_exclusions(ward: Ward) -> None:
    with ward.database.writing() as session:
        session.execute(
            update(Post)
            .where(Post.member_id == ward.members["thanh"])
            .values(valid_to=date(2026, 3, 31))
        )
    for when, hidden in (("15/3/2026", True), ("15/5/2026", False)):
        words = Words(about="Ông Vi Văn Thành, đảng viên ở khối 7", what="Lấn ngõ.", when=when)
        walk = set_out(ward, words).until(Course.prepare)
        assert member(ward, "thanh") in marks_on(walk)
        assert (committee(ward, CELL_7) in marks_on(walk)) is hidden


def test_criticism_is_hidden_from_the_committee_of_its_subject(ward: Ward) -> None:
    walk = set_out(ward, SECRETARY).until(Course.claim)
    walk.subject = "thanh"
    walk.choose()
    assert marks_on(walk) >= {member(ward, "thanh"), committee(ward, CELL_7)}
    walk.propose()
    walk.confirm()
    assert marks_on(walk) == {member(ward, "thanh"), committee(ward, CELL_7)}


def test_praise_is_hidden_from_the_person_and_not_from_the_committee(ward: Ward) -> None:
    walk = set_out(ward, SECRETARY, kind=Kind.PRAISE).until(Course.claim)
    walk.subject = "thanh"
    read_as_praise(walk)
    walk.choose()
    walk.propose()
    assert marks_on(walk) == {member(ward, "thanh")}
    with walk.seen() as (session, case):
        assert case.status is Status.ELIGIBLE
        assert ward.person(session, "thanh").marks & marks_on(walk)
        # Who sits on the same committee and is tied to nobody may read it.
        assert not ward.person(session, "both").marks & marks_on(walk)


def test_adding_a_mark_keeps_the_others_and_writing_replaces_them(ward: Ward) -> None:
    first, second = member(ward, "bach"), member(ward, "lua")
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.RECEIVED, subjects=("bach",))
        add_marks(session, case=case, marks={first, second})
        found = set(session.scalars(select(Exclusion.mark)))
        assert found == {first, second}
        write_marks(session, case=case, marks={second})
        assert set(session.scalars(select(Exclusion.mark))) == {second}
        write_marks(session, case=case, marks=set())
        assert not session.scalars(select(Exclusion.mark)).all()


def desk(ward: Ward, session: Session, *marks: bytes) -> int:
    start = session.get_one(Organisation, WARD)
    return desk_for(session, office=ward.office, start=start, marks=set(marks)).id


def test_the_nearest_desk_screens_when_somebody_there_may(ward: Ward) -> None:
    with ward.database.reading() as session:
        assert desk(ward, session) == WARD
        assert desk(ward, session, member(ward, "bach"), committee(ward, CELL_2)) == WARD


def test_a_desk_whose_committee_could_be_meant_passes_it_up(ward: Ward) -> None:
    with ward.database.reading() as session:
        assert desk(ward, session, committee(ward, WARD)) == PROVINCE


def test_a_desk_where_nobody_is_left_passes_it_up(ward: Ward) -> None:
    with ward.database.writing() as session:
        logins = ("hoa", "lam", "both")
        session.execute(update(Account).where(Account.login.in_(logins)).values(active=False))
        assert desk(ward, session) == WARD
        assert desk(ward, session, member(ward, "bach")) == PROVINCE


def test_the_highest_desk_takes_what_no_desk_may_screen(ward: Ward) -> None:
    with ward.database.reading() as session:
        everyone = (committee(ward, WARD), committee(ward, PROVINCE))
        assert desk(ward, session, *everyone) == PROVINCE


def test_marks_reveal_no_id_to_whoever_lacks_the_search_key(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.RECEIVED, subjects=("bach",))
        (stored,) = session.scalars(select(Exclusion.mark).where(Exclusion.case_id == case.id))
    known = ward.members["bach"]
    assert known.bytes not in stored
    assert known.hex.encode() not in stored
    assert stored == member_mark(ward.ring.search, known)
    assert stored != member_mark(bytes(len(ward.ring.search)), known)
    assert {len(stored), len(committee(ward, CELL_7))} == {len(member(ward, "lua"))}
    with ward.database.reading() as session:
        assert session.get_one(Case, case.id).subject_mark is None
