"""Cells, standings and posts of a member, from a day on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.register import cell_of, committees_of
from moderation.registering.checks import Problem
from moderation.registering.memberships import (
    leave_cell,
    move_home,
    set_cell,
    stand,
    strike,
)
from moderation.registering.posts import begin_post, end_post
from moderation.registering.rows import Refused
from portal.models import Member, Membership, Organisation, Post
from portal.vocabulary import MembershipKind, MembershipStatus, PostTitle
from tests.moderation.ward import CELL_2, CELL_7, SCHOOL, WARD, Ward

HOME, TEMPORARY = MembershipKind.HOME, MembershipKind.TEMPORARY


@pytest.fixture
def session(ward: Ward) -> Iterator[Session]:
    """A unit of work that is never committed."""
    with ward.database.writer_session() as opened:
        yield opened


def _cells(session: Session, member: Member) -> list[tuple[int, date, date | None]]:
    """The homes of a member in the order of entry."""
    rows = session.scalars(
        select(Membership)
        .where(Membership.member_id == member.id, Membership.kind == HOME)
        .order_by(Membership.id)
    )
    return [(row.organisation_id, row.valid_from, row.valid_to) for row in rows]


def test_a_home_from_a_day_ends_the_one_before_and_keeps_it(session: Session, ward: Ward) -> None:
    """History stays, the day before is the last one; the same day anew takes its place."""
    member = session.get_one(Member, ward.members["bach"])
    on = date(2026, 12, 1)
    to: dict[str, Any] = {"office": ward.office, "member": member}
    move_home(session, organisation=session.get_one(Organisation, CELL_2), on=on, **to)
    move_home(session, organisation=session.get_one(Organisation, SCHOOL), on=on, **to)
    before = on - timedelta(days=1)
    assert _cells(session, member) == [
        (CELL_7, date(2025, 7, 1), before),
        (CELL_2, on, before),
        (SCHOOL, on, None),
    ]
    found = [cell_of(session, member_id=member.id, kind=HOME, on=day) for day in (before, on)]
    assert [each.id for each in found if each] == [CELL_7, SCHOOL]
    assert member.version == 3


def test_a_home_is_a_cell_and_nothing_later_is_there(session: Session, ward: Ward) -> None:
    """A ward is nobody's home, and an entry that begins later is not overwritten."""
    member = session.get_one(Member, ward.members["bach"])
    to: dict[str, Any] = {"office": ward.office, "member": member}
    cell, ward_row = (session.get_one(Organisation, number) for number in (CELL_2, WARD))
    with pytest.raises(Refused) as refused:
        move_home(session, organisation=ward_row, on=date(2026, 12, 1), **to)
    assert refused.value.problems == (Problem.NO_CELL,)
    move_home(session, organisation=cell, on=date(2026, 12, 1), **to)
    with pytest.raises(Refused) as refused:
        move_home(session, organisation=cell, on=date(2026, 11, 1), **to)
    assert refused.value.problems == (Problem.LATER,)


def test_a_temporary_cell_begins_and_ends_beside_the_home(session: Session, ward: Ward) -> None:
    """It ends on its last day; a home is never left without another."""
    member = session.get_one(Member, ward.members["bach"])
    to: dict[str, Any] = {"office": ward.office, "member": member}
    cell = session.get_one(Organisation, CELL_2)
    set_cell(session, kind=TEMPORARY, organisation=cell, on=date(2026, 11, 1), **to)
    assert leave_cell(session, kind=TEMPORARY, on=date(2026, 11, 20), **to).valid_to == date(
        2026, 11, 20
    )
    with pytest.raises(Refused):
        leave_cell(session, kind=HOME, on=date(2026, 11, 20), **to)


def test_the_end_of_a_membership_ends_cells_and_posts_until_who_left_comes_back(
    session: Session, ward: Ward
) -> None:
    """Nothing can be entered for who is no member; a new standing opens the entry again."""
    member = session.get_one(Member, ward.members["thanh"])
    to: dict[str, Any] = {"office": ward.office, "member": member}
    cell = session.get_one(Organisation, CELL_7)
    stand(session, status=MembershipStatus.LEFT, on=date(2026, 11, 1), **to)
    last = date(2026, 10, 31)
    assert _cells(session, member) == [(CELL_7, date(2025, 7, 1), last)]
    post = session.scalars(select(Post).where(Post.member_id == member.id)).one()
    assert (post.valid_to, post.ended_on) == (last, ward.office.today)
    with pytest.raises(Refused) as refused:
        move_home(session, organisation=cell, on=date(2026, 11, 10), **to)
    assert refused.value.problems == (Problem.GONE,)
    stand(session, status=MembershipStatus.ACTIVE, on=date(2026, 11, 10), **to)
    move_home(session, organisation=cell, on=date(2026, 11, 10), **to)
    stand(session, status=MembershipStatus.DECEASED, on=date(2026, 11, 15), **to)
    with pytest.raises(Refused):
        stand(session, status=MembershipStatus.ACTIVE, on=date(2026, 11, 16), **to)


def test_an_end_dated_back_and_a_post_taken_back_still_hide(session: Session, ward: Ward) -> None:
    """Who sat on the committee as far as the portal knew keeps hiding cases from it."""
    member = session.get_one(Member, ward.members["thanh"])
    to: dict[str, Any] = {"office": ward.office, "member": member}
    arrived = ward.office.today - timedelta(days=30)
    post = session.scalars(select(Post).where(Post.member_id == member.id)).one()
    end_post(session, post=post, on=arrived - timedelta(days=100), **to)
    assert committees_of(session, member_id=member.id, days=[arrived]) == {CELL_7}
    strike(session, row=post, **to)
    assert committees_of(session, member_id=member.id, days=[arrived]) == {CELL_7}
    later = ward.office.today + timedelta(days=1)
    assert committees_of(session, member_id=member.id, days=[later]) == set()


def test_a_past_post_that_is_entered_late_hides_nothing_of_today(
    session: Session, ward: Ward
) -> None:
    """Only what the portal had held to be so counts until it was ended."""
    member = session.get_one(Member, ward.members["bach"])
    begin_post(
        session,
        office=ward.office,
        member=member,
        organisation=session.get_one(Organisation, CELL_2),
        title=PostTitle.SECRETARY,
        words=None,
        on=date(2025, 8, 1),
        until=date(2025, 12, 31),
    )
    assert committees_of(session, member_id=member.id, days=[ward.office.today]) == set()
    assert committees_of(session, member_id=member.id, days=[date(2025, 9, 1)]) == {CELL_2}
