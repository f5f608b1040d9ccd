"""What the clock asks for: an answer that never came, a hold that ends, a lease that ran out."""

from __future__ import annotations

from datetime import timedelta

from moderation import carrying_out, followups
from portal.deadlines import due
from portal.models import Submission
from portal.vocabulary import Status
from tests.doors.course import Course
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import Ward


def asked(ward: Ward) -> Walk:
    walk = set_out(ward).until(Course.claim)
    walk.ask()
    return walk


def status(walk: Walk) -> Status:
    with walk.seen() as (_session, case):
        return case.status


def overdue(ward: Ward) -> list[int]:
    with ward.database.reading() as session:
        return carrying_out.overdue_waits(session, office=ward.office)


def test_a_question_without_an_answer_is_decided_on_after_ten_working_days(ward: Ward) -> None:
    walk = asked(ward)
    ward.at = due(ward.at, 10, ward.calendar)
    walk.move_on()
    assert (status(walk), overdue(ward)) == (Status.NEED_INFO, [])
    ward.later(seconds=1)
    assert overdue(ward) == [walk.number]
    walk.move_on()
    assert (status(walk), overdue(ward)) == (Status.SCREENING, [])


def test_an_answer_without_a_judgement_is_closed_after_ten_working_days(ward: Ward) -> None:
    walk = set_out(ward).until(Course.publish)
    ward.at = due(ward.at, 10, ward.calendar)
    walk.move_on()
    assert status(walk) is Status.ANSWERED
    ward.later(seconds=1)
    walk.move_on()
    with walk.seen() as (session, case):
        assert case.status is Status.CLOSED
        assert session.get_one(Submission, walk.number).rating is None


def test_a_hold_ends_on_the_day_of_its_review(ward: Ward) -> None:
    walk = set_out(ward).until(Course.accept)
    review = ward.office.today + timedelta(days=7)
    walk.do("thanh", followups.hold, reason="Chờ kết luận.", review_on=review)
    ward.later(days=6)
    walk.move_on()
    assert status(walk) is Status.ON_HOLD
    ward.later(days=2)
    assert overdue(ward) == [walk.number]
    walk.move_on()
    assert status(walk) is Status.IN_PROGRESS


def test_the_clock_leaves_alone_what_waits_for_people(ward: Ward) -> None:
    walk = set_out(ward).until(Course.accept)
    ward.later(days=200)
    assert overdue(ward) == []
    walk.move_on()
    assert status(walk) is Status.IN_PROGRESS


def end_leases(walk: Walk) -> list[int]:
    with walk.ward.database.writing() as session:
        ended = carrying_out.ended_leases(session, at=walk.ward.at)
        carrying_out.end_lease(session, office=walk.ward.office, case_id=walk.number)
    return ended


def test_a_case_that_nobody_worked_on_for_two_hours_is_back_in_the_queue(ward: Ward) -> None:
    walk = set_out(ward).until(Course.claim)
    ward.later(hours=2)
    assert end_leases(walk) == []
    assert status(walk) is Status.SCREENING
    ward.later(seconds=1)
    assert end_leases(walk) == [walk.number]
    with walk.seen() as (_session, case):
        assert (case.status, case.claimant_id, case.lease_until) == (Status.RECEIVED, None, None)


def test_a_proposal_outlives_the_lease_of_its_proposer(ward: Ward) -> None:
    walk = set_out(ward).until(Course.propose)
    ward.later(hours=3)
    end_leases(walk)
    with walk.seen() as (_session, case):
        assert (case.status, case.proposal) == (Status.SCREENING, "verify")
        assert (case.claimant_id, case.lease_until) == (None, None)
    walk.confirm()
    assert status(walk) is Status.ELIGIBLE
