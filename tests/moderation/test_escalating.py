"""Climbing: half, four fifths and all of a stage's time; the level above told, then taking over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from moderation import answering, escalating, followups
from moderation.access import visible_to
from moderation.almanac import days_of
from moderation.discretion import NamesSomebody
from moderation.workflow import NotAvailable
from portal.clock import VIETNAM
from portal.deadlines import STARTING_ROWS, Calendar, due
from portal.models import Account, Case, Event, Grant, Notice, StageClock, Tie
from portal.models.case import Room
from portal.pacing import Mark
from portal.tracking import contest, find, tell, timeline
from portal.vocabulary import Role, Status
from tests.doors.course import Course
from tests.moderation.walking import BACH, Walk, set_out
from tests.moderation.ward import (
    CELL_7,
    COMMISSION,
    NOON,
    PROVINCE,
    PROVINCE_COMMISSION,
    SINCE,
    WARD,
    Ward,
)

TET = Calendar.of(
    {
        **{day: kind.value for day, kind, _ in days_of(2026)},
        **{day: kind for day, kind, _ in STARTING_ROWS},
    }.items()
)
WHY = "Chi bộ chưa trả lời, phường trực tiếp xem xét."


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=VIETNAM).astimezone(UTC)


def climb(walk: Walk, until: datetime) -> None:
    """Let the worker look at every moment at which somebody must be told."""
    ward = walk.ward
    while True:
        with ward.database.reading() as session:
            first = session.execute(
                select(StageClock.id, StageClock.next_at)
                .where(StageClock.next_at <= until)
                .order_by(StageClock.next_at)
            ).first()
        if first is None:
            break
        ward.at = first.next_at
        with ward.database.writing() as session:
            escalating.tell_marks(session, office=ward.office, clock_id=first.id)
    ward.at = until


def notices(walk: Walk) -> list[tuple[str, int | None]]:
    with walk.seen() as (session, case):
        return [
            (row.kind, row.organisation_id)
            for row in session.execute(
                select(Notice.kind, Notice.organisation_id)
                .where(Notice.case_id == case.id)
                .order_by(Notice.id)
            )
        ]


def since(walk: Walk, kind: str) -> list[tuple[str, int | None]]:
    """The notices from the first of a kind on."""
    found = notices(walk)
    return found[[name for name, _place in found].index(kind) :]


def headings(walk: Walk) -> list[str]:
    """What the resident reads, oldest first."""
    assert walk.receipt is not None
    with walk.ward.database.reading() as session:
        found = find(session, ring=walk.ward.ring, code=walk.receipt.code)
        assert found is not None
        told = tell(
            found,
            timeline(session, tracked=found),
            now=walk.ward.at,
            calendar=walk.ward.calendar,
        )
    return [told.headline, *(item.title for item in reversed(told.items))]


def tie(ward: Ward, login: str, member: str) -> None:
    with ward.database.writing() as session:
        session.add(
            Tie(account_id=ward.accounts[login], member_id=ward.members[member], declared_at=NOON)
        )


@pytest.fixture
def routed(ward: Ward) -> Walk:
    """A case that the cell has had since Monday, 23 November, ten o'clock."""
    return set_out(ward).until(Course.route)


def test_s_12_a_cell_that_does_not_accept_is_reminded_and_its_level_above_is_told(
    ward: Ward,
) -> None:
    ward.calendar, ward.at = TET, at("2026-02-13 14:00")
    walk = set_out(ward)
    for stage in (Course.send, Course.prepare, Course.claim, Course.choose, Course.propose):
        stage(walk)
    walk.confirm()
    ward.at = at("2026-02-13 15:00")
    walk.route()
    with walk.seen() as (_session, case):
        assert case.due_at == at("2026-02-25 17:00")
    climb(walk, at("2026-02-25 16:59"))
    assert [name for name, _place in since(walk, "half_used")] == ["half_used", "most_used"]
    assert not any("Quá hạn" in line for line in headings(walk))
    climb(walk, at("2026-02-26 09:00"))
    assert notices(walk)[-1] == ("overdue", CELL_7)
    assert "Quá hạn – đã nhắc đơn vị" in headings(walk)
    climb(walk, at("2026-03-02 16:59"))
    assert "Quá hạn – đã báo cấp trên" not in headings(walk)
    climb(walk, at("2026-03-02 17:00"))
    assert notices(walk)[-1] == ("late_below", WARD)
    assert headings(walk)[-2:] == ["Quá hạn – đã báo cấp trên", "Kết quả"]
    with pytest.raises(NotAvailable):
        walk.do("vinh", escalating.take_over, reason=WHY)
    climb(walk, at("2026-03-11 17:00"))
    assert ("may_take_over", WARD) in notices(walk)


def test_everybody_is_told_once_however_often_the_worker_looks(routed: Walk) -> None:
    ward, until = routed.ward, due(NOON, 16, routed.ward.calendar)
    climb(routed, until)
    before = notices(routed)
    with ward.database.reading() as session:
        numbers = session.scalars(select(StageClock.id)).all()
    for number in numbers:
        with ward.database.writing() as session:
            escalating.tell_marks(session, office=ward.office, clock_id=number)
    assert notices(routed) == before
    assert [name for name, _place in before].count("may_take_over") == 1


def test_a_worker_that_was_away_tells_what_counts_now_and_no_share_before_it(
    routed: Walk,
) -> None:
    ward = routed.ward
    ward.at = due(NOON, 7, ward.calendar)
    with ward.database.reading() as session:
        waiting = escalating.waiting_marks(session, at=ward.at)
    for number in waiting:
        with ward.database.writing() as session:
            escalating.tell_marks(session, office=ward.office, clock_id=number)
    found = notices(routed)[1:]
    assert ("overdue", CELL_7) in found
    assert ("late_below", WARD) in found
    assert not [name for name, _place in found if name in {"half_used", "most_used"}]


def test_after_ten_days_the_level_above_takes_over_and_both_are_judged_by_their_own_time(
    routed: Walk,
) -> None:
    ward = routed.ward
    climb(routed, due(NOON, 13, ward.calendar))
    routed.do("vinh", escalating.take_over, reason=WHY)
    with routed.seen() as (session, case):
        assert (case.status, case.handler_id) == (Status.ROUTED, WARD)
        assert (case.above_id, case.take_over_from) == (None, None)
        clocks = session.scalars(select(StageClock).order_by(StageClock.id)).all()
        old = [c for c in clocks if c.organisation_id == CELL_7]
        new = {c.stage: c for c in clocks if c.organisation_id == WARD and c.stopped_at is None}
        assert {(c.stage, c.late, c.late_days) for c in old} == {
            ("accept", True, 10),
            ("result", False, 0),
        }
        assert set(new) == {"accept", "result"}
        assert new["accept"].due_at == due(ward.at, 3, ward.calendar)
        assert new["result"].due_at == due(ward.at, 10, ward.calendar)
        cell, ward_person = ward.person(session, "thanh"), ward.person(session, "vinh")
        assert case.id not in session.scalars(visible_to(cell)).all()
        assert case.id in session.scalars(visible_to(ward_person)).all()
        event = session.scalars(select(Event).where(Event.action == "escalate")).one()
        assert (event.shown, event.organisation_id) == (True, WARD)
    assert "Cấp trên giải quyết thay" in headings(routed)
    assert ("taken_over", CELL_7) in notices(routed)
    routed.do("vinh", followups.accept)


def test_whoever_takes_over_names_nobody_to_the_resident(routed: Walk) -> None:
    climb(routed, due(NOON, 13, routed.ward.calendar))
    with pytest.raises(NamesSomebody):
        routed.do("vinh", escalating.take_over, reason="Ông Nông Văn Bách không hợp tác.")


def test_accepting_at_last_leaves_nothing_to_take_over(routed: Walk) -> None:
    climb(routed, due(NOON, 13, routed.ward.calendar))
    routed.accept()
    with routed.seen() as (_session, case):
        assert (case.above_id, case.take_over_from) == (None, None)
    with pytest.raises(NotAvailable):
        routed.do("vinh", escalating.take_over, reason=WHY)


@pytest.mark.parametrize(
    ("ties", "told"),
    [
        ((), WARD),
        (("vinh",), COMMISSION),
        (("vinh", "ky"), PROVINCE),
    ],
)
def test_a_level_with_somebody_tied_to_the_member_is_passed_over(
    ward: Ward, ties: Iterable[str], told: int
) -> None:
    for login in ties:
        tie(ward, login, "bach")
    walk = set_out(ward).until(Course.route)
    climb(walk, due(NOON, 6, ward.calendar))
    assert notices(walk)[-1] == ("late_below", told)
    with walk.seen() as (_session, case):
        assert case.above_id == told


def test_a_restricted_case_climbs_from_commission_to_commission_only(ward: Ward) -> None:
    with ward.database.writing() as session:
        account = Account(login="xa", name="Lục Thị Xa", password_hash="", created_at=NOON)
        session.add(account)
        session.flush()
        session.add(
            Grant(
                account_id=account.id,
                role=Role.COMMITTEE,
                organisation_id=PROVINCE_COMMISSION,
                valid_from=SINCE,
            )
        )
        ward.accounts["xa"] = account.id
    walk = set_out(ward, fears_retaliation=True)
    walk.handler, walk.handled_by = COMMISSION, "ky"
    walk.until(Course.route)
    with walk.seen() as (session, case):
        assert case.restricted
        assert case.id not in session.scalars(visible_to(ward.person(session, "xa"))).all()
    climb(walk, due(NOON, 13, ward.calendar))
    with walk.seen() as (session, case):
        assert case.above_id == PROVINCE_COMMISSION
        assert case.id in session.scalars(visible_to(ward.person(session, "xa"))).all()
        for login in ("vinh", "province"):
            person = ward.person(session, login)
            assert case.id not in session.scalars(visible_to(person, [Room.COMMITTEE])).all()
    walk.do("xa", escalating.take_over, reason="Cấp tỉnh trực tiếp xem xét.")
    with walk.seen() as (_session, case):
        assert (case.handler_id, case.restricted) == (PROVINCE_COMMISSION, True)


def test_a_restricted_case_that_is_sent_back_twice_goes_to_the_next_commission(
    ward: Ward,
) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.REPORTED, handler=COMMISSION, subjects=("bach",))
        case.restricted, case.send_backs, number = True, 1, case.id
    with ward.database.writing() as session:
        case = session.get_one(Case, number)
        answering.send_back(
            session,
            office=ward.office,
            keys=ward.keys(session, case),
            case=case,
            by=ward.person(session, "lam"),
            reason="Chưa rõ.",
        )
        # The commission of the province has nobody: then it is the highest level.
        assert case.handler_id == PROVINCE


def test_who_wrote_and_went_is_waited_for_and_nobody_is_told(ward: Ward) -> None:
    walk = set_out(ward).until(Course.accept)
    walk.withdraw()
    before = len(notices(walk))
    climb(walk, due(NOON, 40, ward.calendar))
    assert len(notices(walk)) == before


def test_a_late_desk_is_told_to_the_moderators_above_it(ward: Ward) -> None:
    walk = set_out(ward).until(Course.prepare)
    climb(walk, due(NOON, 5, ward.calendar))
    assert ("overdue", WARD) in notices(walk)
    assert ("late_below", PROVINCE) in notices(walk)
    assert "Quá hạn – đã nhắc bộ phận tiếp nhận" in headings(walk)
    assert headings(walk)[0] == "Cổng đã nhận ý kiến, nhưng xem xét chậm"


def test_whoever_reviews_is_reminded_in_time_and_the_resident_reads_it(ward: Ward) -> None:
    walk = Walk(ward, "thanh", BACH, {"unit_id": WARD}, WARD, "vinh").until(Course.publish)
    walk.act(
        lambda session, tracked: contest(
            session, tracked=tracked, text="Vật liệu vẫn còn đó.", at=ward.at
        )
    )
    with walk.seen() as (session, case):
        assert case.status is Status.REVIEW
        reviewer = case.decider_id
        clock = session.scalars(select(StageClock).where(StageClock.stage == "review")).one()
        assert clock.organisation_id == reviewer != case.desk_id
    climb(walk, due(ward.at, 15, ward.calendar))
    told = [row for row in notices(walk) if row[0] in {"half_used", "most_used", "overdue"}]
    assert told[-3:] == [(kind, reviewer) for kind in ("half_used", "most_used", "overdue")]
    assert any("xem xét lại" in heading and "Quá hạn" in heading for heading in headings(walk))


def test_lateness_is_frozen_when_a_stage_stops_and_a_pause_is_nobody_s_fault(ward: Ward) -> None:
    walk = set_out(ward).until(Course.report)
    ward.at = due(NOON, 30, ward.calendar)
    walk.publish()
    with walk.seen() as (session, case):
        found = {
            c.stage: (c.late, c.late_days)
            for c in session.scalars(select(StageClock).where(StageClock.case_id == case.id))
        }
    assert found["result"] == (False, 0)
    assert found["publish"] == (True, 28)
    assert found["rating"] == (None, None)


def test_an_extension_warns_anew_of_the_new_date_and_keeps_it_as_chosen(ward: Ward) -> None:
    walk = set_out(ward).until(Course.accept)
    first = due(NOON, 20, ward.calendar)
    climb(walk, due(NOON, 17, ward.calendar))
    assert ("most_used", CELL_7) in notices(walk)
    walk.do("thanh", followups.extend, reason="Chờ họp chi bộ.", new_date=date(2027, 1, 4))
    with walk.seen() as (session, case):
        clock = session.scalars(
            select(StageClock).where(StageClock.stage == "result", StageClock.case_id == case.id)
        ).one()
        assert clock.chosen_at == clock.due_at == case.due_at
        assert clock.working_days == 20 + 10
        assert clock.mark == Mark.HALF
        assert clock.next_at is not None
        assert ward.at < clock.next_at < clock.due_at
        assert first < clock.due_at
