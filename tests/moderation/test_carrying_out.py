"""Carrying out what residents did and what the clock asks for: in time, late, and twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import carrying_out
from portal.models import Event, Notice, ResidentAct, Seal, Submission
from portal.models.journal import Actor
from portal.models.submission import SealTarget
from portal.tracking import UNPROVEN, Tracked, find, rate, supply, timeline, withdraw
from portal.tracking.sealing import seal_act
from portal.vault import new_uid
from portal.vocabulary import ActKind, Rating, Status, SubmissionState
from tests.doors.course import Course
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import Ward


def tracked(session: Session, walk: Walk) -> Tracked:
    assert walk.receipt is not None
    found = find(session, ring=walk.ward.ring, code=walk.receipt.code)
    assert found is not None
    return found


def say(walk: Walk, text: str = "Việc này từ tháng ba.") -> None:
    with walk.ward.database.writing() as session:
        supply(session, tracked=tracked(session, walk), text=text, at=walk.ward.at)


def carry_out_all(walk: Walk) -> None:
    with walk.ward.database.writing() as session:
        for number in carrying_out.waiting_acts(session):
            carrying_out.carry_out(session, office=walk.ward.office, act_id=number)


def acts(walk: Walk) -> list[tuple[ActKind, bool, str | None]]:
    with walk.seen() as (session, _case):
        found = session.scalars(select(ResidentAct).order_by(ResidentAct.id))
        return [(act.kind, act.done_at is not None, act.refused) for act in found]


def late(walk: Walk, kind: ActKind, rating: Rating | None = None) -> None:
    """An act that was sent while it still fitted and is reached only now."""
    uid = new_uid()
    with walk.ward.database.writing() as session:
        key = tracked(session, walk).key
        body = seal_act(key, uid=uid, kind=kind, rating=rating, text="")
        insert(session, walk, uid, kind, rating, body)
    carry_out_all(walk)


def insert(
    session: Session, walk: Walk, uid: bytes, kind: ActKind, rating: Rating | None, body: bytes
) -> None:
    """An act put into the database by whoever can write there."""
    session.add(
        ResidentAct(
            uid=uid,
            submission_id=walk.number,
            kind=kind,
            rating=rating,
            body=body or None,
            at=walk.ward.at,
        )
    )


def late_for_refusal(walk: Walk) -> None:
    """The case is finished before the worker reaches the act."""
    walk.refer()
    carry_out_all(walk)


def status(walk: Walk) -> Status:
    with walk.seen() as (_session, case):
        return case.status


def asked(ward: Ward) -> Walk:
    walk = set_out(ward).until(Course.claim)
    walk.ask()
    return walk


def test_new_words_resume_a_case_that_was_asked_about(ward: Ward) -> None:
    walk = asked(ward)
    say(walk)
    assert status(walk) is Status.NEED_INFO
    carry_out_all(walk)
    assert status(walk) is Status.SCREENING
    assert acts(walk) == [(ActKind.SUPPLY, True, None)]
    with walk.seen() as (session, case):
        last = session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert last is not None
        assert (last.action, last.actor, last.submission_id) == (
            *("resume", Actor.RESIDENT),
            walk.number,
        )
        assert case.claimant_id is None


@pytest.mark.parametrize("stage", [Course.prepare, Course.claim, Course.accept, Course.report])
def test_new_words_for_any_other_open_case_change_no_status(
    ward: Ward, stage: Callable[[Course], None]
) -> None:
    walk = set_out(ward).until(stage)
    before = status(walk)
    say(walk)
    carry_out_all(walk)
    assert status(walk) is before
    assert acts(walk) == [(ActKind.SUPPLY, True, None)]
    with walk.seen() as (session, case):
        told = select(Notice.organisation_id).where(Notice.kind == "supplied")
        assert session.scalars(told).all() == [case.desk_id]


def test_new_words_that_come_after_the_end_are_refused_and_kept(ward: Ward) -> None:
    walk = set_out(ward).until(Course.claim)
    say(walk)
    late_for_refusal(walk)
    assert acts(walk) == [(ActKind.SUPPLY, True, "too_late")]
    with walk.seen() as (session, _case):
        (act,) = session.scalars(select(ResidentAct))
        assert act.body is not None


def test_a_judgement_closes_the_case_and_is_kept(ward: Ward) -> None:
    walk = set_out(ward).until(Course.rate)
    with walk.seen() as (session, case):
        assert (case.status, case.finished_at, case.due_at) == (Status.CLOSED, ward.at, None)
        assert session.get_one(Submission, walk.number).rating is Rating.SATISFIED


def test_a_second_judgement_is_refused_and_changes_nothing(ward: Ward) -> None:
    walk = set_out(ward).until(Course.rate)
    late(walk, ActKind.RATE, Rating.UNSATISFIED)
    assert acts(walk)[-1] == (ActKind.RATE, True, "too_late")
    with walk.seen() as (session, _case):
        assert session.get_one(Submission, walk.number).rating is Rating.SATISFIED


def test_a_case_with_nobody_left_is_withdrawn_and_its_seals_stay(ward: Ward) -> None:
    walk = set_out(ward).until(Course.confirm)
    with walk.seen() as (session, _case):
        before = session.scalars(select(Seal.id).order_by(Seal.id)).all()
    walk.withdraw()
    with walk.seen() as (session, case):
        assert (case.status, case.finished_at) == (Status.WITHDRAWN, ward.at)
        submission = session.get_one(Submission, walk.number)
        assert submission.state is SubmissionState.WITHDRAWN
        assert session.scalars(select(Seal.id).order_by(Seal.id)).all() == before
        assert SealTarget.SUBMISSION in set(session.scalars(select(Seal.target)))


def test_a_case_that_others_wrote_for_goes_on_without_the_one_who_left(ward: Ward) -> None:
    walk, other = set_out(ward).until(Course.accept), set_out(ward)
    other.send()
    with ward.database.writing() as session:
        session.get_one(Submission, other.number).case_id = walk.number
    walk.withdraw()
    with walk.seen() as (session, case):
        assert case.status is Status.IN_PROGRESS
        assert session.get_one(Submission, walk.number).state is SubmissionState.WITHDRAWN
        assert session.get_one(Submission, other.number).state is None


def test_withdrawing_twice_is_refused_the_second_time(ward: Ward) -> None:
    walk = set_out(ward).until(Course.prepare)
    walk.withdraw()
    late(walk, ActKind.WITHDRAW)
    assert acts(walk) == [
        (ActKind.WITHDRAW, True, None),
        (ActKind.WITHDRAW, True, "too_late"),
    ]


def test_withdrawing_what_is_finished_is_refused_and_kept(ward: Ward) -> None:
    walk = set_out(ward).until(Course.claim)
    with ward.database.writing() as session:
        withdraw(session, tracked=tracked(session, walk), at=ward.at)
    late_for_refusal(walk)
    assert status(walk) is Status.REFERRED
    assert acts(walk) == [(ActKind.WITHDRAW, True, "too_late")]


def test_an_act_waits_until_its_case_is_prepared(ward: Ward) -> None:
    walk = set_out(ward).until(Course.send)
    say(walk)
    carry_out_all(walk)
    assert acts(walk) == [(ActKind.SUPPLY, False, None)]
    walk.prepare()
    carry_out_all(walk)
    assert acts(walk) == [(ActKind.SUPPLY, True, None)]


def test_an_act_is_carried_out_once(ward: Ward) -> None:
    walk = asked(ward)
    say(walk)
    carry_out_all(walk)
    with ward.database.writing() as session:
        (number,) = session.scalars(select(ResidentAct.id))
        carrying_out.carry_out(session, office=ward.office, act_id=number)
        assert len(session.scalars(select(Event).where(Event.action == "resume")).all()) == 1


def bodies(session: Session, walk: Walk) -> dict[str, bytes]:
    """What somebody without the code could put beside a forged act."""
    own = session.scalars(select(ResidentAct).where(ResidentAct.kind == ActKind.SUPPLY)).one()
    return {
        "nothing": b"",
        "bytes": b"x" * 40,
        "own key": seal_act(b"k" * 32, uid=own.uid, kind=ActKind.WITHDRAW, rating=None, text=""),
        "moved": own.body or b"",
    }


@pytest.mark.parametrize("how", ["nothing", "bytes", "own key", "moved"])
def test_what_was_not_done_with_the_code_is_not_carried_out(
    ward: Ward, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    walk = set_out(ward).until(Course.claim)
    say(walk)
    carry_out_all(walk)
    before = status(walk)
    with ward.database.writing() as session:
        body = bodies(session, walk)[how]
        insert(session, walk, new_uid(), ActKind.WITHDRAW, None, body)
    with ward.database.writing() as session:
        supply(session, tracked=tracked(session, walk), text="Việc còn đó.", at=ward.at)
    carry_out_all(walk)
    assert status(walk) is before
    assert [act[2] for act in acts(walk)] == [None, UNPROVEN, None]
    assert "was not done with the code" in caplog.text
    with ward.database.reading() as session:
        told = timeline(session, tracked=tracked(session, walk)).talks
    assert [(talk.text, talk.refused) for talk in told[1:]] == [
        ("", UNPROVEN),
        ("Việc còn đó.", None),
    ]


def test_a_judgement_is_bound_to_what_it_says(ward: Ward) -> None:
    walk = set_out(ward).until(Course.publish)
    with ward.database.writing() as session:
        rate(session, tracked=tracked(session, walk), rating=Rating.UNSATISFIED, at=ward.at)
        session.flush()
        session.scalars(select(ResidentAct)).one().rating = Rating.SATISFIED
    carry_out_all(walk)
    assert status(walk) is Status.ANSWERED
    assert [act[2] for act in acts(walk)] == [UNPROVEN]


def test_what_was_added_is_no_withdrawal_under_another_name(ward: Ward) -> None:
    walk = set_out(ward).until(Course.claim)
    say(walk)
    with ward.database.writing() as session:
        session.scalars(select(ResidentAct)).one().kind = ActKind.WITHDRAW
    carry_out_all(walk)
    assert status(walk) is Status.SCREENING
    assert [act[2] for act in acts(walk)] == [UNPROVEN]
