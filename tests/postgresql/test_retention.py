"""Deleting what was kept long enough on PostgreSQL, by two workers at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from moderation import worker
from moderation.retention import nightly
from moderation.verifying import verify, verify_journal
from portal.models import Case, Counter, Tombstone
from portal.models.retention import Facet
from tests.moderation.retention.conftest import TAKEN_BACK, Nights
from tests.moderation.walking import set_out
from tests.moderation.ward import Ward


def test_two_workers_at_once_delete_each_case_once(
    ward: Ward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nights = Nights(ward, tmp_path / "purged")
    for _letter in range(5):
        walk = set_out(ward)
        for stage in TAKEN_BACK:
            stage(walk)
    worker.keep_log(ward.database, ward.worker_ring, at=ward.at + timedelta(days=4))
    nights.leap(100)
    nights.pass_by(30)
    nights.leap(1)
    monkeypatch.setattr(nightly, "BATCH", 2)
    with ThreadPoolExecutor(2) as both:
        gone = [one.result() for one in [both.submit(nights.one) for _worker in range(2)]]
    assert sum(gone) == 5
    nights.log()
    with ward.database.reading() as session:
        assert session.scalars(select(Case.id)).all() == []
        assert set(session.scalars(select(Counter.amount))) == {0}
        stones = select(Tombstone.amount).where(Tombstone.facet == Facet.STATUS)
        assert session.scalars(stones).all() == [5]
        report = verify(session, ring=ward.worker_ring, moved=lambda _count: None)
        journal = verify_journal(session, ring=ward.ring, moved=lambda _count: None)
    assert (report.faults, journal.faults) == ([], [])
