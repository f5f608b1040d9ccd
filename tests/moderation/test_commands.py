"""The commands: each does its job, or says in one sentence why not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import select

from moderation import sample
from moderation.commands import app
from moderation.proving import take_code
from portal.clock import local_date, now
from portal.db import Database
from portal.files.storing import FileStore
from portal.models import Account
from portal.vault import Ring

Command = Callable[..., Result]


@pytest.fixture
def command(database: Database, keys: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command on this test's database with the keys of the worker."""
    url = database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("PORTAL_DATABASE_URL", url)
    monkeypatch.setenv("PORTAL_KEYS", str(keys / "worker"))
    return lambda *words: app.test_cli_runner().invoke(args=words)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    """Where the files of the sample lie."""
    return FileStore(str(tmp_path / "files"))


def sentence(result: Result) -> str:
    """The one sentence of a command that could not do its job."""
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert result.output.count("\n") == 1
    return result.output.removeprefix("Error: ").strip()


def test_keys_are_made_once_and_never_overwritten(command: Command, tmp_path: Path) -> None:
    assert command("keys", "init", "--root", str(tmp_path / "k")).exit_code == 0
    assert (tmp_path / "k" / "worker" / "staff.1.private").exists()
    assert "never overwritten" in sentence(command("keys", "init", "--root", str(tmp_path / "k")))


def test_keys_of_an_older_program_are_completed(command: Command, tmp_path: Path) -> None:
    assert command("keys", "init", "--root", str(tmp_path / "k")).exit_code == 0
    for path in (*tmp_path.rglob("log.*"), *tmp_path.rglob("notice.*")):
        path.unlink()
    done = command("keys", "init", "--root", str(tmp_path / "k"))
    assert (done.exit_code, "were added" in done.output) == (0, True)
    for kind in ("log", "notice"):
        assert (tmp_path / "k" / "worker" / f"{kind}.1.private").exists()
        assert not (tmp_path / "k" / "staff" / f"{kind}.1.private").exists()


def test_the_database_is_brought_to_the_newest_schema(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    assert "empty" in sentence(command("sample", "clear"))
    assert command("db", "upgrade").exit_code == 0
    assert "no sample data" in sentence(command("sample", "clear"))


def test_the_sample_is_not_loaded_for_a_day_to_come(command: Command) -> None:
    tomorrow = local_date(now()) + timedelta(days=1)
    assert "still to come" in sentence(command("sample", "load", "--today", str(tomorrow)))


def test_the_sample_is_not_loaded_with_the_keys_of_the_public_site(
    command: Command, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_KEYS", str(keys / "public"))
    assert "PORTAL_KEYS=keys/worker" in sentence(command("sample", "load"))


def test_missing_keys_are_told_in_one_sentence(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_KEYS", str(tmp_path / "nowhere"))
    assert "no keys" in sentence(command("sample", "load"))


def test_the_sample_is_made_by_the_commands_without_any_site(
    database: Database, ring_worker: Ring, store: FileStore
) -> None:
    day = local_date(now())
    with app.app_context():
        sample.load(database, ring_worker, store, today=day, only=["hoi-ai-la-dang-vien"])
        assert "hoa.luong" in sample.introduction(ring_worker)
    with database.reading() as session:
        assert sample.is_loaded(session)


def test_the_sample_and_its_files_are_cleared_by_a_command(
    command: Command,
    database: Database,
    ring_worker: Ring,
    store: FileStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "blocked").touch()
    for place, told in ((tmp_path / "blocked", "sweeps"), (tmp_path / "files", "is gone")):
        sample.load(
            database,
            ring_worker,
            store,
            today=local_date(now()),
            only=["chuyen-sinh-hoat-chua-nop"],
        )
        monkeypatch.setenv("PORTAL_FILES", str(place))
        assert told in command("sample", "clear").output
    assert len(list((tmp_path / "files").iterdir())) == 1


def test_the_hours_of_the_log_are_told_and_set(command: Command) -> None:
    assert command("ledger", "hours").output == "The log grows at 12:00, 18:00.\n"
    assert "12:00 18:00" in sentence(command("ledger", "hours", "noon"))
    assert command("ledger", "hours", "19:30", "07:00").exit_code == 0
    assert command("ledger", "hours").output == "The log grows at 07:00, 19:30.\n"


def test_the_worker_does_not_start_without_the_key_that_signs(
    command: Command, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_KEYS", str(keys / "staff"))
    assert "keys of keys/worker only" in sentence(command("worker"))


def test_the_first_administrators_are_invited_by_a_link_and_no_third(
    command: Command, database: Database
) -> None:
    first = command("accounts", "invite-first", "an.vi", "Vi An")
    assert "--organisation" in sentence(first)
    for login in ("an.vi", "binh.vi"):
        result = command("accounts", "invite-first", login, "Vi An", "--organisation", "Tỉnh ủy")
        assert re.search(r"http://localhost:8001/invitation#[\w-]{43}\n", result.output)
    assert "already" in sentence(command("accounts", "invite-first", "third", "Vi An"))


def test_the_code_of_a_sample_account_is_printed_and_signs_in_once(
    command: Command, database: Database, ring_worker: Ring, store: FileStore
) -> None:
    assert "no sample data" in sentence(command("sample", "otp", "hoa.luong"))
    sample.load(database, ring_worker, store, today=local_date(now()), only=())
    assert "no account" in sentence(command("sample", "otp", "nobody"))
    with database.writing() as session:
        account_id = session.scalars(select(Account.id).where(Account.login == "hoa.luong")).one()
        for _ in range(2):
            printed = command("sample", "otp", " Hoa.Luong")
            take_code(
                session,
                search=ring_worker.search,
                account_id=account_id,
                code=printed.output.strip(),
                at=now(),
            )
            session.commit()


def test_the_code_is_printed_with_the_keys_of_the_public_site_beside_the_staff(
    command: Command,
    database: Database,
    ring_worker: Ring,
    store: FileStore,
    keys: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sample.load(database, ring_worker, store, today=local_date(now()), only=())
    monkeypatch.setenv("PORTAL_KEYS", str(keys / "public"))
    assert command("sample", "otp", "hoa.luong").output.strip().isdecimal()
