"""Carrying out a transition: what is left behind beside the status."""

from __future__ import annotations

from moderation.workflow import Action, Need, perform
from moderation.workflow.performing import Brought
from portal.models import Case
from portal.vocabulary import Status
from tests.doors.course import Course
from tests.moderation.walking import set_out
from tests.moderation.ward import CELL_7, Ward


def test_a_report_sent_back_leaves_no_lease_in_the_way_of_the_committee(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.REPORTED, handler=CELL_7)
        perform(
            session,
            office=ward.office,
            keys=ward.keys(session, case),
            case=case,
            action=Action.SEND_BACK,
            by=ward.person(session, "hoa"),
            brought=Brought(reason="Cần nói rõ ngày kiểm tra."),
        )
        assert case.claimant_id is None
        perform(
            session,
            office=ward.office,
            keys=ward.keys(session, case),
            case=case,
            action=Action.FOLLOW_UP,
            by=ward.person(session, "thanh"),
            brought=Brought(met=(Need.ACTION_KIND,)),
        )


def test_a_case_withdrawn_while_a_proposal_waits_has_none_any_more(ward: Ward) -> None:
    walk = set_out(ward).until(Course.propose)
    walk.withdraw()
    with walk.seen() as (_session, case):
        assert case.status is Status.WITHDRAWN
        assert (case.proposal, case.proposer_id, case.claimant_id) == (None, None, None)


def test_every_step_makes_the_pages_before_it_late(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.IN_PROGRESS, handler=CELL_7)
        number = case.id
    for _press in range(2):
        with ward.database.writing() as session:
            case = session.get_one(Case, number)
            before = case.version
            perform(
                session,
                office=ward.office,
                keys=ward.keys(session, case),
                case=case,
                action=Action.FOLLOW_UP,
                by=ward.person(session, "thanh"),
                brought=Brought(met=(Need.ACTION_KIND,)),
            )
        with ward.database.reading() as session:
            assert session.get_one(Case, number).version > before
