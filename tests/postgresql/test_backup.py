"""Backup and restore on PostgreSQL, by the client's own programs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select

from moderation.backing_up import making, restoring
from moderation.backing_up.faults import BackupFault
from moderation.backing_up.making import Source
from moderation.retention.marking import bring
from portal.config import Settings
from portal.db import Database
from portal.files.storing import FileStore
from portal.models import Identity, JournalEntry
from portal.tracking import find, own_words
from portal.vocabulary import Deed
from tests.moderation.identity.keepers import appoint, write
from tests.moderation.walking import BACH
from tests.moderation.ward import Ward
from tests.postgres import Server

PRIVATE = X25519PrivateKey.generate()


def test_a_restore_drill(ward: Ward, server: Server, tmp_path: Path) -> None:
    appoint(ward, "sao", "trang", "may")
    first, second = write(ward), write(ward)
    store, purged = FileStore(str(tmp_path / "files")), tmp_path / "purged"
    store.put("ab" * 16, [b"sealed"])
    source = Source(ward.database, store, purged, ward.worker_ring)
    made = making.make(source, folder=tmp_path / "far", public=PRIVATE.public_key(), at=ward.at)
    assert b"feedback_case" not in made.path.read_bytes()
    second.withdraw()
    bring(ward.database, ring=ward.ring, folder=purged)
    name = server.make("template0")
    settings = Settings(
        database_url=server.address(name), files=str(tmp_path / "new"), purged=purged
    )
    wanted = restoring.Wanted(made.path, PRIVATE)
    later = ward.at
    done = restoring.restore(wanted, settings=settings, ring=ward.worker_ring, at=later)
    assert (done.settled.replayed.withdrawn, done.settled.faults) == (1, [])
    assert first.receipt is not None
    database = Database(server.address(name))
    with database.reading() as session:
        tracked = find(session, ring=ward.ring, code=first.receipt.code)
        assert tracked is not None
        assert own_words(session, tracked=tracked) == BACH
        assert session.scalars(select(Identity.submission_id)).all() == [first.number]
        assert Deed.RESTORED in session.scalars(select(JournalEntry.deed)).all()
    database.engine.dispose()
    with pytest.raises(BackupFault, match="not empty"):
        restoring.restore(wanted, settings=settings, ring=ward.worker_ring, at=later)
    server.drop(name)


def test_without_the_client_it_says_so(
    ward: Ward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _program: None)
    source = Source(
        ward.database, FileStore(str(tmp_path / "f")), tmp_path / "purged", ward.worker_ring
    )
    with pytest.raises(BackupFault, match="install the client programs"):
        making.make(source, folder=tmp_path / "far", public=PRIVATE.public_key(), at=ward.at)
    assert not list((tmp_path / "far").iterdir())
