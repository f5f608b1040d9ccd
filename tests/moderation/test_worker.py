"""One round of the worker: everything that waits is done, and what fails harms nothing else."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import select, update

from moderation import units, worker
from portal.clock import now
from portal.models import Case, Heartbeat, ResidentAct, Submission
from portal.tracking import find, supply
from portal.vocabulary import Status
from portal.words import Words
from tests.doors.course import Course
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import Ward

SECRET = Words(about="Ông Nông Văn Bách", what="Bí mật của người gửi: để vật liệu lấn vỉa hè.")


@pytest.fixture
def ward(ward: Ward) -> Ward:
    """The worker reads the real clock, so the ward lives at that moment too."""
    ward.at = now()
    return ward


def work(ward: Ward) -> int:
    return worker.work_once(ward.database, ward.worker_ring)


def spoil(walk: Walk) -> None:
    """Damage the sealed words, so that nothing can open them."""
    with walk.ward.database.writing() as session:
        session.execute(
            update(Submission).where(Submission.id == walk.number).values(words=b"\x01" * 64)
        )


def prepared(walk: Walk) -> bool:
    with walk.seen() as (_session, case):
        return case.prepared_at is not None


def test_a_round_prepares_what_arrived_and_says_how_much_it_did(ward: Ward) -> None:
    walks = [set_out(ward).until(Course.send) for _number in range(3)]
    assert work(ward) == 3
    assert all(prepared(walk) for walk in walks)
    assert work(ward) == 0


def test_one_bad_unit_does_not_stop_the_others(
    ward: Ward, caplog: pytest.LogCaptureFixture
) -> None:
    first, bad, last = (set_out(ward, SECRET).until(Course.send) for _number in range(3))
    spoil(bad)
    assert work(ward) == 2
    assert [prepared(walk) for walk in (first, bad, last)] == [True, False, True]
    assert str(bad.number) in caplog.text


def test_what_failed_leaves_nothing_half_done_and_stays_in_the_queue(ward: Ward) -> None:
    bad = set_out(ward, SECRET).until(Course.send)
    with bad.seen() as (session, _case):
        whole = session.get_one(Submission, bad.number).words
    spoil(bad)
    assert work(ward) == 0
    with bad.seen() as (_session, case):
        assert (case.desk_id, case.headline, case.prepared_at) == (None, None, None)
    with ward.database.writing() as session:
        session.get_one(Submission, bad.number).words = whole
    assert work(ward) == 1
    assert prepared(bad)


def test_the_log_of_a_failure_names_no_content(
    ward: Ward, caplog: pytest.LogCaptureFixture
) -> None:
    bad = set_out(ward, SECRET).until(Course.send)
    spoil(bad)
    with caplog.at_level(logging.DEBUG):
        work(ward)
    assert "CannotOpen" in caplog.text
    for part in (SECRET.about, SECRET.what, "Bách", "Bí mật", repr(bytes([1]) * 8)[2:-1]):
        assert part not in caplog.text
    (record,) = [found for found in caplog.records if found.name == units.log.name]
    assert record.exc_info is None


def test_the_message_of_an_error_is_not_logged(
    ward: Ward, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_session: object, _item: int) -> None:
        raise ValueError(SECRET.what)

    assert units.each(ward.database, [1, 2], fail) == 0
    assert caplog.text.count("failed with ValueError") == 2
    assert "Bí mật" not in caplog.text


def test_every_round_leaves_a_heartbeat(ward: Ward) -> None:
    with ward.database.reading() as session:
        assert session.get(Heartbeat, worker.HEART) is None
    before = now()
    work(ward)
    with ward.database.reading() as session:
        first = session.get_one(Heartbeat, worker.HEART).at
    assert before <= first <= now()
    work(ward)
    with ward.database.reading() as session:
        assert session.scalars(select(Heartbeat.name)).all() == [worker.HEART]
        assert session.get_one(Heartbeat, worker.HEART).at >= first


def test_a_round_carries_out_what_residents_did(ward: Ward) -> None:
    walk = set_out(ward).until(Course.claim)
    walk.ask()
    assert walk.receipt is not None
    with ward.database.writing() as session:
        found = find(session, ring=ward.ring, code=walk.receipt.code)
        assert found is not None
        supply(session, tracked=found, text="Từ tháng ba.", at=ward.at)
    assert work(ward) == len({"what was added", "whom it may mean"})
    with walk.seen() as (session, case):
        assert case.status is Status.SCREENING
        assert session.scalars(select(ResidentAct.done_at)).one() is not None


def test_a_round_ends_leases_and_waits_that_are_over(ward: Ward) -> None:
    ward.later(days=-60)
    left = set_out(ward).until(Course.claim)
    silent = set_out(ward).until(Course.publish)
    assert work(ward) == len(
        {"a lease", "a wait", "whom the first may mean today", "its screening", "its passing on"}
    )
    with ward.database.reading() as session:
        assert session.get_one(Case, left.number).status is Status.RECEIVED
        assert session.get_one(Case, silent.number).status is Status.CLOSED
