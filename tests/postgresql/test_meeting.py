"""On PostgreSQL writers meet: two of the same thing are still one, and nobody waits in a circle."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from moderation import carrying_out, preparing, worker
from moderation.claiming import claim_case
from moderation.workflow import Action, perform
from moderation.workflow.filing import file_case
from portal.models import Case, CaseScope, Counter, Event, LookAlike, ResidentAct, Submission
from portal.receiving import Entry, receive
from portal.tracking import Tracked, find, withdraw
from portal.vault import new_token
from portal.vocabulary import ActKind, Status
from portal.words import Words
from tests.moderation.ward import Ward

ENTRY = Entry(words=Words(about="Ông Bách", what="Để vật liệu lấn hết vỉa hè."))


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Do things at the same moment; an error is one of the results."""
    line = Barrier(len(jobs))

    def begin(job: Callable[[], object]) -> object:
        line.wait(20)
        try:
            return job()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(begin, jobs))


def test_numbers_are_handed_out_without_a_gap_to_all_who_come_at_once(ward: Ward) -> None:
    def send() -> int:
        with ward.database.writing() as session:
            return ward.send(session, ENTRY.words).submission_id

    sent = at_once(*[send] * 6)
    assert sorted(number % 1000 for number in sent if isinstance(number, int)) == [*range(1, 7)]


def test_one_form_sent_twice_at_once_is_one_submission(ward: Ward) -> None:
    token = new_token()

    def send() -> int:
        with ward.database.writing() as session:
            sent = receive(session, ring=ward.ring, token=token, entry=ENTRY, at=ward.at)
        return sent.submission_id

    sent = [send() if isinstance(done, IntegrityError) else done for done in at_once(send, send)]
    assert sent[0] == sent[1]
    with ward.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 1


def test_one_act_done_twice_at_once_is_one_act(ward: Ward) -> None:
    tracked = _sent(ward)

    def act() -> None:
        with ward.database.writing() as session:
            withdraw(session, tracked=tracked, at=ward.at)

    assert at_once(act, act, act) == [None] * 3
    with ward.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ResidentAct)) == 1


def test_two_workers_at_once_do_each_thing_once(
    ward: Ward, caplog: pytest.LogCaptureFixture
) -> None:
    for _each in range(4):
        tracked = _sent(ward)
        with ward.database.writing() as session:
            withdraw(session, tracked=tracked, at=ward.at)

    def work() -> int:
        return worker.work_once(ward.database, ward.worker_ring)

    at_once(work, work)
    work()
    assert caplog.text == ""
    with ward.database.reading() as session:
        assert set(session.scalars(select(Case.status))) == {Status.WITHDRAWN}
        for action in ("prepare", "withdraw"):
            done = session.scalars(select(Event.case_id).where(Event.action == action)).all()
            assert len(done) == len(set(done)) == 4
        _counters_are_true(ward)


def test_a_worker_passes_by_what_another_holds(ward: Ward) -> None:
    tracked = _sent(ward)
    with ward.database.writing() as session:
        withdraw(session, tracked=tracked, at=ward.at)
    office = ward.office
    with ward.database.writer_session() as first, ward.database.writing() as second:
        assert claim_case(first, case_id=tracked.case_id) is not None
        preparing.prepare(second, office=office, case_id=tracked.case_id)
        act_id = second.scalars(select(ResidentAct.id)).one()
        carrying_out.carry_out(second, office=office, act_id=act_id)
        carrying_out.end_lease(second, office=office, case_id=tracked.case_id)
        carrying_out.move_on(second, office=office, case_id=tracked.case_id)
    with ward.database.reading() as session:
        assert session.scalars(select(Case.prepared_at)).one() is None
        act = session.scalars(select(ResidentAct)).one()
        assert (act.kind, act.done_at) == (ActKind.WITHDRAW, None)


def test_a_letter_is_found_alike_while_another_worker_holds_the_earlier_one(ward: Ward) -> None:
    earlier, later = _sent(ward).case_id, _sent(ward).case_id
    with ward.database.writing() as session:
        preparing.prepare(session, office=ward.office, case_id=earlier)
    with ward.database.writer_session() as first, ward.database.writing() as second:
        assert claim_case(first, case_id=earlier) is not None
        second.execute(text("SET LOCAL lock_timeout = '3s'"))
        preparing.prepare(second, office=ward.office, case_id=later)
    with ward.database.reading() as session:
        assert session.scalars(select(LookAlike.earlier_id)).one() == earlier


def test_the_later_of_two_people_on_one_case_learns_that_it_changed(ward: Ward) -> None:
    with ward.database.writing() as session:
        case_id = ward.place(session, status=Status.RECEIVED).id
    with ward.database.writer_session() as session, ward.database.writing() as other:
        late, early = (each.get_one(Case, case_id) for each in (session, other))
        _claim(ward, other, early)
        other.commit()
        with pytest.raises(StaleDataError):
            _claim(ward, session, late)


def test_many_cases_that_change_at_once_leave_true_counters(ward: Ward) -> None:
    with ward.database.writing() as session:
        cases = [ward.place(session, status=Status.RECEIVED).id for _each in range(6)]
    turns = ((Status.SCREENING, 0, 3), (Status.DECLINED, 3, 6))

    def change(status: Status, case_ids: list[int]) -> Callable[[], None]:
        def job() -> None:
            for case_id in case_ids:
                with ward.database.writing() as session:
                    case = session.get_one(Case, case_id)
                    case.status = status
                    file_case(session, case=case)

        return job

    done = at_once(*(change(status, cases[since:until]) for status, since, until in turns))
    assert done == [None, None]
    _counters_are_true(ward)


def _sent(ward: Ward) -> Tracked:
    """A submission of somebody who holds the code."""
    with ward.database.writing() as session:
        sent = ward.send(session, ENTRY.words)
        tracked = find(session, ring=ward.ring, code=sent.code)
    assert tracked is not None
    return tracked


def _claim(ward: Ward, session: Session, case: Case) -> None:
    perform(
        session,
        office=ward.office,
        keys=ward.keys(session, case),
        case=case,
        action=Action.CLAIM,
        by=ward.person(session, "hoa"),
    )


def _counters_are_true(ward: Ward) -> None:
    """The counters say what the scope rows say."""
    place = (CaseScope.room, CaseScope.organisation_id, CaseScope.status)
    with ward.database.reading() as session:
        walked = session.execute(select(*place, func.count()).group_by(*place)).all()
        kept = select(Counter.room, Counter.organisation_id, Counter.status, Counter.amount)
        assert {tuple(row) for row in session.execute(kept.where(Counter.amount != 0))} == {
            tuple(row) for row in walked
        }
