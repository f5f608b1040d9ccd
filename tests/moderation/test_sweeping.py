"""The sweep: what no row names goes after a day, what has a row stays, strangers are left alone."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from moderation.sweeping import AGE, sweep
from portal.files.attaching import attach
from portal.files.storing import FileStore
from portal.tracking import find
from portal.vault import new_key
from portal.words import Words
from tests.moderation.ward import Ward
from tests.specimens import document, photo
from tests.uploads import sealed


def _age(folder: Path, ward: Ward, age: timedelta) -> None:
    """Let everything in the store be this old."""
    written = (ward.at - age).timestamp()
    for path in folder.iterdir():
        os.utime(path, (written, written))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the store lies."""
    return tmp_path / "files"


def test_only_what_has_no_row_goes_and_only_after_a_day(ward: Ward, folder: Path) -> None:
    store = FileStore(str(folder))
    with ward.database.writing() as session:
        receipt = ward.send(session, Words(about="Ông Bách", what="Vật liệu lấn vỉa hè cả tháng."))
        tracked = find(session, ring=ward.ring, code=receipt.code)
        assert tracked is not None
        kept = sealed(store, photo(), tracked.key)
        attach(session, tracked=tracked, sealed=kept, at=ward.at)
    sealed(store, document(), new_key())
    (folder / "a-stranger.txt").write_text("x")
    (folder / f"{'0' * 32}#1").write_bytes(b"cut short")
    _age(folder, ward, AGE - timedelta(minutes=1))
    with ward.database.reading() as session:
        assert sweep(session, store=store, at=ward.at) == 0
    _age(folder, ward, AGE + timedelta(minutes=1))
    with ward.database.reading() as session:
        assert sweep(session, store=store, at=ward.at) == 2
    assert {path.name for path in folder.iterdir()} == {"a-stranger.txt", kept.uid.hex()}


def test_a_store_that_nobody_has_used_is_swept_too(ward: Ward, folder: Path) -> None:
    with ward.database.reading() as session:
        assert sweep(session, store=FileStore(str(folder)), at=ward.at) == 0
