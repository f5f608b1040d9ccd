"""Whom a case may mean: looked for ahead of readers, kept sealed, fresh, and only while needed."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from moderation import followups, seeking
from moderation.access import committee_mark, member_mark
from moderation.papers import read_paper
from moderation.seeking import kept_in, seek_again
from portal.clock import start_of
from portal.models import (
    Case,
    Exclusion,
    Member,
    Membership,
    Paper,
    Post,
    Seeking,
    Standing,
    Submission,
    Tie,
)
from portal.models.case import PaperKind
from portal.text import fold
from portal.tracking import supply
from portal.vocabulary import MembershipKind, PostTitle, Status
from portal.words import Words
from tests.conftest import Watch
from tests.doors.course import Course
from tests.moderation.conftest import StaffClient
from tests.moderation.walking import BACH, Walk, set_out
from tests.moderation.ward import CELL_7, NOON, PROVINCE, SCHOOL, SINCE, Ward
from tests.pages import page_of

SECRETARY = Words(about="bí thư chi bộ khối 7", what="Họp mà không công khai tiền điện.")


def proposed(walk: Walk) -> list[str]:
    """The keys of those who are proposed, in their order."""
    keys = {member_id: key for key, member_id in walk.ward.members.items()}
    with walk.seen() as (session, case):
        paper = read_paper(
            session,
            keys=walk.ward.keys(session, case),
            case_id=case.id,
            kind=PaperKind.CANDIDATES,
        )
    return [keys.get(one.member_id, "another") for one in kept_in(paper)]


def papers(walk: Walk) -> int:
    with walk.seen() as (session, case):
        of_case = select(Paper.id).where(
            Paper.case_id == case.id, Paper.kind == PaperKind.CANDIDATES
        )
        return len(session.scalars(of_case).all())


def hidden_from(walk: Walk) -> set[bytes]:
    with walk.seen() as (session, case):
        return set(session.scalars(select(Exclusion.mark).where(Exclusion.case_id == case.id)))


def waiting(walk: Walk) -> list[int]:
    with walk.seen() as (session, _case):
        return seeking.waiting(session, at=walk.ward.at)


def again(walk: Walk) -> None:
    with walk.ward.database.writing() as session:
        seek_again(session, office=walk.ward.office, case_id=walk.number)


def add(walk: Walk, text: str) -> None:
    """The writer adds words, and the worker takes them in."""

    walk.act(lambda session, tracked: supply(session, tracked=tracked, text=text, at=walk.ward.at))


def test_who_may_be_meant_is_kept_sealed_from_the_first_moment(ward: Ward) -> None:
    walk = set_out(ward).until(Course.prepare)
    assert proposed(walk) == ["bach", "bach_84"]
    with walk.seen() as (session, _case):
        lying = session.scalars(select(Paper.body).where(Paper.kind == PaperKind.CANDIDATES)).one()
    for member_id in ward.members.values():
        assert member_id.hex.encode() not in lying
        assert member_id.bytes not in lying


def test_it_is_done_anew_when_the_next_day_begins(ward: Ward) -> None:
    walk = set_out(ward, SECRETARY).until(Course.prepare)
    assert proposed(walk) == ["thanh"]
    assert waiting(walk) == []
    tomorrow = ward.office.today + timedelta(days=1)
    with ward.database.writing() as session:
        old = session.scalars(select(Post).where(Post.member_id == ward.members["thanh"])).one()
        old.valid_to = ward.office.today
        session.add(
            Post(
                member_id=ward.members["doan"],
                organisation_id=CELL_7,
                title=PostTitle.SECRETARY,
                valid_from=tomorrow,
            )
        )
    ward.at = start_of(tomorrow) - timedelta(seconds=1)
    assert waiting(walk) == []
    ward.later(seconds=1)
    assert waiting(walk) == [walk.number]
    again(walk)
    assert set(proposed(walk)) == {"doan", "thanh"}
    assert member_mark(ward.ring.search, ward.members["doan"]) in hidden_from(walk)
    assert waiting(walk) == []
    assert papers(walk) == 1


def test_an_answer_of_the_writer_names_who_is_meant(ward: Ward) -> None:
    words = Words(about="một người ở khối", what="Vật liệu để lấn vỉa hè.")
    walk = set_out(ward, words).until(Course.claim)
    assert "lua" not in proposed(walk)
    walk.ask()
    add(walk, "Tôi nói bà Hoàng Thị Lụa dạy ở trường học.")
    assert waiting(walk) == [walk.number]
    again(walk)
    assert proposed(walk)[0] == "lua"
    assert member_mark(ward.ring.search, ward.members["lua"]) in hidden_from(walk)
    assert committee_mark(ward.ring.search, SCHOOL) in hidden_from(walk)


def test_words_that_name_nobody_take_nobody_away(ward: Ward) -> None:
    walk = set_out(ward).until(Course.claim)
    add(walk, "Hôm qua vẫn còn nguyên như cũ.")
    before = hidden_from(walk)
    again(walk)
    assert proposed(walk) == ["bach", "bach_84"]
    assert hidden_from(walk) >= before


def test_another_desk_screens_what_its_own_may_not_see_any_more(ward: Ward) -> None:
    walk = set_out(ward).until(Course.claim)
    add(walk, "Việc này cũng là của ông Đàm Văn Vinh.")
    again(walk)
    with walk.seen() as (_session, case):
        assert case.desk_id == PROVINCE
        assert case.status is Status.SCREENING


def test_nobody_new_is_hidden_from_once_somebody_is_chosen(ward: Ward) -> None:
    walk = set_out(ward).until(Course.choose)
    before = hidden_from(walk)
    add(walk, "Việc này cũng là của bà Hoàng Thị Lụa.")
    again(walk)
    assert "lua" in proposed(walk)
    assert hidden_from(walk) == before


def test_no_open_page_becomes_late_by_it(ward: Ward) -> None:
    walk = set_out(ward).until(Course.claim)
    with walk.seen() as (_session, case):
        before = case.version
    ward.later(days=1)
    again(walk)
    with walk.seen() as (_session, case):
        assert case.version == before


def test_nothing_is_left_once_the_match_is_confirmed(ward: Ward) -> None:
    walk = set_out(ward).until(Course.confirm)
    assert papers(walk) == 0
    ward.later(days=3)
    assert waiting(walk) == []


def test_nothing_is_left_of_what_is_declined(ward: Ward) -> None:
    walk = set_out(ward).until(Course.claim)
    walk.propose_to_decline()
    assert papers(walk) == 1
    walk.confirm()
    assert papers(walk) == 0
    ward.later(days=3)
    assert waiting(walk) == []


def test_a_case_that_comes_back_is_looked_at_again(ward: Ward) -> None:
    walk = set_out(ward).until(Course.accept)
    walk.do("thanh", followups.give_back, reason="Không thuộc chi bộ.")
    assert waiting(walk) == [walk.number]
    settled = hidden_from(walk)
    again(walk)
    assert proposed(walk) == ["bach", "bach_84"]
    assert hidden_from(walk) == settled


def test_copies_that_wait_are_not_looked_at_every_day(ward: Ward) -> None:
    walk = set_out(ward).until(Course.prepare)
    with ward.database.writing() as session:
        session.get_one(Case, walk.number).held = True
        session.execute(delete(Seeking))
    walk.claim()
    ward.later(days=3)
    assert waiting(walk) == []


def test_what_does_not_open_waits_for_the_next_day(ward: Ward) -> None:
    walk = set_out(ward).until(Course.prepare)
    ward.later(days=1)
    with ward.database.writing() as session:
        session.get_one(Submission, walk.number).words = b"damaged"
    again(walk)
    assert waiting(walk) == []
    assert proposed(walk) == ["bach", "bach_84"]


def test_a_page_shows_people_as_the_register_has_them_now(
    ward: Ward, staff_client: StaffClient
) -> None:
    walk = set_out(ward).until(Course.claim)
    with ward.database.writing() as session:
        session.get_one(Member, ward.members["bach"]).birth_year = 1962
        for table in (Membership, Standing):
            session.execute(delete(table).where(table.member_id == ward.members["bach_84"]))
        session.execute(delete(Member).where(Member.id == ward.members["bach_84"]))
    page = staff_client("hoa").get(f"/case/{walk.number}").text
    assert "1962" in page
    assert "1961" not in page
    assert "1984" not in page


def test_a_reader_who_has_come_to_be_tied_to_somebody_is_not_shown_them(
    ward: Ward, staff_client: StaffClient
) -> None:
    walk = set_out(ward).until(Course.claim)
    address = f"/case/{walk.number}"
    assert "Nông Văn Bách, 1961" in page_of(staff_client("hoa").get(address)).text
    with ward.database.writing() as session:
        session.add(
            Tie(account_id=ward.accounts["hoa"], member_id=ward.members["bach"], declared_at=NOON)
        )
        mark = member_mark(ward.ring.search, ward.members["bach"])
        session.execute(delete(Exclusion).where(Exclusion.mark == mark))
    page = page_of(staff_client("hoa").get(address)).text
    assert "Nông Văn Bách, 1984" in page
    assert "Nông Văn Bách, 1961" not in page


def test_a_page_asks_as_often_for_many_as_for_one_and_looks_nobody_up_by_name(
    ward: Ward, staff_client: StaffClient, staff_app: Flask, statements: Watch
) -> None:
    counts = []
    for words in (SECRETARY, BACH, Words(about="Ông Nông Văn Bách", what="Để gạch.")):
        walk = set_out(ward, words).until(Course.claim)
        hoa = staff_client("hoa")
        hoa.get(f"/case/{walk.number}")
        with statements(staff_app.extensions["portal"].database) as seen:
            assert hoa.get(f"/case/{walk.number}").status_code == 200
        assert not [line for line in seen if "FROM member" in line and "member.id IN" not in line]
        counts.append((len(proposed(walk)), len(seen)))
        with ward.database.writing() as session:
            for _number in range(8):
                member(session, "Nông Văn Bách")
    assert [many for many, _asked in counts] == [1, 10, 12]
    assert len({asked for _many, asked in counts}) == 1


def member(session: Session, name: str) -> None:
    """One more member of the cell of khối 7."""
    one = Member(name=name, folded=fold(name), given=fold(name.split()[-1]), birth_year=1980)
    session.add(one)
    session.flush()
    session.add(
        Membership(
            member_id=one.id,
            organisation_id=CELL_7,
            kind=MembershipKind.HOME,
            valid_from=SINCE,
        )
    )
