"""A hold keeps what is over until somebody ends it; both are written down, for the writer too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation.access import NotVisible
from moderation.followups import BadDay
from moderation.retention import holding, previewing
from moderation.retention.holding import reason_of
from moderation.retention.previewing import (
    Expiring,
    count_expiring,
    list_expiring,
    list_held,
    read_expiring,
)
from moderation.workflow import Incomplete, NotAvailable
from portal.models import Case, JournalEntry
from portal.tracking import find, timeline
from portal.vocabulary import Deed
from tests.moderation.retention.conftest import TAKEN_BACK, Ended, Nights
from tests.moderation.walking import Walk
from tests.moderation.ward import Ward

WHY = "Thanh tra đang hỏi."


def hold(walk: Walk, days: int = 60, reason: str = WHY, by: str = "hoa") -> None:
    review = walk.ward.office.today + timedelta(days=days)
    walk.do(by, holding.place, reason=reason, review_on=review)


def seen(ward: Ward, login: str, *, held: bool = False) -> list[Expiring]:
    with ward.database.reading() as session:
        listed = list_held if held else list_expiring
        return list(listed(session, office=ward.office, person=ward.person(session, login)).lines)


@pytest.fixture
def near(nights: Nights, ended: Ended) -> Walk:
    """A case that will go in a month."""
    walk = ended(*TAKEN_BACK)
    nights.leap(61)
    nights.one()
    return walk


def test_what_is_held_stays_and_goes_a_month_after_it_was_let_go(
    nights: Nights, near: Walk
) -> None:
    hold(near)
    nights.log()
    assert nights.pass_by(200) == 0
    near.do("lam", holding.release, reason="Đã xong.")
    nights.log()
    assert nights.pass_by(29) == 0
    assert nights.pass_by(1) == 1


def test_both_are_deeds_and_steps_and_the_reason_is_nobodys_but_the_staffs(
    nights: Nights, ended: Ended
) -> None:
    near, ward = ended(), nights.ward
    nights.one()
    hold(near)
    with near.seen() as (session, case):
        assert reason_of(session, keys=ward.keys(session, case), case_id=case.id) == WHY
    near.do("lam", holding.release, reason="Đã xong.")
    with near.seen() as (session, case):
        assert reason_of(session, keys=ward.keys(session, case), case_id=case.id) == ""
        deeds = session.execute(
            select(JournalEntry.deed, JournalEntry.case_id).order_by(JournalEntry.id)
        ).all()
        assert near.receipt
        tracked = find(session, ring=ward.ring, code=near.receipt.code)
        assert tracked
        steps = timeline(session, tracked=tracked).moments
    assert [tuple(row) for row in deeds[-2:]] == [
        (Deed.HELD_BACK, near.number),
        (Deed.LET_GO, near.number),
    ]
    assert [step.action for step in steps[-2:]] == ["hold_back", "let_go"]
    assert not any(step.note for step in steps[-2:])


def test_what_may_not_be_held(near: Walk) -> None:
    for days in (-1, 0, 366):
        with pytest.raises(BadDay):
            hold(near, days=days)
    with pytest.raises(Incomplete):
        hold(near, reason=" ")
    with pytest.raises(NotAvailable):
        near.do("hoa", holding.release, reason=WHY)
    hold(near)
    with pytest.raises(NotAvailable):
        hold(near)


def test_what_is_open_cannot_be_held(ward: Ward, ended: Ended) -> None:
    walk = ended(*TAKEN_BACK)
    with pytest.raises(NotAvailable):
        hold(walk)


def test_the_list_shows_what_a_moderator_sees_and_nobody_else(nights: Nights, near: Walk) -> None:
    ward = near.ward
    for login in ("hoa", "lam", "thu"):
        assert [line.case_id for line in seen(ward, login)] == [near.number], login
    for login in ("tied", "far", "thanh", "an", "auditor", "ky"):
        assert seen(ward, login) == [], login
        with ward.database.reading() as session:
            person = ward.person(session, login)
            assert count_expiring(session, office=ward.office, person=person, most=9) == 0
            with pytest.raises(NotVisible):
                read_expiring(session, office=ward.office, person=person, case_id=near.number)
    hold(near)
    assert seen(ward, "hoa") == []
    (line,) = seen(ward, "hoa", held=True)
    assert line.hold
    assert (line.hold.placed_by, line.hold.late) == ("Lương Thị Hòa", False)
    ward.later(days=61)
    (line,) = seen(ward, "thu", held=True)
    assert line.hold
    assert line.hold.late
    assert seen(ward, "tied", held=True) == []


def test_the_day_that_is_shown_is_the_day_on_which_it_goes(nights: Nights, near: Walk) -> None:
    (line,) = seen(near.ward, "hoa")
    nights.pass_by((line.goes_on - near.ward.office.today).days - 1)
    with near.ward.database.reading() as session:
        assert session.get(Case, near.number)
    assert nights.pass_by(1) == 1


def test_the_list_is_turned_page_by_page_without_a_gap(
    nights: Nights, ended: Ended, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previewing, "PAGE", 2)
    numbers = [ended(*TAKEN_BACK).number for _letter in range(5)]
    nights.leap(61)
    nights.one()
    with ward.database.reading() as session:
        person, found, cursor = ward.person(session, "hoa"), [], None
        for _turn in range(3):
            page = list_expiring(session, office=ward.office, person=person, cursor=cursor)
            found += [line.case_id for line in page.lines]
            cursor = page.later
        assert found == numbers
        assert cursor is None
        page = list_expiring(session, office=ward.office, person=person, cursor=page.earlier)
        assert [line.case_id for line in page.lines] == numbers[2:4]
