"""Deleting what was kept long enough on PostgreSQL, by two workers at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from moderation import worker
from moderation.retention import nightly
from moderation.retention.previewing import list_expiring
from moderation.verifying import verify, verify_journal
from portal.models import Case, Counter, Identity, JournalEntry, Tombstone
from portal.models.retention import Facet
from portal.vocabulary import Deed, RetentionRule
from tests.moderation.identity.keepers import appoint, write
from tests.moderation.retention.conftest import TAKEN_BACK, Nights
from tests.moderation.walking import STAGES, set_out
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


def test_two_workers_at_once_destroy_who_wrote_once(
    ward: Ward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nights = Nights(ward, tmp_path / "purged")
    appoint(ward, "sao", "trang", "may")
    walks = [write(ward) for _letter in range(3)]
    for walk in walks:
        for stage in STAGES[2:]:
            stage(walk)
    nights.log()
    nights.pass_by(60)
    with ward.database.reading() as session:
        person = ward.person(session, "hoa")
        lines = list_expiring(session, office=ward.office, person=person).lines
    assert [(line.case_id, line.rule) for line in lines] == [
        (walk.number, RetentionRule.CONTACT) for walk in walks
    ]
    nights.pass_by(29)
    nights.leap(1)
    monkeypatch.setattr(nightly, "BATCH", 2)
    with ThreadPoolExecutor(2) as both:
        assert [one.result() for one in [both.submit(nights.one) for _worker in range(2)]] == [0, 0]
    with ward.database.reading() as session:
        assert session.scalars(select(Identity.submission_id)).all() == []
        deeds = select(JournalEntry.id).where(JournalEntry.deed == Deed.CONTACTS_DESTROYED)
        assert len(session.scalars(deeds).all()) == 2
        assert len(session.scalars(select(Case.id)).all()) == 3
        assert verify_journal(session, ring=ward.ring, moved=lambda _count: None).faults == []
