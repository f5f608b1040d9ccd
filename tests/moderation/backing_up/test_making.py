"""Making a backup: whole or not there, of one moment, and never beside the keys."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import threading
from collections import namedtuple
from functools import partial
from pathlib import Path

import pytest

from moderation.backing_up import keying, making
from moderation.backing_up.container import SealedReader
from moderation.backing_up.contents import DATABASE, read_entries
from moderation.backing_up.copying import write_sqlite
from moderation.backing_up.faults import BackupFault
from portal.words import Words
from tests.children import in_child
from tests.moderation.backing_up.conftest import Office
from tests.moderation.ward import open_ward

WORDS = Words(about="Ông Bách", what="Để vật liệu lấn vỉa hè cả tháng nay.")
Usage = namedtuple("Usage", "total used free")


def make(office: Office, **more: object) -> making.Made:
    """Make a backup of the ward as it is."""
    public = keying.read_public(office.public)
    at = office.ward.at
    return making.make(office.source, folder=office.backups, public=public, at=at, **more)  # type: ignore[arg-type]


def unpacked(office: Office, backup: Path) -> Path:
    """The database in a backup, which is found to be whole."""
    path = office.home / "unpacked.db"
    with backup.open("rb") as file:
        for name, pieces in read_entries(SealedReader(file, office.private)):
            if name == DATABASE:
                write_sqlite(path, pieces)
    return path


def left(office: Office) -> list[str]:
    """What lies in the folder, and which copies beside the database."""
    return [path.name for path in (*office.backups.iterdir(), *office.home.glob(".copy-*"))]


def test_it_is_of_one_moment_whoever_writes_meanwhile(office: Office) -> None:
    stop = threading.Event()
    writing = open_ward(office.home)

    def write() -> None:
        while not stop.is_set():
            with writing.database.writing() as session:
                writing.send(session, WORDS)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        made = [make(office) for _time in range(1)]
    finally:
        stop.set()
        thread.join()
    writing.database.engine.dispose()
    with sqlite3.connect(unpacked(office, made[0].path)) as copy:
        asked = "SELECT (SELECT count(*) FROM submission), (SELECT count(*) FROM feedback_case)"
        letters, cases = copy.execute(asked).fetchone()
        assert letters == cases
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_comes_after_its_moment_is_not_in_it(office: Office) -> None:
    def write(_count: int) -> None:
        with office.ward.database.writing() as session:
            office.ward.send(session, WORDS)

    made = make(office, moved=write)
    with sqlite3.connect(unpacked(office, made.path)) as copy:
        assert copy.execute("SELECT count(*) FROM submission").fetchone() == (0,)


def test_a_full_disk_leaves_nothing(office: Office) -> None:
    assert in_child(partial(_on_a_full_disk, office)) == 0
    assert left(office) == []


def _on_a_full_disk(office: Office) -> None:
    """Let no file grow larger than the database: the copy of it fits, the backup does not."""
    with sqlite3.connect(office.home / "portal.db") as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = (office.home / "portal.db").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    with pytest.raises(BackupFault, match="full: no backup was kept"):
        make(office)


def test_too_little_room_is_told_before_anything_is_written(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage(1, 1, 10**6))
    with pytest.raises(BackupFault, match="has 0 MB free and needs"):
        make(office)
    assert left(office) == []


def test_cut_short_it_leaves_nothing_under_its_name(office: Office) -> None:
    def stop(_count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(office, moved=stop)
    assert left(office) == []
    killed = in_child(partial(_killed, office))
    assert killed == signal.SIGKILL
    assert [name for name in left(office) if not name.endswith(".part")] == []
    assert make(office).path.exists()


def _killed(office: Office) -> None:
    """Kill the making of a backup in its middle."""
    make(office, moved=lambda _count: os.kill(os.getpid(), signal.SIGKILL))


@pytest.mark.parametrize("place", ["keys", "keys/worker", "keys/backups", ".", "beside", "held"])
def test_it_never_lies_within_reach_of_the_keys(office: Office, place: str) -> None:
    folder = office.home / place
    if place == "held":
        folder = office.backups
        keying.write_new(folder / "staff.1.private", "a key")
    said = office.run("backup", "make", str(folder), "--recovery", str(office.public))
    assert (said.exit_code, "key" in said.output) == (1, True), said.output
    assert not list(office.home.rglob("*.backup"))


def test_the_recovery_key_is_made_once_and_its_private_half_lies_locked(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keying, "MEMORY", 64)
    office.typed *= 2
    file, public = tmp_path / "stick" / "recovery.key", tmp_path / "new.public"
    words = ("keys", "recovery", str(file), "--recovery", str(public))
    said = office.run(*words)
    assert said.exit_code == 0, said.output
    private = keying.unlock(file.read_text(), office.typed.splitlines()[0])
    assert private.public_key() == keying.read_public(public)
    assert file.stat().st_mode & 0o077 == 0
    assert office.run(*words).exit_code == 1
    office.typed = "12345678\n12345678\n"
    said = office.run("keys", "recovery", str(tmp_path / "b"), "--recovery", str(tmp_path / "c"))
    assert (said.exit_code, (tmp_path / "b").exists()) == (1, False)
