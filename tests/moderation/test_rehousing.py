"""The nightly walk: what nobody is left for goes to the successor or the level above."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from moderation import screening, worker
from portal.models import (
    Account,
    Case,
    Event,
    Membership,
    Notice,
    Organisation,
    StageClock,
    Succession,
)
from portal.vocabulary import MembershipKind, Status
from tests.doors.course import COMPLETE, Course
from tests.moderation.test_escalating import headings, notices
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import (
    CELL_2,
    CELL_7,
    COMMISSION,
    PROVINCE,
    SCHOOL,
    SINCE,
    WARD,
    Ward,
)


def night(ward: Ward) -> int:
    return worker.rehouse(ward.database, ward.worker_ring, at=ward.at, go_on=lambda: True)


def leave(ward: Ward, *logins: str) -> None:
    """Let accounts end, as far as the walk is concerned."""
    with ward.database.writing() as session:
        session.execute(update(Account).where(Account.login.in_(logins)).values(active=False))


def end(ward: Ward, place: int, *heirs: int) -> None:
    """Let an organisation end yesterday."""
    day = ward.office.today
    with ward.database.writing() as session:
        session.get_one(Organisation, place).valid_to = day - timedelta(days=1)
        for heir in heirs:
            session.add(Succession(old_id=place, new_id=heir))


@pytest.fixture
def accepted(ward: Ward) -> Walk:
    return set_out(ward).until(Course.accept)


def test_nothing_moves_as_long_as_somebody_may_work_on_it(ward: Ward, accepted: Walk) -> None:
    assert night(ward) == 0
    with accepted.seen() as (_session, case):
        assert case.handler_id == CELL_7


def test_s_04_a_cell_with_only_a_tied_deputy_left_gives_the_case_to_the_level_above(
    ward: Ward, accepted: Walk
) -> None:
    before = accepted.ward.office.at
    leave(ward, "thanh", "both")
    assert night(ward) == 1
    with accepted.seen() as (session, case):
        assert (case.handler_id, case.status) == (WARD, Status.IN_PROGRESS)
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert event is not None
        assert (event.action, event.shown, event.account_id) == ("escalate", True, None)
        clocks = session.scalars(
            select(StageClock).where(StageClock.case_id == case.id, StageClock.stage == "result")
        ).all()
        assert [(c.organisation_id, c.stopped_at is None) for c in clocks] == [
            (CELL_7, False),
            (WARD, True),
        ]
        # What was promised is later than the days of whoever takes over, so it stays.
        assert clocks[0].due_at == clocks[1].due_at
    titles = headings(accepted)
    assert "Đã chuyển nơi khác giải quyết" in titles
    assert ("escalate", WARD) in notices(accepted)
    assert ward.office.at == before
    assert night(ward) == 0


@pytest.mark.parametrize(
    ("heirs", "home", "taken"),
    [
        ((CELL_2,), CELL_7, CELL_2),
        ((CELL_2, SCHOOL), SCHOOL, SCHOOL),
        ((CELL_2, SCHOOL), CELL_7, WARD),
        ((), CELL_7, WARD),
    ],
)
def test_an_ended_cell_leaves_its_case_to_the_successor_that_has_the_member(
    ward: Ward, accepted: Walk, heirs: tuple[int, ...], home: int, taken: int
) -> None:
    end(ward, CELL_7, *heirs)
    if home != CELL_7:
        with ward.database.writing() as session:
            session.add(
                Membership(
                    member_id=ward.members["bach"],
                    organisation_id=home,
                    kind=MembershipKind.HOME,
                    valid_from=SINCE + timedelta(days=1),
                )
            )
    night(ward)
    with accepted.seen() as (_session, case):
        assert case.handler_id == taken


def test_an_ended_desk_is_followed_by_its_successor_and_an_empty_one_by_the_level_above(
    ward: Ward,
) -> None:
    walk = set_out(ward).until(Course.prepare)
    leave(ward, "hoa", "lam", "both", "tied")
    night(ward)
    with walk.seen() as (session, case):
        assert case.desk_id == PROVINCE
        kinds = session.scalars(select(Notice.kind).order_by(Notice.id)).all()
        assert kinds[-1] == "pass_desk"
    assert night(ward) == 0


def test_whoever_could_confirm_has_gone_so_a_commission_is_asked(ward: Ward) -> None:
    walk = set_out(ward).until(Course.choose)
    walk.do("hoa", screening.verify, checklist=COMPLETE)
    with walk.seen() as (_session, case):
        assert case.decider_id is None
    leave(ward, "lam", "both", "thu")
    night(ward)
    with walk.seen() as (_session, case):
        assert case.decider_id == COMMISSION


def test_a_case_that_its_last_writer_left_stays_where_it_is(ward: Ward, accepted: Walk) -> None:
    accepted.withdraw()
    leave(ward, "thanh", "both")
    assert night(ward) == 0
    with ward.database.reading() as session:
        assert session.get_one(Case, accepted.number).handler_id == CELL_7
