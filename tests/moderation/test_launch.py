"""One command starts an installation, or says in one sentence why it cannot."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from sqlalchemy import text

from moderation import launch
from portal.db import Database
from portal.recognising import recognise
from portal.vault import load_ring
from portal.vault.minting import mint

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120


@pytest.fixture
def folder(migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with keys and a database, in which the portal could start."""
    mint(tmp_path / "keys")
    (tmp_path / "var").mkdir()
    shutil.copy(migrated, tmp_path / "var" / "portal.db")
    monkeypatch.chdir(tmp_path)
    # Set first, so that what the start sets itself is taken back after the test.
    monkeypatch.setenv("PORTAL_DATABASE_URL", "")
    monkeypatch.delenv("PORTAL_DATABASE_URL")
    monkeypatch.setenv("PORT", str(free_pair()))
    return tmp_path


def free_pair() -> int:
    """A free port whose next one is free too."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind((launch.HOST, 0))
            port = int(first.getsockname()[1])
            try:
                second.bind((launch.HOST, port + 1))
            except OSError:
                continue
            return port


def refused(capsys: pytest.CaptureFixture[str]) -> str:
    """The one sentence of a start that was refused."""
    assert launch.main() == 1
    said = capsys.readouterr()
    sentence = said.err.strip()
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_a_busy_port_is_told_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    port = free_pair()
    monkeypatch.setenv("PORT", str(port))
    with socket.socket() as taken:
        taken.bind((launch.HOST, port + 1))
        taken.listen()
        assert f"Port {port + 1} cannot be used" in refused(capsys)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("port", ["", "abc", "0", "65535", "-1"])
def test_what_is_no_port_is_told(
    port: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", port)
    assert "PORT must be a number" in refused(capsys)


def test_a_folder_that_cannot_be_written_to_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORT", str(free_pair()))
    (tmp_path / "var").write_text("in the way")
    assert "cannot be written to" in refused(capsys)


def test_a_database_without_its_keys_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "keys").rename(folder / "elsewhere")
    assert "there are no keys" in refused(capsys)
    assert not (folder / "keys").exists()


def test_one_missing_key_is_told_by_its_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "keys" / "worker" / "search.secret").unlink()
    assert "keys/worker/search.secret is missing" in refused(capsys)


def test_keys_of_the_environment_are_not_mixed_with_those_of_make_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORTAL_KEY_SEARCH_SECRET", "c2VjcmV0")
    sentence = refused(capsys)
    assert "take PORTAL_KEY_SEARCH_SECRET out of the environment" in sentence
    assert "c2VjcmV0" not in sentence


def test_the_keys_of_another_installation_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(f"sqlite:///{folder / 'var' / 'portal.db'}")
    recognise(database, load_ring(folder / "keys" / "worker"), remembers=True)
    database.engine.dispose()
    (folder / "keys").rename(folder / "elsewhere")
    mint(folder / "keys")
    assert "is not the one that this database was used with" in refused(capsys)


def test_a_damaged_key_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "keys" / "public" / "code.1.pepper").write_text("short")
    assert "safe copy" in refused(capsys)


@pytest.mark.parametrize(
    ("revision", "sentence"),
    [("0001_register", "run make upgrade"), ("9999_future", "newer than the program")],
)
def test_a_database_of_another_age_is_told(
    revision: str, sentence: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(f"sqlite:///{folder / 'var' / 'portal.db'}")
    with database.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})
    database.engine.dispose()
    assert sentence in refused(capsys)


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_three_processes_start_and_stop_together(way: signal.Signals, folder: Path) -> None:
    port = int(os.environ["PORT"])
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    started = subprocess.Popen(
        [sys.executable, "-m", "moderation.launch"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        await_page(f"http://{launch.HOST}:{port}/readyz")
        await_page(f"http://{launch.NAME}:{port + 1}/sign-in")
        if has_ipv6():
            # It listens there too, although that number is no name of the site.
            assert answer(f"http://[::1]:{port + 1}/sign-in") not in {0, 200}
        os.killpg(started.pid, way)
        said, _nothing = started.communicate(timeout=PATIENCE)
    finally:
        if started.poll() is None:
            started.terminate()
            started.wait(timeout=PATIENCE)
    assert f"http://{launch.NAME}:{port}/" in said
    assert all(f"{name} stopped (rc=0)" in said for name in ("public", "staff", "worker")), said
    assert started.returncode == 0
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind((launch.HOST, port))


def has_ipv6() -> bool:
    """Whether this machine can be reached by the newer kind of number."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def await_page(address: str) -> None:
    """Ask until a page comes: the public site has one that says that the worker is there too."""
    end = time.monotonic() + PATIENCE
    while answer(address) != 200:
        assert time.monotonic() < end, "the portal did not start"
        time.sleep(0.2)


def answer(address: str) -> int:
    """The status of an answer; 0 while nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
