"""On PostgreSQL two workers meet at one order: each case is done once, by one of them."""

from __future__ import annotations

from sqlalchemy import select

from moderation import bulk, worker
from moderation.bulk import Matter
from portal.models import BulkItem, Event
from portal.models.bulk import BulkDeed
from portal.vocabulary import Status
from tests.moderation.ward import Ward
from tests.postgresql.test_meeting import at_once


def test_two_workers_at_once_do_each_case_of_an_order_once(ward: Ward) -> None:
    with ward.database.writing() as session:
        numbers = [ward.place(session, status=Status.RECEIVED).id for _each in range(6)]
        by = ward.person(session, "hoa")
        matter = Matter(BulkDeed.CLAIM)
        bulk.order(session, office=ward.office, by=by, matter=matter, case_ids=numbers)
    ward.later(minutes=10)

    def work() -> int:
        return worker.work_once(ward.database, ward.worker_ring, at=ward.at)

    at_once(work, work)
    work()
    with ward.database.reading() as session:
        done = session.scalars(select(Event.case_id).where(Event.action == "claim")).all()
        assert len(done) == len(numbers)
        assert set(done) == set(numbers)
        items = session.execute(select(BulkItem.done_at, BulkItem.skipped)).all()
        assert {(at is not None, why) for at, why in items} == {(True, None)}
