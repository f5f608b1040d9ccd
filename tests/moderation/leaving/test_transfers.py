"""Transfers: their two stages in working days, who answers meanwhile, and what follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from moderation.followups import BadDay
from moderation.leaving import arriving, listing, transfers
from moderation.leaving.days import last_day
from moderation.leaving.excusals import NotNow
from moderation.leaving.finding import NotThere
from moderation.leaving.recounting import recount_transfers
from moderation.leaving.transfers import AlreadyMoving, NotACell
from moderation.register import cell_of
from portal.deadlines import Calendar
from portal.models import Case, Membership, Post, Transfer
from portal.vocabulary import (
    MembershipKind,
    MembershipStatus,
    PostTitle,
    TransferKind,
    TransferState,
)
from tests.doors.course import Course
from tests.moderation.leaving.absent import act, moved, standing, taken_in
from tests.moderation.walking import set_out
from tests.moderation.ward import CELL_2, CELL_7, SINCE, WARD, Ward

DECIDED, LETTER = date(2026, 9, 3), date(2026, 9, 7)
DAY = timedelta(days=1)
S = MembershipStatus


def _transfer(ward: Ward, number: int) -> Transfer:
    with ward.database.reading() as session:
        return session.get_one(Transfer, number)


def _home(ward: Ward, on: date) -> int:
    with ward.database.reading() as session:
        member = ward.members["bach"]
        cell = cell_of(session, member_id=member, kind=MembershipKind.HOME, on=on)
        assert cell is not None
        return cell.id


def _late(ward: Ward, login: str) -> list[int]:
    with ward.database.reading() as session:
        person = ward.person(session, login)
        page = listing.transfers(session, office=ward.office, by=person, name="late")
        return [row[0].id for row in page.rows]


def _handler(ward: Ward, number: int) -> int | None:
    with ward.database.reading() as session:
        return session.get_one(Case, number).handler_id


def test_the_stages_are_counted_in_working_days() -> None:
    plain = Calendar()
    assert last_day(DECIDED, 60, plain) == date(2026, 11, 26)
    assert last_day(LETTER, 30, plain) == date(2026, 10, 19)
    off = Calendar(off=frozenset({date(2026, 9, 8)}))
    assert last_day(LETTER, 30, off) == date(2026, 10, 20)
    # A day that is not worked counts as the next one that is.
    assert last_day(date(2026, 9, 5), 1, plain) == date(2026, 9, 8)


def test_the_old_cell_stays_the_home_until_the_new_one_accepts(ward: Ward) -> None:
    number = moved(ward, CELL_2, DECIDED, LETTER)
    found = _transfer(ward, number)
    assert (found.state, found.due_on) == (TransferState.ON_THE_WAY, date(2026, 10, 19))
    assert standing(ward, DECIDED) == standing(ward, ward.office.today) == [S.TRANSFERRING]
    assert _home(ward, ward.office.today) == CELL_7
    # Late since the 20th: both cells and the level above have it on their list.
    assert [_late(ward, login) for login in ("thanh", "doan", "vinh", "wife", "lua")] == [
        *([number] for _ in range(3)),
        *([] for _ in range(2)),
    ]
    accepted = date(2026, 11, 16)
    taken_in(ward, number, accepted)
    assert (_home(ward, accepted - DAY), _home(ward, accepted)) == (CELL_7, CELL_2)
    assert standing(ward, accepted) == [S.ACTIVE]
    assert _late(ward, "vinh") == []
    with pytest.raises(NotNow):
        taken_in(ward, number, accepted)


def test_a_day_off_moves_what_is_under_way_and_makes_nothing_late(ward: Ward) -> None:
    number = moved(ward, CELL_2, DECIDED)
    assert _transfer(ward, number).due_on == date(2026, 11, 26)

    def recounted(*, off: tuple[date, ...] = (), working: tuple[date, ...] = ()) -> date:
        ward.calendar = Calendar(off=frozenset(off), working=frozenset(working))
        with ward.database.writing() as session:
            recount_transfers(session, office=ward.office)
        return _transfer(ward, number).due_on

    assert recounted(off=(date(2026, 11, 24),)) == date(2026, 11, 27)
    # Saturdays that turn out to have been worked would make it late today: it stays.
    saturdays = tuple(date(2026, 9, 5) + 7 * each * DAY for each in range(10))
    assert recounted(working=saturdays) == date(2026, 11, 27)
    assert recounted() == date(2026, 11, 26)


def test_what_is_open_follows_to_the_new_cell(ward: Ward) -> None:
    number = moved(ward, CELL_2, DECIDED, LETTER)
    walk = set_out(ward).until(Course.accept)
    assert _handler(ward, walk.number) == CELL_7
    taken_in(ward, number, ward.office.today)
    assert _handler(ward, walk.number) == CELL_2
    walk.handled_by = "doan"
    for stage in (Course.listen, Course.report, Course.publish):
        stage(walk)
    assert _handler(ward, walk.number) == CELL_2


def test_where_the_new_cell_may_not_see_it_the_level_above_has_it(ward: Ward) -> None:
    with ward.database.writing() as session:
        post = Post(
            member_id=ward.members["bach"],
            organisation_id=CELL_2,
            title=PostTitle.COMMITTEE_MEMBER,
            valid_from=SINCE,
        )
        session.add(post)
    number = moved(ward, CELL_2, DECIDED, LETTER)
    walk = set_out(ward).until(Course.accept)
    taken_in(ward, number, ward.office.today, by="vinh")
    assert _handler(ward, walk.number) == WARD


def test_who_may_write_down_which_step(ward: Ward) -> None:
    number = moved(ward, CELL_2, DECIDED)
    with pytest.raises(NotNow):
        taken_in(ward, number, ward.office.today)
    with pytest.raises(NotNow):
        act(ward, "doan", transfers.send, transfer_id=number, on=LETTER)
    with pytest.raises(BadDay):
        act(ward, "thanh", transfers.send, transfer_id=number, on=DECIDED - DAY)
    act(ward, "thanh", transfers.send, transfer_id=number, on=LETTER)
    for login in ("thanh", "wife", "lua"):
        with pytest.raises((NotNow, NotThere)):
            taken_in(ward, number, ward.office.today, by=login)
    with pytest.raises(AlreadyMoving):
        moved(ward, CELL_2, DECIDED)
    act(ward, "thanh", transfers.cancel, transfer_id=number)
    assert standing(ward, ward.office.today) == [S.ACTIVE]
    for place in (CELL_7, WARD):
        with pytest.raises(NotACell):
            moved(ward, place, DECIDED)


def test_whoever_wrote_down_the_decision_does_not_take_the_member_in(ward: Ward) -> None:
    number = moved(ward, CELL_2, DECIDED, by="vinh")
    # Also where another one wrote down the letter: nobody moves a member alone.
    act(ward, "thanh", transfers.send, transfer_id=number, on=LETTER)
    with pytest.raises(NotNow):
        taken_in(ward, number, ward.office.today, by="vinh")
    taken_in(ward, number, ward.office.today)
    assert _home(ward, ward.office.today) == CELL_2


def test_whoever_left_the_area_leaves_no_address(ward: Ward) -> None:
    number = moved(ward, None, DECIDED, LETTER)
    act(ward, "thanh", arriving.leave_area, transfer_id=number, on=date(2026, 10, 1))
    assert _transfer(ward, number).state is TransferState.LEFT_AREA
    assert standing(ward, ward.office.today) == [S.TRANSFERRED]
    # The last cell still answers for what is open.
    assert _home(ward, ward.office.today) == CELL_7
    assert not {"address", "place", "where"} & set(Transfer.__table__.columns.keys())


def test_a_temporary_transfer_counts_at_the_old_cell(ward: Ward) -> None:
    until = date(2027, 3, 31)
    with pytest.raises(BadDay):
        moved(ward, CELL_2, DECIDED, kind=TransferKind.TEMPORARY)
    number = moved(ward, CELL_2, DECIDED, LETTER, kind=TransferKind.TEMPORARY, until=until)
    since = date(2026, 10, 1)
    walk = set_out(ward).until(Course.accept)
    taken_in(ward, number, since)
    assert _home(ward, ward.office.today) == CELL_7
    assert _handler(ward, walk.number) == CELL_7
    assert standing(ward, since) == standing(ward, until) == [S.TEMPORARY_ELSEWHERE]
    assert standing(ward, until + DAY) == [S.ACTIVE]
    back = date(2026, 11, 20)
    act(ward, "thanh", arriving.come_back, transfer_id=number, on=back)
    assert (standing(ward, back - DAY), standing(ward, back)) == (
        [S.TEMPORARY_ELSEWHERE],
        [S.ACTIVE],
    )
    with ward.database.reading() as session:
        last = select(Membership.valid_to).where(Membership.kind == MembershipKind.TEMPORARY)
        assert session.scalars(last).all() == [back - DAY]
