"""Where no moderator is left who could be the second person, a commission is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from moderation import carrying_out, screening
from moderation.access import visible_to
from moderation.screening import NoHandler
from moderation.workflow import Action, NotAvailable
from moderation.workflow.performing import LEASE
from portal.models import Case, Grant, Notice
from portal.models.case import Room
from portal.vocabulary import Role, Status
from tests.doors.course import PASSED, Course
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import COMMISSION, PROVINCE_COMMISSION, SINCE, Ward


def lonely(ward: Ward, *, commission: int | None = PROVINCE_COMMISSION) -> None:
    """Leave one moderator, and let somebody sit on a commission."""
    others = [ward.accounts[login] for login in ("lam", "tied", "both", "thu")]
    with ward.database.writing() as session:
        session.execute(
            delete(Grant).where(Grant.account_id.in_(others), Grant.role == Role.MODERATOR)
        )
        if commission is not None:
            session.add(
                Grant(
                    account_id=ward.accounts["auditor"],
                    role=Role.COMMITTEE,
                    organisation_id=commission,
                    valid_from=SINCE,
                )
            )


@pytest.fixture
def waiting(ward: Ward) -> Walk:
    """A proposal that no other moderator can confirm."""
    lonely(ward)
    return set_out(ward).until(Course.propose)


def sees(walk: Walk, login: str) -> bool:
    with walk.seen() as (session, case):
        person = walk.ward.person(session, login)
        return case.id in set(session.scalars(visible_to(person, [Room.COMMITTEE])))


def test_the_commission_of_the_level_above_sees_it_and_is_told(waiting: Walk) -> None:
    with waiting.seen() as (session, case):
        assert case.decider_id == PROVINCE_COMMISSION
        told = session.scalars(select(Notice).where(Notice.kind == "second")).one()
        assert told.organisation_id == PROVINCE_COMMISSION
    assert sees(waiting, "auditor")
    assert not any(sees(waiting, login) for login in ("ky", "vinh", "thanh", "wife"))


def test_it_confirms_and_lets_go_of_the_case(waiting: Walk) -> None:
    with pytest.raises(NotAvailable):
        waiting.do("hoa", screening.confirm)
    waiting.do("auditor", screening.confirm)
    with waiting.seen() as (_session, case):
        assert (case.status, case.decider_id) == (Status.ELIGIBLE, None)
    assert not sees(waiting, "auditor")


def test_it_objects_and_the_moderator_goes_on(waiting: Walk) -> None:
    waiting.do("auditor", screening.object_to, reason="Chưa rõ việc.")
    with waiting.seen() as (_session, case):
        assert (case.status, case.proposal, case.decider_id) == (Status.SCREENING, None, None)
    assert not sees(waiting, "auditor")
    waiting.propose_to_decline()
    waiting.do("auditor", screening.confirm)
    with waiting.seen() as (_session, case):
        assert case.status is Status.DECLINED


def test_nobody_of_a_commission_screens_what_moderators_can(ward: Ward) -> None:
    walk = set_out(ward).until(Course.propose)
    with walk.seen() as (_session, case):
        assert case.decider_id is None
    assert not sees(walk, "ky")
    with pytest.raises(NotAvailable):
        walk.do("ky", screening.confirm)


def test_whoever_confirmed_for_a_commission_does_not_handle_it_there(waiting: Walk) -> None:
    waiting.do("auditor", screening.confirm)
    routed = {"organisation_id": PROVINCE_COMMISSION, "texts": PASSED, "overriding": "Cấp trên."}
    with pytest.raises(NoHandler):
        waiting.do("hoa", screening.route, **routed)
    with waiting.ward.database.writing() as session:
        session.add(
            Grant(
                account_id=waiting.ward.accounts["ky"],
                role=Role.COMMITTEE,
                organisation_id=PROVINCE_COMMISSION,
                valid_from=SINCE,
            )
        )
    waiting.do("hoa", screening.route, **routed)
    with waiting.seen() as (_session, case):
        assert case.handler_id == PROVINCE_COMMISSION


def test_a_desk_below_no_other_level_has_its_own_commission(ward: Ward) -> None:
    lonely(ward, commission=None)
    walk = set_out(ward).until(Course.propose)
    with walk.seen() as (_session, case):
        assert case.decider_id == COMMISSION
    walk.do("ky", screening.confirm)


def test_a_second_person_who_leaves_later_is_replaced_too(ward: Ward) -> None:
    walk = set_out(ward).until(Course.propose)
    lonely(ward)
    ward.later(seconds=(LEASE + timedelta(minutes=1)).total_seconds())
    with ward.database.writing() as session:
        carrying_out.end_lease(session, office=ward.office, case_id=walk.number)
    with walk.seen() as (_session, case):
        assert (case.proposal, case.decider_id) == (Action.VERIFY, PROVINCE_COMMISSION)
    walk.do("auditor", screening.confirm)


def test_who_is_hidden_from_a_case_is_no_second_person(ward: Ward) -> None:
    lonely(ward)
    with ward.database.writing() as session:
        session.add(
            Grant(
                account_id=ward.accounts["wife"],
                role=Role.COMMITTEE,
                organisation_id=PROVINCE_COMMISSION,
                valid_from=SINCE,
            )
        )
    walk = set_out(ward).until(Course.propose)
    assert sees(walk, "auditor")
    assert not sees(walk, "wife")


def test_what_its_writer_takes_back_leaves_the_commission(waiting: Walk) -> None:
    waiting.withdraw()
    assert not sees(waiting, "auditor")
    with waiting.ward.database.reading() as session:
        assert session.get_one(Case, waiting.number).decider_id is None
